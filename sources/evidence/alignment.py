"""Aligns two sources: which sentence of one is partner of which in the other, and what was changed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from sources.evidence.edits import Edit, word_edits
from sources.evidence.shared_passages import contained_words, shared_runs
from sources.evidence.similarity import Likeness, StoryVectors, plain_form
from sources.model import Span
from sources.text.tokens import norms
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sources.evidence.similarity import Amount, ReadSource, Sentence
    from sources.model import Ref, Source

MUTUAL_SCORE = 0.18  # each is the other's best partner
ONE_SIDED_SCORE = 0.40  # the other has a better partner already
LEAST_WEIGHT = 3.0  # score times the rarity of all shared words: few or common words are no evidence
_ONE_SIDED_WEIGHT = 3.5
_ROUNDS = 3
_AROUND = tuple((step, gap) for step in range(3) for gap in range(3) if step + gap)  # sentences in a and b
_WINDOW_GAIN = 0.03
_NEW_RARITY = 3.0  # rarity of the words that the second of two neighbours adds to what the first one shares
_LEAST_OF_HALF = 0.12  # the least that each of two neighbours shares with the sentence they were split from
_FIGURE_BONUS = 0.12  # what a figure that both have adds to their score
_MOST_FIGURES = 2  # that add to it
_RARITY_OF_FIGURE = 4.0  # it says as much as a rare word
_NEARLY = 0.99  # what only the same sentence may reach is more
_ALIKE = 0.17  # score, or score times rarity, from which a sentence may say something of another
_ALIKE_WEIGHT = 0.65
_CONTESTED_WEIGHT = 0.75  # from which other figures are figures of the same
_TELLING = 100.0  # a value that large is found again whatever its unit
_TWO_DIGITS = 10  # one digit in another's place is another number
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
    return _Matching(vectors, left, right, cancelled).matches()


def shared_figures(one: Sentence, other: Sentence) -> int | None:
    """Return how many figures two sentences have in common; None where their figures speak against it.

    That is so where they measure in the same units and no value of one is a value of the other, unless two
    are written almost alike: then one of them may be a mistake, and the sentences may well say the same.
    """
    shared = sum(any(_is_same(mine, theirs) for theirs in other.figures) for mine in one.figures)
    if shared:
        return shared
    met = [(mine, theirs) for mine in one.figures for theirs in other.figures if mine.unit == theirs.unit]
    return 0 if not met or any(is_slip(mine.value, theirs.value) for mine, theirs in met) else None


def _is_same(one: Amount, other: Amount) -> bool:
    return one.unit == other.unit and abs(one.value - other.value) <= _SAME_VALUE * abs(one.value)


def _only_one_asks(one: Sentence, other: Sentence) -> bool:
    """Tell whether one of two sentences is a question and the other has none in it: asking says nothing."""
    return (one.asks and "?" not in other.plain) or (other.asks and "?" not in one.plain)


def is_slip(value: float, beside: float) -> bool:
    """Tell whether values differ by a power of ten, one digit or two neighbours that changed places."""
    one, other = f"{value:.6f}", f"{beside:.6f}"
    if one.replace(".", "").strip("0") == other.replace(".", "").strip("0"):
        return True
    if len(one) != len(other) or max(value, beside) < _TWO_DIGITS:
        return False
    places = [place for place, (mine, theirs) in enumerate(zip(one, other, strict=True)) if mine != theirs]
    first, last = places[0], places[-1]
    return first == last or (
        len(places) == 2 and last == first + 1 and one[first] == other[last] and one[last] == other[first]
    )


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


class _Matching:
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
        self._near = _NEAR
        self.alike: set[int] = set()  # sentences of the left text of which the other may say something
        self.contested: set[SentencePair] = set()  # that are alike but for all their figures

    def matches(self) -> list[SentenceMatch]:
        """Return the matches, in no order."""
        self._score_equals()
        equal_a = {a for a, _ in self._scores}
        equal_b = {b for _, b in self._scores}
        for a, b, likeness in self._vectors.candidates(self._one, self._other, self._cancelled):
            if a in equal_a and b in equal_b:
                continue
            one, other = self._left[a], self._right[b]
            if likeness.score >= _ALIKE or likeness.score * likeness.rarity >= _ALIKE_WEIGHT:
                self.alike.add(a)
            if one.heading != other.heading or (a, b) in self._scores or _only_one_asks(one, other):
                continue
            shared = shared_figures(one, other)
            if shared is None:
                if likeness.score >= MUTUAL_SCORE and likeness.score * likeness.rarity >= _CONTESTED_WEIGHT:
                    self.contested.add((a, b))
                continue
            rarity = likeness.rarity + _RARITY_OF_FIGURE * shared
            self._likeness[a, b] = likeness._replace(rarity=rarity)
            self._scores[a, b] = min(_NEARLY, likeness.score + _FIGURE_BONUS * min(shared, _MOST_FIGURES))
        pairs = self._accepted({})
        for _ in range(_ROUNDS):
            self._near = _NEAR_IN_REWRITE if self._is_rewrite(pairs) else _NEAR
            more = self._accepted(pairs)
            if more.keys() <= pairs.keys():
                break
            pairs = more | pairs
        return self._with_windows(pairs)

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

    def _accepted(self, pairs: dict[SentencePair, float]) -> dict[SentencePair, float]:
        """Return the pairs of which one is the best for the other and that say enough, with their scores.

        What already are ``pairs`` speaks for those beside them.
        """
        supports = _supports(pairs)
        scores = {
            pair: score + self._near.bonus * supports.get(pair, 0.0) if score < 1.0 else score
            for pair, score in self._scores.items()
        }
        best_a = _best(((a, b, score) for (a, b), score in scores.items()), len(self._left))
        best_b = _best(((b, a, score) for (a, b), score in scores.items()), len(self._right))
        accepted: dict[SentencePair, float] = {}
        for a, b in [*best_a.items(), *((a, b) for b, a in best_b.items())]:
            likeness = self._likeness[a, b]
            if best_a[a] == b and best_b[b] == a:
                score = scores[a, b]
                weight = score * (likeness.rarity + self._near.rarity * supports.get((a, b), 0.0))
                enough = score >= MUTUAL_SCORE and weight >= self._near.weight
            else:  # of several that are near, what is around them tells nothing
                score = self._scores[a, b]
                enough = score >= ONE_SIDED_SCORE and score * likeness.rarity >= _ONE_SIDED_WEIGHT
            if enough:
                accepted[a, b] = min(score, 1.0)
        return accepted

    def _with_windows(self, pairs: dict[SentencePair, float]) -> list[SentenceMatch]:
        """Join two neighbours where both together are clearly nearer to a sentence than either alone."""
        partners = _Partners(pairs)
        best_a: dict[int, float] = {}
        best_b: dict[int, float] = {}
        for (a, b), score in self._scores.items():
            alone = min(score, self._likeness[a, b].score)
            best_a[a] = max(alone, best_a.get(a, 0.0))
            best_b[b] = max(alone, best_b.get(b, 0.0))
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
        if new_rarity >= _NEW_RARITY and score * rarity >= LEAST_WEIGHT:
            windows[match._replace(score=score)] = gain


def _best(scored: Iterable[tuple[int, int, float]], count: int) -> dict[int, int]:
    """Return the best partner of each sentence, of equals the one that follows the last partner."""
    partners: dict[int, list[tuple[float, int]]] = {}
    for one, other, score in scored:
        partners.setdefault(one, []).append((score, other))
    best: dict[int, int] = {}
    expected = 0
    for one in range(count):
        if one in partners:
            top = max(partners[one])[0] - 1e-9
            best[one] = min(
                (other for score, other in partners[one] if score >= top),
                key=lambda other: abs(other - expected),
            )
            expected = best[one] + 1
    return best


# Two sources laid side by side: which passage of one is which of the other, and what was changed.
#
# Every sentence looks for its best partner anywhere in the other text, so that moved passages are
# followed and two sentences may share a partner; a sentence that was split or glued is matched as a
# whole.

PassageKind = Literal["same", "edited", "paraphrase", "partial"]

_FAR_MORE = 2.0  # times as many words that say something
EDITED = 0.5  # share of words kept, above which a pair counts as edited and not as retold


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A passage of ``a`` and its partner in ``b``: one sentence, or two where one was split or glued.

    ``score`` is 0 to 1; ``edits`` cover both spans.
    """

    a: Span
    b: Span
    score: float
    kind: PassageKind
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
    return align_with(read_story(context, (a, b)), a, b)


