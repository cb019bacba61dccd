"""How much two sentences say the same, measured within one story.

Half the cosine of stemmed words, half the cosine of the four-letter pieces of words, both weighted by how
rare they are among the sentences of the story: words tell sentences apart, pieces see through inflection
and respelling. (Pieces of three to five letters found the same partners at three times the cost.) A
story's sentences are read once and all its pairs compared from that.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, log, sqrt
from operator import mul
from typing import TYPE_CHECKING

from sources.evidence.passages import Shingles
from sources.model import Span, ZoneKind
from sources.text.sentences import split_sentences
from sources.text.tokens import LONG_WORD, STOPWORDS, fold, norms, stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.model import Ref, Source

METHOD_VERSION = "1"

_PIECE = 4
_FEWEST_SENTENCES = 80  # in a story of two short texts, a word of both is no commoner than in one of ten


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a bag of words: how often each word that says something stands in it.

    ``group`` numbers the stretches of text between which no sentence can have been split or glued;
    ``plain`` is what two sentences share that are the same.
    """

    span: Span
    words: dict[str, int]
    group: int
    plain: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class ReadSource:
    """The sentences of a source outside muted zones, and its words outside headings."""

    ref: Ref
    text: str
    sentences: tuple[Sentence, ...]
    shingles: Shingles


class StoryVectors:
    """The sentences of a story's sources, weighted by how rare their words are in it.

    What is worked out once is kept; nothing that can be seen from outside ever changes.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self._numbers: dict[str, int] = {}
        self._read: dict[tuple[Ref, str], ReadSource] = {}
        for source in sources:
            if (source.ref, source.text) not in self._read:
                self._read[source.ref, source.text] = self._reading(source)
        sentences = [one for read in self._read.values() for one in read.sentences]
        self._total = max(_FEWEST_SENTENCES, len(sentences))
        words_in = Counter(word for one in sentences for word in one.words)
        stems_in: Counter[str] = Counter()
        self._pieces_in: Counter[str] = Counter()
        for word, count in words_in.items():
            stems_in[stem(word)] += count
            for piece in set(pieces(word)):
                self._pieces_in[piece] += count
        self._stem_weights = {one: self._rarity(count) for one, count in stems_in.items()}
        self._weighed_pieces: dict[str, tuple[tuple[str, float], ...]] = {}
        self._stems: dict[int, dict[str, float]] = {}
        self._vectors: dict[int, dict[str, float]] = {}
        self._together: dict[tuple[int, int], Sentence] = {}

    def reading(self, source: Source) -> ReadSource:
        """Return what was read of ``source``; KeyError when it is not one of the story's."""
        return self._read[source.ref, source.text]

    def knows(self, source: Source) -> bool:
        """Tell whether ``source`` is among those that were read."""
        return (source.ref, source.text) in self._read

    def stems(self, sentence: Sentence) -> dict[str, float]:
        """Return the unit vector of a sentence's stems."""
        found = self._stems.get(id(sentence))
        if found is None:
            vector: dict[str, float] = {}
            for word, count in sentence.words.items():
                one = stem(word)
                vector[one] = vector.get(one, 0.0) + _damped(count) * self._stem_weights[one]
            found = self._stems[id(sentence)] = _unit(vector)
        return found

    def _pieces(self, sentence: Sentence) -> dict[str, float]:
        found = self._vectors.get(id(sentence))
        if found is None:
            vector: dict[str, float] = {}
            for word, count in sentence.words.items():
                times = _damped(count)
                for piece, weight in self._weighed(word):
                    vector[piece] = vector.get(piece, 0.0) + weight * times
            found = self._vectors[id(sentence)] = _unit(vector)
        return found

    def together(self, first: Sentence, second: Sentence) -> Sentence:
        """Return two neighbours as one sentence, the same object each time it is asked for."""
        key = (id(first), id(second))
        found = self._together.get(key)
        if found is None:
            words = dict(Counter(first.words) + Counter(second.words))
            span = Span(min(first.span.start, second.span.start), max(first.span.end, second.span.end))
            found = self._together.setdefault(key, Sentence(span, words, first.group, ""))
        return found

    def likeness(self, one: Sentence, other: Sentence) -> float:
        """Return how alike two sentences are, 0 to 1."""
        by_words = _cosine(self.stems(one), self.stems(other))
        return 0.5 * by_words + 0.5 * _cosine(self._pieces(one), self._pieces(other))

    def shared_rarity(self, one: Sentence, other: Sentence) -> float:
        """Return the rarities of the stems that two sentences share, summed; a rare one has 3 to 6."""
        return self._rarities(self.stems(one).keys() & self.stems(other).keys())

    def news(self, one: Sentence, other: Sentence, without: Sentence) -> float:
        """Return the rarities of what two sentences share and a third one has not, summed."""
        shared = self.stems(one).keys() & self.stems(other).keys()
        return self._rarities(shared - self.stems(without).keys())

    def _rarities(self, stems: Iterable[str]) -> float:
        return fsum(self._stem_weights[one] for one in stems)

    def _weighed(self, word: str) -> tuple[tuple[str, float], ...]:
        found = self._weighed_pieces.get(word)
        if found is None:
            counts = Counter(pieces(word))
            found = tuple(
                (piece, count * self._rarity(self._pieces_in[piece])) for piece, count in counts.items()
            )
            self._weighed_pieces[word] = found
        return found

    def _rarity(self, count: int) -> float:
        return log(1 + self._total / min(count, self._total))

    def _reading(self, source: Source) -> ReadSource:
        sentences: list[Sentence] = []
        plain_words: list[int] = []
        zones = [zone for zone in source.zones if not zone.kind.muted]
        groups = [(zone.kind, split_sentences(source.text, (zone,))) for zone in zones]
        if not source.zones:
            groups = [(ZoneKind.BODY, split_sentences(source.text))]
        only_headings = all(kind is ZoneKind.HEADING for kind, _ in groups)
        for number, (kind, spans) in enumerate(groups):
            for span in spans:
                forms = norms(source.text, span)
                said = Counter(form for form in forms if form not in STOPWORDS) or Counter(forms)
                plain = plain_form(span.of(source.text))
                heading = kind is ZoneKind.HEADING
                sentences.append(Sentence(span, dict(said), number, plain, heading))
                if not heading or only_headings:
                    plain_words.extend(self._numbers.setdefault(norm, len(self._numbers)) for norm in forms)
        return ReadSource(source.ref, source.text, tuple(sentences), Shingles(plain_words))


def plain_form(passage: str) -> str:
    """Return a passage without what does not matter when two are the same: case, spaces, quote shapes."""
    return " ".join(fold(passage).split())


@lru_cache(maxsize=1 << 15)
def pieces(word: str) -> tuple[str, ...]:
    """Return the pieces of four characters of a word with a space at either end."""
    framed = f" {word[:LONG_WORD]} "
    return tuple(framed[start : start + _PIECE] for start in range(max(1, len(framed) - _PIECE + 1)))


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """Return the cosine of two unit vectors, 0 to 1, the same in whatever order sets come."""
    shared = one.keys() & other.keys()
    return min(1.0, fsum(map(mul, map(one.__getitem__, shared), map(other.__getitem__, shared))))


def _damped(count: int) -> float:
    """Return what a word weighs that stands several times in one sentence."""
    return 1.0 if count == 1 else 1.0 + log(count)


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return {key: weight / length for key, weight in vector.items()} if length else {}
