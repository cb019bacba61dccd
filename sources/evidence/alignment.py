"""Two sources laid side by side: which passage of one is which of the other, and what was changed.

Every sentence looks for its best partner anywhere in the other text, so that moved passages are followed
and two sentences may share a partner; a sentence that was split or glued is matched as a whole.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from sources.evidence.edits import Edit, word_edits
from sources.evidence.passages import contained_words, shared_runs
from sources.evidence.similarity import Sentence, StoryVectors, plain_form
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence.similarity import ReadSource
    from sources.model import Ref, Source

METHOD_VERSION = "2"

Kind = Literal["same", "edited", "paraphrase"]

MUTUAL = 0.18  # each is the other's best partner
ONE_SIDED = 0.40  # the other has a better partner already
WEIGHT = 2.5  # score times the rarity of all shared words: few or common words are no evidence
EDITED = 0.5  # share of words kept, above which a pair counts as edited and not as retold
_WINDOW_GAIN = 0.03
_NEWS = 3.0  # rarity of the words that the second of two neighbours adds to what the first one shares
_HALF = 0.12  # the least that each of two neighbours shares with the sentence they were split from
_CANDIDATES = 6
_HOPELESS = 0.05
_LONG_POSTINGS = 64


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A passage of ``a`` and its partner in ``b``: one sentence, or two where one was split or glued.

    ``score`` is 0 to 1; ``edits`` cover both spans.
    """

    a: Span
    b: Span
    score: float
    kind: Kind
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two sources side by side; all spans are offsets into the two texts.

    ``a_in_b`` is the share, 0 to 1, of the words of ``a`` outside headings and muted zones that stand in
    ``b`` in passages of at least eight words; ``only_a`` are sentences of ``a`` without a partner.
    """

    a: Ref
    b: Ref
    a_in_b: float
    b_in_a: float
    rows: tuple[AlignedRow, ...]
    only_a: tuple[Span, ...]
    only_b: tuple[Span, ...]


def align(a: Source, b: Source, *, context: Sequence[Source] = ()) -> Alignment:
    """Lay two sources side by side; ``context`` are the sources of their story, for how rare a word is."""
    return align_with(_vectors((*context, *(source for source in (a, b) if source not in context))), a, b)


@lru_cache(maxsize=2)
def _vectors(sources: tuple[Source, ...]) -> StoryVectors:
    """Keep the last stories read: a comparison of several sources asks for all their pairs."""
    return StoryVectors(sources)


def align_with(vectors: StoryVectors, a: Source, b: Source) -> Alignment:
    """Lay two sources side by side that are both among those of ``vectors``."""
    left, right = vectors.reading(a), vectors.reading(b)
    rows = [_row(left, right, match) for match in _Matching(vectors, left, right).matches()]
    rows.sort(key=lambda row: (row.a, row.b))
    a_in_b = _contained(left, right)
    b_in_a = _contained(right, left)
    only_a = _without_partner(left.sentences, [row.a for row in rows])
    only_b = _without_partner(right.sentences, [row.b for row in rows])
    return Alignment(a.ref, b.ref, a_in_b, b_in_a, tuple(rows), only_a, only_b)


def _contained(one: ReadSource, other: ReadSource) -> float:
    words = len(one.shingles.words)
    return contained_words(shared_runs(one.shingles, other.shingles)) / words if words else 0.0


def _without_partner(sentences: Sequence[Sentence], partnered: list[Span]) -> tuple[Span, ...]:
    starts = {span.start for span in partnered}
    ends = {span.end for span in partnered}
    return tuple(
        sentence.span
        for sentence in sentences
        if sentence.span.start not in starts and sentence.span.end not in ends
    )


class _Match(NamedTuple):
    """Sentences ``a0`` to ``a1`` of one text and ``b0`` to ``b1`` of the other, each one or two."""

    a0: int
    a1: int
    b0: int
    b1: int
    score: float


def _row(left: ReadSource, right: ReadSource, match: _Match) -> AlignedRow:
    a = Span(left.sentences[match.a0].span.start, left.sentences[match.a1 - 1].span.end)
    b = Span(right.sentences[match.b0].span.start, right.sentences[match.b1 - 1].span.end)
    if plain_form(a.of(left.text)) == plain_form(b.of(right.text)):
        return AlignedRow(a, b, 1.0, "same", (Edit("equal", a, b),))
    edits = word_edits(left.text, a, right.text, b)
    kept = sum(edit.a.end - edit.a.start + edit.b.end - edit.b.start for edit in edits if edit.op == "equal")
    kind: Kind = "edited" if kept >= EDITED * (a.end - a.start + b.end - b.start) else "paraphrase"
    return AlignedRow(a, b, round(min(match.score, 0.9999), 4), kind, edits)


class _Partners:
    """Which sentences of the other text each sentence is paired with."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._of_a: dict[int, set[int]] = {}
        self._of_b: dict[int, set[int]] = {}
        for a, b in pairs:
            self._of_a.setdefault(a, set()).add(b)
            self._of_b.setdefault(b, set()).add(a)

    def elsewhere(self, match: _Match) -> bool:
        """Tell whether one of the two neighbours of ``match`` has a partner outside of it."""
        if match.a1 - match.a0 == 2:
            return any(self._of_a.get(a, set()) - {match.b0} for a in (match.a0, match.a0 + 1))
        return any(self._of_b.get(b, set()) - {match.a0} for b in (match.b0, match.b0 + 1))


