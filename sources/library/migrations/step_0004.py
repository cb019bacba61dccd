"""Step 4: the codebook, labelled spans, and what was settled where coders disagreed.

Spans name their source by story and number, as notes do, and stand in the same columns, so that they are
found again in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_STATEMENTS = (
    """CREATE TABLE labels (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        lookup TEXT NOT NULL,          -- the name as all its spellings have it
        meaning TEXT NOT NULL,
        colour TEXT,
        key TEXT,
        parent INTEGER REFERENCES labels (id),
        position INTEGER NOT NULL,     -- among those under the same parent
        created TEXT NOT NULL,
        modified TEXT NOT NULL,
        removed TEXT                   -- the moment it was taken out of the codebook
    )""",
    "CREATE UNIQUE INDEX labels_by_name ON labels (lookup) WHERE removed IS NULL",
    "CREATE UNIQUE INDEX labels_by_key ON labels (key) WHERE removed IS NULL AND key IS NOT NULL",
    "CREATE INDEX labels_by_parent ON labels (parent)",
    """CREATE TABLE settlements (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        coder TEXT NOT NULL,           -- who decided
        made TEXT NOT NULL,
        removed TEXT
    )""",
    """CREATE TABLE label_spans (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        label_id INTEGER NOT NULL REFERENCES labels (id),
        coder TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('marked', 'suggested', 'dismissed', 'settled')),
        origin TEXT NOT NULL,
        settlement_id INTEGER REFERENCES settlements (id),
        created TEXT NOT NULL,
        modified TEXT NOT NULL,
        removed TEXT,
        story TEXT NOT NULL,
        number INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        quote TEXT NOT NULL,
        prefix TEXT NOT NULL,
        suffix TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('anchored', 'moved', 'orphan')),
        confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
        version INTEGER NOT NULL,
        made TEXT,
        made_version INTEGER NOT NULL
    )""",
    # The spans that a settlement is about; those that it decided for name it themselves.
    """CREATE TABLE settled_spans (
        settlement_id INTEGER NOT NULL REFERENCES settlements (id) ON DELETE CASCADE,
        span_id INTEGER NOT NULL REFERENCES label_spans (id) ON DELETE CASCADE,
        PRIMARY KEY (settlement_id, span_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX settled_spans_by_span ON settled_spans (span_id)",
    "CREATE INDEX label_spans_by_source ON label_spans (story, number, start)",
    "CREATE INDEX label_spans_by_label ON label_spans (label_id)",
    "CREATE INDEX label_spans_by_settlement ON label_spans (settlement_id) WHERE settlement_id IS NOT NULL",
    "CREATE INDEX label_spans_removed ON label_spans (removed) WHERE removed IS NOT NULL",
)


def apply(connection: sqlite3.Connection) -> None:
    """Make the tables, inside the transaction of the caller."""
    for statement in _STATEMENTS:
        connection.execute(statement)
