"""What the user says of sources and stories holds whatever their files say, and can be taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sources.errors import RequestError, UnknownReference
from sources.library import Library
from sources.library.database import Database
from sources.library.migrations import STEPS
from sources.model import (
    Anchor,
    CorrectionAct,
    LabelFields,
    NoteDraft,
    NoteFields,
    ParsedFile,
    Ref,
    Span,
)
from sources.notes.anchoring import find_anchor
from tests.library.parsed_files import BRIDGE, FERRY, article, page, put

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = Ref("saltmarsh", 1), Ref("saltmarsh", 2)


def stated(text: str, **facts: str) -> ParsedFile:
    """Return an article whose file states some facts."""
    parsed = article(text)
    return replace(parsed, sources=(replace(parsed.sources[0], **facts),))  # type: ignore[arg-type]  # each by its name


def test_what_the_user_says_holds_when_the_file_comes_again(library: Library) -> None:
    put(library, stated(FERRY, publisher="Guest", date="2031-05-01"))
    assert library.edit_sources([ONE], {"publisher": "Marsh Post", "date": None}) == (ONE,)
    assert put(library, stated(FERRY, publisher="Guest", date="2031-05-01")).unchanged == (ONE,)
    put(library, stated(FERRY + " Again.", publisher="Desk", date="2031-05-02", author="Ada Moss"))
    source = library.source(ONE)
    assert (source.publisher, source.date, source.author) == ("Marsh Post", None, "Ada Moss")
    assert source.version == 2


def test_what_the_file_said_is_what_it_is_still_known_by(library: Library) -> None:
    put(library, stated(FERRY, publisher="Guest", url="https://a.example/1"))
    library.edit_sources([ONE], {"publisher": "Marsh Post", "url": "https://b.example/1"})
    again = put(library, stated(FERRY, publisher="Guest", url="https://a.example/1"), path="/in/other.txt")
    assert again.unchanged == (ONE,)
    assert library.stated_titles("saltmarsh") == {}
    library.edit_sources([ONE], {"title": "Late again"})
    assert library.stated_titles("saltmarsh") == {ONE: None}


def test_saying_what_the_file_says_leaves_the_word_to_the_file(library: Library) -> None:
    put(library, stated(FERRY, publisher="Guest"))
    library.edit_sources([ONE], {"publisher": "Marsh Post"})
    library.edit_sources([ONE], {"publisher": "Guest"})
    put(library, stated(FERRY + " Again.", publisher="Desk"))
    assert library.source(ONE).publisher == "Desk"


def test_an_edit_of_several_is_one_change_that_is_taken_back_and_done_again(library: Library) -> None:
    put(library, page(FERRY, BRIDGE, summary="Ferry and bridge.12"))
    before = library.change_number
    assert library.edit_sources([ONE, TWO, ONE], {"publisher": "Marsh Post"}) == (ONE, TWO)
    assert library.changes_since(before).changed == (ONE, TWO)
    assert library.edit_sources([ONE], {"publisher": "Marsh Post"}) == ()
    (entry,) = library.journal()
    assert entry.what == "publisher of 2 sources edited"
    library.undo(find_anchor)
    assert [entry.publisher for entry in library.entries()] == [None, None]
    put(library, page(FERRY, BRIDGE, summary="Ferry and bridge.12"))
    library.redo(find_anchor)
    assert [entry.publisher for entry in library.entries()] == ["Marsh Post", "Marsh Post"]
    assert library.check() == ()


def test_nothing_is_edited_where_one_of_the_sources_is_not_there(library: Library) -> None:
    put(library, article(FERRY))
    with pytest.raises(UnknownReference):
        library.edit_sources([ONE, TWO], {"publisher": "Marsh Post"})
    assert library.source(ONE).publisher is None
    assert library.journal() == ()


def test_a_story_follows_the_title_of_its_only_text(library: Library) -> None:
    put(library, article(FERRY, title="Late"), path="/in/a.txt")
    library.edit_sources([ONE], {"title": "Late again"})
    assert library.story("saltmarsh").title == "Late again"
    library.undo(find_anchor)
    assert library.story("saltmarsh").title == "Late"
    put(library, article(BRIDGE, title="Bridge"), path="/in/b.txt")
    library.edit_sources([ONE], {"title": "Late again"})
    assert library.story("saltmarsh").title == "Late"


def test_the_title_of_a_story_holds_when_its_page_comes_again(library: Library) -> None:
    put(library, page(FERRY, BRIDGE))
    assert library.edit_story("saltmarsh", {"title": "The marsh"})
    assert not library.edit_story("saltmarsh", {"title": "The marsh"})
    put(library, page(FERRY, BRIDGE, title="Saltmarsh, again"))
    assert library.story("saltmarsh").title == "The marsh"
    library.undo(find_anchor)
    assert library.story("saltmarsh").title == "Saltmarsh"


def test_all_that_is_on_a_story_goes_with_it_to_another_slug_and_back(library: Library) -> None:
    put(library, page(FERRY, BRIDGE, summary="Ferry and bridge.12"))
    anchor = Anchor.at(FERRY, Span(4, 9))
    note = library.create_note(
        NoteFields("Which?"), [(ONE, anchor), (Ref.of_story("saltmarsh"), Anchor.whole())]
    )
    library.add_label(LabelFields("claim"))
    library.mark("claim", ONE, anchor, coder="ada")
    library.add_correction(CorrectionAct.RENAME, ["Ferry"], "The ferry", story="saltmarsh")
    library.save_draft(NoteDraft("saltmarsh/1:4:9", NoteFields("half a"), places=((ONE, anchor),)))
    before = library.change_number
    assert library.edit_story("saltmarsh", {"slug": "marsh"})
    moved = Ref("marsh", 1)
    assert library.refs() == (moved, Ref("marsh", 2), Ref("marsh", None))
    assert {target.ref for target in library.note(note.id).targets} == {moved, Ref.of_story("marsh")}
    assert [span.ref for span in library.label_spans()] == [moved]
    assert [made.story for made in library.corrections("marsh")] == ["marsh"]
    (draft,) = library.drafts()
    assert (draft.key, draft.places) == ("marsh/1:4:9", ((moved, anchor),))
    changes = library.changes_since(before)
    assert (set(changes.changed), len(changes.removed)) == (set(library.refs()), 3)
    assert put(library, page(FERRY, BRIDGE, summary="Ferry and bridge.12"), slug="marsh").added == ()
    assert library.check() == ()
    library.undo(find_anchor)
    assert library.note(note.id) == note
    assert library.drafts()[0].key == "saltmarsh/1:4:9"
    assert library.check() == ()


def test_a_slug_that_is_none_or_taken_is_refused(library: Library) -> None:
    put(library, article(FERRY))
    put(library, article(BRIDGE), slug="bridge", path="/in/b.txt")
    with pytest.raises(RequestError, match="There is a story bridge already"):
        library.edit_story("saltmarsh", {"slug": "bridge"})
    with pytest.raises(RequestError, match="cannot name a story"):
        library.edit_story("saltmarsh", {"title": "Bridge", "slug": "The Bridge"})
    assert library.story("saltmarsh").title is None


def test_a_library_from_before_edits_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    old = Database(path, steps=STEPS[:6])
    with old.writing() as connection:
        connection.execute(
            "INSERT INTO stories (slug, title, added) VALUES ('saltmarsh', 'Late', '2031-05-01')"
        )
    old.close()
    with Library.open(tmp_path) as library:
        assert library.edit_story("saltmarsh", {"title": "Late again"})
    with closing(sqlite3.connect(tmp_path / f"library.db.before-v{STEPS[-1].number}")) as copy:
        assert copy.execute("SELECT title FROM stories").fetchone() == ("Late",)
