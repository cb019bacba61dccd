"""Words as they are typed: kept apart from the notes until they are saved or dropped."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

from sources.library.encoding import Unreadable, number_of, ref_of
from sources.library.note_records import anchor_row
from sources.model import Anchor, NoteDraft, NoteFields

if TYPE_CHECKING:
    import sqlite3


def save(connection: sqlite3.Connection, draft: NoteDraft, moment: str, over: NoteFields | None) -> str:
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
