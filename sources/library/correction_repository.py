"""The user's corrections of entities in the database: made, listed, taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.library import journal, source_rows
from sources.library.database import Repository, only_row
from sources.library.encoding import Unreadable, ref_of, unreadable
from sources.model import Correction, CorrectionAct

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from sources.model import Ref

KIND = "corrected"  # of the journal's steps
_COLUMNS = "id, story, act, names, value, made"


def one(connection: sqlite3.Connection, correction_id: int) -> Correction:
    """Return a correction that was not taken back; raises UnknownReference."""
    statement = f"SELECT {_COLUMNS} FROM corrections WHERE id = ? AND undone IS NULL"  # noqa: S608 - constant
    missing = f"There is no correction {correction_id} in the library."
    return _read(only_row(connection, statement, (correction_id,), missing))


def bring_to(connection: sqlite3.Connection, correction_id: int, fields: dict[str, Any]) -> None:
    """Bring a correction to the fields of a step of the journal: it holds, or was taken back at a moment."""
    row = connection.execute("SELECT story, forms FROM corrections WHERE id = ?", (correction_id,)).fetchone()
    if row is not None:
        connection.execute(
            "UPDATE corrections SET undone = ? WHERE id = ?", (fields["undone"], correction_id)
        )
        source_rows.record_change(connection, changed=_texts_with(connection, row[0], _texts_of(row[1])))


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Return a sentence for each correction that cannot be read."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM corrections ORDER BY id")  # noqa: S608 - constant
    return unreadable(rows, _read, "Correction {} of an entity")


def _read(row: tuple[Any, ...]) -> Correction:
    identifier, story, act, names, value, made = row
    read = _texts_of(names)
    if not read:
        raise Unreadable("a correction names no entity")
    return Correction(identifier, story, CorrectionAct(act), read, value, made)


def _texts_of(written: str) -> tuple[str, ...]:
    try:
        read = json.loads(written)
    except ValueError as error:
        raise Unreadable("a correction cannot be read") from error
    if not isinstance(read, list) or not all(isinstance(text, str) for text in read):
        raise Unreadable("a correction cannot be read")
    return tuple(read)


def _texts_with(connection: sqlite3.Connection, story: str | None, forms: Sequence[str]) -> list[Ref]:
    """Return the texts, of a story or of all, in which any of ``forms`` stands."""
    if not forms:
        return []
    rows = connection.execute(
        """SELECT stories.slug, sources.number FROM sources
        JOIN stories ON stories.id = sources.story_id
        JOIN versions ON versions.source_id = sources.id AND versions.version = sources.version
        WHERE (?1 IS NULL OR stories.slug = ?1)
            AND EXISTS (SELECT 1 FROM json_each(?2) WHERE instr(versions.text, json_each.value))""",
        (story, json.dumps(forms, ensure_ascii=False)),
    )
    return [ref_of(slug, number) for slug, number in rows.fetchall()]


class CorrectionRepository(Repository):
    """The corrections of a library; each call is one transaction.

    Every method may raise the errors of LibraryError.
    """

    def add_correction(
        self,
        act: CorrectionAct,
        names: Sequence[str],
        value: str = "",
        *,
        story: str | None = None,
        forms: Sequence[str] = (),
    ) -> Correction:
        """Keep what the user said of an entity with these ``names``, in one story or everywhere.

        ``forms`` are in the texts that it changes; the index catches up with those. Raises
        UnknownReference for a story that is not there.
        """
        with self._database.writing() as connection:
            if story is not None:
                source_rows.story_row(connection, story)
            written = list(dict.fromkeys(form for form in (*names, *forms) if form))
            moment = self._clock()
            made = connection.execute(
                "INSERT INTO corrections (story, act, names, value, forms, made) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    story,
                    str(act),
                    json.dumps(names, ensure_ascii=False),
                    value,
                    json.dumps(written, ensure_ascii=False),
                    moment,
                ),
            )
            correction_id = int(made.lastrowid or 0)
            source_rows.record_change(connection, changed=_texts_with(connection, story, written))
            step = journal.Step(KIND, correction_id, {"undone": moment}, {"undone": None})
            journal.record(connection, moment, f"correction of {names[0]}", [step])
            return one(connection, correction_id)

    def undo_correction(self, correction_id: int | None = None) -> Correction:
        """Take back a correction, by default the last one; raises RequestError and UnknownReference."""
        with self._database.writing() as connection:
            moment = self._clock()
            if correction_id is None:
                row = connection.execute("SELECT max(id) FROM corrections WHERE undone IS NULL").fetchone()
                if row[0] is None:
                    raise RequestError("There is no correction to undo.")
                correction_id = int(row[0])
            found = one(connection, correction_id)
            step = journal.Step(KIND, correction_id, {"undone": None}, {"undone": moment})
            bring_to(connection, correction_id, step.after)
            journal.record(connection, moment, f"correction of {found.name} taken back", [step])
            return found

    def corrections(self, story: str | None = None) -> tuple[Correction, ...]:
        """List the corrections that hold in a story, or all of them, in the order they were made."""
        with self._database.reading() as connection:
            condition = (
                "undone IS NULL" if story is None else "undone IS NULL AND (story IS NULL OR story = ?)"
            )
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM corrections WHERE {condition} ORDER BY id",  # noqa: S608 - constant
                () if story is None else (story,),
            )
            return tuple(map(_read, rows.fetchall()))
