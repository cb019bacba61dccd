"""The rows of the codebook: read as values, and brought to a state; changes stand in `label_changes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.errors import RequestError, UnknownReference
from sources.labels import (
    LONGEST_MEANING,
    Codebook,
    Label,
    LabelFields,
    fold_label,
    name_fault,
)
from sources.library.note_records import cleaned, tidy_colour, tidy_words

if TYPE_CHECKING:
    import sqlite3

    from sources.library.note_records import State

_COLUMNS = "id, uid, name, meaning, colour, key, parent, created, modified"
_PLAIN = ("name", "meaning", "colour", "key", "parent", "position", "modified", "removed")


def tidy(fields: LabelFields) -> LabelFields:
    """Return what a user says of a label as it is kept; raises RequestError for what cannot be."""
    name = next(iter(tidy_words([fields.name])), "")
    if fault := name_fault(name):
        raise RequestError(f"{fields.name!r} cannot name a label: it {fault}.")
    meaning = cleaned(fields.meaning)
    if len(meaning) > LONGEST_MEANING:
        raise RequestError(
            f"What a label means may have {LONGEST_MEANING:,} characters; this has {len(meaning):,}."
        )
    return LabelFields(name, meaning, tidy_colour(fields.colour), _tidy_key(fields.key))


def _tidy_key(key: str | None) -> str | None:
    if not key:
        return None
    if len(key) != 1 or not key.isprintable() or key.isspace():
        raise RequestError(f"{key!r} cannot be a label's key: it is one character that can be typed.")
    return key


def fields_state(fields: LabelFields) -> State:
    """Return the part of a label's state that tidied fields are."""
    return {"name": fields.name, "meaning": fields.meaning, "colour": fields.colour, "key": fields.key}


def insert(connection: sqlite3.Connection, *, uid: str, created: str, state: State) -> int:
    """Write a new label and return its id; raises RequestError where its name or key is taken."""
    cursor = connection.execute(
        """INSERT INTO labels (uid, name, lookup, meaning, position, created, modified, removed)
        VALUES (?, '', '', '', 0, ?, ?, ?)""",
        (uid, created, created, created),
    )
    label_id = int(cursor.lastrowid or 0)
    write(connection, label_id, {**state, "removed": None})
    return label_id


def write(connection: sqlite3.Connection, label_id: int, state: State) -> None:
    """Bring a label to what ``state`` says and leave what it does not name; raises RequestError."""
    _require_free(connection, label_id, state)
    values: State = {name: state[name] for name in _PLAIN if name in state}
    if "name" in state:
        values["lookup"] = fold_label(state["name"])
    if values:
        columns = ", ".join(f"{name} = ?" for name in values)
        connection.execute(f"UPDATE labels SET {columns} WHERE id = ?", (*values.values(), label_id))  # noqa: S608 - constants


def _require_free(connection: sqlite3.Connection, label_id: int, state: State) -> None:
    """Refuse a name or key that another label of the codebook has."""
    row = connection.execute("SELECT name, key, removed FROM labels WHERE id = ?", (label_id,)).fetchone()
    if row is None:
        return
    name, key, removed = (
        state.get(field, old) for field, old in zip(("name", "key", "removed"), row, strict=True)
    )
    if removed is not None:
        return
    for column, value, told in (
        ("lookup", fold_label(name), f"the name {name}"),
        ("key", key, f"the key {key}"),
    ):
        other = connection.execute(
            f"SELECT name FROM labels WHERE {column} = ? AND removed IS NULL AND id <> ?",  # noqa: S608 - constants
            (value, label_id),
        ).fetchone()
        if other is not None:
            raise RequestError(f"The label {other[0]} has {told} already.")


def state_of(connection: sqlite3.Connection, label_id: int) -> State:
    """Return what a label of the codebook is, in values that `write` takes; raises UnknownReference."""
    columns = ", ".join(_PLAIN)
    row = connection.execute(
        f"SELECT {columns} FROM labels WHERE id = ? AND removed IS NULL",  # noqa: S608 - constants
        (label_id,),
    ).fetchone()
    if row is None:
        raise UnknownReference(f"There is no label {label_id} in the codebook.")
    return dict(zip(_PLAIN, row, strict=True))


def codebook(connection: sqlite3.Connection) -> Codebook:
    """Return the labels that are not removed, in the order of the tree."""
    beneath: dict[int | None, list[Label]] = {}
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM labels WHERE removed IS NULL ORDER BY position, id"  # noqa: S608 - constants
    )
    for row in rows:
        label = Label(*row)
        beneath.setdefault(label.parent, []).append(label)
    found: list[Label] = []
    waiting = list(reversed(beneath.get(None, [])))
    while waiting:
        label = waiting.pop()
        found.append(label)
        waiting += reversed(beneath.get(label.id, []))
    return Codebook(tuple(found))


def named(connection: sqlite3.Connection, name: str) -> Label:
    """Return the label of that name; raises UnknownReference."""
    wanted = fold_label(next(iter(tidy_words([name])), ""))
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM labels WHERE lookup = ? AND removed IS NULL",  # noqa: S608 - constants
        (wanted,),
    ).fetchone()
    if row is None:
        raise UnknownReference(f"There is no label {name} in the codebook; labels add makes one.")
    return Label(*row)


def siblings(connection: sqlite3.Connection, parent: int | None) -> list[int]:
    """Return the ids of the labels under ``parent``, None for the top, in their order."""
    rows = connection.execute(
        "SELECT id FROM labels WHERE parent IS ? AND removed IS NULL ORDER BY position, id", (parent,)
    )
    return [label_id for (label_id,) in rows]


def parents(connection: sqlite3.Connection) -> dict[int, int | None]:
    """Return the parent of each label of the codebook."""
    return dict(connection.execute("SELECT id, parent FROM labels WHERE removed IS NULL"))


def step_fields(before: State, after: State) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields in which two states differ, as they were and as they are."""
    changed = [name for name, value in after.items() if before[name] != value]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}
