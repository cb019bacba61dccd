from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from sources.model import NoteState, Ref
from tests.app.conftest import EXTREMES, running

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.long
@pytest.mark.parametrize("size", EXTREMES)
async def test_a_source_is_removed_after_a_question_that_names_its_notes(
    folder: Path, size: tuple[int, int]
) -> None:
    gone = Ref("harbour-deal", 1)
    async with running(folder, size) as driver:
        await driver.press("a")
        await driver.sees("Note on harbour-deal/1")
        await driver.type("worth a call")
        await driver.press("ctrl+s")
        await driver.until(lambda: driver.main.state.notes, "the note")
        await driver.at_rest()
        await driver.press("X")
        await driver.sees("Remove harbour-deal/1?", "1 note loses its passage", "worth a call", "Keep it")
        await driver.press("enter")
        await driver.misses("Remove harbour-deal/1?")
        await driver.press("X")
        await driver.sees("Remove harbour-deal/1?")
        await driver.press("y")
        await driver.until(lambda: driver.main.state.ref != gone, "the text to go")
        await driver.at_rest()
        index = driver.app.services.index
        assert index is not None
        await driver.until(lambda: index.search("ref:harbour-deal/1").total == 0, "the index to follow")
    with Library.open(folder) as library:
        assert gone not in library.refs()
        (note,) = library.notes()
    assert note.targets[0].state is NoteState.ORPHAN


async def test_a_story_is_removed_with_all_its_texts(folder: Path) -> None:
    async with running(folder, (80, 24)) as driver:
        main = driver.main
        main.pane_layout.focus_pane(main.library_pane)
        await driver.press("g", "g", "X")
        await driver.sees("Remove the story harbour-deal?", "14 sources and its summary go to the bin")
        await driver.press("j", "enter")
        await driver.sees("This library is empty")
    with Library.open(folder) as library:
        assert not library.stories()


async def test_a_story_that_another_process_removes_is_no_trouble_to_a_view_that_waits_for_it(
    folder: Path,
) -> None:
    async with running(folder) as driver:
        await driver.press("j", "enter")
        await driver.at_rest()
        with Library.open(folder) as other:
            other.remove("harbour-deal")
        await driver.press("3")
        await driver.sees("There is no story harbour-deal in the library.")
        await driver.at_rest()
        # `running` asserts that nothing was reported as trouble.


async def test_an_answer_after_the_app_was_left_is_dropped(folder: Path) -> None:
    async with running(folder) as driver:
        app, late = driver.app, []
        app.exit()
        app._on_screen(lambda: late.append(app.main_screen.read_view))
        await driver.pilot.pause()
    assert not late
