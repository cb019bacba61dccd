"""The statements of each step of the migrations, which never change once they were released."""

from __future__ import annotations

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

SOURCES_AND_NOTES = (
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
NOTE_HISTORY = (
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
CORRECTIONS = (
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
LABELS = (
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
AUDIT_CHOICES = (
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
LOCATORS = (
    "ALTER TABLE versions ADD COLUMN locators TEXT NOT NULL DEFAULT '[]'",  # JSON: [[start, kind, name], ...]
    "ALTER TABLE sources ADD COLUMN accessed TEXT",
)

# Step 7: what the user says of a source or a story in place of its file. The columns hold what holds; what
# the file says instead is kept beside them, so that the file is still known by it.
EDITS = (
    "ALTER TABLE sources ADD COLUMN stated TEXT",  # JSON: {field: what the file says, ...}
    "ALTER TABLE stories ADD COLUMN stated TEXT",
)

# Step 8: the bin of sources and stories: each with all its rows, out of the tables that all else reads.
# A source that was moved is known to its former story, so that its file does not bring it back there.
BIN = (
    """CREATE TABLE binned (
        kind TEXT NOT NULL CHECK (kind IN ('source', 'story')),
        id INTEGER NOT NULL,           -- as it was in its table
        story TEXT NOT NULL,
        number INTEGER NOT NULL,       -- -1 for a story
        removed TEXT NOT NULL,         -- the moment it went to the bin
        row TEXT NOT NULL,             -- JSON: its row, by column
        rest TEXT NOT NULL,            -- JSON: {table: [row, ...], ...}, what goes with it
        PRIMARY KEY (kind, id)
    )""",
    "CREATE INDEX binned_by_place ON binned (story, number)",
    "CREATE INDEX binned_by_moment ON binned (removed)",
    "ALTER TABLE departed ADD COLUMN moved_to INTEGER",  # the id of a source that is in another story now
    "ALTER TABLE departed ADD COLUMN page_number INTEGER",
)

# Step 9: what an import found of a text's structure that the text itself does not tell, as where links lead.
PIECES = (
    "ALTER TABLE versions ADD COLUMN pieces TEXT NOT NULL DEFAULT '[]'",  # JSON: [[kind, start, ...], ...]
)
