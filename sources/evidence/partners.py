"""The search for partners: which sentences of two texts say the same.

Every sentence looks for its partners anywhere in the other text, so that moved passages are followed and two
sentences may share a partner; a sentence that was split or glued is matched as a whole.
"""

from __future__ import annotations

from bisect import bisect_left
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.sentence_pairs import PARTNERS, scored_pairs
from sources.evidence.similarity import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sources.evidence.sentence_reading import ReadSource
    from sources.evidence.similarity import StoryVectors

_LIKELIER = 0.0  # the score from which it is likelier than not: so many are counted to tell a rewrite
_IN_REWRITE = -0.8  # the score that is enough where one text is the other told again
_AROUND = tuple((step, gap) for step in range(3) for gap in range(3) if step + gap)  # sentences in a and b
_SUPPORT = 1.4  # what being between partners adds in a rewrite, at most
_ROUNDS = 3
_HALF = -2.0  # the score of each of two neighbours with the sentence that they were split from
_JOINED = 0.18  # how alike both together are to it, and how much more than either alone
_WINDOW_GAIN = 0.03
REWRITTEN = 0.4  # share of the sentences of both that are partners: one is the other told again
_FEWEST_OF_REWRITE = 6
_MOST = 0.9999  # what only the same sentence may reach is more


def _never() -> bool:
    return False


SentencePair = tuple[int, int]


class SentenceMatch(NamedTuple):
    """Sentences ``a0`` to ``a1`` of one text and ``b0`` to ``b1`` of the other, each one or two."""

    a0: int
    a1: int
    b0: int
    b1: int
    score: float


def find_matches(
    vectors: StoryVectors, left: ReadSource, right: ReadSource, *, cancelled: Callable[[], bool] = _never
) -> list[SentenceMatch]:
    """Return the partners among the sentences of two sources of ``vectors``, in no order.

    ``score`` is how likely they say the same, 0 to 1. Where ``cancelled`` becomes true the search ends with
    what it has.
    """
    found = scored_pairs(vectors, left, right, cancelled)
    equals = equal_pairs(left, right)
    equal_a, equal_b = ({pair[side] for pair in equals} for side in (0, 1))
    told = zip(found.a.tolist(), found.b.tolist(), found.scores.tolist(), strict=True)
    scores = {
        (a, b): score
        for a, b, score in told
        if score > _HALF - _SUPPORT and not (a in equal_a and b in equal_b)
    }
    likely = {pair: score for pair, score in scores.items() if score >= _LIKELIER and pair not in equals}
    pairs = {pair: score for pair, score in likely.items() if score >= PARTNERS}
    if _is_rewrite(likely, left, right):
        pairs = _in_rewrite(likely, scores, equals)
    chosen = {pair: min(_MOST, 1.0 / (1.0 + exp(-score))) for pair, score in pairs.items()}
    chosen.update(dict.fromkeys(equals, 1.0))
    return _with_windows(vectors, left, right, chosen, scores)


def equal_pairs(left: ReadSource, right: ReadSource) -> set[SentencePair]:
    """Return the sentences that are the same, each with the one nearest to where it would be expected."""
    places: dict[str, list[int]] = {}
    for b, sentence in enumerate(right.sentences):
        places.setdefault(sentence.plain, []).append(b)
    found: set[SentencePair] = set()
    expected = 0
    for a, sentence in enumerate(left.sentences):
        if here := places.get(sentence.plain):
            at = bisect_left(here, expected)
            b = min(here[max(0, at - 1) : at + 1], key=lambda place: abs(place - expected))
            found.add((a, b))
            expected = b + 1
    return found


def _is_rewrite(pairs: Iterable[SentencePair], left: ReadSource, right: ReadSource) -> bool:
    """Tell whether so many sentences of both texts are partners that one is the other told again.

    Sentences that are the same are not among ``pairs``: what was added to a copy is new.
    """
    least = max(REWRITTEN * max(len(left.sentences), len(right.sentences)), _FEWEST_OF_REWRITE)
    return min(len({a for a, _ in pairs}), len({b for _, b in pairs})) >= least


def _in_rewrite(
    pairs: dict[SentencePair, float], scores: Mapping[SentencePair, float], equals: set[SentencePair]
) -> dict[SentencePair, float]:
    """Add the partners of sentences that have none: less is enough, least where they are between others."""
    found = dict(pairs)
    for _ in range(_ROUNDS):
        supports = _supports(found.keys() | equals)
        taken_a, taken_b = {a for a, _ in found.keys() | equals}, {b for _, b in found.keys() | equals}
        free = {
            (a, b): score + _SUPPORT * supports.get((a, b), 0.0)
            for (a, b), score in scores.items()
            if a not in taken_a or b not in taken_b
        }
        best_a, best_b = _best(free, 0), _best(free, 1)
        more = {
            (a, b): score
            for (a, b), score in free.items()
            if score >= _IN_REWRITE and score >= max(best_a[a], best_b[b])
        }
        if not more:
            break
        found |= more
    return found


