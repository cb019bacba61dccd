"""The SQLite file: careful opening, connections for threads, transactions, errors as sentences."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import threading
import time
import weakref
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from sources.errors import LibraryBusy, LibraryDamaged, LibraryError, StorageFailed, UnknownReference
from sources.library.encoding import Unreadable
from sources.library.migrations import STEPS, Step, examine, migrate, refuse_strangers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

_ROOM = 64 * 1024  # bytes that SQLite needs beside the database even to read it
_LACKS = re.compile(r"no such|no column named")
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_PERM: "there is no permission",
    sqlite3.SQLITE_AUTH: "there is no permission",
    sqlite3.SQLITE_IOERR: "the disk does not answer as it should",
    sqlite3.SQLITE_NOLFS: "the file is too large for this disk",
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system raises inside into an error of the library at ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        clear = clear_error(error, path)
        if clear is None:
            raise
        raise clear from error
    except Unreadable as error:
        raise _damaged(path, error) from error
    except UnicodeDecodeError as error:
        # SQLite's message quotes the damaged bytes, and even that cannot be read.
        raise _damaged(path, "its tables cannot be read") from error
    except OSError as error:
        raise storage_failed(path, error) from error


def clear_error(error: sqlite3.Error, path: Path) -> LibraryError | None:
    """Return the user's error for SQLite's; None when it can only be a mistake in this program."""
    # Extended codes carry the primary one in their low byte.
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in _BUSY:
        return LibraryBusy(f"Another process is writing to the library {path}; try again in a moment.")
    if primary in _DAMAGED or (primary is None and "UTF-8" in str(error)):
        return _damaged(path, error)
    if primary is not None and primary not in _BUSY and _is_full(path):
        # SQLite may only notice that it cannot make its small files beside the database.
        return StorageFailed(f"The library {path} cannot be used: the disk is full.")
    if primary == sqlite3.SQLITE_CANTOPEN and not os.access(path.parent, os.W_OK):
        return StorageFailed(f"The library {path} cannot be used: its folder is read-only.")
    if primary in _REASONS:
        return StorageFailed(f"The library {path} cannot be used: {_REASONS[primary]} ({error}).")
    if primary == sqlite3.SQLITE_ERROR and _LACKS.search(str(error)):
        return LibraryDamaged(f"The library {path} lacks a part that it should have ({error}).")
    return None


def storage_failed(path: Path, error: OSError) -> StorageFailed:
    """Return the user's error for a file or folder that the system refuses."""
    reason = str(error.strerror or error).lower()
    if error.filename is None or str(error.filename) == str(path):
        return StorageFailed(f"The library {path} cannot be used: {reason}.")
    return StorageFailed(f"The library {path} cannot be used: {error.filename}: {reason}.")


def _damaged(path: Path, what: object) -> LibraryDamaged:
    return LibraryDamaged(f"The library {path} is damaged ({what}); it was left as it is.")


def _is_full(path: Path) -> bool:
    import shutil

    try:
        return shutil.disk_usage(path.parent).free < _ROOM
    except OSError:
        return False


# The SQLite file: opening it with care, connections for threads, and transactions.

PATIENCE = 3.0  # seconds that a writer waits for another one
_MAGIC = b"SQLite format 3\x00"
_HEADER = 100


