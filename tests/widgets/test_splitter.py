from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from tests.waiting import screen_text, wait_until
from tui.app.widgets.splitter import LEAST, Splitter


class Halves(App[None]):
    """Two panes and the line between them."""

    CSS = "#left { width: 50%; } #right { width: 1fr; }"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("left", id="left")
            yield Splitter()
            yield Static("right", id="right")

    def on_splitter_moved(self, message: Splitter.Moved) -> None:
        self.query_one("#left").styles.width = f"{100 * message.ratio}%"

    @property
    def left(self) -> int:
        return self.query_one("#left").size.width


async def test_keys_and_mouse_move_the_line() -> None:
    app = Halves()
    async with app.run_test(size=(100, 10)) as pilot:
        splitter = app.query_one(Splitter)
        splitter.focus()
        await wait_until(pilot, lambda: "║" in screen_text(pilot))
        await pilot.press(">", ">")
        await wait_until(pilot, lambda: app.left == 54)
        await pilot.press("<")
        await wait_until(pilot, lambda: app.left == 52)
        await pilot.mouse_down(Splitter, offset=(0, 3))
        await pilot.hover(offset=(30, 3))
        await pilot.mouse_up(offset=(30, 3))
        await wait_until(pilot, lambda: 29 <= app.left <= 31)


async def test_no_pane_can_be_pushed_away() -> None:
    app = Halves()
    async with app.run_test(size=(100, 10)) as pilot:
        app.query_one(Splitter).nudge(-5)
        await wait_until(pilot, lambda: app.left == 100 * LEAST)
