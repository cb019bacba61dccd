"""The line at the bottom: silent when all is well, with hints for the place that can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.conftest import Driver, running
from tui.app.views.pane import Hint, hints_that_fit
from tui.app.widgets.cells import cells

if TYPE_CHECKING:
    from pathlib import Path

HINTS = (Hint("f", "find"), Hint("v", "select"), Hint("a", "note"))
LAST = (Hint("?", "help"), Hint("q", "quit"))


def line_of(hints: list[Hint]) -> str:
    return "  ".join(f"{hint.key} {hint.what}" for hint in hints)


def test_the_last_hints_stand_at_the_end_and_are_kept_longest() -> None:
    assert line_of(hints_that_fit(HINTS, LAST, 80)) == "f find  v select  a note  ? help  q quit"
    assert line_of(hints_that_fit(HINTS, LAST, 22)) == "f find  ? help  q quit"
    assert line_of(hints_that_fit(HINTS, LAST, 21)) == "? help  q quit"
    assert line_of(hints_that_fit(HINTS, LAST, 13)) == "? help"


@given(st.integers(min_value=0, max_value=60))
def test_hints_never_take_more_room_than_there_is(room: int) -> None:
    assert cells(line_of(hints_that_fit(HINTS, LAST, room))) <= room


def bottom(driver: Driver) -> str:
    return driver.screen.splitlines()[-1]


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_nothing_is_said_of_an_index_that_is_in_step(folder: Path, size: tuple[int, int]) -> None:
    async with running(folder, size) as driver:
        await driver.at_rest()
        assert driver.app.services.index_note.startswith("in step")
        assert "in step" not in bottom(driver)
        assert bottom(driver).rstrip().endswith("? help  q quit")


async def test_a_click_on_a_hint_does_what_its_key_does(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.pilot.click(offset=(bottom(driver).index("f find") + 2, 39))
        await driver.until(lambda: driver.main.find_line.has_focus_within, "the line that finds")
        await driver.pilot.click(offset=(bottom(driver).index("esc end"), 39))
        await driver.until(lambda: driver.main.focused is driver.main.reader, "the text")
        await driver.at_rest()


async def test_the_hints_of_the_bin_end_with_it(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("4", "B")
        await driver.until(lambda: "R restore" in bottom(driver), "the hints of the bin")
        await driver.press("escape")
        await driver.until(lambda: "R restore" not in bottom(driver), "the hints of the notes")
        assert driver.main.view == "notes"
        assert "f filter" in bottom(driver)


async def test_words_in_the_corner_never_cover_the_search_line(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await driver.press("f")
        driver.main.notify("Something that takes a few words to be said.", timeout=60)
        await driver.until(lambda: driver.main.query("Toast"), "the words")
        await driver.at_rest()
        for toast in driver.main.query("Toast"):
            for line in (driver.main.search_line, driver.main.find_line):
                assert not toast.region.overlaps(line.region)
        await driver.press("escape", "slash")
        await driver.type("AND")
        await driver.sees("AND has nothing on its left")  # below what was typed, on lines of its own
        toast = driver.main.query_one("Toast")
        assert not toast.region.overlaps(driver.main.search_line.region)


async def test_other_keys_of_the_user_are_hinted_at_and_clicked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(folder) as driver:
        monkeypatch.setitem(driver.app.services.config.keys, "find", ("ctrl+y",))
        driver.main.refresh_status()
        await driver.until(lambda: "ctrl+y find" in bottom(driver), "the user's key")
        await driver.pilot.click(offset=(bottom(driver).index("ctrl+y find") + 2, 39))
        await driver.until(lambda: driver.main.find_line.has_focus_within, "the line that finds")
        await driver.at_rest()
