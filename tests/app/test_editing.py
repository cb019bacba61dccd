"""Details of a source or a story is put right in a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from sources.model import Ref
from tests.app.conftest import EXTREMES, running
from tests.library.parsed_files import article, put
from tui.app.messages import OpenSource

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = Ref("harbour-deal", 1), Ref("harbour-deal", 2)


@pytest.mark.long
@pytest.mark.parametrize("size", EXTREMES)
async def test_a_source_is_put_right_in_a_form_and_u_takes_it_back(
    folder: Path, size: tuple[int, int]
) -> None:
    async with running(folder, size) as driver:
        await driver.press("E")
        await driver.sees("Details of harbour-deal/1", "publisher", "language")
        await driver.press("tab", "tab", "tab")
        await driver.type("soon")
        await driver.press("enter")
        await driver.sees("'soon' is not a date")
        await driver.press(*["backspace"] * 4)
        await driver.type("2031-06-13")
        await driver.press("enter")
        await driver.misses("Details of")
        await driver.at_rest()
        source = driver.main.state.source
        assert source is not None
        assert source.date == "2031-06-13"
        index = driver.app.services.index
        assert index is not None
        await driver.until(lambda: index.search("date:2031-06-13").total == 1, "the index to follow")
        await driver.press("u")
        await driver.sees("Undone: date of")
        await driver.until(lambda: index.search("date:2031-06-13").total == 0, "the index to follow")
    with Library.open(folder) as library:
        assert library.source(ONE).date is None


@pytest.mark.long
async def test_a_publisher_is_offered_to_the_others_of_its_domain(folder: Path) -> None:
    with Library.open(folder) as library:
        library.edit_sources([ONE], {"url": "https://courier.example/1"})
        library.edit_sources([TWO], {"url": "https://courier.example/2"})
    async with running(folder) as driver:
        await driver.press("E")
        await driver.sees("Details of harbour-deal/1")
        await driver.press("tab", "end", *["backspace"] * 30)
        await driver.type("Courier")
        await driver.press("enter")
        await driver.sees("Is Courier the publisher of the others, too?", "courier.example has 1 more")
        await driver.press("y")
        await driver.sees("1 more are by Courier now")
        await driver.at_rest()
    with Library.open(folder) as library:
        assert {library.source(ref).publisher for ref in (ONE, TWO)} == {"Courier"}


@pytest.mark.long
async def test_a_story_that_gets_another_slug_stays_open_in_the_reader(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await driver.press("M", "r")
        main.pane_layout.focus_pane(main.library_pane)
        await driver.press("g", "g", "E")
        await driver.sees("Details of harbour-deal", "slug")
        await driver.press("down", "end", *["backspace"] * 12)
        await driver.type("port")
        await driver.press("enter")
        await driver.sees("harbour-deal is port now")
        moved = Ref("port", 1)
        await driver.until(lambda: main.state.ref == moved, "the text under its new name")
        await driver.at_rest()
        assert (main.state.marked, main.state.read) == ([moved], {moved})
        await driver.press("u")
        await driver.until(lambda: main.state.ref == ONE, "the text under its old name")


async def test_the_versions_of_a_text_are_listed_and_laid_side_by_side(folder: Path) -> None:
    text = "The blast at the mill killed {} people, police said. The road by the mill stays closed for now."
    with Library.open(folder) as library:
        for toll in (12, 15):
            put(library, article(text.format(toll)), slug="mill", path="/in/mill.txt")
    async with running(folder) as driver:
        main = driver.main
        await driver.press("O")
        await driver.sees("harbour-deal/1 has one version")
        main.dispatcher.emit(OpenSource(Ref("mill", 1)))
        await driver.until(lambda: main.state.ref == Ref("mill", 1), "the text")
        await driver.press("O")
        await driver.sees("Versions of mill/1", "12 people → 15 people", "changed 1 figure, 1 sentence")
        await driver.press("enter")
        await driver.sees("mill/1@1 ↔ mill/1@2")
        await driver.at_rest()
        await driver.press("a")
        await driver.sees("Notes are written on the newest version")
