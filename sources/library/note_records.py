"""Notes in the library: kept, edited, put into the bin and taken out again."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sources.errors import RequestError, UnknownReference
from sources.library.encoding import number_of, ref_of
from sources.model import Anchor, Note, NoteState, Target

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from sources.model import Ref

_WHITE_SPACE = re.compile(r"\s+")


def tidy_words(words: Iterable[str]) -> tuple[str, ...]:
    """Return tags or labels as they are kept: no leading ``#``, hyphens for white space, each once."""
    tidy = (_WHITE_SPACE.sub("-", _cleaned(word).strip().lstrip("#").strip()) for word in words)
    return tuple(dict.fromkeys(word for word in tidy if word))


def add(
    connection: sqlite3.Connection,
    text: str,
    anchors: Sequence[tuple[Ref, Anchor]],
    *,
    tags: Iterable[str],
    labels: Iterable[str],
    moment: str,
) -> int:
    """Keep a note and return its id.

    A passage whose quote does not stand where the anchor says is kept as an orphan: the text may have
    changed while the note was written, and the user's words must not be lost for that. Raises RequestError
    without any passage and UnknownReference for a source that is not there.
    """
    if not anchors:
        raise RequestError("A note needs a passage of a source to stand on.")
    cursor = connection.execute(
        "INSERT INTO notes (text, created, modified) VALUES (?, ?, ?)",
        (_cleaned(text), moment, moment),
    )
    note_id = int(cursor.lastrowid or 0)
    for position, (ref, anchor) in enumerate(anchors):
        state = _state(connection, ref, anchor)
        connection.execute(
            """INSERT INTO targets (note_id, position, story, number, start, "end", quote, prefix, suffix,
                state, confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                note_id,
                position,
                ref.story,
                number_of(ref),
                anchor.start,
                anchor.end,
                anchor.quote,
                anchor.prefix,
                anchor.suffix,
                state.value,
                0.0 if state is NoteState.ORPHAN else 1.0,
            ),
        )
    _write_words(connection, note_id, "tag", tags)
    _write_words(connection, note_id, "label", labels)
    return note_id


def edit(
    connection: sqlite3.Connection,
    note_id: int,
    *,
    text: str | None,
    tags: Iterable[str] | None,
    labels: Iterable[str] | None,
    moment: str,
) -> None:
    """Change the fields that are given and leave the others; raises UnknownReference."""
    _require(connection, note_id)
    if text is not None:
        connection.execute("UPDATE notes SET text = ? WHERE id = ?", (_cleaned(text), note_id))
    if tags is not None:
        _write_words(connection, note_id, "tag", tags)
    if labels is not None:
        _write_words(connection, note_id, "label", labels)
    connection.execute("UPDATE notes SET modified = ? WHERE id = ?", (moment, note_id))


def remove(connection: sqlite3.Connection, note_id: int, moment: str) -> None:
    """Put a note into the bin; raises UnknownReference for one that is not there or in the bin already."""
    _require(connection, note_id)
    connection.execute("UPDATE notes SET removed = ? WHERE id = ?", (moment, note_id))


def restore(connection: sqlite3.Connection, note_id: int) -> None:
    """Take a note out of the bin; one that is not in it stays as it is. Raises UnknownReference."""
    changed = connection.execute("UPDATE notes SET removed = NULL WHERE id = ?", (note_id,)).rowcount
    if not changed:
        raise UnknownReference(f"There is no note {note_id} in the library.")


def one(connection: sqlite3.Connection, note_id: int) -> Note:
    """Return a note that is not in the bin; raises UnknownReference."""
    _require(connection, note_id)
    return _read(connection, "notes.id = ?", (note_id,))[0]


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


def _cleaned(text: str) -> str:
    # Reading notes needs no cleaning, and a search should not pay for loading it.
    from sources.text.cleaning import clean_text  # noqa: PLC0415

    return clean_text(text).strip()


def _require(connection: sqlite3.Connection, note_id: int) -> None:
    row = connection.execute("SELECT removed FROM notes WHERE id = ?", (note_id,)).fetchone()
    if row is None:
        raise UnknownReference(f"There is no note {note_id} in the library.")
    if row[0] is not None:
        raise UnknownReference(f"Note {note_id} was removed; restore it first.")


def _state(connection: sqlite3.Connection, ref: Ref, anchor: Anchor) -> NoteState:
    row = connection.execute(
        """SELECT substr(versions.text, ? + 1, ?) FROM sources
        JOIN stories ON stories.id = sources.story_id
        JOIN versions ON versions.source_id = sources.id AND versions.version = sources.version
        WHERE stories.slug = ? AND sources.number = ?""",
        (anchor.start, anchor.end - anchor.start, ref.story, number_of(ref)),
    ).fetchone()
    if row is None:
        raise UnknownReference(f"There is no source {ref} in the library.")
    stands = 0 <= anchor.start < anchor.end and row[0] == anchor.quote
    return NoteState.ANCHORED if stands else NoteState.ORPHAN


def _write_words(connection: sqlite3.Connection, note_id: int, kind: str, words: Iterable[str]) -> None:
    connection.execute("DELETE FROM note_words WHERE note_id = ? AND kind = ?", (note_id, kind))
    connection.executemany(
        "INSERT INTO note_words (note_id, kind, position, word) VALUES (?, ?, ?, ?)",
        [(note_id, kind, position, word) for position, word in enumerate(tidy_words(words))],
    )


def _read(connection: sqlite3.Connection, condition: str, values: tuple[Any, ...]) -> tuple[Note, ...]:
    words: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for note_id, kind, word in connection.execute(
        f"""SELECT note_id, kind, word FROM note_words JOIN notes ON notes.id = note_id
        WHERE {condition} ORDER BY note_id, kind, position""",  # noqa: S608 - constant
        values,
    ):
        words[note_id, kind].append(word)
    passages: defaultdict[int, list[Target]] = defaultdict(list)
    for note_id, story, number, start, end, quote, prefix, suffix, state, confidence in connection.execute(
        f"""SELECT note_id, story, number, start, "end", quote, prefix, suffix, state, confidence
        FROM targets JOIN notes ON notes.id = note_id WHERE {condition} ORDER BY note_id, position""",  # noqa: S608 - constant
        values,
    ):
        anchor = Anchor(start, end, quote, prefix, suffix)
        passages[note_id].append(Target(ref_of(story, number), anchor, NoteState(state), confidence))
    rows = connection.execute(
        f"SELECT id, text, created, modified FROM notes WHERE {condition} ORDER BY id",  # noqa: S608 - constant
        values,
    )
    return tuple(
        Note(
            id=note_id,
            text=text,
            tags=tuple(words[note_id, "tag"]),
            labels=tuple(words[note_id, "label"]),
            created=created,
            modified=modified,
            targets=tuple(passages[note_id]),
        )
        for note_id, text, created, modified in rows
    )
