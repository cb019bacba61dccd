"""The postings of an index reader as numpy arrays, segment by segment, and scored documents as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.bm25f import FIELD_WEIGHTS, LENGTH_SHARE
from index.whoosh_engine.postings import bound_slack, documents_between, documents_of, mean_length, scales

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from index.reader import IndexReader, Part
    from index.whoosh_engine.segment import Field


_BOUND_KINDS = np.arange(256.0)


class Postings(NamedTuple):
    """The postings of a term in a field that are not deleted; ``bounds`` is None where there are none."""

    field: FieldArrays
    ids: NDArray[Any]
    frequencies: NDArray[Any]
    bounds: NDArray[Any] | None

    def shares(self, chosen: NDArray[Any]) -> NDArray[Any]:
        """Return what the postings at these places add to the weight of a word."""
        return self.field.shares(self.ids.take(chosen), self.frequencies.take(chosen))

    def locate(self, documents: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return at which places ``documents`` (ascending) stand or would stand, and which of them do."""
        at = self.ids.searchsorted(documents.astype(self.ids.dtype))
        return at, self.ids.take(at, mode="clip") == documents


class FieldArrays:
    """One field of a segment, in one reader; a field that only narrows adds nothing to a score."""

    def __init__(self, reader: IndexReader, part: Part, field: Field) -> None:
        name = field.name
        self.kept = field
        self._weight = FIELD_WEIGHTS.get(name, 0.0)
        share = LENGTH_SHARE.get(name, 0.0)
        mean_now = reader.average_length(name)
        self._scale: NDArray[Any] | float = 1.0 - share
        if field.lengths is not None and share:
            self._scale = scales(name, np.asarray(field.lengths), mean_now)
        self._is_even = isinstance(self._scale, float)
        self.weights = np.asarray(field.weights)
        self.bounds = None if field.bounds is None else np.asarray(field.bounds)
        if self.bounds is not None:
            mean = mean_length(field.total_length, part.segment.count)
            self.bound_kinds = _BOUND_KINDS * (bound_slack(name, field.longest, mean, mean_now) / 255.0)
            self.capped_kinds = np.minimum(self.bound_kinds, 1.0)
        slots = np.full(part.segment.term_count(), -1, np.int32)
        slots[np.asarray(field.terms)] = np.arange(len(field.terms), dtype=np.int32)
        self._slots = memoryview(slots.data)

    def range_of(self, term: int) -> tuple[int, int] | None:
        """Return where the postings of a term of the dictionary begin and end; None without any."""
        slot = self._slots[term]
        if slot < 0:
            return None
        start, end = self.kept.starts[slot], self.kept.starts[slot + 1]
        return (start, end) if start < end else self.kept.run_at(slot)[1:]

    def shares(self, ids: NDArray[Any], frequencies: NDArray[Any]) -> NDArray[Any]:
        """Return what frequencies in documents add to the weight of a word."""
        scale = self._scale if self._is_even else self._scale.take(ids)  # type: ignore[union-attr]  # an array then
        share: NDArray[Any] = frequencies * self._weight / scale
        return share


Range = tuple[FieldArrays, int, int]  # postings of a field, from one up to another


class SegmentArrays:
    """One segment of a reader; its documents count from 0, in the whole index from ``offset``.

    ``live`` tells which of them are not deleted; None when all are there.
    """

    def __init__(self, reader: IndexReader, part: Part) -> None:
        self.offset = part.offset
        self.segment = part.segment
        self.count = part.segment.count
        self.live: NDArray[Any] | None = None
        if part.deleted:
            self.live = np.ones(self.count, bool)
            self.live[list(part.deleted)] = False
        self._reader = reader
        self._part = part
        self._fields: dict[str, FieldArrays | None] = {}
        self._chosen: dict[tuple[str, ...], list[FieldArrays]] = {}

    def field(self, name: str) -> FieldArrays | None:
        """Return a field; None when no document has it."""
        if name not in self._fields:
            field = self.segment.field(name)
            self._fields[name] = None if field is None else FieldArrays(self._reader, self._part, field)
        return self._fields[name]

    def ranges(self, fields: tuple[str, ...], term: str) -> list[Range]:
        """Return where the postings of a term lie in those of ``fields`` that have it."""
        number = self.segment.number(term.encode("utf-8", "replace"))
        if number < 0:
            return []
        there = self._chosen.get(fields)
        if there is None:
            some = (self.field(name) for name in fields)
            there = self._chosen[fields] = [field for field in some if field is not None]
        found = []
        for field in there:
            where = field.range_of(number)
            if where is not None:
                found.append((field, *where))
        return found

    def postings(self, ranges: Iterable[Range]) -> list[Postings]:
        """Return what lies there and is not deleted."""
        return self._live((where, documents_of(where[0].kept, *where[1:])) for where in ranges)

    def stretches(self, ranges: Iterable[Range]) -> list[Postings]:
        """Return what lies in ranges of one field, those that follow one another in one go."""
        joined = _stretches(ranges)
        return self._live((where, documents_between(where[0].kept, *where[1:])) for where in joined)

    def _live(self, read: Iterable[tuple[Range, NDArray[Any]]]) -> list[Postings]:
        found = []
        for (field, start, end), ids in read:
            frequencies = field.weights[start:end]
            bounds = None if field.bounds is None else field.bounds[start:end]
            if self.live is not None:
                stay = self.live[ids].nonzero()[0]
                ids, frequencies = ids[stay], frequencies[stay]  # noqa: PLW2901 - without the deleted ones
                bounds = None if bounds is None else bounds[stay]
            if len(ids):
                found.append(Postings(field, ids, frequencies, bounds))
        return found


