"""What the sentences of one story say, as sparse weighted vectors of their words."""

from __future__ import annotations

from functools import lru_cache
from math import fsum
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sources.evidence.clause_statements import read_statement
from sources.evidence.sentence_reading import StoryReader
from sources.evidence.sparse_rows import Rows, expanded, sum_cells
from sources.evidence.synonyms import meaning
from sources.evidence.word_kinship import Kinship
from sources.evidence.word_lists import function_words, plain_words, sections
from sources.text.tokens import normalised
from sources.text.words import LONG_WORD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from sources.evidence.clause_statements import Statement
    from sources.evidence.sentence_reading import ReadSource, Sentence
    from sources.evidence.sparse_rows import Numbers, Weights
    from sources.model import Ref, Source

# Words count by what they mean: stems, numbers however they are written, and words that news uses for each
# other. Beside them stand all words of the story that can take their place by the thesaurus, each by how near
# it is. All are weighted by how rare they are among the sentences of the story, pieces of four letters as
# well: these see through inflection and respelling. A story's sentences are read once, and all its pairs
# compared from that, as products of sparse matrices.

_PIECE = 4
NUMBER_WORTH = 1.5  # beside 1 for other words
COMMON_WORTH = 0.7  # of words that many a text has, whatever it is about
NAME_WORTH = 0.4
SPEECH_WORTH = 0.2
_MOSTLY = 0.7  # of the places inside sentences, at which a name has a capital
_SPEECH = frozenset(word for part in sections("speech-verbs.txt").values() for word in part.split())
_COMMON = frozenset(map(normalised, plain_words() | function_words()))
_FEWEST_SENTENCES = 80  # in a story of two short texts, a word of both is no commoner than in one of ten


class SourceRows(NamedTuple):
    """The sentences of a source as rows: of pieces of words, and of what their words mean.

    ``said`` are the words, of a name of several words each by its share, ``reached`` all words of the story
    that can stand for them; ``weighed`` and ``weighed_reached`` are the same, times how much each word tells.
    ``told`` is how much all words of each sentence tell.
    """

    pieces: Rows
    said: Rows
    reached: Rows
    weighed: Rows
    weighed_reached: Rows
    told: Weights


class Vector(NamedTuple):
    """What one or several sentences say: unit vectors of their words and of pieces of these, by number."""

    words: dict[int, float]
    pieces: dict[int, float]


class ScoredPairs(NamedTuple):
    """Pairs of sentences ``a`` and ``b`` of two texts by number, in order, and how likely they say the same.

    ``scores`` are log odds; ``apart`` tells whether all figures differ that they have in common units.
    """

    a: Numbers
    b: Numbers
    scores: Weights
    apart: NDArray[np.bool_]

    def turned(self) -> ScoredPairs:
        """Return the pairs with the texts changed over."""
        order = np.lexsort((self.a, self.b))
        return ScoredPairs(self.b[order], self.a[order], self.scores[order], self.apart[order])


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
        forms = list(reader.numbers)
        worth = [_worth_of(form, reader.inside[n], reader.capitals[n]) for form, n in reader.numbers.items()]
        numbers: dict[str, int] = {}
        meant = [numbers.setdefault(meaning(form), len(numbers)) for form in forms]
        self._meanings = list(numbers)
        self._numbers = numbers
        cells = _Cells(reader.words, np.array(meant, dtype=np.int64), np.array(worth), len(numbers))
        self._words, self._said, self._rarities = cells.words(), cells.said(), cells.rarities
        self._plain_rarities = cells.plain_rarities
        self.is_name = cells.worth <= NAME_WORTH  # by the number of a word
        self._pieces = cells.pieces(forms)
        self._kinship = Kinship(forms, meant)
        self._vectors: dict[int, Vector] = {}
        self._statements: dict[int, Statement] = {}
        self._subjects: dict[int, tuple[dict[int, float], dict[int, float]]] = {}
        self._parts: dict[int, SourceRows] = {}
        self.between: dict[tuple[int, int], ScoredPairs] = {}  # by the first sentences of two sources

    def reading(self, source: Source) -> ReadSource:
        """Return what was read of ``source``; KeyError when it is not one of the story's."""
        return self._read[source.ref, source.text]

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

    def meanings(self, vector: Vector) -> dict[str, float]:
        """Return the weights of a vector's words by what these mean (`sources.evidence.synonyms`)."""
        return {self._meanings[number]: weight for number, weight in vector.words.items()}

    def rows_of(self, read: ReadSource) -> SourceRows:
        """Return the sentences of a source, which has some, as rows.

        What can stand for its words is looked up when it is asked for.
        """
        found = self._parts.get(read.first)
        if found is None:
            last = read.first + len(read.sentences)
            said = self._said.part(read.first, last)
            cells = self._kinship.reached(said.numbers, said.columns, said.weights, len(self._meanings))
            reached = Rows.unscaled(len(said), *cells)
            weighed = said.times(self._rarities)
            told = np.bincount(weighed.numbers, weighed.weights, minlength=len(said)).astype(np.float64)
            pieces = self._pieces.part(read.first, last)
            found = SourceRows(pieces, said, reached, weighed, reached.times(self._rarities), told)
            self._parts[read.first] = found
        return found

    def reach_of(self, texts: Iterable[ReadSource]) -> tuple[Weights, NDArray[np.bool_]]:
        """Return, for each word by number, how near sources come to it, 0 to 1, and whether they have it."""
        near, had = np.zeros(len(self._meanings)), np.zeros(len(self._meanings), dtype=bool)
        for rows in (self.rows_of(read) for read in texts if read.sentences):
            np.maximum.at(near, rows.reached.columns, rows.reached.weights)
            had[rows.said.columns] = True
        return near, had

    def shared_subject(self, a: ReadSource, one: Sentence, b: ReadSource, other: Sentence) -> float:
        """Return how rare the words are that stand for subjects of both sentences, summed."""
        mine, near = self._subject(a, one)
        theirs, near_theirs = self._subject(b, other)
        here = fsum(weight * near_theirs.get(word, 0.0) for word, weight in mine.items())
        there = fsum(weight * near.get(word, 0.0) for word, weight in theirs.items())
        return 0.5 * (here + there)

    def shared_statement(self, a: ReadSource, one: Sentence, b: ReadSource, other: Sentence) -> float:
        """Return how much what both sentences say tells, names by half, without what is no statement.

        That is what only says who or what is talked about: the subject, what describes a name, and times.
        """
        silent = self.statement(a, one).silent | self.statement(b, other).silent
        mine = self.rows_of(a).weighed.cells_of(one.number - a.first)
        near = self.rows_of(b).reached.cells_of(other.number - b.first)
        return fsum(
            tells * near[word]
            for word, tells in mine.items()
            if word in near and self._meanings[word] not in silent
        )

    def _subject(self, read: ReadSource, sentence: Sentence) -> tuple[dict[int, float], dict[int, float]]:
        """Return the rarities of the subjects of a sentence, and how near words are to one of them."""
        found = self._subjects.get(sentence.number)
        if found is None:
            subjects = frozenset[str]().union(*self.statement(read, sentence).subjects)
            words = np.array(sorted(self._numbers[w] for w in subjects if w in self._numbers), dtype=np.int64)
            ones = np.ones(len(words))
            _, reached, near = self._kinship.reached(
                np.zeros(len(words), dtype=np.int64), words, ones, len(self._meanings)
            )
            rare = self._plain_rarities[words]
            found = (
                dict(zip(words.tolist(), rare.tolist(), strict=True)),
                dict(zip(reached.tolist(), near.tolist(), strict=True)),
            )
            self._subjects[sentence.number] = found
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