@dataclass(frozen=True, slots=True)
class OtherFigure:
    """What another source has, at ``place`` of ``ref``, where the sentence ``span`` has a figure."""

    span: Span
    ref: Ref
    place: Span
    text: str


@dataclass(frozen=True, slots=True)
class UniqueSentences:
    """The sentences of a source that no other has in any form, and other figures for what it says.

    ``others`` are of sentences that are not unique for this reason alone: others say it with other figures.
    """

    spans: tuple[Span, ...]
    others: tuple[OtherFigure, ...]


def unique_sentences(
    source: Source,
    others: Sequence[Source],
    *,
    context: Sequence[Source] = (),
    cancelled: Callable[[], bool] = lambda: False,
) -> UniqueSentences | None:
    """Return the sentences of ``source`` of which none of ``others`` says anything, in order.

    That takes more than having no partner: nothing like it is elsewhere, and no figure of it, or another of
    its unit. ``context`` are the sources of their story. None when ``cancelled`` became true.
    """
    vectors = read_story(context, (source, *others))
    read = vectors.reading(source)
    known: set[int] = set()
    figures: list[OtherFigure] = []
    units: set[str] = set()
    values: set[float] = set()
    for other in others:
        there = vectors.reading(other)
        matching = _Matching(vectors, read, there, cancelled)
        matches = matching.matches()
        if cancelled():
            return None
        known.update(matching.alike, *(range(match.a0, match.a1) for match in matches))
        figures += _other_figures(read, there, matching.contested)
        told = [amount for sentence in there.sentences for amount in sentence.figures]
        units.update(amount.unit for amount in told)
        values.update(amount.value for amount in told if amount.value >= _TELLING)
    spans = tuple(
        one.span
        for number, one in enumerate(read.sentences)
        if number not in known and not any(each.unit in units or each.value in values for each in one.figures)
    )
    return UniqueSentences(spans, tuple(sorted(figures, key=lambda one: (one.span, one.ref.number or 0))))


