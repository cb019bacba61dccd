"""Step 2: notes with colour, pin, relation and coder, their versions, drafts and the journal.

A target keeps the anchor as the user made it beside where it was found last, and which version of the
text each is of. The journal holds what each change of the user's did, so that it can be taken back.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_STATEMENTS = (
    "ALTER TABLE notes ADD COLUMN uid TEXT",
    "ALTER TABLE notes ADD COLUMN colour TEXT",
    "ALTER TABLE notes ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE notes ADD COLUMN relation TEXT",
    "ALTER TABLE notes ADD COLUMN coder TEXT",
    "ALTER TABLE notes ADD COLUMN version INTEGER NOT NULL DEFAULT 1",
    "CREATE UNIQUE INDEX notes_by_uid ON notes (uid)",
    "CREATE INDEX notes_removed ON notes (removed) WHERE removed IS NOT NULL",
    "ALTER TABLE targets ADD COLUMN version INTEGER NOT NULL DEFAULT 0",  # of the text that it stands in
    "ALTER TABLE targets ADD COLUMN made TEXT",  # JSON: [start, end, quote, prefix, suffix]; NULL: the same
    "ALTER TABLE targets ADD COLUMN made_version INTEGER NOT NULL DEFAULT 0",
    """UPDATE targets SET version = COALESCE((
        SELECT sources.version FROM sources JOIN stories ON stories.id = sources.story_id
        WHERE stories.slug = targets.story AND sources.number = targets.number), 0)
        WHERE state <> 'orphan'""",
    """CREATE TABLE drafts (
        key TEXT PRIMARY KEY,
        note_id INTEGER REFERENCES notes (id) ON DELETE CASCADE,
        content TEXT NOT NULL,         -- JSON, see sources/library/draft_repository
        modified TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX drafts_by_note ON drafts (note_id)",
    """CREATE TABLE journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        moment TEXT NOT NULL,
        what TEXT NOT NULL,            -- in words, for the user
        steps TEXT NOT NULL,           -- JSON: [[kind, id, before, after], ...]
        size INTEGER NOT NULL,         -- code points of the steps
        undone INTEGER NOT NULL DEFAULT 0
    )""",
    # Notes that were taken out of the bin for good: they are not missing, and no copy brings them back.
    "CREATE TABLE emptied (uid TEXT PRIMARY KEY, moment TEXT NOT NULL) WITHOUT ROWID",
    "INSERT INTO counters (name, value) VALUES ('note change', 0)",
)


def apply(connection: sqlite3.Connection) -> None:
    """Add the columns and tables, inside the transaction of the caller."""
    for statement in _STATEMENTS:
        connection.execute(statement)
    ids = connection.execute("SELECT id FROM notes").fetchall()
    connection.executemany(
        "UPDATE notes SET uid = ? WHERE id = ?", [(os.urandom(16).hex(), note_id) for (note_id,) in ids]
    )
