"""Who said it first, and what changed, in the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.evidence_cache import EvidenceCache
from sources.library import Library
from sources.model import Ref
from tests.app.conftest import running
from tests.app.test_evidence_boxes import open_box
from tui.services.changes import look_at
from tui.services.stories import remove

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.long
async def test_the_first_of_a_figure_and_those_after_it_open_their_passages(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await open_box(driver, "Figures")
        await driver.press("H")
        await driver.sees(
            "Who said it first", "price for harbour", "not known who was first", "≠      5", "$4.8 billion"
        )
        await driver.press("j", "enter")
        await driver.until(lambda: driver.main.state.ref and driver.main.state.ref.number == 2, "the second")
        assert driver.main.view == "read"


async def test_what_changed_names_a_new_story(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await driver.press("T")
        await driver.sees("Since ", "version", "new → 14", "harbour-deal")


@pytest.mark.long
async def test_a_story_with_changes_is_marked_until_they_are_looked_at(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await driver.press("3")
        await driver.sees("14 listed →")
        await driver.at_rest()
        assert "Δ" not in driver.screen
        with Library.open(folder, clock=lambda: "2099-01-01T00:00:00Z") as library:
            remove(EvidenceCache(library), Ref("harbour-deal", 3))
        driver.main.library.poll()
        await driver.sees("Δ 13", "13 listed →")
        await driver.press("T")
        await driver.sees("harbour-deal since ", "harbour-deal/3 Dockers", "1 → gone", "cites 3 → removed")
        await driver.press("escape")
        with Library.open(folder, clock=lambda: "2099-01-02T00:00:00Z") as library:
            look_at(library, "harbour-deal")
        driver.main.library.reload()
        await driver.misses("Δ")
