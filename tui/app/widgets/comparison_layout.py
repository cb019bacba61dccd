"""How several aligned texts become rows that stand level with each other.

The order is that of the rows of ``Columns``; what is in a text outside them (a caption, a credit, what
is no sentence) has its own row where it comes. Nothing here knows styles or widgets.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Span, Zone, ZoneKind
from tui.app.widgets.reader_layout import broken_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.evidence.multi_alignment import Cell, ColumnRow, Columns
    from tui.app.widgets.reader_marks import MarkRow


SIGNS = {"same": "=", "edited": "~", "paraphrase": "≈", "partial": "∩"}
MOVED = "↕"
REPEATED = "↺"
ALONE = "!"  # nobody else in the story says it
_WRITTEN = re.compile(r"\S(?:.*\S)?")


class Role(StrEnum):
    """What a stretch of a side is, which decides how it looks."""

    PLAIN = "plain"
    HEADING = "heading"
    MUTED = "muted"
    AGAIN = "again"  # was said in a row before
    DELETED = "deleted"
    INSERTED = "inserted"


class Run(NamedTuple):
    """A stretch of a text, ``text[start:end]``, with one role."""

    start: int
    end: int
    role: Role


class RowKind(StrEnum):
    """How the sides of a row go together: as the two do that are least alike."""

    SAME = "same"
    EDITED = "edited"
    PARAPHRASE = "paraphrase"
    PARTIAL = "partial"
    ONLY = "only here"
    AGAIN = "said before"  # by the same text, in another row
    MUTED = "not evidence"  # stands on one side only: a caption, a credit, furniture


_LIKENESS = (RowKind.SAME, RowKind.EDITED, RowKind.PARAPHRASE, RowKind.PARTIAL)


@dataclass(frozen=True, slots=True)
class RowSide:
    """What one text has in a row: no runs for nothing.

    ``kind`` and ``score`` (0 to 1) hold it against the first text that has something there; for that one
    itself, and where there is nothing, they are None and 1.
    """

    runs: tuple[Run, ...] = ()
    kind: RowKind | None = None
    score: float = 1.0
    moved: bool = False

    @property
    def span(self) -> Span | None:
        """The passage as a whole."""
        return Span(self.runs[0].start, self.runs[-1].end) if self.runs else None

    @property
    def sign(self) -> str:
        """The sign for the gutter: how it goes with the first, and whether it moved."""
        return SIGNS.get(self.kind or "", "") + (MOVED if self.moved else "")


NOTHING = RowSide()


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """What stands side by side: one ``RowSide`` a text."""

    kind: RowKind
    sides: tuple[RowSide, ...]
    opens_paragraph: bool = True

    @property
    def present(self) -> tuple[int, ...]:
        """The texts that have something in the row."""
        return tuple(number for number, side in enumerate(self.sides) if side.runs)

    @property
    def differs(self) -> bool:
        """Tell whether the row is a difference that a reader would want to see."""
        if self.kind in {RowKind.MUTED, RowKind.AGAIN}:
            return False
        return self.kind is not RowKind.SAME or len(self.present) < len(self.sides)

    @property
    def only(self) -> int | None:
        """The text that alone says something here, if it is one only and no furniture."""
        return self.present[0] if self.kind is RowKind.ONLY else None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the texts with its zones."""

    text: str
    zones: Sequence[Zone] = ()

    def role_at(self, offset: int) -> Role:
        """Return how text that starts at ``offset`` looks by its zone."""
        place = bisect_left(self.zones, offset + 1, key=lambda zone: zone.end)
        kind = self.zones[place].kind if place < len(self.zones) else ZoneKind.BODY
        if kind.muted:
            return Role.MUTED
        return Role.HEADING if kind is ZoneKind.HEADING else Role.PLAIN


def comparison_rows(sides: Sequence[Side], columns: Columns) -> tuple[ComparisonRow, ...]:
    """Return all rows in reading order; every written stretch of every text is in one of them."""
    strays = _strays(sides, columns)
    rows: list[ComparisonRow] = []
    ends: list[int | None] = [None] * len(sides)

    def put(row: ComparisonRow) -> None:
        lead = row.present[0]
        span = row.sides[lead].span
        if span is not None:
            before = ends[lead]
            opens = before is None or "\n" in sides[lead].text[before : span.start]
            rows.append(row if opens else ComparisonRow(row.kind, row.sides, opens_paragraph=False))
        for number, side in enumerate(row.sides):
            if side.span is not None:
                ends[number] = side.span.end

    for place in range(-1, len(columns.rows)):
        if place >= 0:
            put(_aligned_row(sides, columns.rows[place]))
        for number, span in strays.get(place, ()):
            put(_stray_row(sides, number, span))
    return tuple(rows)


