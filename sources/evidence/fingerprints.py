"""Fingerprints of texts, by which shared passages are found without laying every text beside every other.

Runs of five words are hashed, and of every six neighbouring hashes the least is kept (winnowing: Schleimer,
Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003). A passage of ten
words that two texts share therefore gives both at least one fingerprint in common.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sources.model import Source

METHOD_VERSION = "1"

SHINGLE = 5  # words
WINDOW = 6  # shingles
GUARANTEED = SHINGLE + WINDOW - 1  # words of a shared passage that cannot be missed
_LONG = 4 * GUARANTEED
_WORD = re.compile(r"\w+")
_WORDS_REMEMBERED = 1 << 17
_FACTORS = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1], dtype=np.uint64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


class _Numbers(dict[str, int]):
    """The number of each word, the same in every process."""

    def __missing__(self, word: str) -> int:
        if len(self) > _WORDS_REMEMBERED:
            self.clear()
        number = self[word] = zlib.crc32(word.encode("utf-8", "replace"))
        return number


_NUMBERS = _Numbers()


def fingerprints(source: Source) -> frozenset[int]:
    """Return the fingerprints of a source outside its muted zones: numbers of 32 bits."""
    spans = [(zone.start, zone.end) for zone in source.zones if not zone.kind.muted]
    if not source.zones:
        spans = [(0, len(source.text))]
    words: list[str] = []
    for start, end in spans:
        words += _WORD.findall(source.text[start:end].lower())
    return frozenset(_winnowed(_hashes(words)))


def hashes_of(passage: str) -> frozenset[int]:
    """Return the numbers by which texts that hold a passage are found.

    For a short passage these are the hashes of all its runs of five words, of which a text's fingerprints
    are a part: one of less than ``GUARANTEED`` words may have none of its own fingerprints in common with a
    text that holds it. For a long one its fingerprints do.
    """
    words = _WORD.findall(passage.lower())
    hashes = _hashes(words)
    return frozenset(_winnowed(hashes) if len(words) > _LONG else hashes.tolist())


def _hashes(words: Sequence[str]) -> NDArray[np.uint64]:
    if len(words) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    known = _NUMBERS
    numbers = np.array([known[word] for word in words], dtype=np.uint64)
    count = len(words) - SHINGLE + 1
    mixed = numbers[:count] * _FACTORS[0]
    for place in range(1, SHINGLE):
        mixed += numbers[place : place + count] * _FACTORS[place]
    mixed ^= mixed >> _HALF
    mixed *= _MIX
    hashes: NDArray[np.uint64] = mixed >> _HALF
    return hashes


def _winnowed(hashes: NDArray[np.uint64]) -> list[int]:
    """Return the least hash of every window; of fewer hashes than a window has, the least of them."""
    if len(hashes) <= WINDOW:
        return [int(hashes.min())] if len(hashes) else []
    # The least of two, of four, of six.
    two = np.minimum(hashes[:-1], hashes[1:])
    four = np.minimum(two[:-2], two[2:])
    least = np.minimum(four[:-2], two[4:])
    kept: list[int] = least[np.concatenate(([True], least[1:] != least[:-1]))].tolist()
    return kept
