"""Taking changes back and doing them again, whoever owns what they changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.library import journal, label_changes, label_span_changes, note_changes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

# Each brings one thing of its kind to the fields that it is given, as `note_changes.bring_to` does.
_OWNERS: dict[str, Callable[[sqlite3.Connection, int, dict[str, Any]], None]] = {
    note_changes.KIND: note_changes.bring_to,
    label_changes.KIND: label_changes.bring_to,
    label_span_changes.KIND: label_span_changes.bring_to,
    label_span_changes.SETTLEMENT: label_span_changes.bring_settlement_to,
}


def undo(connection: sqlite3.Connection) -> journal.Entry | None:
    """Take the newest change back and return it; None when there is nothing to take back."""
    entry = journal.newest_standing(connection)
    if entry is not None:
        for step in reversed(entry.steps):
            _OWNERS[step.kind](connection, step.id, step.before)
        journal.mark(connection, entry, undone=True)
    return entry


def redo(connection: sqlite3.Connection) -> journal.Entry | None:
    """Do the change again that was taken back last and return it; None when there is none."""
    entry = journal.oldest_undone(connection)
    if entry is not None:
        for step in entry.steps:
            _OWNERS[step.kind](connection, step.id, step.after)
        journal.mark(connection, entry, undone=False)
    return entry
