"""Sources are moved, stories merged, and removals undone, inside the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from sources.model import Ref
from tests.app.conftest import running
from tests.library.parsed_files import BRIDGE, FERRY, article, put

if TYPE_CHECKING:
    from pathlib import Path

ONE = Ref("harbour-deal", 1)


@pytest.mark.long
async def test_the_marked_sources_move_to_a_story_of_the_list_and_back(folder: Path) -> None:
    with Library.open(folder) as library:
        put(library, article(BRIDGE, title="Bridge"), path="/in/b.txt")
    async with running(folder) as driver:
        main = driver.main
        await driver.press("M")
        main.action_run("move-sources")
        await driver.sees("Move harbour-deal/1 to which story?", "a new story", "saltmarsh  Bridge")
        await driver.press("j", "enter")
        await driver.sees("harbour-deal/1 is saltmarsh/2 now")
        await driver.until(lambda: main.state.ref == Ref("saltmarsh", 2), "the text under its new name")
        assert main.state.marked == [Ref("saltmarsh", 2)]
        await driver.press("u")
        await driver.until(lambda: main.state.ref == ONE, "the text under its old name")


@pytest.mark.long
async def test_a_source_is_split_off_into_a_new_story(folder: Path) -> None:
    async with running(folder) as driver:
        driver.main.action_run("move-sources")
        await driver.sees("a new story")
        await driver.press("enter")
        await driver.sees("The name of the new story")
        await driver.type("dredging")
        await driver.press("enter")
        await driver.sees("harbour-deal/1 is dredging/1 now")
        await driver.at_rest()
    with Library.open(folder) as library:
        assert library.story("dredging").title == library.source(Ref("dredging", 1)).title


@pytest.mark.long
async def test_a_story_is_merged_into_another(folder: Path) -> None:
    with Library.open(folder) as library:
        put(library, article(BRIDGE, title="Bridge"), path="/in/b.txt")
    async with running(folder) as driver:
        main = driver.main
        main.pane_layout.focus_pane(main.library_pane)
        await driver.press("G")
        main.action_run("merge-story")
        await driver.sees("Merge saltmarsh into which story?")
        await driver.press("enter")
        await driver.sees("saltmarsh/1 is harbour-deal/15 now")
        await driver.at_rest()
        await driver.press("u")
        await driver.sees("Undone: saltmarsh merged into harbour-deal")
        await driver.at_rest()
    with Library.open(folder) as library:
        assert library.has_story("saltmarsh")


@pytest.mark.long
async def test_a_removal_is_undone_or_brought_back_from_the_list(folder: Path) -> None:
    with Library.open(folder) as library:
        put(library, article(FERRY, title="Ferry"), path="/in/f.txt")
        library.remove("saltmarsh")
    async with running(folder) as driver:
        main = driver.main
        await driver.press("X")
        await driver.sees("Remove harbour-deal/1?", "u brings it back")
        await driver.press("y")
        await driver.sees("harbour-deal/1 is removed")
        await driver.at_rest()
        await driver.press("u")
        await driver.sees("Undone: harbour-deal/1 removed")
        await driver.at_rest()
        main.action_run("restore-source")
        await driver.sees("Removed in the last 30 days", "saltmarsh/1", "Ferry")
        await driver.press("enter")
        await driver.sees("saltmarsh/1 is back.")
        await driver.at_rest()
    with Library.open(folder) as library:
        assert {ONE, Ref("saltmarsh", 1)} <= set(library.refs())
