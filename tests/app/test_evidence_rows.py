from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from sources.evidence.dates import Precision
from sources.evidence.figure_matrix import MatrixMention, MatrixRow, MatrixValue, Status
from sources.evidence.figures import FigureKind
from sources.evidence.quote_families import QuoteFamily, QuoteVariant, VariantKind
from sources.evidence.timeline import Event, EventMention, EventStatus
from sources.model import Ref, Span
from tui.app.views.pane import wrapped
from tui.app.views.story_rows import family_lines, family_rows, place_of, timeline_rows
from tui.app.views.text_evidence import rivals_of, short_value, value_rows
from tui.app.widgets.cells import cells


def ref(number: int) -> Ref:
    return Ref("dam", number)


def value(
    amount: float,
    *numbers: int,
    unit: str = "USD",
    low: float | None = None,
    high: float | None = None,
    hedge: str | None = None,
    before: bool = False,
    dissents: bool = False,
) -> MatrixValue:
    mentions = tuple(MatrixMention(ref(number), 10 * number, 10 * number + 4) for number in numbers)
    return MatrixValue(amount, unit, low, high, hedge, str(amount), before, dissents, mentions)


@pytest.mark.parametrize(
    ("given_value", "shown"),
    [
        (value(4.2e9, 1), "$4.2bn"),
        (value(2.5e6, 1, unit="CHF"), "CHF 2.5m"),
        (value(49, 1, unit="percent", hedge="about"), "~49%"),
        (value(120, 1, unit="workers", low=120, hedge="at least"), "≥120"),
        (value(120, 1, unit="workers", high=120, hedge="up to"), "≤120"),
        (value(4, 1, unit="years", low=3, high=5), "3–5"),
    ],
)
def test_a_value_in_few_cells(given_value: MatrixValue, shown: str) -> None:
    assert short_value(given_value) == shown


def test_what_contradicts_is_marked_and_what_was_before_is_not() -> None:
    now, other = value(9e9, 1, 2), value(8e9, 3, dissents=True)
    before = value(5e9, 1, before=True)
    row = MatrixRow("cost", FigureKind.MONEY, "cost of dam", Status.CONFLICT, (now, other, before))
    line = value_rows([row], [ref(1), ref(2), ref(3), ref(4)])[0]
    assert line.sign == "≠"
    assert [cell.text if cell else None for cell in line.cells] == ["$5 → 9bn", "$9bn", "≠$8bn", None]
    assert rivals_of(row, now) == (other,)
    assert rivals_of(row, other) == (now,)
    assert rivals_of(row, before) == ()


TEXT = "The dam will hold, and the valley can sleep."
OTHER = "The dam may hold, we are told."


def family() -> QuoteFamily:
    whole = QuoteVariant(ref(1), 0, 44, TEXT, "Ann Bell", "said", VariantKind.FULL, Span(0, 43))
    altered = QuoteVariant(
        ref(2), 0, 16, "The dam may hold", "Cy Dorn", "said", VariantKind.FRAGMENT, Span(0, 16),
        altered=(Span(8, 11),), left_out=(Span(18, 43),), shift=True,
    )  # fmt: skip
    return QuoteFamily("q1", TEXT, "Ann Bell", (whole, altered))


def test_altered_words_and_another_speaker_are_marked_without_colour() -> None:
    rows = family_rows([family()], {ref(1): TEXT, ref(2): OTHER}, 120)
    said = [row.cells.plain for row in rows]
    assert said[0].startswith("“  2× Ann Bell")
    assert said[1].endswith("the same words")
    assert "! Cy Dorn said" in said[2]
    assert "The dam {+may+} hold  [-and the valley can sleep-]" in said[2]
    assert family_lines([family()])[0].hint == "! other speaker 1 altered"
    assert place_of(rows[2].key) == ("dam/2", 0)


def test_conflicting_dates_stand_side_by_side_and_each_opens() -> None:
    def mention(number: int, day: str) -> EventMention:
        return EventMention(ref(number), 5, 9, day, Span(0, 40), day, day, copied=False, open_because=None)

    event = Event(
        "e1", "2031-06-12", "2031-06-12", Precision.DAY, "The dam broke.", EventStatus.CONFLICT,
        (mention(1, "2031-06-12"), mention(2, "2031-06-14"), mention(3, "2031-06-12")),
    )  # fmt: skip
    rows = timeline_rows([event])
    assert "2031-06-12 ≠ 2031-06-14" in rows[0].cells.plain
    assert [row.cells.plain.rpartition(" in ")[2] for row in rows[1:]] == ["1 3", "2"]
    assert [place_of(row.key) for row in rows] == [("dam/1", 5), ("dam/1", 5), ("dam/2", 5)]
    assert len({row.key for row in rows}) == len(rows)


@given(st.text(max_size=200), st.integers(min_value=12, max_value=60))
def test_wrapped_words_fit_and_none_is_lost(text: str, width: int) -> None:
    lines = wrapped(Content(text), width)
    assert all(cells(line.plain) <= width for line in lines)
    kept = "".join(line.plain for line in lines)
    assert "".join(kept.split()) == "".join("".join(part for part in shown_of(text)).split())


def shown_of(text: str) -> str:
    from tui.app.widgets.cells import shown_content

    return shown_content(Content(text)).plain
