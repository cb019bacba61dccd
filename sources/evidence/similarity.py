"""How much two sentences say the same, measured within one story.

Half the cosine of stemmed words, half the cosine of the 3- to 5-letter pieces of words, both weighted by
how rare they are among the sentences of the story: words tell sentences apart, pieces see through
inflection and respelling. A story's sentences are read once and all its pairs compared from that.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from typing import TYPE_CHECKING

from sources.evidence.passages import Shingles
from sources.model import Span, ZoneKind
from sources.text.sentences import split_sentences
from sources.text.tokens import STOPWORDS, fold, stem, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.model import Ref, Source

_SMALLEST_PIECE = 3
_LARGEST_PIECE = 5
_LONGEST_WORD = 64


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a bag of words: how often each word that says something stands in it.

    ``group`` numbers the stretches of text between which no sentence can have been split or glued.
    """

    span: Span
    words: dict[str, int]
    group: int
    plain: str


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
        self._total = max(1, len(sentences))
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
            found = self._stems[id(sentence)] = self.stems_of(sentence.words)
        return found

    def piece_vector(self, sentence: Sentence) -> dict[str, float]:
        """Return the unit vector of the pieces of a sentence's words."""
        found = self._vectors.get(id(sentence))
        if found is None:
            found = self._vectors[id(sentence)] = self.pieces_of(sentence.words)
        return found

    def stems_of(self, words: dict[str, int]) -> dict[str, float]:
        """Return the unit vector of the stems of a bag of words."""
        vector: dict[str, float] = {}
        for word, count in words.items():
            one = stem(word)
            vector[one] = vector.get(one, 0.0) + count
        unknown = self._rarity(0)
        return _unit({one: count * self._stem_weights.get(one, unknown) for one, count in vector.items()})

    def pieces_of(self, words: dict[str, int]) -> dict[str, float]:
        """Return the unit vector of the pieces of a bag of words."""
        vector: dict[str, float] = {}
        for word, count in words.items():
            for piece, weight in self._weighed(word):
                vector[piece] = vector.get(piece, 0.0) + weight * count
        return _unit(vector)

    def shared_rarity(self, one: dict[str, int], other: dict[str, int]) -> float:
        """Return the rarities of the stems that two bags of words share, summed; a rare one has 3 to 6."""
        shared = {stem(word) for word in one} & {stem(word) for word in other}
        return sum(self._stem_weights.get(word, 0.0) for word in shared)

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
        return log(1 + self._total / max(1, min(count, self._total)))

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
                norms = [token.norm for token in tokenize(source.text, span)]
                said = Counter(norm for norm in norms if norm not in STOPWORDS) or Counter(norms)
                sentences.append(Sentence(span, dict(said), number, plain_form(span.of(source.text))))
                if kind is not ZoneKind.HEADING or only_headings:
                    plain_words.extend(self._numbers.setdefault(norm, len(self._numbers)) for norm in norms)
        return ReadSource(source.ref, source.text, tuple(sentences), Shingles(plain_words))


def plain_form(passage: str) -> str:
    """Return a passage without what does not matter when two are the same: case, spaces, quote shapes."""
    return " ".join(fold(passage).split())


@lru_cache(maxsize=1 << 15)
def pieces(word: str) -> tuple[str, ...]:
    """Return the pieces of 3 to 5 characters of a word with a space at either end."""
    framed = f" {word[:_LONGEST_WORD]} "
    return tuple(
        framed[start : start + size]
        for size in range(_SMALLEST_PIECE, _LARGEST_PIECE + 1)
        for start in range(max(1, len(framed) - size + 1))
    )


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """Return the cosine of two unit vectors, 0 to 1."""
    return min(1.0, sum(one[key] * other[key] for key in one.keys() & other.keys()))


def joined(sentences: Sequence[Sentence]) -> dict[str, int]:
    """Return the bag of words of some sentences together."""
    together: Counter[str] = Counter()
    for sentence in sentences:
        together.update(sentence.words)
    return dict(together)


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return {key: weight / length for key, weight in vector.items()} if length else {}
