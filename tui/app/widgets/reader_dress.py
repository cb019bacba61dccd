"""How a text with structure is shown: its code points as they are, some hidden, others with another sign.

What is shown is as long as the text, so that an offset means the same in both.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from sources.model import PieceKind, Span, ZoneKind
from tui.app.widgets.cells import HIDDEN, cells
from tui.app.widgets.reader_layout import Put, Shape, Table
from tui.app.widgets.reader_marks import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.model import Piece, Zone

_MARKS = {
    PieceKind.STRONG: MarkKind.STRONG,
    PieceKind.EMPHASIS: MarkKind.EMPHASIS,
    PieceKind.CODE: MarkKind.CODE,
    PieceKind.LINK: MarkKind.LINK,
    PieceKind.SIGN: MarkKind.SIGN,
}
_BULLETS = frozenset("-*+")
_PIPE = re.compile(r"(?<!\\)\|")
_NOT_WORDS = f" \t{HIDDEN}"
_BETWEEN = 3  # cells between two columns: a blank, the line, a blank
_LOOSE_HANG = 2


@dataclass(frozen=True, slots=True)
class Dress:
    """What is shown of a text, with the marks of its structure and how its lines are laid out.

    An empty ``text`` means the text itself.
    """

    text: str = ""
    marks: Mapping[MarkKind, Sequence[Mark]] = field(default_factory=dict)
    shape: Shape = field(default_factory=Shape)


BARE = Dress()


class _Change(NamedTuple):
    """A stretch of the text and what is shown in its place, as long."""

    start: int
    end: int
    shown: str


def dress(text: str, pieces: Sequence[Piece], zones: Sequence[Zone], numbers: Mapping[int, int]) -> Dress:
    """Return how a text with such pieces is shown; ``numbers`` are those of links, by where they start."""
    if not pieces:
        return BARE
    shown = _shown(text, sorted(_changes(text, pieces, zones)))
    link_puts = [
        Put(piece.end, f"[{numbers[piece.start]}]")
        for piece in pieces
        if piece.kind is PieceKind.LINK and piece.start in numbers
    ]
    link_puts.sort()
    rules = [piece.start for piece in pieces if piece.kind is PieceKind.RULE]
    tables = [_grid(shown, text, piece, rules) for piece in pieces if piece.kind is PieceKind.TABLE]
    shown = _shown(shown, [change for table in tables for change in table.changes])
    hangs = {
        piece.start: cells(shown, piece.start, piece.start + piece.level)
        for piece in pieces
        if piece.kind is PieceKind.ITEM
    }
    hangs |= {row: _LOOSE_HANG for table in tables for row in table.starts}
    tight = frozenset(row for table in tables for row in table.starts[1:])
    marks = {kind: tuple(_marks(shown, pieces, kind)) for kind in _MARKS}
    return Dress(
        shown,
        {_MARKS[kind]: found for kind, found in marks.items() if found},
        Shape(hangs, tuple(link_puts), tuple(table.table(link_puts) for table in tables), tight),
    )


def _marks(shown: str, pieces: Iterable[Piece], kind: PieceKind) -> Iterator[Mark]:
    """Yield the marks of one kind, each from the first of its characters on that is shown."""
    for piece in pieces:
        if piece.kind is kind:
            start = piece.start
            while start < piece.end - 1 and shown[start] == HIDDEN:
                start += 1
            yield Mark(start, piece.end, _MARKS[kind])


def _changes(text: str, pieces: Sequence[Piece], zones: Sequence[Zone]) -> Iterator[_Change]:
    items = {piece.start + len(_indent(text, piece)) for piece in pieces if piece.kind is PieceKind.ITEM}
    ends = [zone.end for zone in zones]
    for piece in pieces:
        start, end, _ = span = piece.start, piece.end, text[piece.start : piece.end]
        if piece.kind is PieceKind.MARKUP:
            yield _Change(start, end, HIDDEN * (end - start))
        elif piece.kind is PieceKind.QUOTE:
            place = bisect_right(ends, start)
            if place < len(zones) and zones[place].kind is ZoneKind.BLOCK_QUOTE:
                yield _Change(start, end, HIDDEN * (end - start))
        elif piece.kind is PieceKind.SIGN and start in items and span[2] in _BULLETS:
            yield _Change(start, end, "•")
        elif piece.kind is PieceKind.RULE and "|" not in span[2]:
            yield _Change(start, end, "─" * (end - start))


def _indent(text: str, piece: Piece) -> str:
    head = text[piece.start : piece.start + piece.level]
    return head[: len(head) - len(head.lstrip())]


def _shown(text: str, changes: Sequence[_Change]) -> str:
    parts: list[str] = []
    at = 0
    for change in changes:
        if change.start >= at:  # what lies in a longer one goes with it
            parts += (text[at : change.start], change.shown)
            at = change.end
    return "".join((*parts, text[at:])) if parts else text


def _grid(shown: str, text: str, piece: Piece, rules: Sequence[int]) -> _Grid:
    place = bisect_left(rules, piece.start)
    is_its_own = place < len(rules) and rules[place] < piece.end
    return _Grid(shown, text, piece.start, piece.end, rules[place] if is_its_own else -1)


class _Grid:
    """A table of the text: what of it is hidden, and what is put into it, in columns or loosely."""

    def __init__(self, shown: str, text: str, start: int, end: int, rule: int) -> None:
        self.changes: list[_Change] = []
        self.starts: list[int] = []
        self._shown, self._text, self._rule = shown, text, rule
        self._rows: list[list[Span]] = []
        self._aligned: list[str] = []
        at = text.rfind("\n", 0, start) + 1
        while at < end:
            stop = text.find("\n", at, end)
            self._take(at, stop if stop >= 0 else end)
            at = (stop if stop >= 0 else end) + 1

    def _take(self, start: int, end: int) -> None:
        """Take a row, and hide what stands in it beside its cells."""
        text = self._text
        self.starts.append(start)
        low = start
        while low < end and self._shown[low] in _NOT_WORDS:
            low += 1
        high = end
        while high > low and text[high - 1] in " \t":
            high -= 1
        low += text.startswith("|", low)
        pipes = [match.start() for match in _PIPE.finditer(text, low, high)]
        if pipes and pipes[-1] == high - 1:
            high = pipes.pop()
        cells_here = [
            self._words(before, after)
            for before, after in zip((low, *(pipe + 1 for pipe in pipes)), (*pipes, high), strict=True)
        ]
        if start <= self._rule < end:
            self._aligned = [_alignment(cell.of(text)) for cell in cells_here]
            self.changes.append(_Change(start, end, HIDDEN * (end - start)))
            return
        self._rows.append(cells_here)
        edges = [start, *(edge for cell in cells_here for edge in cell), end]
        gaps = list(zip(edges[::2], edges[1::2], strict=True))
        for number, (before, after) in enumerate(gaps):
            gap = text[before:after]
            pipe = gap.index("|") if 0 < number < len(gaps) - 1 else len(gap)
            line = "│" if pipe < len(gap) else ""
            self.changes.append(
                _Change(before, after, HIDDEN * pipe + line + HIDDEN * (len(gap) - pipe - len(line)))
            )

    def _words(self, start: int, end: int) -> Span:
        said = self._text[start:end]
        bare = said.strip(" \t")
        start += len(said) - len(said.lstrip(" \t")) if bare else 0
        return Span(start, start + len(bare))

    def table(self, links: Sequence[Put]) -> Table:
        """Return the table as it is laid out; ``links`` are what is put behind links, by place."""
        places = [put.at for put in links]

        def width(cell: Span) -> int:
            put = links[bisect_right(places, cell.start) : bisect_right(places, cell.end)] if cell else ()
            return cells(self._shown, *cell) + sum(cells(each.what) for each in put)

        wide = [[width(cell) for cell in row] for row in self._rows]
        columns = [max(column) for column in zip_longest(*wide, fillvalue=0)]
        puts: list[Put] = []
        loose: list[Put] = []
        for row, widths in zip(self._rows, wide, strict=True):
            for number, (cell, own) in enumerate(zip(row, widths, strict=True)):
                aligned = self._aligned[number] if number < len(self._aligned) else ""
                spare = columns[number] - own
                before = {"right": spare, "middle": spare // 2}.get(aligned, 0)
                blank = " " if number else ""
                puts.append(Put(cell.start, blank + " " * before))
                loose.append(Put(cell.start, blank))
                if number < len(row) - 1:
                    pipe = self._shown_pipe(cell.end)
                    puts.append(Put(pipe, " " * (spare - before) + " "))
                    loose.append(Put(pipe, " "))
        if self._rule >= 0:
            puts.append(Put(self._rule, "─┼─".join("─" * column for column in columns)))
        needed = sum(columns) + _BETWEEN * (len(columns) - 1)
        return Table(needed, _said(puts), _said(loose), self._rule)

    def _shown_pipe(self, at: int) -> int:
        return self._text.index("|", at)


def _said(puts: Iterable[Put]) -> tuple[Put, ...]:
    return tuple(put for put in puts if put.what)


def _alignment(mark: str) -> str:
    if mark.endswith(":"):
        return "middle" if mark.startswith(":") else "right"
    return ""
