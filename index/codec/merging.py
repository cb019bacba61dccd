"""One segment made of several, without what was deleted in them, written as it is read.

Terms are merged some at a time, so that the memory for it depends on the dictionaries rather than on how
many postings there are.
"""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from index.codec.merging_fields import MergedField, Source
from index.codec.postings import Putter, put_dictionary
from index.codec.sections import SectionWriter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from numpy.typing import NDArray

    from index.codec.segment import SegmentFile

_STORED_AT_ONCE = 4096  # documents


def merge_segments(
    file: BinaryIO, segments: Sequence[SegmentFile], deleted: Sequence[Collection[int]]
) -> int:
    """Write the documents of ``segments`` one after the other, but the deleted ones; return their number."""
    dictionary, sources = _sources(segments, deleted)
    count = sum(source.left for source in sources)
    names = sorted({name for segment in segments for name in segment.field_names()})
    fields = [MergedField(name, sources, len(dictionary), count) for name in names]
    used = np.zeros(len(dictionary), bool)
    for field in fields:
        used[field.terms] = True
    renumbered = np.cumsum(used) - 1
    dictionary = list(compress(dictionary, used.tolist()))
    writer = SectionWriter(file)
    put = Putter(writer)
    abouts = {field.name: field.write(put, renumbered) for field in fields}
    put_dictionary(put, dictionary)
    _put_stored(put, sources)
    writer.about = {"count": count, "fields": abouts}
    writer.close()
    return count


def _sources(
    segments: Sequence[SegmentFile], deleted: Sequence[Collection[int]]
) -> tuple[list[bytes], list[Source]]:
    """Return the common dictionary, and the segments with the numbers of their documents and terms in it."""
    dictionaries = [segment.terms() for segment in segments]
    dictionary = sorted(set().union(*dictionaries))
    number = {term: place for place, term in enumerate(dictionary)}
    sources = []
    offset = 0
    for segment, terms, gone in zip(segments, dictionaries, deleted, strict=True):
        kept = np.ones(segment.count, bool)
        kept[list(gone)] = False
        numbers = (np.cumsum(kept) - 1 + offset).astype(np.uint32)
        ranks = np.fromiter(map(number.__getitem__, terms), np.int32, len(terms))
        count = int(kept.sum())
        sources.append(Source(segment, kept if len(gone) else None, numbers, ranks, count))
        offset += count
    return dictionary, sources


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
