"""What Hypothesis exports, from its sidebar or its API: a list of its annotations as JSON."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from sources.model import NoteFields
from sources.notes.importing.json_fields import listed, load, peek, select, string, strings
from sources.notes.importing.model import ImportedNote, ImportedTarget, ReadNotes, Refused

if TYPE_CHECKING:
    from pathlib import Path

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://hypothes.is")
_USER = re.compile(r"(?:acct:)?([^@]+)(?:@.*)?")


def fits(text: str) -> bool:
    """Tell whether this is such an export."""
    rows = _rows(peek(text))
    return bool(rows) and isinstance(rows[0], dict) and isinstance(rows[0].get("uri"), str)


def read(text: str, path: Path | str) -> ReadNotes:
    """Read all annotations; replies are refused, since a note is no thread. Raises Malformed."""
    notes, refused = [], []
    for number, row in enumerate(_rows(load(text, path)), 1):
        place = f"annotation {number}"
        found = _note(row, place)
        if isinstance(found, str):
            refused.append(Refused(place, found))
        else:
            notes.append(found)
    return ReadNotes("hypothesis", tuple(notes), (), tuple(refused))


def _rows(value: Any) -> list[Any]:
    if isinstance(value, dict):
        value = value.get("annotations", value.get("rows"))
    return value if isinstance(value, list) else []


def _note(row: Any, place: str) -> ImportedNote | str:
    if not isinstance(row, dict):
        return "it is no annotation"
    if row.get("references"):
        return "it is a reply to another annotation"
    url = string(row.get("uri"))
    if not url:
        return "it has no address"
    document = row.get("document")
    title = string(document.get("title")) if isinstance(document, dict) else ""
    targets: list[ImportedTarget] = []
    for target in listed(row.get("target")) or [{}]:
        selectors = target.get("selector") if isinstance(target, dict) else None
        found = select(selectors, url=url, title=title or None)
        if isinstance(found, str):
            return found
        targets.append(found)
    user = _USER.fullmatch(string(row.get("user")))
    fields = NoteFields(
        string(row.get("text")), tuple(strings(row.get("tags"))), coder=user[1] if user else None
    )
    name = string(row.get("id")) or f"{url} {string(row.get('created'))} {fields.text}"
    return ImportedNote(
        uuid.uuid5(_SPACE, name).hex, fields, tuple(targets), place, string(row.get("created")) or None,
        string(row.get("updated")) or None,
    )  # fmt: skip
