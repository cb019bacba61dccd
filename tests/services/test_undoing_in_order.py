"""Undo takes back what was done last, whatever it was: names, verdicts, notes, and what was added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.importing.report import ImportReport
from sources.library import Library
from sources.library.ingest import IngestResult
from sources.model import Anchor, AuditChoiceKind, CorrectionAct, NoteFields, Ref, Span
from tui.services import adding
from tui.services.adding import Wanted, arrival_told, is_taken_back
from tui.services.undoing import redo, step_words, undo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "one.txt").write_text("The mill\n\nThe mill of Ada Moss closes in May.\n")
    (folder / "two.txt").write_text("Another mill\n\nIt stays, says Lin Okafor.\n")
    return folder


def add(library: Library, *paths: Path, story: str | None = "mill") -> ImportReport:
    return adding.add(library, Wanted([str(path) for path in paths], story), progress=lambda _state: None)


def test_what_was_added_goes_out_as_one_change_with_its_story_and_comes_back(
    library: Library, desk: Path
) -> None:
    add(library, desk)
    there = library.refs()
    assert step_words(undo(library), again=False) == "Undone: 2 sources added to mill."
    assert library.stories() == ()
    assert [one.ref for one in library.binned_sources()] == list(there)
    assert step_words(redo(library), again=True) == "Redone: 2 sources added to mill."
    assert library.refs() == there
    assert library.check() == ()


def test_what_is_undone_goes_to_the_bin_now_and_not_when_it_was_added(tmp_path: Path, desk: Path) -> None:
    moments = ["2001-01-01T00:00:00Z"]
    with Library.open(tmp_path / "library", clock=lambda: moments[-1]) as library:
        add(library, desk)
        undo(library)
        assert all(one.removed > "2020" for one in library.binned_sources())


def test_only_what_is_new_goes_and_a_story_that_was_there_stays(library: Library, desk: Path) -> None:
    add(library, desk / "one.txt")
    (desk / "one.txt").write_text("The mill\n\nThe mill of Ada Moss closes in June.\n")
    add(library, desk)
    assert step_words(undo(library), again=False) == "Undone: mill/2 added."
    assert library.refs() == (Ref("mill", 1),)
    assert "June" in library.source(Ref("mill", 1)).text


def test_the_name_that_a_new_story_was_given_is_its_title_and_goes_with_it(
    library: Library, desk: Path
) -> None:
    def named(path: Path, title: str) -> ImportReport:
        return adding.add(library, Wanted([str(path)], "mill", title=title), progress=lambda _state: None)

    report = named(desk / "one.txt", "The Mill & Quay!")
    assert [story.title for story in report.stories] == ["The Mill & Quay!"]
    named(desk / "two.txt", "Another name")  # the story has one
    assert [story.title for story in library.stories()] == ["The Mill & Quay!"]
    assert step_words(undo(library), again=False) == "Undone: mill/2 added."
    assert step_words(undo(library), again=False) == "Undone: mill/1 added."
    redo(library)
    assert [story.title for story in library.stories()] == ["The Mill & Quay!"]


def test_what_changes_nothing_is_nothing_to_undo(library: Library, desk: Path) -> None:
    add(library, desk)
    library.create_note(NoteFields("see"), [(Ref("mill", 1), Anchor.whole())])
    add(library, desk)
    assert step_words(undo(library), again=False) == "Undone: note 1 added."


def test_notes_on_what_goes_are_found_again_when_it_comes_back(library: Library, desk: Path) -> None:
    add(library, desk)
    text = library.source(Ref("mill", 1)).text
    library.create_note(NoteFields("see"), [(Ref("mill", 1), Anchor.at(text, Span(10, 18)))])
    undo(library)
    undo(library)
    assert library.stories() == ()
    redo(library)
    redo(library)
    (note,) = library.notes()
    assert not note.is_orphan


def test_files_that_were_taken_out_can_be_added_again(library: Library, desk: Path) -> None:
    add(library, desk)
    undo(library)
    report = add(library, desk)
    assert [len(story.added) for story in report.stories] == [2]
    undo(library)
    assert library.refs() == ()


def test_everything_is_undone_in_the_order_in_which_it_was_done(library: Library, desk: Path) -> None:
    add(library, desk)
    library.add_correction(CorrectionAct.HIDE, ["Ada Moss"], story="mill")
    library.add_audit_choice(AuditChoiceKind.VERDICT, "It stays.", "supported", story="mill")
    library.create_note(NoteFields("see"), [(Ref("mill", 1), Anchor.whole())])
    told = [step_words(undo(library), again=False) for _ in range(5)]
    assert told == [
        "Undone: note 1 added.",
        "Undone: your verdict of a sentence.",
        "Undone: correction of Ada Moss.",
        "Undone: 2 sources added to mill.",
        "Nothing to undo.",
    ]
    assert (library.corrections(), library.audit_choices(story="mill")) == ((), ())
    for _ in told:
        redo(library)
    assert [made.name for made in library.corrections("mill")] == ["Ada Moss"]
    assert [made.value for made in library.audit_choices(story="mill")] == ["supported"]


def test_a_correction_that_was_taken_back_on_purpose_holds_again_after_undo(
    library: Library, desk: Path
) -> None:
    add(library, desk)
    made = library.add_correction(CorrectionAct.PIN, ["Ada Moss"], story="mill")
    number = library.change_number
    library.undo_correction(made.id)
    assert step_words(undo(library), again=False) == "Undone: correction of Ada Moss taken back."
    assert library.corrections("mill") == (made,)
    assert library.change_number > number  # so that the index follows


def added(count: int, *, summary: bool = False) -> ImportReport:
    refs = tuple(Ref("mill", number) for number in range(1, count + 1)) + (Ref("mill", None),) * summary
    return ImportReport((IngestResult("mill", None, refs, (), ()),), (), (), None, (), interrupted=False)


def test_how_much_one_undo_takes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MOST_TAKEN_BACK", 3)
    assert [is_taken_back(added(count)) for count in (0, 1, 3, 4)] == [False, True, True, False]
    assert arrival_told(added(1)) == "mill/1 added"
    assert arrival_told(added(1, summary=True)) == "1 source added to mill"
    assert arrival_told(added(3)) == "3 sources added to mill"
