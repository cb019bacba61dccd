"""Everything that can go wrong in front of a user, as one tree.

    CrossreadError
    ├── InputError               what was handed in cannot be read     (exit code 3)
    │   ├── NotFoundInput        no such file, or nothing in the folder
    │   ├── NotText              bytes that are no text
    │   ├── EmptyInput           nothing but white space
    │   ├── TooLarge             beyond what one file may hold
    │   ├── Malformed            text, but not of the form it claims
    │   └── NeedsPackage         an extra that is not installed
    ├── RequestError             what was asked does not make sense    (exit code 2)
    │   ├── UnknownReference     no such story, source or note
    │   └── QueryError           a query that cannot be read, and where
    ├── LibraryError             the library cannot be used            (exit code 4)
    │   ├── LibraryBusy          another process is writing
    │   ├── LibraryTooNew        made by a newer version
    │   ├── LibraryDamaged       the database is not what it should be
    │   └── StorageFailed        disk full, no permission, read-only
    └── IndexTrouble             the index cannot be used or rebuilt   (exit code 4)

Every error's text is one sentence that a user can act on; it never holds a traceback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class CrossreadError(Exception):
    """Root of all errors a user can meet; ``str(error)`` is one clear sentence."""


class InputError(CrossreadError):
    """What was handed in cannot be read; ``path`` and ``line`` (from 1) say where, when known."""

    def __init__(self, reason: str, *, path: Path | str | None = None, line: int | None = None) -> None:
        place = "" if path is None else f"{path}: " if line is None else f"{path}, line {line}: "
        super().__init__(place + reason)
        self.reason = reason
        self.path = path
        self.line = line


class NotFoundInput(InputError):
    """There is no such file, it may not be read, or a folder holds nothing readable."""


class NotText(InputError):
    """The bytes are no text in any encoding that is understood."""


class EmptyInput(InputError):
    """There is nothing but white space."""


class TooLarge(InputError):
    """The file is larger than one file may be."""


class Malformed(InputError):
    """The text is not of the form that it claims, or a field of it is wrong."""


class NeedsPackage(InputError):
    """What reads such a file is an extra that is not installed; the reason is what installs it."""

    def __init__(self, what: str, extra: str, *, path: Path | str | None = None) -> None:
        super().__init__(f"{what} is read with one more package: pip install 'crossread[{extra}]'", path=path)


class RequestError(CrossreadError):
    """What was asked does not make sense as it was put."""


class UnknownReference(RequestError):
    """No story, source or note goes by that name."""


class QueryError(RequestError):
    """A query that cannot be read: ``position`` is a code point offset into ``query``."""

    def __init__(self, message: str, *, query: str, position: int, hint: str = "") -> None:
        super().__init__(message if not hint else f"{message}: {hint}")
        self.message = message
        self.query = query
        self.position = position
        self.hint = hint


class LibraryError(CrossreadError):
    """The library cannot be used as it is."""


class LibraryBusy(LibraryError):
    """Another process held the library's write lock for too long."""


class LibraryTooNew(LibraryError):
    """The library was made by a newer version of crossread."""


class LibraryDamaged(LibraryError):
    """The database is not what it should be."""


class StorageFailed(LibraryError):
    """Writing failed: the disk is full, read-only, or not ours."""


class IndexTrouble(CrossreadError):
    """The index can be neither used nor rebuilt."""
