"""The rows of notes in the database: read, written with their words tidied, and changed by the journal."""

from __future__ import annotations

import re
import time
from calendar import timegm
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

from sources.errors import RequestError, UnknownReference
from sources.library import journal
from sources.library.encoding import number_of, read_target, target_row
from sources.library.reanchoring import still_there
from sources.library.source_rows import as_they_stand
from sources.model import BIN_DAYS, COLOURS, Note, NoteFields, Target

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from sources.model import Ref

_WHITE_SPACE = re.compile(r"\s+")
_TARGET_COLUMNS = """story, number, start, "end", quote, prefix, suffix, state, confidence, version,
    made, made_version"""

# What a note is apart from its id: the names of `_PLAIN`, "tags", "labels" and "targets".
State: TypeAlias = dict[str, Any]
KIND = "note"  # of the journal's steps
MOST_TEXT = 4_000_000  # code points of one note's text
_PLAIN = ("text", "colour", "pinned", "relation", "coder", "modified", "removed")


def tidy_words(words: Iterable[str]) -> tuple[str, ...]:
    """Return tags or labels as they are kept: no leading ``#``, hyphens for white space, each once."""
    tidy = (_WHITE_SPACE.sub("-", cleaned(word).strip().lstrip("#").strip()) for word in words)
    return tuple(dict.fromkeys(word for word in tidy if word))


def cleaned(text: str) -> str:
    """Return the words of a note as they are kept."""
    # Reading notes needs no cleaning, and a search should not pay for loading it.
    from sources.text.cleaning import clean_text

    return clean_text(text).strip()


def tidy_line(words: str | None) -> str | None:
    """Return a relation or a coder's name as it is kept: on one line; None when nothing is left."""
    return None if words is None else _WHITE_SPACE.sub(" ", cleaned(words)) or None


def tidy_colour(colour: str | None) -> str | None:
    """Return a note's colour, None for none; raises RequestError for one that is not of COLOURS."""
    if not colour:
        return None
    if colour not in COLOURS:
        raise RequestError(f"{colour!r} is not a colour of notes; choose one of {', '.join(COLOURS)}.")
    return colour


def fields_state(fields: NoteFields) -> State:
    """Return the part of a note's state that ``fields`` are; raises RequestError for what cannot be kept."""
    fields = tidy(fields)
    if len(fields.text) > MOST_TEXT:
        raise RequestError(f"A note holds at most {MOST_TEXT:,} characters; this has {len(fields.text):,}.")
    return {
        "text": fields.text,
        "tags": list(fields.tags),
        "labels": list(fields.labels),
        "colour": fields.colour,
        "pinned": fields.pinned,
        "relation": fields.relation,
        "coder": fields.coder,
    }


def tidy(fields: NoteFields) -> NoteFields:
    """Return what a user writes of a note as it is kept; raises RequestError for an unknown colour."""
    return NoteFields(
        cleaned(fields.text),
        tidy_words(fields.tags),
        tidy_words(fields.labels),
        tidy_colour(fields.colour),
        bool(fields.pinned),
        tidy_line(fields.relation),
        tidy_line(fields.coder),
    )


def known_uids(connection: sqlite3.Connection) -> set[str]:
    """Return what names the notes that are or were here, in the bin and emptied from it too."""
    rows = connection.execute("SELECT uid FROM notes UNION SELECT uid FROM emptied")
    return {str(uid) for (uid,) in rows}


def insert(
    connection: sqlite3.Connection, *, uid: str, created: str, state: State, note_id: int | None = None
) -> int:
    """Write a new note, under ``note_id`` if one is given, and return its id."""
    cursor = connection.execute(
        "INSERT INTO notes (id, uid, text, created, modified) VALUES (?, ?, '', ?, ?)",
        (note_id, uid, created, created),
    )
    note_id = int(cursor.lastrowid or 0)
    write(connection, note_id, state)
    connection.execute("UPDATE notes SET version = 1 WHERE id = ?", (note_id,))
    return note_id


def write(connection: sqlite3.Connection, note_id: int, state: State) -> None:
    """Bring a note to what ``state`` says and leave what it does not name; its version grows by one."""
    for name in _PLAIN:
        if name in state:
            connection.execute(f"UPDATE notes SET {name} = ? WHERE id = ?", (state[name], note_id))  # noqa: S608 - constant
    for kind in ("tag", "label"):
        if f"{kind}s" in state:
            _write_words(connection, note_id, kind, state[f"{kind}s"])
    if "targets" in state:
        _write_targets(connection, note_id, state["targets"])
    connection.execute("UPDATE notes SET version = version + 1 WHERE id = ?", (note_id,))


