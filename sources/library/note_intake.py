"""Taking notes in that were written elsewhere: all of them are one change, which `undo` takes back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.library import journal, note_records
from sources.library.note_changes import KIND, fields_state, touch
from sources.library.standing import placed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from sources.model import Anchor, NoteFields, Ref

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:?00)?")


class NewNote(NamedTuple):
    """A note from elsewhere, with where it stands here; moments are ISO 8601 in UTC, None for now."""

    uid: str
    fields: NoteFields
    places: tuple[tuple[Ref, Anchor], ...]
    created: str | None = None
    modified: str | None = None


def take_in(
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
