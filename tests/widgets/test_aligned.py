from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult

from sources.evidence.alignment import AlignedRow, Alignment
from sources.model import Ref, Span
from tests.waiting import screen_text, wait_until
from tests.widgets.aligning import LEFT, RIGHT, alignment, documents
from tui.widgets.aligned import AlignedView
from tui.widgets.text_view import ReaderDocument

if TYPE_CHECKING:
    import pytest


class Table(App[None]):
    """One comparison, and the places chosen in it."""

    def __init__(self) -> None:
        super().__init__()
        self.view = AlignedView()
        self.places: list[tuple[str, int]] = []

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.view.show(*documents(), alignment())
        self.view.focus()

    def stands_at(self, row: int) -> bool:
        return self.view.current_row == row

    def on_aligned_view_place_chosen(self, message: AlignedView.PlaceChosen) -> None:
        self.places.append((message.ref, message.offset))


async def test_both_texts_stand_beside_each_other_with_signs_between() -> None:
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        await wait_until(pilot, lambda: "The price is" in screen_text(pilot))
        line = next(line for line in screen_text(pilot).splitlines() if "The price is" in line)
        assert " ~ " in line
        assert "The agreed price is" in line
        assert line.index("~") > line.index("The price") < line.index("The agreed")
        assert "80% also right" in screen_text(pilot)
        assert "70% also left" in screen_text(pilot)
        vote = next(line for line in screen_text(pilot).splitlines() if "A vote" in line)
        assert "=↕" in vote


async def test_differences_are_gone_through_and_the_status_tells_where_one_is() -> None:
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        await wait_until(pilot, lambda: app.view.status.startswith("row 1/"))
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
        await pilot.press("o")
        await wait_until(pilot, lambda: "A vote is due" not in screen_text(pilot))
        assert "⋯ 1" in screen_text(pilot)
        assert "The price is" in screen_text(pilot)
        await pilot.press("o")
        await wait_until(pilot, lambda: "A vote is due" in screen_text(pilot))


async def test_edits_get_brackets_by_a_key() -> None:
    app = Table()
    async with app.run_test(size=(120, 30)) as pilot:
        await wait_until(pilot, lambda: "The price is" in screen_text(pilot))
        assert "[-" not in screen_text(pilot)
        await pilot.press("b")
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
        await wait_until(pilot, lambda: "will fight it." in screen_text(pilot))
        await wait_until(pilot, lambda: "oppose" in screen_text(pilot))
        await pilot.press("g", "g")
        await wait_until(pilot, lambda: "› Northport" in screen_text(pilot))


async def test_a_row_taller_than_the_screen_can_be_read_to_its_end() -> None:
    words = " ".join(f"word{number}" for number in range(400))
    ref = Ref("tall", 1)
    same = AlignedRow(Span(0, len(words)), Span(0, len(words)), 1.0, "same", ())
    app = Table()
    async with app.run_test(size=(60, 16)) as pilot:
        document = ReaderDocument("tall/1", "", "", words)
        app.view.show(document, document, Alignment(ref, ref, 1.0, 1.0, (same,), (), ()))
        await wait_until(pilot, lambda: "word0 " in screen_text(pilot))
        for _ in range(40):
            await pilot.press("j")
        await wait_until(pilot, lambda: "word399" in screen_text(pilot))
        for _ in range(20):
            await pilot.press("ctrl+u")
        await wait_until(pilot, lambda: "word0 " in screen_text(pilot))
