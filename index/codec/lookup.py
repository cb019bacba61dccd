"""Finding the postings of a term in one segment, as arrays, without a search through the dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.codec.bounds import mean_length, scales, widened
from index.codec.documents import documents_between, documents_of
from index.codec.words import WordHere
from index.weights import FIELD_WEIGHTS, LENGTH_SHARE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from index.codec.segment import Field
    from index.plans import Wanted
    from index.reading import IndexReader, Part

_REMEMBERED = 200_000  # documents scored beforehand that are kept in memory
_SMALL = 100  # of these take as much as the rest of a word
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

    def places(self, documents: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return at which places ``documents`` (ascending) stand or would stand, and which of them do."""
        at = self.ids.searchsorted(documents.astype(self.ids.dtype))
        return at, self.ids.take(at, mode="clip") == documents


class FieldArrays:
    """One field of a segment, in one reader."""

    def __init__(self, reader: IndexReader, part: Part, field: Field) -> None:
        self.name = field.name
        self._field = field
        self.weights = np.asarray(field.weights)
        self.bounds = None if field.bounds is None else np.asarray(field.bounds)
        self._run_at = field.run_at
        self._starts = field.starts
        self._weight = FIELD_WEIGHTS[self.name]
        share = LENGTH_SHARE[self.name]
        mean_now = reader.average_length(self.name)
        self._scale: NDArray[Any] | float = 1.0 - share
        if field.lengths is not None and share:
            self._scale = scales(self.name, np.asarray(field.lengths), mean_now)
        self._is_even = isinstance(self._scale, float)
        mean = mean_length(field.total_length, part.segment.count)
        self.bound_kinds = _BOUND_KINDS * (widened(self.name, field.longest, mean, mean_now) / 255.0)
        self.capped_kinds = np.minimum(self.bound_kinds, 1.0)
        slots = np.full(part.segment.term_count(), -1, np.int32)
        slots[np.asarray(field.terms)] = np.arange(len(field.terms), dtype=np.int32)
        self._slots = memoryview(slots.data)

    def range_of(self, term: int) -> tuple[int, int] | None:
        """Return where the postings of a term of the dictionary begin and end; None without any."""
        slot = self._slots[term]
        if slot < 0:
            return None
        start, end = self._starts[slot], self._starts[slot + 1]
        return (start, end) if start < end else self._run_at(slot)[1:]

    def documents(self, start: int, end: int) -> NDArray[Any]:
        """Return the documents of the postings of one term."""
        return documents_of(self._field, start, end)

    def documents_between(self, start: int, end: int) -> NDArray[Any]:
        """Return the documents of all postings from one up to another."""
        return documents_between(self._field, start, end)

    def shares(self, ids: NDArray[Any], frequencies: NDArray[Any]) -> NDArray[Any]:
        """Return what frequencies in documents add to the weight of a word."""
        scale = self._scale if self._is_even else self._scale.take(ids)  # type: ignore[union-attr]  # an array then
        share: NDArray[Any] = frequencies * self._weight / scale
        return share


Range = tuple[FieldArrays, int, int]  # postings of a field, from one up to another


class Lookup:
    """One segment of a reader."""

    def __init__(self, reader: IndexReader, part: Part, live: NDArray[Any] | None) -> None:
        self.part = part
        self.live = live
        self.count = part.segment.count
        self._reader = reader
        self._segment = part.segment
        self._fields: dict[str, FieldArrays | None] = {}
        self._chosen: dict[tuple[str, ...], list[FieldArrays]] = {}
        self._words: dict[Wanted, WordHere] = {}
        self._room = _REMEMBERED

    def field(self, name: str) -> FieldArrays | None:
        """Return a field; None when no document has it."""
        if name not in self._fields:
            field = self._segment.field(name)
            self._fields[name] = None if field is None else FieldArrays(self._reader, self.part, field)
        return self._fields[name]

    def word(self, wanted: Wanted, member: NDArray[Any]) -> WordHere:
        """Return a word here; ``member`` as in making it."""
        # It does not matter to it how often it was typed.
        wanted = wanted._replace(factor=1.0)
        known = self._words.get(wanted)
        if known is None:
            known = WordHere(self, wanted, member)
            self._room -= len(known.side) + _SMALL
            if self._room < 0:
                self._words.clear()
                self._room = _REMEMBERED
            self._words[wanted] = known
        return known

    def ranges(self, fields: tuple[str, ...], term: str) -> list[Range]:
        """Return where the postings of a term lie in those of ``fields`` that have it."""
        number = self._segment.number(term.encode("utf-8", "replace"))
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
        found = (self._live(where, where[0].documents(*where[1:])) for where in ranges)
        return [postings for postings in found if len(postings.ids)]

    def stretches(self, ranges: Iterable[Range]) -> list[Postings]:
        """Return what lies in ranges of one field, those that follow one another in one go."""
        found = (self._live(where, where[0].documents_between(*where[1:])) for where in _stretches(ranges))
        return [postings for postings in found if len(postings.ids)]

    def _live(self, where: Range, ids: NDArray[Any]) -> Postings:
        field, start, end = where
        frequencies = field.weights[start:end]
        bounds = None if field.bounds is None else field.bounds[start:end]
        if self.live is not None:
            stay = self.live[ids].nonzero()[0]
            ids, frequencies = ids[stay], frequencies[stay]
            bounds = None if bounds is None else bounds[stay]
        return Postings(field, ids, frequencies, bounds)


def _stretches(ranges: Iterable[Range]) -> list[Range]:
    """Join ranges of one field that follow one another."""
    joined: list[Range] = []
    for field, start, end in sorted(ranges, key=lambda where: where[1]):
        if joined and joined[-1][2] == start:
            joined[-1] = (field, joined[-1][1], end)
        else:
            joined.append((field, start, end))
    return joined
