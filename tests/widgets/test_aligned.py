from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult

from sources.evidence.multi_alignment import Cell, ColumnRow, Columns
from sources.model import Ref, Span
from tests.waiting import screen_text, wait_until
from tests.widgets.aligning import LEFT, RIGHT, columns, documents
from tui.app.widgets.comparison import ComparisonPane
from tui.app.widgets.comparison_view import Filter
from tui.app.widgets.reader_marks import Mark, MarkKind
from tui.app.widgets.text_view import ReaderDocument

if TYPE_CHECKING:
    import pytest


class Table(App[None]):
    """One comparison, and the places chosen in it."""

    def __init__(self) -> None:
        super().__init__()
        self.view = ComparisonPane()
        self.places: list[tuple[str, int]] = []

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.view.show(documents(), columns())
        self.view.set_shares(["80% of 1 is in 2", "70% of 2 is in 1"])
        self.view.focus()

    def stands_at(self, row: int) -> bool:
        return self.view.current_row == row

    def on_comparison_pane_place_chosen(self, message: ComparisonPane.PlaceChosen) -> None:
        self.places.append((message.ref, message.offset))


async def test_both_texts_stand_beside_each_other_with_signs_between() -> None:
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        await wait_until(pilot, lambda: "The price is" in screen_text(pilot))
        line = next(line for line in screen_text(pilot).splitlines() if "The price is" in line)
        assert " ~ " in line
        assert "The agreed price is" in line
        assert line.index("~") > line.index("The price") < line.index("The agreed")
        assert "80% of 1 is in 2" in screen_text(pilot)
        assert "70% of 2 is in 1" in screen_text(pilot)
        vote = next(line for line in screen_text(pilot).splitlines() if "A vote" in line)
        assert "=↕" in vote


async def test_differences_are_gone_through_and_the_status_tells_where_one_is() -> None:
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        await wait_until(pilot, lambda: app.view.status.startswith("difference 1 of"))
        different = [index for index, row in enumerate(app.view.rows) if row.differs]
        for row in different[1:]:
            await pilot.press("n")
            await wait_until(pilot, partial(app.stands_at, row))
            if "edited" in app.view.status:
                break
        assert "86%" in app.view.status
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.places == [("harbour/1", LEFT.index("The price"))])
        await pilot.press("l", "enter")
        await wait_until(pilot, lambda: app.places[-1] == ("harbour/2", RIGHT.index("The agreed")))


async def test_only_differences_leaves_the_same_rows_out() -> None:
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        await wait_until(pilot, lambda: "A vote is due" in screen_text(pilot))
        app.view.show_only(Filter.DIFFERENCES)
        await wait_until(pilot, lambda: "A vote is due" not in screen_text(pilot))
        assert "⋯ 1" in screen_text(pilot)
        assert "The price is" in screen_text(pilot)
        app.view.show_only(Filter.DIFFERENCES)
        await wait_until(pilot, lambda: "A vote is due" in screen_text(pilot))


async def test_edits_get_brackets_by_a_key() -> None:
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        await wait_until(pilot, lambda: "The price is" in screen_text(pilot))
        assert "[-" not in screen_text(pilot)
        app.view.toggle_brackets()
        await wait_until(pilot, lambda: "[-4.2-]" in screen_text(pilot))
        assert "{+4.8+}" in screen_text(pilot)


async def test_edits_have_brackets_where_there_is_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        await wait_until(pilot, lambda: "[-4.2-]" in screen_text(pilot))


async def test_a_narrow_screen_still_shows_both_sides() -> None:
    app = Table()
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.press("G")
        await wait_until(pilot, lambda: "unions will fight" in screen_text(pilot))
        await wait_until(pilot, lambda: "oppose" in screen_text(pilot))
        await pilot.press("g>g")
        await wait_until(pilot, lambda: "› Northport" in screen_text(pilot))


async def test_a_row_taller_than_the_screen_can_be_read_to_its_end() -> None:
    words = " ".join(f"word{number}" for number in range(400))
    ref = Ref("tall", 1)
    whole = Span(0, len(words))
    same = ColumnRow((Cell(whole, None, 1.0, (), moved=False), Cell(whole, "same", 1.0, (), moved=False)))
    app = Table()
    async with app.run_test(size=(60, 16)) as pilot:
        document = ReaderDocument("tall/1", "", "", words)
        app.view.show((document, document), Columns((ref, ref), (same,)))
        await wait_until(pilot, lambda: "word0 " in screen_text(pilot))
        for _ in range(40):
            await pilot.press("j")
        await wait_until(pilot, lambda: "word399" in screen_text(pilot))
        for _ in range(40):
            await pilot.press("ctrl+u")
        await wait_until(pilot, lambda: "word0 " in screen_text(pilot))


