"""The view of the results: the room that hits get, the preview, the chips, the way there and back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from index import Hit, Results
from sources.library import Library
from sources.model import ParsedFile, Ref, Span
from sources.notes.anchoring import find_anchor
from tests.app.conftest import Driver, running
from tests.app.test_searching import drafts, search
from tui.app.messages import OpenSource
from tui.app.state import SearchState
from tui.app.views.result_rows import result_rows
from tui.app.widgets.reader_marks import MarkKind

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def port_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from index import SearchIndex

    folder = tmp_path_factory.mktemp("quays") / "library"
    with Library.open(folder) as library:
        library.ingest(
            ParsedFile("jsonl", tuple(drafts())), slug="port", path="/made/port.jsonl", reanchor=find_anchor
        )
        SearchIndex.open(folder / "index", library).close()
    return folder


@pytest.fixture
def port(port_library: Path, tmp_path: Path) -> Path:
    shutil.copytree(port_library, tmp_path / "port")
    return tmp_path / "port"


def previewed(driver: Driver) -> str:
    return driver.main.results_pane.preview.document.ref


async def test_results_have_the_middle_while_one_types(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        main = driver.main
        await driver.press("slash")
        assert main.view == "read", "there is nothing to show yet"
        await driver.type("cra")
        await driver.sees("“cra” · 9 found")
        assert main.view == "results"
        assert main.search_line.has_focus_within
        assert main.query_one("#left").has_class("-away")
        await driver.press("escape")
        await driver.until(lambda: main.view == "read", "the text again")
        assert main.state.search.on
        await driver.press("escape")
        assert not main.state.search.on


async def test_the_view_before_comes_back(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await driver.press("4")
        await search(driver, "crane")
        await driver.press("enter")
        await driver.until(lambda: main.focused_pane is main.results_pane, "the results")
        await driver.press("escape")
        await driver.until(lambda: main.view == "notes", "the notes")
        assert main.state.search.on
        await driver.press("slash")
        await driver.until(lambda: main.search_line.has_focus_within, "the line")
        await driver.press("ctrl+u")
        await driver.until(lambda: not main.state.search.on, "the end of the search")
        await driver.until(lambda: main.view == "notes", "the notes, since the search is over")
        assert main.search_line.has_focus_within


@pytest.mark.parametrize(("size", "least"), [((80, 24), 8), ((60, 20), 6)])
async def test_a_small_screen_shows_many_hits(port: Path, size: tuple[int, int], least: int) -> None:
    async with running(port, size) as driver:
        await search(driver, "lantern")
        await driver.press("enter")
        await driver.at_rest()
        lines = driver.screen.splitlines()
        titles = [place for place, line in enumerate(lines) if " Quay " in line]
        assert len(titles) >= least
        assert all("lantern hung there" in lines[place + 1] for place in titles[:least])
        assert not driver.main.results_pane.preview.display


@pytest.mark.parametrize("size", [(120, 40), (90, 48)])
async def test_the_highlighted_hit_is_previewed(port: Path, size: tuple[int, int]) -> None:
    async with running(port, size) as driver:
        main = driver.main
        await search(driver, "lantern")
        first, second = main.state.search.refs()[:2]
        await driver.until(lambda: previewed(driver) == str(first), "the first hit")
        await driver.press("enter", "j")
        await driver.until(lambda: previewed(driver) == str(second), "the second hit")
        preview = main.results_pane.preview
        marked = [
            preview.document.text[mark.start : mark.end] for mark in preview._marks.of_kind(MarkKind.HIT)
        ]
        assert marked == ["lantern"]
        assert main.state.ref != second, "it is looked at, not opened"
        await driver.pilot.click("#results-preview", offset=(12, 3))
        await driver.until(lambda: main.state.ref == second and main.view == "read", "the text")


async def test_there_is_a_preview_where_there_is_room(port: Path) -> None:
    async with running(port, (99, 30)) as driver:
        preview = driver.main.results_pane.preview
        await search(driver, "lantern")
        assert not preview.display
        await driver.pilot.resize_terminal(100, 30)
        await driver.until(lambda: preview.display and previewed(driver), "the preview beside")
        await driver.pilot.resize_terminal(99, 42)
        await driver.until(lambda: preview.display and preview.region.x == 0, "the preview below")


async def test_from_a_hit_the_way_leads_back_to_its_row(port: Path) -> None:
    async with running(port, (80, 24)) as driver:
        main = driver.main
        listing = main.results_pane.listing
        await search(driver, "lantern")
        await driver.press("enter", "j", "j")
        row = listing.highlighted_key
        assert row == str(main.state.search.refs()[2])
        for way in ("escape", "backspace", "q"):
            await driver.press("enter")
            await driver.until(lambda: main.view == "read" and str(main.state.ref) == row, "the hit")
            await driver.at_rest()
            await driver.press(way)
            await driver.until(lambda: main.view == "results", f"the results, by {way}")
            assert listing.highlighted_key == row
            assert main.focused is listing
        await driver.press("n")
        await driver.until(lambda: main.view == "read", "the hit that is highlighted, by n")
        await driver.at_rest()
        await driver.press("n")
        await driver.until(lambda: main.state.ref == main.state.search.refs()[3], "the next hit, by n")


async def test_two_escapes_end_a_search_whose_hit_was_opened(port: Path) -> None:
    async with running(port, (120, 40)) as driver:
        main = driver.main
        await driver.until(lambda: main.state.ref is not None, "a text")
        begun = main.state.ref
        await search(driver, "lantern")
        await driver.press("enter", "j", "j", "enter")
        await driver.until(lambda: main.view == "read" and main.state.ref != begun, "a hit")
        hit = main.state.ref
        await driver.sees("esc results")
        await driver.press("escape")
        await driver.until(lambda: main.view == "results", "the results")
        await driver.sees("esc end search")
        await driver.press("escape")
        await driver.until(lambda: main.view == "read", "the text")
        assert main.state.ref == main.state.wanted == hit
        assert not main.state.search.on
        assert not main.search_line.value
        assert main.focused is main.reader


async def test_who_goes_from_a_hit_elsewhere_stays_there_when_the_search_ends(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await search(driver, "ombudsman OR crane")
        await driver.press("enter", "enter")
        await driver.until(lambda: main.view == "read" and main.state.search.reads_hit, "a hit")
        await driver.at_rest()
        other = next(ref for ref in main.state.sequence if not main.state.search.place_of(ref))
        main.dispatcher.emit(OpenSource(other))
        await driver.until(lambda: main.state.ref == other, "what is no hit")
        await driver.sees("esc end search")
        await driver.press("escape")
        await driver.until(lambda: not main.state.search.on, "the search to end")
        assert (main.view, main.state.ref) == ("read", other)


async def test_filters_are_chips_that_can_be_taken_off(port: Path) -> None:
    async with running(port, (80, 24)) as driver:
        main, asked = driver.main, driver.main.state.search
        await search(driver, "story:port date:2031 AND lantern")
        await driver.press("enter")
        await driver.sees("“lantern”", "story: port ×", "date: 2031 ×")
        await driver.press("x")
        await driver.until(lambda: asked.query == "story:port AND lantern", "one filter less")
        await driver.misses("date: 2031")
        await driver.pilot.click("#results-chips", offset=(4, 0))
        await driver.until(lambda: asked.query == main.search_line.value == "lantern", "no filter")
        await driver.misses("×")
        await driver.press("x")
        await driver.sees("This search has no filter")


async def test_what_is_filtered_away_is_told(port: Path) -> None:
    async with running(port, (80, 24)) as driver:
        await search(driver, "story:nowhere lantern ")
        await driver.sees("Nothing found", "x takes the last filter off")
        await search_again(driver, "lantern ")
        await driver.misses("Nothing found")


async def search_again(driver: Driver, query: str) -> None:
    await driver.press("ctrl+u")
    await driver.type(query)


async def test_facets_leave_the_hits_their_lines(port: Path) -> None:
    async with running(port, (80, 24)) as driver:
        main = driver.main
        pane = main.results_pane
        await search(driver, "lantern")
        await driver.press("enter", "F")
        await driver.sees("▸ Filter by", "Gazette")
        assert not pane.listing.display
        await driver.press("escape")
        await driver.until(lambda: main.focused is pane.listing, "the hits again")
        assert not main.facets_pane.display
        await driver.pilot.resize_terminal(120, 40)
        await driver.until(lambda: main.facets_pane.display and pane.listing.display, "both side by side")
        await driver.sees("Gazette", "Quay 0")


async def test_one_comes_back_to_the_results(port: Path) -> None:
    async with running(port, (80, 24)) as driver:
        await search(driver, "lant")
        await driver.press("enter")
        await driver.until(lambda: driver.main.view == "results", "the results")
        driver.app.keep_session()
    async with running(port, (80, 24)) as driver:
        await driver.sees("“lant”", "Quay 0")
        assert driver.main.view == "results"
        assert driver.main.state.search.unfinished


async def test_another_query_begins_at_its_best_hit(port: Path) -> None:
    async with running(port, (80, 24)) as driver:
        main = driver.main
        await search(driver, "lantern")
        await driver.press("enter", "G")
        await search_at(driver, "ctrl+u", "quay")
        await driver.until(
            lambda: main.results_pane.listing.highlighted_key == str(main.state.search.refs()[0]), "the best"
        )


async def search_at(driver: Driver, key: str, query: str) -> None:
    await driver.press("slash", key)
    await driver.type(query)
    asked = driver.main.state.search
    await driver.until(lambda: asked.results and asked.results.query == query, "results")


HIT = Hit(
    Ref("harbour-deal", 4),
    "Northport sells",
    "The Saltmarsh Courier",
    "2031-06-12",
    None,
    1.0,
    "For two years nobody asked; then the crane was sold, and with it the quay where it had stood.",
    (),
    (),
)


def said(width: int, *, lines: int = 1, hits: tuple[Hit, ...] = (HIT,)) -> list[tuple[str, str]]:
    search = SearchState(query="crane", results=Results("crane", len(hits), hits, None, ""))
    return [(row.cells.plain, row.hint) for row in result_rows(search, None, width, lines)]


@pytest.mark.parametrize(
    ("width", "about"),
    [
        (150, "harbour-deal · The Saltmarsh Courier · 2031-06-12"),
        (149, "harbour-deal · The Saltmarsh Courier · 2031-06-12"),
        (102, "The Saltmarsh Courier · 2031-06-12"),
        (101, "SC · 2031-06-12"),
        (45, "SC · 2031-06-12"),
        (44, "SC"),
    ],
)
def test_the_width_says_how_much_is_said_of_a_hit(width: int, about: str) -> None:
    assert said(width)[0] == (" 4 Northport sells", about)


def test_a_number_has_its_story_where_hits_are_of_several() -> None:
    other = HIT._replace(ref=Ref("rail", 12))
    assert said(150, hits=(HIT, other))[0][1] == "The Saltmarsh Courier · 2031-06-12"
    assert [text for text, _ in said(80, hits=(HIT, other))][::2] == [
        " harbour-deal/4 Northport sells",
        "        rail/12 Northport sells",
    ]


def test_a_snippet_on_one_line_has_the_hit_in_it() -> None:
    place = HIT.snippet.index("quay")
    hit = HIT._replace(highlights=(Span(place, place + 4),))
    ((_, _), (line, _)) = said(50, hits=(hit,))
    assert "quay" in line
    assert line.startswith("  …")
    assert len(line) <= 50
    assert len(said(50, lines=2, hits=(hit,))) == 3


async def test_a_story_that_comes_late_leaves_the_line_its_keys(port: Path) -> None:
    async with running(port) as driver:
        main = driver.main
        assert not main.story_view.has_boxes
        main.pane_layout.show_view("story")  # whose boxes are made first
        main.set_focus(main.search_line.input)
        await driver.until(lambda: main.view == "story", "the story")
        assert main.search_line.has_focus_within


async def test_a_story_that_comes_late_is_not_shown_over_another_view(port: Path) -> None:
    async with running(port) as driver:
        main = driver.main
        main.pane_layout.show_view("story")
        main.pane_layout.show_view("notes")
        await driver.until(lambda: main.story_view.has_boxes, "the boxes")
        await driver.pilot.pause()
        assert main.view == "notes"
