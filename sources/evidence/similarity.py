"""How much two sentences say the same, measured within one story on sparse weighted vectors."""

from __future__ import annotations

from functools import lru_cache
from math import fsum
from operator import mul
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from sources.evidence.clause_statements import read_statement
from sources.evidence.sentence_reading import StoryReader
from sources.evidence.sparse_rows import Product, Rows, blocks, expanded, sum_cells
from sources.evidence.synonyms import meaning
from sources.evidence.word_lists import function_words, plain_words, sections
from sources.text.tokens import normalised
from sources.text.words import LONG_WORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sources.evidence.clause_statements import Statement
    from sources.evidence.sentence_reading import ReadSource, Sentence
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
_FEWEST_SENTENCES = 80  # in a story of two short texts, a word of both is no commoner than in one of ten
_TELLING_RARITY = 1.0  # from which a word is no subject of the whole story
NAME_TELLS = 0.5  # beside 1 of other words
SILENT_TELLS = 0.1
_CANDIDATES = 16  # of each sentence
_LEAST_SCORE = 0.06


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


class Candidates(NamedTuple):
    """Pairs of sentences ``a`` and ``b`` of two texts, and the three figures of how alike each pair is."""

    a: Numbers
    b: Numbers
    words: Weights
    pieces: Weights
    rarities: Weights

    def likenesses(self) -> Iterator[Likeness]:
        """Yield how alike each pair is."""
        parts = (self.words.tolist(), self.pieces.tolist(), self.rarities.tolist())
        return map(Likeness._make, zip(*parts, strict=True))

    def where(self, mask: NDArray[np.bool_]) -> Candidates:
        """Return the pairs for which ``mask`` is true."""
        words, pieces, rarities = self.words[mask], self.pieces[mask], self.rarities[mask]
        return Candidates(self.a[mask], self.b[mask], words, pieces, rarities)


_NO_SENTENCES, _NO_WEIGHTS = np.zeros(0, dtype=np.int64), np.zeros(0)
_NO_CANDIDATES = Candidates(_NO_SENTENCES, _NO_SENTENCES, _NO_WEIGHTS, _NO_WEIGHTS, _NO_WEIGHTS)


def _joined(parts: Sequence[Candidates]) -> Candidates:
    return Candidates(*map(np.concatenate, zip(*parts, strict=True)))


class Vector(NamedTuple):
    """What one or several sentences say: unit vectors of their words and of pieces of these, by number."""

    words: dict[int, float]
    pieces: dict[int, float]


