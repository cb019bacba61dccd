"""The tour as somebody takes it: each step is noticed when it was done, and it can be left and taken up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources import places
from tests.app.conftest import Driver, running
from tests.waiting import HandClock
from tui.app.application import CrossreadApp
from tui.services.opening import Opening
from tui.services.tour import STEPS

if TYPE_CHECKING:
    from pathlib import Path


def touring(folder: Path) -> CrossreadApp:
    return CrossreadApp(folder, demo=True, clock=HandClock(), home=folder.parent / "own", tour=True)


async def at_step(driver: Driver, number: int) -> None:
    await driver.until(lambda: driver.main.tour.kept == number - 1, f"step {number}")
    if number <= len(STEPS):
        await driver.sees(STEPS[number - 1].name)


@pytest.mark.long
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_all_ten_steps_are_noticed(folder: Path, size: tuple[int, int]) -> None:
    async with running(folder, size, touring(folder)) as driver:
        await at_step(driver, 1)
        await driver.press("slash")
        await driver.type("harbour")
        await at_step(driver, 2)
        await driver.press("enter", "enter")
        await at_step(driver, 3)
        await driver.press("n")
        await at_step(driver, 4)
        await driver.press("e" if size[0] < 120 else "tab")
        await at_step(driver, 5)
        await driver.press("3")
        await at_step(driver, 6)
        await driver.sees("14 listed →")
        await driver.at_rest()
        await driver.press("j", "space", *"jjjjj", "space", "c")
        await at_step(driver, 7)
        await driver.sees("harbour-deal/2 ↔ harbour-deal/7")
        await driver.at_rest()
        await driver.press("7", "enter")
        await at_step(driver, 8)
        await driver.at_rest()
        await driver.press("a")
        await driver.type("why")
        await driver.press("ctrl+s")
        await at_step(driver, 9)
        await driver.press("ctrl+e")
        await driver.sees("Export")
        await driver.press("enter")
        await driver.sees("Wrote")
        await driver.press("escape")
        await at_step(driver, 10)
        await driver.press("question_mark", "escape")
        await driver.sees("That was the tour")
        await driver.press(*["escape"] * 6)
        await driver.misses("That was the tour")


async def test_the_focus_alone_is_noticed(folder: Path) -> None:
    async with running(folder, (120, 40), touring(folder)) as driver:
        await driver.sees("Search: Press / and type: harbour")
        await driver.press("enter")
        await driver.sees("▸ harbour-deal/1")
        for name in ("Open a hit", "Next hit", "Evidence: "):
            driver.main.action_run("tour-skip")
            await driver.sees(name)
        await driver.at_rest()
        driver.main.set_focus(driver.main.evidence_pane.listing)
        await driver.sees("The story: ")


async def test_the_tour_is_left_with_esc_twice_and_taken_up_where_it_was(folder: Path) -> None:
    async with running(folder, (80, 24), touring(folder)) as driver:
        await driver.sees("Search: Press / and type: harbour")
        driver.main.action_run("tour-skip")
        await driver.sees("Open a hit")
        await driver.press("escape")
        await driver.sees("esc once more leaves the tour")
        await driver.press("j")  # something else was done
        await driver.misses("esc once more")
        await driver.press("escape", "escape")
        await driver.misses("Open a hit")
        assert not driver.main.tour.is_on
        driver.main.action_run("tour")
        await driver.sees("Open a hit")
        driver.app.keep_session()
    async with running(folder, (80, 24), CrossreadApp(folder, demo=True, clock=HandClock())) as driver:
        await driver.sees("harbour-deal/1")
        assert "Open a hit" not in driver.screen
        driver.main.action_run("tour")  # another day
        await driver.sees("Open a hit")


async def test_from_ones_own_library_the_tour_leads_into_that_of_the_demo(tmp_path: Path) -> None:
    async with running(tmp_path / "own", (80, 24)) as driver:
        await driver.sees("Take the tour")
        await driver.press("enter")
        await driver.until(lambda: driver.app.opens_next is not None, "the demo to be wanted")
        assert driver.app.opens_next == Opening(
            places.demo_library(), demo=True, home=tmp_path / "own", tour=True
        )
