"""What a user does to notes: colours, links, whole sources and stories, bin, undo, merging, drafts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sources.errors import RequestError, StorageFailed, UnknownReference
from sources.library import Library
from sources.library.database import Database
from sources.library.migrations import STEPS
from sources.model import Anchor, NoteDraft, NoteFields, NoteState, Ref, Span, TargetKind
from sources.notes.anchoring import find_anchor
from sources.text.three_way_merge import FIRST
from tests.library.parsed_files import BRIDGE, FERRY, MARKET, page, put

if TYPE_CHECKING:
    from pathlib import Path

    from sources.model import Note

ONE, TWO = Ref("saltmarsh", 1), Ref("saltmarsh", 2)


def on(text: str, words: str) -> Anchor:
    start = text.index(words)
    return Anchor.at(text, Span(start, start + len(words)))


@pytest.fixture
def note(library: Library) -> Note:
    put(library, page(FERRY, BRIDGE))
    return library.create_note(
        NoteFields("Who says so?\n\nAsk.", tags=("claim",)), [(ONE, on(FERRY, "late again"))]
    )


def test_a_link_says_how_two_passages_stand_to_each_other(library: Library) -> None:
    put(library, page(FERRY, BRIDGE))
    fields = NoteFields("see both", colour="red", pinned=True, relation=" contradicts\n", coder="Ada")
    linked = library.create_note(fields, [(ONE, on(FERRY, "late")), (TWO, on(BRIDGE, "May"))])
    assert (linked.colour, linked.pinned, linked.relation, linked.coder) == (
        "red",
        True,
        "contradicts",
        "Ada",
    )
    assert [str(target.ref) for target in linked.targets] == ["saltmarsh/1", "saltmarsh/2"]
    assert library.notes(ref=TWO) == (linked,)
    with pytest.raises(RequestError, match="not a colour"):
        library.create_note(NoteFields("x", colour="url(x)"), [(ONE, Anchor.whole())])


def test_notes_on_a_whole_source_and_on_a_story_go_and_come_back_with_it(library: Library) -> None:
    put(library, page(FERRY, BRIDGE))
    on_source = library.create_note(NoteFields("dull"), [(TWO, Anchor.whole())])
    on_story = library.create_note(NoteFields("big"), [(Ref.of_story("saltmarsh"), Anchor.whole())])
    assert (on_source.targets[0].kind, on_story.targets[0].kind) == (TargetKind.SOURCE, TargetKind.STORY)
    assert str(on_story.targets[0].ref) == "saltmarsh"
    assert library.check() == ()
    put(library, page(FERRY, BRIDGE.replace("May", "June")))
    assert library.note(on_source.id).targets[0].state is NoteState.ANCHORED
    assert library.remove("saltmarsh").orphaned_notes == 2
    assert all(each.is_orphan for each in library.notes())
    put(library, page(FERRY, BRIDGE))
    assert not any(each.is_orphan for each in library.notes())
    with pytest.raises(UnknownReference, match="no story elsewhere"):
        library.create_note(NoteFields("x"), [(Ref.of_story("elsewhere"), Anchor.whole())])


def test_every_change_is_taken_back_and_done_again(library: Library, note: Note) -> None:
    library.edit_note(note.id, text="They do.", tags=["a", "b"], colour="blue", pinned=True)
    library.set_note_places(note.id, [(ONE, on(FERRY, "late again")), (TWO, on(BRIDGE, "May"))])
    library.remove_note(note.id)
    states = []
    while (entry := library.undo(find_anchor)) is not None:
        states.append((entry.what, [(each.text, each.tags, len(each.targets)) for each in library.notes()]))
    assert states == [
        ("note 1 removed", [("They do.", ("a", "b"), 2)]),
        ("note 1 linked", [("They do.", ("a", "b"), 1)]),
        ("note 1 edited", [("Who says so?\n\nAsk.", ("claim",), 1)]),
        ("note 1 added", []),
    ]
    assert [entry.what for entry in iter(lambda: library.redo(find_anchor), None)] == [
        what for what, _ in reversed(states)
    ]
    assert library.notes() == ()
    restored = library.restore_note(note.id)
    assert (restored.colour, restored.pinned, len(restored.targets)) == ("blue", True, 2)


def test_another_process_can_take_a_change_back(library: Library, note: Note) -> None:
    library.edit_note(note.id, text="Mine.")
    with Library.open(library.folder) as other:
        undone = other.undo(find_anchor)
        assert undone is not None
        assert undone.what == "note 1 edited"
    assert library.note(note.id).text == note.text
    library.edit_note(note.id, text="Newer.")
    assert library.redo(find_anchor) is None


def test_undo_leaves_a_passage_where_it_moved_meanwhile(library: Library, note: Note) -> None:
    library.edit_note(note.id, text="x")
    put(library, page("Fog. " + FERRY, BRIDGE))
    library.undo(find_anchor)
    (target,) = library.note(note.id).targets
    assert (target.state, target.anchor.start) == (NoteState.MOVED, ("Fog. " + FERRY).index("late again"))


def test_undo_of_a_link_whose_text_changed_finds_it_again(library: Library, note: Note) -> None:
    library.set_note_places(note.id, [(TWO, on(BRIDGE, "May"))])
    put(library, page("Fog. " + FERRY, BRIDGE))
    library.undo(find_anchor)
    (target,) = library.note(note.id).targets
    assert (target.state, target.anchor.start) == (NoteState.MOVED, ("Fog. " + FERRY).index("late again"))
    # The same forward: the place that is taken up again is of an earlier text by now.
    put(library, page("Fog. " + FERRY, "Rain. " + BRIDGE))
    library.redo(find_anchor)
    (target,) = library.note(note.id).targets
    assert (target.ref, target.state, target.anchor.start) == (
        TWO, NoteState.MOVED, ("Rain. " + BRIDGE).index("May"),
    )  # fmt: skip


def test_undo_is_not_led_by_the_same_words_that_stand_there_by_chance(library: Library) -> None:
    said = "He paid the sum. Then the council paid the rest, as all of Saltmarsh knew."
    put(library, page(said, BRIDGE))
    second = said.index("paid", 10)
    note = library.create_note(NoteFields("which?"), [(ONE, Anchor.at(said, Span(second, second + 4)))])
    library.set_note_places(note.id, [(TWO, on(BRIDGE, "May"))])
    # By now, other words of the same letters are just where the passage was.
    now = ("Fog again. " * 9)[: second - said.index("paid")] + said
    assert now[second : second + 4] == "paid"
    put(library, page(now, BRIDGE))
    library.undo(find_anchor)
    (target,) = library.note(note.id).targets
    assert (target.state, target.anchor.start, target.version) == (NoteState.MOVED, now.rindex("paid"), 2)


def test_undo_where_the_passage_is_gone_says_that_it_is_lost(library: Library, note: Note) -> None:
    library.set_note_places(note.id, [(TWO, on(BRIDGE, "May"))])
    put(library, page(MARKET, BRIDGE))
    library.undo(find_anchor)
    assert library.note(note.id).is_orphan
    library.remove(ONE)
    library.redo(find_anchor)
    library.undo(find_anchor)
    assert library.note(note.id).is_orphan


def test_the_journal_is_bounded(library: Library, note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.library.journal.LENGTH", 5)
    for number in range(9):
        library.edit_note(note.id, text=f"try {number}")
    assert [entry.what for entry in library.journal()] == ["note 1 edited"] * 5
    while library.undo(find_anchor):
        pass
    assert library.note(note.id).text == "try 3"


def test_an_edit_that_changes_nothing_is_no_change(library: Library, note: Note) -> None:
    assert library.edit_note(note.id, text=note.text) == note
    assert len(library.journal()) == 1


def test_two_editors_keep_each_others_words(library: Library, note: Note) -> None:
    base = note.fields
    with Library.open(library.folder) as other:
        first = other.save_note(note.id, base, NoteFields("Who says so now?\n\nAsk.", ("claim", "urgent")))
        second = library.save_note(note.id, base, NoteFields("Who says so?\n\nAsk Moss.", (), colour="red"))
    assert (first.merged, second.merged, second.clashes) == (False, True, 0)
    assert second.note.text == "Who says so now?\n\nAsk Moss."
    assert (second.note.tags, second.note.colour) == (("urgent",), "red")
    third = library.save_note(note.id, base, NoteFields("Who?\n\nAsk.", ("claim",)))
    assert third.clashes == 1
    assert FIRST in third.note.text
    assert "Who says so now?" in third.note.text
    library.undo(find_anchor)
    assert library.note(note.id).text == second.note.text


def test_the_bin_keeps_a_note_for_thirty_days(tmp_path: Path) -> None:
    moment = ["2031-06-01T10:00:00Z"]
    with Library.open(tmp_path / "library", clock=lambda: moment[0]) as library:
        put(library, page(FERRY))
        old, new = (
            library.create_note(NoteFields(words), [(ONE, on(FERRY, "pier"))])
            for words in ("gantryman", "new")
        )
        library.remove_note(old.id)
        moment[0] = "2031-07-01T09:59:59Z"
        assert [each.text for each in library.removed_notes()] == ["gantryman"]
        moment[0] = "2031-07-01T10:00:01Z"
        assert library.removed_notes() == ()
        library.remove_note(new.id)
        with pytest.raises(UnknownReference, match="no note 1"):
            library.restore_note(old.id)
        assert library.empty_bin() == 1
        assert library.undo(find_anchor) is None
    assert b"gantryman" not in (tmp_path / "library" / "library.db").read_bytes()


def test_a_draft_is_there_after_a_crash_and_gone_after_saving(library: Library, note: Note) -> None:
    draft = NoteDraft(
        "note:1", NoteFields("Who says so? 🌊 مرحبا"), note.id, base=note.fields, base_version=1
    )
    library.save_draft(draft)
    with Library.open(library.folder) as other:
        found = other.draft("note:1")
        assert found is not None
        assert (found.fields, found.base, found.note_id) == (draft.fields, note.fields, note.id)
        assert other.note(note.id).draft == found.modified
        assert other.note(note.id).text == note.text
        saved = other.save_note(note.id, note.fields, found.fields, draft="note:1")
        assert (saved.note.text, saved.note.draft) == ("Who says so? 🌊 مرحبا", None)
    assert library.drafts() == ()
    new = NoteDraft("new", NoteFields("begun"), places=((TWO, on(BRIDGE, "May")), (ONE, Anchor.whole())))
    library.save_draft(new)
    library.save_draft(NoteDraft("new", NoteFields("begun, and more"), places=new.places), over=new.fields)
    assert [(each.fields.text, each.places) for each in library.drafts()] == [("begun, and more", new.places)]
    assert library.drop_draft("new")
    assert not library.drop_draft("new")


def test_an_orphan_is_attached_by_hand(library: Library, note: Note) -> None:
    put(library, page(MARKET, BRIDGE))
    assert library.note(note.id).is_orphan
    attached = library.attach_note(note.id, 0, TWO, on(BRIDGE, "3 million"))
    assert not attached.is_orphan
    assert attached.targets[0].anchor.quote == "3 million"
    with pytest.raises(UnknownReference, match="no passage 2"):
        library.attach_note(note.id, 1, TWO, on(BRIDGE, "May"))


def test_a_moved_note_tells_what_it_was_made_on_and_what_it_matched(library: Library, note: Note) -> None:
    put(library, page(FERRY.replace("late again", "delayed again"), BRIDGE))
    library.edit_note(note.id, text="x")
    (target,) = library.note(note.id).targets
    if target.state is not NoteState.ORPHAN:
        assert target.made is not None
        assert (target.made.quote, target.made_version, target.version) == ("late again", 1, 2)
    put(library, page(FERRY, BRIDGE))
    (target,) = library.note(note.id).targets
    assert (target.state, target.made, target.anchor.quote) == (NoteState.ANCHORED, None, "late again")


def test_a_full_disk_is_told_and_the_draft_before_stays(library: Library, note: Note) -> None:
    library.save_draft(NoteDraft("k", NoteFields("as it was"), note.id))
    with library._database.writing() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with library._database.reading() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageFailed, match="the disk is full"):
        library.save_draft(
            NoteDraft("k", NoteFields("much more " * 100_000), note.id), over=NoteFields("as it was")
        )
    with pytest.raises(StorageFailed, match="the disk is full"):
        library.edit_note(note.id, text="much more " * 100_000)
    kept = library.draft("k")
    assert kept is not None
    assert kept.fields.text == "as it was"
    assert library.note(note.id).text == note.text
    assert library.check() == ()


def test_bad_words_are_kept_harmless(library: Library, note: Note) -> None:
    words = "🌊 \u202eabc\x1b]52;c;aGk=\x07 " * 50_000
    kept = library.edit_note(note.id, text=words, tags=["=cmd()", "\x1b[31m", "../../x"])
    assert len(kept.text) > 500_000
    assert not {"\x1b", "\u202e", "\x07"} & set(kept.text)
    assert kept.tags == ("=cmd()", "[31m", "../../x")
    with pytest.raises(RequestError, match="at most"):
        library.edit_note(note.id, text="x" * 4_000_001)


def test_notes_of_an_older_library_are_brought_along(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Database(path, steps=STEPS[:1]).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO notes (text, created, modified) VALUES ('old', 'then', 'then')")
        connection.execute(
            "INSERT INTO targets VALUES (1, 1, 0, 'gone', 1, 0, 4, 'text', '', '', 'orphan', 0)"
        )
    with Library.open(tmp_path) as library:
        (note,) = library.notes()
        assert (note.text, note.version, len(note.uid), note.pinned) == ("old", 1, 32, False)
        assert note.targets[0].anchor.quote == "text"
        assert library.check() == ()
    assert list(tmp_path.glob("library.db.before-v*"))


def test_two_windows_never_write_over_the_draft_of_the_other(library: Library, note: Note) -> None:
    mine, yours = NoteFields("mine"), NoteFields("yours")
    places = ((TWO, Anchor.whole()),)
    assert library.save_draft(NoteDraft("k", mine, places=places)) == "k"
    assert library.save_draft(NoteDraft("k", yours, places=places)) == "k (2)"
    assert library.save_draft(NoteDraft("k", NoteFields("mine, on"), places=places), over=mine) == "k"
    assert {each.key: each.fields.text for each in library.drafts()} == {"k": "mine, on", "k (2)": "yours"}
    # Saved or dropped is only what was kept, not what became of it elsewhere.
    assert not library.drop_draft("k", said=mine)
    library.create_note(mine, places, draft="k")
    library.save_note(note.id, note.fields, yours, draft="k")
    assert {each.key for each in library.drafts()} == {"k", "k (2)"}
    library.create_note(yours, places, draft="k (2)")
    assert library.drop_draft("k", said=NoteFields("mine, on"))
    assert library.drafts() == ()