class StoryVectors:
    """The sentences of a story's sources, weighted by how rare their words are in it.

    What is worked out once is kept; nothing that can be seen from outside ever changes.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        reader = StoryReader()
        self._read: dict[tuple[Ref, str], ReadSource] = {}
        for source in sources:
            if (source.ref, source.text) not in self._read:
                self._read[source.ref, source.text] = reader.read(source)
        worth = [
            _worth_of(form, reader.inside[number], reader.capitals[number])
            for form, number in reader.numbers.items()
        ]
        self._words, self._pieces, self._rarities, self._meanings = _weighed(
            reader.words, list(reader.numbers), np.array(worth, dtype=np.float64)
        )
        self._vectors: dict[int, Vector] = {}
        self._statements: dict[int, Statement] = {}
        self._telling: dict[int, dict[str, float]] = {}
        self._parts: dict[int, tuple[Rows, Rows]] = {}

    def reading(self, source: Source) -> ReadSource:
        """Return what was read of ``source``; KeyError when it is not one of the story's."""
        return self._read[source.ref, source.text]

    def candidates(
        self,
        a: ReadSource,
        b: ReadSource,
        cancelled: Callable[[], bool],
        wanted: Mapping[int, Iterable[int]],
    ) -> Candidates:
        """Return, for each sentence of ``a`` and of ``b``, those of the other text that are most like it.

        Of those of ``a`` that are ``wanted`` with some of ``b`` these pairs come as well. A pair may come
        twice. Ends early where ``cancelled`` becomes true.
        """
        parts: list[Candidates] = [_NO_CANDIDATES]
        if not a.sentences or not b.sentences:
            return _NO_CANDIDATES
        (words_a, pieces_a), (words_b, pieces_b) = self._rows_of(a), self._rows_of(b)
        by_words, by_pieces = Product(words_a, words_b), Product(pieces_a, pieces_b)
        found = _BestOfColumns(len(b.sentences))
        for first, last in blocks(by_pieces.row_sizes(), len(b.sentences)):
            if cancelled():
                return _joined(parts)
            words, pieces = by_words.block(first, last), by_pieces.block(first, last)
            block = _ScoreBlock(first, words, pieces, by_words.shared(first, last, self._rarities))
            parts.append(block.best_of_rows(wanted))
            found.take(block)
        return _joined([*parts, found.best()])

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

    def statement(self, read: ReadSource, sentence: Sentence) -> Statement:
        """Return what a sentence of a source states."""
        found = self._statements.get(sentence.number)
        if found is None:
            found = self._statements[sentence.number] = read_statement(read.text, sentence.span)
        return found

    def telling(self, read: ReadSource, sentence: Sentence) -> dict[str, float]:
        """Return what the words of a sentence mean that are not all over the story, and how much each tells.

        Names tell less than other words, and its subjects and what describes names hardly anything.
        """
        found = self._telling.get(sentence.number)
        if found is None:
            statement = self.statement(read, sentence)
            found = {
                word: SILENT_TELLS
                if word in statement.silent
                else NAME_TELLS
                if word in statement.names
                else 1.0
                for column in self._words.columns_of(sentence.number)
                if self._rarities[column] >= _TELLING_RARITY
                for word in (self._meanings[column],)
            }
            self._telling[sentence.number] = found
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

    def rarities(self, read: ReadSource) -> list[float]:
        """Return the rarities of the words of each sentence of a source, summed."""
        words = self._rows_of(read)[0]
        sums = np.bincount(words.numbers, self._rarities[words.columns], minlength=len(words))
        return cast("list[float]", sums.tolist())

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


def likeness(one: Vector, other: Vector) -> float:
    """Return how alike what two vectors of one story stand for is, 0 to 1."""
    return 0.5 * (_cosine(one.words, other.words) + _cosine(one.pieces, other.pieces))


def _cosine(one: dict[int, float], other: dict[int, float]) -> float:
    """Return the cosine of two unit vectors, the same in whatever order sets come."""
    shared = one.keys() & other.keys()
    return min(1.0, fsum(map(mul, map(one.__getitem__, shared), map(other.__getitem__, shared))))


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

    def best_of_rows(self, wanted: Mapping[int, Iterable[int]]) -> Candidates:
        """Return the best columns of each row, and those that are ``wanted`` of it."""
        hopeful = self.scores > _LEAST_SCORE
        if self.scores.shape[1] > _CANDIDATES:
            best = np.argpartition(self.scores, -_CANDIDATES, axis=1)[:, -_CANDIDATES:]
            kept = np.zeros_like(hopeful)
            np.put_along_axis(kept, best, values=True, axis=1)
            hopeful &= kept
        for row in range(self.first, self.first + len(hopeful)) if wanted else ():
            for column in wanted.get(row, ()):
                hopeful[row - self.first, column] = True
        rows, columns = np.nonzero(hopeful)
        return Candidates(rows + self.first, columns, *(part[rows, columns] for part in self.parts))


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

    def best(self) -> Candidates:
        columns = np.flatnonzero(self._scores > _LEAST_SCORE)
        return Candidates(self._rows[columns], columns, *(part[columns] for part in self._parts))


@lru_cache(maxsize=1 << 15)
def character_pieces(word: str) -> tuple[str, ...]:
    """Return the pieces of four characters of a word with a space at either end."""
    framed = f" {word[:LONG_WORD]} "
    return tuple(framed[start : start + _PIECE] for start in range(max(1, len(framed) - _PIECE + 1)))
