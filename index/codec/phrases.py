"""Phrases in a segment, as arrays: where all terms stand at their distances from one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.codec.documents import documents_of, live_postings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.codec.segment import Field, Run, SegmentFile
    from index.sets import Terms


def occurrences(
    segment: SegmentFile, name: str, terms: Terms, live: NDArray[Any] | None
) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """Count in each document of a segment where all terms stand at their distances from one another.

    ``live`` tells which documents are not deleted; None when all are there. Returns documents and
    counts; None when a term is not there at all.
    """
    lists: list[tuple[int, Field, Run]] = []
    for distance, term in terms:
        found = segment.run(name, term.encode("utf-8", "replace"))
        if found is None:
            return None
        lists.append((distance, *found))
    lists.sort(key=lambda entry: entry[2].end - entry[2].start)
    _, field, run = lists[0]
    ids, frequencies = live_postings(field, run, live)
    if len(lists) == 1:
        return ids, frequencies
    for _, field, run in lists[1:]:
        others = documents_of(field, run.start, run.end)
        at = np.minimum(others.searchsorted(ids.astype(others.dtype)), len(others) - 1)
        ids = ids[others[at] == ids]
    farthest = max(distance for distance, _, _ in lists)
    starts: NDArray[Any] | None = None
    for distance, field, run in lists:
        here = _placed(field, run, ids, farthest - distance)
        starts = here if starts is None else np.intersect1d(starts, here, assume_unique=True)
    counts = np.bincount((starts if starts is not None else ids) >> 32, minlength=0)
    there = np.flatnonzero(counts)
    return ids[there], counts[there]


def _placed(field: Field, run: Run, ids: NDArray[Any], moved: int) -> NDArray[Any]:
    """Return the places of a run's term in documents that have it, ``moved`` on.

    Each is packed with the place of its document in ``ids``: ``document << 32 | place``.
    """
    start, end = field.place_range(run)
    if start == end:
        return np.empty(0, np.int64)
    documents = documents_of(field, run.start, run.end)
    at = documents.searchsorted(ids.astype(documents.dtype))
    counts = np.asarray(field.place_counts[run.start : run.end])
    ends = np.cumsum(counts, dtype=np.int64)[at]
    sizes = counts[at].astype(np.int64)
    offsets = np.repeat(start + ends - sizes - (np.cumsum(sizes) - sizes), sizes)
    places = np.asarray(field.places)[offsets + np.arange(len(offsets))].astype(np.int64)
    owners = np.repeat(np.arange(len(ids), dtype=np.int64), sizes)
    packed: NDArray[Any] = (owners << 32) | (places + moved)
    return packed
