"""Runs that say the same as another: a stem's, where all its words have one form, is not written twice.

A run that has no places and the same documents and frequencies as one that has places is left empty, and
points to that one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.codec.documents import spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MIXERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_MIDDLE = np.uint64(29)


class Shared(NamedTuple):
    """Runs by their number: those that are left empty, and for each the one that says the same."""

    empty: NDArray[Any]
    same: NDArray[Any]


def shared_runs(
    starts: NDArray[Any], ids: NDArray[Any], weights: NDArray[Any], has_places: NDArray[Any]
) -> Shared:
    """Return which runs need not be written; ``has_places`` tells for each run, and none is empty."""
    candidates, others = np.flatnonzero(~has_places), np.flatnonzero(has_places)
    none = np.empty(0, np.int64)
    if not len(candidates) or not len(others):
        return Shared(none, none)
    prints = _prints(starts, ids, weights)
    order = others[np.argsort(prints[others], kind="stable")]
    at = np.minimum(np.searchsorted(prints[order], prints[candidates]), len(order) - 1)
    same = order[at]
    sizes = np.diff(starts)
    alike = (prints[same] == prints[candidates]) & (sizes[same] == sizes[candidates])
    candidates, same = candidates[alike], same[alike]
    if not len(candidates):
        return Shared(none, none)
    # Prints may agree by chance.
    one, other = spread(starts[candidates], sizes[candidates]), spread(starts[same], sizes[same])
    equal = (ids[one] == ids[other]) & (weights[one] == weights[other])
    sizes = sizes[candidates]
    whole = np.logical_and.reduceat(equal, np.cumsum(sizes) - sizes)
    return Shared(candidates[whole], same[whole])


def _prints(starts: NDArray[Any], ids: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
    mixed = ids.astype(np.uint64) * _MIXERS[0] + weights.astype(np.uint64)
    mixed ^= mixed >> _MIDDLE
    mixed *= _MIXERS[1]
    sums: NDArray[Any] = np.add.reduceat(mixed, starts[:-1])
    return sums
