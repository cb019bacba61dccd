"""One segment made of several, without what was deleted in them."""

from __future__ import annotations

from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.codec.postings import FieldPostings, write_segment

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import BinaryIO

    from numpy.typing import NDArray

    from index.codec.segment import Field, SegmentFile


class _Source(NamedTuple):
    """A segment to be merged: which documents stay, what numbers they get, and those of its terms."""

    segment: SegmentFile
    kept: NDArray[Any]
    numbers: NDArray[Any]
    terms: NDArray[Any]


class _Part(NamedTuple):
    """What one segment brings to a field: the kept postings, and how many there are of each of its terms."""

    terms: NDArray[Any]
    counts: NDArray[Any]
    ids: NDArray[Any]
    weights: NDArray[Any]
    place_counts: NDArray[Any]
    places: NDArray[Any]


def merge_segments(
    file: BinaryIO, segments: Sequence[SegmentFile], deleted: Sequence[Collection[int]]
) -> int:
    """Write the documents of ``segments`` one after the other, but the deleted ones; return their number."""
    dictionaries = [segment.terms() for segment in segments]
    dictionary = sorted(set().union(*dictionaries))
    number = {term: place for place, term in enumerate(dictionary)}
    sources = []
    count = 0
    for segment, terms, gone in zip(segments, dictionaries, deleted, strict=True):
        kept = np.ones(segment.count, bool)
        kept[list(gone)] = False
        numbers = (np.cumsum(kept) - 1 + count).astype(np.uint32)
        ranks = np.fromiter(map(number.__getitem__, terms), np.int64, len(terms))
        sources.append(_Source(segment, kept, numbers, ranks))
        count += int(kept.sum())
    names = sorted({name for segment in segments for name in segment.field_names()})
    fields = {name: _merged(name, sources, len(dictionary)) for name in names}
    used = np.zeros(len(dictionary), bool)
    for field in fields.values():
        used[field.terms] = True
    renumbered = np.cumsum(used) - 1
    fields = {name: replace(field, terms=renumbered[field.terms]) for name, field in fields.items()}
    write_segment(file, list(compress(dictionary, used.tolist())), fields, _stored(sources))
    return count


def _stored(sources: Sequence[_Source]) -> list[bytes]:
    return [
        source.segment.stored_bytes(document)
        for source in sources
        for document in np.flatnonzero(source.kept).tolist()
    ]


def _merged(name: str, sources: Sequence[_Source], terms: int) -> FieldPostings:
    """Merge one field; ``terms`` is the size of the common dictionary."""
    parts = []
    lengths = []
    has_lengths = False
    for source in sources:
        field = source.segment.field(name)
        if field is None:
            lengths.append(np.zeros(int(source.kept.sum()), np.int64))
            continue
        parts.append(_part(field, source))
        if field.lengths is None:
            lengths.append(np.zeros(int(source.kept.sum()), np.int64))
        else:
            has_lengths = True
            lengths.append(np.asarray(field.lengths)[source.kept])
    sizes = np.zeros(terms, np.int64)
    place_sizes = np.zeros(terms, np.int64)
    for part in parts:
        sizes[part.terms] += part.counts
        place_sizes[part.terms] += _summed(part.place_counts, part.counts)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    place_starts = np.concatenate(([0], np.cumsum(place_sizes)))
    postings, all_places = int(starts[-1]), int(place_starts[-1])
    ids = np.empty(postings, np.uint32)
    weights = np.empty(postings, np.result_type(np.uint8, *(part.weights.dtype for part in parts)))
    place_counts = np.empty(postings, np.result_type(np.uint8, *(part.place_counts.dtype for part in parts)))
    places = np.empty(all_places, np.result_type(np.uint8, *(part.places.dtype for part in parts)))
    next_posting, next_place = starts[:-1].copy(), place_starts[:-1].copy()
    for part in parts:
        at = _targets(next_posting[part.terms], part.counts)
        ids[at] = part.ids
        weights[at] = part.weights
        place_counts[at] = part.place_counts
        counts = _summed(part.place_counts, part.counts)
        places[_targets(next_place[part.terms], counts)] = part.places
        next_posting[part.terms] += part.counts
        next_place[part.terms] += counts
    live = np.flatnonzero(sizes)
    return FieldPostings(
        live,
        np.append(starts[live], postings),
        ids,
        weights,
        place_counts,
        places,
        np.concatenate(lengths) if has_lengths else None,
    )


def _part(field: Field, source: _Source) -> _Part:
    """Return what stays of a field of one segment."""
    ids = np.asarray(field.ids)
    weights = np.asarray(field.weights)
    counts: NDArray[Any] = np.diff(np.asarray(field.starts).astype(np.int64))
    if field.has_places:
        has_some = np.diff(np.asarray(field.place_starts).astype(np.int64)) > 0
        placed = np.repeat(has_some, counts)
        place_counts: NDArray[Any] = np.where(placed, np.asarray(field.place_counts), 0).astype(np.uint32)
        places: NDArray[Any] = np.asarray(field.places)
    else:
        place_counts = np.zeros(len(ids), np.uint8)
        places = np.empty(0, np.uint8)
    if not source.kept.all():
        stay = source.kept[ids]
        if len(places):
            places = places[np.repeat(stay, place_counts)]
        counts = _summed(stay, counts)
        ids, weights, place_counts = ids[stay], weights[stay], place_counts[stay]
    return _Part(
        source.terms[np.asarray(field.terms)], counts, source.numbers[ids], weights, place_counts, places
    )


def _summed(values: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """Return the sums of consecutive groups of ``values``; a group may be empty."""
    ends = np.cumsum(sizes)
    sums = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    result: NDArray[Any] = sums[ends] - sums[ends - sizes]
    return result


def _targets(starts: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """Return ``starts[i]``, ``starts[i] + 1``, ... for each group of ``sizes[i]``, one after the other."""
    total = int(sizes.sum())
    kind = np.int32 if int((starts + sizes).max(initial=0)) < 1 << 31 else np.int64
    offsets = (starts - (np.cumsum(sizes) - sizes)).astype(kind)
    targets: NDArray[Any] = np.arange(total, dtype=kind) + np.repeat(offsets, sizes)
    return targets
