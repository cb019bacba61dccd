from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.errors import RequestError, UnknownReference
from sources.library import Library
from sources.model import Anchor, NoteFields, NoteState, Ref, Span
from tests.library.parsed_files import BRIDGE, FERRY, MARKET, article, page, put

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = Ref("saltmarsh", 1), Ref("saltmarsh", 2)


def on(text: str, words: str) -> Anchor:
    start = text.index(words)
    return Anchor.at(text, Span(start, start + len(words)))


def test_a_note_is_kept_with_its_passages_and_tidy_words(library: Library) -> None:
    put(library, page(FERRY, BRIDGE))
    note = library.create_note(
        NoteFields(
            "Who\x1b[31m says so?\r\n",
            tags=("#claim", " claim ", "to check", "##", ""),
            labels=("contradicts 2",),
        ),
        [(ONE, on(FERRY, "late again")), (TWO, on(BRIDGE, "3 million"))],
    )
    assert note.text == "Who[31m says so?"
    assert note.tags == ("claim", "to-check")
    assert note.labels == ("contradicts-2",)
    assert [(target.ref, target.anchor.quote) for target in note.targets] == [
        (ONE, "late again"),
        (TWO, "3 million"),
    ]
    assert note.created == note.modified
    assert library.note(note.id) == note
    assert [entry.notes for entry in library.entries()] == [1, 1]


def test_notes_are_listed_by_story_source_and_tag(library: Library) -> None:
    put(library, page(FERRY, BRIDGE))
    put(library, article(MARKET), slug="fish", path="/in/fish.txt")
    first = library.create_note(NoteFields("a", tags=("boats",)), [(ONE, on(FERRY, "ferry"))])
    second = library.create_note(NoteFields("b"), [(TWO, on(BRIDGE, "bridge")), (ONE, on(FERRY, "pier"))])
    third = library.create_note(NoteFields("c", tags=("boats",)), [(Ref("fish", 1), on(MARKET, "fish"))])
    assert library.notes() == (first, second, third)
    assert library.notes(story="saltmarsh") == (first, second)
    assert library.notes(ref=TWO) == (second,)
    assert library.notes(tag="#boats") == (first, third)
    assert library.notes(tag="boats", story="fish") == (third,)
    assert library.notes(tag="#") == ()


def test_editing_changes_only_what_is_given(tmp_path: Path) -> None:
    moments = iter(f"2031-06-12T10:00:{second}Z" for second in range(10, 60))
    with Library.open(tmp_path / "library", clock=lambda: next(moments)) as library:
        put(library, page(FERRY))
        note = library.create_note(
            NoteFields("First.", tags=("a",), labels=("b",)), [(ONE, on(FERRY, "pier"))]
        )
        edited = library.edit_note(note.id, tags=["c"])
        assert (edited.text, edited.tags, edited.labels) == ("First.", ("c",), ("b",))
        assert edited.created == note.created == note.modified < edited.modified
        assert library.edit_note(note.id, text="Second.").tags == ("c",)


def test_two_who_edit_different_fields_do_not_undo_each_other(library: Library) -> None:
    put(library, page(FERRY))
    note = library.create_note(NoteFields("First."), [(ONE, on(FERRY, "pier"))])
    with Library.open(library.folder) as other:
        library.edit_note(note.id, text="Mine.")
        other.edit_note(note.id, tags=["theirs"])
    assert (library.note(note.id).text, library.note(note.id).tags) == ("Mine.", ("theirs",))


def test_a_removed_note_can_be_restored(library: Library) -> None:
    put(library, page(FERRY))
    note = library.create_note(NoteFields("Keep me.", tags=("a",)), [(ONE, on(FERRY, "pier"))])
    library.remove_note(note.id)
    assert library.notes() == ()
    assert library.entries()[0].notes == 0
    assert [(each.id, each.text) for each in library.removed_notes()] == [(note.id, note.text)]
    with pytest.raises(UnknownReference, match="restore it first"):
        library.edit_note(note.id, text="x")
    with pytest.raises(UnknownReference, match="restore it first"):
        library.remove_note(note.id)
    assert library.restore_note(note.id) == note
    assert library.notes() == (note,)


