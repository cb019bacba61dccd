"""Two wordings of one utterance laid side by side: how much of the shorter stands in the longer, and where.

Words are compared in order, by the longest common subsequence of their folded forms (rapidfuzz's bit-parallel
one). A subsequence alone is found between any two sentences, so that a run of neighbouring words is asked for
as well, and enough words in all that are not mere grammar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import LCSseq

from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALONE = 3  # words: so many in a row may be a turn of phrase, fewer are none


class Run(NamedTuple):
    """Words ``a[a_start : a_start + length]`` that stand in ``b`` from ``b_start`` on."""

    a_start: int
    b_start: int
    length: int


class Match(NamedTuple):
    """How the words of ``a`` stand in ``b``.

    ``coverage`` is the share of the words of the shorter one that the longer one has in order.
    """

    runs: tuple[Run, ...]
    coverage: float
    shared: int
    content: int

    @property
    def longest(self) -> int:
        """Return how many words the longest run has."""
        return max((run.length for run in self.runs), default=0)


def match_words(a: Sequence[str], b: Sequence[str]) -> Match:
    """Lay the words of ``a`` beside those of ``b``; stray shared words far from all others do not count."""
    runs = [
        Run(code.src_start, code.dest_start, code.src_end - code.src_start)
        for code in LCSseq.opcodes(list(a), list(b))
        if code.tag == "equal"
    ]
    runs = _joined(runs, a, b)
    runs = _close_together(runs, min(len(a), len(b)))
    shared = sum(run.length for run in runs)
    content = sum(
        a[place] not in STOP_WORDS for run in runs for place in range(run.a_start, run.a_start + run.length)
    )
    return Match(tuple(runs), shared / max(1, min(len(a), len(b))), shared, content)


def _joined(runs: list[Run], a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """Move a short run to the next one where its words stand there as well: "[A] harbour is [a promise]"."""
    joined: list[Run] = []
    for run in reversed(runs):
        if joined:
            after = joined[-1]
            start_a, start_b = after.a_start - run.length, after.b_start - run.length
            words = list(a[run.a_start : run.a_start + run.length])
            free = start_a >= run.a_start and start_b >= run.b_start
            if free and list(a[start_a : after.a_start]) == words == list(b[start_b : after.b_start]):
                joined[-1] = Run(start_a, start_b, after.length + run.length)
                continue
        joined.append(run)
    return joined[::-1]


def _close_together(runs: list[Run], length: int) -> list[Run]:
    """Drop runs at either end that stand farther from the others than the shorter wording is long."""
    while len(runs) > 1:
        first, last = runs[0], runs[-1]
        spread = max(last.a_start + last.length - first.a_start, last.b_start + last.length - first.b_start)
        if spread <= 1.5 * length + 2:
            break
        runs = runs[1:] if first.length <= last.length else runs[:-1]
    return runs


def is_part(match: Match, a: Sequence[str], b: Sequence[str], *, least: float) -> bool:
    """Tell whether the shorter of two wordings is one of the other, ``least`` of its words shared."""
    shorter = min(len(a), len(b))
    if match.coverage < least or match.content < 1:
        return False
    if shorter <= _ALONE:
        return match.longest == shorter and (match.content > 1 or len(a) == len(b))
    return match.longest == shorter or (match.longest >= _ALONE and match.content >= 2)


def overlap(match: Match) -> Run | None:
    """Return the longest run that two wordings share, None where it may be a turn of phrase."""
    run = max(match.runs, key=lambda one: one.length, default=None)
    return run if run is not None and run.length > _ALONE and match.content >= 2 else None
