"""Passages that two texts share word for word.

Shingles of five words find where a run may begin; it is then followed for as long as the words are the
same. Only runs of some length count: shorter ones are turns of phrase.
"""

from __future__ import annotations

from typing import NamedTuple

METHOD_VERSION = "1"

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

    __slots__ = ("_kinds", "_places", "words")

    def __init__(self, words: list[int]) -> None:
        self.words = words
        self._kinds: frozenset[tuple[int, ...]] | None = None
        self._places: dict[tuple[int, ...], list[int]] | None = None

    @property
    def kinds(self) -> frozenset[tuple[int, ...]]:
        """All different shingles: what most pairs of texts are told apart by at once."""
        if self._kinds is None:
            self._kinds = frozenset(_shingles(self.words))
        return self._kinds

    @property
    def places(self) -> dict[tuple[int, ...], list[int]]:
        """Where each shingle begins, the first dozen places of each."""
        if self._places is None:
            found: dict[tuple[int, ...], list[int]] = {}
            for place, shingle in enumerate(_shingles(self.words)):
                here = found.setdefault(shingle, [])
                if len(here) < _MOST_PLACES:
                    here.append(place)
            self._places = found
        return self._places


def _shingles(words: list[int]) -> zip[tuple[int, ...]]:
    return zip(*(words[offset:] for offset in range(SHINGLE)), strict=False)


def shared_runs(a: Shingles, b: Shingles, *, shortest: int = SHORTEST_RUN) -> list[SharedRun]:
    """Return the longest runs of the words of ``a`` that stand in ``b`` too, in the order of ``a``.

    Runs of less than ``shortest`` words, which may be five at the least, are left out.
    """
    if a.kinds.isdisjoint(b.kinds):
        return []
    places = b.places
    found: list[SharedRun] = []
    done = 0  # words of a before this need no run any more
    for place, shingle in enumerate(_shingles(a.words)):
        if place + SHINGLE <= done or shingle not in places:
            continue
        run = max((_followed(a.words, b.words, place, there) for there in places[shingle]), key=_length)
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
