"""Texts for a library, in as few words as a test of searching needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import ParsedFile, ParsedSource, Zone, ZoneKind
from sources.notes.anchoring import find_anchor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index import SearchIndex
    from sources.library import Library
    from sources.library.ingest import IngestResult


def draft(text: str, key: str, **about: str) -> ParsedSource:
    """Return a source whose whole text is body; ``about`` are its title, publisher, author, date, url."""
    return ParsedSource(text=text, zones=(Zone(ZoneKind.BODY, 0, len(text)),), key=key, **about)  # type: ignore[arg-type]


def put(library: Library, story: str, *drafts: ParsedSource) -> IngestResult:
    """Put drafts into a story; one with a key that is there already becomes a new version."""
    parsed_file = ParsedFile("jsonl", drafts)
    return library.ingest(parsed_file, slug=story, path=f"/made/{story}.jsonl", reanchor=find_anchor)


def put_texts(library: Library, story: str, texts: Mapping[str, str]) -> IngestResult:
    """Put one source a key into a story."""
    return put(library, story, *(draft(text, key) for key, text in texts.items()))


def found(index: SearchIndex, query: str, **wishes: object) -> list[str]:
    """Return what a search lists, in its order."""
    return [str(hit.ref) for hit in index.search(query, **wishes).hits]  # type: ignore[arg-type]