def _stretches(ranges: Iterable[Range]) -> list[Range]:
    """Join ranges of one field that follow one another."""
    joined: list[Range] = []
    for field, start, end in sorted(ranges, key=lambda where: where[1]):
        if joined and joined[-1][2] == start:
            joined[-1] = (field, joined[-1][1], end)
        else:
            joined.append((field, start, end))
    return joined


class ReaderArrays:
    """All segments of a reader as arrays, made once for it; ``count`` and ``average`` are of the whole index.

    Arrays as long as there are documents are kept and reused between operations: ``sums`` holds 0, ``member``
    False and ``place`` -1 everywhere when no operation is under way.
    """

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.segments = [SegmentArrays(reader, part) for part in reader.parts]
        self.sums = np.zeros(reader.all_count, np.float64)
        self.member = np.zeros(reader.all_count, bool)
        self.place = np.full(reader.all_count, -1, np.int32)
        self._sums: dict[int, tuple[object, NDArray[Any]]] = {}

    def sums_of(self, segment: SegmentArrays, owner: object) -> tuple[NDArray[Any], bool]:
        """Return numbers for all documents of a segment, and whether ``owner`` asked for them last."""
        before, sums = self._sums.get(segment.offset, (None, None))
        if sums is None:
            sums = np.zeros(segment.count, np.int32)
        self._sums[segment.offset] = (owner, sums)
        return sums, before is owner


class ScoredDocs(NamedTuple):
    """Documents in ascending order, and their scores."""

    ids: NDArray[Any]
    scores: NDArray[Any]

    def count(self) -> int:  # type: ignore[override]  # not of a value, as tuples count
        """Return the number of documents."""
        return len(self.ids)

    def best(self, count: int) -> ScoredDocs:
        """Return the ``count`` best, and all that score as the last; unordered."""
        ids, scores = self
        if len(ids) <= count:
            return self
        stay = np.flatnonzero(scores >= np.partition(scores, len(scores) - count)[len(scores) - count])
        return ScoredDocs(ids[stay], scores[stay])

    def scores_of(self, documents: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the scores of some documents (ascending), and which of them were found."""
        if not len(self.ids):
            return np.zeros(len(documents)), np.zeros(len(documents), bool)
        at = self.ids.searchsorted(documents).clip(max=len(self.ids) - 1)
        return self.scores[at], self.ids[at] == documents


class BestDocs:
    """The best scores so far."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.least = 0.0  # nothing below can be among the best
        self._documents: list[NDArray[Any]] = []
        self._scores: list[NDArray[Any]] = []
        self._top = np.empty(0)

    def add(self, documents: NDArray[Any], scores: NDArray[Any]) -> None:
        """Take in documents by their numbers in the whole index."""
        if not len(documents):
            return
        self._documents.append(documents)
        self._scores.append(scores)
        top = np.concatenate((self._top, scores))
        spare = len(top) - self.count
        if spare >= 0:
            top.partition(spare)
            top = top[spare:]
            self.least = float(top[0])
        self._top = top

    def reached(self) -> ScoredDocs:
        """Return the best, and all that score as the last of them."""
        if not self._documents:
            return ScoredDocs(np.empty(0, np.intp), np.empty(0))
        documents, scores = self._documents[0], self._scores[0]
        if len(self._documents) > 1:
            documents, scores = np.concatenate(self._documents), np.concatenate(self._scores)
        stay = scores >= self.least
        return ScoredDocs(documents[stay], scores[stay])
