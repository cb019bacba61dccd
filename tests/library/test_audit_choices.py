from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from sources.errors import LibraryDamaged, RequestError, UnknownReference
from sources.library import Library
from sources.library.database import Database
from sources.library.migrations import STEPS
from sources.model import AuditChoiceKind
from tests.library.parsed_files import page, put

READING, VERDICT = AuditChoiceKind.READING, AuditChoiceKind.VERDICT
MOSS = "Ada Moss went to the pier. Moss was late."


def test_choices_are_kept_by_text_in_their_order(library: Library) -> None:
    put(library, page(MOSS))
    library.add_audit_choice(READING, "moss was late.", "1,4", marker="14", story="saltmarsh")
    library.add_audit_choice(VERDICT, "moss was late.", "supported", note="seen", story="saltmarsh")
    library.add_audit_choice(VERDICT, "moss was late.", "partial", draft="draft.md")
    with Library.open(library.folder) as again:
        first, second = again.audit_choices(story="saltmarsh")
        assert (first.kind, first.marker, first.value) == (READING, "14", "1,4")
        assert (second.kind, second.value, second.note) == (VERDICT, "supported", "seen")
        (third,) = again.audit_choices(draft="draft.md")
        assert (third.story, third.draft, third.value) == (None, "draft.md", "partial")
        assert again.audit_choices(story="another") == again.audit_choices(draft="saltmarsh") == ()


def test_the_last_of_a_text_or_of_a_sentence_is_taken_back(library: Library) -> None:
    put(library, page(MOSS))
    first = library.add_audit_choice(VERDICT, "one.", "partial", story="saltmarsh")
    second = library.add_audit_choice(VERDICT, "one.", "supported", story="saltmarsh")
    third = library.add_audit_choice(VERDICT, "two.", "supported", story="saltmarsh")
    elsewhere = library.add_audit_choice(VERDICT, "one.", "supported", draft="draft.md")
    assert library.undo_audit_choice(story="saltmarsh", sentence="one.") == second
    assert library.audit_choices(story="saltmarsh") == (first, third)
    assert library.undo_audit_choice(story="saltmarsh") == third
    assert library.undo_audit_choice(story="saltmarsh") == first
    with pytest.raises(RequestError, match="no decision to undo"):
        library.undo_audit_choice(story="saltmarsh")
    assert library.audit_choices(draft="draft.md") == (elsewhere,)


def test_one_in_a_story_that_is_not_there_is_refused(library: Library) -> None:
    with pytest.raises(UnknownReference, match="nowhere"):
        library.add_audit_choice(VERDICT, "one.", "partial", story="nowhere")
    assert library.audit_choices(story="nowhere") == ()


def test_choices_outlive_a_story_that_goes_and_comes_back(library: Library) -> None:
    put(library, page(MOSS))
    made = library.add_audit_choice(VERDICT, "one.", "partial", story="saltmarsh")
    library.remove("saltmarsh")
    put(library, page(MOSS))
    assert library.audit_choices(story="saltmarsh") == (made,)


def test_a_damaged_reading_is_told_as_damage(library: Library) -> None:
    put(library, page(MOSS))
    library.add_audit_choice(READING, "one.", "1", marker="1", story="saltmarsh")
    with closing(sqlite3.connect(library.folder / "library.db")) as connection, connection:
        connection.execute("UPDATE audit_choices SET value = '1,,x'")
    with pytest.raises(LibraryDamaged, match="reading"):
        library.audit_choices(story="saltmarsh")
    assert any("audit" in problem for problem in library.check())


def test_a_library_from_before_audits_learns_to_keep_them(library: Library) -> None:
    folder = library.folder.with_name("earlier")
    folder.mkdir(mode=0o700)
    Database(folder / "library.db", steps=STEPS[:4]).close()
    with Library.open(folder) as later:
        later.add_audit_choice(VERDICT, "one.", "partial", draft="draft.md")
        assert [made.value for made in later.audit_choices(draft="draft.md")] == ["partial"]
        assert later.check() == ()
