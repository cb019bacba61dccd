"""Documents of word processors, DOCX and ODT: their headings, lists, tables and notes.

Both are ZIP files with XML in them, of which a small part is read here. What was deleted with its traces
kept, comments, and the heads and feet of pages are not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from sources.errors import EmptyInput, Malformed
from sources.formats.article import SINGLE
from sources.formats.blocks import Block, likely_title, put_together
from sources.formats.parsing import one_line
from sources.formats.xml_tree import all_of, attribute, local, outermost, text_of, xml_tree
from sources.formats.zipped import ZippedDocument
from sources.model import ParsedFile, ParsedSource, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

DOCX, ODT = "docx", "odt"
DOCX_SUFFIXES, ODT_SUFFIXES = frozenset({".docx", ".docm"}), frozenset({".odt"})
_ODT_MIME = b"mimetypeapplication/vnd.oasis.opendocument.text"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # in which Word puts a document that is locked
_HEADING_STYLE = re.compile(r"(?:heading|title|subtitle|überschrift|titre)\s*\d*", re.IGNORECASE)
_MOST_REPEATS = 100  # of a cell or of spaces, which a file may state in any number
_UNREAD = frozenset(
    ("del", "moveFrom", "Fallback", "instrText", "delText", "annotation", "tracked-changes", "annotation-end",
     "pict", "object", "sdtPr", "forms", "sequence-decls", "ruby-text")
)  # fmt: skip


@dataclass(slots=True)
class _Gathering:
    """The blocks of a document so far, and its notes."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    items: list[str] = field(default_factory=list)  # of the list that is open

    def add(self, said: str, kind: ZoneKind = ZoneKind.BODY) -> None:
        self.end_list()
        if said.strip():
            self.blocks.append(Block(said.strip(), kind))

    def add_item(self, said: str, level: int) -> None:
        if said.strip():
            self.items.append(f"{'  ' * level}- {said.strip()}")

    def end_list(self) -> None:
        if self.items:
            self.blocks.append(Block("\n".join(self.items)))
            self.items = []

    def note(self, mark: str, said: str) -> str:
        """Keep a note for the end, and return what stands for it in the text."""
        self.notes.append(Block(f"[{mark}] {said}"))
        return f"[{mark}]"


def matches_docx(head: bytes, path: Path | None) -> bool:
    """Tell DOCX by the names of its parts, or by the file's name."""
    named = path is not None and path.suffix.lower() in DOCX_SUFFIXES
    if head.startswith(b"PK"):
        return named or (b"word/" in head and b"[Content_Types].xml" in head)
    return named and head.startswith(_OLE)


def matches_odt(head: bytes, path: Path | None) -> bool:
    """Tell ODT by its first part, which says so, or by the file's name."""
    named = path is not None and path.suffix.lower() in ODT_SUFFIXES
    return head.startswith(b"PK") and (named or _ODT_MIME in head[:120])


def read_docx(file: BinaryIO, path: Path | None) -> Iterator[ParsedFile]:
    """Read the text of a DOCX; raises InputError for one that is locked, damaged, or has no text."""
    if file.read(8) == _OLE:
        raise Malformed("is locked with a password", path=path)
    document = ZippedDocument(file, path, "DOCX")
    relations = _tree(document, "_rels/.rels", path)
    targets = [
        attribute(each, "Target").lstrip("/")
        for each in (all_of(relations, "Relationship") if relations is not None else ())
        if attribute(each, "Type").endswith("/officeDocument")
    ]
    body = _tree(document, targets[0] if targets else "word/document.xml", path)
    if body is None:
        raise Malformed("is not a DOCX file: it has no text part", path=path)
    styles = _tree(document, "word/styles.xml", path)
    notes = {
        (kind, attribute(each, "id")): each
        for kind in ("footnote", "endnote")
        if (tree := _tree(document, f"word/{kind}s.xml", path)) is not None
        for each in all_of(tree, kind)
    }
    gathering = _Gathering()
    _WordReader(gathering, _heading_styles(styles), notes).read(body)
    yield _parsed(DOCX, gathering, _tree(document, "docProps/core.xml", path), path)


