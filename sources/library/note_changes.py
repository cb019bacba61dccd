"""What a user does to notes and drafts: each change is one entry of the journal."""

from __future__ import annotations

import json
import os
import re
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from sources.errors import RequestError
from sources.library import journal, note_records
from sources.library.anchor_check import placed, still_there
from sources.library.encoding import Unreadable, number_of, ref_of
from sources.library.note_records import anchor_row
from sources.library.outcomes import SavedNote
from sources.model import Anchor, NoteDraft, NoteFields
from sources.text.three_way_merge import merge_texts, merge_words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from sources.library.note_records import State
    from sources.model import Note, Ref

KIND = "note"  # of the journal's steps
MOST_TEXT = 4_000_000  # code points of one note's text


def add(
    connection: sqlite3.Connection,
    fields: NoteFields,
    places: Sequence[tuple[Ref, Anchor]],
    moment: str,
    uid: str | None = None,
) -> int:
    """Keep a note and return its id; ``uid`` is given where the note comes from elsewhere.

    A passage whose quote does not stand where the anchor says is kept as an orphan: the text may have
    changed while the note was written, and the user's words must not be lost for that. Raises RequestError
    without any target and UnknownReference for a source or story that is not there.
    """
    if not places:
        raise RequestError("A note needs a passage of a source, a source or a story to stand on.")
    state = fields_state(fields) | {
        "targets": [note_records.target_row(placed(connection, ref, anchor)) for ref, anchor in places],
        "modified": moment,
    }
    note_id = note_records.insert(connection, uid=uid or os.urandom(16).hex(), created=moment, state=state)
    # Taking back an added note puts it into the bin: no words are lost by a key pressed once too often.
    step = journal.Step(KIND, note_id, {"removed": moment}, {"removed": None})
    _record(connection, moment, f"note {note_id} added", [step])
    return note_id


def change(
    connection: sqlite3.Connection, note_id: int, state: State, moment: str, what: str = "edited"
) -> None:
    """Bring a note to ``state`` and leave what that does not name; raises UnknownReference."""
    before = note_records.state_of(note_records.one(connection, note_id))
    after = {name: value for name, value in state.items() if before[name] != value}
    if not after:
        return
    after["modified"] = moment
    note_records.write(connection, note_id, after)
    former = {name: before[name] for name in after}
    _record(connection, moment, f"note {note_id} {what}", [journal.Step(KIND, note_id, former, after)])


def save(
    connection: sqlite3.Connection, note_id: int, base: NoteFields, fields: NoteFields, moment: str
) -> SavedNote:
    """Save what became of ``base``, merged with what others saved since; raises UnknownReference."""
    now = note_records.one(connection, note_id).fields
    wanted = _tidy(fields)
    if now == base:
        merged, clashes = wanted, 0
    else:
        merged, clashes = _merged(base, now, wanted)
    change(connection, note_id, fields_state(merged), moment)
    return SavedNote(note_records.one(connection, note_id), merged != wanted, clashes)


def set_places(
    connection: sqlite3.Connection,
    note_id: int,
    places: Sequence[tuple[Ref, Anchor]],
    moment: str,
    what: str,
) -> None:
    """Let a note speak of ``places`` from now on; raises RequestError and UnknownReference.

    A target that stays as it was keeps its state.
    """
    if not places:
        raise RequestError("A note needs a passage of a source, a source or a story to stand on.")
    note = note_records.one(connection, note_id)
    known = {(target.ref, target.anchor): target for target in note.targets}
    targets = [known.get(place) or placed(connection, *place) for place in dict.fromkeys(places)]
    change(
        connection, note_id, {"targets": [note_records.target_row(each) for each in targets]}, moment, what
    )


def remove(connection: sqlite3.Connection, note_id: int, moment: str) -> None:
    """Put a note into the bin; raises UnknownReference for one that is not there or in the bin already."""
    note_records.require(connection, note_id)
    _bin(connection, note_id, None, moment, moment, "removed")


def restore(connection: sqlite3.Connection, note_id: int, moment: str) -> None:
    """Take a note out of the bin; one that is not in it stays as it is. Raises UnknownReference."""
    note = note_records.any_one(connection, note_id)
    if note.removed is not None:
        _bin(connection, note_id, note.removed, None, moment, "restored")


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
        touch(connection)
    return len(gone)


