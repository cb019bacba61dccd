"""Stories put in order: sources moved between them, stories joined and parted, removed and brought back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.importing.placing import checked_slug
from sources.notes.anchoring import find_anchor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sources.evidence_cache import EvidenceCache
    from sources.library import Library
    from sources.library.placement import Removal
    from sources.model import Ref


@dataclass(frozen=True, slots=True)
class MovedSource:
    """A source that is in another place than it was."""

    old: Ref
    new: Ref


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a move: where the sources are, and the summaries that went to the bin.

    ``cited`` are the sources that moved and that the summary of their former story cites.
    """

    story: str
    moved: tuple[MovedSource, ...]
    binned: tuple[Ref, ...] = ()
    cited: tuple[Ref, ...] = ()


def move_sources(cache: EvidenceCache, refs: Sequence[Ref], slug: str) -> Moved:
    """Move sources to a story that is there; raises UnknownReference and RequestError."""
    return _moved(cache, slug, cache.library.move_sources(refs, slug))


def split_story(cache: EvidenceCache, slug: str, refs: Sequence[Ref], new: str) -> Moved:
    """Move sources of a story into a new one, which a single source gives its title.

    Raises UnknownReference, and RequestError for sources of other stories and a name that is not valid or is
    taken.
    """
    for ref in refs:
        if ref.story != slug:
            raise RequestError(f"{ref} is not a source of {slug}.")
    title = cache.library.source(refs[0]).title if len(refs) == 1 else None
    return _moved(cache, new, cache.library.move_sources(refs, checked_slug(new), title=title or ""))


def merge_stories(cache: EvidenceCache, slugs: Sequence[str], into: str) -> Moved:
    """Move all of some stories into another one; raises UnknownReference and RequestError."""
    moved, binned = cache.library.merge_stories(slugs, into)
    return _moved(cache, into, moved, binned)


def _moved(cache: EvidenceCache, slug: str, moved: dict[Ref, Ref], binned: tuple[Ref, ...] = ()) -> Moved:
    cache.tidy()
    pairs = tuple(MovedSource(old, new) for old, new in moved.items())
    return Moved(slug, pairs, binned, tuple(old for old in moved if _is_cited(cache, old)))


def _is_cited(cache: EvidenceCache, ref: Ref) -> bool:
    """Tell whether the summary that a source left behind cites its number."""
    from tui.services.audit import absent_numbers

    library = cache.library
    if not library.has_story(ref.story):
        return False
    story = library.story(ref.story)
    if story.summary is None or not story.sources:
        return False
    there = {entry.ref.number or 0 for entry in story.sources}
    found = cache.audit(story.summary, library.sources([entry.ref for entry in story.sources]))
    markers = [one.marker for one in found.sentences if one.marker is not None] if found is not None else []
    return any(ref.number == number for marker in markers for number in absent_numbers(marker, there))


def remove(cache: EvidenceCache, target: Ref | str, *, forever: bool = False) -> Removal:
    """Put a source or a story into the bin, or delete it for good; raises UnknownReference."""
    from tui.services.changes import forget_removal, remember_removal

    if not forever:
        remember_removal(cache, target)
    removal = cache.library.remove(target, forever=forever)
    if forever:
        forget_removal(cache.library, removal.refs)
    cache.tidy()
    return removal


def restore(cache: EvidenceCache, target: Ref | str) -> tuple[Ref, ...]:
    """Take a source, or what is there of a story, out of the bin; raises UnknownReference, RequestError."""
    return cache.library.restore(target, find_anchor)


def copies_beside(library: Library) -> tuple[Path, ...]:
    """Return the copies of the library that were made before and still hold what was deleted since."""
    return tuple(sorted(library.folder.glob("library.db.before-*")))
