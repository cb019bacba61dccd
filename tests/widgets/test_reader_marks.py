from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.app.widgets.reader_marks import Mark, MarkKind, MarkTable

spans = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(spans), spans)
def test_marks_are_found_by_place_however_they_nest(
    placed: list[tuple[int, int]], window: tuple[int, int]
) -> None:
    table = MarkTable()
    table.put(MarkKind.ENTITY, [Mark(*span, MarkKind.ENTITY) for span in placed])
    found = [(mark.start, mark.end) for mark in table.within(*window)]
    assert found == sorted(span for span in placed if span[0] < window[1] and window[0] < span[1])


def test_jumping_goes_round_at_the_ends() -> None:
    table = MarkTable()
    table.put(MarkKind.FIGURE, [Mark(10, 12, MarkKind.FIGURE), Mark(30, 33, MarkKind.FIGURE)])
    table.put(MarkKind.QUOTE, [Mark(20, 22, MarkKind.QUOTE)])
    both = {MarkKind.FIGURE, MarkKind.QUOTE}

    def start(offset: int, direction: int) -> int | None:
        mark = table.beside(offset, both, direction)
        return mark.start if mark else None

    assert [start(0, 1), start(10, 1), start(20, 1), start(30, 1)] == [10, 20, 30, 10]
    assert [start(30, -1), start(10, -1)] == [20, 30]
    assert table.beside(0, {MarkKind.NOTE}, 1) is None


def test_hidden_kinds_are_not_on_show() -> None:
    table = MarkTable()
    table.put(MarkKind.NOTE, [Mark(0, 5, MarkKind.NOTE)])
    table.toggle(MarkKind.NOTE)
    assert table.within(0, 9) == []
    table.toggle(MarkKind.NOTE)
    assert len(table.within(0, 9)) == 1
