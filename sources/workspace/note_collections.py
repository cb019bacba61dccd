"""What exports tell, gathered from the library: notes, labels, sources and stories, and what they cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.labels import LabelChoice
from sources.notes.export.collection import (
    CitedSource,
    Code,
    LabelledSpan,
    NoteCollection,
    labelled_by_notes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.library import Library
    from sources.model import Note, Ref, Source, SourceEntry


def gather_notes(library: Library, notes: Sequence[Note], *, texts: bool = False) -> NoteCollection:
    """Return ``notes`` with their sources and the titles of the library's stories; with texts if asked for.

    What was removed from the library is missing.
    """
    found = _sources(library, {target.ref for note in notes for target in note.targets})
    return NoteCollection(
        tuple(notes),
        {ref: _cited(source) for ref, source in found.items()},
        _titles(library),
        found if texts else {},
        labelled_by_notes(tuple(notes)),
    )


def gather_labels(library: Library, *, story: str | None = None, texts: bool = False) -> NoteCollection:
    """Return the codebook and all labelled spans, of a story or of all, without notes.

    Those are the passages that coders marked, and those of notes that carry labels; where a coder did both,
    the mark counts. Lost passages are left out.
    """
    marked = [
        LabelledSpan(
            span.ref, span.span.start, span.span.end, span.label, span.target.anchor.quote, span.coder,
            span.created, span.uid,
        )
        for span in library.label_spans(LabelChoice(story=story))
        if span.target.confidence > 0
    ]  # fmt: skip
    known = {(span.ref, span.start, span.end, span.label, span.coder) for span in marked}
    of_notes = labelled_by_notes(library.notes(story=story))
    spans = marked + [
        span
        for span in of_notes
        if (span.ref, span.start, span.end, span.label, span.coder) not in known
        and (story is None or span.ref.story == story)
    ]
    found = _sources(library, {span.ref for span in spans})
    return NoteCollection(
        (), {ref: _cited(source) for ref, source in found.items()}, _titles(library),
        found if texts else {}, tuple(spans), _codes(library),
    )  # fmt: skip


def _codes(library: Library) -> tuple[Code, ...]:
    codebook = library.codebook()
    codes = []
    for label in codebook:
        above = codebook.parent_of(label)
        codes.append(Code(label.name, label.meaning, label.colour, None if above is None else above.name))
    return tuple(codes)


def gather_sources(entries: Iterable[SourceEntry]) -> NoteCollection:
    """Return sources as citations name them, without notes."""
    return NoteCollection(sources={entry.ref: _cited(entry) for entry in entries})


def gather_story(library: Library, slug: str) -> NoteCollection:
    """Return a story with all its texts and the notes on it; raises UnknownReference."""
    title = library.story(slug).title
    texts = {source.ref: source for source in library.texts(slug)}
    notes = library.notes(story=slug)
    elsewhere = {target.ref for note in notes for target in note.targets} - texts.keys()
    known = texts | _sources(library, elsewhere)
    return NoteCollection(
        notes, {ref: _cited(source) for ref, source in known.items()}, {slug: title}, texts,
        labelled_by_notes(notes),
    )  # fmt: skip


def _sources(library: Library, refs: Iterable[Ref]) -> dict[Ref, Source]:
    wanted = sorted((ref for ref in refs if not ref.is_story), key=str)
    found: dict[Ref, Source] = {}
    for start in range(0, len(wanted), 100):
        found |= {source.ref: source for source in library.sources(wanted[start : start + 100])}
    return found


def _titles(library: Library) -> dict[str, str | None]:
    return {story.slug: story.title for story in library.stories()}


def _cited(source: Source | SourceEntry) -> CitedSource:
    language = getattr(source, "language", None)
    return CitedSource(
        source.ref, source.title, source.publisher, source.author, source.date, source.url, language
    )
