"""The search for partners: which sentences of two texts say the same.

Every sentence looks for its best partner anywhere in the other text, so that moved passages are followed
and two sentences may share a partner; a sentence that was split or glued is matched as a whole.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sources.evidence.sentence_reading import FEW, SMALL, SOLE, digits_of
from sources.evidence.similarity import SILENT_TELLS, Likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from sources.evidence.sentence_reading import Amount, ReadSource, Sentence
    from sources.evidence.similarity import StoryVectors

MUTUAL_SCORE = 0.18  # each is the other's best partner
SECOND_SCORE = 0.30  # one of them has a better partner already
LEAST_WEIGHT = 3.0  # score times the rarity of all shared words: few or common words are no evidence
SECOND_WEIGHT = 4.5
_FIGURE_WEIGHT = 1.5  # of sentences that have a figure in common which neither text comes back to
SAME_STATEMENT = 1.8  # the same of sentences whose clauses share a predicate and its subject
_SAME_PREDICATE = 2.5
_ROUNDS = 3
_AROUND = tuple((step, gap) for step in range(3) for gap in range(3) if step + gap)  # sentences in a and b
_WINDOW_GAIN = 0.03
_NEW_RARITY = 3.0  # rarity of the words that the second of two neighbours adds to what the first one shares
_LEAST_OF_HALF = 0.12  # the least that each of two neighbours shares with the sentence they were split from
_FIGURE_BONUS = 0.12  # what a figure that both have adds to their score
_MOST_FIGURES = 2  # that add to it
_RARITY_OF_FIGURE = 4.0  # it says as much as a rare word
_EQUAL = 1e-9  # between scores that are the same
_NEARLY = 0.99  # what only the same sentence may reach is more
_ALIKE = 0.17  # score, or score times rarity, from which a sentence may say something of another
_ALIKE_WEIGHT = 0.65
ALIKE_SHARE = 0.15  # the same for the share of what a sentence says, by the rarity of its words
_TELLING_WORDS = 2
_TELLING_SHARE = 0.34  # of the words of the shorter one that tell something
_CONTESTED_WEIGHT = 0.75  # from which other figures are figures of the same
NEAR_TIMES = 1.6  # the greater of two values for one thing is seldom more times the smaller
_FEW_DIGITS = 2
_SAME_VALUE = 0.005  # share by which values may differ that are written with other precision
REWRITTEN = (
    0.3  # share of the sentences of both texts that are partners, from which one is the other rewritten
)
_FEWEST_OF_REWRITE = 6
_IDENTICAL = Likeness(1.0, 1.0, 1e9)


class _Neighbours(NamedTuple):
    """What being between partners adds at most to the score, and to the rarity of what is shared.

    ``weight`` is the least that a score times that rarity has to be.
    """

    bonus: float
    rarity: float
    weight: float


_NEAR = _Neighbours(0.12, 4.0, LEAST_WEIGHT)
_NEAR_IN_REWRITE = _Neighbours(0.24, 8.0, 2.2)


def _never() -> bool:
    return False


class SentenceMatch(NamedTuple):
    """Sentences ``a0`` to ``a1`` of one text and ``b0`` to ``b1`` of the other, each one or two."""

    a0: int
    a1: int
    b0: int
    b1: int
    score: float


SentencePair = tuple[int, int]


def find_matches(
    vectors: StoryVectors, left: ReadSource, right: ReadSource, *, cancelled: Callable[[], bool] = _never
) -> list[SentenceMatch]:
    """Return the partners among the sentences of two sources of ``vectors``, in no order.

    Where ``cancelled`` becomes true the search ends with what it has.
    """
    return Matching(vectors, left, right, cancelled).matches()


def shared_figures(one: Sentence, other: Sentence) -> float | None:
    """Return how much the figures tell that two sentences have in common; None where they speak against it.

    That is so where they measure in the same units and no value of one is a value of the other, unless two
    are written almost alike: then one of them may be a mistake, and the sentences may well say the same.
    """
    if not one.figures or not other.figures:
        return 0.0
    told = (max(_told_by(mine, theirs) for theirs in other.figures) for mine in one.figures)
    shared = [each for each in told if each]
    if shared:
        return sum(sorted(shared)[-_MOST_FIGURES:])
    met = [(mine, theirs) for mine in one.figures for theirs in other.figures if mine.unit == theirs.unit]
    return 0.0 if not met or any(is_slip(mine.value, theirs.value) for mine, theirs in met) else None


def _told_by(one: Amount, other: Amount) -> float:
    """Return how much it tells that two sentences have these figures."""
    if not is_same_amount(one, other):
        return 0.0
    told = min(one.tells, other.tells)
    if one.unit != other.unit and digits_of(one.value) <= _FEW_DIGITS:
        return min(told, SMALL)
    return told if one.value == other.value else min(told, FEW)


def is_same_amount(one: Amount, other: Amount) -> bool:
    """Tell whether two figures have one unit and one value, within the precision of writing.

    What one text calls by another unit of the same family has one value where it is more than a digit.
    """
    if one.value != other.value and one.unit == other.unit:
        return abs(one.value - other.value) <= _SAME_VALUE * abs(one.value) and is_rounded(
            one.value, other.value
        )
    if one.unit == other.unit:
        return True
    return (
        bool(one.family)
        and one.family == other.family
        and one.value == other.value
        and digits_of(one.value) >= _FEW_DIGITS
    )


def is_rounded(one: float, other: float) -> bool:
    """Tell whether one value is the other, written with fewer digits."""
    digits = min(digits_of(one), digits_of(other)) or 1
    return float(f"{one:.{digits}g}") == float(f"{other:.{digits}g}")


def _worth_of_figures(one: Sentence, other: Sentence) -> int:
    """Return how many telling words a figure that two sentences have in common is worth.

    One that only describes something is none, and one in two units with no more digits than two a single one.
    """
    shared = [
        mine.unit == theirs.unit or digits_of(mine.value) > _FEW_DIGITS
        for mine in one.figures
        for theirs in other.figures
        if is_same_amount(mine, theirs) and not (mine.describes and theirs.describes)
    ]
    return 0 if not shared else _TELLING_WORDS if any(shared) else 1


def _only_one_asks(one: Sentence, other: Sentence) -> bool:
    """Tell whether one of two sentences is a question and the other has none in it: asking says nothing."""
    return (one.asks and "?" not in other.plain) or (other.asks and "?" not in one.plain)


def is_slip(value: float, beside: float) -> bool:
    """Tell whether values differ by a power of ten, one digit or two neighbours that changed places.

    One digit of two is another number where the value is far off.
    """
    one, other = f"{value:.6f}", f"{beside:.6f}"
    digits, others = (written.replace(".", "").strip("0") for written in (one, other))
    if digits == others:
        return True
    if len(one) != len(other):
        return False
    places = [place for place, (mine, theirs) in enumerate(zip(one, other, strict=True)) if mine != theirs]
    first, last = places[0], places[-1]
    if first == last:
        told = max(len(digits), len(others))
        return told > _FEW_DIGITS or (
            told == _FEW_DIGITS and max(value, beside) <= NEAR_TIMES * min(value, beside)
        )
    return len(places) == 2 and last == first + 1 and one[first] == other[last] and one[last] == other[first]


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


class Matching:
    """The search for partners between the sentences of two texts."""

    def __init__(
        self,
        vectors: StoryVectors,
        left: ReadSource,
        right: ReadSource,
        cancelled: Callable[[], bool],
    ) -> None:
        self._vectors = vectors
        self._one, self._other = left, right
        self._left = left.sentences
        self._right = right.sentences
        self._cancelled = cancelled
        self._likeness: dict[SentencePair, Likeness] = {}
        self._scores: dict[SentencePair, float] = {}
        self._of_one_figure: dict[int, set[int]] = {}
        self._near = _NEAR
        self.alike: set[int] = set()  # sentences of the left text of which the other may say something
        self.contested: set[SentencePair] = set()  # that are alike but for all their figures

    def matches(self) -> list[SentenceMatch]:
        """Return the matches, in no order."""
        self._score_equals()
        self._of_one_figure = self._find_one_figure()
        self._score_candidates()
        pairs = self._accepted({})
        self._near = _NEAR_IN_REWRITE if self._is_rewrite(pairs) else _NEAR
        pairs = self._with_statement(pairs, {})
        for _ in range(_ROUNDS):
            supports = _supports(pairs)
            more = {pair: score for pair, score in self._accepted(supports).items() if pair not in pairs}
            more = self._with_statement(more, supports)
            if not more:
                break
            pairs |= more
            self._near = _NEAR_IN_REWRITE if self._is_rewrite(pairs) else _NEAR
        return self._with_windows(pairs)

    def _score_candidates(self) -> None:
        """Score the pairs that may be partners; tell of which sentences the other text may say something."""
        found = self._vectors.candidates(self._one, self._other, self._cancelled, self._of_one_figure)
        equal_a, equal_b = ({pair[side] for pair in self._scores} for side in (0, 1))
        found = found.where(~(_which(self._left, equal_a)[found.a] & _which(self._right, equal_b)[found.b]))
        said = np.array(self._vectors.rarities(self._one))[found.a]
        scores = 0.5 * (found.words + found.pieces)
        alike = (scores >= _ALIKE) | (scores * found.rarities >= _ALIKE_WEIGHT)
        self.alike.update(found.a[alike | (found.rarities >= ALIKE_SHARE * said)].tolist())
        told = zip(found.a.tolist(), found.b.tolist(), found.likenesses(), scores.tolist(), strict=True)
        for a, b, likeness, score in told:
            one, other = self._left[a], self._right[b]
            if one.heading != other.heading or (a, b) in self._scores:
                continue
            if (one.asks or other.asks) and _only_one_asks(one, other):
                continue
            self._likeness[a, b] = likeness
            self._scores[a, b] = min(_NEARLY, score)
            if one.figures and other.figures:
                self._add_figures(a, b, likeness)

    def _add_figures(self, a: int, b: int, likeness: Likeness) -> None:
        """Let figures speak for a pair of sentences that both have some, or take the pair out."""
        shared = shared_figures(self._left[a], self._right[b])
        score, rarity = likeness.score, likeness.rarity
        if shared is None:
            del self._likeness[a, b], self._scores[a, b]
            if score >= MUTUAL_SCORE and score * rarity >= _CONTESTED_WEIGHT:
                self.contested.add((a, b))
        elif shared:
            self._likeness[a, b] = likeness._replace(rarity=rarity + _RARITY_OF_FIGURE * shared)
            self._scores[a, b] = min(_NEARLY, score + _FIGURE_BONUS * shared)

    def _find_one_figure(self) -> dict[int, set[int]]:
        """Return, by sentence of the left text, those of the right text that have a precise figure of it."""
        places: dict[float, list[tuple[int, Amount]]] = {}
        for b, sentence in enumerate(self._right):
            for figure in sentence.figures:
                places.setdefault(figure.value, []).append((b, figure))
        found: dict[int, set[int]] = {}
        for a, sentence in enumerate(self._left):
            for mine in sentence.figures:
                for b, theirs in places.get(mine.value, ()):
                    if _told_by(mine, theirs) >= SOLE and not (mine.describes and theirs.describes):
                        found.setdefault(a, set()).add(b)
        return found

    def _is_rewrite(self, pairs: dict[SentencePair, float]) -> bool:
        """Tell whether so many sentences of both texts are partners that one is the other told again.

        Sentences that are the same say nothing of the others: what was added to a copy is new.
        """
        reworded = [pair for pair in pairs if self._scores[pair] < 1.0]
        least = REWRITTEN * max(len(self._left), len(self._right))
        return min(len({a for a, _ in reworded}), len({b for _, b in reworded})) >= max(
            least, _FEWEST_OF_REWRITE
        )

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
                self._likeness[a, b] = _IDENTICAL
                self._scores[a, b] = 1.0
                expected = b + 1

    def _accepted(self, supports: dict[SentencePair, float]) -> dict[SentencePair, float]:
        """Return the pairs of which one is the best for the other and that say enough, with their scores.

        ``supports`` are how much those that are partners already speak for those beside them, 0 to 1.
        """
        scores = dict(self._scores)
        for pair, support in supports.items():
            if scores.get(pair, 1.0) < 1.0:
                scores[pair] += self._near.bonus * support
        best_a, best_b = _best(scores, 0), _best(scores, 1)
        accepted: dict[SentencePair, float] = {}
        figured = {(a, b) for a, some in self._of_one_figure.items() for b in some if (a, b) in scores}
        for a, b in {*best_a.items(), *((a, b) for b, a in best_b.items()), *figured}:
            mutual = best_a[a] == b and best_b[b] == a
            # Of several that are near, what is around them tells nothing but in a rewrite.
            support = supports.get((a, b), 0.0) if mutual or self._near is _NEAR_IN_REWRITE else 0.0
            alone, rarity = self._scores[a, b], self._likeness[a, b].rarity
            score = min(alone + self._near.bonus * support, 1.0)
            weight = score * (rarity + self._near.rarity * support)
            if mutual or (a, b) in figured:
                enough = score >= MUTUAL_SCORE and (
                    weight >= (_FIGURE_WEIGHT if (a, b) in figured else self._near.weight)
                    or self._states_alike(a, b, alone * rarity)
                )
            else:
                enough = score >= SECOND_SCORE and weight >= SECOND_WEIGHT
            if enough:
                accepted[a, b] = score
        return accepted

    def _with_statement(
        self, pairs: dict[SentencePair, float], supports: dict[SentencePair, float]
    ) -> dict[SentencePair, float]:
        """Return those of ``pairs`` that share a statement; in a rewrite their place says as much.

        How much what is around them speaks for them, 0 to 1, counts like a word that they share.
        """
        if self._near is _NEAR_IN_REWRITE:
            return pairs
        return {
            (a, b): score
            for (a, b), score in pairs.items()
            if self._scores[a, b] >= 1.0 or self._share_statement((a,), (b,), supports.get((a, b), 0.0))
        }

    def _share_statement(self, in_a: Sequence[int], in_b: Sequence[int], support: float = 0.0) -> bool:
        """Tell whether sentences of both texts have a figure in common, or words that tell something.

        Names, what describes them, who says something and the words that are everywhere in the story are no
        statement: it takes two other words, or one that is much of what the shorter passage says.
        """
        shared: float = max(_worth_of_figures(self._left[a], self._right[b]) for a in in_a for b in in_b)
        if shared >= _TELLING_WORDS:
            return True
        one, other = self._told(self._one, in_a), self._told(self._other, in_b)
        common = [min(one[word], other[word]) for word in one.keys() & other.keys()]
        if shared + support + sum(common) >= _TELLING_WORDS:
            return True
        shared += sum(tells for tells in common if tells > SILENT_TELLS)
        least = min(sum(tells for tells in told.values() if tells > SILENT_TELLS) for told in (one, other))
        return shared + support >= _TELLING_SHARE * least > 0

    def _told(self, read: ReadSource, numbers: Sequence[int]) -> dict[str, float]:
        """Return how much the words of some sentences tell."""
        found: dict[str, float] = {}
        for number in numbers:
            for word, tells in self._vectors.telling(read, read.sentences[number]).items():
                found[word] = max(tells, found.get(word, 0.0))
        return found

    def _states_alike(self, a: int, b: int, weight: float) -> bool:
        """Tell whether two sentences that share some weight say the same, by what their clauses state."""
        if weight < SAME_STATEMENT:
            return False
        one = self._vectors.statement(self._one, self._left[a])
        other = self._vectors.statement(self._other, self._right[b])
        if not one.shares_predicate(other):
            return False
        return weight >= _SAME_PREDICATE or one.shares_subject(other)

    def _with_windows(self, pairs: dict[SentencePair, float]) -> list[SentenceMatch]:
        """Join two neighbours where both together are clearly nearer to a sentence than either alone."""
        partners = _Partners(pairs)
        best_a: dict[int, float] = {}
        best_b: dict[int, float] = {}
        for (a, b), score in self._scores.items():
            words, pieces, _ = self._likeness[a, b]
            alone = min(score, 0.5 * (words + pieces))
            if alone > best_a.get(a, 0.0):
                best_a[a] = alone
            if alone > best_b.get(b, 0.0):
                best_b[b] = alone
        windows: dict[SentenceMatch, float] = {}
        for (a, b), score in self._scores.items():
            if not _LEAST_OF_HALF <= score < 1.0:
                continue
            if self._scores.get((a + 1, b), 0.0) >= _LEAST_OF_HALF:
                self._add_window(windows, partners, SentenceMatch(a, a + 2, b, b + 1, best_b[b]))
            if self._scores.get((a, b + 1), 0.0) >= _LEAST_OF_HALF:
                self._add_window(windows, partners, SentenceMatch(a, a + 1, b, b + 2, best_a[a]))
        matches: list[SentenceMatch] = []
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
            SentenceMatch(a, a + 1, b, b + 1, score)
            for (a, b), score in pairs.items()
            if a not in taken_a and b not in taken_b
        )
        return matches

    def _add_window(
        self, windows: dict[SentenceMatch, float], partners: _Partners, match: SentenceMatch
    ) -> None:
        """Add a match, whose score is the best of its single sentence, with what it gains, if it gains."""
        pairs = [(a, b) for a in range(match.a0, match.a1) for b in range(match.b0, match.b1)]
        if max(self._scores[pair] for pair in pairs) >= 1.0 or partners.elsewhere(match):
            return
        in_left = match.a1 - match.a0 == 2
        two, sentences = (self._one, self._left) if in_left else (self._other, self._right)
        alone = self._other if in_left else self._one
        place, number = (match.a0, match.b0) if in_left else (match.b0, match.a0)
        if sentences[place].group != sentences[place + 1].group:
            return
        one, other = self._likeness[pairs[0]], self._likeness[pairs[1]]
        score = self._vectors.together(two, place, one, other)
        gain = score - match.score
        if gain < _WINDOW_GAIN or score < MUTUAL_SCORE:
            return
        second, without = (place + 1, place) if one.score >= other.score else (place, place + 1)
        new_rarity = self._vectors.new_rarity(alone, number, two, second, without)
        rarity = max(one, other, key=lambda likeness: likeness.score).rarity + new_rarity
        if (
            new_rarity >= _NEW_RARITY
            and score * rarity >= LEAST_WEIGHT
            and (
                self._near is _NEAR_IN_REWRITE
                or self._share_statement(range(match.a0, match.a1), range(match.b0, match.b1))
            )
        ):
            windows[match._replace(score=score)] = gain


def _which(sentences: Sequence[Sentence], numbers: Iterable[int]) -> NDArray[np.bool_]:
    """Return for each sentence whether it is one of ``numbers``."""
    found = np.zeros(len(sentences), dtype=np.bool_)
    found[list(numbers)] = True
    return found


def _best(scores: dict[SentencePair, float], side: int) -> dict[int, int]:
    """Return the best partner of each sentence of a side, of equals the one that follows the last partner."""
    top: dict[int, float] = {}
    for pair, score in scores.items():
        one = pair[side]
        if score > top.get(one, 0.0):
            top[one] = score
    equals: dict[int, list[int]] = {}
    for pair, score in scores.items():
        one = pair[side]
        if score >= top.get(one, 0.0) - _EQUAL:
            equals.setdefault(one, []).append(pair[1 - side])
    best: dict[int, int] = {}
    expected = 0
    for one in sorted(equals):
        others = equals[one]
        best[one] = others[0] if len(others) == 1 else min(others, key=lambda each: abs(each - expected))
        expected = best[one] + 1
    return best