class _Matching:
    """The search for partners between the sentences of two texts."""

    def __init__(self, vectors: StoryVectors, left: ReadSource, right: ReadSource) -> None:
        self._vectors = vectors
        self._left = left.sentences
        self._right = right.sentences
        self._scores: dict[tuple[int, int], float] = {}
        self._best_of_a: dict[int, float] = {}
        self._best_of_b: dict[int, float] = {}

    def matches(self) -> list[_Match]:
        """Return the matches, in no order."""
        self._score_equals()
        for a, b in self._candidates():
            headings = self._left[a].heading + self._right[b].heading
            if headings != 1 and (a, b) not in self._scores:
                self._scores[a, b] = self._vectors.likeness(self._left[a], self._right[b])
        best_a = _best(((a, b, score) for (a, b), score in self._scores.items()), len(self._left))
        best_b = _best(((b, a, score) for (a, b), score in self._scores.items()), len(self._right))
        pairs: dict[tuple[int, int], float] = {}
        for a, b in [*best_a.items(), *((a, b) for b, a in best_b.items())]:
            score = self._scores[a, b]
            mutual = best_a[a] == b and best_b[b] == a
            if score >= (MUTUAL if mutual else ONE_SIDED) and self._weighty(score, a, b):
                pairs[a, b] = score
        return self._with_windows(pairs)

    def _weighty(self, score: float, a: int, b: int) -> bool:
        one, other = self._left[a], self._right[b]
        return one.plain == other.plain or score * self._vectors.shared_rarity(one, other) >= WEIGHT

    def _score_equals(self) -> None:
        """Pair sentences that are the same, each with the one nearest to where it would be expected."""
        places: dict[str, list[int]] = {}
        for b, sentence in enumerate(self._right):
            places.setdefault(sentence.plain, []).append(b)
        expected = 0
        for a, sentence in enumerate(self._left):
            if here := places.get(sentence.plain):
                at = bisect_left(here, expected)
                b = min(here[max(0, at - 1) : at + 1], key=lambda place: abs(place - expected))
                self._scores[a, b] = 1.0
                expected = b + 1

    def _candidates(self) -> set[tuple[int, int]]:
        """Return the pairs that share the most by their stems; the rest cannot be partners."""
        done_a = {a for a, _ in self._scores}
        done_b = {b for _, b in self._scores}
        postings: dict[str, list[tuple[int, float]]] = {}
        for number, sentence in enumerate(self._right):
            for one, weight in self._vectors.stems(sentence).items():
                postings.setdefault(one, []).append((number, weight))
        pairs: set[tuple[int, int]] = set()
        back: dict[int, list[tuple[float, int]]] = {}
        for number, sentence in enumerate(self._left):
            found = self._found(sentence, postings, number * len(self._right) // len(self._left))
            if number not in done_a:
                best = nlargest(_CANDIDATES, found.items(), key=itemgetter(1))
                pairs.update((number, place) for place, score in best if score > _HOPELESS)
            for place, score in found.items():
                if score > 2 * _HOPELESS and place not in done_b:
                    back.setdefault(place, []).append((score, number))
        for place, scored in back.items():
            pairs.update((number, place) for _, number in nlargest(_CANDIDATES, scored))
        return pairs

    def _found(
        self, sentence: Sentence, postings: dict[str, list[tuple[int, float]]], expected: int
    ) -> dict[int, float]:
        """Return the sentences that share stems with one, with the products of the weights summed.

        Stems that stand almost everywhere say little and cost much: they are left out where there are
        others, and otherwise followed only around the place where a partner would be ``expected``.
        """
        found: dict[int, float] = {}
        weights = self._vectors.stems(sentence)
        for one in sorted(weights.keys() & postings.keys(), key=lambda key: (len(postings[key]), key)):
            here = postings[one]
            if len(here) > _LONG_POSTINGS:
                if found:
                    break
                middle = bisect_left(here, (expected, 0.0))
                here = here[max(0, middle - _LONG_POSTINGS // 2) : middle + _LONG_POSTINGS // 2]
            weight = weights[one]
            for place, other_weight in here:
                found[place] = found.get(place, 0.0) + weight * other_weight
        return found

    def _with_windows(self, pairs: dict[tuple[int, int], float]) -> list[_Match]:
        """Join two neighbours where both together are clearly nearer to a sentence than either alone."""
        partners = _Partners(pairs)
        windows: dict[_Match, float] = {}
        for (a, b), score in self._scores.items():
            self._best_of_a[a] = max(score, self._best_of_a.get(a, 0.0))
            self._best_of_b[b] = max(score, self._best_of_b.get(b, 0.0))
        for (a, b), score in self._scores.items():
            if score >= 1.0:
                continue
            for first in (a - 1, a):
                windows |= self._window(partners, _Match(first, first + 2, b, b + 1, 0.0))
            for first in (b - 1, b):
                windows |= self._window(partners, _Match(a, a + 1, first, first + 2, 0.0))
        matches: list[_Match] = []
        taken_a: set[int] = set()
        taken_b: set[int] = set()
        for match in sorted(windows, key=lambda one: (-windows[one], one)):
            in_a = set(range(match.a0, match.a1))
            in_b = set(range(match.b0, match.b1))
            if not in_a & taken_a and not in_b & taken_b:
                taken_a |= in_a
                taken_b |= in_b
                matches.append(match)
        matches.extend(
            _Match(a, a + 1, b, b + 1, score)
            for (a, b), score in pairs.items()
            if a not in taken_a and b not in taken_b
        )
        return matches

    def _window(self, partners: _Partners, match: _Match) -> dict[_Match, float]:
        """Return the scored match and what it gains over the better of its two, if it is one at all."""
        if match.a0 < 0 or match.b0 < 0 or match.a1 > len(self._left) or match.b1 > len(self._right):
            return {}
        pairs = [(a, b) for a in range(match.a0, match.a1) for b in range(match.b0, match.b1)]
        scores = [self._scores.get(pair, 0.0) for pair in pairs]
        if min(scores) < _HALF or max(scores) >= 1.0 or partners.elsewhere(match):
            return {}
        left, right = self._left[match.a0 : match.a1], self._right[match.b0 : match.b1]
        two, alone = (left, right[0]) if len(left) == 2 else (right, left[0])
        first, second = two if scores[0] >= scores[1] else two[::-1]
        if first.group != second.group or self._vectors.news(second, alone, first) < _NEWS:
            return {}
        both = self._vectors.together(first, second)
        score = self._vectors.likeness(both, alone)
        rival = self._best_of_b[match.b0] if len(left) == 2 else self._best_of_a[match.a0]
        gain = score - max(*scores, rival)
        weighty = score * self._vectors.shared_rarity(both, alone) >= WEIGHT
        if gain < _WINDOW_GAIN or score < MUTUAL or not weighty:
            return {}
        return {match._replace(score=score): gain}


def _best(scored: Iterable[tuple[int, int, float]], count: int) -> dict[int, int]:
    """Return the best partner of each sentence, of equals the one that follows the last partner."""
    partners: dict[int, list[tuple[float, int]]] = {}
    for one, other, score in scored:
        partners.setdefault(one, []).append((score, other))
    best: dict[int, int] = {}
    expected = 0
    for one in range(count):
        if one in partners:
            top = max(score for score, _ in partners[one]) - 1e-9
            best[one] = min(
                (other for score, other in partners[one] if score >= top),
                key=lambda other: abs(other - expected),
            )
            expected = best[one] + 1
    return best
