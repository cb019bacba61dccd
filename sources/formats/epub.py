"""EPUB: a book, a source a chapter, in the order of its spine and by the names of its table of contents."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote

from sources.errors import EmptyInput, Malformed, NotText, TooLarge
from sources.formats.blocks import Block, put_together
from sources.formats.parsing import one_line, parse_date
from sources.formats.whole_page import whole_page
from sources.formats.xml_tree import all_of, attribute, local, outermost, text_of, xml_tree
from sources.formats.zipped import ZippedDocument
from sources.model import ParsedFile, ParsedSource, ZoneKind
from sources.text.cleaning import decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

NAME = "epub"
SUFFIXES = frozenset({".epub"})
TINY_CHAPTER = 600  # characters, about a hundred words; a book of shorter ones on average is one source
MOST_CHAPTERS = 5_000
MOST_CHARACTERS = 20_000_000  # of all chapters; the longest novels have seven million
_MIME = b"mimetypeapplication/epub+zip"
# Fonts are mixed up by these so that they are not taken out; a reader needs no key for them.
_FONTS_ONLY = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_PAGES = frozenset(
    {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document", ""}
)
_REVISED = frozenset({"modification", "modified"})


@dataclass(slots=True)
class _Chapter:
    """What one entry of the table of contents names: files of the spine up to the next entry."""

    key: str
    title: str | None
    blocks: list[Block] = field(default_factory=list)

    @property
    def length(self) -> int:
        return sum(len(block.text) for block in self.blocks)


def matches(head: bytes, path: Path | None) -> bool:
    """Tell a book by its first part, which says so, or by the file's name."""
    named = path is not None and path.suffix.lower() in SUFFIXES
    return head.startswith(b"PK") and (named or _MIME in head[:200])


def read(file: BinaryIO, path: Path | None) -> Iterator[ParsedFile]:
    """Read a book; raises Malformed for what is no book or is protected, EmptyInput where it has no text."""
    book = ZippedDocument(file, path, "EPUB")
    _refuse_protected(book, path)
    package_path = _package_path(book, path)
    package = xml_tree(_part(book, package_path, path), part=package_path, path=path)
    about = _about(package)
    failures: list[str] = []
    found = _chapters(book, package, posixpath.dirname(package_path), failures)
    chapters = [chapter for chapter in found if chapter.length]
    if not chapters:
        raise EmptyInput("is a book without text", path=path)
    title = about.pop("title")
    if sum(chapter.length for chapter in chapters) < TINY_CHAPTER * len(chapters):
        whole = _Chapter("book", title, [block for chapter in chapters for block in chapter.blocks])
        chapters = [whole]
    if len(chapters) == 1:
        chapters[0].title = title or chapters[0].title
    yield ParsedFile(
        NAME,
        tuple(_source(chapter, about) for chapter in chapters),
        title=title,
        failures=tuple(failures),
    )


def _source(chapter: _Chapter, about: dict[str, str | None]) -> ParsedSource:
    text, zones, locators = put_together(chapter.blocks)
    heading = next((block.text for block in chapter.blocks if block.kind is ZoneKind.HEADING), None)
    return ParsedSource(
        text, zones, key=chapter.key, title=one_line(chapter.title or heading, "title"), locators=locators,
        publisher=about["publisher"], author=about["author"], date=about["date"], language=about["language"],
    )  # fmt: skip


def _refuse_protected(book: ZippedDocument, path: Path | None) -> None:
    said = book.read("META-INF/encryption.xml")
    if said is None:
        return
    ways = {
        attribute(method, "Algorithm")
        for data in all_of(xml_tree(said, path=path), "EncryptedData")
        for method in data
        if local(method) == "EncryptionMethod"
    }
    if ways - _FONTS_ONLY:
        raise Malformed(
            "is protected against copying (DRM): only the program of its shop reads it", path=path
        )


def _package_path(book: ZippedDocument, path: Path | None) -> str:
    container = book.read("META-INF/container.xml")
    if container is not None:
        for root in all_of(xml_tree(container, path=path), "rootfile"):
            if named := attribute(root, "full-path"):
                return named
    found = min((name for name in book.names if name.endswith(".opf")), default=None)
    if found is None:
        raise Malformed("is not an EPUB file: it has no list of its parts", path=path)
    return found


def _part(book: ZippedDocument, name: str, path: Path | None) -> bytes:
    data = book.read(name)
    if data is None:
        raise Malformed(f"is missing in the book: {name[:100]}" if path else "is missing", path=path)
    return data


