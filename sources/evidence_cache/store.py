"""What was worked out before, in SQLite files that may be lost at any time; among them that of the evidence.

Nothing here ever stops anything: what cannot be read is worked out again, what cannot be written is not
kept, and a file that is no cache is dropped and made again.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from contextlib import closing, suppress
from typing import TYPE_CHECKING, ClassVar, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

_Answer = TypeVar("_Answer")
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR,
}


class DisposableDatabase:
    """The SQLite file at ``path``; it is opened for each question, so that nothing has to be closed.

    A file of another ``layout`` is dropped, and one that is not there is made of ``tables``.
    """

    holds: ClassVar[str]  # what is in it, for those who are told of its troubles
    layout: ClassVar[int]
    tables: ClassVar[tuple[str, ...]]
    settings: ClassVar[tuple[str, ...]]
    patience: ClassVar[float]  # seconds that another process is waited for

    def __init__(self, path: Path) -> None:
        self._path = path

    def clear(self) -> None:
        """Drop everything."""
        for tail in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                self._path.with_name(self._path.name + tail).unlink(missing_ok=True)

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with the file, a sentence each; nothing when all is well or there is none."""
        if not self._path.exists():
            return ()
        try:
            with closing(sqlite3.connect(self._path, timeout=self.patience)) as connection:
                said = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
                broken = self.broken(connection)
        except sqlite3.Error as error:
            return (f"The {self.holds} in {self._path} cannot be read ({error}); made again when needed.",)
        found = [f"The {self.holds} in {self._path} are damaged: {what}." for what in said if what != "ok"]
        return (*found, *([f"{broken} of the {self.holds} in {self._path} are damaged."] if broken else []))

    def broken(self, _: sqlite3.Connection) -> int:
        """Return how many of the values are not what was written."""
        return 0

    def check(self, connection: sqlite3.Connection) -> None:
        """Raise sqlite3.DatabaseError for a file that was made by other code."""

    def asked(self, ask: Callable[[sqlite3.Connection], _Answer]) -> _Answer | None:
        """Return what ``ask`` returns; None where the file cannot be used.

        A file that turns out to be no database of this layout is dropped, and asked again when it is made.
        """
        for _ in range(2):
            try:
                with closing(self._connect()) as connection:
                    return ask(connection)
            except (sqlite3.Error, OSError) as error:
                if _is_passing(error):
                    return None
                self.clear()
        return None

    def _connect(self) -> sqlite3.Connection:
        with suppress(FileExistsError):
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        connection = sqlite3.connect(self._path, timeout=self.patience, isolation_level=None)
        try:
            for setting in self.settings:
                connection.execute(f"PRAGMA {setting}")
            if connection.execute("PRAGMA user_version").fetchone()[0] != self.layout:
                self._lay_out(connection)
            self.check(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _lay_out(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        layout = connection.execute("PRAGMA user_version").fetchone()[0]
        if layout == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
            for statement in self.tables:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {self.layout}")
        elif layout != self.layout:
            raise sqlite3.DatabaseError("the tables are of another layout")
        connection.execute("COMMIT")


def _is_passing(error: Exception) -> bool:
    """Tell a trouble of the moment or of the place from a file that is no database of this layout."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, OSError) or (code is not None and code & 0xFF in _PASSING)


class EvidenceStore(DisposableDatabase):
    """The evidence that was found, by question and texts."""

    holds = "pieces of cached evidence"
    layout = 2
    patience = 0.5
    settings = ("synchronous = OFF",)  # what is lost with the power is worked out again
    tables = (
        """CREATE TABLE evidence (
            method TEXT NOT NULL,      -- the question, the version of its code, and what else it depends on
            key TEXT NOT NULL,         -- of the texts that it was found in
            value BLOB NOT NULL,       -- deflated JSON, which carries a checksum
            PRIMARY KEY (method, key)
        ) WITHOUT ROWID""",
        # So that evidence goes when a text that it speaks of has gone.
        """CREATE TABLE grounds (
            method TEXT NOT NULL,
            key TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            PRIMARY KEY (sha256, method, key)
        ) WITHOUT ROWID""",
        # What the version of a question's code was made from.
        "CREATE TABLE code (question TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID",
    )

    def get(self, method: str, key: str) -> str | None:
        """Return what was kept; None when nothing was or it cannot be read."""

        def ask(connection: sqlite3.Connection) -> str | None:
            row = connection.execute(
                "SELECT value FROM evidence WHERE method = ? AND key = ?", (method, key)
            ).fetchone()
            return None if row is None else _inflated(row[0])

        return self.asked(ask)

    def put(self, method: str, key: str, value: str, texts: Collection[str]) -> None:
        """Keep ``value``, found in the texts with the SHA-256 sums ``texts``, if that is possible."""

        def keep(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "INSERT OR REPLACE INTO evidence (method, key, value) VALUES (?, ?, ?)",
                (method, key, zlib.compress(value.encode("utf-8"), 3)),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO grounds (method, key, sha256) VALUES (?, ?, ?)",
                [(method, key, sha256) for sha256 in texts],
            )
            connection.execute("COMMIT")

        self.asked(keep)

    def code(self, question: str) -> str | None:
        """Return the record of the code that answers a question; None when none was kept."""

        def ask(connection: sqlite3.Connection) -> str | None:
            row = connection.execute("SELECT record FROM code WHERE question = ?", (question,)).fetchone()
            return None if row is None else str(row[0])

        return self.asked(ask)

    def put_code(self, question: str, record: str) -> None:
        """Keep the record of the code that answers a question, if that is possible."""
        written = "INSERT OR REPLACE INTO code (question, record) VALUES (?, ?)"
        self.asked(lambda connection: connection.execute(written, (question, record)))

    def keep_only(self, texts: Collection[str], methods: Callable[[], Collection[str]]) -> None:
        """Drop the evidence of texts whose SHA-256 sums are not among ``texts``, and of other code.

        ``methods`` gives the beginnings of the methods whose evidence may stay.
        """
        if not self._path.exists():
            return
        beginnings = tuple(methods())

        def drop(connection: sqlite3.Connection) -> None:
            known = {sha256 for (sha256,) in connection.execute("SELECT DISTINCT sha256 FROM grounds")}
            gone = [(sha256,) for sha256 in known.difference(texts)]
            used = [method for (method,) in connection.execute("SELECT DISTINCT method FROM evidence")]
            old = [(method,) for method in used if not method.startswith(beginnings)]
            if not gone and not old:
                return
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("DELETE FROM evidence WHERE method = ?", old)
            connection.executemany(
                """DELETE FROM evidence WHERE (method, key) IN (
                    SELECT method, key FROM grounds WHERE sha256 = ?
                )""",
                gone,
            )
            connection.execute(
                """DELETE FROM grounds WHERE NOT EXISTS (
                    SELECT 1 FROM evidence
                    WHERE evidence.method = grounds.method AND evidence.key = grounds.key
                )"""
            )
            connection.execute("COMMIT")

        self.asked(drop)

    def broken(self, connection: sqlite3.Connection) -> int:
        """Return how many of the values are not what was written."""
        return sum(not _whole(value) for (value,) in connection.execute("SELECT value FROM evidence"))


def _inflated(value: bytes) -> str:
    """Return what was deflated into ``value``; raises DatabaseError for anything else."""
    try:
        return zlib.decompress(value).decode("utf-8")
    except (zlib.error, TypeError, ValueError) as error:
        raise sqlite3.DatabaseError("this is no kept evidence") from error


def _whole(value: bytes) -> bool:
    try:
        _inflated(value)
    except sqlite3.DatabaseError:
        return False
    return True