def state_of(note: Note) -> State:
    """Return what a note is, in values that JSON can hold and `write` takes."""
    plain: State = {name: getattr(note, name) for name in _PLAIN}
    return plain | {
        "tags": list(note.tags),
        "labels": list(note.labels),
        "targets": [target_row(target) for target in note.targets],
    }


def require(connection: sqlite3.Connection, note_id: int) -> None:
    """Raise UnknownReference unless there is such a note outside of the bin."""
    row = connection.execute("SELECT removed FROM notes WHERE id = ?", (note_id,)).fetchone()
    if row is None:
        raise UnknownReference(f"There is no note {note_id} in the library.")
    if row[0] is not None:
        raise UnknownReference(f"Note {note_id} was removed; restore it first.")


def one(connection: sqlite3.Connection, note_id: int) -> Note:
    """Return a note that is not in the bin; raises UnknownReference."""
    require(connection, note_id)
    return _read(connection, "notes.id = ?", (note_id,))[0]


def any_one(connection: sqlite3.Connection, note_id: int) -> Note:
    """Return a note, also one in the bin; raises UnknownReference."""
    found = _read(connection, "notes.id = ?", (note_id,))
    if not found:
        raise UnknownReference(f"There is no note {note_id} in the library.")
    return found[0]


def many(
    connection: sqlite3.Connection, *, story: str | None, ref: Ref | None, tag: str | None
) -> tuple[Note, ...]:
    """List the notes that are not in the bin and that fit all that is given, in the order they were made."""
    conditions, values = ["notes.removed IS NULL"], list[Any]()
    within = "notes.id IN (SELECT note_id FROM targets WHERE story = ?"
    if story is not None:
        conditions.append(f"{within})")
        values.append(story)
    if ref is not None:
        conditions.append(f"{within} AND number = ?)")
        values += [ref.story, number_of(ref)]
    if tag is not None:
        conditions.append("notes.id IN (SELECT note_id FROM note_words WHERE kind = 'tag' AND word = ?)")
        values.append(next(iter(tidy_words([tag])), ""))
    return _read(connection, " AND ".join(conditions), tuple(values))


def removed(connection: sqlite3.Connection) -> tuple[Note, ...]:
    """List the notes in the bin, in the order they were made."""
    return _read(connection, "notes.removed IS NOT NULL", ())


def everything(connection: sqlite3.Connection) -> tuple[Note, ...]:
    """List all notes, those in the bin too, in the order they were made."""
    return _read(connection, "1", ())


def _write_words(connection: sqlite3.Connection, note_id: int, kind: str, words: Iterable[str]) -> None:
    connection.execute("DELETE FROM note_words WHERE note_id = ? AND kind = ?", (note_id, kind))
    connection.executemany(
        "INSERT INTO note_words (note_id, kind, position, word) VALUES (?, ?, ?, ?)",
        [(note_id, kind, position, word) for position, word in enumerate(words)],
    )


