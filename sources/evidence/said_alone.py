"""What a source alone says: sentences of which no other source of its story says anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sources.evidence.alignment import read_story
from sources.evidence.figure_agreement import NEAR_TIMES, is_rounded
from sources.evidence.partners import equal_pairs, find_matches
from sources.evidence.sentence_pairs import scored_pairs
from sources.evidence.sentence_reading import SMALL, digits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from sources.evidence.sentence_reading import Amount, ReadSource
    from sources.evidence.similarity import ScoredPairs, StoryVectors
    from sources.evidence.sparse_rows import Weights
    from sources.model import Ref, Source, Span

_TINY = 1e-9
_TELLING = 100.0  # a value that large is found again whatever its unit
_LEAST = -6.0  # log odds of pairs that share hardly anything
_EQUAL = 20.0  # of sentences that are the same
# What speaks for it that nobody else says a sentence, and against it, in log odds. Fitted by logistic
# regression to the labelled sentences of twenty stories in benchmarks/stories and of the events, and rounded;
# four stories were left out, and held against it.
WEIGHTS = {
    "nearest": -0.45,  # the score of the pair with the sentence elsewhere that is most like it
    "usual": -0.16,  # the mean of these scores over the other sources
    "new": 0.55,  # how much is told by words for which nothing stands elsewhere, as a logarithm
    "known": -0.9,  # share of what it tells for which something stands elsewhere
    "unit": -1.1,  # somebody else has a figure in a unit of one of its figures
    "value": -1.9,  # or a figure of its value
    "quoted": 0.7,  # words in quotation marks would be elsewhere as they are
    "personal": 0.55,  # who says "I" or "we" says what nobody else can
    "name": 0.5,  # it has a name that nobody else has
}
_NOTHING_KNOWN = -1.4
ALONE = 3.1  # the score from which it is said that nobody else says a sentence
# What is short can be said elsewhere in any words ("The vote is next year").
FEWEST_WORDS = 5  # that say something and are no names, of a statement that can be said to be nobody else's
_CONTESTED = -1.0  # the score of pairs of which other figures are figures of the same
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|myself|we|us|our|ours|ourselves)\b", re.IGNORECASE)
_QUOTED = re.compile('["“„«‘]')
_STATED = re.compile(r"[.!…][\"'”’»“)\]]*$")


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
    its unit. Only a whole statement that tells enough to be found again counts: no question, no part of
    a longer quote, no line without a stop. ``context`` are the sources of their story. None when
    ``cancelled`` became true.
    """
    vectors = read_story(context, (source, *others))
    read = vectors.reading(source)
    if not read.sentences:
        return UniqueSentences((), ())
    elsewhere = [vectors.reading(other) for other in others]
    known: set[int] = set()
    figures: list[OtherFigure] = []
    best = np.full((max(1, len(others)), len(read.sentences)), _LEAST)
    for number, there in enumerate(elsewhere):
        found = scored_pairs(vectors, read, there, cancelled)
        matches = find_matches(vectors, read, there, cancelled=cancelled)
        if cancelled():
            return None
        np.maximum.at(best[number], found.a, found.scores)
        for a, _ in equal_pairs(read, there):
            best[number, a] = _EQUAL
        known.update(*(range(match.a0, match.a1) for match in matches))
        figures += _other_figures(vectors, read, there, found)
    scores = _scores(vectors, read, elsewhere, best)
    likely = (scores >= ALONE) & _states_enough(vectors, read)
    alone = (number for number in np.flatnonzero(likely).tolist() if number not in known)
    spans = tuple(read.sentences[number].span for number in alone)
    return UniqueSentences(spans, tuple(sorted(figures, key=lambda one: (one.span, one.ref.number or 0))))