class _Cells:
    """The words of a story's sentences: which sentence has which, how often, and how rare they are.

    ``plain_rarities`` are those of words by what they mean, ``rarities`` the same times what each is worth.
    """

    def __init__(self, sentences: list[list[int]], meant: Numbers, worth: Weights, count: int) -> None:
        self._sentences = sentences
        self._meant = meant
        self._count = count
        self._total = max(_FEWEST_SENTENCES, len(sentences))
        sizes = [len(words) for words in sentences]
        self._every = np.fromiter((word for words in sentences for word in words), np.int64, sum(sizes))
        self._of = np.repeat(np.arange(len(sentences)), sizes)
        rows, words, times = sum_cells(self._of, self._every, np.ones(len(self._of)), max(1, len(meant)))
        self._rows, self._words = rows, words
        self._times = 1.0 + np.log(times)  # a word that stands twice does not say twice as much
        self._found_in = np.bincount(words, minlength=len(meant))
        self.plain_rarities = _rarity(np.bincount(meant, self._found_in, minlength=count), self._total)
        self.worth = np.full(count, np.inf)
        np.minimum.at(self.worth, meant, worth)
        self.rarities = self.plain_rarities * self.worth

    def words(self) -> Rows:
        """Return the sentences as rows of what their words mean, of unit length."""
        meant = self._meant[self._words]
        weights = self._times * self.rarities[meant]
        return Rows.made(len(self._sentences), *sum_cells(self._rows, meant, weights, max(1, self._count)))

    def said(self) -> Rows:
        """Return them as rows of which each word counts once, in a run of names by its share of the run."""
        meant = self._meant[self._every]
        named = self.worth[meant] <= NAME_WORTH
        begins = np.ones(len(meant), dtype=bool)
        begins[1:] = ~(named[1:] & named[:-1]) | (self._of[1:] != self._of[:-1])
        run = np.cumsum(begins) - 1
        shares = 1.0 / np.bincount(run)[run] if len(run) else np.zeros(0)
        width = max(1, self._count)
        rows, columns, summed = sum_cells(self._of, meant, shares, width)
        _, _, often = sum_cells(self._of, meant, np.ones(len(meant)), width)
        return Rows.unscaled(len(self._sentences), rows, columns, summed / often)

    def pieces(self, forms: list[str]) -> Rows:
        """Return the sentences as rows of the four-letter pieces of their words, of unit length."""
        starts, pieces, count = _pieces_of(forms)
        lengths = np.diff(starts)
        pieces_in = np.bincount(pieces, np.repeat(self._found_in, lengths), minlength=count)
        run, place = expanded(starts[self._words], lengths[self._words])
        weights: Weights = self._times[run] * _rarity(pieces_in, self._total)[pieces[place]]
        cells = sum_cells(self._rows[run], pieces[place], weights, max(1, count))
        return Rows.made(len(self._sentences), *cells)


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


@lru_cache(maxsize=1 << 15)
def character_pieces(word: str) -> tuple[str, ...]:
    """Return the pieces of four characters of a word with a space at either end."""
    framed = f" {word[:LONG_WORD]} "
    return tuple(framed[start : start + _PIECE] for start in range(max(1, len(framed) - _PIECE + 1)))
