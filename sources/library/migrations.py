"""The numbered steps that bring a database to the schema of this version.

A step is never changed once it was released: a database in the world has gone through it already.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from sources.errors import LibraryDamaged, LibraryTooNew

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

APPLICATION_ID = 0x43525244  # "CRRD", so that another program's database is never taken for a library

# Step 1: the first schema. Sources are numbered from 1 inside their story; number 0 is the story's summary.
# Notes name a passage's source by story and number and not by a foreign key, so that they outlive a source
# that goes and find it again when it comes back.
# The columns of a place in a text, for notes and for labels.
_PLACE = """story TEXT NOT NULL,
        number INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        quote TEXT NOT NULL,
        prefix TEXT NOT NULL,
        suffix TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('anchored', 'moved', 'orphan')),
        confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1)"""

_SOURCES_AND_NOTES = (
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
    f"""CREATE TABLE targets (
        id INTEGER PRIMARY KEY,
        note_id INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        {_PLACE},
        UNIQUE (note_id, position)
    )""",
    "CREATE INDEX targets_by_source ON targets (story, number)",
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    "INSERT INTO counters (name, value) VALUES ('change', 0)",
)

# Step 2: notes with colour, pin, relation and coder, their versions, drafts and the journal. A target keeps
# the anchor as the user made it beside where it was found last, and which version of the text each is of.
# The journal holds what each change of the user's did, so that it can be taken back.
_NOTE_HISTORY = (
    "ALTER TABLE notes ADD COLUMN uid TEXT",
    "ALTER TABLE notes ADD COLUMN colour TEXT",
    "ALTER TABLE notes ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE notes ADD COLUMN relation TEXT",
    "ALTER TABLE notes ADD COLUMN coder TEXT",
    "ALTER TABLE notes ADD COLUMN version INTEGER NOT NULL DEFAULT 1",
    "CREATE UNIQUE INDEX notes_by_uid ON notes (uid)",
    "CREATE INDEX notes_removed ON notes (removed) WHERE removed IS NOT NULL",
    "ALTER TABLE targets ADD COLUMN version INTEGER NOT NULL DEFAULT 0",  # of the text that it is in
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

# Step 3: what the user said of entities. A correction names its story by slug and its entity by names, not
# by keys into other tables, so that it outlives a story that goes and holds again when it comes back.
_CORRECTIONS = (
    """CREATE TABLE corrections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        story TEXT,                    -- NULL: in the whole library
        act TEXT NOT NULL CHECK (act IN ('merge', 'split', 'rename', 'type', 'hide', 'pin')),
        names TEXT NOT NULL,           -- JSON: [name, alias, ...]
        value TEXT NOT NULL,
        forms TEXT NOT NULL,           -- JSON: [form, ...], what is in the texts that it changes
        made TEXT NOT NULL,
        undone TEXT                    -- the moment it was taken back
    )""",
    "CREATE INDEX corrections_by_story ON corrections (story)",
)

# Step 4: the codebook, labelled spans, and what was settled where coders disagreed. Spans name their source
# by story and number, as notes do, and are kept in the same columns, so that they are found again alike.
_LABELS = (
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
    f"""CREATE TABLE label_spans (
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
        {_PLACE},
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

# Step 5: what the user decided in an audit. A choice goes by the words of its sentence, so that it is found
# again when the text is imported again, and waits where they are gone.
_AUDIT_CHOICES = (
    """CREATE TABLE audit_choices (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        story TEXT,                    -- of a summary
        draft TEXT,                    -- the name of a text that is not in the library
        sentence TEXT NOT NULL,        -- its words, folded, without markers
        marker TEXT NOT NULL,          -- the marker that is read so; empty for a verdict
        kind TEXT NOT NULL CHECK (kind IN ('reading', 'verdict')),
        value TEXT NOT NULL,           -- numbers with commas, or a verdict
        note TEXT NOT NULL,
        made TEXT NOT NULL,
        undone TEXT,                   -- the moment it was taken back
        CHECK ((story IS NULL) <> (draft IS NULL))
    )""",
    "CREATE INDEX audit_choices_by_text ON audit_choices (story, draft)",
)

# Step 6: where the pages of the original begin in a text, and when a page of the web was saved.
_LOCATORS = (
    "ALTER TABLE versions ADD COLUMN locators TEXT NOT NULL DEFAULT '[]'",  # JSON: [[start, kind, name], ...]
    "ALTER TABLE sources ADD COLUMN accessed TEXT",
)

# Step 7: what the user says of a source or a story in place of its file. The columns hold what holds; what
# the file says instead is kept beside them, so that the file is still known by it.
_EDITS = (
    "ALTER TABLE sources ADD COLUMN stated TEXT",  # JSON: {field: what the file says, ...}
    "ALTER TABLE stories ADD COLUMN stated TEXT",
)


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
    Step.of(2, _NOTE_HISTORY).apply(connection)
    ids = connection.execute("SELECT id FROM notes").fetchall()
    connection.executemany(
        "UPDATE notes SET uid = ? WHERE id = ?", [(os.urandom(16).hex(), note_id) for (note_id,) in ids]
    )


STEPS = (
    Step.of(1, _SOURCES_AND_NOTES),
    Step(2, _name_notes),
    Step.of(3, _CORRECTIONS),
    Step.of(4, _LABELS),
    Step.of(5, _AUDIT_CHOICES),
    Step.of(6, _LOCATORS),
    Step.of(7, _EDITS),
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
