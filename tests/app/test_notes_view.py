from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import TextArea

from sources.errors import LibraryError
from sources.importing import import_paths
from sources.library import Library
from sources.model import Anchor, NoteFields, NoteState, Ref, Span, TargetKind
from sources.notes.anchoring import make_anchor
from tests.app.conftest import running
from tui.app.messages import OpenSource

if TYPE_CHECKING:
    from pathlib import Path

    from sources.model import Note, NoteDraft

FIRST, SECOND = Ref("harbour-deal", 1), Ref("harbour-deal", 2)


def add(folder: Path, text: str, ref: Ref = FIRST, *, start: int = 80, **fields: object) -> Note:
    with Library.open(folder) as library:
        source = library.source(ref)
        anchor = make_anchor(source.text, Span(start, start + 40))
        return library.create_note(NoteFields(text, **fields), [(ref, anchor)])  # type: ignore[arg-type]  # as given


async def test_what_is_typed_is_kept_before_it_is_saved(folder: Path) -> None:
    async with running(folder) as driver:
        library = driver.app.services.require_library()
        await driver.press("a")
        await driver.sees("Note on harbour-deal/")
        await driver.type("half a thought")
        await driver.until(lambda: [d.fields.text for d in library.drafts()] == ["half a thought"], "a draft")
        # Whatever ends the app now, the words are in the library.
        assert library.notes() == ()
        await driver.press("escape")
        await driver.sees("Kept as a draft")
        await driver.press("4")
        await driver.sees("Not saved yet", "half a thought")
        await driver.press("enter")
        await driver.sees("Note on harbour-deal/")
        await driver.press("ctrl+s")
        await driver.until(library.notes, "the note")
        await driver.misses("Not saved yet")
        assert library.drafts() == ()


async def test_a_draft_that_is_only_looked_at_again_stays(folder: Path) -> None:
    async with running(folder) as driver:
        library = driver.app.services.require_library()
        await driver.press("a")
        await driver.sees("Note on harbour-deal/")
        await driver.type("half a thought")
        await driver.press("escape")
        await driver.sees("Kept as a draft")
        for _ in range(2):
            await driver.press("a")
            await driver.sees("half a thought")
            await driver.press("escape")
            await driver.misses("Note on harbour-deal/")
            await driver.at_rest()
            assert [draft.fields.text for draft in library.drafts()] == ["half a thought"]


@pytest.mark.long
async def test_a_draft_of_an_edit_that_is_only_looked_at_again_stays(folder: Path) -> None:
    note = add(folder, "saved words", labels=("claim",))
    async with running(folder) as driver:
        library = driver.app.services.require_library()
        await driver.press("4")
        await driver.sees("saved words")
        for typed in (" and more", ""):
            await driver.press("E")
            await driver.sees("Note on harbour-deal/1")
            await driver.type(typed)
            await driver.press("escape")
            await driver.misses("Note on harbour-deal/1")
            await driver.at_rest()
            assert [draft.fields.text for draft in library.drafts()] == ["saved words and more"]
        # Words that are taken back by hand are those of the note, and no draft any more.
        await driver.press("E")
        await driver.sees("saved words and more")
        await driver.press(*["backspace"] * len(" and more"), "escape")
        await driver.sees("The draft is empty and gone.")
        assert library.drafts() == ()
        # That a note is to be without words is a change like others.
        await driver.press("E")
        await driver.sees("Note on harbour-deal/1")
        await driver.press(*["backspace"] * len("saved words"), "escape")
        await driver.sees("Kept as a draft")
        assert [draft.fields.text for draft in library.drafts()] == [""]
        assert library.note(note.id).text == "saved words"


@pytest.mark.long
async def test_words_are_discarded_on_purpose_and_not_silently(folder: Path) -> None:
    async with running(folder) as driver:
        library = driver.app.services.require_library()
        await driver.press("a")
        await driver.sees("alt+x discard")
        await driver.press("alt+x")  # nothing is typed, and nothing is asked
        await driver.misses("Note on harbour-deal/")
        await driver.press("a")
        await driver.sees("Note on harbour-deal/")
        await driver.type("nonsense")
        await driver.press("alt+x")
        await driver.sees("Discard what you wrote")
        await driver.press("n")
        await driver.sees("nonsense")
        await driver.until(library.drafts, "the draft")
        await driver.press("alt+x")
        await driver.sees("Discard what you wrote")
        await driver.press("y")
        await driver.sees("Discarded what you wrote.")
        await driver.at_rest()
        assert not library.drafts()
        assert not library.notes()
        await driver.press("a")
        await driver.sees("Note on harbour-deal/")
        await driver.misses("nonsense")


async def test_a_draft_in_the_list_is_discarded_after_a_question(folder: Path) -> None:
    async with running(folder) as driver:
        library = driver.app.services.require_library()
        await driver.press("a")
        await driver.sees("Note on harbour-deal/")
        await driver.type("half a thought")
        await driver.press("escape")
        await driver.sees("Kept as a draft")
        await driver.press("4")
        await driver.sees("Not saved yet")
        await driver.press("x")
        await driver.sees("Discard what you wrote")
        await driver.press("n")
        assert library.drafts()
        await driver.press("x", "y")
        await driver.sees("Discarded what you wrote.")
        assert library.drafts() == ()


