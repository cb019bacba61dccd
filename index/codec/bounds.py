"""Bounds of scores, kept with the postings of a field: what a search reads instead of the scores.

A bound is one byte: the saturated weight of the word in the document, in 255ths and rounded up, by the mean
length within the segment. How much it may be too low by another mean is ``widened``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.weights import FIELD_WEIGHTS, LENGTH_SHARE, SATURATION

if TYPE_CHECKING:
    from numpy.typing import NDArray

BOUNDED = frozenset({"text"})  # fields with runs so long that bounds are worth their space
STEPS = 255.0
_MARGIN = 1.0 + 1e-9  # more than rounding may lose


class Bounding:
    """What the postings of a field are bounded by in a segment; ``lengths`` has one entry a document."""

    def __init__(self, name: str, lengths: NDArray[Any]) -> None:
        self._weight = FIELD_WEIGHTS[name]
        mean = mean_length(int(lengths.sum(dtype=np.int64)), len(lengths))
        self._scale = scales(name, lengths, mean)

    def bounds(self, ids: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
        """Return the bounds of some postings."""
        share = self._weight * weights / self._scale[ids]
        share /= share + SATURATION
        share *= STEPS * _MARGIN
        bounds: NDArray[Any] = np.clip(np.ceil(share), 0, STEPS).astype(np.uint8)
        return bounds


def mean_length(total: int, count: int) -> float:
    """Return the mean length of a field over all documents; at least 1."""
    return max(total / max(count, 1), 1.0)


def scales(name: str, lengths: NDArray[Any], mean: float) -> NDArray[Any]:
    """Return by what a frequency is divided in documents of these ``lengths``."""
    share = LENGTH_SHARE[name]
    scale: NDArray[Any] = 1.0 - share + share / mean * lengths
    return scale


def widened(name: str, longest: int, mean: float, mean_now: float) -> float:
    """Return what bounds have to be multiplied by, now that the mean length is another."""
    share = LENGTH_SHARE[name]
    if mean_now <= mean:
        return _MARGIN
    # The ratio of the scales grows with the length.
    return _MARGIN * (1.0 - share + share / mean * longest) / (1.0 - share + share / mean_now * longest)
