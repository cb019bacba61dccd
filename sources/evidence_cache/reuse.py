"""What the fingerprints of the whole library are asked: where else a passage is, and whose a text is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.evidence.lineage.retelling_links import NearestKin, nearest_kin
from sources.evidence.lineage.text_reuse import (
    FoundPassage,
    FoundReuse,
    is_found_for_sure,
    is_long_enough,
    places_of,
    reuse_of,
)
from sources.evidence.shared_passages import fingerprints, hashes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sources.evidence_cache.winnowing_store import WinnowingStore
    from sources.library import Library
    from sources.model import Ref, Source, Span

MOST_PLACES = 200
MOST_ASKED = 200  # new sources that are looked up one by one; a larger import is an archive
_NEAREST = 4  # texts that are laid beside a new one
_HOLDERS = 3  # texts that hold a short passage, whose copies are looked at
_STORIES = 3  # that a new text shares a run of words with, and that are read for its kin
_LARGEST_STORY = 100  # texts of a story that is read for that
_FEWEST = 2  # fingerprints that these have in common with it


def elsewhere(
    library: Library,
    store: WinnowingStore,
    passage: str,
    *,
    here: tuple[Ref, Span] | None,
    beside: Sequence[Ref],
) -> tuple[FoundPassage, ...]:
    """Return where else ``passage`` stands, the most of it first.

    ``here`` is the place it was taken from; the sources ``beside`` are looked at in any case. Raises
    RequestError for less than five words.
    """
    if not is_long_enough(passage):
        raise RequestError("That is too little to be looked for elsewhere: it takes five words.")
    store.catch_up(library)
    met = [one.ref for one in store.sharing(hashes_of(passage), most=MOST_PLACES)]
    asked = list(dict.fromkeys([*met, *beside]))
    places = list(places_of(passage, library.sources(asked)))
    if not is_found_for_sure(passage):
        # Too short to have a fingerprint in every text, but where one text has it, its copies have it too.
        holders = list(dict.fromkeys([*(place.ref for place in places), *([here[0]] if here else [])]))
        like = [
            one.ref
            for source in library.sources(holders[:_HOLDERS])
            for one in store.sharing(fingerprints(source), most=MOST_PLACES)
        ]
        places += places_of(passage, library.sources(list(dict.fromkeys(like).keys() - set(asked))))
    found = [place for place in places if here is None or not _is_at(place, here)]
    found.sort(key=lambda place: (-place.share, place.ref.story, place.ref.number or 0, place.span))
    return tuple(found[:MOST_PLACES])


def _is_at(place: FoundPassage, here: tuple[Ref, Span]) -> bool:
    return place.ref == here[0] and place.span.overlaps(here[1])


def reuse_of_all(
    library: Library, store: WinnowingStore, refs: Sequence[Ref], cancelled: Callable[[], bool]
) -> tuple[FoundReuse, ...]:
    """Return for each of the new sources ``refs`` in which other one most of it stands, where that is much.

    Of two new sources that are the same, only the later is told of. Of more than ``MOST_ASKED`` none is
    looked up: whoever adds an archive does not read about each of its texts.
    """
    turn = {ref: number for number, ref in enumerate(refs)}
    found: list[FoundReuse] = []
    told: set[Ref] = set()
    for source in _new(library, store, refs, cancelled):
        ref = source.ref
        near = [one for one in store.sharing(fingerprints(source), most=_NEAREST + 1) if one.ref != ref]
        others = [one.ref for one in near[:_NEAREST] if one.shared >= _FEWEST and one.ref not in told]
        reuse = reuse_of(source, library.sources(others)) if others else None
        if reuse is not None:
            found.append(reuse)
            if turn.get(reuse.holder, -1) > turn[ref]:
                told.add(ref)
    return tuple(found)


def stories_for(
    library: Library, store: WinnowingStore, refs: Sequence[Ref], cancelled: Callable[[], bool]
) -> tuple[NearestKin, ...]:
    """Return for each of the new sources ``refs`` that is the only one of its story its kin in another story.

    The stories that are read for it are those with a run of ten words of it, which survives in a quote even
    where all the rest was put differently. As with reuse, an archive is not looked up.
    """
    found: list[NearestKin] = []
    for source in _new(library, store, refs, cancelled):
        ref = source.ref
        if [one for one in library.refs(ref.story) if one.number is not None] != [ref]:
            continue
        near = store.sharing(fingerprints(source), most=MOST_PLACES)
        stories = dict.fromkeys(one.ref.story for one in near if one.ref.story != ref.story)
        kin = [_kin_in(library, source, slug) for slug in list(stories)[:_STORIES]]
        best = max((one for one in kin if one is not None), key=lambda one: one.score, default=None)
        if best is not None:
            found.append(best)
    return tuple(found)


def _kin_in(library: Library, source: Source, slug: str) -> NearestKin | None:
    refs = [one for one in library.refs(slug) if one.number is not None]
    return nearest_kin(source, list(library.sources(refs))) if len(refs) <= _LARGEST_STORY else None


def _new(
    library: Library, store: WinnowingStore, refs: Sequence[Ref], cancelled: Callable[[], bool]
) -> Iterator[Source]:
    """Yield new sources that are to be looked up, once the fingerprints are in step; none of an archive."""
    store.catch_up(library, cancelled=cancelled)
    for ref in refs if len(refs) <= MOST_ASKED else ():
        if cancelled():
            return
        if ref.number is not None:
            yield from library.sources([ref])
