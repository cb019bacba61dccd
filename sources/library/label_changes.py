"""What a user does to the codebook: each change is one entry of the journal, in the caller's transaction."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.labels import Label, LabelFields, fold_label
from sources.library import journal, label_records, note_records
from sources.library.note_changes import KIND as NOTE_KIND
from sources.library.note_changes import touch

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from sources.library.note_records import State

KIND = "label"  # of the journal's steps


def add(connection: sqlite3.Connection, fields: LabelFields, parent: str | None, moment: str) -> Label:
    """Put a label into the codebook, last under ``parent``; raises RequestError and UnknownReference."""
    tidied = label_records.tidy(fields)
    above = None if parent is None else label_records.named(connection, parent).id
    state = label_records.fields_state(tidied) | {
        "parent": above,
        "position": len(label_records.siblings(connection, above)),
    }
    label_id = label_records.insert(connection, uid=os.urandom(16).hex(), created=moment, state=state)
    step = journal.Step(KIND, label_id, {"removed": moment}, {"removed": None})
    _record(connection, moment, f"label {tidied.name} added", [step])
    return label_records.named(connection, tidied.name)


def edit(connection: sqlite3.Connection, name: str, given: dict[str, str | None], moment: str) -> Label:
    """Change those fields of a label that are not None; notes that carry a renamed label carry its new name.

    Raises RequestError and UnknownReference.
    """
    label = label_records.named(connection, name)
    now = label.fields
    asked = {field: value for field, value in given.items() if value is not None}
    wanted = label_records.tidy(
        LabelFields(
            asked.get("name", now.name),
            asked.get("meaning", now.meaning),
            asked.get("colour", now.colour),
            asked.get("key", now.key),
        )
    )
    steps = _change(connection, [(label.id, label_records.fields_state(wanted))], moment)
    if fold_label(wanted.name) != fold_label(label.name):
        steps += _rename_in_notes(connection, label.name, wanted.name, moment)
    what = f"label {label.name} edited" if wanted.name == label.name else f"label {label.name} renamed"
    _record(connection, moment, what, steps)
    return label_records.named(connection, wanted.name)


def move(
    connection: sqlite3.Connection, name: str, parent: str | None, before: str | None, moment: str
) -> Label:
    """Put a label under ``parent``, None for the top, before a sibling or last.

    Raises RequestError where it would stand under itself, and UnknownReference.
    """
    label = label_records.named(connection, name)
    above = None if parent is None else label_records.named(connection, parent)
    _refuse_cycle(connection, label, above)
    parent_id = None if above is None else above.id
    order = [other for other in label_records.siblings(connection, parent_id) if other != label.id]
    place = len(order)
    if before is not None:
        beside = label_records.named(connection, before)
        if beside.id not in order:
            raise RequestError(f"{beside.name} does not stand beside {label.name} there.")
        place = order.index(beside.id)
    order.insert(place, label.id)
    wanted: list[tuple[int, State]] = [(other, {"position": at}) for at, other in enumerate(order)]
    wanted = [(other, state | {"parent": parent_id}) for other, state in wanted]
    _record(connection, moment, f"label {label.name} moved", _change(connection, wanted, moment))
    return label_records.named(connection, name)


def remove(connection: sqlite3.Connection, name: str, moment: str) -> tuple[Label, int]:
    """Take a label out of the codebook and return it, with the number of its marked spans.

    What stands under it moves up. Its spans are kept and hidden, and come back with it when this is taken
    back. Raises UnknownReference.
    """
    label = label_records.named(connection, name)
    (spans,) = connection.execute(
        "SELECT COUNT(*) FROM label_spans WHERE label_id = ? AND removed IS NULL AND status = 'marked'",
        (label.id,),
    ).fetchone()
    order = label_records.siblings(connection, label.parent)
    place = order.index(label.id)
    order[place : place + 1] = label_records.siblings(connection, label.id)
    wanted: list[tuple[int, State]] = [(label.id, {"removed": moment})]
    wanted += [(other, {"position": at, "parent": label.parent}) for at, other in enumerate(order)]
    _record(connection, moment, f"label {label.name} removed", _change(connection, wanted, moment))
    return label, spans


def bring_to(connection: sqlite3.Connection, label_id: int, state: dict[str, Any]) -> None:
    """Bring a label to the fields of a step of the journal, for undo and redo."""
    label_records.write(connection, label_id, state)
    touch(connection)


def _change(
    connection: sqlite3.Connection, wanted: Sequence[tuple[int, State]], moment: str
) -> list[journal.Step]:
    steps = []
    for label_id, state in wanted:
        before, after = label_records.step_fields(label_records.state_of(connection, label_id), state)
        if after:
            if set(after) != {"position"}:
                before["modified"] = label_records.state_of(connection, label_id)["modified"]
                after["modified"] = moment
            label_records.write(connection, label_id, after)
            steps.append(journal.Step(KIND, label_id, before, after))
    return steps


def _refuse_cycle(connection: sqlite3.Connection, label: Label, above: Label | None) -> None:
    parents = label_records.parents(connection)
    at = None if above is None else above.id
    while at is not None:
        if at == label.id:
            raise RequestError(f"{label.name} cannot stand under itself or under what stands under it.")
        at = parents.get(at)


def _rename_in_notes(
    connection: sqlite3.Connection, former: str, name: str, moment: str
) -> list[journal.Step]:
    """Let the notes that carry a label carry its new name; return the steps."""
    folded = fold_label(former)
    rows = connection.execute("SELECT DISTINCT word FROM note_words WHERE kind = 'label'").fetchall()
    spellings = [word for (word,) in rows if fold_label(word) == folded]
    steps = []
    for note_id in _notes_with(connection, spellings):
        note = note_records.any_one(connection, note_id)
        labels = [name if word in spellings else word for word in note.labels]
        before: State = {"labels": list(note.labels), "modified": note.modified}
        after: State = {"labels": list(dict.fromkeys(labels)), "modified": moment}
        note_records.write(connection, note_id, after)
        steps.append(journal.Step(NOTE_KIND, note_id, before, after))
    return steps


def _notes_with(connection: sqlite3.Connection, spellings: Sequence[str]) -> list[int]:
    found: set[int] = set()
    for word in spellings:
        rows = connection.execute("SELECT note_id FROM note_words WHERE kind = 'label' AND word = ?", (word,))
        found.update(note_id for (note_id,) in rows)
    return sorted(found)


def _record(connection: sqlite3.Connection, moment: str, what: str, steps: Sequence[journal.Step]) -> None:
    journal.record(connection, moment, what, steps)
    touch(connection)
