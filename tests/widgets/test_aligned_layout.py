from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.evidence.edits import word_edits
from sources.evidence.multi_alignment import Cell, ColumnRow, Columns
from sources.model import Ref, Span, Zone, ZoneKind
from tests.widgets.aligning import LEFT, RIGHT, cell, columns, span
from tests.widgets.strategies import texts
from tui.app.widgets.cells import cells
from tui.app.widgets.comparison_layout import (
    BRACKETS,
    NO_BRACKETS,
    Piece,
    Role,
    RowKind,
    Side,
    comparison_rows,
    level,
    text_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.evidence.alignment import PassageKind

PHOTO = span(LEFT, "Photo: a crane at dusk")
ZONES = (
    Zone(ZoneKind.HEADING, 0, 28),
    Zone(ZoneKind.BODY, 28, PHOTO.start),
    Zone(ZoneKind.CAPTION, PHOTO.start, PHOTO.end + 1),
    Zone(ZoneKind.BODY, PHOTO.end + 1, len(LEFT)),
)
KINDS: tuple[PassageKind, ...] = ("same", "edited", "paraphrase")


def beginnings(found: Columns, sides: list[Side]) -> list[tuple[str, ...]]:
    return [
        tuple(
            side.sign + text.text[side.span.start : side.span.end][:20] if side.span else ""
            for side, text in zip(row.sides, sides, strict=True)
        )
        for row in comparison_rows(sides, found)
    ]


def test_what_no_row_accounts_for_stands_where_it_comes() -> None:
    assert beginnings(columns(), [Side(LEFT, ZONES), Side(RIGHT)]) == [
        ("Northport sells its ", ""),
        ("", "Harbour is gone"),
        ("The price is 4.2 bil", "~The agreed price is "),
        ("Nobody had asked the", ""),
        ("A vote is due in May", "=↕A vote is due in May"),
        ("Photo: a crane at du", ""),
        ("", "The mayor was at sea"),
        ("The unions will figh", "≈Unions say they will"),
    ]


def test_captions_are_muted_and_no_difference() -> None:
    rows = comparison_rows([Side(LEFT, ZONES), Side(RIGHT)], columns())
    (caption,) = [row for row in rows if row.kind is RowKind.MUTED]
    assert caption.sides[0].span == PHOTO
    assert not caption.differs
    assert caption.only is None
    assert rows[0].sides[0].runs[0].role is Role.HEADING
    assert rows[0].only == 0


def test_a_sentence_that_comes_twice_is_no_difference() -> None:
    found = Columns(
        columns().refs,
        (
            *columns().rows[:1],
            ColumnRow((cell(LEFT, "Nobody had asked the town."), None), repeats=0),
            *columns().rows[2:],
        ),
    )
    rows = comparison_rows([Side(LEFT), Side(RIGHT)], found)
    (again,) = [row for row in rows if row.kind is RowKind.AGAIN]
    assert again.sides[0].runs[0].role is Role.AGAIN
    assert not again.differs


def test_a_row_that_one_of_three_texts_lacks_is_a_difference() -> None:
    vote = "A vote is due in May."
    three = Columns(
        (*columns().refs, Ref("harbour", 3)),
        (
            ColumnRow((cell(LEFT, vote), Cell(span(RIGHT, vote), "same", 1.0, (), moved=False), None)),
            ColumnRow((None, None, Cell(Span(0, 5), None, 1.0, (), moved=False))),
        ),
    )
    rows = comparison_rows([Side(LEFT), Side(RIGHT), Side("Hush.")], three)
    vote_row = next(row for row in rows if row.kind is RowKind.SAME)
    assert (vote_row.present, vote_row.differs) == ((0, 1), True)
    assert [row.only for row in rows].count(2) == 1


def text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def test_edits_stand_in_brackets_and_all_sides_start_on_one_level() -> None:
    rows = comparison_rows([Side(LEFT), Side(RIGHT)], columns())
    lines = level(rows, range(len(rows)), (LEFT, RIGHT), (0, 1), 40, BRACKETS)
    shown = [tuple(map(text, line.sides)) for line in lines if line.sides]
    edited = next(both for both in shown if "4.2" in both[0])
    assert "[-4.2-]" in edited[0]
    assert "{+agreed+}" in edited[1]
    plain = level(rows, range(len(rows)), (LEFT, RIGHT), (0, 1), 40, NO_BRACKETS)
    assert not any("[-" in text(side) for line in plain for side in line.sides)


def test_rows_that_are_left_out_leave_a_trace() -> None:
    rows = comparison_rows([Side(LEFT), Side(RIGHT)], columns())
    kept = [index for index, row in enumerate(rows) if row.differs]
    lines = level(rows, kept, (LEFT, RIGHT), (0, 1), 40, NO_BRACKETS)
    assert sum(line.folded for line in lines) == len(rows) - len(kept) > 0


@st.composite
def laid_out(draw: st.DrawFn) -> tuple[list[str], Columns]:
    """Draw texts, and rows in which each has one of its stretches or nothing, in any order."""
    found = [draw(texts) for _ in range(draw(st.integers(2, 4)))]
    left: list[list[Span]] = []
    for one in found:
        cuts = sorted(draw(st.sets(st.integers(0, len(one)), max_size=6)) | {0, len(one)})
        left.append([Span(low, high) for low, high in pairwise(cuts) if one[low:high].strip()])
    rows = []
    while any(left):
        cells_here: list[Cell | None] = []
        lead: tuple[str, Span] | None = None
        for one, spans in zip(found, left, strict=True):
            wanted: bool = draw(st.booleans())
            if not spans or not wanted:
                cells_here.append(None)
                continue
            here = spans.pop(0)
            if lead is None:
                cells_here.append(Cell(here, None, 1.0, (), moved=False))
                lead = (one, here)
            else:
                edits = word_edits(*lead, one, here)
                cells_here.append(Cell(here, draw(st.sampled_from(KINDS)), 0.5, edits, moved=False))
        if any(cells_here):
            rows.append(ColumnRow(tuple(cells_here)))
        elif draw(st.booleans()):
            break  # the rest is in no row
    return found, Columns(tuple(Ref("a", number + 1) for number in range(len(found))), tuple(rows))


@pytest.mark.long
@given(laid_out(), st.integers(10, 50))
def test_everything_written_is_shown_once_and_nothing_is_too_wide(
    case: tuple[list[str], Columns], width: int
) -> None:
    found, drawn = case
    rows = comparison_rows([Side(one) for one in found], drawn)
    for number, one in enumerate(found):
        places = [
            place for row in rows for run in row.sides[number].runs for place in range(run.start, run.end)
        ]
        assert places == sorted(set(places))
        assert {place for place, sign in enumerate(one) if not sign.isspace()} <= set(places)
        own = [index for index, row in enumerate(rows) if row.sides[number].runs]
        for line in text_lines(rows, own, one, number, width, NO_BRACKETS):
            assert all(sum(cells(piece.text) for piece in side) <= width for side in line.sides)
    for line in level(rows, range(len(rows)), found, range(len(found)), width, BRACKETS):
        for side in line.sides:
            assert sum(cells(piece.text) for piece in side) <= width
