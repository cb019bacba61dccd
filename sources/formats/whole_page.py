"""All that a page of a book says, as blocks: nothing is taken for furniture, as a page of the web has it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sources.formats.blocks import Block
from sources.formats.seen_html import OpenElements, SeenHtml, raised
from sources.model import Locator, LocatorKind, ZoneKind

if TYPE_CHECKING:
    from sources.formats.seen_html import Attributes

_UNSEEN = frozenset(
    ("head", "script", "style", "template", "noscript", "iframe", "object", "svg", "audio", "video", "rt",
     "rp", "select", "button", "textarea")
)  # fmt: skip
_BLOCKS = frozenset(
    ("address", "article", "aside", "body", "dd", "div", "dl", "dt", "figure", "footer", "header", "hr",
     "main", "nav", "p", "pre", "section")
)  # fmt: skip
_KINDS = {
    **{f"h{level}": ZoneKind.HEADING for level in range(1, 7)},
    "blockquote": ZoneKind.BLOCK_QUOTE,
    "figcaption": ZoneKind.CAPTION,
    "caption": ZoneKind.CAPTION,
}
_LISTS = frozenset(("ul", "ol"))
_LONGEST_PAGE_NAME = 20


def whole_page(page: str) -> list[Block]:
    """Return the blocks of a page in order; a note's number is in brackets, another raised one is raised."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.finished()


class _Reader(SeenHtml):
    """Gathers blocks."""

    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[Block] = []
        self._words: list[str] = []
        self._kinds = OpenElements()  # those that have a kind
        self._lines: list[str] = []  # of the list or table that is open
        self._cells: list[str] | None = None  # of the row that is open
        self._lists: list[tuple[str, int]] = []  # open lists, each with how many items it had
        self._mark = ""  # of the item that began
        self._pages: list[Locator] = []  # that begin in what was gathered, or before the next block
        self._tables = self._raised = self._links = self._kept = 0

    def finished(self) -> list[Block]:
        """Return the blocks, with what was open at the end."""
        self._end_row()
        self._end_lines()
        return self._blocks

    def hides(self, tag: str, given: Attributes) -> bool:  # noqa: ARG002 - others hide by these
        return tag in _UNSEEN

    def begin(self, tag: str, given: Attributes) -> None:
        if tag in _LISTS or tag == "table":
            self._open_lines(tag)
        elif tag == "li":
            self._end_paragraph()
            if self._lists:
                kind, items = self._lists[-1]
                self._lists[-1] = (kind, items + 1)
                self._mark = f"{items + 1}. " if kind == "ol" else "- "
        elif tag == "tr":
            self._end_row()
            self._cells = []
        elif tag in {"td", "th"}:
            self._end_paragraph()
        elif tag in _KINDS:
            self._end_paragraph()
            self._kinds.begin(tag)
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._kept += tag == "pre"
        else:
            self._begin_inline(tag)
        self._begin_page(given)

    def end(self, tag: str) -> None:
        if tag in _LISTS or tag == "table":
            self._close_lines(tag)
        elif tag in {"td", "th", "li"}:
            self._end_paragraph()
            self._mark = ""
        elif tag == "tr":
            self._end_row()
        elif tag in _KINDS:
            self._end_paragraph()
            self._kinds.end(tag)
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._kept = max(0, self._kept - (tag == "pre"))
        elif tag == "sup":
            self._raised = max(0, self._raised - 1)
        elif tag == "a":
            self._links = max(0, self._links - 1)

    def said(self, words: str) -> None:
        if self._raised:
            words = raised(words, is_note=bool(self._links))
        self._words.append(words if self._kept else words.replace("\n", " "))

    def _begin_inline(self, tag: str) -> None:
        if tag == "br":
            self._words.append("\n")
        self._raised += tag == "sup"
        self._links += tag == "a"

    def _begin_page(self, given: Attributes) -> None:
        """Remember a page of the printed book, where the file says that one begins here."""
        marks = f"{given.get('epub:type') or ''} {given.get('role') or ''}".split()
        if "pagebreak" in marks or "doc-pagebreak" in marks:
            name = " ".join((given.get("aria-label") or given.get("title") or "").split()).strip("[]. ")
            before = _tidy("".join(self._words))
            if name and len(name) <= _LONGEST_PAGE_NAME:
                self._pages.append(Locator(len(before) + bool(before), LocatorKind.PAGE, name))

    def _open_lines(self, tag: str) -> None:
        self._end_paragraph()
        if tag == "table":
            self._tables += 1
        else:
            self._lists.append((tag, 0))

    def _close_lines(self, tag: str) -> None:
        if tag == "table":
            self._end_row()
            self._tables = max(0, self._tables - 1)
        else:
            self._end_paragraph()
            del self._lists[-1:]
        if not (self._tables or self._lists):
            self._end_lines()

    def _end_row(self) -> None:
        self._end_paragraph()
        if self._cells:
            self._lines.append(" | ".join(self._cells))
        self._cells = None

    def _end_lines(self) -> None:
        if self._lines:
            pages = tuple(replace(page, start=0) for page in self._pages)  # as near as is known
            self._blocks.append(Block("\n".join(self._lines), locators=pages))
            self._pages = []
            self._lines = []

    def _end_paragraph(self) -> None:
        """Put the words gathered so far where they belong: into a cell, a list, or a block of their own."""
        lines = "".join(self._words).split("\n")
        self._words.clear()
        said = "\n".join(line.rstrip() if self._kept else " ".join(line.split()) for line in lines).strip(
            "\n"
        )
        if not said.strip():
            return
        if self._cells is not None:
            self._cells.append(" ".join(said.split()))
        elif self._lists or self._tables:
            self._lines.append(self._mark + said)
            self._mark = ""
        else:
            kind = _KINDS.get(self._kinds.innermost or "", ZoneKind.BODY)
            self._blocks.append(Block(said, kind, tuple(self._pages)))
            self._pages = []


def _tidy(written: str) -> str:
    return "\n".join(" ".join(line.split()) for line in written.split("\n")).strip("\n")
