from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.errors import UnknownReference
from sources.model import Anchor, NoteFields, NoteState, Ref, Span
from tests.library.parsed_files import BRIDGE, FERRY, MARKET, article, page, put, records

if TYPE_CHECKING:
    from sources.library import Library

ONE, TWO = Ref("saltmarsh", 1), Ref("saltmarsh", 2)


def test_a_removed_source_leaves_no_text_behind(library: Library) -> None:
    put(library, page(FERRY, "Versteckte Brücken. Nobody saw them."))
    put(library, page(FERRY, "Versteckte Brücken. Somebody saw them."))
    removal = library.remove(TWO)
    assert removal.refs == (TWO,)
    assert library.refs() == (ONE,)
    with pytest.raises(UnknownReference):
        library.source(TWO)
    page_left = library.story("saltmarsh").page
    assert page_left is not None
    assert page_left.text == f"[1]\n{FERRY}\n"
    assert library.check() == ()
    everything = b"".join(path.read_bytes() for path in library.folder.iterdir())
    assert "Brücken".encode() not in everything


def test_notes_on_a_removed_source_keep_their_quotes_and_find_it_again(library: Library) -> None:
    put(library, page(FERRY, BRIDGE, MARKET))
    anchor = Anchor.at(BRIDGE, Span(0, 14))
    note = library.create_note(NoteFields("Why May?"), [(TWO, anchor)])
    binned = library.create_note(NoteFields("Old."), [(TWO, anchor)])
    library.remove_note(binned.id)
    assert library.remove(TWO).orphaned_notes == 1
    (target,) = library.note(note.id).targets
    assert (target.ref, target.anchor, target.state) == (TWO, anchor, NoteState.ORPHAN)
    put(library, page(FERRY, BRIDGE, MARKET))
    assert library.note(note.id) == note


def test_a_new_source_never_takes_the_number_that_a_note_speaks_of(library: Library) -> None:
    put(library, article(FERRY), path="/in/a.txt")
    put(library, article(BRIDGE), path="/in/b.txt")
    library.create_note(NoteFields("Why?"), [(TWO, Anchor.at(BRIDGE, Span(0, 7)))])
    library.remove(TWO)
    assert put(library, article(MARKET), path="/in/c.txt").added == (Ref("saltmarsh", 3),)
    assert put(library, article(BRIDGE), path="/in/b.txt").added == (TWO,)


def test_a_whole_story_goes_and_comes_back(library: Library) -> None:
    put(library, page(FERRY, BRIDGE, summary="Ferry and bridge.12"))
    put(library, records(MARKET), slug="fish", path="/in/fish.jsonl")
    note = library.create_note(NoteFields("Why May?"), [(TWO, Anchor.at(BRIDGE, Span(0, 14)))])
    removal = library.remove("saltmarsh")
    assert removal.refs == (ONE, TWO, Ref("saltmarsh", None))
    assert removal.orphaned_notes == 1
    assert [story.slug for story in library.stories()] == ["fish"]
    put(library, page(FERRY, BRIDGE, summary="Ferry and bridge.12"))
    assert library.notes() == (note,)
    assert library.check() == ()


def test_a_story_goes_with_its_last_source(library: Library) -> None:
    put(library, article(FERRY))
    library.remove(ONE)
    assert library.stories() == ()


def test_removing_what_is_not_there_changes_nothing(library: Library) -> None:
    put(library, article(FERRY))
    with pytest.raises(UnknownReference):
        library.remove(TWO)
    with pytest.raises(UnknownReference):
        library.remove("elsewhere")
    assert library.change_number == 1
