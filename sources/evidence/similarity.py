"""How much two sentences say the same, measured within one story on sparse weighted vectors."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import fsum
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sources.evidence.figures.finder import find_figures
from sources.evidence.shared_passages import Shingles
from sources.evidence.sparse_rows import Product, Rows, blocks, expanded, sum_cells
from sources.evidence.synonyms import meaning
from sources.evidence.word_lists import function_words, plain_words, sections
from sources.model import Span, ZoneKind
from sources.text.folding import fold
from sources.text.sentences import split_sentences
from sources.text.tokens import normalised, tokenize, written_words
from sources.text.words import LONG_WORD, STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sources.evidence.sparse_rows import Numbers, Weights
    from sources.model import Ref, Source

# How much two sentences say the same, measured within one story.
#
# Half the cosine of words, half the cosine of the four-letter pieces of words, both weighted by how rare
# they are among the sentences of the story: words tell sentences apart, pieces see through inflection
# and respelling. (Pieces of three to five letters found the same partners at three times the cost.)
# Words count by what they mean: stems, numbers however they are written, and words that news uses for
# each other. A story's sentences are read once and all its pairs compared from that, as products of
# sparse matrices.

_PIECE = 4
NUMBER_WORTH = 1.5  # beside 1 for other words
COMMON_WORTH = 0.7  # of words that many a text has, whatever it is about
NAME_WORTH = 0.4
SPEECH_WORTH = 0.2
_MOSTLY = 0.7  # of the places inside sentences, at which a name has a capital
_SPEECH = frozenset(word for part in sections("speech-verbs.txt").values() for word in part.split())
_COMMON = frozenset(map(normalised, plain_words() | function_words()))
_FINITE = frozenset(sections("speech-verbs.txt")["finite"].split()) | {"according"}
_PASSIVE = frozenset(["be", "been", "being", "is", "are", "was", "were"])
_LONGEST_CREDIT = 10  # words
_BARE = 3  # words: "said", "she said", "told the court"
_MARK = re.compile(r"[,;:()“”\"—–]")
_FEWEST_SENTENCES = 80  # in a story of two short texts, a word of both is no commoner than in one of ten
_CANDIDATES = 16  # of each sentence
_LEAST_SCORE = 0.06


class Amount(NamedTuple):
    """A figure of a sentence: its unit, its value in single units, and where it is in the text."""

    unit: str
    value: float
    span: Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source; ``plain`` is what two sentences share that are the same.

    ``number`` is its own among those of the story; ``group`` numbers the stretches of text between which
    no sentence can have been split or glued.
    """

    span: Span
    number: int
    group: int
    plain: str
    heading: bool = False
    figures: tuple[Amount, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it is a question, in quotation marks or not."""
        return self.plain.rstrip("\"' )").endswith("?")


@dataclass(frozen=True, slots=True)
class ReadSource:
    """The sentences of a source outside muted zones, and its words outside headings.

    ``first`` is the number of its first sentence among those of the story.
    """

    ref: Ref
    text: str
    sentences: tuple[Sentence, ...]
    shingles: Shingles
    first: int

    def figures_in(self, span: Span) -> list[Amount]:
        """Return the figures of the sentences of a passage."""
        begin = bisect_left(self.sentences, span.start, key=lambda sentence: sentence.span.start)
        end = bisect_left(self.sentences, span.end, lo=begin, key=lambda sentence: sentence.span.start)
        return [figure for sentence in self.sentences[begin:end] for figure in sentence.figures]


class Likeness(NamedTuple):
    """How alike two sentences are: the cosines of their words and of the pieces of them, 0 to 1.

    ``rarity`` sums the rarities of the words that they share; a rare one has 3 to 6.
    """

    words: float
    pieces: float
    rarity: float

    @property
    def score(self) -> float:
        """The mean of both cosines, 0 to 1."""
        return 0.5 * (self.words + self.pieces)


class Vector(NamedTuple):
    """What one or several sentences say: unit vectors of their words and of pieces of these, by number."""

    words: dict[int, float]
    pieces: dict[int, float]


class StoryVectors:
    """The sentences of a story's sources, weighted by how rare their words are in it.

    What is worked out once is kept; nothing that can be seen from outside ever changes.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self._numbers: dict[str, int] = {}
        self._spelling: dict[
            int, list[int]
        ] = {}  # of a word inside sentences: how often, how often with a capital
        self._read: dict[tuple[Ref, str], ReadSource] = {}
        sentence_words: list[list[int]] = []  # the words of each sentence by number
        for source in sources:
            if (source.ref, source.text) not in self._read:
                self._read[source.ref, source.text] = self._reading(source, sentence_words)
        worth = [
            _worth_of(form, *self._spelling.get(number, (0, 0))) for form, number in self._numbers.items()
        ]
        self._words, self._pieces, self._rarities, self._meanings = _weighed(
            sentence_words, list(self._numbers), np.array(worth, dtype=np.float64)
        )
        self._vectors: dict[int, Vector] = {}
        self._parts: dict[int, tuple[Rows, Rows]] = {}

    def reading(self, source: Source) -> ReadSource:
        """Return what was read of ``source``; KeyError when it is not one of the story's."""
        return self._read[source.ref, source.text]

    def candidates(
        self, a: ReadSource, b: ReadSource, cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, int, Likeness]]:
        """Yield, for each sentence of ``a`` and of ``b``, those of the other text that are most like it.

        Ends early where ``cancelled`` becomes true.
        """
        if not a.sentences or not b.sentences:
            return
        (words_a, pieces_a), (words_b, pieces_b) = self._rows_of(a), self._rows_of(b)
        by_words, by_pieces = Product(words_a, words_b), Product(pieces_a, pieces_b)
        found = _BestOfColumns(len(b.sentences))
        for first, last in blocks(by_pieces.row_sizes(), len(b.sentences)):
            if cancelled():
                return
            words, pieces = by_words.block(first, last), by_pieces.block(first, last)
            block = _ScoreBlock(first, words, pieces, by_words.shared(first, last, self._rarities))
            yield from block.best_of_rows()
            found.take(block)
        yield from found.best()

    def vector(self, sentence: Sentence, *others: Sentence) -> Vector:
        """Return the vector of a sentence, or of several as a whole."""
        if others:
            numbers = [sentence.number, *(other.number for other in others)]
            return Vector(self._words.summed(numbers), self._pieces.summed(numbers))
        found = self._vectors.get(sentence.number)
        if found is None:
            number = sentence.number
            found = Vector(self._words.summed([number]), self._pieces.summed([number]))
            self._vectors[number] = found
        return found

    def meanings(self, vector: Vector) -> dict[str, float]:
        """Return the weights of a vector's words by what these mean (`sources.evidence.synonyms`)."""
        return {self._meanings[number]: weight for number, weight in vector.words.items()}

    def new_rarity(self, a: ReadSource, one: int, b: ReadSource, other: int, without: int) -> float:
        """Return the rarities of what sentence ``one`` of ``a`` shares with ``other`` of ``b``, summed.

        What sentence ``without`` of ``b`` has as well is left out.
        """
        words_a, words_b = self._rows_of(a)[0], self._rows_of(b)[0]
        shared = words_a.columns_of(one) & words_b.columns_of(other)
        return float(sum(self._rarities[column] for column in sorted(shared - words_b.columns_of(without))))

    def together(self, read: ReadSource, first: int, one: Likeness, two: Likeness) -> float:
        """Return how alike a sentence is to ``first`` of ``read`` and the next one as a whole, 0 to 1.

        ``one`` and ``two`` are how alike it is to each of them.
        """
        words, pieces = self._rows_of(read)
        by_words = words.joined(first, one.words, two.words)
        return 0.5 * (by_words + pieces.joined(first, one.pieces, two.pieces))

    def _rows_of(self, read: ReadSource) -> tuple[Rows, Rows]:
        found = self._parts.get(read.first)
        if found is None:
            last = read.first + len(read.sentences)
            rows = self._words.part(read.first, last), self._pieces.part(read.first, last)
            found = self._parts.setdefault(read.first, rows) if read.sentences else rows
        return found

    def _reading(self, source: Source, sentence_words: list[list[int]]) -> ReadSource:
        sentences: list[Sentence] = []
        plain_words: list[int] = []
        first = len(sentence_words)
        zones = [zone for zone in source.zones if not zone.kind.muted]
        groups = [(zone.kind, split_sentences(source.text, (zone,))) for zone in zones]
        if not source.zones:
            groups = [(ZoneKind.BODY, split_sentences(source.text))]
        only_headings = all(kind is ZoneKind.HEADING for kind, _ in groups)
        amounts = [
            (figure.start, Amount(figure.unit, figure.value, Span(figure.start, figure.end)))
            for figure in find_figures(source)
            if figure.is_telling
        ]
        starts = [start for start, _ in amounts]
        for number, (kind, spans) in enumerate(groups):
            heading = kind is ZoneKind.HEADING
            for span in spans:
                written = written_words(source.text, span)
                forms = list(map(normalised, written))
                words = [self._numbers.setdefault(form, len(self._numbers)) for form in forms]
                if not heading:
                    for word, form in zip(words[1:], written[1:], strict=True):
                        spelling = self._spelling.setdefault(word, [0, 0])
                        spelling[0] += 1
                        spelling[1] += form[0].isupper()
                figures = tuple(
                    amount
                    for _, amount in amounts[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
                )
                plain = plain_form(span.of(source.text))
                sentences.append(Sentence(span, len(sentence_words), number, plain, heading, figures))
                credit = frozenset() if _FINITE.isdisjoint(forms) else speaker_words(source.text, span, forms)
                told = [
                    word
                    for place, (word, form) in enumerate(zip(words, forms, strict=True))
                    if form not in STOP_WORDS and place not in credit
                ]
                sentence_words.append(told or words)
                if not heading or only_headings:
                    plain_words.extend(words)
        return ReadSource(source.ref, source.text, tuple(sentences), Shingles(plain_words), first)


def likeness(one: Vector, other: Vector) -> float:
    """Return how alike what two vectors of one story stand for is, 0 to 1."""
    return 0.5 * (_cosine(one.words, other.words) + _cosine(one.pieces, other.pieces))


def _cosine(one: dict[int, float], other: dict[int, float]) -> float:
    """Return the cosine of two unit vectors, the same in whatever order sets come."""
    shared = one.keys() & other.keys()
    return min(1.0, fsum(map(mul, map(one.__getitem__, shared), map(other.__getitem__, shared))))


def speaker_words(text: str, span: Span, forms: Sequence[str]) -> frozenset[int]:
    """Return which words of a sentence only say who says it, by their numbers: ``forms`` are all of them.

    These are what is before a verb of speech up to the last mark, what is after one that begins its clause
    ("said the clerk"), and where such a clause is bare ("the clerk, 51, said") all that is before it.
    """
    clauses = _clauses(text, span)
    found: set[int] = set()
    for first, last in clauses:
        verb = next((place for place in range(first, last) if forms[place] in _FINITE), None)
        if verb is None or (verb > first and forms[verb - 1] in _PASSIVE):
            continue
        if verb > first:
            if verb - first <= _LONGEST_CREDIT:
                found.update(range(first, verb + 1))
        elif first and last - first <= _LONGEST_CREDIT:
            found.update(range(first, last))
            if last - first <= _BARE and first <= _LONGEST_CREDIT:
                found.update(range(first))
    return frozenset(found)


def _clauses(text: str, span: Span) -> list[tuple[int, int]]:
    """Return the runs of words between commas, colons, quotation marks and brackets, by their numbers."""
    tokens = tokenize(text, span)
    borders = [0]
    for number, (one, other) in enumerate(pairwise(tokens), start=1):
        if _MARK.search(text, one.end, other.start):
            borders.append(number)
    return list(pairwise([*borders, len(tokens)]))


def _worth_of(form: str, often: int, capital: int) -> float:
    """Return what it counts that two sentences share a word: a name is their subject, not what they say."""
    if form[0].isdigit():
        return NUMBER_WORTH
    if form in _SPEECH:
        return SPEECH_WORTH
    if capital > _MOSTLY * often:
        return NAME_WORTH
    return COMMON_WORTH if form in _COMMON else 1.0


def _weighed(
    sentence_words: list[list[int]], forms: list[str], worth: Weights
) -> tuple[Rows, Rows, Weights, list[str]]:
    """Return the sentences as rows of words and of pieces, and how rare each word is and what it means."""
    total = max(_FEWEST_SENTENCES, len(sentence_words))
    rows = np.repeat(np.arange(len(sentence_words)), [len(words) for words in sentence_words])
    words = np.fromiter((word for sentence in sentence_words for word in sentence), np.int64, len(rows))
    rows, words, times = sum_cells(rows, words, np.ones(len(rows)), max(1, len(forms)))
    times = 1.0 + np.log(times)  # a word that stands twice in a sentence does not say twice as much
    found_in = np.bincount(words, minlength=len(forms))
    numbers: dict[str, int] = {}
    meant = np.array([numbers.setdefault(meaning(form), len(numbers)) for form in forms], dtype=np.int64)
    rarities = _rarity(np.bincount(meant, found_in, minlength=len(numbers)), total)
    meant_worth = np.full(len(numbers), np.inf)
    np.minimum.at(meant_worth, meant, worth)
    rarities = rarities * meant_worth
    by_words = sum_cells(rows, meant[words], times * rarities[meant[words]], max(1, len(numbers)))
    starts, pieces, count = _pieces_of(forms)
    lengths = np.diff(starts)
    pieces_in = np.bincount(pieces, np.repeat(found_in, lengths), minlength=count)
    run, place = expanded(starts[words], lengths[words])
    weights: Weights = times[run] * _rarity(pieces_in, total)[pieces[place]]
    by_pieces = sum_cells(rows[run], pieces[place], weights, max(1, count))
    return (
        Rows.made(len(sentence_words), *by_words),
        Rows.made(len(sentence_words), *by_pieces),
        rarities,
        list(numbers),
    )


def _rarity(counts: Weights | Numbers, total: int) -> Weights:
    return np.asarray(np.log1p(total / np.clip(counts, 1, total)), dtype=np.float64)


def _pieces_of(forms: list[str]) -> tuple[Numbers, Numbers, int]:
    """Return where the pieces of each word begin, all pieces by number, and how many there are."""
    numbers: dict[str, int] = {}
    found = [[numbers.setdefault(piece, len(numbers)) for piece in character_pieces(form)] for form in forms]
    starts = np.concatenate(([0], np.cumsum([len(each) for each in found], dtype=np.int64)))
    return (
        starts,
        np.fromiter((piece for each in found for piece in each), np.int64, starts[-1]),
        len(numbers),
    )


class _ScoreBlock:
    """Some rows of the likenesses of all sentences of one text, from ``first`` on, with all of another."""

    def __init__(self, first: int, words: Weights, pieces: Weights, rarities: Weights) -> None:
        self.first = first
        self.scores = 0.5 * (words + pieces)
        self.parts = words, pieces, rarities

    def best_of_rows(self) -> Iterator[tuple[int, int, Likeness]]:
        """Yield the best columns of each row."""
        hopeful = self.scores > _LEAST_SCORE
        if self.scores.shape[1] > _CANDIDATES:
            best = np.argpartition(self.scores, -_CANDIDATES, axis=1)[:, -_CANDIDATES:]
            kept = np.zeros_like(hopeful)
            np.put_along_axis(kept, best, values=True, axis=1)
            hopeful &= kept
        rows, columns = np.nonzero(hopeful)
        parts = zip(*(part[rows, columns].tolist() for part in self.parts), strict=True)
        yield from zip(
            (rows + self.first).tolist(), columns.tolist(), map(Likeness._make, parts), strict=True
        )


class _BestOfColumns:
    """The best row of each column over all blocks."""

    def __init__(self, count: int) -> None:
        self._scores = np.full(count, _LEAST_SCORE)
        self._rows = np.zeros(count, dtype=np.int64)
        self._parts = [np.zeros(count) for _ in range(3)]

    def take(self, block: _ScoreBlock) -> None:
        rows = block.scores.argmax(axis=0)
        columns = np.arange(len(rows))
        better = block.scores[rows, columns] > self._scores
        rows, columns = rows[better], columns[better]
        self._scores[columns] = block.scores[rows, columns]
        self._rows[columns] = rows + block.first
        for best, part in zip(self._parts, block.parts, strict=True):
            best[columns] = part[rows, columns]

    def best(self) -> Iterator[tuple[int, int, Likeness]]:
        columns = np.flatnonzero(self._scores > _LEAST_SCORE)
        parts = zip(*(part[columns].tolist() for part in self._parts), strict=True)
        yield from zip(
            self._rows[columns].tolist(), columns.tolist(), map(Likeness._make, parts), strict=True
        )


def plain_form(passage: str) -> str:
    """Return a passage without what does not matter when two are the same: case, spaces, quote shapes."""
    return " ".join(fold(passage).split())


@lru_cache(maxsize=1 << 15)
def character_pieces(word: str) -> tuple[str, ...]:
    """Return the pieces of four characters of a word with a space at either end."""
    framed = f" {word[:LONG_WORD]} "
    return tuple(framed[start : start + _PIECE] for start in range(max(1, len(framed) - _PIECE + 1)))
