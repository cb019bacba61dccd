"""Reading: a source with its sentences and notes, and the passage in it that words or offsets name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.model import Span
from sources.text.cleaning import clean_text

if TYPE_CHECKING:
    from sources.library import Library
    from sources.model import Note, Ref, Source
    from sources.text.structure import TextHeading
    from tui.services.links import Link

_LONGEST = 60  # code points of a quote that a message repeats


@dataclass(frozen=True, slots=True)
class OpenSource:
    """A source as it is read: with its sentences, headings and links, and the notes on it."""

    source: Source
    sentences: tuple[Span, ...]
    notes: tuple[Note, ...]
    outline: tuple[TextHeading, ...] = ()
    links: tuple[Link, ...] = ()


def open_source(library: Library, ref: Ref) -> OpenSource:
    """Return a source with its sentences and notes, those of a version with one; raises UnknownReference."""
    from sources.text.sentences import split_sentences
    from tui.services.links import links_in

    source = library.source(ref)
    sentences = tuple(split_sentences(source.text, source.zones))
    return OpenSource(source, sentences, _notes_on(library, ref), outline(source), links_in(source))


def _notes_on(library: Library, ref: Ref) -> tuple[Note, ...]:
    notes = library.notes(ref=ref)
    if ref.version is None:
        return notes
    return tuple(
        note
        for note in notes
        if any(ref.version in {target.version, target.made_version} for target in note.targets)
    )


def quoted_span(source: Source, quote: str, occurrence: int = 1) -> Span:
    """Return where a source says ``quote``, though it was retyped or pasted from another page.

    ``occurrence`` counts from 1. Raises RequestError where the source does not say it, or not so often.
    """
    from sources.text.folding import quoted_spans

    wanted = clean_text(quote).strip()
    places = quoted_spans(source.text, wanted) if wanted else []
    shown = wanted if len(wanted) <= _LONGEST else wanted[: _LONGEST - 1] + "…"
    if not places:
        raise RequestError(f"{source.ref} does not say {shown!r}")
    if occurrence > len(places):
        raise RequestError(
            f"{source.ref} says {shown!r} only {len(places)} times, so there is no {occurrence}th"
        )
    return places[occurrence - 1]


def outline(source: Source) -> tuple[TextHeading, ...]:
    """Return the headings of a source's text in order."""
    from sources.text.structure import outline_of

    return outline_of(source)


def span_between(source: Source, start: int, end: int) -> Span:
    """Return the span of two offsets in a source; raises RequestError where they are none in it."""
    if not 0 <= start < end <= len(source.text):
        raise RequestError(
            f"{source.ref} has no passage from {start} to {end}; it ends at {len(source.text)}."
        )
    return Span(start, end)
