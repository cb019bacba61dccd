"""The codebook in the database: the labels of a library, and the changes that a user makes to them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.library import journal, note_rows
from sources.library.database import Repository, only_row
from sources.library.note_rows import KIND as NOTE_KIND
from sources.library.note_rows import cleaned, tidy_colour, tidy_words
from sources.model import LONGEST_MEANING, Codebook, Label, LabelFields, fold_label, name_fault

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from sources.library.note_rows import State

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
    statement = f"SELECT {columns} FROM labels WHERE id = ? AND removed IS NULL"  # noqa: S608 - constants
    row = only_row(connection, statement, (label_id,), f"There is no label {label_id} in the codebook.")
    return dict(zip(_PLAIN, row, strict=True))


def named(connection: sqlite3.Connection, name: str) -> Label:
    """Return the label of that name; raises UnknownReference."""
    wanted = fold_label(next(iter(tidy_words([name])), ""))
    statement = f"SELECT {_COLUMNS} FROM labels WHERE lookup = ? AND removed IS NULL"  # noqa: S608 - constants
    missing = f"There is no label {name} in the codebook; labels add makes one."
    return Label(*only_row(connection, statement, (wanted,), missing))


def siblings(connection: sqlite3.Connection, parent: int | None) -> list[int]:
    """Return the ids of the labels under ``parent``, None for the top, in their order."""
    rows = connection.execute(
        "SELECT id FROM labels WHERE parent IS ? AND removed IS NULL ORDER BY position, id", (parent,)
    )
    return [label_id for (label_id,) in rows]


def parents_by_label(connection: sqlite3.Connection) -> dict[int, int | None]:
    """Return the parent of each label of the codebook."""
    return dict(connection.execute("SELECT id, parent FROM labels WHERE removed IS NULL"))


def step_fields(before: State, after: State) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields in which two states differ, as they were and as they are."""
    changed = [name for name, value in after.items() if before[name] != value]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}


KIND = "label"  # of the journal's steps


def bring_to(connection: sqlite3.Connection, label_id: int, state: dict[str, Any]) -> None:
    """Bring a label to the fields of a step of the journal, for undo and redo."""
    write(connection, label_id, state)
    journal.touch(connection)


def _change(
    connection: sqlite3.Connection, wanted: Sequence[tuple[int, State]], moment: str
) -> list[journal.Step]:
    steps = []
    for label_id, state in wanted:
        before, after = step_fields(state_of(connection, label_id), state)
        if after:
            if set(after) != {"position"}:
                before["modified"] = state_of(connection, label_id)["modified"]
                after["modified"] = moment
            write(connection, label_id, after)
            steps.append(journal.Step(KIND, label_id, before, after))
    return steps


def _refuse_cycle(connection: sqlite3.Connection, label: Label, above: Label | None) -> None:
    parents = parents_by_label(connection)
    at = None if above is None else above.id
    while at is not None:
        if at == label.id:
            raise RequestError(f"{label.name} cannot be under itself or under what is under it.")
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
        note = note_rows.any_one(connection, note_id)
        labels = [name if word in spellings else word for word in note.labels]
        before: State = {"labels": list(note.labels), "modified": note.modified}
        after: State = {"labels": list(dict.fromkeys(labels)), "modified": moment}
        note_rows.write(connection, note_id, after)
        steps.append(journal.Step(NOTE_KIND, note_id, before, after))
    return steps


def _notes_with(connection: sqlite3.Connection, spellings: Sequence[str]) -> list[int]:
    found: set[int] = set()
    for word in spellings:
        rows = connection.execute("SELECT note_id FROM note_words WHERE kind = 'label' AND word = ?", (word,))
        found.update(note_id for (note_id,) in rows)
    return sorted(found)


