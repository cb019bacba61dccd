"""Fingerprints of texts, by which near copies are told from texts that merely speak of the same.

A print is a sketch of the runs of three words of a text: they are thrown into bins by a hash, and of each
bin the least is kept (one permutation hashing: Li, Owen and Zhang, NIPS 2012; empty bins are filled from
their neighbours as Shrivastava and Li propose, UAI 2014). The share of equal bins of two prints estimates
the share of runs that the texts have in common.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.model import Source

RUN = 3  # words
BINS = 24
BANDS = 6  # pairs of bins under which a text is looked up: of texts that share 7 of 10 runs 98 in 100 meet
FEWEST = 48  # words; a shorter text is a copy only of one that is word for word the same
NEAR = 0.5  # share of equal bins from which a text is a near copy
_WORD = re.compile(r"\w+")
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_MASK = (1 << 64) - 1


def sketch_of(source: Source) -> str:
    """Return the sketch of a source outside its muted zones, two signs a bin; empty without words."""
    words: list[str] = []
    for start, end in _lively(source):
        words += _WORD.findall(source.text[start:end].lower())
    return sketch_of_words(words)


def print_terms(sketch: str) -> tuple[str, ...]:
    """Return the terms under which texts with a like sketch are found."""
    return tuple(
        _DIGITS[band] + sketch[4 * band : 4 * band + 4] for band in range(min(BANDS, len(sketch) // 4))
    )


def _lively(source: Source) -> Iterable[tuple[int, int]]:
    spans = [(zone.start, zone.end) for zone in source.zones if not zone.kind.muted]
    return spans or [(0, len(source.text))]


class _Numbers(dict[str, int]):
    """The number of each word, the same in every process."""

    def __missing__(self, word: str) -> int:
        if len(self) > 1 << 17:
            self.clear()
        number = self[word] = zlib.crc32(word.encode("utf-8", "replace"))
        return number


_NUMBERS = _Numbers()


def sketch_of_words(words: Sequence[str]) -> str:
    """Return the sketch of a text given as its words."""
    if not words:
        return ""
    known = _NUMBERS
    if len(words) < FEWEST:
        return _exact(" ".join(words))
    import numpy as np  # noqa: PLC0415 - reading prints needs none of it

    # Numbers of 64 bits run over, which is what the mask is for elsewhere.
    numbers = np.fromiter(map(known.__getitem__, words), np.uint32, len(words)).astype(np.uint64)
    numbers *= np.uint64(0x9E3779B97F4A7C15)
    mixed = numbers[:-2] * np.uint64(3) + numbers[1:-1] * np.uint64(5) + numbers[2:] * np.uint64(7)
    mixed *= np.uint64(0xD6E8FEB86659FD93)
    mixed >>= np.uint64(8)
    least = np.full(BINS, _MASK, np.uint64)
    np.minimum.at(least, (mixed % BINS).astype(np.intp), mixed // BINS)
    return "".join(_DIGITS[value >> 7 & 63] + _DIGITS[value >> 13 & 63] for value in _filled(least.tolist()))


def _exact(text: str) -> str:
    """Return a sketch that no other text has."""
    import base64  # noqa: PLC0415 - reading prints needs neither
    import hashlib  # noqa: PLC0415 - as above

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


def likeness(one: str, other: str) -> float:
    """Return the share of equal bins of two sketches, 0 to 1; texts without words are like none."""
    if not one or len(one) != len(other):
        return 0.0
    same = sum(one[at : at + 2] == other[at : at + 2] for at in range(0, len(one), 2))
    return same * 2 / len(one)
