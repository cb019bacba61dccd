"""Notes and stories as JSON: the objects of the command line's contract, and what they speak of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sources.json_fields import NOTE_FIELDS, to_json
from sources.notes.export.collection import ref_order

if TYPE_CHECKING:
    from sources.notes.export.collection import NoteCollection

NOTES_SCHEMA = "crossread/export-notes/1"
STORY_SCHEMA = "crossread/export-story/1"
_STORY_FIELDS = NOTE_FIELDS | {
    "Source": "ref number=ref.number title publisher author date url language sha256=origin.sha256"
    " text zones",
    "Zone": "kind start end",
}


def write_notes(collection: NoteCollection) -> str:
    """Return one JSON document; notes by id, sources by ref, text as it is and not as escapes."""
    notes = sorted(collection.notes, key=lambda note: note.id)
    sources = [collection.sources[ref] for ref in sorted(collection.sources, key=str)]
    document = {"schema": NOTES_SCHEMA} | to_json({"notes": notes, "sources": sources}, NOTE_FIELDS)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def write_story(collection: NoteCollection) -> str:
    """Return the story: its summary, its sources with texts and zones, and the notes on it by id."""
    slug, title = next(iter(collection.titles.items()))
    texts = [collection.texts[ref] for ref in sorted(collection.texts, key=ref_order)]
    parts = {
        "summary": next((text for text in texts if text.ref.number is None), None),
        "sources": [text for text in texts if text.ref.number is not None],
        "notes": sorted(collection.notes, key=lambda note: note.id),
    }
    document = {"schema": STORY_SCHEMA, "story": slug, "title": title} | to_json(parts, _STORY_FIELDS)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