def many(count: int) -> tuple[tuple[ReaderDocument, ...], Columns]:
    """Return texts of forty sentences that are the same, each in a paragraph of its own."""
    sentences = [f"Sentence {number} is here." for number in range(40)]
    text = "\n".join(sentences)
    spans = [Span(text.index(one), text.index(one) + len(one)) for one in sentences]
    rows = tuple(
        ColumnRow(
            tuple(Cell(span, "same" if column else None, 1.0, (), moved=False) for column in range(count))
        )
        for span in spans
    )
    refs = tuple(Ref("tall", number + 1) for number in range(count))
    return tuple(ReaderDocument(str(ref), f"Title {ref.number}", "", text) for ref in refs), Columns(
        refs, rows
    )


def lines_with(screen: str, words: str) -> list[int]:
    return [number for number, line in enumerate(screen.splitlines()) if words in line]


async def test_four_texts_stand_side_by_side_and_on_a_narrow_screen_two() -> None:
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        app.view.show(*many(4))
        await wait_until(pilot, lambda: "Title 4" in screen_text(pilot))
        line = next(line for line in screen_text(pilot).splitlines() if "Sentence 3 " in line)
        assert line.count("Sentence 3 is here.") == 4
        assert line.count("=") == 3
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: "Title 3" not in screen_text(pilot) and "+2" in screen_text(pilot))
        await pilot.press("l", "l", "l")
        await wait_until(pilot, lambda: "Title 4" in screen_text(pilot))
        assert "Title 1" in screen_text(pilot)
        app.view.toggle_one_column()
        await wait_until(pilot, lambda: "Title 1" not in screen_text(pilot))
        app.view.toggle_one_column()
        await wait_until(pilot, lambda: "Title 1" in screen_text(pilot))


async def test_unlocked_columns_scroll_alone_and_are_levelled_where_one_stands() -> None:
    app = Table()
    async with app.run_test(size=(120, 24)) as pilot:
        app.view.show(*many(2))
        await wait_until(pilot, lambda: "Title 2" in screen_text(pilot))
        app.view.toggle_lock()
        await pilot.press("l", *["j"] * 25)
        await wait_until(pilot, lambda: "Sentence 25 " in screen_text(pilot))
        assert "Sentence 0 " in screen_text(pilot)
        first = next(line for line in screen_text(pilot).splitlines() if "Sentence 25 " in line)
        assert first.count("Sentence") == 2
        assert first.count("Sentence 25 ") == 1
        await pilot.press("h")
        await wait_until(pilot, lambda: app.view.current_row == 0)
        await pilot.press("l")
        await wait_until(pilot, lambda: app.view.current_row == 25)
        before = lines_with(screen_text(pilot), "Sentence 25 ")
        app.view.toggle_lock()
        await wait_until(pilot, lambda: "Sentence 0 " not in screen_text(pilot))
        assert lines_with(screen_text(pilot), "Sentence 25 ") == before
        both = screen_text(pilot).splitlines()[before[0]]
        assert both.count("Sentence 25 ") == 2
        assert app.view.current_row == 25


async def test_what_one_text_says_alone_can_be_shown_by_itself() -> None:
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        app.view.set_alone([[Span(LEFT.index("Nobody"), LEFT.index("Nobody") + 26)], []], [{}, {}])
        await wait_until(pilot, lambda: "The price is" in screen_text(pilot))
        assert app.view.show_only(Filter.ONLY_HERE)
        await wait_until(pilot, lambda: "The price is" not in screen_text(pilot))
        line = next(line for line in screen_text(pilot).splitlines() if "Nobody" in line)
        assert "!" in line
        assert "The mayor" not in screen_text(pilot)
        await pilot.press("l")
        await wait_until(pilot, lambda: "The mayor" in screen_text(pilot))
        assert "Nobody" not in screen_text(pilot)


async def test_other_figures_are_written_under_what_one_text_says_alone() -> None:
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        remark = {LEFT.index("Nobody"): "others: 7 towns, 12 towns", LEFT.index("The price"): "others: 5"}
        app.view.set_alone([[], []], [remark, {}])
        await wait_until(pilot, lambda: "others: 7 towns, 12 towns" in screen_text(pilot))
        lines = screen_text(pilot).splitlines()
        (place,) = lines_with(screen_text(pilot), "others:")  # the price is held against another in its row
        assert lines[place - 1].index("Nobody") == lines[place].index("others")
        app.view.toggle_lock()
        await wait_until(pilot, lambda: "unlocked" in app.view.status)
        assert len(lines_with(screen_text(pilot), "others: 7 towns, 12 towns")) == 1


async def test_passages_with_notes_have_a_sign() -> None:
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        start = LEFT.index("A vote")
        app.view.set_notes([[Mark(start, start + 6, MarkKind.NOTE)], []])
        await wait_until(
            pilot, lambda: any("●" in line for line in screen_text(pilot).splitlines() if "A vote" in line)
        )


async def test_the_mouse_points_at_a_column_and_a_row() -> None:
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        await wait_until(pilot, lambda: "The mayor" in screen_text(pilot))
        (line,) = lines_with(screen_text(pilot), "The mayor")
        await pilot.click(ComparisonPane, offset=(80, line))
        await wait_until(pilot, lambda: app.view.side == 1 and "only here" in app.view.status)
        assert app.view.current_place is not None
        assert app.view.current_place[1].start == RIGHT.index("The mayor")
