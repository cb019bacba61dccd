"""Notes as JSON, and notes as W3C Web Annotations (Recommendation of 23 February 2017).

An annotation's passage is a TextQuoteSelector and a TextPositionSelector, in code points of the text that
crossread shows. What the model has no word for stands under the prefix ``crossread``.
"""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sources.json_fields import NOTE_FIELDS, to_json
from sources.model import TargetKind
from sources.notes.export.citations import web_address

if TYPE_CHECKING:
    from sources.model import Note, Ref, Target
    from sources.notes.export import NoteCollection


NOTES_SCHEMA = "crossread/export-notes/1"


def write_notes(collection: NoteCollection) -> str:
    """Return one JSON document; notes by id, sources by ref, text as it is and not as escapes."""
    notes = sorted(collection.notes, key=lambda note: note.id)
    sources = [collection.sources[ref] for ref in sorted(collection.sources, key=str)]
    document = {"schema": NOTES_SCHEMA} | to_json({"notes": notes, "sources": sources}, NOTE_FIELDS)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PREFIX = "crossread"
NAMESPACE = "urn:crossread:terms#"
SOURCE_PREFIX = "urn:crossread:source:"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:crossread:annotations")
_HEX = re.compile(r"[0-9a-f]{32}")


def write_annotations(collection: NoteCollection) -> str:
    """Return an AnnotationCollection; notes by place, the same notes always under the same ids."""
    notes = collection.in_order()
    name = uuid.uuid5(_SPACE, " ".join(sorted(_iri(note) for note in notes)))
    document: dict[str, Any] = {
        "@context": [ANNOTATION_CONTEXT, {PREFIX: NAMESPACE}],
        "id": f"urn:uuid:{name}",
        "type": "AnnotationCollection",
        "label": "crossread notes",
        "total": len(notes),
    }
    if notes:
        document["first"] = {
            "id": f"urn:uuid:{uuid.uuid5(_SPACE, f'page of {name}')}",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": [annotation(note, collection) for note in notes],
        }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def annotation(note: Note, collection: NoteCollection) -> dict[str, Any]:
    """Return a note as one Annotation; the page or whoever holds it adds the ``@context``."""
    body = _body(note)
    targets = [_target(target, collection) for target in note.targets]
    found: dict[str, Any] = {
        "id": _iri(note),
        "type": "Annotation",
        "motivation": _motivation(note),
        "created": note.created,
        "modified": note.modified,
        "target": targets[0] if len(targets) == 1 else targets,
    }
    if body:
        found["body"] = body
    if note.coder:
        found["creator"] = {"type": "Person", "name": note.coder}
    own = {"colour": note.colour, "relation": note.relation, "pinned": note.pinned or None}
    return found | {f"{PREFIX}:{name}": value for name, value in own.items() if value is not None}


def _iri(note: Note) -> str:
    if _HEX.fullmatch(note.uid):
        return f"urn:uuid:{uuid.UUID(hex=note.uid)}"
    return f"urn:crossread:note:{quote(note.uid or str(note.id), safe='')}"


def _motivation(note: Note) -> str:
    if len(note.targets) > 1:
        return "linking"
    if note.text:
        return "commenting"
    return "classifying" if note.labels else "tagging" if note.tags else "highlighting"


def _body(note: Note) -> list[dict[str, str]]:
    words = [("commenting", note.text)] if note.text else []
    words += [("tagging", tag) for tag in note.tags]
    words += [("classifying", label) for label in note.labels]
    return [
        {
            "type": "TextualBody",
            "purpose": purpose,
            "value": value,
            "format": "text/markdown" if purpose == "commenting" else "text/plain",
        }
        for purpose, value in words
    ]


def _target(target: Target, collection: NoteCollection) -> dict[str, Any]:
    source, anchor = collection.sources.get(target.ref), target.anchor
    found: dict[str, Any] = {
        "type": "SpecificResource",
        "source": web_address(source.url if source else None) or _urn(target.ref),
        f"{PREFIX}:ref": str(target.ref),
        f"{PREFIX}:state": target.state.value,
        f"{PREFIX}:confidence": target.confidence,
    }
    if source and source.title:
        found[f"{PREFIX}:title"] = source.title
    if target.place is not None:
        # No FragmentSelector: its pages are counted from the first sheet, and not named as they are printed.
        found[f"{PREFIX}:place"] = str(target.place)
    if target.kind is TargetKind.PASSAGE:
        found["selector"] = [
            {
                "type": "TextQuoteSelector",
                "exact": anchor.quote,
                "prefix": anchor.prefix,
                "suffix": anchor.suffix,
            },
            {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
        ]
    return found


def _urn(ref: Ref) -> str:
    return f"{SOURCE_PREFIX}{ref}"
