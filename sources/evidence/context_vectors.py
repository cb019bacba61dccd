"""The words around a place in a text as a weighted vector, and how similar two such contexts are."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.figures.number_words import FACTORS, TENS_IN_WORDS, UNITS_IN_WORDS
from sources.evidence.synonyms import meaning
from sources.evidence.thesaurus import SAME_SENSE, bases_of, related
from sources.model import Span
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sources.evidence.entities import Entity
    from sources.model import Ref
    from sources.text.tokens import Token

Names = list[tuple[int, int, str]]  # the places of names in a text, in order, with the entity's id
Vector = dict[str, float]
_CLAUSE_END = re.compile(
    r"[;:]\s|\s--?\s|[—–]|,? (?:while|whereas|but|although|though|yet)\s|, and (?=\w+ \w+ed\b)|\(|\)"
)
_NUMBER_WORDS = frozenset((*UNITS_IN_WORDS, *TENS_IN_WORDS)) | FACTORS.keys()
_HALF_WEIGHT_DISTANCE = 60.0  # code points at which a word has half its weight
_OTHER_CLAUSE_WEIGHT = 0.5  # the weight of words outside the clause
_REACH = 600  # code points; a list or table without a stop is no sentence to be read as a whole
SAME_MEANING, _WIDER = 0.5, 0.25  # how near words of one meaning are, and a kind of what the other means
_MOST_NAMES = 60  # of a sentence


class TellingWord(NamedTuple):
    """A word or name of a sentence, as the term that it counts as."""

    term: str
    start: int
    end: int


class ContextVector(NamedTuple):
    """The terms around a place with their weights, and how each is written there."""

    terms: Vector
    spelling: dict[str, str]


def names_by_ref(entities: Iterable[Entity]) -> dict[Ref, Names]:
    """Return the places of all names by source, in order."""
    names: dict[Ref, Names] = defaultdict(list)
    for entity in entities:
        for mention in entity.mentions:
            names[mention.ref].append((mention.start, mention.end, entity.id))
    return {ref: sorted(places) for ref, places in names.items()}


def context_window(place: Span, sentence: Span) -> Span:
    """Return what of a sentence is near enough to ``place`` to say something of it; most have all of it."""
    return Span(max(sentence.start, place.start - _REACH), min(sentence.end, place.end + _REACH))


def clause_around(text: str, place: Span, sentence: Span) -> Span:
    """Return the part of a sentence around ``place`` that no semicolon, dash, bracket or "while" divides."""
    start, end = sentence
    for match in _CLAUSE_END.finditer(text, sentence.start, sentence.end):
        if match.end() <= place.start:
            start = match.end()
        elif match.start() >= place.end:
            end = match.start()
            break
    return Span(start, end)


def telling_words(sentence: Span, names: Names, tokens: Iterable[Token]) -> list[TellingWord]:
    """Return the words and names of a sentence that tell what it is about: no small words, no numbers.

    ``tokens`` are its words.
    """
    first = bisect_left(names, (sentence.start,))
    inside = [name for name in names[first : first + _MOST_NAMES] if name[0] < sentence.end]
    found = [TellingWord(f"@{identifier}", start, end) for start, end, identifier in inside]
    ahead = iter(inside)
    name = next(ahead, None)
    for start, end, norm in tokens:
        while name is not None and name[1] <= start:
            name = next(ahead, None)
        if (name is None or start < name[0]) and not _is_uninformative(norm):
            found.append(TellingWord(meaning(norm), start, end))
    return found


def context_vector(
    text: str, place: Span, clause: Span, words: Iterable[TellingWord], left_out: Span
) -> ContextVector:
    """Return the words of a sentence by how near they are to ``place``, those outside its clause by half.

    What stands in ``left_out`` does not count.
    """
    found = ContextVector({}, {})
    begin, stop = place.start - _REACH, place.end + _REACH
    for term, start, end in words:
        if not begin <= start < stop or (start < left_out.end and end > left_out.start and term[0] != "@"):
            continue
        gap = max(0, start - place.end, place.start - end)
        weight = weight_at(gap)
        if not clause.start <= start < clause.end:
            weight *= _OTHER_CLAUSE_WEIGHT
        if weight > found.terms.get(term, 0.0):
            found.terms[term] = weight
        found.spelling.setdefault(term, text[start:end])
    return found


def weight_at(gap: int) -> float:
    """Return what a word counts that is so many code points away."""
    return _HALF_WEIGHT_DISTANCE / (_HALF_WEIGHT_DISTANCE + gap)


def _is_uninformative(norm: str) -> bool:
    return (
        len(norm) < 3 or norm[0].isdigit() or norm[0] in "$€£¥" or norm in STOP_WORDS or norm in _NUMBER_WORDS
    )


def weighted_by_rarity(surroundings: Sequence[tuple[str, Vector]]) -> list[Vector]:
    """Return terms as vectors of length one, weighed by rarity among the wordings they come from."""
    return [_unit_length(vector) for vector in rarity_weighted(surroundings)]


def rarity_weighted(surroundings: Sequence[tuple[str, Vector]], beside: int = 0) -> list[Vector]:
    """Return terms weighed by rarity, 0 to 1, among the wordings they come from and others ``beside``."""
    wordings: dict[str, set[str]] = defaultdict(set)
    for wording, terms in surroundings:
        wordings[wording].update(terms)
    counts = Counter(term for terms in wordings.values() for term in terms)
    total = len(wordings) + 1 + beside
    rarity = {term: 1.0 - math.log(count) / math.log(total) for term, count in counts.items()}
    return [{term: weight * rarity[term] for term, weight in terms.items()} for _, terms in surroundings]


def union(vectors: Iterable[Vector]) -> Vector:
    """Return all terms of vectors, each with its greatest weight."""
    first, *others = vectors
    if not others:
        return first
    found = dict(first)
    for vector in others:
        for term, weight in vector.items():
            found[term] = max(weight, found.get(term, 0.0))
    return found


def _unit_length(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else vector


def dot(one: Vector, other: Vector) -> float:
    """Return the dot product of two vectors, which is the cosine where they have length one."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())


