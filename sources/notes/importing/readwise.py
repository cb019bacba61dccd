"""The CSV that Readwise exports: a highlight a row, with the title and author of what it stands in."""

from __future__ import annotations

import csv
import io
import re
import uuid
from typing import TYPE_CHECKING

from sources.errors import Malformed
from sources.model import COLOURS, NoteFields
from sources.notes.importing.model import ImportedNote, ImportedTarget, ReadNotes, Refused

if TYPE_CHECKING:
    from pathlib import Path

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://readwise.io")
_NEEDED = {"Highlight", "Book Title"}
_ADDRESS = ("Source URL", "Document URL", "URL")
_TAGS = re.compile(r"[,\s]+")


def fits(text: str) -> bool:
    """Tell whether the first row has the names of such an export."""
    head = text.lstrip("\ufeff")[:4000].splitlines()
    return bool(head) and set(next(csv.reader(head[:1]), [])) >= _NEEDED


def read(text: str, path: Path | str) -> ReadNotes:
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
            notes.append(_note(row, quote, place))
    return ReadNotes("readwise", tuple(notes), (), tuple(refused))


def _note(row: dict[str, str | None], quote: str, place: str) -> ImportedNote:
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
    return ImportedNote(uuid.uuid5(_SPACE, name).hex, fields, (target,), place, moment, moment)


def _cell(row: dict[str, str | None], column: str) -> str:
    value = row.get(column)
    return value.strip() if isinstance(value, str) else ""