class Database:
    """A library's database file; each thread that asks gets a connection of its own."""

    def __init__(self, path: Path, *, steps: Sequence[Step] = STEPS, patience: float = PATIENCE) -> None:
        """Open the file at ``path``, make it if it is missing, and bring it to the last of ``steps``.

        Raises the errors of LibraryError and leaves a file that is no library of this version untouched.
        """
        self.path = path
        self._patience = patience
        self._own = threading.local()
        self._connections: list[tuple[weakref.ref[threading.Thread], sqlite3.Connection]] = []
        self._lock = threading.Lock()
        self._closed = False
        with translated(path):
            _make_place(path)
            _refuse_by_header(path, steps[-1].number)
            try:
                connection = self._connection()
                examine(connection, path, steps[-1].number)
                _switch_to_wal(connection, patience)
                migrate(connection, path, steps)
            except BaseException:
                self.close()
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees one state of the library throughout; it never waits for a writer."""
        with translated(self.path):
            connection = self._connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                _end(connection, "COMMIT")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose changes are saved together at the end, or not at all.

        Raises LibraryBusy when another process is still writing after ``PATIENCE`` seconds.
        """
        with translated(self.path):
            connection = self._connection()
            if getattr(self._own, "together", False):
                yield from _part(connection)
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                _end(connection, "ROLLBACK")

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let this thread save all that it writes meanwhile at once; an error takes all of it back.

        Each ``writing`` in it is still whole or not there at all. Raises LibraryBusy as that does.
        """
        with self.writing():
            self._own.together = True
            try:
                yield
            finally:
                self._own.together = False

    def forget_traces(self) -> None:
        """Empty the write-ahead log, where removed text would otherwise stay readable for a while."""
        # Another reader may hold the log; then the next checkpoint does it.
        with translated(self.path), suppress(sqlite3.OperationalError):
            self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def compact(self) -> None:
        """Rewrite the file without what was deleted from it; left as it is while others use it."""
        with translated(self.path), suppress(sqlite3.OperationalError):
            self._connection().execute("VACUUM")

    def close(self) -> None:
        """Close the connections of all threads; closing twice does no harm."""
        with self._lock:
            self._closed = True
            for _, connection in self._connections:
                with suppress(sqlite3.Error):
                    connection.close()
            self._connections.clear()

    def _connection(self) -> sqlite3.Connection:
        if self._closed:
            raise LibraryError(f"The library {self.path} was closed.")
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = _connect(self.path, self._patience)
            self._own.connection = connection
            with self._lock:
                self._connections = [pair for pair in self._connections if _alive_or_closed(*pair)]
                self._connections.append((weakref.ref(threading.current_thread()), connection))
        return connection


def _part(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Give the connection for changes that stay in the transaction under way as a whole, or not at all."""
    connection.execute("SAVEPOINT part")
    try:
        yield connection
    except BaseException:
        _end(connection, "ROLLBACK TO part")
        raise
    finally:
        _end(connection, "RELEASE part")


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,  # only closing happens from another thread
    )
    # FULL, because what a commit holds is the user's work, and commits are rare enough to wait for the disk.
    try:
        for pragma in (
            "foreign_keys = ON",
            "synchronous = FULL",
            "trusted_schema = OFF",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _alive_or_closed(owner: weakref.ref[threading.Thread], connection: sqlite3.Connection) -> bool:
    thread = owner()
    if thread is not None and thread.is_alive():
        return True
    connection.close()
    return False


def _end(connection: sqlite3.Connection, how: str) -> None:
    # A full disk may have ended the transaction already, and the first error is the one to tell.
    with suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute(how)


def _make_place(path: Path) -> None:
    folder = path.parent
    if folder.exists() and not folder.is_dir():
        raise StorageFailed(f"The library {folder} cannot be used: it is a file, not a folder.")
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    if path.exists() and not path.is_file():
        raise StorageFailed(f"The library {path} cannot be used: it is not a file.")
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        os.fchmod(descriptor, 0o600)
        os.close(descriptor)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        with suppress(PermissionError):
            path.chmod(0o600)


def _refuse_by_header(path: Path, latest: int) -> None:
    """Look at the first bytes before SQLite does, which might already change the file by opening it."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header:
        return
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise LibraryDamaged(f"The library {path} is damaged: it is not a database; it was left as it is.")
    refuse_strangers(
        path,
        version=int.from_bytes(header[60:64], "big"),
        application=int.from_bytes(header[68:72], "big"),
        latest=latest,
    )


def _switch_to_wal(connection: sqlite3.Connection, patience: float) -> None:
    """Turn the write-ahead log on; SQLite does not wait by itself while another process does the same."""
    deadline = time.monotonic() + patience
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def only_row(
    connection: sqlite3.Connection,
    statement: str,
    values: Sequence[object] | Mapping[str, object],
    missing: str,
) -> tuple[Any, ...]:
    """Return the row that a statement finds; raises UnknownReference with ``missing`` where it finds none."""
    row: tuple[Any, ...] | None = connection.execute(statement, values).fetchone()
    if row is None:
        raise UnknownReference(missing)
    return row


class Repository:
    """What each repository of a library works with: the database, and a clock of ISO 8601 moments in UTC."""

    def __init__(self, database: Database, folder: Path, clock: Callable[[], str]) -> None:
        self._database = database
        self._clock = clock
        self.folder = folder