Kin = dict[str, dict[str, float]]  # the terms that may stand for a term, with how near they are, 0 to 1


def kin_among(written: Mapping[str, str]) -> Kin:
    """Return which of some terms may stand for one another, by the thesaurus; each with how it is written."""
    of_base: dict[str, list[str]] = defaultdict(list)
    words = {term: word.lower() for term, word in written.items() if term[0] not in "@#"}
    for term, word in words.items():
        for base in bases_of(word):
            of_base[base].append(term)
    found: Kin = {}
    for term, word in words.items():
        near = related(word)
        mates: dict[str, float] = {}
        for base in near.keys() & of_base.keys():
            nearness = SAME_MEANING if near[base] == SAME_SENSE else _WIDER
            for other in of_base[base]:
                mates[other] = max(nearness, mates.get(other, 0.0))
        mates.pop(term, None)
        if mates:
            found[term] = mates
    return found


def soft_dot(one: Vector, other: Vector, kin: Kin, least: float = 0.0) -> float:
    """Return the dot product of two vectors, in which a term that only one has meets the nearest of its kin.

    Kin that is less near than ``least`` does not count.
    """
    if len(other) < len(one):
        one, other = other, one
    total = 0.0
    for term, weight in one.items():
        met = other.get(term)
        if met is not None:
            total += weight * met
        elif term in kin:
            near = [far * other[mate] for mate, far in kin[term].items() if mate in other and far >= least]
            total += weight * max(near, default=0.0)
    return total


class Partition:
    """Numbers from 0 on in groups that can be joined (Galler and Fisher 1964)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._members = {number: [number] for number in range(size)}

    def group_of(self, number: int) -> int:
        """Return the number that stands for the group."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def members(self, number: int) -> list[int]:
        """Return the numbers of the group that ``number`` is in."""
        return self._members[self.group_of(number)]

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        first, second = self.group_of(one), self.group_of(other)
        if first != second:
            self._parent[second] = first
            self._members[first] += self._members.pop(second)

    def groups(self) -> list[list[int]]:
        """Return all groups."""
        return list(self._members.values())


def pairs_within_reach(size: int) -> Iterable[tuple[int, int]]:
    """Yield the pairs of numbers below ``size``; of a great many only those near one another.

    So the time stays within bounds for a text as long as a library; of some thousand all pairs are yielded.
    """
    reach = max(_NEIGHBOURS, _PAIRS // max(1, size))
    for one in range(size):
        for other in range(one + 1, min(size, one + reach)):
            yield one, other


_PAIRS, _NEIGHBOURS = 2_000_000, 50
