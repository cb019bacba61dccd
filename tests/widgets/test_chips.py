from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tests.waiting import screen_text, wait_until
from tui.app.widgets.chips import Chips


class Line(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.taken: list[int] = []

    def compose(self) -> ComposeResult:
        yield Chips()

    def on_chips_taken(self, message: Chips.Taken) -> None:
        self.taken.append(message.place)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (60, "story: port ×   date: 2031 ×   tag: claim ×"),
        (46, "story: port ×   date: 2031 ×  +1"),
        (30, "story: port ×  +2"),
    ],
)
async def test_chips_that_have_no_room_are_counted(width: int, shown: str) -> None:
    app = Line()
    async with app.run_test(size=(width, 3)) as pilot:
        app.query_one(Chips).words = ("story: port", "date: 2031", "tag: claim")
        await pilot.pause()
        assert screen_text(pilot).splitlines()[0].strip() == shown


async def test_a_click_takes_the_chip_that_is_under_it() -> None:
    app = Line()
    async with app.run_test(size=(60, 3)) as pilot:
        app.query_one(Chips).words = ("story: port", "date: 2031")
        await pilot.pause()
        await pilot.click(Chips, offset=(20, 0))
        await wait_until(pilot, lambda: app.taken == [1], what="the click")
