"""The shared values as they stand in JSON documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sources.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.errors import CrossreadError
    from sources.model import Ref, Source, SourceEntry, Span, Story


def error(problem: CrossreadError) -> dict[str, Any]:
    """Return what went wrong; for a query also where in it."""
    body: dict[str, Any] = {"message": str(problem), "kind": type(problem).__name__}
    if isinstance(problem, QueryError):
        body |= {"position": problem.position, "hint": problem.hint}
    return body


def refs(found: Iterable[Ref]) -> list[str]:
    """Return refs as ``STORY/N``."""
    return [str(ref) for ref in found]


def spans(found: Iterable[Span]) -> list[list[int]]:
    """Return spans as ``[start, end]``."""
    return [[start, end] for start, end in found]


def source_entry(entry: SourceEntry) -> dict[str, Any]:
    """Return a source as a list shows it."""
    return {
        "ref": str(entry.ref),
        "story": entry.ref.story,
        "number": entry.ref.number,
        "title": entry.title,
        "publisher": entry.publisher,
        "author": entry.author,
        "date": entry.date,
        "url": entry.url,
        "words": entry.words,
        "version": entry.version,
        "notes": entry.notes,
    }


def source(found: Source, sentences: Iterable[Span], notes: int) -> dict[str, Any]:
    """Return a source with its text and what is known of it."""
    return {
        "ref": str(found.ref),
        "story": found.ref.story,
        "number": found.ref.number,
        "title": found.title,
        "publisher": found.publisher,
        "author": found.author,
        "date": found.date,
        "url": found.url,
        "language": found.language,
        "text": found.text,
        "zones": [
            {"kind": zone.kind.value, "start": zone.start, "end": zone.end, "muted": zone.kind.muted}
            for zone in found.zones
        ],
        "sentences": spans(sentences),
        "origin": {"path": found.origin.path, "sha256": found.origin.sha256, "format": found.origin.format},
        "version": found.version,
        "notes": notes,
    }


def story(found: Story) -> dict[str, Any]:
    """Return a story with its lists; its page's text stands in the file, so only the zones are here."""
    summary, page = found.summary, found.page
    return {
        "story": found.slug,
        "title": found.title,
        "added": found.added,
        "summary": summary and {"ref": str(summary.ref), "title": summary.title, "text": summary.text},
        "sources": [source_entry(entry) for entry in found.sources],
        "related": [
            {"text": teaser.text, "sources": teaser.sources, "category": teaser.category, "age": teaser.age}
            for teaser in found.related
        ],
        "muted": [{"text": line.text, "kind": line.kind} for line in found.muted],
        "page": page
        and {
            "path": page.origin.path,
            "sha256": page.origin.sha256,
            "length": len(page.text),
            "zones": [
                {"kind": zone.kind, "start": zone.start, "end": zone.end, "number": zone.number}
                for zone in page.zones
            ],
        },
    }