def _states_enough(vectors: StoryVectors, read: ReadSource) -> NDArray[np.bool_]:
    """Return which sentences are statements of so many words that another text would share one of them."""
    said = vectors.rows_of(read).said
    words = np.bincount(said.numbers, ~vectors.is_name[said.columns], minlength=len(said))
    states = [
        not one.asks and not one.heading and _is_whole(one.span.of(read.text)) for one in read.sentences
    ]
    return np.array(states, dtype=bool) & (words >= FEWEST_WORDS)


def _is_whole(written: str) -> bool:
    """Tell whether a sentence ends with a stop, and is no part of a longer quote."""
    is_part = written.count('"') % 2 or written.count("“") != written.count("”")
    return not is_part and _STATED.search(written) is not None


def _scores(
    vectors: StoryVectors, read: ReadSource, elsewhere: Sequence[ReadSource], best: Weights
) -> Weights:
    """Return how likely nobody else says each sentence; ``best`` are its best scores in the other texts."""
    rows = vectors.rows_of(read)
    near, named = vectors.reach_of(elsewhere)
    cells = rows.said
    there = np.minimum(1.0, near[cells.columns] / np.maximum(cells.weights, _TINY))
    known = np.bincount(cells.numbers, rows.weighed.weights * there, minlength=len(cells))
    new_names = vectors.is_name[cells.columns] & ~named[cells.columns]
    names = np.bincount(cells.numbers, new_names, minlength=len(cells))
    figures = [figure for text in elsewhere for one in text.sentences for figure in one.figures]
    units = {figure.unit for figure in figures}
    values = {figure.value for figure in figures if _is_told_again(figure)}
    written = [sentence.span.of(read.text) for sentence in read.sentences]
    every = [sentence.figures for sentence in read.sentences]
    traits = {
        "nearest": best.max(axis=0),
        "usual": best.mean(axis=0),
        "new": np.log1p(np.maximum(rows.told - known, 0.0)),
        "known": known / np.maximum(rows.told, 1.0),
        "unit": [any(one.unit in units for one in mine) for mine in every],
        "value": [any(one.value in values and _is_told_again(one) for one in mine) for mine in every],
        "quoted": [_QUOTED.search(text) is not None for text in written],
        "personal": [_FIRST_PERSON.search(text) is not None for text in written],
        "name": names > 0,
    }
    scores = np.full(len(read.sentences), _NOTHING_KNOWN)
    for name, weight in WEIGHTS.items():
        scores += weight * np.asarray(traits[name], dtype=np.float64)
    return scores


def _is_told_again(amount: Amount) -> bool:
    """Tell whether a value found again is the same figure, whatever its unit: speakers are people."""
    return amount.value >= _TELLING or (amount.family == "count" and digits_of(amount.value) > 1)


def _other_figures(
    vectors: StoryVectors, read: ReadSource, there: ReadSource, found: ScoredPairs
) -> Iterator[OtherFigure]:
    """Yield what another source has in place of a figure: one of each unit, precise, and near it.

    Of several in one unit it is not known which stands for which, what is far off is of something else, and
    so is what neither sentence says of what the other is about.
    """
    contested = found.apart & (found.scores >= _CONTESTED)
    for a, b in zip(found.a[contested].tolist(), found.b[contested].tolist(), strict=True):
        one, other = read.sentences[a], there.sentences[b]
        if not vectors.statement(read, one).mentions_subject(vectors.statement(there, other)):
            continue
        for unit in {amount.unit for amount in one.figures}:
            mine, theirs = ([each for each in side.figures if each.unit == unit] for side in (one, other))
            if len(mine) == len(theirs) == 1 and _is_in_place_of(theirs[0], mine[0]):
                place = theirs[0].span
                yield OtherFigure(one.span, there.ref, place, place.of(there.text))


def _is_in_place_of(one: Amount, other: Amount) -> bool:
    """Tell whether two figures are near each other, none a small or vague number, nor the other rounded."""
    less, more = sorted((one.value, other.value))
    near = more <= NEAR_TIMES * less and not is_rounded(less, more)
    return near and SMALL not in (one.tells, other.tells)