def bring_back(connection: sqlite3.Connection, notes: Sequence[Note], moment: str) -> list[int]:
    """Keep notes that a copy holds and the database lost, under their old ids where those are free."""
    ids, steps = [], []
    for note in notes:
        state = note_records.state_of(note)
        state["targets"] = [
            note_records.target_row(still_there(connection, target)) for target in note.targets
        ]
        taken = connection.execute("SELECT 1 FROM notes WHERE id = ?", (note.id,)).fetchone()
        wanted = None if taken or note.id < 1 else note.id
        note_id = note_records.insert(
            connection, uid=note.uid, created=note.created, state=state, note_id=wanted
        )
        connection.execute("UPDATE notes SET version = ? WHERE id = ?", (note.version, note_id))
        ids.append(note_id)
        if note.removed is None:
            steps.append(journal.Step(KIND, note_id, {"removed": moment}, {"removed": None}))
    _record(connection, moment, f"{len(ids)} notes brought back from a copy", steps)
    return ids


def change_number(connection: sqlite3.Connection) -> int:
    """Return the number of the last change to notes."""
    row = connection.execute("SELECT value FROM counters WHERE name = 'note change'").fetchone()
    return int(row[0])


def bring_to(connection: sqlite3.Connection, note_id: int, state: dict[str, Any]) -> None:
    """Bring a note to the fields of a step of the journal, for undo and redo.

    A passage that is not where it was is an orphan until it is looked for in the text as it is now.
    """
    if "targets" in state:
        targets = [note_records.read_target(row) for row in state["targets"]]
        state = state | {
            "targets": [note_records.target_row(still_there(connection, target)) for target in targets]
        }
    note_records.write(connection, note_id, state)
    touch(connection)


def touch(connection: sqlite3.Connection) -> None:
    """Count a change of the notes, so that copies of them know what they lack."""
    connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'note change'")


def fields_state(fields: NoteFields) -> State:
    """Return the part of a note's state that ``fields`` are; raises RequestError for what cannot be kept."""
    fields = _tidy(fields)
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


def _tidy(fields: NoteFields) -> NoteFields:
    return NoteFields(
        note_records.cleaned(fields.text),
        note_records.tidy_words(fields.tags),
        note_records.tidy_words(fields.labels),
        note_records.tidy_colour(fields.colour),
        bool(fields.pinned),
        note_records.tidy_line(fields.relation),
        note_records.tidy_line(fields.coder),
    )


def _merged(base: NoteFields, first: NoteFields, second: NoteFields) -> tuple[NoteFields, int]:
    text, clashes = merge_texts(base.text, first.text, second.text)

    def later(name: str) -> Any:
        mine = getattr(second, name)
        return mine if mine != getattr(base, name) else getattr(first, name)

    return NoteFields(
        text,
        merge_words(base.tags, first.tags, second.tags),
        merge_words(base.labels, first.labels, second.labels),
        *(later(name) for name in ("colour", "pinned", "relation", "coder")),
    ), clashes


def _bin(
    connection: sqlite3.Connection,
    note_id: int,
    before: str | None,
    after: str | None,
    moment: str,
    what: str,
) -> None:
    connection.execute("UPDATE notes SET removed = ? WHERE id = ?", (after, note_id))
    step = journal.Step(KIND, note_id, {"removed": before}, {"removed": after})
    _record(connection, moment, f"note {note_id} {what}", [step])


def _record(connection: sqlite3.Connection, moment: str, what: str, steps: Sequence[journal.Step]) -> None:
    journal.record(connection, moment, what, steps)
    touch(connection)


# Words as they are typed: kept apart from the notes until they are saved or dropped.


def save_of_note_drafts(
    connection: sqlite3.Connection, draft: NoteDraft, moment: str, over: NoteFields | None
) -> str:
    """Keep a draft in the place of ``over`` and return its key.

    Other words of that key are from another window: they stay, and these get a key of their own.
    """
    key = _own_key(connection, draft, over)
    content = {
        "fields": _fields_row(draft.fields),
        "base": None if draft.base is None else _fields_row(draft.base),
        "base_version": draft.base_version,
        "places": [[ref.story, number_of(ref), *anchor_row(anchor)] for ref, anchor in draft.places],
    }
    connection.execute(
        "INSERT OR REPLACE INTO drafts (key, note_id, content, modified) VALUES (?, ?, ?, ?)",
        (key, draft.note_id, json.dumps(content, ensure_ascii=False), moment),
    )
    return key


