"""Passages that texts share word for word, and the winnowed fingerprints by which they are found."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sources.model import Source

SHINGLE = 5  # words
SHORTEST_RUN = 8  # words
_MOST_PLACES = 12  # of one shingle; a text that repeats itself more often gains nothing by more


class SharedRun(NamedTuple):
    """Words ``a[a_start : a_start + length]`` that stand in ``b`` from ``b_start`` on."""

    a_start: int
    b_start: int
    length: int


class Shingles:
    """The words of a text by number, and where each run of five begins."""

    __slots__ = ("_kinds", "_places", "_prints", "words")

    def __init__(self, words: list[int]) -> None:
        self.words = words
        self._prints: list[int] | None = None
        self._kinds: frozenset[int] | None = None
        self._places: dict[int, list[int]] | None = None

    @property
    def prints(self) -> list[int]:
        """A number for each shingle; two others seldom have the same."""
        if self._prints is None:
            words = np.array(self.words, dtype=np.uint64)
            count = max(0, len(words) - SHINGLE + 1)
            prints = np.zeros(count, dtype=np.uint64)
            for offset in range(SHINGLE):
                prints = prints * _FACTORS[0] + words[offset : offset + count]
            self._prints = prints.tolist()
        return self._prints

    @property
    def kinds(self) -> frozenset[int]:
        """The numbers of all shingles: what most pairs of texts are told apart by at once."""
        if self._kinds is None:
            self._kinds = frozenset(self.prints)
        return self._kinds

    @property
    def places(self) -> dict[int, list[int]]:
        """Where each shingle begins, by its number, the first dozen places of each."""
        if self._places is None:
            found: dict[int, list[int]] = {}
            for place, number in enumerate(self.prints):
                here = found.setdefault(number, [])
                if len(here) < _MOST_PLACES:
                    here.append(place)
            self._places = found
        return self._places


def shared_runs(a: Shingles, b: Shingles, *, shortest: int = SHORTEST_RUN) -> list[SharedRun]:
    """Return the longest runs of the words of ``a`` that stand in ``b`` too, in the order of ``a``.

    Runs of less than ``shortest`` words, which may be five at the least, are left out.
    """
    if a.kinds.isdisjoint(b.kinds):
        return []
    places = b.places
    found: list[SharedRun] = []
    done = 0  # words of a before this need no run any more
    for place, number in enumerate(a.prints):
        if place + SHINGLE <= done or number not in places:
            continue
        here = a.words[place : place + SHINGLE]
        same = [there for there in places[number] if b.words[there : there + SHINGLE] == here]
        if not same:
            continue
        run = max((_followed(a.words, b.words, place, there) for there in same), key=_length)
        if run.length >= shortest:
            found.append(run)
            done = run.a_start + run.length
    return found


def _length(run: SharedRun) -> int:
    return run.length


def _followed(a: list[int], b: list[int], place: int, there: int) -> SharedRun:
    """Return the run through ``a[place]`` and ``b[there]``, followed on and a few words back."""
    start, start_b = place, there
    while start > 0 and start_b > 0 and place - start < SHORTEST_RUN and a[start - 1] == b[start_b - 1]:
        start -= 1
        start_b -= 1
    end, end_b = place + SHINGLE, there + SHINGLE
    while end < len(a) and end_b < len(b) and a[end] == b[end_b]:
        end += 1
        end_b += 1
    return SharedRun(start, start_b, end - start)


def contained_words(runs: list[SharedRun]) -> int:
    """Return how many words the runs cover, each counted once."""
    covered = 0
    done = 0
    for run in runs:
        end = run.a_start + run.length
        covered += max(0, end - max(done, run.a_start))
        done = max(done, end)
    return covered


# Fingerprints of texts, by which shared passages are found without laying every text beside every other.
#
# Runs of five words are hashed, and of every six neighbouring hashes the least is kept: the method of
# Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003.
# A passage of ten words that two texts share therefore gives both at least one fingerprint in common.

PRINT_SHINGLE = 5  # words
WINDOW = 6  # shingles
GUARANTEED = PRINT_SHINGLE + WINDOW - 1  # words of a shared passage that cannot be missed
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
    if len(words) < PRINT_SHINGLE:
        return np.empty(0, dtype=np.uint64)
    known = _NUMBERS
    numbers = np.array([known[word] for word in words], dtype=np.uint64)
    count = len(words) - PRINT_SHINGLE + 1
    mixed = numbers[:count] * _FACTORS[0]
    for place in range(1, PRINT_SHINGLE):
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
