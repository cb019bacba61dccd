"""Groups of near-duplicate texts of one generation, and hits collapsed by them.

Texts are taken in the order of their numbers: each joins the first one before it that it is similar to and
that joined no other, or else may be joined itself (leader clustering: Hartigan, "Clustering Algorithms",
1975). So groups depend on no query, and a group never drifts away from its first text.
"""

from __future__ import annotations

import json
import os
import zlib
from array import array
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from index.reader import IndexReader

MOST_COPIES = 200  # of one text that are named with it


class Listed(NamedTuple):
    """A document in its place among the hits, with the other hits that are near copies of it."""

    number: int
    copies: tuple[int, ...]


class CollapsedHits:
    """Collapses hits: of each group of near copies only the first in the order of the hits is listed."""

    def __init__(self, heads: Mapping[int, int], held: Sequence[int]) -> None:
        """Take the groups of all documents (see ``NearDuplicates``), and those of ``heads`` that are hits."""
        self._heads = heads
        self._held = held
        self._held_heads = list(map(heads.__getitem__, held))
        # Hits that are not listed, since one of their group is.
        self.left_out = len(held) - len(set(self._held_heads))

    def listed(self, ordered: Sequence[int]) -> list[Listed]:
        """Return the hits to list, in order; walking from the first hit on keeps pages stable."""
        if not self.left_out:
            return [Listed(number, ()) for number in ordered]
        groups = self._groups_of({self._heads[number] for number in ordered if number in self._heads})
        listed: list[Listed] = []
        seen: set[int] = set()
        for number in ordered:
            head = self._heads.get(number)
            if head is None:
                listed.append(Listed(number, ()))
            elif head not in seen:
                seen.add(head)
                others = [other for other in groups[head] if other != number]
                listed.append(Listed(number, tuple(others[:MOST_COPIES])))
        return listed

    def _groups_of(self, heads: set[int]) -> dict[int, list[int]]:
        """Return the hits of some groups; of most groups nobody asks for any."""
        groups: dict[int, list[int]] = {head: [] for head in heads}
        for number, head in zip(self._held, self._held_heads, strict=True):
            if head in groups:
                groups[head].append(number)
        return groups


# Comparing takes a while in a large library, so what was found is kept in a file beside the segments, by
# their names. The file is derived and may be missing, damaged or of another generation; then texts are
# compared again.

FILE = "near-copies"
VERSION = 1  # to be raised with any change of what counts as like


class SimilarPairs(NamedTuple):
    """Pairs of documents of two segments (or one), by their numbers there: near copies, and equal texts."""

    near: list[tuple[int, int]]
    same: list[tuple[int, int]]


Compared = dict[
    tuple[str, str], SimilarPairs
]  # by the names of two segments, or twice of one, in their order


class NearDuplicates:
    """Groups of near copies; ``heads`` maps each document of a group to the number that the group goes by."""

    def __init__(self, heads: dict[int, int]) -> None:
        self.heads = heads
        self.members = array("q", sorted(heads))


def near_duplicates(reader: IndexReader) -> NearDuplicates:
    """Return the groups of all documents of a reader, comparing what was not compared before."""
    return reader.derived(NearDuplicates, lambda: NearDuplicates(_heads(*_compared(reader))))


def _compared(reader: IndexReader) -> tuple[Compared, dict[str, int]]:
    """Return the similar pairs of all segments, and the number of each segment's first document."""
    segments = {part.segment.sections.name: part.segment for part in reader.parts}
    names = list(segments)
    wanted = [(one, other) for place, one in enumerate(names) for other in names[place:]]
    compared = _read(reader.folder)
    if any(pair not in compared for pair in wanted):
        from index.minhash import similar_pairs

        compared = {
            (one, other): compared.get((one, other))
            or SimilarPairs(*similar_pairs(segments[one], segments[other]))
            for one, other in wanted
        }
        _write(reader.folder, compared)
    offsets = {part.segment.sections.name: part.offset for part in reader.parts}
    return {pair: compared[pair] for pair in wanted}, offsets


def _heads(compared: Compared, offsets: dict[str, int]) -> dict[int, int]:
    """Return the head of each document that is like another one; deleted ones count like the others."""
    earlier: dict[int, list[int]] = {}
    twins: dict[int, int] = {}
    for (one, other), alike in compared.items():
        first, second = offsets[one], offsets[other]
        for a, b in alike.near:
            earlier.setdefault(b + second, []).append(a + first)
        for a, b in alike.same:
            twins[b + second] = min(a + first, twins.get(b + second, a + first))
    heads: dict[int, int] = {}
    for number in sorted(earlier.keys() | twins.keys()):
        if number in twins:
            twin = twins[number]
            heads[number] = heads.setdefault(twin, twin)
            continue
        leaders = [before for before in earlier[number] if heads.get(before, before) == before]
        if leaders:
            leader = min(leaders)
            heads[leader] = heads[number] = leader
    return heads


def _read(folder: Path) -> Compared:
    """Return what is in the file; nothing when it cannot be trusted."""
    try:
        checksum, _, data = (folder / FILE).read_bytes().partition(b"\n")
        if int(checksum) != zlib.crc32(data):
            return {}
        version, entries = json.loads(data)
    except (OSError, ValueError):
        return {}
    if version != VERSION:
        return {}
    return {(one, other): SimilarPairs(_paired(near), _paired(same)) for one, other, near, same in entries}


def _paired(flat: list[int]) -> list[tuple[int, int]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


def _write(folder: Path, compared: Compared) -> None:
    """Put the file in its place at once; where that cannot be, texts are compared again another time."""
    entries: list[list[Any]] = [
        [one, other, _flat(alike.near), _flat(alike.same)] for (one, other), alike in compared.items()
    ]
    data = json.dumps([VERSION, entries], separators=(",", ":")).encode()
    beside = folder / f"{FILE}.{os.getpid()}"
    with suppress(OSError):
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(b"%d\n" % zlib.crc32(data) + data)
        beside.replace(folder / FILE)


def _flat(pairs: Iterable[tuple[int, int]]) -> list[int]:
    return [number for pair in pairs for number in pair]