def _aligned_row(sides: Sequence[Side], row: ColumnRow) -> ComparisonRow:
    present = [number for number, cell in enumerate(row.cells) if cell is not None]
    lead = present[0]
    if len(present) == 1:
        kind = RowKind.ONLY if row.repeats is None else RowKind.AGAIN
    else:
        kinds = (RowKind(cell.kind) for cell in row.cells if cell is not None and cell.kind)
        kind = max(kinds, key=_LIKENESS.index, default=RowKind.SAME)
    deleted = [
        edit.a
        for cell in row.cells
        if cell is not None and cell.kind == "edited"
        for edit in cell.edits
        if edit.op != "equal"
    ]
    return ComparisonRow(
        kind,
        tuple(
            NOTHING
            if cell is None
            else _row_side(sides[number], cell, deleted if number == lead else None, kind)
            for number, cell in enumerate(row.cells)
        ),
    )


def _row_side(side: Side, cell: Cell, deleted: list[Span] | None, kind: RowKind) -> RowSide:
    if kind is RowKind.AGAIN:
        return RowSide((Run(*cell.span, Role.AGAIN),), None, 1.0, cell.moved)
    if deleted is not None:
        runs = _runs(side, cell.span, deleted, Role.DELETED)
        return RowSide(runs, None, 1.0, cell.moved)
    changed = [edit.b for edit in cell.edits if edit.op != "equal"] if cell.kind == "edited" else []
    own = RowKind(cell.kind) if cell.kind else None
    return RowSide(_runs(side, cell.span, changed, Role.INSERTED), own, cell.score, cell.moved)


def _stray_row(sides: Sequence[Side], number: int, span: Span) -> ComparisonRow:
    role = sides[number].role_at(span.start)
    kind = RowKind.MUTED if role is Role.MUTED else RowKind.ONLY
    filled = RowSide((Run(*span, role),))
    return ComparisonRow(kind, tuple(filled if each == number else NOTHING for each in range(len(sides))))


def _strays(sides: Sequence[Side], columns: Columns) -> dict[int, list[tuple[int, Span]]]:
    """Return what no row accounts for, by the row behind which it stands; -1 is before all."""
    found: dict[int, list[tuple[int, Span]]] = {}
    for number, side in enumerate(sides):
        cells = [(place, row.cells[number]) for place, row in enumerate(columns.rows)]
        taken = sorted(cell.span for _, cell in cells if cell is not None)
        steady = [(cell.span.start, place) for place, cell in cells if cell is not None and not cell.moved]
        for span in _left_over(side, taken):
            behind = bisect_left(steady, (span.start, -1)) - 1
            found.setdefault(steady[behind][1] if behind >= 0 else -1, []).append((number, span))
    return found


def _left_over(side: Side, taken: Iterable[Span]) -> list[Span]:
    place = 0
    rest: list[Span] = []
    for span in [*taken, Span(len(side.text), len(side.text))]:
        if span.start > place:
            rest.extend(_written_lines(side, place, span.start))
        place = max(place, span.end)
    return rest


def _written_lines(side: Side, start: int, end: int) -> list[Span]:
    """Return the written part of each line between two offsets, cut where zones meet."""
    borders = [zone.start for zone in side.zones if start < zone.start < end]
    found: list[Span] = []
    for low, high in zip([start, *borders], [*borders, end], strict=True):
        found.extend(Span(*match.span()) for match in _WRITTEN.finditer(side.text, low, high))
    return found


def _runs(side: Side, span: Span, changed: Iterable[Span], role: Role) -> tuple[Run, ...]:
    """Cut a span into runs, with ``changed`` stretches in ``role``, less the white space at their ends."""
    base = side.role_at(span.start)
    runs: list[Run] = []
    place = span.start
    for change in sorted(changed):
        written = _WRITTEN.search(side.text, max(change.start, place), min(change.end, span.end))
        if written is None:
            continue
        if place < written.start():
            runs.append(Run(place, written.start(), base))
        runs.append(Run(*written.span(), role))
        place = written.end()
    if place < span.end:
        runs.append(Run(place, span.end, base))
    return tuple(runs)


# Rows of a comparison as lines of the screen, left and right level with each other.


BRACKETS: Mapping[Role, tuple[str, str]] = {Role.DELETED: ("[-", "-]"), Role.INSERTED: ("{+", "+}")}
NO_BRACKETS: Mapping[Role, tuple[str, str]] = {}
FRAME: Mapping[Role, tuple[str, str]] = {Role.MUTED: ("░ ", " ░")}

_NOTHING: Mapping[int, str] = {}

NO_ROW = -1
NOWHERE = -1


class Piece(NamedTuple):
    """Text of one look on one line; ``start`` is its offset in its side's text, ``NOWHERE`` for signs."""

    text: str
    role: Role
    start: int = NOWHERE


class LevelLine(NamedTuple):
    """One line of the screen; ``row`` is the index of its row, ``NO_ROW`` between rows.

    ``sides`` has the pieces of the columns that were asked for; ``folded`` counts the rows that a filter
    leaves out at this place.
    """

    row: int
    sides: tuple[tuple[Piece, ...], ...] = ()
    first: bool = False
    folded: int = 0


