"""Labelled spans as a table, a row a span."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.notes.export.as_csv import number_cell
from sources.notes.export.tables import write_table

if TYPE_CHECKING:
    from sources.notes.export.collection import NoteCollection

COLUMNS = (
    "ref", "story", "number", "title", "publisher", "date", "url", "start", "end", "label", "quote", "coder",
    "comment", "created",
)  # fmt: skip


def write(collection: NoteCollection) -> str:
    """Return the table; rows by source and place."""
    rows = []
    for ref, spans in collection.spans_by_ref().items():
        source = collection.sources.get(ref)
        cited = (None,) * 4 if source is None else (source.title, source.publisher, source.date, source.url)
        rows += [
            (
                str(ref), ref.story, number_cell(ref), *cited, span.start, span.end, span.label, span.quote,
                span.coder, span.comment, span.created,
            )
            for span in spans
        ]  # fmt: skip
    return write_table(COLUMNS, rows)
