from __future__ import annotations

import os
import sqlite3
import stat
import threading
from contextlib import closing
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from sources.errors import LibraryBusy, LibraryDamaged, LibraryError, LibraryTooNew, StorageFailed
from sources.library import Library
from sources.library.database import Database, clear_error
from sources.library.migrations import STEPS, Step
from sources.model import CorrectionAct
from tests.library.parsed_files import BRIDGE, FERRY, article, put

if TYPE_CHECKING:
    from pathlib import Path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def add_colours(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE colours (name TEXT)")


def fail_half_way(connection: sqlite3.Connection) -> None:
    add_colours(connection)
    connection.execute("INSERT INTO no_such_table VALUES (1)")


def leave_loose_ends(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO note_words VALUES (77, 'tag', 0, 'loose')")


NEXT = (*STEPS, Step(STEPS[-1].number + 1, add_colours))


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_everything_is_private_whatever_the_mask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        with Library.open(tmp_path / "deep" / "library") as library:
            put(library, article(FERRY))
            assert mode(library.folder) == 0o700
            files = list(library.folder.iterdir())
            assert {mode(file) for file in files} == {0o600}
            assert {file.name for file in files} == {"library.db", "library.db-wal", "library.db-shm"}
    finally:
        os.umask(before)


def test_a_file_that_others_could_read_is_closed_to_them(library: Library) -> None:
    library.close()
    path = library.folder / "library.db"
    path.chmod(0o644)
    Library.open(library.folder).close()
    assert mode(path) == 0o600


def test_an_older_library_is_copied_and_then_brought_up(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        put(library, article(FERRY))
    path = tmp_path / "library.db"
    database = Database(path, steps=NEXT)
    with database.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM colours").fetchone() == (0,)
        assert connection.execute("SELECT text FROM versions").fetchone() == (FERRY,)
    database.close()
    copy = tmp_path / f"library.db.before-v{NEXT[-1].number}"
    assert mode(copy) == 0o600
    (tmp_path / "restored").mkdir()
    copy.rename(tmp_path / "restored" / "library.db")
    with Library.open(tmp_path / "restored") as library:
        assert [source.text for source in library.texts()] == [FERRY]
        assert [problem for problem in library.check() if "mode" not in problem] == []
    with pytest.raises(LibraryTooNew, match="newer version"):
        Library.open(tmp_path)


@pytest.mark.parametrize("step", [fail_half_way, leave_loose_ends])
def test_a_step_that_fails_leaves_the_library_as_it_was(tmp_path: Path, step: object) -> None:
    with Library.open(tmp_path) as library:
        put(library, article(FERRY))
    broken = (*STEPS, Step(STEPS[-1].number + 1, step))  # type: ignore[arg-type]  # either of the two functions above
    with pytest.raises(LibraryDamaged):
        Database(tmp_path / "library.db", steps=broken)
    with Library.open(tmp_path) as library:
        assert [source.text for source in library.texts()] == [FERRY]
    with closing(sqlite3.connect(tmp_path / "library.db")) as connection:
        assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'colours'").fetchone() is None


def test_an_empty_database_needs_no_copy(tmp_path: Path) -> None:
    Database(tmp_path / "library.db", steps=NEXT).close()
    assert not list(tmp_path.glob("*before*"))


def test_a_newer_library_is_left_untouched(tmp_path: Path) -> None:
    Database(tmp_path / "library.db", steps=NEXT).close()
    before = (tmp_path / "library.db").read_bytes()
    with pytest.raises(LibraryTooNew, match=r"library\.db was made by a newer version"):
        Library.open(tmp_path)
    assert (tmp_path / "library.db").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["library.db"]


@pytest.mark.parametrize("content", [b"Dear diary, " * 50, b"SQLite format 3\x00", b"\x00" * 4096, b"x"])
def test_a_file_that_is_no_database_is_named_and_left(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(content)
    with pytest.raises(LibraryDamaged, match=r"library\.db"):
        Library.open(tmp_path)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(LibraryDamaged, match="another program"):
        Library.open(tmp_path)
    assert path.read_bytes() == before


def test_a_database_with_torn_pages_is_damaged_and_not_a_crash(library: Library) -> None:
    put(library, article(FERRY * 2000))
    library.close()
    path = library.folder / "library.db"
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(LibraryDamaged, match=r"library\.db"), Library.open(library.folder) as opened:
        list(opened.texts())


def test_a_library_that_lacks_a_table_is_damaged(library: Library) -> None:
    library.close()
    with closing(sqlite3.connect(library.folder / "library.db")) as connection:
        connection.execute("DROP TABLE settings")
    with Library.open(library.folder) as opened, pytest.raises(LibraryDamaged, match="lacks a part"):
        opened.setting("x")


def test_a_folder_that_is_a_file_cannot_hold_a_library(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a list of books")
    with pytest.raises(StorageFailed, match="library cannot be used: it is a file, not a folder"):
        Library.open(tmp_path / "library")
    (tmp_path / "other" / "library.db").mkdir(parents=True)
    with pytest.raises(StorageFailed, match="not a file"):
        Library.open(tmp_path / "other")


def test_a_full_disk_is_told_and_what_was_saved_stays(library: Library) -> None:
    put(library, article(FERRY))
    with library._database.writing() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with library._database.reading() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageFailed, match="the disk is full"):
        put(library, article(BRIDGE * 5000), path="/in/large.txt")
    assert [source.text for source in library.texts()] == [FERRY]
    assert library.check() == ()


def test_a_writer_that_waits_too_long_is_told_who_is_in_the_way(tmp_path: Path) -> None:
    first = Database(tmp_path / "library.db")
    second = Database(tmp_path / "library.db", patience=0.05)
    with first.writing():
        with pytest.raises(LibraryBusy, match=r"Another process is writing to the library .*library\.db"):
            second.writing().__enter__()
        with second.reading() as connection:
            assert connection.execute("SELECT COUNT(*) FROM sources").fetchone() == (0,)
    with second.writing():
        pass
    first.close()
    second.close()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (sqlite3.SQLITE_BUSY, LibraryBusy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LibraryBusy),
        (sqlite3.SQLITE_CORRUPT, LibraryDamaged),
        (sqlite3.SQLITE_NOTADB, LibraryDamaged),
        (sqlite3.SQLITE_READONLY_DBMOVED, StorageFailed),
        (sqlite3.SQLITE_CANTOPEN, StorageFailed),
        (sqlite3.SQLITE_IOERR_WRITE, StorageFailed),
    ],
)
def test_each_trouble_has_its_sentence(tmp_path: Path, code: int, error: type[LibraryError]) -> None:
    trouble = sqlite3.OperationalError("as SQLite says it")
    trouble.sqlite_errorcode = code
    told = clear_error(trouble, tmp_path / "library.db")
    assert type(told) is error
    assert "library.db" in str(told)


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _place, _mode: False)
    trouble = sqlite3.OperationalError("unable to open database file")
    trouble.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    assert "its folder is read-only" in str(clear_error(trouble, tmp_path / "library.db"))


def test_a_mistake_of_the_program_is_not_dressed_up(tmp_path: Path) -> None:
    trouble = sqlite3.IntegrityError("UNIQUE constraint failed")
    trouble.sqlite_errorcode = sqlite3.SQLITE_CONSTRAINT_UNIQUE
    assert clear_error(trouble, tmp_path) is None


def test_threads_share_a_library(library: Library) -> None:
    put(library, article(FERRY))
    read: list[str] = []

    def look() -> None:
        read.extend(source.text for source in library.texts())

    for _ in range(5):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert read == [FERRY] * 5
    assert len(library._database._connections) <= 2


def test_a_closed_library_says_so(library: Library) -> None:
    library.close()
    library.close()
    with pytest.raises(LibraryError, match="was closed"):
        library.stories()


def test_a_backup_is_a_library_and_replaces_nothing(library: Library, tmp_path: Path) -> None:
    put(library, article(FERRY))
    (tmp_path / "copy").mkdir(mode=0o700)
    target = tmp_path / "copy" / "library.db"
    library.backup(target)
    assert mode(target) == 0o600
    with pytest.raises(StorageFailed, match="already"):
        library.backup(target)
    with pytest.raises(StorageFailed, match="nowhere"):
        library.backup(tmp_path / "nowhere" / "library.db")
    with Library.open(tmp_path / "copy") as copy:
        assert [source.text for source in copy.texts()] == [FERRY]
        assert copy.check() == ()


def test_a_disk_that_is_full_is_called_full(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    place = library.folder / "library.db"
    assert "does not answer" in str(clear_error(error, place))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=0))
    assert str(clear_error(error, place)) == f"The library {place} cannot be used: the disk is full."


def test_a_library_of_the_first_version_takes_corrections(tmp_path: Path) -> None:
    Database(tmp_path / "library.db", steps=STEPS[:1]).close()
    with Library.open(tmp_path) as library:
        put(library, article(FERRY))
        made = library.add_correction(CorrectionAct.HIDE, ["Saltmarsh"], story="saltmarsh")
        assert library.corrections() == (made,)
