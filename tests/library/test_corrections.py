from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from sources.errors import LibraryDamaged, RequestError, UnknownReference
from sources.library import Library
from sources.model import CorrectionAct, Ref
from tests.library.parsed_files import article, page, put, records

MOSS = "Ada Moss went to the pier. Moss was late."
FERRY = "The ferry to Saltmarsh was late again."


def test_what_was_said_is_kept_in_its_order(library: Library) -> None:
    put(library, page(MOSS, FERRY))
    library.add_correction(CorrectionAct.TYPE, ["Ada Moss", "Moss"], "person", story="saltmarsh")
    library.add_correction(CorrectionAct.HIDE, ["Saltmarsh"])
    with Library.open(library.folder) as again:
        first, second = again.corrections("saltmarsh")
        assert (first.act, first.names, first.value) == (CorrectionAct.TYPE, ("Ada Moss", "Moss"), "person")
        assert (second.story, second.name) == (None, "Saltmarsh")
        assert again.corrections("another-story") == (second,)
        assert again.corrections() == (first, second)


def test_a_correction_marks_the_texts_that_it_changes(library: Library) -> None:
    put(library, page(MOSS, FERRY))
    number = library.change_number
    library.add_correction(CorrectionAct.HIDE, ["Ada Moss", "Moss"], story="saltmarsh")
    changed = library.changes_since(number)
    assert changed.changed == (Ref("saltmarsh", 1),)
    library.undo_correction()
    assert library.changes_since(changed.number).changed == (Ref("saltmarsh", 1),)


def test_one_for_the_whole_library_marks_the_texts_of_all_stories(library: Library) -> None:
    put(library, page(MOSS, FERRY))
    put(library, article("In Hull, Ada Moss sang."), slug="another")
    number = library.change_number
    library.add_correction(CorrectionAct.HIDE, ["Ada Moss"])
    assert library.changes_since(number).changed == (Ref("another", 1), Ref("saltmarsh", 1))


def test_the_last_one_or_any_can_be_taken_back_once(library: Library) -> None:
    put(library, page(MOSS, FERRY))
    first = library.add_correction(CorrectionAct.PIN, ["Ada Moss"], story="saltmarsh")
    second = library.add_correction(CorrectionAct.HIDE, ["Ada Moss"], story="saltmarsh")
    third = library.add_correction(CorrectionAct.PIN, ["Saltmarsh"], story="saltmarsh")
    assert library.undo_correction(second.id) == second
    assert library.undo_correction() == third
    assert library.corrections() == (first,)
    with pytest.raises(UnknownReference, match="no correction 2"):
        library.undo_correction(second.id)
    library.undo_correction()
    with pytest.raises(RequestError, match="no correction to undo"):
        library.undo_correction()


def test_a_story_that_is_not_there_takes_none(library: Library) -> None:
    with pytest.raises(UnknownReference):
        library.add_correction(CorrectionAct.HIDE, ["Ada Moss"], story="nowhere")
    assert library.corrections() == ()


def test_corrections_outlive_a_story_that_goes_and_comes_back(library: Library) -> None:
    put(library, page(MOSS, FERRY))
    said = library.add_correction(CorrectionAct.PIN, ["Ada Moss"], story="saltmarsh")
    library.remove("saltmarsh")
    put(library, page(MOSS, FERRY))
    assert library.corrections("saltmarsh") == (said,)


def test_many_forms_are_no_trouble(library: Library) -> None:
    put(library, records(MOSS, FERRY))
    forms = [f"Moss {number}" for number in range(2_000)]
    number = library.change_number
    library.add_correction(CorrectionAct.HIDE, ["Ada Moss"], story="saltmarsh", forms=forms)
    assert len(library.changes_since(number).changed) == 1


def test_a_damaged_correction_is_told_as_damage(library: Library) -> None:
    put(library, page(MOSS, FERRY))
    library.add_correction(CorrectionAct.PIN, ["Ada Moss"], story="saltmarsh")
    with closing(sqlite3.connect(library.folder / "library.db")) as connection, connection:
        connection.execute("UPDATE corrections SET names = '{'")
    with pytest.raises(LibraryDamaged, match="correction"):
        library.corrections()
    assert any("correction" in problem for problem in library.check())
