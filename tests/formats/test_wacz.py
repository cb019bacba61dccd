"""WACZ: web archives in ZIP files, whose lists say which records are pages."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import EmptyInput, InputError, Malformed, NeedsPackage
from sources.formats import BUILT_IN, wacz, zipped
from sources.importing import import_paths
from tests.formats.test_warc import CRANE, FERRY, GOOD, PAGE, archive

if TYPE_CHECKING:
    from sources.library import Library
    from sources.model import ParsedFile

LISTING = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
FRAME = ("https://courier.example/frame", "200 OK", "text/html", PAGE.format(title="Advertisement"))
DATA = "archive/data.warc.gz"


def listing(*pages: dict[str, object]) -> bytes:
    return "".join(f"{json.dumps(line)}\n" for line in (LISTING, *pages)).encode()


def package(parts: dict[str, bytes], *, how: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return file.getvalue()


def read(parts: dict[str, bytes], *, how: int = zipfile.ZIP_STORED) -> list[ParsedFile]:
    return list(wacz.read(io.BytesIO(package(parts, how=how)), Path("a.wacz")))


def test_the_listed_pages_come_in_and_no_others() -> None:
    pages = listing(
        {"url": f"{FERRY}#top", "title": "Ferry – The Courier", "ts": "2031-06-10T09:59:58Z"},
        {"url": "https://courier.example/never", "title": "Never saved"},
    )
    (found,) = read({DATA: archive(*GOOD, FRAME), "pages/pages.jsonl": pages})
    assert [(one.key, one.title, one.accessed, one.date) for one in found.sources] == [
        (FERRY, "Ferry", "2031-06-10T10:00:00+00:00", None),  # the title of the list has the site's name too
        (f"{FERRY}~2", "Ferry to close", "2031-06-12T10:00:00+00:00", None),  # saved two days later
    ]
    assert found.format == "wacz"
    assert found.warnings == ("pages listed, and not in it as HTML: 1",)


@pytest.mark.parametrize(
    ("listed", "saved", "title"),
    [
        ("What became of the crane", "2031-06-13T11:00:00Z", "What became of the crane"),
        ("What became of the crane", "2031-06-13T09:00:00Z", "What became of the crane"),
        ("What became of the crane", "2031-06-13T11:00:01Z", "Crane"),
        ("What became of the crane", "2031-06-13", "Crane"),
        ("What became of the crane", None, "Crane"),
        ("The Courier: Crane", "2031-06-13T10:00:00Z", "Crane"),
        (CRANE, "2031-06-13T10:00:00Z", "Crane"),
        (None, "2031-06-13T10:00:00Z", "Crane"),
    ],
)
def test_another_title_of_the_list_is_taken_where_it_is_of_that_visit(
    listed: str | None, saved: str | None, title: str
) -> None:
    pages = listing({"url": CRANE, "title": listed, "ts": saved})
    (found,) = read({DATA: archive(*GOOD), "pages/pages.jsonl": pages})
    assert [one.title for one in found.sources] == [title]


def test_a_page_without_a_title_has_that_of_the_list() -> None:
    bare = (CRANE, "200 OK", "text/html", PAGE.format(title="").replace("<title></title>", ""))
    (found,) = read({DATA: archive(bare), "pages/pages.jsonl": listing({"url": CRANE, "title": "The crane"})})
    assert [one.title for one in found.sources] == ["The crane"]


@pytest.mark.parametrize(
    "pages", [{}, {"pages/pages.jsonl": listing()}, {"pages/pages.jsonl": b"{]\n[1]\n7\n"}]
)
def test_without_listed_pages_all_are_read(pages: dict[str, bytes]) -> None:
    (found,) = read({DATA: archive(*GOOD), **pages})
    assert [one.title for one in found.sources] == ["Ferry", "Ferry to close", "Crane"]


def test_several_files_and_lists_are_one_archive() -> None:
    (found,) = read(
        {
            "archive/a.warc.gz": archive(GOOD[0]),
            "archive/b.warc": archive(GOOD[0], GOOD[3], FRAME, gzip=False),
            "pages/pages.jsonl": listing({"url": FERRY}),
            "pages/extraPages.jsonl": listing({"url": CRANE}),
        },
        how=zipfile.ZIP_DEFLATED,
    )
    assert [one.key for one in found.sources] == [FERRY, CRANE]
    assert found.warnings == ()


def test_a_page_that_was_redirected_is_found_where_it_led_to() -> None:
    moved = (
        "http://courier.example/crane",
        "301 Moved\r\nLocation: https://courier.example/crane",
        "text/html",
        "",
    )
    pages = listing({"url": "http://courier.example/crane"})
    (found,) = read({DATA: archive(moved, GOOD[3], FRAME), "pages/pages.jsonl": pages})
    assert [(one.url, one.title) for one in found.sources] == [(CRANE, "Crane")]
    assert found.warnings == ()


def test_one_whose_listed_pages_are_not_in_it_says_so() -> None:
    pages = listing({"url": "https://courier.example/a.png"}, {"url": "https://courier.example/gone"})
    with pytest.raises(
        EmptyInput, match=r"without pages that have text \(pages listed, and not in it as HTML: 2\)"
    ):
        read({DATA: archive(*GOOD), "pages/pages.jsonl": pages})


def test_it_is_told_by_its_first_part_or_its_name() -> None:
    whole = package({DATA: archive(*GOOD)})
    other = package({"datapackage.json": b"{}", DATA: archive(*GOOD)})
    form = BUILT_IN.find("wacz")
    assert BUILT_IN.of_bytes(whole[:2000], None) is form
    assert BUILT_IN.of_bytes(other[:2000], Path("a.WACZ")) is form
    assert BUILT_IN.of_bytes(other[:2000], Path("a.zip")) is None
    assert BUILT_IN.of_bytes(package({"archive/a.html": b"x"}), Path("a.zip")) is None


def test_it_is_a_story_of_its_name(library: Library, tmp_path: Path) -> None:
    (tmp_path / "Harbour pages.wacz").write_bytes(package({DATA: archive(*GOOD)}))
    for became in ("added", "unchanged"):
        (story,) = import_paths(library, [str(tmp_path / "Harbour pages.wacz")]).stories
        assert (story.slug, len(getattr(story, became))) == ("harbour-pages", 3)


def test_one_without_web_archives_is_refused() -> None:
    with pytest.raises(Malformed, match="no WARC file in archive/"):
        read({"pages/pages.jsonl": listing({"url": FERRY})})
    with pytest.raises(Malformed, match="not a whole WACZ file"):
        list(wacz.read(io.BytesIO(b"PK\x03\x04 cut off"), Path("a.wacz")))


def test_a_part_may_be_packed_so_many_times_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "_LEAST_TO_JUDGE", 1000)
    data = archive((CRANE, "200 OK", "text/html", PAGE.format(title="x" * 40_000)), gzip=False)
    times = len(data) // len(_packed(data))
    monkeypatch.setattr(zipped, "MOST_PACKED", times + 1)
    assert read({"archive/a.warc": data}, how=zipfile.ZIP_DEFLATED)[0].sources
    monkeypatch.setattr(zipped, "MOST_PACKED", times - 1)
    with pytest.raises(Malformed, match="packed more than"):
        read({"archive/a.warc": data}, how=zipfile.ZIP_DEFLATED)


def _packed(data: bytes) -> bytes:
    import zlib

    return zlib.compress(data)[2:-4]


def test_without_the_package_the_line_that_installs_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    with pytest.raises(NeedsPackage, match=r"pip install 'crossread\[warc\]'"):
        read({DATA: archive(*GOOD)})


@given(st.integers(0, 2500), st.binary(max_size=60), st.booleans())
def test_any_damage_is_an_error_or_some_pages(at: int, noise: bytes, stored: bool) -> None:  # noqa: FBT001 - drawn
    how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    data = package({DATA: archive(GOOD[3]), "pages/pages.jsonl": listing({"url": CRANE})}, how=how)
    try:
        list(wacz.read(io.BytesIO(data[:at] + noise + data[at + len(noise) :]), Path("a.wacz")))
    except InputError as error:
        assert error.reason  # noqa: PT017 - either outcome is right
