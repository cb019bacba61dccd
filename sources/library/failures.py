"""From SQLite's and the system's errors to sentences for the user."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sources.errors import LibraryBusy, LibraryDamaged, LibraryError, StorageFailed
from sources.library.encoding import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    import shutil  # noqa: PLC0415 - loads all that knows archives, which only this sentence needs

    try:
        return shutil.disk_usage(path.parent).free < _ROOM
    except OSError:
        return False
