"""WARC: pages of a web archive, and archives that are broken."""

from __future__ import annotations

import io
import sys
from gzip import compress as packed
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import EmptyInput, InputError, Malformed, NeedsPackage
from sources.formats import BUILT_IN, warc
from sources.importing import import_paths

if TYPE_CHECKING:
    from sources.library import Library
    from sources.model import ParsedFile

PAGE = (
    "<html lang='en'><head><title>{title}</title></head><body>"
    + ("<p>The quay “is closed”, said Ada Moss, and nobody knew of the buyer before. {title}.</p>" * 8)
    + "</body></html>"
)
FERRY, CRANE = "https://courier.example/ferry", "https://courier.example/crane"


def archive(*records: tuple[str, str, str, str], gzip: bool = True, kind: str = "response") -> bytes:
    """Return an archive of records: address, status, content type, content."""
    written = [_record("warcinfo", "", 0, "application/warc-fields", b"software: test\r\n")]
    for number, (address, status, content_type, content) in enumerate(records):
        data = content.encode("cp1252" if "1252" in content_type else "utf-8")
        stated = content_type
        if kind == "response":
            headers = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n"
            data, stated = headers.encode() + data, "application/http; msgtype=response"
        written.append(_record(kind, address, number, stated, data))
    return b"".join(packed(record, mtime=0) if gzip else record for record in written)


def _record(kind: str, address: str, number: int, content_type: str, data: bytes) -> bytes:
    lines = [
        "WARC/1.1", f"WARC-Type: {kind}", f"WARC-Record-ID: <urn:uuid:{number:032}>",
        f"WARC-Date: 2031-06-1{number}T10:00:00Z", f"Content-Type: {content_type}",
        f"Content-Length: {len(data)}", *([f"WARC-Target-URI: {address}"] if address else []),
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data + b"\r\n\r\n"


GOOD = (
    (FERRY, "200 OK", "text/html; charset=windows-1252", PAGE.format(title="Ferry")),
    (FERRY, "200 OK", "text/html; charset=windows-1252", PAGE.format(title="Ferry")),
    (FERRY, "200 OK", "text/html", PAGE.format(title="Ferry to close")),
    (CRANE, "200 OK", "application/xhtml+xml", PAGE.format(title="Crane")),
    ("https://courier.example/gone", "404 Not Found", "text/html", PAGE.format(title="Gone")),
    ("https://courier.example/a.png", "200 OK", "image/png", "PNG"),
    ("https://courier.example/bare", "200 OK", "text/html", "<html><script>x</script></html>"),
)


def read(data: bytes) -> list[ParsedFile]:
    return list(warc.read(io.BytesIO(data), Path("a.warc")))


@pytest.mark.parametrize("gzip", [True, False])
def test_pages_come_in_with_address_and_when_they_were_saved(*, gzip: bool) -> None:
    (found,) = read(archive(*GOOD, gzip=gzip))
    assert [(one.key, one.url, one.title, one.accessed, one.date) for one in found.sources] == [
        (FERRY, FERRY, "Ferry", "2031-06-10T10:00:00+00:00", None),
        (f"{FERRY}~2", FERRY, "Ferry to close", "2031-06-12T10:00:00+00:00", None),
        (CRANE, CRANE, "Crane", "2031-06-13T10:00:00+00:00", None),
    ]
    assert found.sources[0].text.startswith("The quay “is closed”, said Ada Moss")
    assert found.warnings == ("pages without text, left out: 1",)
    assert found.failures == ()


def test_saved_copies_without_an_answer_are_read() -> None:
    (found,) = read(archive(GOOD[3], kind="resource"))
    assert found.sources[0].title == "Crane"


def test_an_archive_is_a_story_of_its_name(library: Library, tmp_path: Path) -> None:
    (tmp_path / "Harbour pages.warc.gz").write_bytes(archive(*GOOD))
    for became in ("added", "unchanged"):
        (story,) = import_paths(library, [str(tmp_path / "Harbour pages.warc.gz")]).stories
        assert (story.slug, len(getattr(story, became))) == ("harbour-pages", 3)


def test_many_pages_come_in_parcels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "BATCH", 2)
    assert [len(found.sources) for found in read(archive(*GOOD))] == [2, 1]
    monkeypatch.setattr(warc, "MOST_RECORDS", 3)
    *_, last = read(archive(*GOOD))
    assert last.failures == ("record 4: the archive is too large: the rest was left",)


def test_one_that_was_cut_off_gives_what_is_before() -> None:
    data = archive(*GOOD, gzip=False)
    found = read(data[: data.index(b"/crane") + 20])
    assert [one.title for one in found[0].sources] == ["Ferry", "Ferry to close"]


def test_one_without_pages_is_refused() -> None:
    with pytest.raises(EmptyInput, match="without pages that have text"):
        read(archive(*GOOD[4:]))
    with pytest.raises((Malformed, EmptyInput)):
        read(b"WARC/1.0\r\nnothing")


def test_it_is_told_by_its_beginning() -> None:
    for gzip in (True, False):
        assert BUILT_IN.of_bytes(archive(*GOOD, gzip=gzip)[:2000], None) is BUILT_IN.find("warc")
    assert BUILT_IN.of_bytes(b"\x1f\x8bno", Path("a.warc.gz")) is None


def test_without_the_package_the_line_that_installs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    with pytest.raises(NeedsPackage, match=r"pip install 'crossread\[warc\]'"):
        read(archive(*GOOD))


@given(st.integers(0, 4000), st.binary(max_size=60), st.booleans())
def test_any_damage_is_an_error_or_some_pages(at: int, noise: bytes, gzip: bool) -> None:  # noqa: FBT001 - drawn
    data = archive(GOOD[3], gzip=gzip)
    try:
        read(data[:at] + noise + data[at + len(noise) :])
    except InputError as error:
        assert error.reason  # noqa: PT017 - either outcome is right
