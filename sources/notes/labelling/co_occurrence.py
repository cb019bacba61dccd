"""Which labels keep company: how often two stand on the same words, and in the same sentence.

Only spans of one coder count as company, since two coders' spans on the same words are their agreement.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import heappop, heappush
from itertools import combinations
from typing import TYPE_CHECKING

from sources.frozen import frozen
from sources.notes.labelling.units import labels_by_sentence, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.model import LabelSpan
    from sources.notes.labelling.units import LabelledText


@frozen
class CoOccurrence:
    """Two labels, by name: how many pairs of their spans overlap, and how many sentences have both."""

    first: str
    second: str
    overlaps: int
    sentences: int


def find_co_occurrences(texts: Sequence[LabelledText]) -> tuple[CoOccurrence, ...]:
    """Return the labels that stand together at least once, those that do so most first."""
    overlaps: Counter[tuple[str, str]] = Counter()
    sentences: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for spans in text.coders.values():
            overlaps.update(_overlapping(spans))
            for labels in labels_by_sentence(text.sentences, spans).values():
                sentences.update(combinations(sorted(labels), 2))
    pairs = overlaps.keys() | sentences.keys()
    found = [
        CoOccurrence(first, second, overlaps[first, second], sentences[first, second])
        for first, second in pairs
    ]
    return tuple(sorted(found, key=lambda each: (-each.overlaps, -each.sentences, each.first, each.second)))


def _overlapping(spans: Iterable[LabelSpan]) -> Counter[tuple[str, str]]:
    """Count the pairs of overlapping spans by their two labels, in one pass over their starts and ends."""
    found: Counter[tuple[str, str]] = Counter()
    active: defaultdict[str, int] = defaultdict(int)
    ends: list[tuple[int, str]] = []
    for span in sorted(standing(spans), key=lambda each: each.span):
        while ends and ends[0][0] <= span.span.start:
            active[heappop(ends)[1]] -= 1
        for label, count in active.items():
            if count and label != span.label:
                first, second = sorted((label, span.label))
                found[first, second] += count
        active[span.label] += 1
        heappush(ends, (span.span.end, span.label))
    return found
