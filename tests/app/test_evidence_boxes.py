from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import EXTREMES, Driver, running
from tests.app.test_goldens import holds
from tests.app.test_story_boxes import to_the_box
from tui.app.views.evidence_boxes import FiguresBox, QuotesBox, TimelineBox

if TYPE_CHECKING:
    from pathlib import Path


async def open_box(driver: Driver, name: str) -> None:
    await driver.press("3")
    await driver.sees("14 listed →")
    await driver.at_rest()
    await to_the_box(driver, name)
    await driver.press("enter")
    await driver.misses("14 listed →")
    await driver.at_rest()


@pytest.mark.long
@pytest.mark.parametrize("size", EXTREMES)
async def test_the_dissent_stands_out_and_enter_opens_its_passage(
    folder: Path, size: tuple[int, int]
) -> None:
    async with running(folder, size) as driver:
        await open_box(driver, "Figures")
        await driver.sees(" rows, 1 ≠", "[≠$4.8bn]", "differs: 5 ", "$4.8 billion")
        await driver.press("enter")
        await driver.until(lambda: driver.main.state.ref and driver.main.state.ref.number == 5, "the text")
        await driver.at_rest()
        reader = driver.main.reader
        assert reader.document.text[reader.cursor :].startswith("$4.8 billion")


@pytest.mark.long
async def test_the_subjects_stay_while_the_sources_scroll(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await open_box(driver, "Figures")
        assert "›" in driver.screen.splitlines()[2]
        await driver.press(*"l" * 12)
        await driver.sees("‹", "price for harbour")
        head = driver.screen.splitlines()[2]
        assert "14" in head
        assert " 1 " not in head
        await driver.press("j", "j")
        await driver.sees("[$5.1 → 8.6bn]", "before-after")


@pytest.mark.long
async def test_n_goes_from_dissent_to_dissent(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await open_box(driver, "Figures")
        await driver.press("n")
        await driver.sees("differs: 6 ")
        await driver.press("n")
        await driver.sees("differs: 5 ")


async def test_a_cell_without_a_value_says_so_and_opens_nothing(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await open_box(driver, "Figures")
        await driver.press("l", "l")
        await driver.sees("does not mention")
        before = driver.main.state.ref
        await driver.press("enter")
        await driver.at_rest()
        assert driver.main.state.ref == before
        assert driver.main.view == "story"


@pytest.mark.long
async def test_the_variants_of_a_quote_stand_level_under_it(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await open_box(driver, "Quotes")
        lines = driver.screen.splitlines()
        said = next(line for line in lines if "We did not look for a buyer, and we" in line)
        part = next(line for line in lines if "…did not look for a buyer" in line)
        assert said.index("did not look") == part.index("did not look")
        await driver.press("j", "j", "enter")
        await driver.until(lambda: driver.main.state.ref and driver.main.state.ref.number == 3, "the text")
        await driver.at_rest()
        reader = driver.main.reader
        assert reader.document.text[reader.cursor :].startswith("did not look for a buyer")


@pytest.mark.long
async def test_an_event_opens_the_sentence_that_dates_it(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await open_box(driver, "Timeline")
        await driver.sees("1874  Northport was laid out", "Undated")
        await driver.press("enter")
        await driver.until(lambda: driver.main.state.ref and driver.main.state.ref.number == 2, "the text")
        await driver.at_rest()
        reader = driver.main.reader
        assert reader.document.text[reader.cursor :].startswith("1874")


async def test_a_story_too_large_to_be_held_together_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("sources.evidence_cache", "tui.services.evidence"):
        monkeypatch.setattr(f"{module}.WHOLE_STORIES", 10)
    async with running(folder, (200, 50)) as driver:
        await driver.press("3")
        await driver.sees("14 sources: figures, quotes and dates")
        for box in (FiguresBox, QuotesBox, TimelineBox):
            assert driver.main.story_view.query_one(box).waiting


@pytest.mark.long
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_boxes_at_full_size(folder: Path, size: tuple[int, int]) -> None:
    async with running(folder, size) as driver:
        for name in ("Figures", "Quotes", "Attribution chains", "Timeline"):
            await open_box(driver, name)
            holds(driver, f"{name.lower().replace(' ', '-')}-{size[0]}x{size[1]}")
            await driver.press("escape")


@pytest.mark.long
async def test_a_claim_that_grew_is_marked_in_the_tree_of_who_tells_it(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await open_box(driver, "Attribution chains")
        await driver.sees("└─ Ledger Wire 12", "! hedge dropped: “about $190 million” in 12 → “$190 million”")
        await driver.press("j", "j", "j", "j", "enter")
        await driver.until(lambda: driver.main.state.ref and driver.main.state.ref.number == 9, "the text")
        assert driver.main.view == "read"


async def test_a_box_that_is_opened_before_it_could_be_read_takes_the_keys_when_it_can(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("3")
        await driver.sees("14 listed →")
        await driver.at_rest()
        box = driver.main.story_view.query_one(FiguresBox)
        box.wait("Laying figures side by side…")
        await driver.press("7")
        await driver.sees("Laying figures")
        await driver.press("enter")
        assert driver.main.view == "story"
        box.tell("")
        await driver.pilot.pause()
        assert driver.main.focused_pane is box
        await driver.press("enter")
        await driver.until(lambda: driver.main.view == "read", "the passage")
