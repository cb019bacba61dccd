"""The numbered steps that bring a database to the schema of this version.

A step is never changed once it was released: a database in the world has gone through it already.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from sources.errors import LibraryDamaged, LibraryTooNew
from sources.library import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

APPLICATION_ID = 0x43525244  # "CRRD", so that another program's database is never taken for a library


class Step(NamedTuple):
    """One step: the ``user_version`` that it leads to, and what leads there, inside a transaction."""

    number: int
    apply: Callable[[sqlite3.Connection], None]

    @classmethod
    def of(cls, number: int, statements: Sequence[str]) -> Step:
        """Return the step that carries out some statements."""

        def apply(connection: sqlite3.Connection) -> None:
            for statement in statements:
                connection.execute(statement)

        return cls(number, apply)


def _name_notes(connection: sqlite3.Connection) -> None:
    """Carry out step 2, and give the notes that are there the name by which copies know them."""
    Step.of(2, schema.NOTE_HISTORY).apply(connection)
    ids = connection.execute("SELECT id FROM notes").fetchall()
    connection.executemany(
        "UPDATE notes SET uid = ? WHERE id = ?", [(os.urandom(16).hex(), note_id) for (note_id,) in ids]
    )


STEPS = (
    Step.of(1, schema.SOURCES_AND_NOTES),
    Step(2, _name_notes),
    Step.of(3, schema.CORRECTIONS),
    Step.of(4, schema.LABELS),
    Step.of(5, schema.AUDIT_CHOICES),
    Step.of(6, schema.LOCATORS),
    Step.of(7, schema.EDITS),
    Step.of(8, schema.BIN),
    Step.of(9, schema.PIECES),
)


def migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Bring the database at ``path`` to the last of ``steps``, wholly or not at all.

    A database that holds something is first copied to ``NAME.before-vN`` beside it. Raises LibraryTooNew
    or LibraryDamaged and leaves the database as it was.
    """
    latest = steps[-1].number
    if examine(connection, path, latest) == latest:
        return
    # A step may rebuild tables, which SQLite allows only with the keys off; they are checked at the end.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again: another process may have been faster while this one waited for the lock.
        version = examine(connection, path, latest)
        if 0 < version < latest:
            back_up(path, path.with_name(f"{path.name}.before-v{latest}"))
        for step in steps:
            if step.number > version:
                step.apply(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise LibraryDamaged(
                f"The library {path} has loose ends and could not be brought to this version."
            )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {latest}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")


def back_up(path: Path, target: Path) -> None:
    """Copy the database at ``path`` as last committed to ``target``, which appears whole or not at all.

    An older file of that name is replaced.
    """
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    beside.unlink(missing_ok=True)
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as source,
            closing(sqlite3.connect(beside)) as copy,
        ):
            source.backup(copy)
            # A copy that needs no companion files can be kept, moved and opened on its own.
            copy.execute("PRAGMA journal_mode = DELETE")
        descriptor = os.open(beside, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def examine(connection: sqlite3.Connection, path: Path, latest: int) -> int:
    """Return the version of the database, or refuse it as `refuse_strangers` does; changes nothing."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    refuse_strangers(path, version=version, application=application, latest=latest)
    if application == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None:
        raise LibraryDamaged(f"{path} is a database of another program, not a crossread library.")
    return version


def refuse_strangers(path: Path, *, version: int, application: int, latest: int) -> None:
    """Raise LibraryDamaged for another program's database, LibraryTooNew for one of a later version."""
    if application not in {0, APPLICATION_ID}:
        raise LibraryDamaged(f"{path} is a database of another program, not a crossread library.")
    if version > latest:
        raise LibraryTooNew(
            f"The library {path} was made by a newer version of crossread (its form is {version}, "
            f"this version knows {latest}); it was left as it is."
        )
