from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from sources.model import Ref
from tests.app.conftest import SIZES, running
from tui.app.widgets.reader import MarkKind

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver


async def search(driver: Driver, query: str) -> None:
    await driver.press("slash")
    await driver.type(query)
    asked = driver.main.state.search
    await driver.until(
        lambda: asked.results is not None and asked.results.query == query and asked.query == query, "results"
    )


@pytest.mark.parametrize("size", SIZES)
async def test_searching_reading_comparing_noting(folder: Path, size: tuple[int, int]) -> None:
    async with running(folder, size) as driver:
        main = driver.main
        await driver.sees("Northport sells 49%", "Ada Moss told")

        await search(driver, "glass wall")
        await driver.press("enter")
        await driver.until(lambda: main.focused_pane is main.results_pane, "results focused")
        best = main.state.search.hits[0].ref
        await driver.press("enter")
        await driver.until(lambda: main.state.ref == best, "the best hit open")
        await driver.at_rest()
        assert main.reader.cursor == main.state.spans[0].start
        assert main.reader.marks(MarkKind.HIT)
        assert f"hit 1/{len(main.state.spans)}" in driver.screen

        await driver.press("n")
        assert main.reader.cursor == main.state.spans[1].start
        await driver.press("N")
        assert main.reader.cursor == main.state.spans[0].start

        await driver.press("escape")
        await driver.until(lambda: main.focused_pane is main.results_pane, "the results again")
        await driver.press("escape")
        await driver.until(lambda: not main.state.search.on, "the search to end")
        await driver.press("a")
        await driver.sees("Note on harbour-deal/")
        await driver.type("worth a call")
        await driver.press("tab")
        await driver.type("#claim")
        await driver.press("ctrl+s")
        await driver.until(lambda: main.state.notes, "the note")
        assert main.reader.marks(MarkKind.NOTE)
        with Library.open(folder) as library:
            (note,) = library.notes()
        assert (note.text, note.tags, note.targets[0].ref) == ("worth a call", ("claim",), best)

        await driver.press("4")
        await driver.sees("worth a call", "#claim")
        await driver.press("q")
        await driver.until(lambda: main.view == "read", "reading again")


@pytest.mark.parametrize("size", SIZES)
async def test_two_marked_sources_stand_side_by_side(folder: Path, size: tuple[int, int]) -> None:
    async with running(folder, size) as driver:
        main = driver.main
        main.pane_layout.focus_pane(main.library_pane)
        await driver.press("g", "g", "j", "j", "space")
        await driver.until(lambda: main.state.marked == [Ref("harbour-deal", 2)], "a mark")
        await driver.press(*"jjjjj", "space", "c")
        await driver.until(lambda: main.compare.shown is not None, "the comparison")
        await driver.sees("harbour-deal/2 ↔ harbour-deal/7", "=")
        assert main.compare_view.aligned.rows
        await driver.at_rest()
        assert "Entities" in driver.screen or size[0] < 160
        await driver.press("s")
        await driver.sees("harbour-deal/7 ↔ harbour-deal/2")
        await driver.press("escape")
        await driver.until(lambda: main.view == "read", "reading again")


async def test_n_goes_on_into_the_next_source_and_comes_back(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await search(driver, "Tidegate")
        first, second = (hit.ref for hit in main.state.search.hits[:2])
        await driver.press("escape", "n")
        await driver.until(lambda: main.state.ref == first, "the first source")
        for _ in range(len(main.state.spans)):
            await driver.press("n")
        await driver.until(lambda: main.state.ref == second, "the second source")
        await driver.at_rest()
        assert main.reader.cursor == main.state.spans[0].start
        await driver.press("N")
        await driver.until(lambda: main.state.ref == first, "the first source again")
        await driver.at_rest()
        assert main.reader.cursor == main.state.spans[-1].start


async def test_one_entity_is_singled_out_and_gone_through(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        everything = len(main.reader.marks(MarkKind.ENTITY))
        main.pane_layout.focus_pane(main.evidence_pane)
        await driver.press("g", "g")
        entity = next(one for one in main.evidence_pane.evidence.entities if one.name == "Ada Moss")
        places = sorted(one.start for one in entity.mentions)
        await driver.press("space")
        marks = main.reader.marks(MarkKind.ENTITY)
        assert [mark.start for mark in marks] == places
        await driver.press("right_curly_bracket")
        assert main.reader.cursor == places[0]
        await driver.press("enter")
        assert main.reader.cursor == places[1]
        await driver.press("left_curly_bracket")
        assert main.reader.cursor == places[0]
        await driver.press("space")
        assert len(main.reader.marks(MarkKind.ENTITY)) == everything
        await driver.press("~")
        await driver.sees("marks off")
        assert MarkKind.ENTITY in main.reader.hidden_kinds


async def test_figures_and_quotes_have_their_tabs(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        main.pane_layout.focus_pane(main.evidence_pane)
        await driver.press("right")
        await driver.sees("[Figures]", "$4.2 billion")
        await driver.press("right")
        await driver.sees("[Quotes]", "We did")
        await driver.press("enter")
        quote = main.evidence_pane.evidence.quotes[0]
        assert main.reader.cursor == quote.start


async def test_a_query_that_is_none_keeps_the_old_results(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await search(driver, "crane")
        before = main.state.search.results
        await driver.type(" title:(")
        await driver.until(lambda: main.search_line.complaining, "the error")
        line = next(line for line in driver.screen.splitlines() if line.lstrip().startswith("^"))
        above = driver.screen.splitlines()[driver.screen.splitlines().index(line) - 1]
        assert above[line.index("^")] == "("
        assert main.state.search.results is before
        await driver.press(*["backspace"] * len(" title:("))
        await driver.until(lambda: main.state.search.results is not before, "new results")
        await driver.misses("^ ")


async def test_nothing_found_offers_another_word(folder: Path) -> None:
    async with running(folder) as driver:
        await search(driver, "harbuor")
        await driver.sees("Nothing found", "harbour")
        await driver.press("ctrl+y")
        await driver.until(lambda: driver.main.state.search.hits, "results for the suggestion")
        assert driver.main.search_line.value == "harbour"


async def test_find_in_the_text_counts_and_steps(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await driver.press("f")
        await driver.type("northport")
        count = main.state.source.text.casefold().count("northport") if main.state.source else 0
        await driver.sees(f"1/{count}")
        await driver.press("enter", "n", "n")
        await driver.sees(f"3/{count}")
        await driver.press("N", "escape")
        await driver.until(lambda: not main.find_line.display, "the line to go")
        assert not main.reader.find_count


async def test_story_view_shows_what_the_page_held(folder: Path) -> None:
    async with running(folder, (200, 50)) as driver:
        await driver.press("3")
        await driver.sees("Summary", "14 listed", "5 related", "Northport plc has sold 49%")
        await driver.press("Z")
        await driver.sees("Related stories")
        await driver.press("Z", "j", "enter")
        await driver.until(lambda: driver.main.state.ref == Ref("harbour-deal", 2), "the second source")
        assert driver.main.view == "read"


async def test_sources_follow_one_another(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("right_square_bracket")
        await driver.until(lambda: driver.main.state.ref == Ref("harbour-deal", 2), "the next source")
        await driver.at_rest()
        await driver.press("left_square_bracket")
        await driver.until(lambda: driver.main.state.ref == Ref("harbour-deal", 1), "the source before")
        await driver.at_rest()
        await driver.press("left_square_bracket")
        await driver.sees("This is the first source.")
