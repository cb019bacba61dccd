"""The exports of Readwise (CSV, a highlight a row) and of Hypothesis (JSON, a list of annotations)."""

from __future__ import annotations

import csv
import io
import re
import uuid
from typing import TYPE_CHECKING, Any

from sources.errors import Malformed
from sources.model import COLOURS, NoteFields
from sources.notes.importing.model import (
    ImportedNote,
    ImportedTarget,
    ReadNotes,
    Refused,
    listed,
    load,
    peek,
    select,
    string,
    strings,
)

if TYPE_CHECKING:
    from pathlib import Path

_READWISE = uuid.uuid5(uuid.NAMESPACE_URL, "https://readwise.io")
_NEEDED = {"Highlight", "Book Title"}
_ADDRESS = ("Source URL", "Document URL", "URL")
_TAGS = re.compile(r"[,\s]+")


def fits_readwise(text: str) -> bool:
    """Tell whether the first row has the names of such an export."""
    head = text.lstrip("\ufeff")[:4000].splitlines()
    return bool(head) and set(next(csv.reader(head[:1]), [])) >= _NEEDED


def read_readwise(text: str, path: Path | str) -> ReadNotes:
    """Read all highlights; raises Malformed for a table that is not one of Readwise."""
    try:
        rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")))
    except csv.Error as error:
        raise Malformed(f"this table cannot be read: {error}.", path=path) from None
    if rows and not set(rows[0]) >= _NEEDED:
        raise Malformed(f"it has no columns {' and '.join(sorted(_NEEDED))}.", path=path)
    notes, refused = [], []
    for number, row in enumerate(rows, 2):
        place = f"row {number}"
        quote = _cell(row, "Highlight")
        if not quote:
            refused.append(Refused(place, "it has no highlight"))
        else:
            notes.append(_highlight(row, quote, place))
    return ReadNotes("readwise", tuple(notes), (), tuple(refused))


def _highlight(row: dict[str, str | None], quote: str, place: str) -> ImportedNote:
    title = _cell(row, "Book Title")
    name = "\n".join([title, _cell(row, "Book Author"), quote, _cell(row, "Location")])
    colour = _cell(row, "Color").lower()
    url = next((found for column in _ADDRESS if (found := _cell(row, column))), None)
    moment = _cell(row, "Highlighted at").replace(" ", "T", 1) or None
    fields = NoteFields(
        _cell(row, "Note"),
        tuple(tag for tag in _TAGS.split(_cell(row, "Tags")) if tag),
        colour=colour if colour in COLOURS else None,
    )
    target = ImportedTarget(url, None, title or None, quote)
    return ImportedNote(uuid.uuid5(_READWISE, name).hex, fields, (target,), place, moment, moment)


def _cell(row: dict[str, str | None], column: str) -> str:
    value = row.get(column)
    return value.strip() if isinstance(value, str) else ""


_HYPOTHESIS = uuid.uuid5(uuid.NAMESPACE_URL, "https://hypothes.is")
_USER = re.compile(r"(?:acct:)?([^@]+)(?:@.*)?")


def fits_hypothesis(text: str) -> bool:
    """Tell whether this is such an export."""
    rows = _rows(peek(text))
    return bool(rows) and isinstance(rows[0], dict) and isinstance(rows[0].get("uri"), str)


def read_hypothesis(text: str, path: Path | str) -> ReadNotes:
    """Read all annotations; replies are refused, since a note is no thread. Raises Malformed."""
    notes, refused = [], []
    for number, row in enumerate(_rows(load(text, path)), 1):
        place = f"annotation {number}"
        found = _annotation(row, place)
        if isinstance(found, str):
            refused.append(Refused(place, found))
        else:
            notes.append(found)
    return ReadNotes("hypothesis", tuple(notes), (), tuple(refused))


def _rows(value: Any) -> list[Any]:
    if isinstance(value, dict):
        value = value.get("annotations", value.get("rows"))
    return value if isinstance(value, list) else []


def _annotation(row: Any, place: str) -> ImportedNote | str:
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
        uuid.uuid5(_HYPOTHESIS, name).hex, fields, tuple(targets), place, string(row.get("created")) or None,
        string(row.get("updated")) or None,
    )  # fmt: skip
