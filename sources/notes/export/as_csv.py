"""Tables of notes, labelled spans or anything as CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from sources.model import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.model import Note, Ref
    from sources.notes.export import NoteCollection

# Spreadsheets calculate what begins so, also after blanks and in its full-width forms.
_FORMULA = re.compile(r"\s*[=+\-@\t\r|%＝＋－＠]")


def write_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table with a header; None is an empty cell, and text that might be a formula gets a ``'``.

    So does text that begins with that sign: taken off the cells that begin with it, all text is as it was.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return str(value)
    # CSV readers end a row at a lone carriage return, and some stop at a null.
    text = value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return f"'{text}" if text[:1] == "'" or _FORMULA.match(text) else text


NOTE_COLUMNS = (
    "note", "uid", "target", "on", "ref", "story", "number", "title", "publisher", "author", "date", "url",
    "start", "end", "quote", "prefix", "suffix", "text", "tags", "labels", "relation", "colour", "pinned",
    "coder", "state", "confidence", "created", "modified", "place", "source_version",
)  # fmt: skip


def write_notes(collection: NoteCollection) -> str:
    """Return the table; rows by place, ``target`` counts a note's targets from 1, words joined by blanks."""
    return write_table(NOTE_COLUMNS, _rows(collection))


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
            target.state.value, target.confidence, note.created, note.modified, target.place,
            target.version or None,
        )  # fmt: skip


LABEL_COLUMNS = (
    "ref", "story", "number", "title", "publisher", "date", "url", "start", "end", "label", "quote", "coder",
    "comment", "created", "place",
)  # fmt: skip


def write_labels(collection: NoteCollection) -> str:
    """Return the table; rows by source and place."""
    rows = []
    for ref, spans in collection.spans_by_ref().items():
        source = collection.sources.get(ref)
        cited = (None,) * 4 if source is None else (source.title, source.publisher, source.date, source.url)
        rows += [
            (
                str(ref), ref.story, number_cell(ref), *cited, span.start, span.end, span.label, span.quote,
                span.coder, span.comment, span.created, span.place,
            )
            for span in spans
        ]  # fmt: skip
    return write_table(LABEL_COLUMNS, rows)