def drop(connection: sqlite3.Connection, key: str, said: NoteFields | None = None) -> bool:
    """Forget a draft, with ``said`` only if that is what it says; False when there is none such."""
    if said is not None and _fields(connection, key) != said:
        return False
    return connection.execute("DELETE FROM drafts WHERE key = ?", (key,)).rowcount > 0


def one(connection: sqlite3.Connection, key: str) -> NoteDraft | None:
    """Return the draft of that key; None when there is none."""
    row = connection.execute(f"{_SELECT} WHERE key = ?", (key,)).fetchone()
    return None if row is None else _read(row)


def many(connection: sqlite3.Connection) -> tuple[NoteDraft, ...]:
    """List the drafts, the oldest first."""
    return tuple(_read(row) for row in connection.execute(f"{_SELECT} ORDER BY modified, key"))


_SELECT = "SELECT key, note_id, content, modified FROM drafts"


def _own_key(connection: sqlite3.Connection, draft: NoteDraft, over: NoteFields | None) -> str:
    for number in count(1):
        key = draft.key if number == 1 else f"{draft.key} ({number})"
        if _fields(connection, key) in (None, over, draft.fields):
            return key
    raise AssertionError  # one of all numbers is free


def _fields(connection: sqlite3.Connection, key: str) -> NoteFields | None:
    draft = one(connection, key)
    return None if draft is None else draft.fields


def _fields_row(fields: NoteFields) -> list[Any]:
    return [
        fields.text,
        list(fields.tags),
        list(fields.labels),
        fields.colour,
        fields.pinned,
        fields.relation,
        fields.coder,
    ]


def _read_fields(row: list[Any]) -> NoteFields:
    text, tags, labels, *others = row
    return NoteFields(text, tuple(tags), tuple(labels), *others)


def _read(row: tuple[Any, ...]) -> NoteDraft:
    key, note_id, written, modified = row
    try:
        content = json.loads(written)
        base = content["base"]
        return NoteDraft(
            key=key,
            fields=_read_fields(content["fields"]),
            note_id=note_id,
            places=tuple(
                (ref_of(story, number), Anchor(*anchor)) for story, number, *anchor in content["places"]
            ),
            base=None if base is None else _read_fields(base),
            base_version=content["base_version"],
            modified=modified,
        )
    except (ValueError, TypeError, KeyError) as error:
        raise Unreadable(f"the draft {key!r} cannot be read") from error


# Taking notes in that were written elsewhere: all of them are one change, which `undo` takes back.

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:?00)?")


class NewNote(NamedTuple):
    """A note from elsewhere, with where it stands here; moments are ISO 8601 in UTC, None for now."""

    uid: str
    fields: NoteFields
    places: tuple[tuple[Ref, Anchor], ...]
    created: str | None = None
    modified: str | None = None


def ingest(
    connection: sqlite3.Connection, notes: Sequence[NewNote], what: str, moment: str
) -> tuple[int, ...]:
    """Keep those of ``notes`` that were never here and return their ids; ``what`` tells the journal of it.

    Raises RequestError for what cannot be kept, and UnknownReference.
    """
    never = known_uids(connection)
    ids, steps = [], []
    for note in notes:
        if note.uid in never:
            continue
        never.add(note.uid)
        state = fields_state(note.fields) | {
            "targets": [note_records.target_row(placed(connection, *place)) for place in note.places],
            "modified": _moment(note.modified) or _moment(note.created) or moment,
        }
        created = _moment(note.created) or moment
        ids.append(note_records.insert(connection, uid=note.uid, created=created, state=state))
        steps.append(journal.Step(KIND, ids[-1], {"removed": moment}, {"removed": None}))
    if ids:
        journal.record(connection, moment, what, steps)
        touch(connection)
    return tuple(ids)


def known_uids(connection: sqlite3.Connection) -> set[str]:
    """Return what names the notes that are or were here, in the bin and emptied from it too."""
    rows = connection.execute("SELECT uid FROM notes UNION SELECT uid FROM emptied")
    return {str(uid) for (uid,) in rows}


def _moment(written: str | None) -> str | None:
    """Return a moment in UTC as the library keeps it; None for another form, and for none."""
    found = _MOMENT.fullmatch((written or "").strip())
    return f"{found[1]}T{found[2]}Z" if found else None
