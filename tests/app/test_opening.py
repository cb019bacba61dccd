"""The first start, the demo story in a library of its own, and the way back from it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from sources import places
from sources.library import Library
from tests.app.conftest import running
from tests.waiting import PATIENCE, HandClock, screen_text
from tui.app.application import CrossreadApp
from tui.services.opening import Opening

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_an_empty_library_says_what_this_is_and_what_can_be_done(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with running(tmp_path / "new", size) as driver:
        await driver.sees(
            "Read the sources", "This library is empty.", "Take the tour", "demo story (fictional)",
            "Add files", "Quit",
        )  # fmt: skip


async def test_the_demo_story_goes_into_a_library_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own"
    async with running(own) as driver:
        await driver.sees("Look at the demo story")
        await driver.press("j", "enter")
        await driver.until(lambda: driver.app.opens_next is not None, "the demo to be wanted")
        assert driver.app.opens_next == Opening(places.demo_library(), demo=True, home=own)
    with Library.open(own) as library:
        assert not library.stories()
    with Library.open(places.demo_library()) as library:
        assert [story.slug for story in library.stories()] == ["harbour-deal"]


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_the_demo_is_marked_in_every_view_and_one_key_leads_home(
    folder: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = CrossreadApp(folder, demo=True, clock=HandClock(), home=tmp_path / "own")
    async with running(folder, size, app) as driver:
        for view in "1234":
            await driver.press(view)
            await driver.sees("demo story (fictional)")
        await driver.press("1")
        driver.main.action_run("open-demo")
        assert driver.app.opens_next is None  # it is open
        await driver.press("Q")
        await driver.until(lambda: driver.app.opens_next is not None, "the way home")
        assert driver.app.opens_next == Opening(tmp_path / "own")


async def test_ones_own_library_is_not_marked_and_is_not_left(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.sees("harbour-deal/1")
        assert "fictional" not in driver.screen
        await driver.press("Q")
        await driver.sees("This is your library.")
        assert driver.app.opens_next is None


async def test_nothing_is_offered_while_a_library_is_being_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    opened = CrossreadApp._open

    def slow(app: CrossreadApp, job: Any) -> Library:
        assert go_on.wait(PATIENCE)
        return opened(app, job)

    monkeypatch.setattr(CrossreadApp, "_open", slow)
    app = CrossreadApp(folder, clock=HandClock())
    clock = app.clock
    assert isinstance(clock, HandClock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Welcome" not in screen_text(pilot)
        assert "crossread" not in screen_text(pilot)
        clock.pass_by(0.9)
        await pilot.pause()
        assert "being opened" not in screen_text(pilot)
        clock.pass_by(0.2)
        await pilot.pause()
        assert "The library is being opened…" in screen_text(pilot)
        go_on.set()
        for _ in range(200):
            await pilot.pause(0.02)
            if "14 listed" in screen_text(pilot):
                break
        assert "14 listed" in screen_text(pilot)
