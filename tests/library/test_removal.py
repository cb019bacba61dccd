from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.errors import RequestError, UnknownReference
from sources.model import Anchor, LabelFields, NoteFields, NoteState, Ref, Span
from tests.library.parsed_files import BRIDGE, FERRY, MARKET, article, page, put, records

if TYPE_CHECKING:
    from sources.library import Library

ONE, TWO = Ref("saltmarsh", 1), Ref("saltmarsh", 2)


def test_a_removed_source_leaves_no_text_behind(library: Library) -> None:
    put(library, page(FERRY, "Versteckte Brücken. Nobody saw them."))
    put(library, page(FERRY, "Versteckte Brücken. Somebody saw them."))
    removal = library.remove(TWO, forever=True)
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


def test_a_moved_source_takes_its_versions_notes_and_labels_along(library: Library) -> None:
    put(library, article(FERRY), path="/in/a.txt")
    put(library, article(BRIDGE), path="/in/b.txt", slug="lone")
    put(library, article(BRIDGE.replace("May", "June")), path="/in/b.txt", slug="lone")
    lone, before = Ref("lone", 1), library.change_number
    text = library.source(lone).text
    anchor = Anchor.at(text, Span(0, 14))
    note = library.create_note(NoteFields("Why June?"), [(lone, anchor)])
    on_story = library.create_note(NoteFields("A lone one."), [(Ref.of_story("lone"), Anchor.whole())])
    library.add_label(LabelFields("claim"))
    library.mark("claim", lone, anchor, coder="ada")
    home = library.move(lone, "saltmarsh")
    assert home == TWO
    assert library.source(home).text == text
    assert library.source(home, version=1).text == BRIDGE
    assert not library.has_story("lone")
    (target,) = library.note(note.id).targets
    assert (target.ref, target.anchor) == (home, anchor)
    assert target.state is not NoteState.ORPHAN
    (span,) = library.label_spans()
    assert (span.ref, span.span) == (home, Span(0, 14))
    assert library.note(on_story.id).targets[0].state is NoteState.ORPHAN
    changes = library.changes_since(before)
    assert (changes.changed, changes.removed) == ((home,), (lone,))
    assert library.check() == ()
    assert library.story_of_path("/in/b.txt") == "saltmarsh"  # where the file goes when it comes again


def test_a_source_of_a_page_that_moves_leaves_the_page_once_it_is_gone_for_good(library: Library) -> None:
    put(library, page(FERRY, BRIDGE))
    put(library, article(MARKET), path="/in/m.txt", slug="lone")
    assert library.move(ONE, "lone") == Ref("lone", 2)
    library.remove(Ref("lone", 2), forever=True)
    kept = library.story("saltmarsh").page
    assert kept is not None
    assert kept.text == f"[2]\n{BRIDGE}\n"
    assert library.check() == ()


def test_only_a_source_moves_and_to_another_story_that_is_there(library: Library) -> None:
    put(library, article(FERRY))
    with pytest.raises(UnknownReference):
        library.move(ONE, "nowhere")
    with pytest.raises(RequestError, match="another story"):
        library.move(ONE, "saltmarsh")
    assert library.refs() == (ONE,)
