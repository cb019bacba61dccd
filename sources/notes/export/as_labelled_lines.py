"""Labelled spans as JSON Lines, for training: a source a line with its text and spans."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sources.model import Source
    from sources.notes.export.collection import LabelledSpan, NoteCollection


def write(collection: NoteCollection) -> str:
    """Return one line for each source with labels, by ref; offsets are code points into ``text``.

    ``label`` holds ``[start, end, label]`` as annotation tools read them, ``spans`` all that is known.
    """
    found = collection.spans_by_ref()
    lines = [
        json.dumps(_document(collection.texts[ref], spans), ensure_ascii=False)
        for ref, spans in found.items()
        if ref in collection.texts
    ]
    return "".join(f"{line}\n" for line in lines)


def _document(source: Source, spans: list[LabelledSpan]) -> dict[str, Any]:
    return {
        "id": str(source.ref),
        "text": source.text,
        "label": [[span.start, span.end, span.label] for span in spans],
        "spans": [
            {
                "start": span.start,
                "end": span.end,
                "label": span.label,
                "quote": span.quote,
                "coder": span.coder,
                "comment": span.comment,
                "created": span.created,
                "uid": span.uid,
            }
            for span in spans
        ],
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "url": source.url,
        "language": source.language,
        "sha256": source.origin.sha256,
    }
