from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sources.importing import import_paths
from sources.library import Library
from sources.model import Ref
from tests.app.conftest import EXTREMES, Driver, running
from tests.app.test_goldens import holds
from tests.library.parsed_files import article, put
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from pathlib import Path


async def to_the_box(driver: Driver, name: str) -> None:
    """Go on from box to box, each time only when the screen shows where one is."""

    def titles() -> list[str]:
        return re.findall(r"▸ \w[^─━]*", driver.screen)

    for _ in range(12):
        here = titles()
        if any(title.startswith(f"▸ {name}") for title in here):
            return
        await driver.press("tab")
        await driver.until(lambda here=here: titles() != here, "the next box")  # type: ignore[misc]  # the default binds it
    await driver.sees(f"▸ {name}")


@pytest.mark.long
@pytest.mark.parametrize("size", EXTREMES)
async def test_a_cell_of_the_map_opens_its_pair(folder: Path, size: tuple[int, int]) -> None:
    async with running(folder, size) as driver:
        await driver.press("3")
        await driver.sees("14 listed →", "independent origins")
        await to_the_box(driver, "Overlap")
        await driver.press("enter")
        await driver.sees("14 × 14", "is in", "outside quotes")
        assert "Sources ─" not in driver.screen
        await driver.press("enter")
        await driver.until(lambda: driver.main.compare.shown is not None, "the comparison")
        assert driver.main.view == "compare"


async def test_a_box_opens_at_full_size_and_closes_again(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await driver.press("3")
        await driver.sees("14 listed →")
        await to_the_box(driver, "Lineage")
        await driver.press("enter")
        await driver.misses("14 listed →")
        await driver.sees("▸ Lineage", "esc page")
        await driver.press("escape")
        await driver.sees("14 listed →", "▸ Lineage")
        assert driver.main.view == "story"


async def test_a_copy_in_the_tree_is_compared_with_what_it_stems_from(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("3")
        await driver.sees("14 listed →")
        await to_the_box(driver, "Lineage")
        tree = driver.main.story_view.query_one("#lineage-list", VirtualList)
        key = next(row.key for row in tree.rows if row.key.count("/") == 2)
        tree.highlight(key)
        await driver.press("enter", "enter")
        await driver.until(lambda: driver.main.view == "compare", "the comparison")
        _, child, parent = key.split(":")
        assert driver.main.state.compared == (Ref.parse(parent), Ref.parse(child))


@pytest.mark.long
async def test_an_odd_name_opens_its_place(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("3")
        await driver.sees("14 listed →")
        await to_the_box(driver, "Altered names")
        row = driver.main.story_view.query_one("#odd-names-list", VirtualList).rows[0]
        assert row.key.startswith("odd:")
        await driver.press("enter", "enter")
        _, ref, start = row.key.split(":")
        await driver.until(lambda: driver.main.state.ref == Ref.parse(ref), "the text")
        await driver.at_rest()
        assert driver.main.reader.cursor == int(start)


async def test_the_page_of_a_story(folder: Path) -> None:
    async with running(folder, (120, 40)) as driver:
        await driver.press("3")
        await driver.sees("14 listed →", "▸ Sources")
        await driver.at_rest()
        holds(driver, "story-120x40")


async def test_the_map_at_full_size(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        await driver.press("3")
        await driver.sees("14 listed →")
        await to_the_box(driver, "Overlap")
        await driver.press("enter")
        await driver.misses("14 listed →")
        await driver.at_rest()
        holds(driver, "overlap-80x24")


async def test_the_library_marks_copies_and_rewrites(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.until(lambda: driver.main.lineage.known, "the lineage")
        await driver.pilot.pause()
        lines = driver.screen.splitlines()
        for number, sign in ((7, "≈"), (10, "≈")):
            assert any(f" {number} " in line[:8] and sign in line[:31] for line in lines), number
        rewrites = driver.main.state.rewrites
        assert rewrites
        for ref in rewrites:
            assert any(f" {ref.number} " in line[:8] and "R" in line[24:31] for line in lines), ref


async def test_of_a_large_story_a_choice_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = 10
    monkeypatch.setattr("tui.app.controllers.story.SMALL_STORY", small)
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(small + 5):
        words = " ".join(f"word{number * 40 + place}" for place in range(40))
        (texts / f"{number:03}.txt").write_text(f"Title {number}\n\nThe {words}.", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        import_paths(library, [str(texts)], story="big")
    async with running(tmp_path / "library", (120, 40)) as driver:
        await driver.press("3")
        await driver.sees(f"Which of the {small + 5} sources?")
        await to_the_box(driver, "Origins")
        await driver.press("enter")
        await driver.sees(f"{small} listed →", "Choose other sources…")
        await driver.press("g", "g", "enter")
        await driver.sees("Which of the", f"All {small + 5}")


async def test_a_related_story_that_is_in_the_library_is_opened(folder: Path) -> None:
    with Library.open(folder) as library:
        teaser = library.story("harbour-deal").related[1].text
        put(library, replace(article("The oysters."), title=teaser), slug="oysters", path="/in/oysters.txt")
    async with running(folder) as driver:
        main = driver.main
        await driver.press("3")
        rows = main.story_view.contents
        await driver.until(lambda: any(row.key == "related:1:oysters" for row in rows.rows), "the row")
        rows.highlight("related:0")
        main.reading.choose_source("related:0")
        assert main.state.wanted is None or main.state.wanted.story == "harbour-deal"
        rows.highlight("related:1:oysters")
        rows.focus()
        await driver.press("enter")
        await driver.until(lambda: main.state.ref == Ref("oysters", 1), "the other story")
        assert main.view == "story"
