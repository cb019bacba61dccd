from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sources.evidence.alignment import AlignedRow, Alignment
from sources.evidence.edits import word_edits
from sources.model import Ref, Span, Zone, ZoneKind
from tests.widgets.aligning import LEFT, RIGHT, alignment, span
from tests.widgets.strategies import texts
from tui.widgets.aligned_layout import Role, RowKind, Run, Side, comparison_rows
from tui.widgets.aligned_lines import BRACKETS, NO_BRACKETS, Piece, level
from tui.widgets.cells import cells

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.evidence.alignment import Kind

PHOTO = span(LEFT, "Photo: a crane at dusk")
ZONES = (
    Zone(ZoneKind.HEADING, 0, 28),
    Zone(ZoneKind.BODY, 28, PHOTO.start),
    Zone(ZoneKind.CAPTION, PHOTO.start, PHOTO.end + 1),
    Zone(ZoneKind.BODY, PHOTO.end + 1, len(LEFT)),
)


KINDS: tuple[Kind, ...] = ("same", "edited", "paraphrase")


def words(text: str, runs: Iterable[Run]) -> str:
    return " ".join(text[run.start : run.end].strip() for run in runs)


def table(found: Alignment, zones: tuple[Zone, ...] = ()) -> list[tuple[str, str, str]]:
    rows = comparison_rows(Side(LEFT, zones), Side(RIGHT), found)
    return [(words(LEFT, row.left)[:20], row.sign, words(RIGHT, row.right)[:20]) for row in rows]


def test_rows_follow_the_left_text_and_right_only_ones_stand_where_they_come() -> None:
    assert table(alignment(), ZONES) == [
        ("Northport sells its ", "", ""),
        ("", "", "Harbour is gone"),
        ("The price is 4.2 bil", "~", "The agreed price is "),
        ("Nobody had asked the", "", ""),
        ("A vote is due in May", "=↕", "A vote is due in May"),
        ("Photo: a crane at du", "", ""),
        ("", "", "The mayor was at sea"),
        ("The unions will figh", "≈", "Unions say they will"),
    ]


def test_captions_are_muted_and_no_difference() -> None:
    rows = comparison_rows(Side(LEFT, ZONES), Side(RIGHT), alignment())
    (caption,) = [row for row in rows if row.kind is RowKind.MUTED]
    assert words(LEFT, caption.left) == "Photo: a crane at dusk"
    assert not caption.differs
    assert rows[0].left[0].role is Role.HEADING


def test_several_sentences_with_one_partner_share_a_row() -> None:
    one = span(RIGHT, "Unions say they will oppose the sale.")
    found = replace(
        alignment(),
        rows=(
            AlignedRow(span(LEFT, "Nobody had asked the town."), one, 0.6, "paraphrase", ()),
            AlignedRow(span(LEFT, "A vote is due in May."), one, 0.5, "paraphrase", ()),
        ),
        only_a=(),
        only_b=(),
    )
    joined = [entry for entry in table(found) if entry[1]]
    assert joined == [("Nobody had asked the", "≈", "Unions say they will")]


def test_a_partner_that_stood_beside_another_row_already_is_shown_as_such() -> None:
    one = span(RIGHT, "A vote is due in May.")
    found = replace(
        alignment(),
        rows=(
            AlignedRow(span(LEFT, "The price is 4.2 billion dollars."), one, 0.6, "paraphrase", ()),
            AlignedRow(span(LEFT, "The unions will fight it."), one, 0.5, "paraphrase", ()),
        ),
        only_a=(),
        only_b=(),
    )
    rows = comparison_rows(Side(LEFT), Side(RIGHT), found)
    pairs = [row for row in rows if row.left and row.right]
    assert [row.right[0].role for row in pairs] == [Role.PLAIN, Role.AGAIN]
    assert not any(row.moved for row in rows)


def test_edits_stand_in_brackets_and_both_sides_start_on_one_level() -> None:
    rows = comparison_rows(Side(LEFT), Side(RIGHT), alignment())
    lines = level(rows, range(len(rows)), (LEFT, RIGHT), 40, BRACKETS)

    def text(pieces: Iterable[Piece]) -> str:
        return "".join(piece.text for piece in pieces)

    shown = [(text(line.left), text(line.right)) for line in lines]
    edited = next(both for both in shown if "4.2" in both[0])
    assert "[-4.2-]" in edited[0]
    assert "{+agreed+}" in edited[1]
    plain = level(rows, range(len(rows)), (LEFT, RIGHT), 40, NO_BRACKETS)
    assert not any("[-" in text(line.left) for line in plain)


def test_rows_that_are_left_out_leave_a_trace() -> None:
    rows = comparison_rows(Side(LEFT), Side(RIGHT), alignment())
    kept = [index for index, row in enumerate(rows) if row.differs]
    lines = level(rows, kept, (LEFT, RIGHT), 40, NO_BRACKETS)
    assert sum(line.folded for line in lines) == len(rows) - len(kept) > 0


@st.composite
def alignments(draw: st.DrawFn) -> tuple[str, str, Alignment]:
    """Draw two texts and pairs of spans of them, many to one and in any order."""
    left, right = draw(texts), draw(texts)

    def spans(text: str) -> list[Span]:
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)) | {0, len(text)})
        return [Span(low, high) for low, high in pairwise(cuts) if text[low:high].strip()]

    ones, others = spans(left), spans(right)
    rows = []
    for one in ones:
        paired: bool = draw(st.booleans())
        if others and paired:
            other = draw(st.sampled_from(others))
            kind = draw(st.sampled_from(KINDS))
            rows.append(AlignedRow(one, other, 0.5, kind, word_edits(left, one, right, other)))
    taken = {row.a for row in rows}
    only_a = tuple(one for one in ones if one not in taken and draw(st.booleans()))
    return left, right, Alignment(Ref("a", 1), Ref("a", 2), 0.5, 0.5, tuple(rows), only_a, ())


@given(alignments(), st.integers(10, 50))
def test_everything_written_on_either_side_is_shown_and_nothing_is_too_wide(
    case: tuple[str, str, Alignment], width: int
) -> None:
    left, right, found = case
    rows = comparison_rows(Side(left), Side(right), found)
    for text, sides in ((left, [row.left for row in rows]), (right, [row.right for row in rows])):
        seen = [place for runs in sides for run in runs for place in range(run.start, run.end)]
        assert {place for place, sign in enumerate(text) if not sign.isspace()} <= set(seen)
    lefts = [run.start for row in rows for run in row.left]
    assert lefts == sorted(lefts)
    for line in level(rows, range(len(rows)), (left, right), width, BRACKETS):
        for side in (line.left, line.right):
            assert sum(cells(piece.text) for piece in side) <= width
