"""Dated copies of the notes: written after changes, kept for a month, and what they bring back."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sources.library import Library
from sources.library.note_backups import superfluous
from sources.model import Anchor, NoteFields, Ref, Span
from sources.notes.anchoring import find_anchor
from tests.library.parsed_files import BRIDGE, FERRY, page, put

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = Ref("saltmarsh", 1), Ref("saltmarsh", 2)


def on(text: str, words: str) -> Anchor:
    start = text.index(words)
    return Anchor.at(text, Span(start, start + len(words)))


def copies(folder: Path) -> list[Path]:
    return sorted((folder / "notes").glob("notes-*.jsonl"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a library with three notes, one of them in the bin, and close it."""
    with Library.open(tmp_path / "library") as library:
        put(library, page(FERRY, BRIDGE))
        fields = NoteFields("one 🌊\nمرحبا", ("=cmd()",), ("x",), "red", relation="contradicts")
        library.create_note(fields, [(ONE, on(FERRY, "late")), (TWO, on(BRIDGE, "May"))])
        library.create_note(NoteFields("two"), [(Ref.of_story("saltmarsh"), Anchor.whole())])
        library.create_note(NoteFields("three"), [(TWO, Anchor.whole())])
        library.remove_note(3)
    return tmp_path / "library"


def test_a_copy_is_written_when_the_library_is_closed(folder: Path) -> None:
    newest = copies(folder)[-1]
    assert stat.S_IMODE(newest.stat().st_mode) == 0o600
    assert stat.S_IMODE(newest.parent.stat().st_mode) == 0o700
    head, *notes = map(json.loads, newest.read_text("utf-8").splitlines())
    assert (head["schema"], head["notes"]) == ("crossread/notes-copy/1", 3)
    assert [note["text"] for note in notes] == ["one 🌊\nمرحبا", "two", "three"]
    assert notes[2]["removed"]
    assert [target["ref"] for target in notes[0]["targets"]] == ["saltmarsh/1", "saltmarsh/2"]


def test_notes_that_the_database_lost_come_back_as_they_were(folder: Path) -> None:
    with Library.open(folder) as library:
        before, binned = library.notes(), library.removed_notes()
        assert library.lost_notes() == ()
    with closing(sqlite3.connect(folder / "library.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM notes")
    with Library.open(folder) as library:
        assert library.bring_back_notes(library.lost_notes()) == 3
        assert (library.notes(), library.removed_notes()) == (before, binned)
        assert library.lost_notes() == ()
        assert library.check() == ()


def test_a_note_whose_number_was_given_away_comes_back_under_another(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "library.db", isolation_level=None)) as connection:
        connection.execute("UPDATE notes SET uid = 'other' WHERE id = 2")
    with Library.open(folder) as library:
        assert library.bring_back_notes(library.lost_notes()) == 1
        assert [(note.id, note.text) for note in library.notes()] == [
            (1, "one 🌊\nمرحبا"),
            (2, "two"),
            (4, "two"),
        ]
        library.undo(find_anchor)
        assert [note.id for note in library.notes()] == [1, 2]


def test_what_was_taken_out_of_the_bin_for_good_is_not_lost(folder: Path) -> None:
    with Library.open(folder) as library:
        library.empty_bin()
        assert library.lost_notes() == ()


def test_a_torn_copy_gives_what_it_holds(folder: Path) -> None:
    for path in copies(folder)[:-1]:
        path.unlink()
    (path,) = copies(folder)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"\xff\xfe{]\n" + lines[2] + lines[3][:40])
    with closing(sqlite3.connect(folder / "library.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM notes")
    with Library.open(folder) as library:
        assert [note.text for note in library.lost_notes()] == ["two"]


def test_that_a_copy_cannot_be_written_does_not_spoil_a_note(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        (library.folder / "notes").write_text("in the way")
        put(library, page(FERRY))
        library.create_note(NoteFields("kept"), [(ONE, on(FERRY, "late"))])
    with Library.open(tmp_path / "library") as library:
        assert [note.text for note in library.notes()] == ["kept"]


def test_ten_copies_and_one_a_day_for_a_month_are_kept() -> None:
    daily = [f"notes-2031{month:02}{day:02}T120000Z.jsonl" for month in (4, 5) for day in range(1, 31)]
    minutes = [f"notes-20310612T10{minute:02}{second}Z.jsonl" for minute in range(20) for second in (10, 50)]
    gone = superfluous([*daily, *minutes, "README", "notes-x.jsonl"], "2031-06-12T10:30:00Z")
    kept = sorted({*daily, *minutes} - set(gone))
    assert kept == [
        *(f"notes-203105{day:02}T120000Z.jsonl" for day in range(12, 31)),
        *(f"notes-20310612T10{minute:02}50Z.jsonl" for minute in range(10, 20)),
    ]


def test_a_backup_holds_notes_drafts_and_what_can_be_taken_back(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder) as library:
        library.backup(tmp_path / "backup.db")
    (tmp_path / "other").mkdir()
    (tmp_path / "backup.db").rename(tmp_path / "other" / "library.db")
    with Library.open(tmp_path / "other") as library:
        assert [note.text for note in library.notes()] == ["one 🌊\nمرحبا", "two"]
        entry = library.undo(find_anchor)
        assert entry is not None
        assert entry.what == "note 3 removed"