def _other_figures(
    read: ReadSource, there: ReadSource, contested: Iterable[SentencePair]
) -> Iterator[OtherFigure]:
    for a, b in contested:
        units = {amount.unit for amount in read.sentences[a].figures}
        for amount in there.sentences[b].figures:
            if amount.unit in units:
                yield OtherFigure(read.sentences[a].span, there.ref, amount.span, amount.span.of(there.text))


def read_story(context: Sequence[Source], sources: Sequence[Source]) -> StoryVectors:
    """Return the vectors of a story and of ``sources``, whether these are of it or not."""
    known = set(context)
    return _vectors((*context, *dict.fromkeys(source for source in sources if source not in known)))


@lru_cache(maxsize=2)
def _vectors(sources: tuple[Source, ...]) -> StoryVectors:
    """Keep the last stories read: a comparison of several sources asks for all their pairs."""
    return StoryVectors(sources)


def align_with(vectors: StoryVectors, a: Source, b: Source) -> Alignment:
    """Lay two sources side by side that are both among those of ``vectors``."""
    left, right = vectors.reading(a), vectors.reading(b)
    rows = [_row(left, right, match) for match in find_matches(vectors, left, right)]
    rows.sort(key=lambda row: (row.a, row.b))
    a_in_b = _contained_share(left, right)
    b_in_a = _contained_share(right, left)
    only_a = _without_partner(left.sentences, [row.a for row in rows])
    only_b = _without_partner(right.sentences, [row.b for row in rows])
    return Alignment(a.ref, b.ref, a_in_b, b_in_a, tuple(rows), only_a, only_b)


def _contained_share(one: ReadSource, other: ReadSource) -> float:
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


def _row(left: ReadSource, right: ReadSource, match: SentenceMatch) -> AlignedRow:
    a = Span(left.sentences[match.a0].span.start, left.sentences[match.a1 - 1].span.end)
    b = Span(right.sentences[match.b0].span.start, right.sentences[match.b1 - 1].span.end)
    return compare_passages(left, a, right, b, match.score)


def compare_passages(left: ReadSource, a: Span, right: ReadSource, b: Span, score: float) -> AlignedRow:
    """Return two passages that are partners as a row: what kind they are, and what was changed."""
    if plain_form(a.of(left.text)) == plain_form(b.of(right.text)):
        return AlignedRow(a, b, 1.0, "same", (Edit("equal", a, b),))
    edits = word_edits(left.text, a, right.text, b)
    kept = sum(edit.a.end - edit.a.start + edit.b.end - edit.b.start for edit in edits if edit.op == "equal")
    if kept >= EDITED * (a.end - a.start + b.end - b.start):
        kind: PassageKind = "edited"
    else:
        kind = "partial" if _says_more(left, a, right, b) or _says_more(right, b, left, a) else "paraphrase"
    return AlignedRow(a, b, round(min(score, 0.9999), 4), kind, edits)


def _says_more(one: ReadSource, span: Span, other: ReadSource, there: Span) -> bool:
    """Tell whether a passage says what its partner does not: far more, or figures beside the same ones.

    Where each has figures of its own, these are different words or a slip, and neither says more.
    """
    mine, theirs = one.figures_in(span), other.figures_in(there)
    unmatched = [each for each in mine if not any(_is_same(each, known) for known in theirs)]
    if unmatched and (len(unmatched) < len(mine) or not theirs):
        return True
    return len(content_words(one.text, span)) > _FAR_MORE * max(1, len(content_words(other.text, there)))


def content_words(text: str, span: Span) -> set[str]:
    """Return the words of a passage that say something."""
    return set(norms(text, span)) - STOP_WORDS