def _about(package: Element) -> dict[str, str | None]:
    """Return what the book says of itself, by the fields of `ParsedSource`."""
    said: dict[str, list[Element]] = {}
    for metadata in outermost(package, "metadata"):
        for each in metadata.iter():
            said.setdefault(local(each), []).append(each)

    def first(name: str) -> str | None:
        return next((words for each in said.get(name, ()) if (words := one_line(text_of(each), name))), None)

    dates = (each for each in said.get("date", ()) if attribute(each, "event") not in _REVISED)
    authors = [
        words
        for each in said.get("creator", ())
        if attribute(each, "role") in {"", "aut"} and (words := one_line(text_of(each), "author"))
    ]
    return {
        "title": first("title"),
        "publisher": first("publisher"),
        "author": ", ".join(authors) or None,
        "date": next((day for each in dates if (day := parse_date(text_of(each)))), None),
        "language": first("language"),
    }


def _chapters(book: ZippedDocument, package: Element, folder: str, failures: list[str]) -> Iterator[_Chapter]:
    """Yield the chapters in reading order; a file that no entry names goes on with the one before."""
    items = {attribute(each, "id"): each for each in all_of(package, "item")}
    spine = next(all_of(package, "spine"), None)
    order = [attribute(each, "idref") for each in all_of(package, "itemref")]
    contents = _contents(book, items, attribute(spine, "toc") if spine is not None else "", folder)
    current: _Chapter | None = None
    taken: set[str] = set()  # so that each file comes once, however often the book asks for it
    size = 0
    for number, item in enumerate(order):
        if number >= MOST_CHAPTERS or item not in items:
            continue
        name = _target(folder, attribute(items[item], "href"))
        if attribute(items[item], "media-type") not in _PAGES or _is_nav(items[item]) or name in taken:
            continue
        taken.add(name)
        try:
            blocks = whole_page(decode(_part(book, name, None)))
        except EmptyInput:
            continue
        except (Malformed, NotText) as error:
            failures.append(f"{one_line(name, 'name')}: {error.reason}")
            continue
        size += sum(len(block.text) for block in blocks)
        if size > MOST_CHARACTERS:
            raise TooLarge(f"has more than {MOST_CHARACTERS:,} characters")
        if current is None or name in contents or not contents:
            if current is not None:
                yield current
            current = _Chapter(name, contents.get(name))
        current.blocks += blocks
    if current is not None:
        yield current


def _is_nav(item: Element) -> bool:
    return "nav" in attribute(item, "properties").split()


def _contents(book: ZippedDocument, items: dict[str, Element], toc: str, folder: str) -> dict[str, str]:
    """Return the titles of the table of contents, by the files that they name; the first of each counts."""
    found: dict[str, str] = {}
    nav = next((each for each in items.values() if _is_nav(each)), None)
    ncx = items.get(toc) or next(
        (each for each in items.values() if attribute(each, "media-type") == "application/x-dtbncx+xml"), None
    )
    for item, read_entries in ((nav, _nav_entries), (ncx, _ncx_entries)):
        if item is None or found:
            continue
        name = _target(folder, attribute(item, "href"))
        page = book.read(name)
        try:
            entries = list(read_entries(xml_tree(page, part=name))) if page else []
        except Malformed:
            continue  # a book can be read without its table of contents
        for href, title in entries:
            found.setdefault(_target(posixpath.dirname(name), href), title)
    return found


def _nav_entries(page: Element) -> Iterator[tuple[str, str]]:
    for nav in outermost(page, "nav"):
        if "toc" in attribute(nav, "type").split():
            for link in outermost(nav, "a"):
                yield attribute(link, "href"), text_of(link)


def _ncx_entries(ncx: Element) -> Iterator[tuple[str, str]]:
    for point in all_of(ncx, "navPoint"):
        label = next((each for each in point if local(each) == "navLabel"), None)
        content = next((each for each in point if local(each) == "content"), None)
        if label is not None and content is not None:
            yield attribute(content, "src"), text_of(label)


_FRAGMENT = re.compile(r"#.*", re.DOTALL)


def _target(folder: str, href: str) -> str:
    """Return the name of the part that a link of a file in ``folder`` leads to."""
    return posixpath.normpath(posixpath.join(folder, unquote(_FRAGMENT.sub("", href)))).lstrip("/")
