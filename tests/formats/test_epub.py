"""EPUB: chapters in their order with their names, and books that are broken or locked."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import EmptyInput, InputError, Malformed, TooLarge
from sources.formats import BUILT_IN, epub, zipped
from sources.formats.whole_page import whole_page
from sources.importing import import_paths
from sources.model import LocatorKind, ParsedFile, ZoneKind
from tests.formats import books

if TYPE_CHECKING:
    from sources.library import Library

PAGES = {
    "cover.xhtml": "<img src='c.png'/>",
    "preface.xhtml": f"<h1>Preface</h1>{books.LONG}",
    "one.xhtml": f"<h1>The Sale</h1>{books.LONG}",
    "one-b.xhtml": "<p>It was <em>not</em> a secret.</p>",
    "two.xhtml": f"{books.LONG}",
}
TITLES = {"one.xhtml": "1. The Sale", "one.xhtml#later": "1.1 Later", "two.xhtml": "2. After"}
LOCK = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
 <enc:EncryptionMethod Algorithm="{}"/><enc:CipherData><enc:CipherReference URI="OEBPS/text/one.xhtml"/>
 </enc:CipherData></enc:EncryptedData></encryption>"""


def read(data: bytes, name: str = "b.epub") -> ParsedFile:
    (found,) = epub.read(io.BytesIO(data), Path(name))
    return found


@pytest.mark.parametrize("ncx", [True, False])
def test_a_chapter_is_a_source_with_the_name_that_the_contents_give_it(*, ncx: bool) -> None:
    found = read(books.book(PAGES, TITLES, ncx=ncx))
    assert (found.title, found.failures) == ("The Harbour Papers", ())
    assert [one.title for one in found.sources] == ["Preface", "1. The Sale", "2. After"]
    assert [one.key for one in found.sources][1:] == ["OEBPS/text/one.xhtml", "OEBPS/text/two.xhtml"]
    second = found.sources[1]
    assert (second.author, second.publisher, second.date, second.language) == (
        "Ada Moss, Lin Okafor", "Saltmarsh Press", "2031-06-12", "en-GB",
    )  # fmt: skip
    assert second.text.startswith("The Sale\n\nThe port was sold")
    assert second.text.endswith("\n\nIt was not a secret.")  # the file after it has no entry of its own
    assert second.zones[0].kind is ZoneKind.HEADING
    for one in found.sources:
        assert "".join(one.text[zone.start : zone.end] for zone in one.zones) == one.text


def test_tiny_chapters_are_one_source() -> None:
    def sizes(length: int) -> int:
        page = f"<p>{'a' * length}</p>"
        return len(read(books.book({"a.xhtml": page, "b.xhtml": page}, {})).sources)

    assert sizes(epub.TINY_CHAPTER - 1) == 1
    assert sizes(epub.TINY_CHAPTER) == 2
    (one,) = read(books.book({"a.xhtml": "<p>One.</p>", "b.xhtml": "<p>Two.</p>"}, {})).sources
    assert (one.text, one.title) == ("One.\n\nTwo.", "The Harbour Papers")


def test_a_book_is_a_story_named_after_it_in_a_folder_too(library: Library, tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "b.epub").write_bytes(books.book(PAGES, TITLES))
    (tmp_path / "shelf" / "a.txt").write_text("The ferry has left.")
    report = import_paths(library, [str(tmp_path / "shelf")])
    assert {story.slug: len(story.added) for story in report.stories} == {"shelf": 1, "harbour-papers": 3}
    assert library.story("harbour-papers").title == "The Harbour Papers"
    again = import_paths(library, [str(tmp_path / "shelf")])
    assert not any(story.added or story.changed for story in again.stories)


def test_a_protected_book_is_refused_and_one_with_mixed_up_fonts_is_read() -> None:
    drm = {"META-INF/encryption.xml": LOCK.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}
    with pytest.raises(Malformed, match=r"protected against copying \(DRM\)"):
        read(books.book(PAGES, TITLES, drm))
    fonts = {"META-INF/encryption.xml": LOCK.format("http://www.idpf.org/2008/embedding")}
    assert len(read(books.book(PAGES, TITLES, fonts)).sources) == 3