def _write_targets(connection: sqlite3.Connection, note_id: int, rows: Iterable[Sequence[Any]]) -> None:
    connection.execute("DELETE FROM targets WHERE note_id = ?", (note_id,))
    connection.executemany(
        f"""INSERT INTO targets (note_id, position, {_TARGET_COLUMNS})
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",  # noqa: S608 - constant
        [(note_id, position, *row) for position, row in enumerate(rows)],
    )


def _read(connection: sqlite3.Connection, condition: str, values: tuple[Any, ...]) -> tuple[Note, ...]:
    words: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for note_id, kind, word in connection.execute(
        f"""SELECT note_id, kind, word FROM note_words JOIN notes ON notes.id = note_id
        WHERE {condition} ORDER BY note_id, kind, position""",  # noqa: S608 - constant
        values,
    ):
        words[note_id, kind].append(word)
    columns = _TARGET_COLUMNS.replace(" version,", " targets.version,")
    passages = connection.execute(
        f"""SELECT note_id, {columns} FROM targets JOIN notes ON notes.id = note_id
        WHERE {condition} ORDER BY note_id, position""",  # noqa: S608 - constant
        values,
    ).fetchall()
    targets: defaultdict[int, list[Target]] = defaultdict(list)
    standing = as_they_stand(connection, (read_target(row) for _, *row in passages))
    for (note_id, *_), target in zip(passages, standing, strict=True):
        targets[note_id].append(target)
    rows = connection.execute(
        f"""SELECT id, text, created, notes.modified, colour, pinned, relation, coder, version, uid,
            (SELECT MAX(drafts.modified) FROM drafts WHERE drafts.note_id = notes.id), removed
        FROM notes WHERE {condition} ORDER BY id""",  # noqa: S608 - constant
        values,
    )
    return tuple(
        Note(
            id=row[0],
            text=row[1],
            tags=tuple(words[row[0], "tag"]),
            labels=tuple(words[row[0], "label"]),
            created=row[2],
            modified=row[3],
            targets=tuple(targets[row[0]]),
            colour=row[4],
            pinned=bool(row[5]),
            relation=row[6],
            coder=row[7],
            version=row[8],
            uid=row[9] or "",
            draft=row[10],
            removed=row[11],
        )
        for row in rows
    )


# Changes, each with its entry in the journal.


def change(
    connection: sqlite3.Connection, note_id: int, state: State, moment: str, what: str = "edited"
) -> None:
    """Bring a note to ``state`` and leave what that does not name; raises UnknownReference."""
    before = state_of(one(connection, note_id))
    after = {name: value for name, value in state.items() if before[name] != value}
    if not after:
        return
    after["modified"] = moment
    write(connection, note_id, after)
    former = {name: before[name] for name in after}
    journal.record(connection, moment, f"note {note_id} {what}", [journal.Step(KIND, note_id, former, after)])


def empty_bin(connection: sqlite3.Connection, until: str, moment: str) -> int:
    """Take the notes that went to the bin by ``until`` away for good; return how many.

    That cannot be taken back, so the journal forgets them too; copies of the notes keep them for a while.
    """
    gone = connection.execute(
        "SELECT id, uid FROM notes WHERE removed IS NOT NULL AND removed <= ?", (until,)
    ).fetchall()
    if gone:
        connection.executemany(
            "INSERT OR REPLACE INTO emptied (uid, moment) VALUES (?, ?)", [(uid, moment) for _, uid in gone]
        )
        connection.executemany("DELETE FROM notes WHERE id = ?", [(note_id,) for note_id, _ in gone])
        journal.forget(connection, KIND, [note_id for note_id, _ in gone])
        journal.touch(connection)
    return len(gone)


def change_number(connection: sqlite3.Connection) -> int:
    """Return the number of the last change to notes."""
    row = connection.execute("SELECT value FROM counters WHERE name = 'note change'").fetchone()
    return int(row[0])


def bring_to(connection: sqlite3.Connection, note_id: int, state: dict[str, Any]) -> None:
    """Bring a note to the fields of a step of the journal, for undo and redo.

    A passage that is not where it was is an orphan until it is looked for in the text as it is now.
    """
    if "targets" in state:
        targets = [read_target(row) for row in state["targets"]]
        state = state | {"targets": [target_row(still_there(connection, target)) for target in targets]}
    write(connection, note_id, state)
    journal.touch(connection)


def step_of_adding(note_id: int, moment: str) -> journal.Step:
    """Return the step that adds a note; taken back, it puts the note into the bin: no words are lost."""
    return journal.Step(KIND, note_id, {"removed": moment}, {"removed": None})


def move_to_bin(
    connection: sqlite3.Connection, note_id: int, before: str | None, after: str | None, moment: str
) -> None:
    """Put a note into the bin, or take it out where ``after`` is None; ``before`` is when it went there."""
    connection.execute("UPDATE notes SET removed = ? WHERE id = ?", (after, note_id))
    step = journal.Step(KIND, note_id, {"removed": before}, {"removed": after})
    what = "restored" if after is None else "removed"
    journal.record(connection, moment, f"note {note_id} {what}", [step])


def bin_limit(moment: str) -> str:
    """Return the moment up to which what was removed is too long in the bin at ``moment``."""
    now = timegm(time.strptime(moment, "%Y-%m-%dT%H:%M:%SZ"))
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now - BIN_DAYS * 86400))
