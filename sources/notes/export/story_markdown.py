"""A whole story as Markdown: the summary, every source with its text, and the notes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.notes.export.as_markdown import escape, link, note_blocks
from sources.notes.export.collection import ref_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.model import Source
    from sources.notes.export.collection import NoteCollection


def write(collection: NoteCollection) -> str:
    """Return one document; the summary first, then the sources by number, muted zones in italics."""
    return "\n\n".join(_blocks(collection)) + "\n"


def _blocks(collection: NoteCollection) -> Iterator[str]:
    slug, title = next(iter(collection.titles.items()))
    yield f"# {escape(title or slug)}"
    of_story = [note for note in collection.in_order() if note.targets[0].ref.is_story]
    for note in of_story:
        yield from note_blocks(note, collection)
    # The summary tells what the sources are about, and comes before them.
    for ref in sorted(collection.texts, key=lambda ref: (ref.number is not None, *ref_order(ref))):
        yield from _source(collection.texts[ref])
        notes = [note for note in collection.in_order() if note.targets[0].ref == ref]
        if notes:
            yield "### Notes"
        for note in notes:
            yield from note_blocks(note, collection)
    elsewhere = [note for note in collection.in_order() if note.targets[0].ref not in collection.texts]
    rest = [note for note in elsewhere if not note.targets[0].ref.is_story]
    if rest:
        yield "## Notes that begin elsewhere, or on what was removed"
    for note in rest:
        yield from note_blocks(note, collection)


def _source(source: Source) -> Iterator[str]:
    ref = source.ref
    number = "" if ref.number is None else f"{ref.number} "
    yield f"## {number}{escape(source.title or ('Summary' if ref.number is None else 'Without a title'))}"
    facts = [escape(fact) for fact in (source.publisher, source.author, source.date) if fact]
    if source.url:
        facts.append(link(source.url))
    yield " · ".join([*facts, f"`{ref}`"])
    for zone in source.zones:
        for line in source.text[zone.start : zone.end].splitlines():
            if line.strip():
                inert = escape(line)
                yield f"*{inert}*" if zone.kind.muted else inert
