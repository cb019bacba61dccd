"""How likely two sentences of one story say the same: one additive score."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sources.evidence.figure_agreement import agreement, units_of
from sources.evidence.sentence_reading import FEW
from sources.evidence.similarity import ScoredPairs
from sources.evidence.sparse_rows import Product, blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sources.evidence.sentence_reading import ReadSource, Sentence
    from sources.evidence.similarity import StoryVectors
    from sources.evidence.sparse_rows import Numbers, Weights

_CANDIDATES = 16  # of each sentence
_LEAST_SHARED = 1.5  # rarity of what two sentences share, each word by how near it comes
_NO_NUMBERS = np.zeros(0, dtype=np.int64)


class Traits(NamedTuple):
    """What is known of each pair of sentences: numbers that the score weighs.

    ``shared`` is the rarity of what both say, a word by how near its counterpart is, as a logarithm;
    ``pieces`` the cosine of their four-letter pieces; ``lead`` how far ``shared`` is ahead of, or behind, the
    best other pair of one of them, the less favourable of both; ``beside`` ``shared`` of the nearer of the
    pairs before and behind. The others are those of `sources.evidence.figure_agreement`.
    """

    shared: Weights
    pieces: Weights
    lead: Weights
    beside: Weights
    equal: Weights
    close: Weights
    apart: Weights


# What each trait weighs, in log odds, and what the sum is without any of them. Fitted by logistic regression
# to the labelled statements of twenty stories in benchmarks/stories, and rounded; four stories and the events
# were left out, and held against it.
WEIGHTS = {
    "shared": 1.1,
    "pieces": 6.25,
    "lead": 0.5,
    "beside": 0.2,
    "equal": 2.0,
    "close": 4.0,
    "apart": -0.6,
}
_NOTHING_KNOWN = -5.0
_SUBJECT = 0.12  # of the rarity of what stands for the subjects of both
PARTNERS = 0.41  # the score from which two sentences are partners: three in five say the same
_STATEMENT = 3.8  # how much what partners both say has to tell beside who or what it is about
_NO_STATEMENT = -1.0  # the score of others
_LEAST_WITH_SUBJECT = PARTNERS - 1.5  # below it a subject makes no partners


class Pairs(NamedTuple):
    """Pairs of sentences ``a`` and ``b`` of two texts by number, in order, with their traits."""

    a: Numbers
    b: Numbers
    traits: Traits


def scored_pairs(
    vectors: StoryVectors, left: ReadSource, right: ReadSource, cancelled: Callable[[], bool]
) -> ScoredPairs:
    """Return how likely the sentences of two texts say the same, without pairs that share hardly anything.

    A heading says nothing of a sentence, nor does a question of what is no question. Ends early where
    ``cancelled`` becomes true.
    """
    if not left.sentences or not right.sentences:
        return ScoredPairs(_NO_NUMBERS, _NO_NUMBERS, np.zeros(0), np.zeros(0, dtype=bool))
    if left.first > right.first:
        return scored_pairs(vectors, right, left, cancelled).turned()
    known = vectors.between.get((left.first, right.first))
    if known is None:
        known = _scored(vectors, left, right, find_pairs(vectors, left, right, cancelled))
        if not cancelled():
            vectors.between[left.first, right.first] = known
    return known


def _scored(vectors: StoryVectors, left: ReadSource, right: ReadSource, pairs: Pairs) -> ScoredPairs:
    scores = np.full(len(pairs.a), _NOTHING_KNOWN)
    for name, weight in WEIGHTS.items():
        scores += weight * getattr(pairs.traits, name)
    one, other = left.sentences, right.sentences
    kept = np.zeros(len(scores), dtype=bool)
    figured = pairs.traits.equal >= FEW
    places = zip(pairs.a.tolist(), pairs.b.tolist(), scores.tolist(), strict=True)
    for place, (a, b, score) in enumerate(places):
        kept[place] = one[a].heading == other[b].heading and not _only_one_asks(one[a], other[b])
        if not kept[place] or score < _LEAST_WITH_SUBJECT:
            continue
        if score < PARTNERS:
            scores[place] += _SUBJECT * vectors.shared_subject(left, one[a], right, other[b])
        if scores[place] >= PARTNERS and not figured[place] and one[a].plain != other[b].plain:
            told = vectors.shared_statement(left, one[a], right, other[b])
            scores[place] = scores[place] if told >= _STATEMENT else _NO_STATEMENT
    return ScoredPairs(pairs.a[kept], pairs.b[kept], scores[kept], pairs.traits.apart[kept] > 0)


def _only_one_asks(one: Sentence, other: Sentence) -> bool:
    """Tell whether one of two sentences is a question and the other has none in it: asking says nothing."""
    return (one.asks and "?" not in other.plain) or (other.asks and "?" not in one.plain)


def find_pairs(
    vectors: StoryVectors, left: ReadSource, right: ReadSource, cancelled: Callable[[], bool]
) -> Pairs:
    """Return the pairs of sentences of two texts that share enough to be looked at.

    Ends early where ``cancelled`` becomes true.
    """
    one, other = vectors.rows_of(left), vectors.rows_of(right)
    width = len(right.sentences)
    by_pieces = Product(one.pieces, other.pieces)
    forth, back = Product(one.weighed, other.reached), Product(one.weighed_reached, other.said)
    parts: list[tuple[Numbers, Numbers, Weights, Weights]] = []
    for first, last in blocks(forth.row_sizes() + back.row_sizes(), width) if width else ():
        if cancelled():
            break
        shared = 0.5 * (forth.block(first, last) + back.block(first, last))
        rows, columns = np.nonzero(_hopeful(shared))
        pieces = by_pieces.block(first, last)[rows, columns]
        parts.append((rows + first, columns, shared[rows, columns], pieces))
    if not any(len(a) for a, *_ in parts):
        nothing = np.zeros(0)
        return Pairs(_NO_NUMBERS, _NO_NUMBERS, Traits(*[nothing] * len(Traits._fields)))
    a, b, weight, pieces = map(np.concatenate, zip(*parts, strict=True))
    shared = np.log1p(weight)
    return Pairs(
        a,
        b,
        Traits(
            shared,
            pieces,
            np.minimum(_leads(shared, a, len(left.sentences)), _leads(shared, b, width)),
            _beside(shared, a * (width + 1) + b, width + 2),
            *_figures(left, right, a, b),
        ),
    )


def _hopeful(shared: Weights) -> NDArray[np.bool_]:
    """Return which pairs share enough; of a great many the best of each row."""
    hopeful = shared > _LEAST_SHARED
    if shared.shape[1] > _CANDIDATES:
        best = np.argpartition(shared, -_CANDIDATES, axis=1)[:, -_CANDIDATES:]
        kept = np.zeros_like(hopeful)
        np.put_along_axis(kept, best, values=True, axis=1)
        hopeful &= kept
    return hopeful


def _leads(values: Weights, of: Numbers, count: int) -> Weights:
    """Return how far each value is ahead of the best other of its sentence, or behind the best, up to 1."""
    order = np.lexsort((values, of))
    last = np.searchsorted(of[order], np.arange(count), side="right") - 1
    first = np.searchsorted(of[order], np.arange(count), side="left")
    best = np.where(last >= first, values[order[np.maximum(last, 0)]], 0.0)
    second = np.where(last > first, values[order[np.maximum(last - 1, 0)]], 0.0)
    leading = np.zeros(len(values), dtype=bool)
    leading[order[last[last >= first]]] = True
    gap = np.where(leading, values - second[of], values - best[of])
    return np.clip(gap, -1.0, 1.0)


def _beside(values: Weights, keys: Numbers, step: int) -> Weights:
    """Return the greater value of the pairs before and behind each; ``step`` is from one to the next."""
    found = np.zeros(len(values))
    for there in (keys - step, keys + step):
        place = np.minimum(np.searchsorted(keys, there), len(keys) - 1)
        np.maximum(found, np.where(keys[place] == there, values[place], 0.0), out=found)
    return found


def _figures(left: ReadSource, right: ReadSource, a: Numbers, b: Numbers) -> tuple[Weights, ...]:
    """Return what the figures of each pair say."""
    found = np.zeros((3, len(a)))
    with_a, with_b = _with_figures(left.sentences), _with_figures(right.sentences)
    units = units_of(left, right)
    for place in np.flatnonzero(with_a[a] & with_b[b]).tolist():
        found[:, place] = agreement(left.sentences[a[place]], right.sentences[b[place]], units)
    return tuple(found)


def _with_figures(sentences: Sequence[Sentence]) -> NDArray[np.bool_]:
    return np.array([bool(sentence.figures) for sentence in sentences], dtype=bool)
