"""Sources as CSL-JSON, the form of citation processors and reference managers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sources.notes.export.citing import authors, date_parts, one_line, web_address

if TYPE_CHECKING:
    from sources.notes.export.collection import CitedSource, NoteCollection


def write(collection: NoteCollection) -> str:
    """Return a JSON list of items of the type ``article-newspaper``, by ref, which is also their id."""
    items = [_item(source) for source in collection.cited()]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(source: CitedSource) -> dict[str, Any]:
    item: dict[str, Any] = {"id": str(source.ref), "type": "article-newspaper"}
    facts = {
        "title": one_line(source.title),
        "container-title": one_line(source.publisher),
        "URL": web_address(source.url),
        "language": source.language,
    }
    item |= {name: value for name, value in facts.items() if value}
    people = [
        {"family": name.family, "given": name.given} if name.family else {"literal": name.given}
        for name in authors(source.author)
    ]
    if people:
        item["author"] = people
    if parts := date_parts(source.date):
        item["issued"] = {"date-parts": [list(parts)]}
    return item