async def test_what_is_typed_last_is_kept_when_the_app_is_closed(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.press("a")
        await driver.sees("Note on harbour-deal/")
        # The clock that keeps the words does not tick between these two.
        driver.app.screen.query_one(TextArea).load_text("a thought to the end")
        await driver.press("ctrl+q")
    with Library.open(folder) as library:
        assert [draft.fields.text for draft in library.drafts()] == ["a thought to the end"]


@pytest.mark.long
async def test_two_windows_on_one_passage_keep_the_drafts_of_both(folder: Path) -> None:
    async with running(folder) as one, running(folder) as other:
        library = one.app.services.require_library()
        for driver in (one, other):
            await driver.press("a")
            await driver.sees("Note on harbour-deal/")
        await one.type("from here")
        await one.until(library.drafts, "the draft")
        await other.type("from there")
        await other.press("escape")
        await other.sees("Kept as a draft")
        assert {draft.fields.text for draft in library.drafts()} == {"from here", "from there"}
        await one.press("ctrl+s")
        await one.until(library.notes, "the note")
        assert [draft.fields.text for draft in library.drafts()] == ["from there"]
        await other.press("4")
        await other.sees("from there")
        other.main.notes_view.listing.highlight(f"draft:{library.drafts()[0].key}")
        await other.press("enter")
        await other.sees("Note on harbour-deal/")
        await other.press("ctrl+s")
        await other.until(lambda: not library.drafts(), "the draft to be a note")
        assert {note.text for note in library.notes()} == {"from here", "from there"}


@pytest.mark.long
async def test_an_empty_editor_leaves_the_draft_of_another_window(folder: Path) -> None:
    async with running(folder) as one, running(folder) as other:
        library = one.app.services.require_library()
        for driver in (one, other):
            await driver.press("a")
            await driver.sees("Note on harbour-deal/")
        await one.type("from here")
        await one.until(library.drafts, "the draft")
        await other.press("escape")
        await other.misses("Note on harbour-deal/")
        await other.at_rest()
        assert library.drafts()


@pytest.mark.long
async def test_a_note_that_cannot_be_saved_stays_on_the_screen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_library: Library, *_given: object, **_named: object) -> Note:
        raise LibraryError("There is no room left on the disk.")

    def no_draft(_library: Library, _draft: NoteDraft, **_named: object) -> str:
        raise LibraryError("There is no room left on the disk.")

    async with running(folder) as driver:
        monkeypatch.setattr(Library, "create_note", full)
        monkeypatch.setattr(Library, "save_draft", no_draft)
        await driver.press("a")
        await driver.sees("Note on harbour-deal/")
        await driver.type("precious words")
        await driver.press("ctrl+s")
        await driver.sees("Not saved: There is no room left on the disk.", "precious words")
        await driver.press("escape")
        await driver.sees("No draft could be kept: There is no room left on the disk.", "precious words")
        monkeypatch.undo()
        await driver.press("ctrl+s")
        await driver.until(lambda: driver.main.state.notes, "the note")
        assert driver.main.state.notes[0].text == "precious words"


async def test_a_whole_source_and_a_whole_story_have_notes_too(folder: Path) -> None:
    async with running(folder) as driver:
        library = driver.app.services.require_library()
        driver.main.set_focus(driver.main.library_pane.listing)
        driver.main.library_pane.listing.highlight("story:harbour-deal")
        await driver.press("a")
        await driver.sees("Note on harbour-deal")
        await driver.type("all of it")
        await driver.press("ctrl+s")
        await driver.until(library.notes, "the note on the story")
        assert library.notes()[0].targets[0].kind is TargetKind.STORY
        driver.main.library_pane.listing.highlight(str(SECOND))
        await driver.press("a")
        await driver.sees("Note on harbour-deal/2")
        await driver.type("the wire")
        await driver.press("ctrl+s")
        await driver.until(lambda: len(library.notes()) == 2, "the note on the source")
        assert library.notes()[1].targets[0].kind is TargetKind.SOURCE
        await driver.press("4")
        await driver.sees("all of it", "the wire")
        await driver.press("G", "enter")
        await driver.until(
            lambda: driver.main.view == "story" or driver.main.state.ref == SECOND, "its place"
        )


@pytest.mark.long
async def test_two_passages_are_linked_by_taking_a_note_along(folder: Path) -> None:
    add(folder, "price is 4.2")
    async with running(folder) as driver:
        await driver.press("4")
        await driver.sees("price is 4.2")
        await driver.press("t")
        await driver.sees("linking note")
        driver.main.reading.open(OpenSource(SECOND, at=200))
        await driver.until(lambda: driver.main.state.ref == SECOND, "the other source")
        await driver.press("t")
        await driver.sees("the first", "contradicts")
        await driver.press("tab", "tab")
        await driver.type("contradicts")
        await driver.press("ctrl+s")
        library = driver.app.services.require_library()
        await driver.until(lambda: library.notes()[0].relation == "contradicts", "the relation")
        assert [target.ref for target in library.notes()[0].targets] == [FIRST, SECOND]
        await driver.until(lambda: driver.main.state.notes, "the note here")
        await driver.press("4")
        await driver.sees("harbour-deal/1 ⇄ harbour-deal/2 contradicts")


