"""Rows of a comparison as lines of the screen, left and right level with each other."""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from tui.app.widgets.comparison_layout import ComparisonRow, Role, RowKind, Run
from tui.app.widgets.reader_layout import broken_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui.app.widgets.reader_marks import MarkRow

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