def level(
    rows: Sequence[ComparisonRow],
    kept: Sequence[int],
    texts: Sequence[str],
    columns: Sequence[int],
    width: int,
    brackets: Mapping[Role, tuple[str, str]],
    remarks: Sequence[Mapping[int, str]] = (),
) -> list[LevelLine]:
    """Return the lines of the ``kept`` rows for some ``columns``, each side broken at ``width`` cells.

    ``remarks`` are of each text what to write under a sentence that it alone has, by where that begins.
    """
    lines: list[LevelLine] = []
    signs = {**FRAME, **brackets}
    for before, index in pairwise([-1, *kept, len(rows)]):
        if index > before + 1:
            lines.append(LevelLine(NO_ROW, folded=index - before - 1))
        if index == len(rows):
            break
        row = rows[index]
        if lines and row.opens_paragraph and not lines[-1].folded:
            lines.append(LevelLine(NO_ROW))
        sides = (
            [
                *_side_lines(texts[column], row.sides[column].runs, width, signs),
                *_remark_lines(row, column, remarks[column] if remarks else _NOTHING, width),
            ]
            for column in columns
        )
        lines.extend(
            LevelLine(index, pieces, first=number == 0)
            for number, pieces in enumerate(zip_longest(*sides, fillvalue=()))
        )
    return lines


def text_lines(
    rows: Sequence[ComparisonRow],
    kept: Sequence[int],
    text: str,
    column: int,
    width: int,
    brackets: Mapping[Role, tuple[str, str]],
    remarks: Mapping[int, str] = _NOTHING,
) -> list[LevelLine]:
    """Return the lines of one column by itself, in the order of its text."""
    signs = {**FRAME, **brackets}
    lines: list[LevelLine] = []
    end = 0
    for index in kept:
        runs = rows[index].sides[column].runs
        if lines and "\n" in text[end : runs[0].start]:
            lines.append(LevelLine(NO_ROW))
        end = runs[-1].end
        side = [*_side_lines(text, runs, width, signs), *_remark_lines(rows[index], column, remarks, width)]
        lines.extend(LevelLine(index, (pieces,), first=number == 0) for number, pieces in enumerate(side))
    return lines


def _remark_lines(
    row: ComparisonRow, column: int, remarks: Mapping[int, str], width: int
) -> list[tuple[Piece, ...]]:
    span = row.sides[column].span
    if span is None or row.kind is not RowKind.ONLY:
        return []
    texts = [text for start, text in remarks.items() if span.start <= start < span.end]
    return [
        (Piece(text[start:stop], Role.MUTED),)
        for text in texts
        for start, stop, _last in broken_lines(text, 0, len(text), width)
    ]


def _side_lines(
    text: str, runs: Sequence[Run], width: int, signs: Mapping[Role, tuple[str, str]]
) -> list[tuple[Piece, ...]]:
    if not runs:
        return []
    parts: list[Piece] = []
    end = runs[0].start
    for run in runs:
        if run.start > end:
            parts.append(Piece(" ", Role.PLAIN))  # sentences that were joined
        opening, closing = signs.get(run.role, ("", ""))
        words = Piece(text[run.start : run.end].replace("\n", " "), run.role, run.start)
        parts.extend(
            part for part in (Piece(opening, run.role), words, Piece(closing, run.role)) if part.text
        )
        end = run.end
    joined = "".join(part.text for part in parts)
    return [
        tuple(_pieces(parts, start, stop))
        for start, stop, _last in broken_lines(joined, 0, len(joined), width)
    ]


def _pieces(parts: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """Cut ``parts``, laid end to end, to what lies between two places."""
    found: list[Piece] = []
    place = 0
    for part in parts:
        low, high = max(start - place, 0), min(end - place, len(part.text))
        if low < high:
            start_in_text = NOWHERE if part.start == NOWHERE else part.start + low
            found.append(Piece(part.text[low:high], part.role, start_in_text))
        place += len(part.text)
    return found


def split_at_marks(piece: Piece, marks: MarkRow) -> Iterator[tuple[Piece, bool]]:
    """Yield the stretches of a piece, each with whether it is marked."""
    if piece.start == NOWHERE:
        yield piece, False
        return
    place, end = piece.start, piece.start + len(piece.text)

    def stretch(start: int, stop: int) -> Piece:
        return Piece(piece.text[start - piece.start : stop - piece.start], piece.role, start)

    for mark in reversed(list(marks.within(place, end))):
        start, stop = max(mark.start, place), min(mark.end, end)
        if start >= stop:
            continue  # inside a mark that was met before
        if start > place:
            yield stretch(place, start), False
        yield stretch(start, stop), True
        place = stop
    if place < end:
        yield stretch(place, end), False
