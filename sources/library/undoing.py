"""Taking changes back and doing them again, whoever owns what they changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.library import (
    codebook_store,
    journal,
    label_span_store,
    note_changes,
    reanchoring,
    source_repository,
)
from sources.library.reanchoring import Owner

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from sources.library.reanchoring import Reanchor

# Each brings one thing of its kind to the fields that it is given, as `note_changes.bring_to` does.
_OWNERS: dict[str, Callable[[sqlite3.Connection, int, dict[str, Any]], None]] = {
    note_changes.KIND: note_changes.bring_to,
    codebook_store.KIND: codebook_store.bring_to,
    label_span_store.KIND: label_span_store.bring_to,
    label_span_store.SETTLEMENT: label_span_store.bring_settlement_to,
}
# What has places in texts, and the field of its steps that holds them.
_PLACED: dict[str, tuple[Callable[[int], Owner], str]] = {
    note_changes.KIND: (Owner.note, "targets"),
    label_span_store.KIND: (Owner.label_span, "place"),
}


def undo(connection: sqlite3.Connection, reanchor: Reanchor) -> journal.Entry | None:
    """Take the newest change back and return it; None when there is nothing to take back.

    A passage that is brought back from an earlier text is looked for in the text as it is now.
    """
    entry = journal.newest_standing(connection)
    if entry is not None:
        for step in reversed(entry.steps):
            _OWNERS[step.kind](connection, step.id, step.before)
        _settle(connection, entry, reanchor)
        journal.mark(connection, entry, undone=True)
    return entry


def redo(connection: sqlite3.Connection, reanchor: Reanchor) -> journal.Entry | None:
    """Do the change again that was taken back last and return it; None when there is none.

    Its passages are looked for as in `undo`.
    """
    entry = journal.oldest_undone(connection)
    if entry is not None:
        for step in entry.steps:
            _OWNERS[step.kind](connection, step.id, step.after)
        _settle(connection, entry, reanchor)
        journal.mark(connection, entry, undone=False)
    return entry


def _settle(connection: sqlite3.Connection, entry: journal.Entry, reanchor: Reanchor) -> None:
    for step in entry.steps:
        owner_of, field = _PLACED.get(step.kind, (None, ""))
        if owner_of is not None and field in step.before:
            owner = owner_of(step.id)
            for source in source_repository.sources_of(connection, reanchoring.refs_of(connection, owner)):
                reanchoring.resettle(connection, source.ref, source.text, reanchor, owner)
