"""Which segments to merge: small ones soon, so that a search has few to go through; large ones seldom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Policy = Callable[[Sequence["SegmentSize"]], list[list[int]]]

# Measured in docs/search-speed.md: each further segment costs a search, and merging costs a commit.
MOST_DOCUMENTS = 1 << 17  # of a segment; their numbers then take two bytes and a bit
MOST_BYTES = 400 << 20  # of the segments that are merged into one: what is mapped of them counts as memory
MOST_AT_ONCE = 2048  # documents that are merged while someone waits for a commit
_TOGETHER = 6  # segments of about one size that are merged into one
_MOST_DELETED = 0.25  # share of the documents of a segment that may be deleted ones


class SegmentSize(NamedTuple):
    """How large a segment is: documents that are not deleted, all documents, and bytes."""

    live: int
    documents: int
    size: int


def find_merges(weights: Sequence[SegmentSize], *, most: int = MOST_DOCUMENTS) -> list[list[int]]:
    """Return groups of segments, by their places, each of which should become one.

    No group has more than ``most`` documents that stay. A segment without any left is in no group, since
    it is simply dropped.
    """
    tiers: dict[int, list[int]] = {}
    chosen: list[list[int]] = []
    for place, weight in enumerate(weights):
        if weight.live:
            tiers.setdefault(_tier(weight.live), []).append(place)
    for _, places in sorted(tiers.items()):
        group: list[int] = []
        for place in sorted(places, key=lambda place: weights[place].live):
            if _fits([*group, place], weights, most):
                group.append(place)
        if len(group) >= _TOGETHER:
            chosen.append(sorted(group))
    taken = {place for group in chosen for place in group}
    chosen += [
        [place]
        for place, weight in enumerate(weights)
        if place not in taken
        and 0 < weight.live <= most
        and weight.documents - weight.live > _MOST_DELETED * weight.documents
    ]
    return chosen


def find_small_merges(weights: Sequence[SegmentSize]) -> list[list[int]]:
    """Return those groups that are merged while someone waits for a commit."""
    return find_merges(weights, most=MOST_AT_ONCE)


def find_forced_merges(weights: Sequence[SegmentSize]) -> list[list[int]]:
    """Return groups for segments that were just built: as few as the bounds allow."""
    chosen: list[list[int]] = []
    group: list[int] = []
    for place in range(len(weights)):
        if group and not _fits([*group, place], weights, MOST_DOCUMENTS):
            chosen.append(group)
            group = []
        group.append(place)
    chosen.append(group)
    return [group for group in chosen if len(group) > 1]


def _fits(places: Sequence[int], weights: Sequence[SegmentSize], most: int) -> bool:
    documents = sum(weights[place].live for place in places)
    return documents <= most and sum(weights[place].size for place in places) <= MOST_BYTES


def _tier(live: int) -> int:
    tier = 0
    while live >= _TOGETHER:
        live //= _TOGETHER
        tier += 1
    return tier
