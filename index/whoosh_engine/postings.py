"""Postings as arrays: documents, frequencies, positions and score bounds of a field, and their writing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.bm25f import FIELD_WEIGHTS, LENGTH_SHARE, SATURATION
from index.whoosh_engine.sections import SectionWriter
from index.whoosh_engine.segment import UPPER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import BinaryIO

    from numpy.typing import NDArray

    from index.whoosh_engine.sections import ReservedSection
    from index.whoosh_engine.segment import Field


def documents_of(field: Field, start: int, end: int) -> NDArray[Any]:
    """Return the documents of the postings of one run, or of some that follow one another in it."""
    ids = np.asarray(field.ids[start:end])
    if field.upper is None:
        return ids
    found = ids.astype(np.intp)
    found[field.split(start, end) - start :] += UPPER
    return found


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


def expand_ranges(starts: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """Return ``starts[i]``, ``starts[i] + 1``, ... for each group of ``sizes[i]``, one after the other."""
    found: NDArray[Any] = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    found += np.arange(len(found))
    return found


class DocIdsWriter:
    """Where documents are written piece by piece: two bytes each, and a bit where that is not enough."""

    def __init__(self, lower: ReservedSection, upper: ReservedSection | None, kind: Any) -> None:
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


BOUNDED = frozenset({"text"})  # fields with runs so long that bounds are worth their space
STEPS = 255.0
_MARGIN = 1.0 + 1e-9  # more than rounding may lose


class ScoreBounds:
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


def bound_slack(name: str, longest: int, mean: float, mean_now: float) -> float:
    """Return what bounds have to be multiplied by, now that the mean length is another."""
    share = LENGTH_SHARE[name]
    if mean_now <= mean:
        return _MARGIN
    # The ratio of the scales grows with the length.
    return _MARGIN * (1.0 - share + share / mean * longest) / (1.0 - share + share / mean_now * longest)


# The postings of a stem all of whose words have one form are those of that form, and are not written twice.
# A run that has no positions and the same documents and frequencies as one that has positions is left empty,
# and points to that one.

_MIXERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_MIDDLE = np.uint64(29)


class SharedRuns(NamedTuple):
    """Runs by their number: those that are left empty, and for each the one that says the same."""

    empty: NDArray[Any]
    same: NDArray[Any]


def shared_runs(
    starts: NDArray[Any], ids: NDArray[Any], weights: NDArray[Any], has_positions: NDArray[Any]
) -> SharedRuns:
    """Return which runs need not be written; ``has_positions`` tells for each run, and none is empty."""
    candidates, others = np.flatnonzero(~has_positions), np.flatnonzero(has_positions)
    none = np.empty(0, np.int64)
    if not len(candidates) or not len(others):
        return SharedRuns(none, none)
    prints = _prints(starts, ids, weights)
    order = others[np.argsort(prints[others], kind="stable")]
    at = np.minimum(np.searchsorted(prints[order], prints[candidates]), len(order) - 1)
    same = order[at]
    sizes = np.diff(starts)
    alike = (prints[same] == prints[candidates]) & (sizes[same] == sizes[candidates])
    candidates, same = candidates[alike], same[alike]
    if not len(candidates):
        return SharedRuns(none, none)
    # Prints may agree by chance.
    one, other = (
        expand_ranges(starts[candidates], sizes[candidates]),
        expand_ranges(starts[same], sizes[same]),
    )
    equal = (ids[one] == ids[other]) & (weights[one] == weights[other])
    sizes = sizes[candidates]
    whole = np.logical_and.reduceat(equal, np.cumsum(sizes) - sizes)
    return SharedRuns(candidates[whole], same[whole])


def _prints(starts: NDArray[Any], ids: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
    mixed = ids.astype(np.uint64) * _MIXERS[0] + weights.astype(np.uint64)
    mixed ^= mixed >> _MIDDLE
    mixed *= _MIXERS[1]
    sums: NDArray[Any] = np.add.reduceat(mixed, starts[:-1])
    return sums


_CODES = {"u1": "B", "u2": "H", "u4": "I", "u8": "Q", "f8": "d"}
_KINDS = (("B", np.uint8), ("H", np.uint16), ("I", np.uint32), ("Q", np.uint64))
_INTEGRAL = 1 << 53  # up to here floating-point numbers are whole


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """The postings of a field, by term and in each by document.

    ``terms`` are numbers in a dictionary, ascending, one for each run; run ``i`` are the postings from
    ``starts[i]`` up to ``starts[i + 1]``. ``positions`` holds ``position_counts[j]`` for posting ``j``.
    ``lengths`` has one entry a document; None when the field does not keep lengths.
    """

    terms: NDArray[Any]
    starts: NDArray[Any]
    ids: NDArray[Any]
    weights: NDArray[Any]
    position_counts: NDArray[Any]
    positions: NDArray[Any]
    lengths: NDArray[Any] | None


def write_segment(
    file: BinaryIO,
    dictionary: Sequence[bytes],
    fields: Mapping[str, FieldPostings],
    stored: Sequence[bytes],
) -> None:
    """Write a segment; ``dictionary`` is sorted, ``stored`` has one entry a document."""
    writer = SectionWriter(file)
    put = ArrayWriter(writer)
    abouts = {}
    for name, field in fields.items():
        abouts[name] = _write_field(put, name, field)
    put_dictionary(put, dictionary)
    writer.put("stored", "B", b"".join(stored))
    put.numbers("stored ends", _ends(stored))
    writer.about = {"count": len(stored), "fields": abouts}
    writer.close()


def put_dictionary(put: ArrayWriter, dictionary: Sequence[bytes]) -> None:
    """Write the terms of a segment."""
    text = b"".join(dictionary)
    put.room("terms", np.uint8, len(text)).write(text)
    put.numbers("term ends", _ends(dictionary))


class ArrayWriter:
    """Writes arrays with the smallest kind of number that holds them."""

    def __init__(self, writer: SectionWriter) -> None:
        self._writer = writer

    def numbers(self, name: str, values: NDArray[Any]) -> None:
        """Write whole numbers that are not negative."""
        kind, narrow = _narrowest(int(values.max()) if values.size else 0)
        self._put(name, kind, values.astype(narrow, copy=False))

    def weights(self, name: str, values: NDArray[Any]) -> None:
        """Write weights as whole numbers when they are."""
        if values.dtype.kind == "f" and not _are_whole(values):
            self._put(name, "d", values.astype(np.float64, copy=False))
        else:
            self.numbers(name, values)

    def room(self, name: str, kind: Any, count: int) -> ReservedSection:
        """Leave room for a section of ``count`` numbers of a kind of the arrays."""
        return self._writer.room(name, _CODES[np.dtype(kind).str[1:]], count)

    def documents_room(self, name: str, count: int, documents: int) -> DocIdsWriter:
        """Leave room for ``count`` documents of a field, the highest of which is below ``documents``."""
        upper = None
        if UPPER < documents <= 2 * UPPER:
            kind: Any = np.uint16
            upper = self.room(f"{name}/upper", np.uint8, (count + 7) // 8)
        else:
            kind = narrowest(max(documents - 1, 0))
        return DocIdsWriter(self.room(f"{name}/ids", kind, count), upper, kind)

    def _put(self, name: str, kind: str, values: NDArray[Any]) -> None:
        self._writer.put(name, kind, np.ascontiguousarray(values).data if values.size else b"")


def narrowest(highest: int) -> Any:
    """Return the smallest kind of array that holds numbers up to ``highest``."""
    return _narrowest(highest)[1]


def _narrowest(highest: int) -> tuple[str, Any]:
    return next((kind, narrow) for kind, narrow in _KINDS if highest <= np.iinfo(narrow).max)


def _are_whole(values: NDArray[Any]) -> bool:
    whole = (values >= 0) & (values < _INTEGRAL) & (np.floor(values) == values)
    return bool(whole.all())


def _ends(parts: Sequence[bytes]) -> NDArray[Any]:
    return np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)), dtype=np.int64)


def _write_field(put: ArrayWriter, name: str, field: FieldPostings) -> dict[str, Any]:
    put.numbers(f"{name}/terms", field.terms)
    if field.positions.size:
        field = _write_positions(put, name, field)
    put.numbers(f"{name}/starts", field.starts)
    ids = put.documents_room(name, len(field.ids), int(field.ids.max(initial=0)) + 1)
    ids.write(field.ids)
    ids.end()
    put.weights(f"{name}/weights", field.weights)
    if name in BOUNDED and field.lengths is not None:
        put.numbers(f"{name}/bounds", ScoreBounds(name, field.lengths).bounds(field.ids, field.weights))
    lengths = field.lengths
    if lengths is not None:
        put.numbers(f"{name}/lengths", lengths)
    return about_field(lengths, has_positions=bool(field.positions.size))


def about_field(lengths: NDArray[Any] | None, *, has_positions: bool) -> dict[str, Any]:
    """Return what the directory of a segment says of a field."""
    some = lengths[lengths > 0] if lengths is not None else np.empty(0, np.int64)
    return {
        "has places": has_positions,
        "total length": int(lengths.sum(dtype=np.int64)) if lengths is not None else 0,
        "shortest": int(some.min()) if some.size else 0,
        "longest": int(some.max()) if some.size else 0,
    }


def _write_positions(put: ArrayWriter, name: str, field: FieldPostings) -> FieldPostings:
    """Write the positions of a field; return it without the runs that say the same as another."""
    # No run is empty, so that each has a sum of its own.
    sums = np.add.reduceat(field.position_counts, field.starts[:-1], dtype=np.int64)
    put.numbers(f"{name}/place starts", np.concatenate(([0], np.cumsum(sums))))
    put.numbers(f"{name}/places", field.positions)
    has_positions = sums > 0
    # A run has either a place for each time a word stands there, or none at all.
    sizes = np.diff(field.starts)
    expected = np.where(np.repeat(has_positions, sizes), field.weights, 0)
    if not np.array_equal(expected, field.position_counts):
        put.numbers(f"{name}/place counts", field.position_counts)
        return field
    shared = shared_runs(field.starts, field.ids, field.weights, has_positions)
    if not len(shared.empty):
        return field
    put.numbers(f"{name}/shared", shared.empty)
    put.numbers(f"{name}/same", shared.same)
    written = np.ones(len(sizes), bool)
    written[shared.empty] = False
    stay = np.repeat(written, sizes)
    starts = np.concatenate(([0], np.cumsum(np.where(written, sizes, 0))))
    return replace(field, starts=starts, ids=field.ids[stay], weights=field.weights[stay])
