"""The printed page: lines with their places become paragraphs, headings, and running heads and feet.

The lines stay in the order in which the file has them, which is that of its columns.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from sources.formats.blocks import Block
from sources.model import Locator, LocatorKind, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Chosen on manuals, articles and letters as five programs write them.
_WIDE_GAP = 1.3  # times the page's usual distance of two lines, beyond which a paragraph ends
_OTHER_SIZE = 1.12  # times; a heading is larger by that, and a line of another size no part of a paragraph
_OTHER_FONT = 1.5  # times; within a sentence, where sizes differ by less for small capitals and the like
_INDENT = 0.8  # sizes to the right of the line before
_SHORT_LINE = 0.75  # of the usual length, when a line ends a paragraph
_EDGE = 2  # lines at the top, and as many at the bottom, that may be running heads or feet
_LEAST_REPEATS = 3  # pages
_REPEATED = 0.3  # of all pages; heads of left and right pages differ
_LONGEST_HEADING = 200
_LONGEST_RUNNING = 150
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:page|p\.|seite|página)?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|von|de)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_STOP = re.compile(r"[.!?:;…][\"”’»)\]\d¹²³]*$")
_HYPHEN = re.compile(r"([^\W\d_]{2,})[-\u2010\u00ad]$")
_BULLET = re.compile(r"[•▪‣◦●■–—*]\s|\(?(?:\d{1,2}|[a-z])[.)]\s")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page: its text, where it begins, in points from the lower left corner, and its size."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page: what it is called, and its lines in the order of the file."""

    name: str
    lines: tuple[PrintedLine, ...]


@dataclass(slots=True)
class _Paragraph:
    lines: list[PrintedLine]
    kind: ZoneKind = ZoneKind.BODY
    pages: list[tuple[int, str]] = field(default_factory=list)  # the line that a page begins with, its name

    @property
    def size(self) -> float:
        return self.lines[0].size


def printed_blocks(pages: Sequence[PrintedPage]) -> list[Block]:
    """Return the blocks of a document, with the pages that begin in them."""
    text_size = _usual_size(pages)
    running = _running_lines(pages)
    words = _words(pages)
    paragraphs: list[_Paragraph] = []
    for page in pages:
        lines = [line for line in page.lines if (page.name, line) not in running]
        own = list(_paragraphs(lines, text_size))
        margins = [
            _Paragraph([line], ZoneKind.BOILERPLATE) for line in page.lines if (page.name, line) in running
        ]
        _append_page(paragraphs, own, margins, page.name, text_size)
    return [_block(paragraph, words) for paragraph in paragraphs]


def _append_page(
    paragraphs: list[_Paragraph],
    own: list[_Paragraph],
    margins: list[_Paragraph],
    name: str,
    text_size: float,
) -> None:
    """Add a page; a sentence that goes on from the page before stays whole, with the page's name in it."""
    before = next(
        (at for at in range(len(paragraphs) - 1, -1, -1) if _is_text(paragraphs[at], text_size)), None
    )
    first = own[0] if own else None
    if (
        first is not None
        and before is not None
        and _is_text(first, text_size)
        and not _STOP.search(paragraphs[before].lines[-1].text)
        and first.lines[0].text[:1].islower()
    ):
        # What stands below it, notes and feet, is of the page before, and comes before it.
        split = paragraphs.pop(before)
        split.pages.append((len(split.lines), name))
        split.lines += first.lines
        paragraphs += [split, *own[1:], *margins]
        return
    page = [*own, *margins]
    if page:
        page[0].pages.append((0, name))
    paragraphs += page


def _is_text(paragraph: _Paragraph, text_size: float) -> bool:
    return paragraph.kind is ZoneKind.BODY and _alike(paragraph.size, text_size)


def _alike(one: float, other: float, most: float = _OTHER_SIZE) -> bool:
    return max(one, other) <= most * min(one, other)


def _usual_size(pages: Sequence[PrintedPage]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=sizes.__getitem__, default=10.0) or 10.0


