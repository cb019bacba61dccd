"""The change number, and which sources changed since when: what the index keeps in step with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.library.encoding import number_of, ref_of
from sources.library.outcomes import Changes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from sources.model import Ref


def change_number(connection: sqlite3.Connection) -> int:
    """Return the number of the last change; 0 for a library that never held a source."""
    return int(connection.execute("SELECT value FROM counters WHERE name = 'change'").fetchone()[0])


def record(
    connection: sqlite3.Connection, *, changed: Iterable[Ref] = (), removed: Iterable[Ref] = ()
) -> None:
    """Write one new change number beside each of the refs; without refs there is no change."""
    number = change_number(connection) + 1
    rows = [(ref.story, number_of(ref), number, 0) for ref in changed]
    rows += [(ref.story, number_of(ref), number, 1) for ref in removed]
    if not rows:
        return
    connection.execute("UPDATE counters SET value = ? WHERE name = 'change'", (number,))
    connection.executemany(
        """INSERT INTO changes (story, number, change, removed) VALUES (?, ?, ?, ?)
        ON CONFLICT (story, number) DO UPDATE SET change = excluded.change, removed = excluded.removed""",
        rows,
    )


def changes_since(connection: sqlite3.Connection, number: int) -> Changes:
    """Return the refs that changed or went after change ``number``, each once, with what it is now."""
    rows = connection.execute(
        """SELECT story, number, removed FROM changes WHERE change > ?
        ORDER BY story, number = 0, number""",
        (number,),
    ).fetchall()
    return Changes(
        number=change_number(connection),
        changed=tuple(ref_of(story, source) for story, source, removed in rows if not removed),
        removed=tuple(ref_of(story, source) for story, source, removed in rows if removed),
    )
