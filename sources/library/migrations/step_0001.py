"""Step 1: the first schema.

Sources are numbered from 1 inside their story; number 0 is the story's summary. Notes name a passage's
source by story and number and not by a foreign key, so that they outlive a source that goes and find it
again when it comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_STATEMENTS = (
    """CREATE TABLE stories (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        slug TEXT NOT NULL UNIQUE,
        title TEXT,
        added TEXT NOT NULL
    )""",
    """CREATE TABLE sources (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        number INTEGER NOT NULL CHECK (number >= 0),
        path TEXT,
        key TEXT NOT NULL,
        page_number INTEGER,           -- what a story page calls it, for sources of a page
        format TEXT NOT NULL,
        title TEXT,
        publisher TEXT,
        author TEXT,
        date TEXT,
        url TEXT,
        language TEXT,
        version INTEGER NOT NULL,
        words INTEGER NOT NULL,        -- outside muted zones
        sha256 TEXT NOT NULL,          -- of the current version's text
        UNIQUE (story_id, number)
    )""",
    "CREATE INDEX sources_by_path ON sources (path)",
    "CREATE INDEX sources_by_text ON sources (sha256)",
    # Apart from the sources, so that a list of ten thousand reads none of their texts.
    """CREATE TABLE versions (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        version INTEGER NOT NULL,
        added TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        zones TEXT NOT NULL,           -- JSON: [[kind, start, end], ...]
        text TEXT NOT NULL,
        UNIQUE (source_id, version)
    )""",
    """CREATE TABLE pages (
        story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
        path TEXT,
        sha256 TEXT NOT NULL,          -- of the page as it was read
        format TEXT NOT NULL,
        cut INTEGER NOT NULL DEFAULT 0,  -- 1 when a removed source's part was taken out since
        zones TEXT NOT NULL,           -- JSON: [[kind, start, end, number], ...]
        text TEXT NOT NULL
    )""",
    """CREATE TABLE related (
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        path TEXT,
        text TEXT NOT NULL,
        sources INTEGER,
        category TEXT,
        age TEXT,
        PRIMARY KEY (story_id, position)
    )""",
    """CREATE TABLE muted (
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        path TEXT,
        text TEXT NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (story_id, position)
    )""",
    # The last change of each source, also of those that are gone: what the index has to catch up with.
    """CREATE TABLE changes (
        story TEXT NOT NULL,
        number INTEGER NOT NULL,
        change INTEGER NOT NULL,
        removed INTEGER NOT NULL,
        PRIMARY KEY (story, number)
    ) WITHOUT ROWID""",
    "CREATE INDEX changes_by_change ON changes (change)",
    # How a removed source is known again; its text is not kept.
    """CREATE TABLE departed (
        story TEXT NOT NULL,
        number INTEGER NOT NULL,
        path TEXT,
        key TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (story, number)
    ) WITHOUT ROWID""",
    """CREATE TABLE notes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        text TEXT NOT NULL,
        created TEXT NOT NULL,
        modified TEXT NOT NULL,
        removed TEXT                   -- the moment it went to the bin
    )""",
    """CREATE TABLE note_words (
        note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('tag', 'label')),
        position INTEGER NOT NULL,
        word TEXT NOT NULL,
        PRIMARY KEY (note_id, kind, position)
    ) WITHOUT ROWID""",
    "CREATE INDEX note_words_by_word ON note_words (kind, word)",
    """CREATE TABLE targets (
        id INTEGER PRIMARY KEY,
        note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        story TEXT NOT NULL,
        number INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        quote TEXT NOT NULL,
        prefix TEXT NOT NULL,
        suffix TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('anchored', 'moved', 'orphan')),
        confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
        UNIQUE (note_id, position)
    )""",
    "CREATE INDEX targets_by_source ON targets (story, number)",
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    "INSERT INTO counters (name, value) VALUES ('change', 0)",
)


def apply(connection: sqlite3.Connection) -> None:
    """Make the tables, inside the transaction of the caller."""
    for statement in _STATEMENTS:
        connection.execute(statement)
