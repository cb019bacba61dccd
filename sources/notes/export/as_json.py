"""Notes, and whole stories, as one JSON document, with the objects of the command line's contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sources.notes.export.collection import ref_order

if TYPE_CHECKING:
    from sources.model import Anchor, Note, Source, Target
    from sources.notes.export.collection import CitedSource, NoteCollection

NOTES_SCHEMA = "crossread/export-notes/1"


def write_notes(collection: NoteCollection) -> str:
    """Return one JSON document; notes by id, sources by ref, text as it is and not as escapes."""
    document = {
        "schema": NOTES_SCHEMA,
        "notes": [note_object(note) for note in sorted(collection.notes, key=lambda note: note.id)],
        "sources": [_source_object(collection.sources[ref]) for ref in sorted(collection.sources, key=str)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def note_object(note: Note) -> dict[str, Any]:
    """Return a note as the command line's contract describes it; its first passage stands for it."""
    first = note.targets[0]
    return {
        "id": note.id,
        **_target_object(first),
        "text": note.text,
        "tags": list(note.tags),
        "labels": list(note.labels),
        "created": note.created,
        "modified": note.modified,
        "targets": [_target_object(target) for target in note.targets],
        "uid": note.uid,
        "version": note.version,
        "colour": note.colour,
        "pinned": note.pinned,
        "relation": note.relation,
        "coder": note.coder,
        "draft": note.draft,
        "removed": note.removed,
    }


def _target_object(target: Target) -> dict[str, Any]:
    return {
        "ref": str(target.ref),
        "start": target.anchor.start,
        "end": target.anchor.end,
        "quote": target.anchor.quote,
        "prefix": target.anchor.prefix,
        "suffix": target.anchor.suffix,
        "state": target.state.value,
        "confidence": target.confidence,
        "on": target.kind.value,
        "source_version": target.version,
        "made": None if target.made is None else _made_object(target.made, target.made_version),
    }


def _made_object(made: Anchor, version: int) -> dict[str, Any]:
    return {
        "source_version": version,
        "start": made.start,
        "end": made.end,
        "quote": made.quote,
        "prefix": made.prefix,
        "suffix": made.suffix,
    }


def _source_object(source: CitedSource) -> dict[str, Any]:
    return {
        "ref": str(source.ref),
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "date": source.date,
        "url": source.url,
    }


STORY_SCHEMA = "crossread/export-story/1"


def write_story(collection: NoteCollection) -> str:
    """Return the story: its summary, its sources with texts and zones, and the notes on it by id."""
    slug, title = next(iter(collection.titles.items()))
    texts = [_text(collection.texts[ref]) for ref in sorted(collection.texts, key=ref_order)]
    document = {
        "schema": STORY_SCHEMA,
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
