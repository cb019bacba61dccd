from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from sources.model import NoteFields, Ref, Span
from sources.notes.anchoring import make_anchor
from tests.app.conftest import running
from tui.app.widgets.reader import MarkKind

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.conftest import Driver

FIRST = Ref("harbour-deal", 1)


async def write(driver: Driver, words: str, *keys: str) -> None:
    await driver.press("a")
    await driver.sees("Note on harbour-deal/")
    await driver.type(words)
    await driver.press(*keys)


async def test_a_selection_made_with_motions_is_what_the_note_stands_on(folder: Path) -> None:
    async with running(folder) as driver:
        reader = driver.main.reader
        place = reader.document.text.index("Ada Moss told")
        reader.go_to(place)
        await driver.press("v", "e", "e")
        await driver.sees("2 words selected")
        await write(driver, "who is she", "ctrl+s")
        await driver.until(lambda: driver.main.state.notes, "the note")
        anchor = driver.main.state.notes[0].targets[0].anchor
        assert (anchor.start, anchor.quote) == (place, "Ada Moss")
        assert reader.selection is None
        (mark,) = reader.marks(MarkKind.NOTE)
        assert (mark.start, mark.end) == (place, place + len("Ada Moss"))


async def test_what_was_begun_and_not_saved_is_a_draft(folder: Path) -> None:
    async with running(folder) as driver:
        await write(driver, "half a thou", "escape")
        await driver.sees("Kept as a draft")
        assert not driver.main.state.notes
        await driver.press("q")
    async with running(folder) as driver:
        await driver.press("a")
        await driver.sees("half a thou")
        await driver.type("ght")
        await driver.press("ctrl+s")
        await driver.until(lambda: driver.main.state.notes, "the note")
        assert driver.main.state.notes[0].text == "half a thought"
        assert driver.app.services.require_library().drafts() == ()


async def test_an_empty_note_is_not_saved_silently(folder: Path) -> None:
    async with running(folder) as driver:
        await write(driver, "", "ctrl+s")
        await driver.sees("There is nothing to save yet")


async def test_every_change_to_a_note_can_be_taken_back(folder: Path) -> None:
    async with running(folder) as driver:
        desk = driver.main.state
        await write(driver, "one", "ctrl+s")
        await driver.until(lambda: desk.notes, "the note")
        await driver.at_rest()
        await driver.press("E")
        await driver.sees("Note on")
        await driver.type(" two")
        await driver.press("ctrl+s")
        await driver.until(lambda: desk.notes[0].text == "one two", "the edit")
        await driver.at_rest()
        await driver.press("x")
        await driver.until(lambda: not desk.notes, "the note to go")
        await driver.at_rest()
        for texts in (["one two"], ["one"], []):
            await driver.press("u")
            await driver.until(lambda texts=texts: [note.text for note in desk.notes] == texts, f"{texts}")  # type: ignore[misc]  # bound at once
            await driver.at_rest()
        await driver.press("u")
        await driver.sees("Nothing to undo.")
        with Library.open(folder) as library:
            assert library.notes() == ()


async def test_the_list_of_notes_is_filtered_and_leads_to_their_places(folder: Path) -> None:
    with Library.open(folder) as library:
        for number, text in ((2, "glass wall again"), (9, "who told them")):
            source = library.source(Ref("harbour-deal", number))
            library.create_note(
                NoteFields(text, tags=(f"t{number}",)),
                [(source.ref, make_anchor(source.text, Span(80, 120)))],
            )
    async with running(folder) as driver:
        await driver.press("4")
        await driver.sees("glass wall again", "who told them")
        await driver.press("f")
        await driver.type("#t9")
        await driver.misses("glass wall again")
        await driver.press("enter", "enter")
        await driver.until(lambda: driver.main.state.ref == Ref("harbour-deal", 9), "the note's source")
        assert driver.main.view == "read"
        assert driver.main.reader.cursor == 80


@pytest.mark.long
async def test_a_note_without_a_place_is_shown_as_an_orphan(folder: Path) -> None:
    with Library.open(folder) as library:
        source = library.source(FIRST)
        library.create_note(NoteFields("keep me"), [(FIRST, make_anchor(source.text, Span(80, 120)))])
        library.remove(FIRST)
    async with running(folder) as driver:
        await driver.press("4")
        await driver.sees("keep me", "orphan", "its passage is gone")
        await driver.press("enter")
        await driver.sees("The passage of this note is gone")


async def test_another_process_is_followed(folder: Path) -> None:
    async with running(folder) as driver:
        with Library.open(folder) as library:
            source = library.source(FIRST)
            library.create_note(
                NoteFields("from outside"), [(FIRST, make_anchor(source.text, Span(80, 120)))]
            )
        driver.main.library.poll()
        await driver.sees("from outside")
        with Library.open(folder) as library:
            library.remove(Ref("harbour-deal", 2))
        driver.main.library.poll()
        await driver.until(
            lambda: Ref("harbour-deal", 2) not in driver.main.state.listing.refs("harbour-deal")
        )
        await driver.at_rest()
        assert "14 texts" in driver.app.services.index_note


async def test_a_passage_is_copied_with_its_source(folder: Path) -> None:
    async with running(folder) as driver:
        driver.main.reader.go_to(driver.main.reader.document.text.index("Ada Moss told"))
        await driver.press("v", "e", "e", "Y", "c")
        await driver.sees("Copied with its source.")
        assert driver.app.clipboard.startswith("“Ada Moss” — Northport sells 49%")
        assert driver.app.clipboard.endswith("harbour-deal/1")


async def test_a_passage_that_is_a_quote_is_not_quoted_twice(folder: Path) -> None:
    async with running(folder) as driver:
        reader = driver.main.reader
        reader.go_to(reader.document.text.index('"The harbour stays open'))
        await driver.press("a")
        await driver.sees("Note on", '"The harbour stays open')
        assert '“"The' not in driver.screen


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_how_to_keep_or_discard_what_is_written_is_seen_at_every_size(
    folder: Path, size: tuple[int, int]
) -> None:
    async with running(folder, size) as driver:
        await driver.press("v", "down", "down", "down", "down", "down")
        await driver.press("a")
        await driver.sees("ctrl+s save", "esc keep as draft", "alt+x discard")