def _best(scores: Mapping[SentencePair, float], side: int) -> dict[int, float]:
    """Return the best score of each sentence of a side."""
    best: dict[int, float] = {}
    for pair, score in scores.items():
        best[pair[side]] = max(score, best.get(pair[side], score))
    return best


class _Partners:
    """Which sentences of the other text each sentence is paired with."""

    def __init__(self, pairs: Iterable[SentencePair]) -> None:
        self.of_a: dict[int, set[int]] = {}
        self.of_b: dict[int, set[int]] = {}
        for a, b in pairs:
            self.of_a.setdefault(a, set()).add(b)
            self.of_b.setdefault(b, set()).add(a)

    def elsewhere(self, match: SentenceMatch) -> bool:
        """Tell whether one of the two neighbours of ``match`` has a partner outside of it."""
        if match.a1 - match.a0 == 2:
            return any(self.of_a.get(a, set()) - {match.b0} for a in (match.a0, match.a0 + 1))
        return any(self.of_b.get(b, set()) - {match.a0} for b in (match.b0, match.b0 + 1))


def _supports(pairs: Iterable[SentencePair]) -> dict[SentencePair, float]:
    """Return how much ``pairs`` speak for the pairs around them, 0 to 1, half of it from either side."""
    before: dict[SentencePair, float] = {}
    after: dict[SentencePair, float] = {}
    for a, b in pairs:
        for step, gap in _AROUND:
            worth = 0.5 / max(step, gap)
            following, preceding = (a + step, b + gap), (a - step, b - gap)
            if worth > before.get(following, 0.0):
                before[following] = worth
            if worth > after.get(preceding, 0.0):
                after[preceding] = worth
    return {pair: before.get(pair, 0.0) + after.get(pair, 0.0) for pair in before.keys() | after.keys()}


def _with_windows(
    vectors: StoryVectors,
    left: ReadSource,
    right: ReadSource,
    pairs: Mapping[SentencePair, float],
    scores: Mapping[SentencePair, float],
) -> list[SentenceMatch]:
    """Join two neighbours where both together are clearly nearer to a sentence than either alone."""
    partners = _Partners(pairs)
    windows: dict[SentenceMatch, float] = {}
    for a, b in pairs:
        if pairs[a, b] == 1.0:
            continue
        for match in _around(a, b, pairs[a, b]):
            halves = {
                (one, other) for one in range(match.a0, match.a1) for other in range(match.b0, match.b1)
            }
            belongs = all(scores.get(half, _HALF) > _HALF for half in halves)
            if belongs and match not in windows and not partners.elsewhere(match):
                windows[match] = _gain(vectors, left, right, match)
    matches: list[SentenceMatch] = []
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for match in sorted(windows, key=lambda one: (-windows[one], one)):
        in_a, in_b = set(range(match.a0, match.a1)), set(range(match.b0, match.b1))
        if windows[match] >= _WINDOW_GAIN and not in_a & taken_a and not in_b & taken_b:
            taken_a |= in_a
            taken_b |= in_b
            matches.append(match)
    matches.extend(
        SentenceMatch(a, a + 1, b, b + 1, score)
        for (a, b), score in pairs.items()
        if a not in taken_a and b not in taken_b
    )
    return matches


def _around(a: int, b: int, score: float) -> Iterator[SentenceMatch]:
    """Yield what a pair can be joined to: with the sentence before or behind, on either side."""
    for first in (a - 1, a):
        yield SentenceMatch(first, first + 2, b, b + 1, score)
    for first in (b - 1, b):
        yield SentenceMatch(a, a + 1, first, first + 2, score)


def _gain(vectors: StoryVectors, left: ReadSource, right: ReadSource, match: SentenceMatch) -> float:
    """Return how much more alike two neighbours are to a sentence together than the nearer of them alone.

    Nothing where they do not follow each other in one stretch of text, or are not alike even so.
    """
    one, other = left.sentences[match.a0 : match.a1], right.sentences[match.b0 : match.b1]
    if one[0].group != one[-1].group or other[0].group != other[-1].group:
        return 0.0
    together = likeness(vectors.vector(*one), vectors.vector(*other))
    alone = max(likeness(vectors.vector(a), vectors.vector(b)) for a in one for b in other)
    return together - alone if together >= _JOINED else 0.0
