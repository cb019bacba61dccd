"""Who said it first, and what changed, in the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.app.conftest import running
from tests.app.test_evidence_boxes import open_box

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_first_of_a_figure_and_those_after_it_open_their_passages(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await open_box(driver, "Figures")
        await driver.press("H")
        await driver.sees("Who said it first", "price for harbour", "first? 1", "≠      5", "$4.8 billion")
        await driver.press("j", "enter")
        await driver.until(lambda: driver.main.state.ref and driver.main.state.ref.number == 2, "the second")
        assert driver.main.view == "read"


async def test_what_changed_names_a_new_story(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        driver.main.action_run("changes")
        await driver.sees("Since ", "version", "new → 14", "harbour-deal")
