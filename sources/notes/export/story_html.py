"""A whole story as one page of HTML: the summary, every source with its text, and the notes on it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sources.notes.export import pages
from sources.notes.export.as_html import article
from sources.notes.export.collection import ref_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.model import Ref
    from sources.notes.export.collection import NoteCollection


def write(collection: NoteCollection) -> str:
    """Return the page; the summary first, then the sources by number, muted zones dimmed."""
    slug, title = next(iter(collection.titles.items()))
    return pages.page(title or slug, _blocks(collection, title or slug))


def _blocks(collection: NoteCollection, title: str) -> Iterator[str]:
    yield f'<h1 dir="auto">{escape(title)}</h1>'
    notes = collection.in_order()
    for note in notes:
        if note.targets[0].ref.is_story:
            yield article(note, collection)
    for ref in sorted(collection.texts, key=lambda ref: (ref.number is not None, *ref_order(ref))):
        yield _source(ref, collection)
        for note in notes:
            if note.targets[0].ref == ref:
                yield article(note, collection)
    rest = [
        note
        for note in notes
        if note.targets[0].ref not in collection.texts and not note.targets[0].ref.is_story
    ]
    if rest:
        yield "<h2>Notes that begin elsewhere, or on what was removed</h2>"
    for note in rest:
        yield article(note, collection)


def _source(ref: Ref, collection: NoteCollection) -> str:
    source = collection.texts[ref]
    number = "" if ref.number is None else f"{ref.number} "
    title = source.title or ("Summary" if ref.number is None else "Without a title")
    muted = ' class="muted"'
    lines = [
        f'<p dir="auto"{muted if zone.kind.muted else ""}>{escape(line)}</p>'
        for zone in source.zones
        for line in source.text[zone.start : zone.end].splitlines()
        if line.strip()
    ]
    return "\n".join(
        [
            f'<h2 dir="auto">{escape(number + title)}</h2>',
            pages.facts(collection.sources[ref], ref),
            '<section class="text">',
            *lines,
            "</section>",
        ]
    )
