"""The drafts of notes: words as they are typed, kept apart from the notes until they are saved or dropped."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

from sources.library.database import Repository
from sources.library.encoding import Unreadable, anchor_row, number_of, ref_of
from sources.model import Anchor, NoteDraft, NoteFields

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from sources.model import Ref


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


def follow(connection: sqlite3.Connection, home: Callable[[Ref], Ref]) -> None:
    """Let the drafts of notes go with the sources and stories that they are on; ``home`` says where to."""
    for draft in many(connection):
        moved = [(ref, home(ref), anchor) for ref, anchor in draft.places]
        if all(ref == new for ref, new, _ in moved):
            continue
        key = draft.key
        for ref, new, _ in moved:
            parts = (_named_anew(part, str(ref), str(new)) for part in key.split(_AND))
            key = _AND.join(parts)
        content = _content(draft) | {
            "places": [[new.story, number_of(new), *anchor_row(anchor)] for _, new, anchor in moved]
        }
        connection.execute(
            "UPDATE OR REPLACE drafts SET key = ?, content = ? WHERE key = ?",
            (key, json.dumps(content, ensure_ascii=False), draft.key),
        )


_AND = " + "  # between the places in a draft's key


def _named_anew(part: str, ref: str, new: str) -> str:
    """Return a part of a draft's key with the ref that it begins with replaced."""
    begun, colon, rest = part.partition(":")
    return f"{new}{colon}{rest}" if begun == ref else part


def _content(draft: NoteDraft) -> dict[str, Any]:
    return {
        "fields": _fields_row(draft.fields),
        "base": None if draft.base is None else _fields_row(draft.base),
        "base_version": draft.base_version,
        "places": [[ref.story, number_of(ref), *anchor_row(anchor)] for ref, anchor in draft.places],
    }


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


class DraftRepository(Repository):
    """The drafts of notes in a library; each call is one transaction.

    Every method may raise the errors of LibraryError.
    """

    def save_draft(self, draft: NoteDraft, *, over: NoteFields | None = None) -> str:
        """Keep words as they are typed, in the place of what was kept before, ``over``; return the key.

        Where its key holds other words by now, another window is at the same place: both drafts stay, and
        this one gets a key of its own.
        """
        with self._database.writing() as connection:
            moment = self._clock()
            key = _own_key(connection, draft, over)
            connection.execute(
                "INSERT OR REPLACE INTO drafts (key, note_id, content, modified) VALUES (?, ?, ?, ?)",
                (key, draft.note_id, json.dumps(_content(draft), ensure_ascii=False), moment),
            )
            return key

    def draft(self, key: str) -> NoteDraft | None:
        """Return the draft of that key; None when there is none."""
        with self._database.reading() as connection:
            return one(connection, key)

    def drafts(self) -> tuple[NoteDraft, ...]:
        """List all drafts, the oldest first."""
        with self._database.reading() as connection:
            return many(connection)

    def drop_draft(self, key: str, *, said: NoteFields | None = None) -> bool:
        """Forget a draft, with ``said`` only if that is what it says; False when there is none such."""
        with self._database.writing() as connection:
            return drop(connection, key, said)