def _running_lines(pages: Sequence[PrintedPage]) -> set[tuple[str, PrintedLine]]:
    """Return the lines at the edges of pages that come again on others, and their numbers."""
    edges = {
        (page.name, line)
        for page in pages
        for by_height in [sorted(page.lines, key=lambda line: line.y)]
        for line in (*by_height[:_EDGE], *by_height[-_EDGE:])
        if len(line.text) <= _LONGEST_RUNNING
    }
    repeats = Counter(_pattern(line.text) for _, line in edges)
    least = max(_LEAST_REPEATS, _REPEATED * len(pages))
    numbers = {edge for edge in edges if _PAGE_NUMBER.fullmatch(edge[1].text)}
    named = {(name, line) for name, line in numbers if name in line.text}
    repeated = {edge for edge in edges if repeats[_pattern(edge[1].text)] >= least}
    return repeated | named | (numbers if len(numbers) >= _LEAST_REPEATS else set())


def _pattern(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split()).lower())


def _paragraphs(lines: Sequence[PrintedLine], text_size: float) -> Iterator[_Paragraph]:
    gaps = Counter(
        round(one.y - two.y, 0) for one, two in pairwise(lines) if 0 < one.y - two.y < 3 * one.size
    )
    usual_gap = max(gaps, key=gaps.__getitem__, default=text_size * 1.2)
    lengths = sorted(len(line.text) for line in lines)
    usual_length = lengths[len(lengths) * 3 // 4] if lengths else 0
    current: list[PrintedLine] = []
    for line in lines:
        if current and _begins(line, current, usual_gap, usual_length):
            yield _paragraph(current, text_size)
            current = []
        current.append(line)
    if current:
        yield _paragraph(current, text_size)


def _begins(line: PrintedLine, before: Sequence[PrintedLine], usual_gap: float, usual_length: int) -> bool:
    last = before[-1]
    ended = _STOP.search(last.text) is not None
    goes_on = not ended and line.text[:1].islower()
    if _BULLET.match(line.text) or not _alike(line.size, last.size, _OTHER_FONT if goes_on else _OTHER_SIZE):
        return True
    gap = last.y - line.y
    if gap < -last.size or gap > 4 * usual_gap:  # another column, or below a picture
        return not goes_on
    if gap > max(_WIDE_GAP * usual_gap, _WIDE_GAP * line.size):
        return True
    indented = line.x > last.x + _INDENT * line.size and len(before) > 1
    return ended and (indented or len(last.text) < _SHORT_LINE * usual_length)


def _paragraph(lines: list[PrintedLine], text_size: float) -> _Paragraph:
    large = lines[0].size >= _OTHER_SIZE * text_size
    length = sum(len(line.text) for line in lines)
    heading = large and length <= _LONGEST_HEADING and not lines[-1].text.rstrip().endswith((".", ",", ";"))
    return _Paragraph(lines, ZoneKind.HEADING if heading else ZoneKind.BODY)


def _words(pages: Sequence[PrintedPage]) -> frozenset[str]:
    """Return all words, and words with hyphens, that stand within a line."""
    return frozenset(
        word.lower()
        for page in pages
        for line in page.lines
        for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text)
    )


def _block(paragraph: _Paragraph, words: frozenset[str]) -> Block:
    said = ""
    locators: list[Locator] = []
    pages = dict(paragraph.pages)
    for at, line in enumerate(paragraph.lines):
        said = _joined(said, line.text, words) if at else line.text.strip()
        if at in pages:
            locators.append(Locator(len(said) - len(line.text.strip()), LocatorKind.PAGE, pages[at]))
    return Block(said, paragraph.kind, tuple(locators))


def _joined(said: str, line: str, words: frozenset[str]) -> str:
    """Return a line added to what is before it; a word that was parted at the line's end is whole again."""
    line = line.strip()
    parted = _HYPHEN.search(said)
    begins = re.match(r"[^\W\d_]+", line)
    if parted is None or begins is None or not line[0].islower():
        return f"{said} {line}" if said[-1:] not in {"–", "—"} or line[:1] == " " else f"{said}{line}"
    hyphenated = f"{parted[1]}-{begins[0]}".lower()
    whole = f"{parted[1]}{begins[0]}".lower()
    if hyphenated in words and whole not in words:
        return said[:-1] + "-" + line
    return said[:-1] + line