def test_a_chapter_that_is_missing_is_named_and_the_others_come_in() -> None:
    whole = books.book(PAGES, TITLES)
    broken = books.zipped(
        {
            name: data
            for name in zipped.ZippedDocument(io.BytesIO(whole), None, "").names
            if name != "OEBPS/text/two.xhtml"
            and (data := zipped.ZippedDocument(io.BytesIO(whole), None, "").read(name)) is not None
        }
    )
    found = read(broken)
    assert found.failures == ("OEBPS/text/two.xhtml: is missing",)
    assert len(found.sources) == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (books.book(PAGES, TITLES)[:900], "is not a whole EPUB file"),
        (books.zipped({"a.txt": "x"}), "has no list of its parts"),
        (books.zipped({"META-INF/container.xml": books.CONTAINER}), "is missing in the book: OEBPS/book.opf"),
        (books.zipped({"b.opf": "<package"}), "b.opf in it is not XML"),
        (books.zipped({"b.opf": "<x>" * 300}), "nests more than 200 elements"),
        (books.zipped({"b.opf": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "declares entities"),
    ],
)
def test_what_is_no_book_is_refused_with_its_reason(data: bytes, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        read(data)


def test_a_book_without_text_is_refused() -> None:
    with pytest.raises(EmptyInput, match="a book without text"):
        read(books.book({"a.xhtml": "<img src='a'/>"}, {}))


def test_a_part_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "LARGEST_PART", 1024 * 1024)
    with pytest.raises(TooLarge, match="unpacks to more than 1 MB"):
        read(books.book({"a.xhtml": "a" * (1024 * 1024)}, {}))
    monkeypatch.setattr(zipped, "MOST_PARTS", 3)
    with pytest.raises(TooLarge, match="more than 3 parts"):
        read(books.book(PAGES, TITLES))


def test_a_file_that_a_book_asks_for_again_and_again_comes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    data = books.book(PAGES, TITLES)
    once = sum(len(chapter.text) for chapter in read(data).sources)
    monkeypatch.setattr(books, "PACKAGE", books.PACKAGE.replace("{spine}", "{spine}" * 50))
    assert sum(len(chapter.text) for chapter in read(books.book(PAGES, TITLES)).sources) == once
    monkeypatch.setattr(epub, "MOST_CHARACTERS", once)
    assert read(data).sources
    monkeypatch.setattr(epub, "MOST_CHARACTERS", once // 2)
    with pytest.raises(TooLarge, match=r"more than [\d,]+ characters"):
        read(data)


def test_a_book_is_told_by_its_first_part_or_its_name() -> None:
    data = books.book(PAGES, TITLES)
    assert BUILT_IN.of_bytes(data[:1000], None) is BUILT_IN.find("epub")
    assert BUILT_IN.of_bytes(books.zipped({"a": "b"}), Path("a.epub")) is BUILT_IN.find("epub")
    assert BUILT_IN.of_bytes(b"A text.", Path("a.epub")) is None


def test_a_page_of_a_book_comes_out_whole() -> None:
    page = """<h2>Prices</h2><p>It cost $4<sup>2</sup>.<a epub:type="noteref" href="#n"><sup>3</sup></a>
    <br/>And <span epub:type="pagebreak" title="12"/>more.</p>
    <ul><li>one</li><li><p>two</p><ol><li>deep</li></ol></li></ul>
    <table><caption>Ships</caption><tr><th>Ship</th><th>Tons</th></tr><tr><td>Ada</td><td>7</td></tr></table>
    <blockquote><p>No choice.</p></blockquote><figure><figcaption>The quay.</figcaption></figure>
    <pre>a
      b</pre><script>no</script><p>End"""
    blocks = whole_page(page)
    assert [(block.text, block.kind.value) for block in blocks] == [
        ("Prices", "heading"),
        ("It cost $4².[3]\nAnd more.", "body"),
        ("- one\n- two\n1. deep", "body"),
        ("Ships\nShip | Tons\nAda | 7", "body"),
        ("No choice.", "block quote"),
        ("The quay.", "caption"),
        ("a\n      b", "body"),
        ("End", "body"),
    ]
    (locator,) = blocks[1].locators
    assert (locator.kind, locator.name) == (LocatorKind.PAGE, "12")
    assert blocks[1].text[locator.start :].strip() == "more."


TAGS = [
    *(f"<{name}>" for name in ("p", "li", "ul", "td", "tr", "table", "h1", "pre", "sup", "a", "script")),
    *(f"</{name}>" for name in ("p", "ul", "tr", "table", "h1", "blockquote")),
    *("x", "1", "<br/>"),
]


@given(st.lists(st.sampled_from(TAGS)))
def test_no_page_is_too_odd(pieces: list[str]) -> None:
    said = "".join(block.text for block in whole_page("".join(pieces)))
    hidden = "<script>" in pieces
    assert said.count("x") == pieces.count("x") or hidden


@given(st.binary(max_size=400), st.integers(0, 3000))
def test_any_damage_is_an_error_or_a_book(noise: bytes, at: int) -> None:
    data = books.book(PAGES, TITLES)
    try:
        read(data[:at] + noise + data[at + len(noise) :])
    except InputError as error:
        assert error.reason  # noqa: PT017 - either outcome is right