async def test_a_lost_note_finds_a_new_place_by_hand(folder: Path) -> None:
    with Library.open(folder) as library:
        library.create_note(
            NoteFields("keep me"), [(FIRST, Anchor(3, 20, "words that are nowhere", "none ", " none"))]
        )
    async with running(folder) as driver:
        await driver.press("4")
        await driver.sees("Lost their passage", "keep me")
        await driver.press("t")
        await driver.until(lambda: driver.main.view == "read", "its source")
        driver.main.reader.go_to(300)
        await driver.press("t")
        await driver.sees("The note is attached.")
        library = driver.app.services.require_library()
        assert not library.notes()[0].is_orphan


async def test_escape_leaves_a_note_that_was_taken_along(folder: Path) -> None:
    add(folder, "stay")
    async with running(folder) as driver:
        await driver.press("4")
        await driver.sees("stay")
        await driver.press("t")
        await driver.sees("linking note")
        await driver.press("escape")
        await driver.misses("linking note")
        assert len(driver.app.services.require_library().notes()[0].targets) == 1


async def test_the_bin_gives_back_and_every_change_is_done_again(folder: Path) -> None:
    add(folder, "first words")
    async with running(folder) as driver:
        library = driver.app.services.require_library()
        await driver.press("4")
        await driver.sees("first words")
        await driver.press("x")
        await driver.until(lambda: not library.notes(), "the note to go")
        await driver.press("u")
        await driver.until(library.notes, "the note to come back")
        await driver.press("U")
        await driver.until(lambda: not library.notes(), "the note to go again")
        await driver.at_rest()
        await driver.press("B")
        await driver.sees("Bin", "first words", "30 days left")
        await driver.press("R")
        await driver.until(library.notes, "the note to come out of the bin")
        await driver.sees("The bin is empty.")


@pytest.mark.parametrize("place", ["in the notes", "among the labels"])
async def test_a_passage_that_comes_back_is_where_the_text_has_it_now(
    place: str, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "tide.txt"
    told = "The tide came late.\n\nNobody at the pier could say why it did, or when.\n"
    ref = Ref("tide", 1)

    def anchor(quote: str) -> Anchor:
        start = told.index(quote)
        return make_anchor(told, Span(start, start + len(quote)))

    with Library.open(folder) as library:
        file.write_text(told)
        import_paths(library, [str(file)], story="tide")
        library.create_note(NoteFields("who?"), [(ref, anchor("Nobody at the pier"))])
        library.set_note_places(1, [(ref, anchor("or when"))])
        file.write_text(f"Fog and rain all day.\n\n{told}")
        import_paths(library, [str(file)], story="tide")
    async with running(folder) as driver:
        library = driver.app.services.require_library()
        if place == "in the notes":
            await driver.press("4")
            await driver.sees("who?")
        else:
            await driver.press("I")
            await driver.sees("esc back")
            await driver.at_rest()
        for key, quote in (("u", "Nobody at the pier"), ("U", "or when")):
            await driver.press(key)
            await driver.until(lambda quote=quote: library.note(1).targets[0].anchor.quote == quote)  # type: ignore[misc]  # bound at once
            (target,) = library.note(1).targets
            assert target.state is NoteState.MOVED
            assert target.anchor.start == library.source(ref).text.index(quote)
            await driver.at_rest()


async def test_pinned_notes_stand_first_and_the_rest_in_groups(folder: Path) -> None:
    add(folder, "old but pinned", tags=("price",))
    add(folder, "tagged", SECOND, tags=("claim",))
    add(folder, "bare", Ref("harbour-deal", 3), colour="green")
    async with running(folder) as driver:
        await driver.press("4")
        await driver.sees("old but pinned", "bare")
        listing = driver.main.notes_view.listing
        listing.highlight(next(row.key for row in listing.rows if "pinned" in row.cells.plain))
        await driver.press("+")
        await driver.sees("Others")  # the list is drawn again; "Pinned." is said before that
        lines = driver.screen.splitlines()
        place = {
            word: next(i for i, line in enumerate(lines) if word in line) for word in ("old but", "bare")
        }
        assert place["old but"] < place["bare"]
        await driver.press("S", "S")
        await driver.sees("by tag", "no tag", "claim")
        await driver.press("S", "S")
        await driver.sees("by colour", "green", "no colour")


async def test_a_filter_that_is_none_is_complained_of_when_the_keys_pause(folder: Path) -> None:
    add(folder, "anything")
    add(folder, "on top", SECOND, pinned=True)
    async with running(folder) as driver:
        await driver.press("4")
        await driver.sees("anything", "on top")
        await driver.press("f")
        await driver.type("is:lost")
        await driver.sees("use is: with one of")
        await driver.press(*["backspace"] * len("lost"))
        await driver.type("orphan OR is:pinned")
        await driver.misses("anything")
        await driver.sees("on top")
