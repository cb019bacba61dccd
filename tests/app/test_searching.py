"""What a search answers with: pages, near copies, facets, orders, errors while typing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, cast

import pytest

from sources.library import Library
from sources.model import ParsedFile, ParsedSource, Ref, Zone, ZoneKind
from sources.notes.anchoring import find_anchor
from tests.app.conftest import EXTREMES, Driver, running
from tests.waiting import PATIENCE, HandClock
from tui.app.application import CrossreadApp
from tui.app.controllers.search import HALF_TYPED, PAGE, PAUSE, SLOW
from tui.app.messages import OpenSource

if TYPE_CHECKING:
    from pathlib import Path

    from index import CatchUp, SearchIndex

MANY = PAGE * 2 + 7
COPY = " ".join(f"Words number {number} of a long report on the dry dock." for number in range(40))


def drafts() -> list[ParsedSource]:
    made = []
    for number in range(1, MANY + 1):
        text = f"The quay number {number} was measured.\n\nA lantern hung there for {number} nights."
        made.append(
            (f"Quay {number:03}", text, ("The Courier", "Gazette")[number % 2], f"2031-0{number % 9 + 1}-12")
        )
    made += [(f"Dock {letter}", f"{COPY} Sent by {letter}.", "Gazette", "2031-02-02") for letter in "ABC"]
    made.append(("Dry land", "Not a dock, but dry.", "The Courier", "2030-01-01"))
    return [
        ParsedSource(
            text=text,
            zones=(Zone(ZoneKind.BODY, 0, len(text)),),
            key=title,
            title=title,
            publisher=by,
            date=date,
        )
        for title, text, by, date in made
    ]


@pytest.fixture(scope="module")
def port_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from index import SearchIndex

    folder = tmp_path_factory.mktemp("port") / "library"
    with Library.open(folder) as library:
        library.ingest(
            ParsedFile("jsonl", tuple(drafts())), slug="port", path="/made/port.jsonl", reanchor=find_anchor
        )
        SearchIndex.open(folder / "index", library).close()
    return folder


async def search(driver: Driver, query: str) -> None:
    await driver.press("slash")
    await search_on(driver, query)


async def search_on(driver: Driver, query: str) -> None:
    await driver.type(query)
    asked = driver.main.state.search
    await driver.until(
        lambda: asked.results is not None and asked.results.query == query == asked.query, "results"
    )


async def test_scrolling_to_the_end_brings_the_next_page(port_template: Path) -> None:
    async with running(port_template) as driver:
        asked = driver.main.state.search
        await search(driver, "lantern")
        await driver.press("enter")
        await driver.sees(f"{MANY} found", f"1–{PAGE}")
        first = asked.refs()
        await driver.press("G")
        await driver.until(lambda: len(asked.hits) == 2 * PAGE, "the second page")
        assert asked.refs()[:PAGE] == first
        assert driver.main.results_pane.listing.highlighted_key == str(asked.refs()[PAGE])
        await driver.press("G")
        await driver.until(lambda: len(asked.hits) == MANY, "the last page")
        await driver.misses(f"1–{2 * PAGE}")
        assert len(set(asked.refs())) == MANY


async def test_the_wheel_brings_the_next_page_too(port_template: Path) -> None:
    async with running(port_template) as driver:
        await search(driver, "lantern")
        driver.main.results_pane.listing.scroll_end(animate=False)
        await driver.until(lambda: len(driver.main.state.search.hits) == 2 * PAGE, "the second page")


async def test_n_goes_on_beyond_the_page(port_template: Path) -> None:
    async with running(port_template) as driver:
        main = driver.main
        await search(driver, "lantern")
        last = main.state.search.refs()[-1]
        main.reading.open(OpenSource(last, hit=1))
        await driver.until(lambda: main.state.ref == last, "the last of the page")
        await driver.at_rest()
        await driver.sees(f"in source {PAGE} of {MANY}")
        await driver.press("n")
        await driver.until(lambda: main.state.search.place_of(main.state.ref) == PAGE + 1, "the next page")


@pytest.mark.long
@pytest.mark.parametrize("size", EXTREMES)
async def test_near_copies_are_one_row_that_unfolds(port_template: Path, size: tuple[int, int]) -> None:
    async with running(port_template, size) as driver:
        main, asked = driver.main, driver.main.state.search
        await search(driver, '"dry dock"')
        await driver.press("enter")
        await driver.sees("1 found", "+2 copies", "▸ ≈ 2 near copies")
        (hit,) = asked.hits
        await driver.press("z", "a")
        await driver.sees("▾ ≈ 2 near copies", *{"Dock A", "Dock B", "Dock C"})
        assert asked.refs() == (hit.ref, *hit.copies)
        await driver.press("j", "enter")
        await driver.until(lambda: main.state.ref == hit.copies[0], "a copy open")
        await driver.at_rest()
        await driver.sees("in source 1 of 1")
        for _ in main.state.spans:
            await driver.press("n")
        await driver.until(lambda: main.state.ref == hit.copies[1], "the other copy")
        main.pane_layout.focus_pane(main.results_pane)
        main.results_pane.listing.highlight(f"copies:{hit.ref}")
        await driver.press("enter")
        await driver.sees("▸ ≈ 2 near copies")


async def test_from_a_folded_copy_n_goes_to_the_next_hit(port_template: Path) -> None:
    async with running(port_template) as driver:
        main, asked = driver.main, driver.main.state.search
        await search(driver, "dry")
        copies = next(hit for hit in asked.hits if hit.copies)
        assert asked.step(copies.copies[0], 1) == asked.step(copies.ref, 1)
        assert asked.step(copies.copies[0], -1) == asked.step(copies.ref, -1)
        assert main.state.search.place_of(copies.copies[1]) == main.state.search.place_of(copies.ref)


@pytest.mark.parametrize("size", EXTREMES)
async def test_facets_narrow_the_query_and_widen_it_again(port_template: Path, size: tuple[int, int]) -> None:
    async with running(port_template, size) as driver:
        main, asked = driver.main, driver.main.state.search
        await search(driver, "lantern")
        await driver.press("enter", "F")
        await driver.sees("▸ Filter by", "Publishers", "Gazette")
        whole = asked.results.total if asked.results else 0
        facet = next(facet for facet in asked.facets if facet.name == "publisher")
        value = facet.values[-1]
        main.facets_pane.listing.highlight(f"facet:{value.query}")
        await driver.press("enter")
        await driver.until(lambda: asked.results and asked.results.total == value.hits, "fewer hits")
        assert main.search_line.value == asked.query == f"{value.query} AND lantern"
        await driver.sees("✓1")
        await driver.press("enter")
        await driver.until(lambda: asked.results and asked.results.total == whole, "all hits")
        assert main.search_line.value == "lantern"
        await driver.press("F")
        await driver.misses("Filter by")
        assert main.focused_pane is main.results_pane


async def test_hits_are_put_into_another_order(port_template: Path) -> None:
    async with running(port_template) as driver:
        asked = driver.main.state.search
        await search(driver, "dry")
        await driver.press("enter", "S")
        await driver.sees("newest first")
        await driver.until(lambda: [hit.date for hit in asked.hits] == ["2031-02-02", "2030-01-01"], "newest")
        await driver.press("S")
        await driver.until(lambda: [hit.date for hit in asked.hits] == ["2030-01-01", "2031-02-02"], "oldest")
        await driver.sees("oldest first")


async def test_hits_come_while_a_word_is_typed(folder: Path) -> None:
    async with running(folder) as driver:
        main, asked = driver.main, driver.main.state.search
        await search(driver, "gol")
        assert asked.hits
        await driver.misses("Did you mean")
        await driver.press("ctrl+u")
        await search_on(driver, '"golden sh')
        assert asked.hits
        await driver.misses("never closed")
        shown = asked.hits
        await driver.press("enter")
        await driver.until(lambda: main.focused_pane is main.results_pane, "the results")
        assert asked.hits == shown, "what was seen stays"
        await driver.press("enter")
        await driver.until(lambda: main.state.spans, "hits in the text")
        assert main.state.source is not None
        texts = {span.of(main.state.source.text) for span in main.state.spans}
        assert all(text.startswith("golden sh") for text in texts if " " in text)


async def test_a_blank_ends_the_last_word(folder: Path) -> None:
    async with running(folder) as driver:
        await search(driver, "gol")
        await driver.type(" ")
        await driver.sees("Nothing found")


async def test_half_a_query_is_no_error_until_the_keys_pause(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await search(driver, "crane")
        before = main.state.search.results
        await driver.type(" AND")
        await driver.until(lambda: main.state.search.error is not None, "what is wrong")
        await driver.pilot.pause()
        driver.clock.pass_by(HALF_TYPED - 0.01)
        await driver.pilot.pause()
        assert not main.search_line.complaining
        assert main.state.search.results is before
        driver.clock.pass_by(0.01)
        await driver.sees("^ AND has nothing on its right", "Incomplete query")
        await driver.press("enter")
        await driver.sees("^ AND has nothing on its right", "write")
        assert main.search_line.has_focus_within
        await driver.type(" ")
        assert not main.search_line.complaining, "what was wrong before is said no more"
        await driver.type("go")
        await driver.until(lambda: main.state.search.results is not before, "the hits")
        await driver.misses("Incomplete query")


async def test_filters_stand_first_so_that_one_can_type_on(port_template: Path) -> None:
    async with running(port_template) as driver:
        main, asked = driver.main, driver.main.state.search
        await search(driver, "lant")
        await driver.press("enter", "F")
        await driver.sees("Publishers", "Gazette")
        value = next(facet for facet in asked.facets if facet.name == "publisher").values[-1]
        main.facets_pane.listing.highlight(f"facet:{value.query}")
        await driver.press("enter")
        await driver.until(lambda: asked.results and asked.results.total == value.hits, "fewer hits")
        assert main.search_line.value == f"{value.query} AND lant"


async def test_a_search_is_kept_as_it_was_meant(folder: Path) -> None:
    async with running(folder) as driver:
        await search(driver, "gol")
        await driver.press("ctrl+s")
        await driver.sees("Saved searches")
        await driver.press("ctrl+u")
        await driver.type("g")
        await driver.press("enter")
        await driver.sees("gol*")


async def test_where_nothing_is_found_there_is_no_hit_to_go_to(folder: Path) -> None:
    async with running(folder) as driver:
        await search(driver, "xylophone ")
        await driver.sees("Nothing found")
        await driver.press("escape", "n")
        await driver.sees("there is no hit to go to")
        await driver.misses("No further hit")


async def test_a_search_nobody_waits_for_is_cancelled_and_its_answer_never_shown(folder: Path) -> None:
    async with running(folder) as driver:
        main, index = driver.main, driver.app.services.index
        assert index is not None
        begun, cancelled, release = threading.Event(), threading.Event(), threading.Event()
        held = HeldIndex(index, begun, cancelled, release)
        driver.app.services.index = cast("SearchIndex", held)  # it acts as one that is slow
        await driver.press("slash", "c")
        await driver.until(begun.is_set, "the first search")
        driver.clock.pass_by(SLOW)
        await driver.sees("searching")
        await driver.press("r")
        driver.clock.pass_by(PAUSE)
        await driver.until(cancelled.is_set, "the first search to be cancelled")
        await driver.pilot.pause()
        assert main.state.search.results is None
        driver.app.services.index = index
        await driver.type("ane")
        await driver.until(
            lambda: main.state.search.results and main.state.search.results.query == "crane", "crane"
        )
        assert held.answered[0] == "c"


async def test_searches_are_answered_before_the_index_is_in_step(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index import SearchIndex

    release = threading.Event()
    catch_up = SearchIndex.catch_up

    def held(self: SearchIndex, **options: Any) -> CatchUp:
        assert release.wait(PATIENCE)
        return catch_up(self, **options)

    monkeypatch.setattr(SearchIndex, "catch_up", held)
    for segment in (folder / "index").glob("*.seg"):
        segment.write_bytes(b"nothing")
    app = CrossreadApp(library_folder=folder, clock=HandClock())
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: app.services.library is not None, "the library")
        await driver.press("slash")
        await driver.type("crane")
        await driver.until(
            lambda: app.main_screen.state.search.results and app.main_screen.state.search.results.total,
            "hits",
        )
        assert not release.is_set()
        release.set()
        await driver.at_rest()
    assert not app.services.troubles


class HeldIndex:
    """An index whose answer is held back until nobody waits for it any more."""

    def __init__(
        self, index: SearchIndex, begun: threading.Event, cancelled: threading.Event, release: threading.Event
    ) -> None:
        self._index = index
        self._begun, self._cancelled, self._release = begun, cancelled, release
        self.answered: list[str] = []

    def search(self, query: str, **options: object) -> object:
        self._begun.set()
        unwanted = options["cancelled"]
        assert callable(unwanted)
        while not unwanted():
            self._release.wait(0.005)
        self._cancelled.set()
        self.answered.append(query)
        return self._index.search(query)


async def test_searches_are_kept_renamed_removed_and_run(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        main = driver.main
        await search(driver, "golden share")
        await driver.press("ctrl+s")
        await driver.sees("Saved searches", "save under this name")
        await driver.press("ctrl+u")
        await driver.type("the share")
        await driver.press("enter")
        await driver.sees("the share  golden share")
        await driver.press("E", "ctrl+u")
        await driver.type("Shares")
        await driver.press("enter")
        await driver.sees("Shares  golden share")
        await driver.press("x")
        await driver.sees("No search is saved yet", "u brings it back")
        await driver.press("u")
        await driver.sees("Shares  golden share")
        await driver.press("escape", "escape", "escape")
        await driver.until(lambda: not main.state.search.on, "the search to end")
        await driver.press("K")
        await driver.sees("Shares  golden share")
        await driver.press("enter")
        await driver.until(lambda: main.focused_pane is main.results_pane, "its results")
        assert main.search_line.value == "golden share"


async def test_earlier_searches_come_back_with_the_arrow_up(folder: Path) -> None:
    async with running(folder) as driver:
        line = driver.main.search_line
        for query in ("crane", "golden"):
            await search(driver, query)
            await driver.press("enter")
            await driver.until(lambda: not line.has_focus_within, "the results")
            await driver.press("slash", "ctrl+u", "escape")
        await driver.press("slash", "up")
        assert line.value == "golden"
        await driver.press("up")
        assert line.value == "crane"
        await driver.press("down", "down")
        assert not line.value


async def test_the_query_language_is_explained_with_examples_from_here(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        main = driver.main
        await driver.press("slash", "question_mark")
        await driver.sees("What a search can say", "esc close")
        await driver.press("escape")
        await driver.press("f1")
        await driver.press("j")
        await driver.press("enter")
        await driver.until(lambda: main.state.search.hits, "what the example finds")
        assert main.state.ref is not None
        assert main.state.ref in main.state.search.refs() or main.state.search.place_of(main.state.ref)
        assert Ref("harbour-deal", 1) == main.state.ref


async def test_hits_are_marked_in_both_texts_that_are_compared(folder: Path) -> None:
    async with running(folder, (200, 50)) as driver:
        main = driver.main
        main.state.marked = [Ref("harbour-deal", 2), Ref("harbour-deal", 7)]
        await driver.press("c")
        await driver.sees("harbour-deal/2 ↔ harbour-deal/7")
        await driver.at_rest()
        await search(driver, "shippers")
        await driver.press("escape")
        await driver.until(lambda: main.view == "compare", "the comparison again")
        await driver.until(lambda: len(reversed_words(driver)) > 1, "hits on both sides")
        assert {word.casefold() for word in reversed_words(driver)} <= {"shippers", "shipper"}
        await driver.press("escape", "escape", "escape")
        await driver.until(lambda: not main.state.search.on, "the search to end")
        await driver.press("2")
        await driver.at_rest()
        assert not reversed_words(driver)


def reversed_words(driver: Driver) -> list[str]:
    aligned = driver.main.compare_view.aligned
    lines = (aligned.render_line(y) for y in range(aligned.size.height))
    return [part.text for line in lines for part in line if part.style is not None and part.style.reverse]
