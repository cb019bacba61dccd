"""Recognises the sources of a parsed file among those that the library has, so that their notes stay."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sources.library.encoding import (
    SUMMARY_NUMBER,
    locator_fault,
    locators_to_json,
    partition_fault,
    piece_fault,
    pieces_to_json,
)
from sources.model import Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from sources.model import ParsedSource


class Known(NamedTuple):
    """A source as the library knows it, as far as that tells it from others; ``id`` 0 is a departed one."""

    id: int
    number: int
    path: str | None
    key: str
    paged: bool
    sha256: str
    title: str | None
    publisher: str | None
    url: str | None


class Arrival(NamedTuple):
    """A draft with the hash of its text."""

    parsed: ParsedSource
    sha256: str


def recognise(
    arrivals: Sequence[Arrival], known: Iterable[Known], *, path: str | None, paged: bool
) -> dict[int, Known]:
    """Map positions of ``arrivals`` to the sources that they are, each source once.

    A draft is the source of the same file and key; else, for a story page that was saved elsewhere before,
    the one of that page with the same key, unless another source of the story has the very text; else,
    without a file, the one of the same key that also shares its title or address; else the one with the same
    text, unless publisher or address say that it is a copy.
    """
    known = [source for source in known if source.number != SUMMARY_NUMBER]
    found: dict[int, Known] = {}
    # Records may share a key, by mistake; then those whose texts agree belong together.
    _pair(arrivals, known, found, _all_of_new, lambda old: _all_of_old(old) if old.path == path else None)
    if path is not None:
        _pair(arrivals, known, found, _key_of_new, lambda old: old.key if old.path == path else None)
    if paged:
        same_page = _page_saved_elsewhere(arrivals, known)
        _pair(arrivals, same_page, found, _all_of_new, _all_of_old)
        # A text that comes by standard input stays with the file that it was first read from. The key alone
        # must not take it from there when the same page comes again.
        others = [source for source in known if source not in same_page]
        _pair(arrivals, others, found, _sum_of_new, _sum_of_old, _no_other_copy)
        _pair(arrivals, same_page, found, _key_of_new, lambda old: old.key)
    if path is None:
        for fact in ("url", "title"):
            _pair(arrivals, known, found, partial(_named_new, fact=fact), partial(_named_old, fact=fact))
    _pair(arrivals, known, found, _sum_of_new, _sum_of_old, _no_other_copy)
    return found


def _pair(
    arrivals: Sequence[Arrival],
    known: Sequence[Known],
    found: dict[int, Known],
    of_new: Callable[[Arrival], Hashable],
    of_old: Callable[[Known], Hashable],
    fits: Callable[[Arrival, Known], bool] = lambda _new, _old: True,
) -> None:
    """Pair what is still single on both sides and agrees, first come first served."""
    taken = {source.number for source in found.values()}
    waiting: defaultdict[Hashable, list[Known]] = defaultdict(list)
    for source in known:
        if source.number not in taken and (mark := of_old(source)) is not None:
            waiting[mark].append(source)
    for position, arrival in enumerate(arrivals):
        if position in found:
            continue
        candidates = waiting.get(of_new(arrival), [])
        match = next((source for source in candidates if fits(arrival, source)), None)
        if match is not None:
            candidates.remove(match)
            found[position] = match


def _all_of_new(new: Arrival) -> Hashable:
    return (new.parsed.key, new.sha256)


def _all_of_old(old: Known) -> Hashable:
    return (old.key, old.sha256)


def _sum_of_new(new: Arrival) -> Hashable:
    return new.sha256


def _sum_of_old(old: Known) -> Hashable:
    return old.sha256


def _key_of_new(new: Arrival) -> Hashable:
    return new.parsed.key


def _named_new(new: Arrival, *, fact: str) -> Hashable:
    value = getattr(new.parsed, fact)
    return (new.parsed.key, value) if new.parsed.key and value else None


def _named_old(old: Known, *, fact: str) -> Hashable:
    value = getattr(old, fact)
    return (old.key, value) if old.path is None and old.key and value else None


def _no_other_copy(new: Arrival, old: Known) -> bool:
    """Tell the same text saved twice from the same text as two publishers brought it."""
    pairs = ((new.parsed.publisher, old.publisher), (new.parsed.url, old.url))
    return all(one is None or other is None or one == other for one, other in pairs)


def _page_saved_elsewhere(arrivals: Sequence[Arrival], known: Sequence[Known]) -> list[Known]:
    """Return the sources of the page that this one is: at least half of what is in both is alike."""
    pages: defaultdict[str | None, list[Known]] = defaultdict(list)
    for source in known:
        if source.paged:
            pages[source.path].append(source)
    likeliest: list[Known] = []
    most = 0
    for page in pages.values():
        by_key: defaultdict[str, list[Known]] = defaultdict(list)
        for source in page:
            by_key[source.key].append(source)
        shared = [new for new in arrivals if new.parsed.key in by_key]
        alike = sum(any(_alike(new, old) for old in by_key[new.parsed.key]) for new in shared)
        if alike > most and alike * 2 >= len(shared):
            likeliest, most = page, alike
    return likeliest


def _alike(new: Arrival, old: Known) -> bool:
    return new.sha256 == old.sha256 or (old.title is not None and new.parsed.title == old.title)


def locators_of(parsed: ParsedSource) -> str:
    """Return the locators of a draft as they are kept; raises ValueError where they are none of its text."""
    if fault := locator_fault([each.start for each in parsed.locators], len(parsed.text)):
        raise ValueError(fault)
    return locators_to_json(parsed.locators)


def pieces_of(parsed: ParsedSource) -> str:
    """Return the structure of a draft as it is kept; raises ValueError where it is none of its text."""
    if fault := piece_fault(parsed.pieces, len(parsed.text)):
        raise ValueError(f"source {parsed.key!r}: {fault}")
    return pieces_to_json(parsed.pieces)


def zones_of(parsed: ParsedSource) -> tuple[Zone, ...]:
    """Return the zones of a draft, body where it has none; raises ValueError where they do not fit."""
    zones = parsed.zones or ((Zone(ZoneKind.BODY, 0, len(parsed.text)),) if parsed.text else ())
    if fault := partition_fault(zones, len(parsed.text)):
        raise ValueError(f"source {parsed.key!r}: {fault}")
    return tuple(zones)
