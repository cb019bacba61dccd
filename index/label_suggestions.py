"""The passages that a query finds, for labels to be suggested on."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

from index.query.parser import parse
from index.text_matching import Finder, Match, merged
from sources.model import Span
from sources.text.reading_view import reading_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.search_index import SearchIndex
    from sources.library import Library
    from sources.model import Ref

_PAGE = 200  # hits that are asked for at once


class Extent(StrEnum):
    """What of a text a query stands for: the words that it found, or the sentences that hold them."""

    WORDS = "words"
    SENTENCES = "sentences"


def passages_of_query(
    index: SearchIndex,
    library: Library,
    sentences: Callable[[Ref], Sequence[Span]],
    query: str,
    *,
    story: str | None = None,
    extent: Extent = Extent.SENTENCES,
) -> Iterator[tuple[Ref, Span]]:
    """Yield the passages outside muted zones in the texts that ``query`` finds, near copies too.

    Of the sentences of a text those are taken that hold the most different parts of the query. A query
    that looks at no text, such as ``tag:claim``, has no passages. Raises QueryError and IndexTrouble.
    """
    finder = Finder(parse(query))
    for ref in _hits(index, query, story):
        for source in library.sources([ref]):
            muted = [Span(zone.start, zone.end) for zone in source.zones if zone.kind.muted]
            seen, view = reading_view(source)
            found = [
                hit if view is None else Match(*view.span(hit.start, hit.end), hit.leaf)
                for hit in finder.find(seen.text)
            ]
            found = [
                hit for hit in found if not any(zone.overlaps(Span(hit.start, hit.end)) for zone in muted)
            ]
            spans = merged(found) if extent is Extent.WORDS else _telling(found, sentences(ref))
            yield from ((ref, span) for span in spans)


def _hits(index: SearchIndex, query: str, story: str | None) -> Iterator[Ref]:
    offset, total = 0, 1
    while offset < total:
        results = index.search(query, story=story, limit=_PAGE, offset=offset, all_copies=True)
        total = results.total if results.hits else 0
        offset += _PAGE
        yield from (hit.ref for hit in results.hits)


def _telling(found: Sequence[Match], sentences: Sequence[Span]) -> list[Span]:
    parts: defaultdict[Span, set[int]] = defaultdict(set)
    for hit in found:
        for sentence in sentences:
            if sentence.overlaps(Span(hit.start, hit.end)):
                parts[sentence].add(hit.leaf)
    most = max(map(len, parts.values()), default=0)
    return sorted(sentence for sentence, leaves in parts.items() if len(leaves) == most)
