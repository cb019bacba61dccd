"""Blame: who in a story said what first, who took it over, and who changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.evidence_cache import MOST_COMPARED
from sources.model import Span
from sources.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.evidence.blame import Fact, Place
    from sources.evidence_cache import EvidenceCache
    from sources.model import Ref, SourceVersion


def blame_story(
    cache: EvidenceCache,
    slug: str,
    *,
    about: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Fact, ...]:
    """Return what is said in a story with who said it first, or those facts whose words have ``about``.

    Raises UnknownReference, and RequestError for more sources than can be laid side by side.
    """
    from sources.evidence.blame import trace

    library = cache.library
    refs = [entry.ref for entry in library.entries(slug)]
    if len(refs) > MOST_COMPARED:
        raise RequestError(f"{slug} has {len(refs)} sources; who said what first is told of {MOST_COMPARED}.")
    lineage = cache.lineage(slug, progress=progress)
    if lineage is None:
        raise AssertionError("nobody cancelled it")
    origin = _Origins(cache)
    facts = trace(
        cache.figure_matrix(slug),
        cache.quote_families(slug),
        cache.columns(refs) if len(refs) > 1 else None,
        lineage,
        {ref: library.source(ref).text for ref in refs},
        origin,
    )
    wanted = fold(about or "")
    return tuple(fact for fact in facts if wanted in fold(fact.text))


def facts_at(cache: EvidenceCache, ref: Ref, span: Span) -> tuple[Fact, ...]:
    """Return the facts of a story that a source states at a passage, the shortest first."""
    found = [
        fact
        for fact in blame_story(cache, ref.story)
        if any(
            one.ref == ref and span.overlaps(Span(one.start, one.end))
            for one in (fact.first, *fact.taken_over)
        )
    ]
    return tuple(sorted(found, key=lambda fact: len(fact.text)))


class _Origins:
    """When each source began to say something: its first version that has the words."""

    def __init__(self, cache: EvidenceCache) -> None:
        self._cache = cache
        self._versions: dict[Ref, tuple[SourceVersion, ...]] = {}
        self._texts: dict[tuple[Ref, int], str] = {}
        self._days: dict[Ref, str | None] = {}

    def began(self, place: Place) -> tuple[int, str | None]:
        """Return the earliest version that says what a place says, and the day on which that came out."""
        versions = self._versions_of(place.ref)
        words = _plain(place.text)
        for version in versions[:-1]:
            if words in self._text_of(place.ref, version.number):
                return version.number, self._day_of(place.ref, version)
        return versions[-1].number, self._day_of(place.ref, versions[-1])

    def _versions_of(self, ref: Ref) -> tuple[SourceVersion, ...]:
        if ref not in self._versions:
            self._versions[ref] = self._cache.library.versions(ref)
        return self._versions[ref]

    def _text_of(self, ref: Ref, number: int) -> str:
        if (ref, number) not in self._texts:
            self._texts[ref, number] = _plain(self._cache.library.source(ref, version=number).text)
        return self._texts[ref, number]

    def _day_of(self, ref: Ref, version: SourceVersion) -> str | None:
        if version.number > 1:
            return version.added[:10]  # what a publisher changed is told by when it was seen
        if ref not in self._days:
            published = self._cache.publication(ref)
            exact = published is not None and published.first == published.last  # else no order is proved
            self._days[ref] = published.first.isoformat() if published is not None and exact else None
        return self._days[ref]


def _plain(words: str) -> str:
    return " ".join(fold(words).split())
