"""Comparing the texts of segments: those that share a print are held against each other by their sketches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.kinship import Alike
from index.prints import NEAR, likeness
from index.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from index.codec.segment import Field, SegmentFile
    from index.reading import IndexReader

_DIFFERENT = 64  # texts that share a print, each unlike the others, against which one more is held
_FEW = 100  # times as many prints in one segment as in the other, from which on they are looked up
_PRINT = 5  # bytes of a print
_SKETCH = Stored._fields.index("sketch")


def pairs_alike(reader: IndexReader, one: str, other: str) -> Alike:
    """Return which texts of segment ``one`` are like which of ``other``, a later one or the same."""
    segments = {part.segment.sections.name: part.segment for part in reader.parts}
    comparison = _Comparison(segments[one], segments[other])
    comparison.compare()
    return comparison.alike


class _Comparison:
    """One comparison of two segments, or of the texts of one."""

    def __init__(self, first: SegmentFile, second: SegmentFile) -> None:
        self._first = first
        self._second = second
        self._sketches: dict[tuple[bool, int], str] = {}
        self._compared: set[tuple[int, int]] = set()
        self.alike = Alike([], [])

    def compare(self) -> None:
        """Fill in what is alike."""
        one, other = self._first.field("prints"), self._second.field("prints")
        if one is None or other is None:
            return
        if self._first is self._second:
            for documents in _within(one):
                self._among(documents)
        else:
            for firsts, seconds in _between(self._first, one, self._second, other):
                self._across(firsts, seconds)

    def _among(self, documents: Sequence[int]) -> None:
        different: dict[str, int] = {}
        for document in documents:
            sketch = self._sketch(document, second=False)
            twin = different.get(sketch)
            if twin is not None:
                self._meet(twin, document)
                continue
            for before, _ in zip(different.values(), range(_DIFFERENT), strict=False):
                self._meet(before, document)
            different[sketch] = document

    def _across(self, firsts: Sequence[int], seconds: Sequence[int]) -> None:
        different: dict[str, int] = {}
        for document in firsts:
            different.setdefault(self._sketch(document, second=False), document)
        for document in seconds:
            twin = different.get(self._sketch(document, second=True))
            if twin is not None:
                self._meet(twin, document)
                continue
            for before, _ in zip(different.values(), range(_DIFFERENT), strict=False):
                self._meet(before, document)

    def _meet(self, one: int, other: int) -> None:
        """Hold two texts against each other, unless they met under another print."""
        if (one, other) in self._compared:
            return
        self._compared.add((one, other))
        sketch = self._sketch(one, second=False)
        against = self._sketch(other, second=self._first is not self._second)
        if sketch == against:
            self.alike.same.append((one, other))
        elif likeness(sketch, against) >= NEAR:
            self.alike.near.append((one, other))

    def _sketch(self, document: int, *, second: bool) -> str:
        known = self._sketches.get((second, document))
        if known is None:
            segment = self._second if second else self._first
            known = self._sketches[second, document] = str(segment.stored(document)["stored"][_SKETCH])
        return known


def _within(field: Field) -> Iterator[list[int]]:
    """Yield the documents of each print that several have."""
    starts = np.asarray(field.starts)
    for term in np.flatnonzero(np.diff(starts) > 1).tolist():
        yield list(field.documents(int(starts[term]), int(starts[term + 1])))


def _between(
    first: SegmentFile, one: Field, second: SegmentFile, other: Field
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the documents of each print that both segments have, by segment."""
    if len(other.terms) * _FEW < len(one.terms):
        yield from _looked_up(first, one, second, other)
        return
    terms, others = _prints(first, one), _prints(second, other)
    _, at, there = np.intersect1d(terms, others, assume_unique=True, return_indices=True)
    for here, beside in zip(at.tolist(), there.tolist(), strict=True):
        yield (
            list(one.documents(one.starts[here], one.starts[here + 1])),
            list(other.documents(other.starts[beside], other.starts[beside + 1])),
        )


def _looked_up(
    first: SegmentFile, one: Field, second: SegmentFile, other: Field
) -> Iterator[tuple[list[int], list[int]]]:
    """Look each print of a small segment up in a large one, as `_between` would find them."""
    for place, number in enumerate(other.terms.tolist()):
        found = first.run(one.name, second.term(number))
        if found is not None:
            run = found[1]
            documents = other.documents(other.starts[place], other.starts[place + 1])
            yield list(one.documents(run.start, run.end)), list(documents)


def _prints(segment: SegmentFile, field: Field) -> NDArray[Any]:
    """Return the prints of a segment in their order, each as a number."""
    ends = np.asarray(segment.sections.section("term ends"))[np.asarray(field.terms)].astype(np.int64)
    text = np.asarray(segment.sections.section("terms"))
    found = np.zeros(len(ends), np.uint64)
    for place in range(_PRINT):
        found = found << np.uint64(8) | text[ends - _PRINT + place].astype(np.uint64)
    return found
