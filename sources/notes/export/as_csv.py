"""Notes as a table, a row for each passage, source or story that a note speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import SUMMARY
from sources.notes.export.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.model import Note, Ref
    from sources.notes.export.collection import NoteCollection

COLUMNS = (
    "note", "uid", "target", "on", "ref", "story", "number", "title", "publisher", "author", "date", "url",
    "start", "end", "quote", "prefix", "suffix", "text", "tags", "labels", "relation", "colour", "pinned",
    "coder", "state", "confidence", "created", "modified",
)  # fmt: skip


def write(collection: NoteCollection) -> str:
    """Return the table; rows by place, ``target`` counts a note's targets from 1, words joined by blanks."""
    return write_table(COLUMNS, _rows(collection))


def number_cell(ref: Ref) -> str:
    """Return what tells a text in its story: its number, ``summary``, or nothing for the story itself."""
    if ref.is_story:
        return ""
    return SUMMARY if ref.number is None else str(ref.number)


def _rows(collection: NoteCollection) -> Iterator[tuple[object, ...]]:
    for note in collection.in_order():
        yield from _note_rows(note, collection)


def _note_rows(note: Note, collection: NoteCollection) -> Iterator[tuple[object, ...]]:
    for position, target in enumerate(note.targets, 1):
        source, anchor, ref = collection.sources.get(target.ref), target.anchor, target.ref
        cited = (
            (source.title, source.publisher, source.author, source.date, source.url)
            if source is not None
            else (collection.titles.get(ref.story) if ref.is_story else None, None, None, None, None)
        )
        yield (
            note.id, note.uid, position, target.kind.value, str(ref), ref.story, number_cell(ref), *cited,
            anchor.start, anchor.end, anchor.quote, anchor.prefix, anchor.suffix, note.text,
            " ".join(note.tags), " ".join(note.labels), note.relation, note.colour, note.pinned, note.coder,
            target.state.value, target.confidence, note.created, note.modified,
        )  # fmt: skip
