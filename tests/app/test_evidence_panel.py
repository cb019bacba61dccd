from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import EXTREMES, Driver, running
from tui.app.views.pane import heat, spark
from tui.app.widgets.reader import MarkKind

if TYPE_CHECKING:
    from pathlib import Path


async def choose(driver: Driver, entity: str) -> None:
    """Give the list of entities the focus, with one of them highlighted."""
    await driver.at_rest()
    if driver.main.query_one("#right").has_class("-away"):
        await driver.press("e")
    elif not driver.main.evidence_pane.has_focus_within:
        driver.main.pane_layout.focus_pane(driver.main.evidence_pane)
    await driver.until(lambda: driver.main.evidence_pane.has_focus_within, "the panel")
    pane = driver.main.evidence_pane
    await driver.until(lambda: pane.evidence.story.refs, "the story's evidence")
    pane.listing.highlight(f"entity:{entity}")
    await driver.until(lambda: pane.highlighted_entity == entity, entity)


def names(driver: Driver) -> list[str]:
    return [row.cells.plain.strip() for row in driver.main.evidence_pane.listing.rows]


async def open_first(driver: Driver) -> None:
    await driver.until(lambda: driver.main.state.ref is not None, "a text")
    await driver.at_rest()


@pytest.mark.parametrize("size", EXTREMES)
async def test_mentions_are_gone_through_over_the_whole_story(folder: Path, size: tuple[int, int]) -> None:
    async with running(folder, size) as driver:
        await open_first(driver)
        await choose(driver, "ada-moss")
        await driver.sees("8× in 5 of 14 sources")
        await driver.press(*["right_curly_bracket"] * 3)
        await driver.until(lambda: driver.main.state.ref and driver.main.state.ref.number == 3, "source 3")
        await driver.at_rest()
        reader = driver.main.reader
        assert "Moss" in reader.document.text[reader.cursor : reader.cursor + 10]
        assert driver.main.evidence_pane.has_focus_within
        await driver.press("left_curly_bracket")
        await driver.until(lambda: driver.main.state.ref and driver.main.state.ref.number == 1, "source 1")


async def test_the_list_is_filtered_while_one_types(folder: Path) -> None:
    async with running(folder) as driver:
        await open_first(driver)
        await choose(driver, "ada-moss")
        await driver.press("f")
        await driver.type("organ sig")
        await driver.until(lambda: names(driver) == ["O Organisations", "O Evening Signal"], "the filter")
        await driver.press("escape")
        await driver.until(lambda: "P Ada Moss" in names(driver), "everything")


async def test_what_other_sources_say_instead_stands_beside_a_figure_and_in_the_text(folder: Path) -> None:
    async with running(folder) as driver:
        await open_first(driver)
        await choose(driver, "ada-moss")
        await driver.press("right")
        await driver.sees("≠$4.2 billion", "≠ $4.8bn in 5 and 6")
        reader = driver.main.reader
        disputed = reader.marks(MarkKind.DISSENT)
        assert [reader.document.text[mark.start : mark.end] for mark in disputed] == ["$4.2 billion"]
        await driver.press("right")
        await driver.sees("also in 3, 4, 6 and 13")


@pytest.mark.long
async def test_corrections_are_kept_shown_and_taken_back(folder: Path) -> None:
    async with running(folder) as driver:
        await open_first(driver)
        await choose(driver, "evening-signal")
        await driver.press("E")
        await driver.sees("What is it called?")
        await driver.press("ctrl+u")
        await driver.type("The Signal")
        await driver.press("enter")
        await driver.until(lambda: "O The Signal" in names(driver), "the new name")
        await choose(driver, "evening-signal")
        await driver.press(":")
        await driver.sees("Of what kind is The Signal?")
        await driver.press("j", "enter")
        await driver.until(lambda: "L The Signal" in names(driver), "the new kind")
        await choose(driver, "evening-signal")
        await driver.press("+")
        await driver.until(lambda: names(driver)[0] == "★ Pinned", "the pin")
        await choose(driver, "evening-signal")
        await driver.press("x")
        await driver.until(lambda: "L The Signal" not in names(driver), "it to be hidden")
        await driver.press("B")
        await driver.until(lambda: "░ The Signal" in names(driver), "the hidden one")
        for _ in range(4):
            await driver.press("u")
            await driver.at_rest()
        await driver.until(lambda: "O Evening Signal" in names(driver), "all to be taken back")
        library = driver.app.services.require_library()
        assert library.corrections("harbour-deal") == ()


async def test_two_entities_become_one_and_a_form_goes_its_own_way(folder: Path) -> None:
    async with running(folder) as driver:
        await open_first(driver)
        await choose(driver, "evening-signal")
        await driver.press("J")
        await driver.sees("Now choose the entity to merge Evening Signal into")
        await choose(driver, "saltmarsh-courier")
        await driver.press("J")
        await driver.until(lambda: "O Evening Signal" not in names(driver), "the merge")
        await choose(driver, "ada-moss")
        await driver.press(";")
        await driver.sees("Which of these is not Ada Moss")
        await driver.press("escape")
        await driver.misses("Which of these")


def test_small_heat_is_as_high_as_its_counts() -> None:
    assert spark([0, 1, 4, 8]) == "·▁▄█"
    assert spark([0, 0]) == "··"
    assert spark([]) == ""
    assert heat([0, 5, 9], 10, 2) == [1, 2]
    assert heat([0], 0, 3) == [1, 0, 0]
