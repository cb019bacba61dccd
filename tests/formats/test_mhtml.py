"""Pages saved in one file: MHTML, and pages of SingleFile and of browsers that say where they are from."""

from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import formats
from sources.errors import InputError, Malformed, TooLarge
from sources.formats import BUILT_IN, mail, mhtml

if TYPE_CHECKING:
    from sources.model import ParsedSource

ARTICLE = "<p>" + "The quay “is closed”, said Ada Moss, and nobody knew of the buyer before. " * 8 + "</p>"
PAGE = (
    f"<!DOCTYPE html><html lang='en'><head><title>Ferry to close</title></head><body>{ARTICLE}</body></html>"
)
FRAME = "<html><body>An advertisement.</body></html>"
ADDRESS = "https://courier.example/ferry"
SINGLE_FILE = """<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile{space}
 url: {url}{space}
 saved date: Fri Mar 07 2031 10:23:45 GMT+0100 (Central European Standard Time)
--><meta charset=utf-8><title>Ferry to close</title><body>{article}</html>"""


def saved(*, transfer: str = "quoted-printable", frame_first: bool = False, start: bool = False) -> bytes:
    """Return a page as Chrome saves it, with a frame of another site."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    if not start:
        message["Snapshot-Content-Location"] = ADDRESS
    message["Subject"] = "Ferry to close"
    message["Date"] = "Thu, 12 Jun 2031 10:00:00 -0000"
    message["MIME-Version"] = "1.0"
    message.make_related()
    pages = [(ADDRESS, PAGE, "<main@x>"), ("https://ads.example/", FRAME, "<frame@x>")]
    for address, page, cid in pages[::-1] if frame_first else pages:
        part = EmailMessage()
        part.set_content(page, subtype="html", charset="utf-8", cte=transfer)
        part["Content-Location"] = address
        part["Content-ID"] = cid
        message.attach(part)
    picture = EmailMessage()
    picture.set_content(b"\x89PNG\x00\x01", "image", "png")
    message.attach(picture)
    if start:
        message.set_param("start", "<main@x>")
    return message.as_bytes()


def read(data: bytes) -> ParsedSource:
    (found,) = mhtml.read(io.BytesIO(data), Path("a.mhtml"))
    (parsed,) = found.sources
    assert found.format == "mhtml"
    return parsed


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("frame_first", [False, True])
@pytest.mark.parametrize("start", [False, True])
def test_the_page_comes_in_with_its_address(*, transfer: str, frame_first: bool, start: bool) -> None:
    parsed = read(saved(transfer=transfer, frame_first=frame_first, start=start))
    assert parsed.text.startswith("The quay “is closed”, said Ada Moss")
    assert (parsed.url, parsed.title, parsed.language) == (ADDRESS, "Ferry to close", "en")
    # When it was saved says nothing of when it was published.
    assert (parsed.date, parsed.accessed) == (None, "2031-06-12T10:00:00")


def test_it_is_told_from_mail_by_its_headers_or_its_name() -> None:
    data = saved()
    assert BUILT_IN.of_bytes(data, None) is BUILT_IN.find("mhtml")
    ordinary = data.replace(b"<Saved by Blink>", b"a@b.example").replace(b"Snapshot-Content-Location", b"X-A")
    assert BUILT_IN.of_bytes(ordinary, Path("a.eml")) is None
    assert BUILT_IN.of_bytes(ordinary, Path("a.MHT")) is BUILT_IN.find("mhtml")
    assert BUILT_IN.of_bytes(b"A text about From: and To:", Path("a.mht")) is None


def test_one_without_a_page_is_refused() -> None:
    with pytest.raises(Malformed, match="holds no web page, or was cut off"):
        read(saved()[:300])


def test_one_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mhtml, "LARGEST", 1000)
    with pytest.raises(TooLarge):
        read(saved())


@pytest.mark.parametrize(
    ("address", "kept"), [(ADDRESS, ADDRESS), ("file:///home/ada/Downloads/ferry.html", None)]
)
def test_a_page_of_single_file_says_where_and_when_it_was_saved(address: str, kept: str | None) -> None:
    text = SINGLE_FILE.format(space=" ", url=address, article=ARTICLE)
    (parsed,) = formats.parse(text, path=Path("a.html")).sources
    assert (parsed.url, parsed.accessed, parsed.date) == (kept, "2031-03-07T10:23:45+01:00", None)


def test_a_page_saved_with_its_pictures_says_where_it_is_from() -> None:
    text = f"<!DOCTYPE html>\n<!-- saved from url=(0029){ADDRESS} -->\n{PAGE}"
    (parsed,) = formats.parse(text, path=Path("a.html")).sources
    assert (parsed.url, parsed.accessed) == (ADDRESS, None)
    own = text.replace("<title>", '<link rel="canonical" href="https://courier.example/own"><title>')
    (parsed,) = formats.parse(own, path=Path("a.html")).sources
    assert parsed.url == "https://courier.example/own"


@pytest.mark.parametrize("count", [mail.MOST_CONTAINERS, mail.MOST_CONTAINERS + 1, 20_000])
def test_parts_in_each_other_without_end_do_no_harm(count: int) -> None:
    nested = "".join(
        f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(count)
    )
    text = (
        f"From: a@b.example\nDate: Thu, 12 Jun 2031 10:00:00 +0000\nSubject: x\n{nested}\n\nThe ferry left.\n"
    )
    try:
        (parsed,) = formats.parse(text, path=Path("a.eml")).sources
        assert count <= mail.MOST_CONTAINERS
        assert parsed.text == "The ferry left."
    except Malformed as error:
        assert count > mail.MOST_CONTAINERS
        assert "has more than 100 messages" in str(error)  # noqa: PT017 - which of the two it is, is asked above


@given(st.integers(0, 3000), st.binary(max_size=200))
def test_any_damage_is_an_error_or_a_page(at: int, noise: bytes) -> None:
    data = saved()
    try:
        read(data[:at] + noise + data[at + len(noise) :])
    except InputError as error:
        assert error.reason  # noqa: PT017 - either outcome is right
