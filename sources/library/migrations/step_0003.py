"""Step 3: what the user said of entities.

A correction names its story by slug and its entity by names, not by keys into other tables, so that it
outlives a story that goes and holds again when it comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_STATEMENTS = (
    """CREATE TABLE corrections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        story TEXT,                    -- NULL: in the whole library
        act TEXT NOT NULL CHECK (act IN ('merge', 'split', 'rename', 'type', 'hide', 'pin')),
        names TEXT NOT NULL,           -- JSON: [name, alias, ...]
        value TEXT NOT NULL,
        forms TEXT NOT NULL,           -- JSON: [form, ...], what stands in the texts that it changes
        made TEXT NOT NULL,
        undone TEXT                    -- the moment it was taken back
    )""",
    "CREATE INDEX corrections_by_story ON corrections (story)",
)


def apply(connection: sqlite3.Connection) -> None:
    """Make the table, inside the transaction of the caller."""
    for statement in _STATEMENTS:
        connection.execute(statement)
