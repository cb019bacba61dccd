"""One segment made of several, without what was deleted in them, written as it is read.

Terms are merged some at a time, so that the memory for it depends on the dictionaries rather than on how
many postings there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.codec.merging_fields import MergedField, Source
from index.codec.postings import Putter
from index.codec.sections import SectionWriter
from index.codec.segment import SegmentFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from numpy.typing import NDArray

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
    put = Putter(writer)
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
            count if border is None else segment.place_within(border, first, count)
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


def _put_stored(put: Putter, sources: Sequence[Source]) -> None:
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
