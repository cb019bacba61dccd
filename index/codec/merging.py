"""One segment made of several, without what was deleted in them."""

from __future__ import annotations

from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.codec.postings import FieldPostings, write_segment
from index.codec.sharing import written_out

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
    fields = [(source.segment.field(name), source) for source in sources]
    there = [(field, source) for field, source in fields if field is not None]
    sizes = np.zeros(terms, np.int64)
    place_sizes = np.zeros(terms, np.int64)
    kinds: list[list[Any]] = [[np.uint8], [np.uint8], [np.uint8]]
    for one in there:
        part = _part(*one)  # made anew below: holding all of them would take as much memory as the result
        sizes[part.terms] += part.counts
        place_sizes[part.terms] += _summed(part.place_counts, part.counts)
        for kind, values in zip(kinds, (part.weights, part.place_counts, part.places), strict=True):
            kind.append(values.dtype)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    place_starts = np.concatenate(([0], np.cumsum(place_sizes)))
    postings, all_places = int(starts[-1]), int(place_starts[-1])
    ids = np.empty(postings, np.uint32)
    weights = np.empty(postings, np.result_type(*kinds[0]))
    place_counts = np.empty(postings, np.result_type(*kinds[1]))
    places = np.empty(all_places, np.result_type(*kinds[2]))
    next_posting, next_place = starts[:-1].copy(), place_starts[:-1].copy()
    for one in there:
        part = _part(*one)
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
        _lengths(fields),
    )


def _lengths(fields: Sequence[tuple[Field | None, _Source]]) -> NDArray[Any] | None:
    """Return the lengths of a field in all documents that stay; None when no segment keeps them."""
    if not any(field is not None and field.lengths is not None for field, _ in fields):
        return None
    return np.concatenate(
        [
            np.zeros(int(source.kept.sum()), np.int64)
            if field is None or field.lengths is None
            else np.asarray(field.lengths)[source.kept]
            for field, source in fields
        ]
    )


def _part(field: Field, source: _Source) -> _Part:
    """Return what stays of a field of one segment."""
    ids = np.asarray(field.ids)
    weights = np.asarray(field.weights)
    counts, postings = written_out(field)
    if postings is not None:
        ids, weights = ids[postings], weights[postings]
    if field.has_places:
        has_some = np.diff(np.asarray(field.place_starts).astype(np.int64)) > 0
        placed = np.repeat(has_some, counts)
        # Runs are shared only where there are as many places as the weights say.
        place_counts: NDArray[Any] = (
            np.asarray(field.place_counts) if postings is None else weights
        ) * placed
        if place_counts.dtype.kind == "f":
            place_counts = place_counts.astype(np.uint32)
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
