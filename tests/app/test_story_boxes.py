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
from tui.app.views.pane import Pane
from tui.app.views.story import row_heights
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from pathlib import Path


async def to_the_box(driver: Driver, name: str) -> None:
    """Go on from box to box."""

    def titles() -> list[str]:
        return re.findall(r"▸ (?:\d )?(\w[^─━]*)", driver.screen)

    for _ in range(12):
        if any(title.startswith(name) for title in titles()):
            return
        await driver.press("tab")
        await driver.at_rest()
    assert any(title.startswith(name) for title in titles()), driver.screen


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
        await driver.sees("▸ 9 Lineage", "esc page")
        await driver.press("escape")
        await driver.sees("14 listed →", "▸ 9 Lineage")
        assert driver.main.view == "story"


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_a_box_has_a_key_of_its_own_from_everywhere_and_the_same_key_gives_the_page_back(
    folder: Path, size: tuple[int, int]
) -> None:
    async with running(folder, size) as driver:
        await driver.press("9")
        await driver.sees("▸ 9 Lineage", "2 of 14 copied")
        await driver.at_rest()
        await driver.press("6")
        await driver.sees("▸ 6 Origins", "Saltmarsh Courier")
        await driver.at_rest()
        await driver.press("6")
        await driver.sees("14 listed →", "▸ 6 Origins")
        await driver.press("1")
        await driver.until(lambda: driver.main.view == "read", "the text")


async def test_what_is_below_the_page_is_named_and_the_box_with_the_focus_is_seen_whole(
    folder: Path,
) -> None:
    async with running(folder, (80, 24)) as driver:
        await driver.press("3")
        await driver.sees("14 listed →", "▾ 6 Origins · 7 Figures", "▸ Sources")
        await driver.at_rest()
        await to_the_box(driver, "Figures")
        await driver.at_rest()
        box = driver.main.story_view.query_one("#figures", Pane)
        page = driver.main.story_view.query_one("#story-page")
        assert box.region.y >= page.region.y
        assert box.region.bottom <= page.region.bottom
        await to_the_box(driver, "Timeline")
        await driver.misses("▾")


async def test_a_story_of_one_source_has_no_boxes_that_hold_several_against_each_other(
    tmp_path: Path,
) -> None:
    with Library.open(tmp_path / "library") as library:
        put(library, article("The ferry Anholt was sold for $4.2 million on 3 May 2031."), slug="ferry")
    async with running(tmp_path / "library", (120, 40)) as driver:
        await driver.press("3")
        await driver.sees("▸ Sources", "7 Figures", "$4.2m")
        assert "1 listed" not in driver.screen
        for name in ("Summary", "Overlap", "Lineage", "Altered names"):
            assert f"{name} ─" not in driver.screen


@pytest.mark.parametrize(
    ("wanted", "page", "heights"),
    [
        ([2, 2], 20, [2, 2]),  # no more than is wanted
        ([1], 20, [2]),  # a title, and a line under it
        ([30, 30, 30], 20, [8, 8, 8]),  # two fifths of the page each
        ([30, 3], 20, [17, 3]),  # what the others leave
        ([30, 30, 30], 10, [6, 6, 6]),  # never less than six where more is wanted
        ([30, 30, 30], 100, [30, 30, 30]),
        ([40, 40, 40], 100, [40, 40, 20]),
        ([40, 40, 40, 40, 40, 40], 100, [18, 18, 18, 18, 18, 18]),
    ],
)
def test_how_the_boxes_share_the_page(wanted: list[int], page: int, heights: list[int]) -> None:
    assert row_heights(wanted, page) == heights


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
