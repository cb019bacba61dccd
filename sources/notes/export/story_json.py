"""A whole story as one JSON document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sources.notes.export.as_json import note_object
from sources.notes.export.collection import ref_order

if TYPE_CHECKING:
    from sources.model import Source
    from sources.notes.export.collection import NoteCollection

SCHEMA = "crossread/export-story/1"


def write(collection: NoteCollection) -> str:
    """Return the story: its summary, its sources with texts and zones, and the notes on it by id."""
    slug, title = next(iter(collection.titles.items()))
    texts = [_text(collection.texts[ref]) for ref in sorted(collection.texts, key=ref_order)]
    document = {
        "schema": SCHEMA,
        "story": slug,
        "title": title,
        "summary": next((text for text in texts if text["number"] is None), None),
        "sources": [text for text in texts if text["number"] is not None],
        "notes": [note_object(note) for note in sorted(collection.notes, key=lambda note: note.id)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _text(source: Source) -> dict[str, Any]:
    return {
        "ref": str(source.ref),
        "number": source.ref.number,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "date": source.date,
        "url": source.url,
        "language": source.language,
        "sha256": source.origin.sha256,
        "text": source.text,
        "zones": [{"kind": zone.kind.value, "start": zone.start, "end": zone.end} for zone in source.zones],
    }
