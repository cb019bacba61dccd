from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.widgets import Static

from sources.library import Library
from sources.model import Ref
from tests.app.conftest import running
from tests.waiting import PATIENCE
from tui.app.dialogs.dialog import Dialog
from tui.app.messages import OpenSource

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult


class Asking(Dialog[None]):
    def compose(self) -> ComposeResult:
        yield Static("", id="answer")

    def show(self, words: str) -> None:
        self.query_one("#answer", Static).update(words)


async def test_an_answer_is_heard_while_the_dialog_is_open_and_not_afterwards() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        asking, said = Asking(), list[str]()
        show, note = asking.heard(asking.show), asking.heard(said.append)
        note("before it was opened")
        await app.push_screen(asking)
        show("in time")
        note("in time")
        await app.push_screen(Asking())
        note("under another")
        await app.pop_screen()
        await app.pop_screen()
        assert asking.is_mounted  # so Textual says, of what has no widgets any more
        show("late")
        note("late")
        await pilot.pause()
    assert said == ["in time", "under another"]


@pytest.mark.parametrize(
    ("lane", "key"),
    [("writing", "K"), ("labels", "I"), ("elsewhere", "W")],
)
async def test_a_dialog_that_is_closed_before_its_answer_is_no_trouble(
    lane: str, key: str, folder: Path
) -> None:
    go_on = threading.Event()
    async with running(folder) as driver:
        await driver.press("j", "enter")
        await driver.at_rest()
        driver.app.background.queue(lane, lambda _job: go_on.wait(PATIENCE), lambda _: None)
        await driver.press(key)
        assert isinstance(driver.app.screen_stack[-1], Dialog)
        await driver.press("escape")
        assert driver.app.screen_stack[-1:] == [driver.main]
        go_on.set()
        await driver.at_rest()
        # `running` asserts that nothing was reported as trouble.


async def test_a_text_that_did_not_come_is_not_waited_for(folder: Path) -> None:
    async with running(folder) as driver:
        was_open = driver.main.state.ref
        driver.main.reading.open(OpenSource(Ref("harbour-deal", 999)))
        await driver.sees("There is no source harbour-deal/999 in the library.")
        assert driver.main.state.wanted == was_open
        with Library.open(folder) as other:
            assert Ref("harbour-deal", 999) not in other.refs()