def read_odt(file: BinaryIO, path: Path | None) -> Iterator[ParsedFile]:
    """Read the text of an ODT; raises InputError for one that is locked, damaged, or has no text."""
    document = ZippedDocument(file, path, "ODT")
    manifest = document.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise Malformed("is locked with a password", path=path)
    content = _tree(document, "content.xml", path)
    text = next(all_of(content, "text"), None) if content is not None else None
    if content is None or text is None:
        raise Malformed("is not an ODT file: it has no text part", path=path)
    gathering = _Gathering()
    parents = {
        attribute(each, "name"): attribute(each, "parent-style-name") for each in all_of(content, "style")
    }
    _read_odt_blocks(text, gathering, parents, 0)
    yield _parsed(ODT, gathering, _tree(document, "meta.xml", path), path)


def _parsed(name: str, gathering: _Gathering, about: Element | None, path: Path | None) -> ParsedFile:
    gathering.end_list()
    blocks = [*gathering.blocks, *gathering.notes]
    if not blocks:
        raise EmptyInput("is a document without text", path=path)

    def stated(field_name: str) -> str | None:
        found = next(all_of(about, field_name), None) if about is not None else None
        return None if found is None else one_line(text_of(found), field_name)

    title, guessed = likely_title(stated("title"), blocks)
    text, zones, _ = put_together(blocks)
    author = stated("initial-creator") or stated("creator")
    parsed = ParsedSource(
        text,
        zones,
        key=SINGLE,
        title=title,
        # Programs write the name of the account there: it counts where the text names it too.
        author=author if author and author.casefold() in text[:4000].casefold() else None,
        language=stated("language"),
        guessed=("title",) if guessed else (),
    )
    return ParsedFile(name, (parsed,), title=title)


def _tree(document: ZippedDocument, part: str, path: Path | None) -> Element | None:
    data = document.read(part)
    return None if data is None else xml_tree(data, part=part, path=path)


# DOCX: paragraphs have styles, and a list is paragraphs that are numbered.


def _heading_styles(styles: Element | None) -> frozenset[str]:
    """Return the styles of headings: those with a level in the outline, and those that are called so."""
    found: set[str] = set()
    for style in all_of(styles, "style") if styles is not None else ():
        name = next((attribute(each, "val") for each in style if local(each) == "name"), "")
        if _HEADING_STYLE.fullmatch(name) or next(all_of(style, "outlineLvl"), None) is not None:
            found.add(attribute(style, "styleId"))
    return frozenset(found)


class _WordReader:
    """Reads the body of a DOCX into blocks."""

    def __init__(
        self, gathering: _Gathering, headings: frozenset[str], notes: Mapping[tuple[str, str], Element]
    ) -> None:
        self._gathering = gathering
        self._headings = headings
        self._notes = notes
        self._marks: dict[tuple[str, str], str] = {}

    def read(self, element: Element) -> None:
        """Add the blocks below an element."""
        for each in element:
            name = local(each)
            if name == "p":
                self._paragraph(each)
            elif name == "tbl":
                self._gathering.add(self._table(each))
            elif name not in _UNREAD:
                self.read(each)

    def _paragraph(self, paragraph: Element) -> None:
        said = _tidy(self._words(paragraph))
        style = next((attribute(each, "val") for each in all_of(paragraph, "pStyle")), "")
        numbered = next(all_of(paragraph, "numPr"), None)
        if style in self._headings or (not self._headings and _HEADING_STYLE.fullmatch(style)):
            self._gathering.add(said, ZoneKind.HEADING)
        elif numbered is not None:
            level = next((attribute(each, "val") for each in all_of(numbered, "ilvl")), "0")
            self._gathering.add_item(said, min(int(level), 9) if level.isdecimal() else 0)
        else:
            quoted = "quote" in style.lower()
            self._gathering.add(said, ZoneKind.BLOCK_QUOTE if quoted else ZoneKind.BODY)
        for box in outermost(paragraph, "txbxContent", but=_UNREAD):
            self.read(box)

    def _words(self, element: Element) -> str:
        said: list[str] = []
        for each in element:
            name = local(each)
            if name == "t":
                said.append(each.text or "")
            elif name in {"br", "cr"}:
                said.append("\n")
            elif name == "tab":
                said.append("\t")
            elif name == "noBreakHyphen":
                said.append("-")
            elif name in {"footnoteReference", "endnoteReference"}:
                said.append(self._note(name.removesuffix("Reference"), attribute(each, "id")))
            elif name not in _UNREAD and name not in {"pPr", "txbxContent"} and not _is_hidden_run(each):
                said.append(self._words(each))
        return "".join(said)

    def _note(self, kind: str, number: str) -> str:
        note = self._notes.get((kind, number))
        if note is None:
            return ""
        if (kind, number) in self._marks:
            return self._marks[kind, number]
        mark = str(len(self._marks) + 1)
        self._marks[kind, number] = f"[{mark}]"
        paragraphs = (_tidy(self._words(each)) for each in outermost(note, "p"))
        return self._gathering.note(mark, "\n".join(said for said in paragraphs if said))

    def _table(self, table: Element) -> str:
        rows = (
            [
                " ".join(
                    said for each in outermost(cell, "p") if (said := " ".join(self._words(each).split()))
                )
                for cell in _within(row, "tc")
            ]
            for row in _within(table, "tr")
        )
        return _rows(rows)


