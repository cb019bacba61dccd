from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from index.manifest import write_lock
from sources import places
from sources.importing import import_paths
from sources.library import Library
from sources.model import FoundAnchor, NoteState, ParsedFile, ParsedSource, Ref, Zone, ZoneKind
from tests.app.conftest import Driver, running
from tests.waiting import PATIENCE, HandClock
from tui.app.application import INDEX_AFTER, CrossreadApp
from tui.app.controllers import reading
from tui.app.state import Session, save_session, session_file

if TYPE_CHECKING:
    from pathlib import Path

    from sources.model import Anchor

WORDS = "words of a source"


@pytest.mark.long
async def test_closing_and_opening_brings_back_where_one_was(folder: Path) -> None:
    async with running(folder) as driver:
        main = driver.main
        await driver.press("right_square_bracket", "right_square_bracket")
        await driver.until(lambda: main.state.ref == Ref("harbour-deal", 3), "the third source")
        await driver.at_rest()
        await driver.press("M", "j", "j", "j", "j", "w")
        cursor = main.reader.cursor
        await driver.press("slash")
        await driver.type("crane")
        await driver.until(lambda: main.state.search.results, "results")
        await driver.press("escape", "greater_than_sign", "e")
        await driver.at_rest()
        width = main.query_one("#left").size.width
        await driver.press("ctrl+q")
    async with running(folder) as driver:
        main = driver.main
        assert main.state.ref == Ref("harbour-deal", 3)
        assert main.state.marked == [Ref("harbour-deal", 3)]
        assert main.reader.cursor == cursor
        await driver.until(lambda: main.state.search.results, "results")
        assert main.search_line.value == "crane"
        assert main.query_one("#left").size.width == width
        assert main.query_one("#right").has_class("-away")


async def test_hits_are_shown_in_a_text_that_comes_after_its_search(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(source="harbour-deal/3", search="crane")
    save_session(session_file(places.state_folder(), folder), session)
    searched, describe = threading.Event(), reading.about

    def describe_late(*of: Any) -> str:
        assert searched.wait(PATIENCE)
        return describe(*of)

    monkeypatch.setattr(reading, "about", describe_late)
    app = CrossreadApp(library_folder=folder, clock=HandClock())
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: app.services.library is not None, "the library")
        driver.clock.pass_by(INDEX_AFTER)
        await driver.until(lambda: app.services.index_note.startswith("in step"), "the index")
        await driver.until(lambda: not app.background.busy("search", "hits"), "the last search")
        assert driver.main.state.source is None
        searched.set()
        await driver.sees("hits here")


async def test_a_session_of_garbage_is_no_trouble(folder: Path) -> None:
    path = session_file(places.state_folder(), folder)
    path.parent.mkdir(parents=True)
    path.write_text(
        '{"view": 3, "source": "harbour-deal/99", "shares": {"left middle": 9999}, "tab": "x", "theme": "y"}'
    )
    async with running(folder) as driver:
        await driver.sees("Northport")
        driver.app.services.troubles.clear()  # the source that is gone was said to be gone


async def test_files_are_added_by_path(tmp_path: Path, sample_article: Path) -> None:
    async with running(tmp_path / "new") as driver:
        await driver.press("A")
        line = driver.app.screen.query_one("#form-path", Input)
        line.value = str(sample_article)[:-4]
        line.cursor_position = len(line.value)
        await driver.type(".")
        await driver.until(lambda: ".txt" in driver.screen, "the completion")
        await driver.press("tab", "enter")
        await driver.sees("1 added", "1 new")
        await driver.press("enter")
        await driver.until(lambda: driver.main.state.source is not None, "the article")
        await driver.press("A")
        await driver.sees("Add sources")
        driver.app.screen.query_one("#form-path", Input).value = str(tmp_path / "nowhere.txt")
        await driver.press("enter")
        await driver.sees("There is nothing at", "nowhere.txt")


async def test_a_bug_is_said_in_one_line_that_names_the_log(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(folder) as driver:

        def fail() -> None:
            raise ValueError(WORDS)

        monkeypatch.setitem(driver.app.main_screen.handlers, "switch-theme", fail)
        driver.main.action_run("switch-theme")
        await driver.until(lambda: len(driver.app._notifications) == 1, "the line")
        (said,) = [note.message for note in driver.app._notifications]
        assert said == f"Something went wrong (ValueError); the details are in {places.log_file()}"
        driver.app.services.troubles.clear()
    log = places.log_file().read_text("utf-8")
    assert "in fail" in log
    assert WORDS not in log


async def test_the_index_is_brought_in_step_although_another_was_writing_it(
    folder: Path, sample_article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.index_sync.WAIT", 0.0)
    async with running(folder) as driver:
        with write_lock(folder / "index", 0.0) as held, Library.open(folder) as other:
            assert held
            import_paths(other, [str(sample_article)], story="another")
            await driver.until(lambda: "1 behind the library" in driver.app.services.index_note, "the note")
        await driver.until(
            lambda: "in step with the library, 16" in driver.app.services.index_note, "the index"
        )


async def test_a_library_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "library.db").write_bytes(b"this is no database" * 100)
    app = CrossreadApp(library_folder=tmp_path / "library", clock=HandClock())
    async with app.run_test(size=(80, 24)) as pilot:
        driver = Driver(app, pilot)
        await driver.sees("library.db", "Quit")
        await driver.press("slash", "a", "escape", "3", "c", "a", "1", "q")
    assert app.return_code == 4


@pytest.mark.slow
async def test_a_source_of_a_megabyte_opens_and_is_searched(tmp_path: Path) -> None:
    sentence = "The tide tables of Cape Sorrow were printed again, and the harbour master kept one. "
    text = "\n\n".join([sentence * 8] * 1500)
    long_title = "A very long title that goes on and on " * 20
    draft = ParsedSource(text, (Zone(ZoneKind.BODY, 0, len(text)),), key="one", number=1, title=long_title)

    def lose(_anchor: Anchor, _text: str, _former: str | None) -> FoundAnchor:
        return FoundAnchor(None, NoteState.ORPHAN, 0.0)

    with Library.open(tmp_path / "library") as library:
        library.ingest(ParsedFile("text", (draft,), title="Tides"), slug="tides", path=None, reanchor=lose)
    async with running(tmp_path / "library", (80, 24)) as driver:
        await driver.sees("A very long title", "…")
        await driver.press("slash")
        await driver.type("harbour master")
        await driver.until(lambda: driver.main.state.search.hits, "results")
        await driver.press("escape", "G")
        await driver.sees("100%")
        await driver.press("n")
        await driver.sees("No further hit")


async def test_the_frame_follows_the_size_of_the_terminal(folder: Path) -> None:
    async with running(folder, (200, 50)) as driver:
        main = driver.main
        cursor = main.reader.document.text.index("telephone")
        main.reader.go_to(cursor)
        for size, left, right in (((120, 40), True, True), ((80, 24), True, False), ((60, 20), False, False)):
            await driver.pilot.resize_terminal(*size)
            await driver.until(
                lambda left=left, right=right: (  # type: ignore[misc]  # bound at once
                    main.query_one("#left").has_class("-away") != left
                    and main.query_one("#right").has_class("-away") != right
                ),
                f"the panes of {size}",
            )
            assert main.reader.cursor == cursor
            await driver.sees("telephone")
        await driver.press("shift+tab")
        await driver.sees("▸ Library")
        await driver.press("tab")
        await driver.sees("▸ harbour-deal/1")
        await driver.press("e")
        await driver.sees("▸ Evidence")
        await driver.press("escape")
        await driver.sees("▸ harbour-deal/1")
