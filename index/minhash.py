"""MinHash sketches of texts, and the pairs of near copies that they find (Broder 1997)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from index.interface import StoredFields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from index.whoosh_engine.segment import Field, SegmentFile
    from sources.model import Source

# BANDS was worked out, the others are not measured: a page shows the other copies of a text at a key.
BINS = 24
BANDS = 6  # pairs of bins under which a text is looked up: of texts that share 7 of 10 runs 98 in 100 meet
FEWEST = 48  # words; a shorter text is a copy only of one that is word for word the same
NEAR = 0.5  # share of equal bins from which a text is a near copy
_WORD = re.compile(r"\w+")
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_MASK = (1 << 64) - 1


def sketches_of(sources: Sequence[Source]) -> list[str]:
    """Return the sketch of each source outside its muted zones, two signs a bin; empty without words."""
    return sketches_of_texts([_shown(source) for source in sources])


def _shown(source: Source) -> str:
    shown = [source.text[zone.start : zone.end] for zone in source.zones if not zone.kind.muted]
    return "\n".join(shown) if shown else source.text


def print_terms(sketch: str) -> tuple[str, ...]:
    """Return the terms under which texts with a like sketch are found."""
    return tuple(
        _DIGITS[band] + sketch[4 * band : 4 * band + 4] for band in range(min(BANDS, len(sketch) // 4))
    )


def sketches_of_texts(texts: Sequence[str]) -> list[str]:
    """Return the sketch of each text; for several at once that is quicker than one by one."""
    texts = [text.lower() for text in texts]
    numbers, firsts = _word_numbers("\n".join(texts))
    ends = np.cumsum([len(text) + 1 for text in texts])
    bounds = np.concatenate(([0], firsts.searchsorted(ends)))
    counts = np.diff(bounds)
    # Numbers of 64 bits run over, which is what the mask is for elsewhere.
    mixed = numbers[:-2] * np.uint64(3) + numbers[1:-1] * np.uint64(5) + numbers[2:] * np.uint64(7)
    mixed = mixed * np.uint64(0xD6E8FEB86659FD93) >> np.uint64(8)
    owners = np.repeat(np.arange(len(texts)), counts)
    inside = owners[:-2] == owners[2:]  # no run of words reaches from one text into the next
    bins = owners[:-2] * BINS + (mixed % BINS).astype(np.intp)
    least = np.full(len(texts) * BINS, _MASK, np.uint64)
    np.minimum.at(least, bins[inside], (mixed // BINS)[inside])
    rows = least.reshape(-1, BINS).tolist()
    return [
        _written(row) if count >= FEWEST else _exact(" ".join(_WORD.findall(text)))
        for text, row, count in zip(texts, rows, counts.tolist(), strict=True)
    ]


def _written(least: list[int]) -> str:
    """Write the least number of each bin with two signs."""
    return "".join(_DIGITS[value >> 7 & 63] + _DIGITS[value >> 13 & 63] for value in _filled(least))


def _word_numbers(text: str) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """Return a number for each word in its order, the same in every process, and where it begins.

    Going through the characters of all words at once is several times as quick as looking each word up.
    """
    of_words, worths = _tables()
    plain = text.isascii()
    encoded = text.encode() if plain else text.encode("utf-32-le", "surrogatepass")
    codes: NDArray[Any] = np.frombuffer(encoded, np.uint8 if plain else np.uint32)
    inside = np.zeros(len(codes) + 2, np.int8)
    inside[1:-1] = of_words.take(codes, mode="clip")
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    lengths = edges[1::2] - edges[::2]
    firsts = np.cumsum(lengths) - lengths
    letters: NDArray[np.uint64] = codes[inside[1:-1].view(bool)].astype(np.uint64)
    if not len(letters):
        return letters, edges
    places = np.arange(len(letters)) - np.repeat(firsts, lengths)
    letters *= worths.take(places, mode="wrap")
    numbers: NDArray[np.uint64] = np.add.reduceat(letters, firsts)
    numbers ^= numbers >> np.uint64(29)
    numbers *= np.uint64(0x9E3779B97F4A7C15)
    return numbers, edges[::2]


@lru_cache(maxsize=1)
def _tables() -> tuple[NDArray[np.bool_], NDArray[np.uint64]]:
    """Return which characters belong to words (all beyond the table do), and what each place is worth."""
    letters = (chr(code).isalnum() or code == ord("_") for code in range(1 << 14))
    of_words = np.fromiter(letters, bool)
    of_words[-1] = True
    worths = np.multiply.accumulate(np.full(61, 0xC2B2AE3D27D4EB4F, np.uint64))
    return of_words, worths


def _exact(text: str) -> str:
    """Return a sketch that no other text has; empty for none."""
    if not text:
        return ""
    import base64
    import hashlib

    digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()
    return base64.urlsafe_b64encode(digest * 2)[: 2 * BINS].decode()


def _filled(least: list[int]) -> list[int]:
    """Give each empty bin the value of the next full one, changed by the distance."""
    filled = list(least)
    for place, value in enumerate(least):
        if value != _MASK:
            continue
        for distance in range(1, BINS):
            other = least[(place + distance) % BINS]
            if other != _MASK:
                filled[place] = (other + distance * 0x9E3779B97F4A7C15) & _MASK
                break
    return filled


def similarity(one: str, other: str) -> float:
    """Return the share of equal bins of two sketches, 0 to 1; texts without words are like none."""
    if not one or len(one) != len(other):
        return 0.0
    same = sum(one[at : at + 2] == other[at : at + 2] for at in range(0, len(one), 2))
    return same * 2 / len(one)


Pairs = list[tuple[int, int]]  # of documents, by their numbers in the first and in the second segment
_DIFFERENT = 64  # texts that share a print, each unlike the others, against which one more is held
_FEW = 100  # times as many prints in one segment as in the other, from which on they are looked up
_PRINT = 5  # bytes of a print
_SKETCH = StoredFields._fields.index("sketch")


def similar_pairs(first: SegmentFile, second: SegmentFile) -> tuple[Pairs, Pairs]:
    """Return the pairs of near copies and of equal texts of two segments, or of one that is given twice."""
    comparison = _Comparison(first, second)
    comparison.compare()
    return comparison.near, comparison.same


class _Comparison:
    """One comparison of two segments, or of the texts of one."""

    def __init__(self, first: SegmentFile, second: SegmentFile) -> None:
        self._first = first
        self._second = second
        self._sketches: dict[tuple[bool, int], str] = {}
        self._compared: set[tuple[int, int]] = set()
        self.near: Pairs = []
        self.same: Pairs = []

    def compare(self) -> None:
        """Fill in what is alike."""
        one, other = self._first.field("prints"), self._second.field("prints")
        if one is None or other is None:
            return
        if self._first is self._second:
            for documents in _within(one):
                self._among(documents, {})
        else:
            for firsts, seconds in _between(self._first, one, self._second, other):
                different: dict[str, int] = {}
                for document in firsts:
                    different.setdefault(self._sketch(document, second=False), document)
                self._among(seconds, different)

    def _among(self, documents: Sequence[int], different: dict[str, int]) -> None:
        """Hold texts with the same print against ``different`` ones, or in one segment those before them."""
        second = self._first is not self._second
        for document in documents:
            sketch = self._sketch(document, second=second)
            twin = different.get(sketch)
            if twin is not None:
                self._meet(twin, document)
                continue
            for before, _ in zip(different.values(), range(_DIFFERENT), strict=False):
                self._meet(before, document)
            if not second:
                different[sketch] = document

    def _meet(self, one: int, other: int) -> None:
        """Hold two texts against each other, unless they met under another print."""
        if (one, other) in self._compared:
            return
        self._compared.add((one, other))
        sketch = self._sketch(one, second=False)
        against = self._sketch(other, second=self._first is not self._second)
        if sketch == against:
            self.same.append((one, other))
        elif similarity(sketch, against) >= NEAR:
            self.near.append((one, other))

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