def test_a_note_needs_a_passage_of_a_source_that_is_there(library: Library) -> None:
    put(library, page(FERRY))
    with pytest.raises(RequestError, match="needs a passage"):
        library.create_note(NoteFields("Nowhere."), [])
    with pytest.raises(UnknownReference, match="saltmarsh/7"):
        library.create_note(NoteFields("Nowhere."), [(Ref("saltmarsh", 7), on(FERRY, "pier"))])
    with pytest.raises(UnknownReference, match="no note 1"):
        library.note(1)
    with pytest.raises(UnknownReference, match="no note 1"):
        library.restore_note(1)
    assert library.notes() == ()


def test_words_are_not_lost_when_the_text_changed_while_they_were_written(library: Library) -> None:
    put(library, page(FERRY))
    anchor = on(FERRY, "late again")
    put(library, page("Overnight. " + FERRY))
    note = library.create_note(NoteFields("Still true?"), [(ONE, anchor)])
    assert note.targets[0].state is NoteState.ORPHAN
    put(library, page("Overnight, it rained. " + FERRY))
    assert library.note(note.id).targets[0].state is NoteState.MOVED


def test_a_note_follows_its_passage_through_a_new_version(library: Library) -> None:
    put(library, page(FERRY))
    note = library.create_note(NoteFields("Which one?"), [(ONE, on(FERRY, "the pier"))])
    changed = "Saltmarsh woke to fog. " + FERRY
    put(library, page(changed))
    (target,) = library.note(note.id).targets
    assert target.state is NoteState.MOVED
    assert changed[target.anchor.start : target.anchor.end] == "the pier"
    assert library.note(note.id).modified == note.modified
    assert library.check() == ()


def test_a_note_whose_passage_went_is_an_orphan_until_it_comes_back(library: Library) -> None:
    put(library, page(FERRY))
    note = library.create_note(NoteFields("Why?"), [(ONE, on(FERRY, "Nobody at the pier could say why."))])
    put(library, page("The ferry to Saltmarsh was late again."))
    (target,) = library.note(note.id).targets
    assert (target.state, target.confidence) == (NoteState.ORPHAN, 0.0)
    assert target.anchor.quote == "Nobody at the pier could say why."
    put(library, page(FERRY))
    (target,) = library.note(note.id).targets
    assert (target.state, target.confidence, target.made) == (NoteState.ANCHORED, 1.0, None)
    assert (target.anchor, target.version) == (note.targets[0].anchor, 3)


def test_an_uncertain_find_stays_uncertain_in_later_versions(library: Library) -> None:
    put(library, page(FERRY))
    note = library.create_note(NoteFields("Why?"), [(ONE, on(FERRY, "Nobody at the pier could say why."))])
    put(library, page(FERRY.replace("Nobody at the pier", "Somebody at the quay")))
    unsure = library.note(note.id).targets[0]
    assert unsure.state is NoteState.MOVED
    assert unsure.confidence < 1
    put(library, page(FERRY.replace("Nobody at the pier", "Somebody at the quay") + " It rained."))
    later = library.note(note.id).targets[0]
    assert (later.state, later.confidence <= unsure.confidence) == (NoteState.MOVED, True)


def test_notes_go_with_their_text_when_a_page_numbers_its_texts_anew(library: Library) -> None:
    put(library, page(FERRY, BRIDGE))
    on_ferry = library.create_note(NoteFields("ferry"), [(ONE, on(FERRY, "the pier"))])
    on_bridge = library.create_note(NoteFields("bridge"), [(TWO, on(BRIDGE, "3 million"))])
    put(library, page(MARKET, FERRY, BRIDGE))
    assert library.note(on_ferry.id).targets[0].ref == TWO
    assert library.note(on_bridge.id).targets[0].ref == Ref("saltmarsh", 3)
    assert library.note(on_bridge.id).targets[0].state is NoteState.MOVED
    assert library.check() == ()