def _within(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those in a frame of a form's field too."""
    for each in element:
        if local(each) == name:
            yield each
        elif local(each) in {"sdt", "sdtContent", "ins", "customXml", "smartTag"}:
            yield from _within(each, name)


def _is_hidden_run(run: Element) -> bool:
    return local(run) == "r" and any(
        local(each) == "vanish" and attribute(each, "val") not in {"0", "false"}
        for properties in run
        if local(properties) == "rPr"
        for each in properties
    )


# ODT: headings and lists are elements of their own.


def _read_odt_blocks(
    element: Element, gathering: _Gathering, parents: Mapping[str, str], level: int, *, listed: bool = False
) -> None:
    for each in element:
        name = local(each)
        if name in {"p", "h"}:
            said = _tidy(_odt_words(each, gathering))
            style = attribute(each, "style-name")
            styles = f"{style} {parents.get(style, '')}".split()
            if listed:
                gathering.add_item(said, level - 1)
            elif name == "h" or any(_HEADING_STYLE.fullmatch(style) for style in styles):
                gathering.add(said, ZoneKind.HEADING)
            else:
                quoted = any("quot" in style.lower() for style in styles)
                gathering.add(said, ZoneKind.BLOCK_QUOTE if quoted else ZoneKind.BODY)
        elif name == "list":
            _read_odt_blocks(each, gathering, parents, level + 1, listed=True)
        elif name == "table":
            gathering.add(_odt_table(each, gathering))
        elif name not in _UNREAD and name != "index-title-template":
            _read_odt_blocks(each, gathering, parents, level, listed=listed)


def _odt_words(element: Element, gathering: _Gathering) -> str:
    said = [element.text or ""]
    for each in element:
        name = local(each)
        if name == "s":
            count = attribute(each, "c")
            said.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_REPEATS))
        elif name == "tab":
            said.append("\t")
        elif name == "line-break":
            said.append("\n")
        elif name == "note":
            mark = next((text_of(part) for part in each if local(part) == "note-citation"), "") or "*"
            bodies = [part for part in each if local(part) == "note-body"]
            words = (_tidy(_odt_words(line, gathering)) for part in bodies for line in outermost(part, "p"))
            said.append(gathering.note(mark, "\n".join(line for line in words if line)))
        elif name not in _UNREAD:
            said.append(_odt_words(each, gathering))
        said.append(each.tail or "")
    return "".join(said)


def _odt_table(table: Element, gathering: _Gathering) -> str:
    def cells(row: Element) -> list[str]:
        return [
            " ".join(said for each in outermost(cell, "p", "h") if (said := _line(each)))
            for cell in row
            if local(cell) == "table-cell"
        ]

    def _line(paragraph: Element) -> str:
        return " ".join(_odt_words(paragraph, gathering).split())

    return _rows(cells(row) for row in outermost(table, "table-row"))


def _rows(rows: Iterable[list[str]]) -> str:
    return "\n".join(" | ".join(cell for cell in row if cell) for row in rows if any(row))


def _tidy(said: str) -> str:
    return "\n".join(" ".join(line.split()) for line in said.split("\n")).strip("\n")
