"""The line on top that names the views, and what a story opens on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.importing import import_paths
from sources.library import Library
from sources.model import Ref
from tests.app.conftest import running
from tui.app.views.view_tabs import LEAST_HEIGHT, Tab, tab_words, tabs_of
from tui.app.widgets.cells import cells
from tui.services.actions import ACTIONS, remapped

if TYPE_CHECKING:
    from pathlib import Path

VIEWS = tabs_of(ACTIONS)


def test_all_names_are_said_where_they_fit_and_the_chosen_one_stands_between_brackets() -> None:
    assert "".join(tab_words(VIEWS, "view-story", 37)) == " 1 Read  2 Compare [3 Story] 4 Notes "


def test_a_line_that_is_one_cell_too_short_names_only_the_chosen_view() -> None:
    whole = sum(map(cells, tab_words(VIEWS, "view-story", 80)))
    assert "".join(tab_words(VIEWS, "view-story", whole)).count("N") == 1
    assert "".join(tab_words(VIEWS, "view-story", whole - 1)) == " 1  2 [3 Story] 4 "


@given(st.sampled_from(VIEWS), st.integers(min_value=6, max_value=90))
def test_the_line_is_never_cut_off_and_always_tells_the_chosen_view(chosen: Tab, width: int) -> None:
    words = tab_words(VIEWS, chosen.command, width)
    assert sum(map(cells, words)) <= width
    assert [tab for tab, said in zip(VIEWS, words, strict=True) if said.startswith("[")] == [chosen]
    assert all(tab.key in said for tab, said in zip(VIEWS, words, strict=True))


def test_other_keys_of_the_user_are_shown() -> None:
    tabs = tabs_of(remapped({"view-story": ("f3",)}))
    assert "[f3 Story]" in tab_words(tabs, "view-story", 80)


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (120, 40)])
async def test_the_views_are_seen_and_a_click_shows_one(folder: Path, size: tuple[int, int]) -> None:
    async with running(folder, size) as driver:
        top = driver.screen.splitlines()[0]
        assert top.startswith("[1 Read] 2 Compare  3 Story  4 Notes")
        await driver.pilot.click(offset=(top.index("4 Notes") + 2, 0))
        await driver.until(lambda: driver.main.view == "notes", "the notes")
        await driver.until(lambda: "[4 Notes]" in driver.screen.splitlines()[0], "the tab")
        await driver.at_rest()


async def test_the_name_of_what_is_open_stands_beside_the_views(folder: Path) -> None:
    async with running(folder) as driver:
        assert "Northport sells 49%" in driver.screen.splitlines()[0]
        await driver.press("3")
        await driver.until(lambda: "sale of a 49% stake" in driver.screen.splitlines()[0], "the story")
        await driver.press("4")
        await driver.until(lambda: "49%" not in driver.screen.splitlines()[0], "no name")
        await driver.at_rest()


async def test_a_low_screen_spends_no_line_on_the_views(folder: Path) -> None:
    async with running(folder, (80, LEAST_HEIGHT - 1)) as driver:
        assert "1 Read" not in driver.screen


async def test_a_first_start_shows_the_page_of_a_story(folder: Path) -> None:
    async with running(folder, at_beginning=True) as driver:
        await driver.sees("[3 Story]", "▸ Sources")
        assert driver.main.state.ref == Ref("harbour-deal", 1)


async def test_a_story_of_several_sources_opens_on_its_page_and_folds_when_it_is_shown(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "ferry.txt").write_text("The ferry runs again.\n\nIt had been in the yard.\n", "utf-8")
    with Library.open(folder) as library:
        import_paths(library, [str(tmp_path / "ferry.txt")], story="ferry")
    async with running(folder) as driver:
        main = driver.main
        main.set_focus(main.library_pane.listing)
        main.library_pane.listing.highlight("story:ferry")
        await driver.press("enter")
        await driver.until(lambda: main.state.ref == Ref("ferry", 1), "the text of the small story")
        await driver.at_rest()
        assert main.view == "read"
        main.set_focus(main.library_pane.listing)
        main.library_pane.listing.highlight("story:harbour-deal")
        await driver.press("enter")
        await driver.until(lambda: main.view == "story", "the page of the large story")
        await driver.at_rest()
        assert main.state.ref == Ref("harbour-deal", 1)
        main.set_focus(main.library_pane.listing)
        main.library_pane.listing.highlight("story:harbour-deal")
        await driver.press("enter")
        await driver.until(lambda: "harbour-deal" not in main.library.unfolded, "the story to fold")
        await driver.at_rest()
        assert main.view == "story"


async def test_h_and_l_fold_and_unfold_a_story(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        main.set_focus(main.library_pane.listing)
        await driver.press("h")
        await driver.until(lambda: not main.library.unfolded, "the story to fold")
        await driver.until(
            lambda: main.library_pane.listing.highlighted_key == "story:harbour-deal", "its row"
        )
        await driver.press("l")
        await driver.until(lambda: main.library.unfolded == ["harbour-deal"], "the story to unfold")
        await driver.at_rest()
