"""The versions of a source: when each was seen, and what a publisher changed from one to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sources.text.tokens import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.evidence.version_changes import Version, VersionChanges
    from sources.evidence_cache import EvidenceCache
    from sources.model import Ref


@dataclass(frozen=True, slots=True)
class VersionHere:
    """A version of a source: its number from 1, when it was ``added``, what ``changed`` from the one before.

    ``changed`` is None for the first; ``words`` counts those outside muted zones.
    """

    number: int
    added: str
    sha256: str
    words: int
    changed: VersionChanges | None


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of a source, the first first, with their texts by number."""

    ref: Ref
    versions: tuple[VersionHere, ...]
    texts: Mapping[int, str]


def versions_of(cache: EvidenceCache, ref: Ref) -> Versions:
    """Return the versions of a source and what changed between them; raises UnknownReference."""
    from sources.evidence.version_changes import changes_between

    found: list[VersionHere] = []
    texts: dict[int, str] = {}
    before: Version | None = None
    earlier: Ref | None = None
    for one in cache.library.versions(ref):
        this = replace(ref, version=one.number)
        source = cache.library.source(this)
        read = _read(cache, this)
        changed = None
        if before is not None and earlier is not None:
            (alignment,) = cache.compare((earlier, this))
            changed = changes_between(before, read, alignment)
        words = count_words(source.text, source.zones)
        found.append(VersionHere(one.number, one.added, one.sha256, words, changed))
        texts[one.number] = source.text
        before, earlier = read, this
    return Versions(replace(ref, version=None), tuple(found), texts)


def _read(cache: EvidenceCache, ref: Ref) -> Version:
    from sources.evidence.version_changes import Version

    return Version(cache.figures(ref), cache.dates(ref), cache.quotes(ref))