class CodebookRepository(Repository):
    """The labels of a library, as a tree; each call is one transaction, each change one entry of the journal.

    Every method may raise the errors of LibraryError.
    """

    def codebook(self) -> Codebook:
        """Return the labels in the order of the tree."""
        with self._database.reading() as connection:
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

    def add_label(self, fields: LabelFields, *, parent: str | None = None) -> Label:
        """Put a label into the codebook, last under ``parent``.

        Raises RequestError for a name, colour or key that cannot be or is taken, and UnknownReference.
        """
        with self._database.writing() as connection:
            moment = self._clock()
            tidied = tidy(fields)
            above = None if parent is None else named(connection, parent).id
            state = fields_state(tidied) | {
                "parent": above,
                "position": len(siblings(connection, above)),
            }
            label_id = insert(connection, uid=os.urandom(16).hex(), created=moment, state=state)
            step = journal.Step(KIND, label_id, {"removed": moment}, {"removed": None})
            journal.record(connection, moment, f"label {tidied.name} added", [step])
            return named(connection, tidied.name)

    def edit_label(
        self,
        name: str,
        *,
        new_name: str | None = None,
        meaning: str | None = None,
        colour: str | None = None,
        key: str | None = None,
    ) -> Label:
        """Change what is given of a label; an empty colour or key takes it away.

        Notes that carry the label carry its new name. Raises RequestError and UnknownReference.
        """
        given: dict[str, str | None] = {"name": new_name, "meaning": meaning, "colour": colour, "key": key}
        with self._database.writing() as connection:
            moment = self._clock()
            label = named(connection, name)
            now = label.fields
            asked = {field: value for field, value in given.items() if value is not None}
            wanted = tidy(
                LabelFields(
                    asked.get("name", now.name),
                    asked.get("meaning", now.meaning),
                    asked.get("colour", now.colour),
                    asked.get("key", now.key),
                )
            )
            steps = _change(connection, [(label.id, fields_state(wanted))], moment)
            if fold_label(wanted.name) != fold_label(label.name):
                steps += _rename_in_notes(connection, label.name, wanted.name, moment)
            what = (
                f"label {label.name} edited" if wanted.name == label.name else f"label {label.name} renamed"
            )
            journal.record(connection, moment, what, steps)
            return named(connection, wanted.name)

    def move_label(self, name: str, *, parent: str | None, before: str | None = None) -> Label:
        """Put a label under ``parent``, None for the top, before a sibling or last.

        Raises RequestError where it would stand under itself, and UnknownReference.
        """
        with self._database.writing() as connection:
            moment = self._clock()
            label = named(connection, name)
            above = None if parent is None else named(connection, parent)
            _refuse_cycle(connection, label, above)
            parent_id = None if above is None else above.id
            order = [other for other in siblings(connection, parent_id) if other != label.id]
            place = len(order)
            if before is not None:
                beside = named(connection, before)
                if beside.id not in order:
                    raise RequestError(f"{beside.name} does not stand beside {label.name} there.")
                place = order.index(beside.id)
            order.insert(place, label.id)
            wanted: list[tuple[int, State]] = [(other, {"position": at}) for at, other in enumerate(order)]
            wanted = [(other, state | {"parent": parent_id}) for other, state in wanted]
            journal.record(
                connection, moment, f"label {label.name} moved", _change(connection, wanted, moment)
            )
            return named(connection, name)

    def remove_label(self, name: str) -> tuple[Label, int]:
        """Take a label out of the codebook; return it and the number of spans that are hidden with it.

        What is under it moves up; `undo` brings all back. Raises UnknownReference.
        """
        with self._database.writing() as connection:
            moment = self._clock()
            label = named(connection, name)
            (spans,) = connection.execute(
                """SELECT COUNT(*) FROM label_spans
                WHERE label_id = ? AND removed IS NULL AND status = 'marked'""",
                (label.id,),
            ).fetchone()
            order = siblings(connection, label.parent)
            place = order.index(label.id)
            order[place : place + 1] = siblings(connection, label.id)
            wanted: list[tuple[int, State]] = [(label.id, {"removed": moment})]
            wanted += [(other, {"position": at, "parent": label.parent}) for at, other in enumerate(order)]
            journal.record(
                connection, moment, f"label {label.name} removed", _change(connection, wanted, moment)
            )
            return label, spans
