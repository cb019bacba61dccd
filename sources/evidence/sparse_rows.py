"""Sparse rows of weights, and the products of all rows of one set with all of another, block by block."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Weights = NDArray[np.float64]

_LONGEST_COLUMN = 256  # what stands in more sentences of one text tells none of them apart
_LARGEST_BLOCK = 1 << 20


@dataclass(frozen=True)
class Rows:
    """Rows of weights, of unit length: row ``n`` is ``starts[n]`` to ``starts[n + 1]`` of the cells.

    ``lengths`` are those before the rows were brought to unit length.
    """

    starts: Numbers
    columns: Numbers
    weights: Weights
    lengths: Weights

    @classmethod
    def made(cls, count: int, rows: Numbers, columns: Numbers, weights: Weights) -> Rows:
        """Make ``count`` rows of cells in order of row and column."""
        starts = np.searchsorted(rows, np.arange(count + 1))
        squares = np.bincount(rows, weights * weights, minlength=count)
        lengths = np.sqrt(squares)
        return cls(starts, columns, weights / lengths[rows], lengths)

    @classmethod
    def unscaled(cls, count: int, rows: Numbers, columns: Numbers, weights: Weights) -> Rows:
        """Make ``count`` rows of cells in order of row and column that keep their weights."""
        return cls(np.searchsorted(rows, np.arange(count + 1)), columns, weights, np.ones(count))

    def times(self, factors: Weights) -> Rows:
        """Return the rows with the weights of each column times its factor."""
        return Rows(self.starts, self.columns, self.weights * factors[self.columns], self.lengths)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def part(self, first: int, last: int) -> Rows:
        """Return the rows from ``first`` to before ``last``."""
        start, end = self.starts[first], self.starts[last]
        return Rows(
            self.starts[first : last + 1] - start,
            self.columns[start:end],
            self.weights[start:end],
            self.lengths[first:last],
        )

    @cached_property
    def numbers(self) -> Numbers:
        """The row of each cell."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    @cached_property
    def by_column(self) -> _ByColumn:
        """The cells in order of their columns."""
        order = np.argsort(self.columns, kind="stable")
        columns = self.columns[order]
        heads = _heads(columns)
        starts = np.append(heads, len(columns))
        return _ByColumn(columns[heads], starts, self.numbers[order], self.weights[order])

    def cells_of(self, row: int) -> dict[int, float]:
        """Return the weights of a row by their columns."""
        cells = slice(self.starts[row], self.starts[row + 1])
        return dict(zip(self.columns[cells].tolist(), self.weights[cells].tolist(), strict=True))

    def summed(self, rows: Sequence[int]) -> dict[int, float]:
        """Return the sum of some rows, each as long as it once was, brought to unit length."""
        found: dict[int, float] = {}
        for row in rows:
            cells = slice(self.starts[row], self.starts[row + 1])
            weights = (self.weights[cells] * self.lengths[row]).tolist()
            for column, weight in zip(self.columns[cells].tolist(), weights, strict=True):
                found[column] = found.get(column, 0.0) + weight
        length = sqrt(sum(weight * weight for weight in found.values()))
        return {column: weight / length for column, weight in found.items()}

    def joined(self, first: int, one: float, two: float) -> float:
        """Return the cosine of a row with the sum of ``first`` and the next one, from those with each."""
        length_one, length_two = float(self.lengths[first]), float(self.lengths[first + 1])
        square = length_one**2 + length_two**2 + 2 * length_one * length_two * self._neighbours(first)
        return min(1.0, (length_one * one + length_two * two) / sqrt(square)) if square else 0.0

    def _neighbours(self, first: int) -> float:
        """Return the cosine of a row and the next one."""
        start, middle, end = self.starts[first : first + 3]
        _, here, there = np.intersect1d(
            self.columns[start:middle], self.columns[middle:end], assume_unique=True, return_indices=True
        )
        return float(self.weights[start:middle][here] @ self.weights[middle:end][there])


class _ByColumn(NamedTuple):
    columns: Numbers
    starts: Numbers
    rows: Numbers
    weights: Weights


def _heads(numbers: Numbers) -> Numbers:
    """Return where each run of equal numbers begins."""
    changed = np.empty(len(numbers), dtype=bool)
    changed[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=changed[1:])
    return np.flatnonzero(changed)


def sum_cells(
    rows: Numbers, columns: Numbers, weights: Weights, width: int
) -> tuple[Numbers, Numbers, Weights]:
    """Return cells in order of row and column, one a place, summed; ``width`` is above all columns."""
    keys = rows * width + columns
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    if not len(keys):
        return keys, keys, weights
    heads = _heads(keys)
    places = keys[heads]
    return places // width, places % width, np.add.reduceat(weights[order], heads)


def expanded(starts: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    """Return, of runs of ``counts`` places from ``starts`` on, the run of each place, and the place."""
    run = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    return run, np.arange(len(run)) - before[run] + starts[run]


class Product:
    """The products of all rows of ``a`` with all of ``b``, made block by block."""

    def __init__(self, a: Rows, b: Rows) -> None:
        self._a, self._b = a, b
        other = b.by_column
        place = np.searchsorted(other.columns, a.columns)
        place[place == len(other.columns)] = 0
        known = other.columns[place] == a.columns if len(other.columns) else np.zeros(len(place), dtype=bool)
        self._cells = np.flatnonzero(known)
        column = place[self._cells]
        self._from = other.starts[column]
        counts = other.starts[column + 1] - self._from
        if len(b) > _LONGEST_COLUMN:
            counts[counts > _LONGEST_COLUMN] = 0
        self._counts = counts
        self._row_starts = np.searchsorted(self._cells, a.starts)

    def row_sizes(self) -> Numbers:
        """Return how many pairs of cells each row of ``a`` takes."""
        sums = np.concatenate(([0], np.cumsum(self._counts)))
        return sums[self._row_starts[1:]] - sums[self._row_starts[:-1]]

    def block(self, first: int, last: int) -> Weights:
        """Return the products of rows ``first`` to before ``last`` of ``a`` with all rows of ``b``."""
        cells, run, place = self._pairs(first, last)
        values = self._a.weights[cells][run] * self._b.by_column.weights[place]
        return self._added(first, last, cells[run], place, values)

    def shared(self, first: int, last: int, worth: Weights) -> Weights:
        """Return what the columns are ``worth`` that those rows share with rows of ``b``."""
        cells, run, place = self._pairs(first, last)
        return self._added(first, last, cells[run], place, worth[self._a.columns[cells]][run])

    def _pairs(self, first: int, last: int) -> tuple[Numbers, Numbers, Numbers]:
        here = slice(self._row_starts[first], self._row_starts[last])
        return self._cells[here], *expanded(self._from[here], self._counts[here])

    def _added(self, first: int, last: int, cells: Numbers, places: Numbers, values: Weights) -> Weights:
        width = len(self._b)
        keys = (self._a.numbers[cells] - first) * width + self._b.by_column.rows[places]
        return _sums(keys, values, (last - first) * width).reshape(last - first, width)


def _sums(numbers: Numbers, weights: Weights, count: int) -> Weights:
    return np.asarray(np.bincount(numbers, weights, minlength=count), dtype=np.float64)


def blocks(sizes: Numbers, width: int) -> Iterator[tuple[int, int]]:
    """Yield runs of rows, each small enough to be worked on at once, at least one row each."""
    ends = np.cumsum(sizes + width)
    first = 0
    while first < len(sizes):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + _LARGEST_BLOCK, side="right")))
        yield first, last
        first = last
