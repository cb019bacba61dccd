"""Merges several segments into one without the deleted documents, and writes it as it is read.

Terms are merged some at a time, so that the memory it takes depends on the dictionaries rather than on how
many postings there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.whoosh_engine.postings import (
    BOUNDED,
    ArrayWriter,
    ScoreBounds,
    about_field,
    documents_at,
    expand_ranges,
    narrowest,
)
from index.whoosh_engine.sections import SectionWriter
from index.whoosh_engine.segment import SegmentFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from numpy.typing import NDArray

    from index.whoosh_engine.sections import ReservedSection
    from index.whoosh_engine.segment import Field

_AT_ONCE = 1 << 20  # postings and positions that are held in memory
_UNKNOWN, _NONE = -2, -1


class Source(NamedTuple):
    """A segment to be merged: which documents stay (None for all), the numbers they and its terms get."""

    segment: SegmentFile
    kept: NDArray[Any] | None
    numbers: NDArray[Any]
    terms: NDArray[Any]
    left: int


class _Read(NamedTuple):
    """Some postings that stay, with their positions."""

    ids: NDArray[Any]
    weights: NDArray[Any]
    position_counts: NDArray[Any]
    positions: NDArray[Any]


class _Side:
    """What one segment brings to a field: its runs with something that stays, by terms of the result."""

    def __init__(self, field: Field, source: Source) -> None:
        self._source = source
        self.field = field
        starts = np.asarray(field.starts).astype(np.int32)  # which there are many of, in all segments
        self.terms = source.terms[np.asarray(field.terms)]
        self.same = np.full(len(self.terms), _NONE, np.int32)
        self._first, self._sizes = starts[:-1].copy(), np.diff(starts)
        if len(field.shared):
            shared, same = np.asarray(field.shared).astype(np.int64), np.asarray(field.same).astype(np.int64)
            self.same[shared] = self.terms[same]
            self._first[shared], self._sizes[shared] = starts[same], self._sizes[same]
        self._first_position = np.zeros(len(self.terms), np.int32)
        self._position_sizes = self._first_position
        if field.has_positions:
            position_starts = np.asarray(field.position_starts).astype(np.int32)
            self._first_position, self._position_sizes = position_starts[:-1], np.diff(position_starts)
        self.sizes, self.position_sizes = self._sizes, self._position_sizes
        if source.kept is not None:
            self._count_kept()

    def _count_kept(self) -> None:
        """Count what stays of each run, and leave out the runs of which nothing does."""
        sizes, position_sizes = np.zeros_like(self._sizes), np.zeros_like(self._sizes)
        for first, last in portions(self._sizes + self._position_sizes):
            counts = self._sizes[first:last]
            at, stay = self._kept(first, last)
            sizes[first:last] = _summed(stay, counts)
            if self.field.has_positions:
                position_sizes[first:last] = _summed(self._position_counts(at, first, last) * stay, counts)
        self.sizes, self.position_sizes = sizes, position_sizes
        self._choose(sizes > 0)

    def _choose(self, chosen: NDArray[Any]) -> None:
        self.terms, self.same = self.terms[chosen], self.same[chosen]
        self._first, self._sizes, self.sizes = self._first[chosen], self._sizes[chosen], self.sizes[chosen]
        self._first_position, self._position_sizes = (
            self._first_position[chosen],
            self._position_sizes[chosen],
        )
        self.position_sizes = self.position_sizes[chosen]

    def leave_out(self, shared: NDArray[Any]) -> None:
        """Leave out the runs of some terms, which are written with others."""
        if len(shared):
            self._choose(~np.isin(self.terms, shared, assume_unique=True))

    def rest(self) -> None:
        """Let go of what was read of the segment."""
        self._source.segment.sections.rest()

    def _kept(self, first: int, last: int) -> tuple[NDArray[Any], NDArray[Any]]:
        at = expand_ranges(self._first[first:last], self._sizes[first:last])
        kept = self._source.kept
        ids = documents_at(self.field, at)
        return at, np.ones(len(at), bool) if kept is None else kept[ids]

    def _position_counts(self, at: NDArray[Any], first: int, last: int) -> NDArray[Any]:
        if not self.field.has_positions:
            return np.zeros(len(at), np.uint8)
        placed = np.repeat(self._position_sizes[first:last] > 0, self._sizes[first:last])
        counts: NDArray[Any] = np.asarray(self.field.position_counts)[at] * placed
        return counts.astype(np.int64) if counts.dtype.kind == "f" else counts

    def read(self, first: int, last: int) -> _Read:
        """Return what stays of some runs."""
        at = expand_ranges(self._first[first:last], self._sizes[first:last])
        ids = documents_at(self.field, at)
        weights = np.asarray(self.field.weights)[at]
        position_counts = self._position_counts(at, first, last)
        positions = np.empty(0, np.uint8)
        if self.field.has_positions:
            positions = np.asarray(self.field.positions)[
                expand_ranges(self._first_position[first:last], self._position_sizes[first:last])
            ]
        if self._source.kept is not None:
            stay = self._source.kept[ids]
            if len(positions):
                positions = positions[np.repeat(stay, position_counts)]
            ids, weights, position_counts = ids[stay], weights[stay], position_counts[stay]
        return _Read(self._source.numbers[ids], weights, position_counts, positions)


class MergedField:
    """One field of several segments; ``terms`` are those of the common dictionary that it has."""

    def __init__(self, name: str, sources: Sequence[Source], terms: int, count: int) -> None:
        self.name = name
        self._count = count
        self._lengths = _lengths(name, sources)
        fields = [(source.segment.field(name), source) for source in sources]
        self._sides = [_Side(field, source) for field, source in fields if field is not None]
        sizes, self._position_sizes = np.zeros(terms, np.int64), np.zeros(terms, np.int64)
        for side in self._sides:
            sizes[side.terms] += side.sizes
            self._position_sizes[side.terms] += side.position_sizes
        self.terms = np.flatnonzero(sizes)
        self._counted = self._needs_counts(terms)
        self._same = np.full(terms, _NONE, np.int64) if self._counted else self._shared(sizes)
        self._empty = np.flatnonzero(self._same >= 0)
        sizes[self._empty] = 0
        self._sizes = sizes
        for side in self._sides:
            side.leave_out(self._empty)

    def _needs_counts(self, terms: int) -> bool:
        """Tell whether positions have to be counted, since there are not as many as weights say, or none."""
        placed, without_positions = np.zeros(terms, bool), np.zeros(terms, bool)
        for side in self._sides:
            if side.field.has_positions and side.field.position_counts is not side.field.weights:
                return True
            has_positions = side.position_sizes > 0
            placed[side.terms[has_positions]] = True
            without_positions[side.terms[~has_positions]] = True
        return bool((placed & without_positions).any())

    def _shared(self, sizes: NDArray[Any]) -> NDArray[Any]:
        """Return for each term which other one says the same in all segments; -1 for none."""
        same = np.full(len(sizes), _UNKNOWN, np.int64)
        for side in self._sides:
            known = same[side.terms]
            same[side.terms] = np.where((known == _UNKNOWN) | (known == side.same), side.same, _NONE)
        found = np.flatnonzero(same >= 0)
        # The other may be in segments where this one does not.
        same[found[sizes[found] != sizes[same[found]]]] = _NONE
        return same

    def write(self, put: ArrayWriter, renumbered: NDArray[Any]) -> dict[str, Any]:
        """Write all sections; ``renumbered`` are the numbers of terms in the dictionary that is written."""
        name = self.name
        sizes, position_sizes = self._sizes[self.terms], self._position_sizes[self.terms]
        has_positions = bool(position_sizes.any())
        put.numbers(f"{name}/terms", renumbered[self.terms])
        put.numbers(f"{name}/starts", np.concatenate(([0], np.cumsum(sizes))))
        if has_positions:
            put.numbers(f"{name}/place starts", np.concatenate(([0], np.cumsum(position_sizes))))
        if len(self._empty):
            put.numbers(f"{name}/shared", self.terms.searchsorted(self._empty))
            put.numbers(f"{name}/same", self.terms.searchsorted(self._same[self._empty]))
        if self._lengths is not None:
            put.numbers(f"{name}/lengths", self._lengths)
        self._write_postings(put, sizes, position_sizes)
        return about_field(self._lengths, has_positions=has_positions)

    def _write_postings(self, put: ArrayWriter, sizes: NDArray[Any], position_sizes: NDArray[Any]) -> None:
        count, position_count = int(sizes.sum()), int(position_sizes.sum())
        fields = [side.field for side in self._sides]
        kinds = np.result_type(np.uint8, *(np.asarray(field.weights[:0]).dtype for field in fields))
        ids = put.documents_room(self.name, count, self._count)
        weights = put.room(f"{self.name}/weights", kinds, count)
        rooms: dict[str, tuple[ReservedSection, Any]] = {}
        if position_count:
            placed = [field for field in fields if field.has_positions]
            kind = np.result_type(np.uint8, *(np.asarray(field.positions[:0]).dtype for field in placed))
            rooms["places"] = put.room(f"{self.name}/places", kind, position_count), kind
            if self._counted:
                kind = narrowest(self._most_positions())
                rooms["place counts"] = put.room(f"{self.name}/place counts", kind, count), kind
        bounding = None
        if self.name in BOUNDED and self._lengths is not None:
            bounding = ScoreBounds(self.name, self._lengths)
            rooms["bounds"] = put.room(f"{self.name}/bounds", np.uint8, count), np.uint8
        for merged in self._portions(sizes, position_sizes):
            ids.write(merged.ids)
            weights.write(merged.weights.astype(kinds, copy=False).data)
            if bounding is not None:
                rooms["bounds"][0].write(bounding.bounds(merged.ids, merged.weights).data)
            for section, values in (("places", merged.positions), ("place counts", merged.position_counts)):
                if section in rooms:
                    room, kind = rooms[section]
                    room.write(values.astype(kind, copy=False).data)
        ids.end()

    def _most_positions(self) -> int:
        counts = [np.asarray(side.field.position_counts) for side in self._sides if side.field.has_positions]
        return max((int(here.max(initial=0)) for here in counts), default=0)

    def _portions(self, sizes: NDArray[Any], position_sizes: NDArray[Any]) -> Iterator[_Read]:
        """Yield the postings of some terms at a time, by term and in each by document."""
        runs = [self.terms.searchsorted(side.terms) for side in self._sides]
        for first, last in portions(sizes + position_sizes):
            here, placed = sizes[first:last], position_sizes[first:last]
            next_posting = np.cumsum(here) - here
            next_position = np.cumsum(placed) - placed
            count, position_count = int(here.sum()), int(placed.sum())
            ids, weights = np.empty(count, np.uint32), np.empty(count, np.float64)
            position_counts, positions = np.empty(count, np.int64), np.empty(position_count, np.uint32)
            for side, own in zip(self._sides, runs, strict=True):
                begin, end = own.searchsorted([first, last])
                if begin == end:
                    continue
                read = side.read(begin, end)
                at = own[begin:end] - first
                to = expand_ranges(next_posting[at], side.sizes[begin:end])
                ids[to], weights[to], position_counts[to] = read.ids, read.weights, read.position_counts
                positions[expand_ranges(next_position[at], side.position_sizes[begin:end])] = read.positions
                next_posting[at] += side.sizes[begin:end]
                next_position[at] += side.position_sizes[begin:end]
                side.rest()
            yield _Read(ids, weights, position_counts, positions)


def portions(sizes: NDArray[Any]) -> Iterator[tuple[int, int]]:
    """Yield ranges of runs that are together of a bearable size, or one run."""
    ends = np.cumsum(sizes)
    first, done = 0, 0
    while first < len(sizes):
        last = max(int(ends.searchsorted(done + _AT_ONCE, side="right")), first + 1)
        yield first, last
        first, done = last, int(ends[last - 1])


def _lengths(name: str, sources: Sequence[Source]) -> NDArray[Any] | None:
    """Return the lengths of a field in all documents that stay; None when no segment keeps them."""
    fields = [(source.segment.field(name), source) for source in sources]
    if not any(field is not None and field.lengths is not None for field, _ in fields):
        return None
    found = []
    for field, source in fields:
        if field is None or field.lengths is None:
            found.append(np.zeros(source.left, np.int64))
            continue
        lengths = np.asarray(field.lengths).astype(np.int64)
        found.append(lengths if source.kept is None else lengths[source.kept])
    return np.concatenate(found)


def _summed(values: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """Return the sums of consecutive groups of ``values``; a group may be empty."""
    ends = np.cumsum(sizes)
    sums = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    result: NDArray[Any] = sums[ends] - sums[ends - sizes]
    return result


_STORED_AT_ONCE = 4096  # documents
_TERMS_AT_ONCE = 200_000  # of all segments together


class _Dictionary(NamedTuple):
    """The terms of all segments, one after the other in their order, and how long each is."""

    text: bytearray
    sizes: NDArray[Any]


def merge_segments(
    file: BinaryIO, segments: Sequence[SegmentFile], deleted: Sequence[Collection[int]]
) -> int:
    """Write the documents of ``segments`` one after the other, but the deleted ones; return their number."""
    dictionary, ranks = _dictionary(segments)
    sources = _sources(segments, ranks, deleted)
    count = sum(source.left for source in sources)
    names = sorted({name for segment in segments for name in segment.field_names()})
    terms = len(dictionary.sizes)
    used = np.ones(terms, bool)
    if any(source.kept is not None for source in sources):
        used[:] = False
        for name in names:
            used[MergedField(name, sources, terms, count).terms] = True
    renumbered = np.cumsum(used, dtype=np.int32) - 1
    writer = SectionWriter(file)
    put = ArrayWriter(writer)
    # One after the other, since each takes memory by its terms.
    abouts = {name: MergedField(name, sources, terms, count).write(put, renumbered) for name in names}
    stay = np.repeat(used, dictionary.sizes)
    put.room("terms", np.uint8, int(stay.sum())).write(np.frombuffer(dictionary.text, np.uint8)[stay].data)
    put.numbers("term ends", np.cumsum(dictionary.sizes[used]))
    _put_stored(put, sources)
    writer.about = {"count": count, "fields": abouts}
    writer.close()
    return count


def _dictionary(segments: Sequence[SegmentFile]) -> tuple[_Dictionary, list[NDArray[Any]]]:
    """Merge the dictionaries some terms at a time; return for each segment the numbers of its terms, too."""
    counts = [segment.term_count() for segment in segments]
    ranks = [np.empty(count, np.int32) for count in counts]
    text = bytearray()
    sizes: list[NDArray[Any]] = [np.empty(0, np.int32)]
    done = [0] * len(segments)
    there = 0
    for border in _borders(segments):
        until = [
            count if border is None else segment.lower_bound(border, first, count)
            for segment, first, count in zip(segments, done, counts, strict=True)
        ]
        parts = [
            segment.terms_between(first, last)
            for segment, first, last in zip(segments, done, until, strict=True)
        ]
        merged = sorted(set().union(*parts))
        number = dict(zip(merged, range(there, there + len(merged)), strict=True))
        for rank, first, last, part in zip(ranks, done, until, parts, strict=True):
            rank[first:last] = np.fromiter(map(number.__getitem__, part), np.int32, len(part))
        text += b"".join(merged)
        sizes.append(np.fromiter(map(len, merged), np.int32, len(merged)))
        there += len(merged)
        done = until
    return _Dictionary(text, np.concatenate(sizes)), ranks


def _borders(segments: Sequence[SegmentFile]) -> Iterator[bytes | None]:
    """Yield terms up to each of which it is not too much to merge at once; at last None, for the rest."""
    if segments:
        largest = max(segments, key=SegmentFile.term_count)
        step = max(_TERMS_AT_ONCE // len(segments), 1)
        yield from (largest.term(number) for number in range(step, largest.term_count(), step))
    yield None


def _sources(
    segments: Sequence[SegmentFile], ranks: Sequence[NDArray[Any]], deleted: Sequence[Collection[int]]
) -> list[Source]:
    """Return the segments with the numbers that their documents and terms get."""
    sources = []
    offset = 0
    for segment, terms, gone in zip(segments, ranks, deleted, strict=True):
        kept = np.ones(segment.count, bool)
        kept[list(gone)] = False
        numbers = (np.cumsum(kept) - 1 + offset).astype(np.uint32)
        count = int(kept.sum())
        sources.append(Source(segment, kept if len(gone) else None, numbers, terms, count))
        offset += count
    return sources


def _put_stored(put: ArrayWriter, sources: Sequence[Source]) -> None:
    sizes = [_stored_sizes(source) for source in sources]
    ends = np.cumsum(np.concatenate(sizes)) if sizes else np.empty(0, np.int64)
    room = put.room("stored", np.uint8, int(ends[-1]) if len(ends) else 0)
    for source in sources:
        for part in _stored(source):
            room.write(part)
    put.numbers("stored ends", ends)


def _stored_sizes(source: Source) -> NDArray[Any]:
    ends = np.asarray(source.segment.sections.section("stored ends")).astype(np.int64)
    sizes: NDArray[Any] = np.diff(ends, prepend=0)
    return sizes if source.kept is None else sizes[source.kept]


def _stored(source: Source) -> Iterator[bytes]:
    """Yield what is stored of the documents that stay, some at a time."""
    for first in range(0, source.segment.count, _STORED_AT_ONCE):
        last = min(first + _STORED_AT_ONCE, source.segment.count)
        stay: Iterable[int] = range(first, last)
        if source.kept is not None:
            stay = (np.flatnonzero(source.kept[first:last]) + first).tolist()
        yield b"".join(map(source.segment.stored_bytes, stay))
