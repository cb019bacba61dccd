"""The journal: what the user's changes did, one entry a change, so that they can be undone and redone.

An entry is kept in the transaction of its change. Its steps say of each thing that changed what the changed
fields were before and are after; who owns the things brings them to either (see `Library.undo`). The journal
is one line for the whole library: undo takes back the newest change that stands, whichever process made it,
and a new change forgets what was undone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sources.frozen import frozen
from sources.library.encoding import Unreadable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

LENGTH = 1000  # entries that are kept
_LARGEST = 64 * 1024 * 1024  # code points of all entries together; the newest is always kept


@frozen
class Step:
    """What became of one thing: its kind ("note"), its id, and the changed fields, before and after."""

    kind: str
    id: int
    before: dict[str, Any]
    after: dict[str, Any]


@frozen
class Entry:
    """One change of the user's: when, and what it was, in words ("note 3 edited")."""

    id: int
    moment: str
    what: str
    steps: tuple[Step, ...]
    undone: bool


def record(connection: sqlite3.Connection, moment: str, what: str, steps: Sequence[Step]) -> None:
    """Keep a change that was just made, and count it; a change that changed nothing is none."""
    told = [[step.kind, step.id, step.before, step.after] for step in steps if step.before != step.after]
    if not told:
        return
    touch(connection)
    connection.execute("DELETE FROM journal WHERE undone = 1")
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    connection.execute(
        "INSERT INTO journal (moment, what, steps, size) VALUES (?, ?, ?, ?)",
        (moment, what, written, len(written)),
    )
    connection.execute(
        """DELETE FROM journal WHERE id <= (
            SELECT id FROM journal ORDER BY id DESC LIMIT 1 OFFSET ?)""",
        (LENGTH,),
    )
    if len(written) > _LARGEST // LENGTH:
        _drop_beyond(connection, _LARGEST)


def touch(connection: sqlite3.Connection) -> None:
    """Count a change of notes or labels, so that copies of the notes know what they lack."""
    connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'note change'")


def newest_standing(connection: sqlite3.Connection) -> Entry | None:
    """Return the change that undo takes back next; None when there is none."""
    return _entry(connection, "WHERE undone = 0 ORDER BY id DESC LIMIT 1")


def oldest_undone(connection: sqlite3.Connection) -> Entry | None:
    """Return the change that redo does again next; None when there is none."""
    return _entry(connection, "WHERE undone = 1 ORDER BY id LIMIT 1")


def mark(connection: sqlite3.Connection, entry: Entry, *, undone: bool) -> None:
    """Remember that ``entry`` was taken back, or done again."""
    connection.execute("UPDATE journal SET undone = ? WHERE id = ?", (int(undone), entry.id))


def entries(connection: sqlite3.Connection, limit: int) -> tuple[Entry, ...]:
    """List the newest ``limit`` changes, the newest first, with those that were undone."""
    rows = connection.execute(
        "SELECT id, moment, what, steps, undone FROM journal ORDER BY id DESC LIMIT ?", (limit,)
    )
    return tuple(_read(row) for row in rows)


def forget(connection: sqlite3.Connection, kind: str, gone: Sequence[int]) -> None:
    """Forget all changes of things that are gone for good: nothing of them may stay readable."""
    if not gone:
        return
    wanted = set(gone)
    ids = [
        (entry.id,)
        for entry in entries(connection, -1)
        if any(step.kind == kind and step.id in wanted for step in entry.steps)
    ]
    connection.executemany("DELETE FROM journal WHERE id = ?", ids)


def _drop_beyond(connection: sqlite3.Connection, size: int) -> None:
    """Drop the oldest entries that are more than ``size`` code points together with the newer ones."""
    connection.execute(
        """DELETE FROM journal WHERE id NOT IN (SELECT id FROM (
            SELECT id, ROW_NUMBER() OVER newest AS place, SUM(size) OVER newest AS size
            FROM journal WINDOW newest AS (ORDER BY id DESC)
        ) WHERE place = 1 OR size <= ?)""",
        (size,),
    )


def _entry(connection: sqlite3.Connection, which: str) -> Entry | None:
    row = connection.execute(f"SELECT id, moment, what, steps, undone FROM journal {which}").fetchone()  # noqa: S608 - constant
    return None if row is None else _read(row)


def _read(row: tuple[Any, ...]) -> Entry:
    entry_id, moment, what, steps, undone = row
    try:
        return Entry(entry_id, moment, what, tuple(Step(*step) for step in json.loads(steps)), bool(undone))
    except (ValueError, TypeError) as error:
        raise Unreadable("an entry of its journal cannot be read") from error
