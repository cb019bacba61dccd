"""What the user decided in an audit, in the database: made, listed, taken back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.library import journal, source_rows
from sources.library.database import Repository
from sources.library.encoding import Unreadable, unreadable
from sources.model import AuditChoice, AuditChoiceKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

KIND = "audited"  # of the journal's steps
_COLUMNS = "id, story, draft, sentence, marker, kind, value, note, made"
_OF_TEXT = "story IS ?1 AND draft IS ?2 AND undone IS NULL"
_Row = tuple[int, str | None, str | None, str, str, str, str, str, str]


def bring_to(connection: sqlite3.Connection, choice_id: int, fields: dict[str, Any]) -> None:
    """Bring a choice to the fields of a step of the journal: it holds, or was taken back at a moment."""
    connection.execute("UPDATE audit_choices SET undone = ? WHERE id = ?", (fields["undone"], choice_id))


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Return a sentence for each choice that cannot be read."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM audit_choices ORDER BY id")  # noqa: S608 - constant
    return unreadable(rows, _read, "Choice {} of an audit")


def _read(row: _Row) -> AuditChoice:
    identifier, story, draft, sentence, marker, kind, value, note, made = row
    if kind == AuditChoiceKind.READING and not re.fullmatch(r"\d+(?:,\d+)*", value):
        raise Unreadable("a reading is no list of numbers")
    return AuditChoice(identifier, story, draft, sentence, marker, AuditChoiceKind(kind), value, note, made)


class AuditChoiceRepository(Repository):
    """What the user decided in audits; each call is one transaction.

    A text is the summary of a ``story``, or a ``draft`` by its name. Every method may raise the errors of
    LibraryError.
    """

    def add_audit_choice(
        self,
        kind: AuditChoiceKind,
        sentence: str,
        value: str,
        *,
        marker: str = "",
        note: str = "",
        story: str | None = None,
        draft: str | None = None,
    ) -> AuditChoice:
        """Keep what the user decided of a sentence; it holds instead of an earlier one of its kind.

        Raises UnknownReference for a story that is not there.
        """
        with self._database.writing() as connection:
            if story is not None:
                source_rows.story_row(connection, story)
            made = self._clock()
            added = connection.execute(
                "INSERT INTO audit_choices (story, draft, sentence, marker, kind, value, note, made)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (story, draft, sentence, marker, str(kind), value, note, made),
            )
            choice_id = int(added.lastrowid or 0)
            step = journal.Step(KIND, choice_id, {"undone": made}, {"undone": None})
            journal.record(connection, made, f"your {kind} of a sentence", [step])
            return AuditChoice(choice_id, story, draft, sentence, marker, kind, value, note, made)

    def undo_audit_choice(
        self, *, story: str | None = None, draft: str | None = None, sentence: str | None = None
    ) -> AuditChoice:
        """Take back the last choice in a text, or on one ``sentence`` of it; raises RequestError."""
        with self._database.writing() as connection:
            row = connection.execute(
                f"SELECT {_COLUMNS} FROM audit_choices WHERE {_OF_TEXT} AND (?3 IS NULL OR sentence = ?3)"  # noqa: S608 - constants
                " ORDER BY id DESC LIMIT 1",
                (story, draft, sentence),
            ).fetchone()
            if row is None:
                raise RequestError("There is no decision to undo.")
            choice, moment = _read(row), self._clock()
            step = journal.Step(KIND, choice.id, {"undone": None}, {"undone": moment})
            bring_to(connection, choice.id, step.after)
            journal.record(connection, moment, f"your {choice.kind} of a sentence taken back", [step])
            return choice

    def audit_choices(self, *, story: str | None = None, draft: str | None = None) -> tuple[AuditChoice, ...]:
        """List the choices that hold in a text, in the order they were made: of two alike the later holds."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM audit_choices WHERE {_OF_TEXT} ORDER BY id",  # noqa: S608 - constants
                (story, draft),
            )
            return tuple(map(_read, rows.fetchall()))
