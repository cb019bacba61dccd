"""The documents of postings as arrays, whether they take two bytes or more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.whoosh_engine.segment import UPPER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.whoosh_engine.sections import Room
    from index.whoosh_engine.segment import Field, Run


def documents_of(field: Field, start: int, end: int) -> NDArray[Any]:
    """Return the documents of the postings of one run, or of some that follow one another in it."""
    ids = np.asarray(field.ids[start:end])
    if field.upper is None:
        return ids
    found = ids.astype(np.intp)
    found[field.split(start, end) - start :] += UPPER
    return found


def live_postings(field: Field, run: Run, live: NDArray[Any] | None) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the documents of a run that are ``live`` (None for all), and the frequencies there."""
    # Indexing with anything but the machine's own integers is several times as slow.
    ids = documents_of(field, run.start, run.end).astype(np.intp, copy=False)
    frequencies = np.asarray(field.weights[run.start : run.end])
    if live is not None:
        stay = live[ids]
        ids, frequencies = ids[stay], frequencies[stay]
    return ids, frequencies


def documents_between(field: Field, start: int, end: int) -> NDArray[Any]:
    """Return the documents of all postings from one up to another, of whatever runs."""
    ids = np.asarray(field.ids[start:end])
    if field.upper is None:
        return ids
    upper = np.asarray(field.upper[start >> 3 : (end + 7) >> 3])
    bits = np.unpackbits(upper, bitorder="little")[start & 7 :][: end - start]
    found: NDArray[Any] = bits.astype(np.intp)
    found *= UPPER
    found += ids
    return found


def documents_at(field: Field, at: NDArray[Any]) -> NDArray[Any]:
    """Return the documents of some postings."""
    ids: NDArray[Any] = np.asarray(field.ids)[at]
    if field.upper is None:
        return ids
    bits = (np.asarray(field.upper)[at >> 3] >> (at & 7).astype(np.uint8)) & 1
    found: NDArray[Any] = bits.astype(np.uint32) * np.uint32(UPPER)
    found += ids
    return found


def spread(starts: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """Return ``starts[i]``, ``starts[i] + 1``, ... for each group of ``sizes[i]``, one after the other."""
    found: NDArray[Any] = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    found += np.arange(len(found))
    return found


class DocumentsRoom:
    """Where documents are written piece by piece: two bytes each, and a bit where that is not enough."""

    def __init__(self, lower: Room, upper: Room | None, kind: Any) -> None:
        self._lower = lower
        self._upper = upper
        self._kind = kind
        self._bits = np.empty(0, bool)

    def write(self, ids: NDArray[Any]) -> None:
        """Append documents."""
        if self._upper is None:
            self._lower.write(ids.astype(self._kind, copy=False).data)
        else:
            self._lower.write((ids & (UPPER - 1)).astype(self._kind).data)
            bits = np.concatenate((self._bits, ids >= UPPER))
            whole = len(bits) & ~7
            self._upper.write(np.packbits(bits[:whole], bitorder="little").data)
            self._bits = bits[whole:]

    def end(self) -> None:
        """Write the bits that are left over."""
        if self._upper is not None and len(self._bits):
            self._upper.write(np.packbits(self._bits, bitorder="little").data)
