"""From SQLite's and the system's errors to sentences for the user."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sources.errors import LibraryBusy, LibraryDamaged, LibraryError, StorageFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
    except OSError as error:
        raise storage_failed(path, error) from error


def clear_error(error: sqlite3.Error, path: Path) -> LibraryError | None:
    """Return the user's error for SQLite's; None when it can only be a mistake in this program."""
    # Extended codes carry the primary one in their low byte.
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in _BUSY:
        return LibraryBusy(f"Another process is writing to the library {path}; try again in a moment.")
    if primary in _DAMAGED:
        return LibraryDamaged(f"The library {path} is damaged ({error}); it was left as it is.")
    if primary == sqlite3.SQLITE_CANTOPEN and not os.access(path.parent, os.W_OK):
        return StorageFailed(f"The library {path} cannot be used: its folder is read-only.")
    if primary in _REASONS:
        return StorageFailed(f"The library {path} cannot be used: {_REASONS[primary]} ({error}).")
    if primary == sqlite3.SQLITE_ERROR and "no such" in str(error):
        return LibraryDamaged(f"The library {path} lacks a part that it should have ({error}).")
    return None


def storage_failed(path: Path, error: OSError) -> StorageFailed:
    """Return the user's error for a file or folder that the system refuses."""
    place = error.filename if error.filename is not None else path
    return StorageFailed(f"The library {path} cannot be used: {place}: {error.strerror or error}.")
