"""Notes as one page of HTML, by story and source, as the Markdown has them."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from sources.model import TargetKind
from sources.notes.export import pages
from sources.notes.export.collection import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sources.model import Note, Ref, Target
    from sources.notes.export.collection import NoteCollection


def write(collection: NoteCollection) -> str:
    """Return the page; stories by slug, sources by number, notes by place."""
    blocks = list(sections(collection.in_order(), collection))
    return pages.page("Notes", blocks or ["<h1>Notes</h1>", "<p>There are no notes.</p>"])


def sections(notes: Iterable[Note], collection: NoteCollection) -> Iterator[str]:
    """Yield a heading for each story and source, and the notes on it."""
    for slug, of_story in groupby(notes, lambda note: note.targets[0].ref.story):
        yield f'<h1 dir="auto">Notes on {escape(collection.titles.get(slug) or slug)}</h1>'
        for ref, of_source in groupby(of_story, lambda note: note.targets[0].ref):
            yield from _heading(ref, collection)
            for note in of_source:
                yield article(note, collection)


def article(note: Note, collection: NoteCollection) -> str:
    """Return one note with what it speaks of."""
    first, *others = note.targets
    parts = [_about(first)]
    for target in others:
        source = collection.sources.get(target.ref)
        title = f", {source.title}" if source is not None and source.title else ""
        parts.append(
            f'<p class="facts" dir="auto">{escape(_joined(note))} {escape(f"{target.ref}{title}")}</p>'
        )
        parts.append(_about(target))
    if note.text:
        parts.append(f'<div class="words" dir="auto">{pages.words(note.text)}</div>')
    parts.append(pages.note_footer(note, note.targets))
    colour = CODES.get(note.colour or "")
    style = f' style="--mark: {colour}"' if colour else ""
    return f"<article{style}>\n" + "\n".join(part for part in parts if part) + "\n</article>"


def _joined(note: Note) -> str:
    return f"{note.relation}:" if note.relation else "and in"


def _about(target: Target) -> str:
    return pages.quotation(target.anchor.quote) if target.kind is TargetKind.PASSAGE else ""


def _heading(ref: Ref, collection: NoteCollection) -> Iterator[str]:
    if ref.is_story:
        yield "<h2>The story as a whole</h2>"
        return
    source = collection.sources.get(ref)
    if source is None:
        yield f'<h2>A source that was removed</h2>\n<p class="facts"><code>{escape(str(ref))}</code></p>'
        return
    name = source.title or ("Summary" if ref.number is None else f"Source {ref.number}")
    yield f'<h2 dir="auto">{escape(name)}</h2>\n{pages.facts(source, ref)}'
