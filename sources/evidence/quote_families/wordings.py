"""The wordings of a story's quotes, sentence by sentence, and how many words two of them share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import LCSseq

from sources.text.sentences import split_sentences
from sources.text.tokens import Token, tokenize
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.evidence.quote_families.speakers import Speaker
    from sources.evidence.quotes import Quote
    from sources.model import Ref

# Not measured: the families of the bundled story and of the tests are the same a step lower or higher.
_WIDEST_SPREAD = 1.5  # lengths of the shorter wording over which its words may be spread in the longer one,
_SPREAD_ANYWAY = 2  # words more, for the sake of very short ones
_LEAST_ALTERED = 6  # words of a wording, from which it may have some of its own
_LONGEST_TURN_OF_PHRASE = 3  # words: so many in a row may be a turn of phrase, fewer are none


class MatchedRun(NamedTuple):
    """Words ``a[a_start : a_start + length]`` that stand in ``b`` from ``b_start`` on."""

    a_start: int
    b_start: int
    length: int


class WordingMatch(NamedTuple):
    """How the words of ``a`` stand in ``b``.

    ``coverage`` is the share of the words of the shorter one that the longer one has in order.
    """

    runs: tuple[MatchedRun, ...]
    coverage: float
    shared: int
    content: int

    @property
    def longest(self) -> int:
        """Return how many words the longest run has."""
        return max((run.length for run in self.runs), default=0)


def match_words(a: Sequence[str], b: Sequence[str]) -> WordingMatch:
    """Lay the words of ``a`` beside those of ``b``; stray shared words far from all others do not count."""
    runs = [
        MatchedRun(code.src_start, code.dest_start, code.src_end - code.src_start)
        for code in LCSseq.opcodes(list(a), list(b))
        if code.tag == "equal"
    ]
    runs = _joined(runs, a, b)
    runs = _close_together(runs, min(len(a), len(b)))
    shared = sum(run.length for run in runs)
    content = sum(
        a[place] not in STOP_WORDS for run in runs for place in range(run.a_start, run.a_start + run.length)
    )
    return WordingMatch(tuple(runs), shared / max(1, min(len(a), len(b))), shared, content)


def _joined(runs: list[MatchedRun], a: Sequence[str], b: Sequence[str]) -> list[MatchedRun]:
    """Move a short run to the next one where its words stand there as well: "[A] harbour is [a promise]"."""
    joined: list[MatchedRun] = []
    for run in reversed(runs):
        if joined:
            after = joined[-1]
            start_a, start_b = after.a_start - run.length, after.b_start - run.length
            words = list(a[run.a_start : run.a_start + run.length])
            free = start_a >= run.a_start and start_b >= run.b_start
            if free and list(a[start_a : after.a_start]) == words == list(b[start_b : after.b_start]):
                joined[-1] = MatchedRun(start_a, start_b, after.length + run.length)
                continue
        joined.append(run)
    return joined[::-1]


def _close_together(runs: list[MatchedRun], length: int) -> list[MatchedRun]:
    """Drop runs at either end that stand farther from the others than the shorter wording is long."""
    while len(runs) > 1:
        first, last = runs[0], runs[-1]
        spread = max(last.a_start + last.length - first.a_start, last.b_start + last.length - first.b_start)
        if spread <= _WIDEST_SPREAD * length + _SPREAD_ANYWAY:
            break
        runs = runs[1:] if first.length <= last.length else runs[:-1]
    return runs


def is_part(match: WordingMatch, a: Sequence[str], b: Sequence[str], *, least: float) -> bool:
    """Tell whether the shorter of two wordings is one of the other, ``least`` of its words shared."""
    shorter = min(len(a), len(b))
    if match.coverage < least or match.content < 1:
        return False
    if shorter <= _LONGEST_TURN_OF_PHRASE:
        return match.longest == shorter and (match.content > 1 or len(a) == len(b))
    altered = match.longest >= _LONGEST_TURN_OF_PHRASE and match.content >= 2
    return match.longest == shorter or (altered and (match.coverage == 1 or shorter >= _LEAST_ALTERED))


def longest_overlap(match: WordingMatch) -> MatchedRun | None:
    """Return the longest run that two wordings share, None where it may be a turn of phrase."""
    run = max(match.runs, key=lambda one: one.length, default=None)
    return run if run is not None and run.length > _LONGEST_TURN_OF_PHRASE and match.content >= 2 else None


# The different wordings of a story's quotes, sentence by sentence, and which of them share words.
#
# Equal wordings are one, however many texts have them, and only wordings that share two neighbouring
# words are ever laid side by side: the work grows with the number of quotes, not with its square.

_TOO_COMMON = 200  # wordings that have two words beside each other, from which that tells nothing
_MOST_COMPARED = 16  # wordings laid beside one
_MOST_WORDS = 400  # of a sentence that are compared
_HALF = 0.5  # of the words of another, or
_MUCH = 8  # words in a row, from which a sentence may be joined from it and more
_MUCH_SHORTER = 0.8  # of the words of a sentence, below which another in it is not the same one
PART_COVERAGE = 0.75  # of the shorter wording, from which it is taken for the longer one's


class StoryQuote(NamedTuple):
    """A quote of a source, with the span inside its marks and its speaker within the story."""

    ref: Ref
    quote: Quote
    start: int
    end: int
    speaker: Speaker


class QuotedSentence(NamedTuple):
    """A sentence of a quote: the quote's number, its tokens in the source, its wording's number."""

    said: int
    tokens: tuple[Token, ...]
    wording: int

    @property
    def start(self) -> int:
        """Return where its first word begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Return where its last word ends."""
        return self.tokens[-1].end


@dataclass(frozen=True)
class Wordings:
    """All units of a story and their different wordings, with the matches between those."""

    units: list[QuotedSentence] = field(default_factory=list)
    words: list[tuple[str, ...]] = field(default_factory=list)
    matches: list[dict[int, WordingMatch]] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)

    def units_of(self) -> list[list[QuotedSentence]]:
        """Return the units of each wording."""
        found: list[list[QuotedSentence]] = [[] for _ in self.words]
        for unit in self.units:
            found[unit.wording].append(unit)
        return found

    def is_part(self, one: int, other: int) -> bool:
        """Tell whether the shorter of two wordings is a part of the other."""
        match = self.matches[one].get(other)
        return match is not None and is_part(match, self.words[one], self.words[other], least=PART_COVERAGE)

    def merged_from(self, wording: int) -> dict[int, tuple[int, int]]:
        """Return the wordings that one joins parts of, each with the words of it that they share.

        Empty unless there are at least two, whose shared words stand apart in it and which have nothing to
        do with each other.
        """
        found: list[tuple[int, int, int, bool]] = []
        for other, match in self.matches[wording].items():
            run = longest_overlap(match)
            taken = run is not None and self.is_part(wording, other)
            much = run is not None and run.length >= min(_MUCH, _HALF * len(self.words[other]))
            if run is not None and much and (not taken or self._contains_sentence(wording, other)):
                found.append((run.a_start, run.a_start + run.length, other, taken))
        found.sort()
        apart = any(
            first[1] <= second[0] + 1
            and not (first[3] and second[3])
            and not self._are_related(first[2], second[2])
            for place, first in enumerate(found)
            for second in found[place + 1 :]
        )
        return {other: (start, end) for start, end, other, _ in found} if apart else {}

    def _contains_sentence(self, wording: int, other: int) -> bool:
        """Tell whether a wording has all of another that is a sentence elsewhere, and much besides."""
        return self.whole[other] and len(self.words[other]) < _MUCH_SHORTER * len(self.words[wording])

    def _are_related(self, one: int, other: int) -> bool:
        match = self.matches[one].get(other)
        return match is not None and (self.is_part(one, other) or longest_overlap(match) is not None)


def read_wordings(quoted: Sequence[StoryQuote], texts: Sequence[str]) -> Wordings:
    """Read the wordings of quotes; ``texts`` are the sources' texts, one for each of ``quoted``."""
    found = Wordings()
    numbers: dict[tuple[str, ...], int] = {}
    for number, (said, text) in enumerate(zip(quoted, texts, strict=True)):
        for tokens in _sentences(text, said.start, said.end):
            words = tuple(token.norm for token in tokens[:_MOST_WORDS])
            wording = numbers.setdefault(words, len(numbers))
            if wording == len(found.words):
                found.words.append(words)
                found.whole.append(False)
            found.units.append(QuotedSentence(number, tokens, wording))
            found.whole[wording] |= not text[tokens[0].start].islower()
    _match_similar(found)
    return found


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[Token, ...]]:
    inside = text[start:end]
    for span in split_sentences(inside):
        tokens = tuple(
            Token(start + token.start, start + token.end, token.norm) for token in tokenize(inside, span)
        )
        if tokens:
            yield tokens


def _match_similar(found: Wordings) -> None:
    holders: dict[tuple[str, ...], list[int]] = {}
    keys_of = [frozenset(_index_keys(words)) for words in found.words]
    for number, keys in enumerate(keys_of):
        for key in keys:
            holders.setdefault(key, []).append(number)
    pairs: list[set[int]] = [set() for _ in found.words]
    for number, keys in enumerate(keys_of):
        together: Counter[int] = Counter()
        for key in keys:
            if len(holders[key]) <= _TOO_COMMON:
                together.update(holders[key])
        del together[number]
        for other, _ in together.most_common(_MOST_COMPARED):
            pairs[number].add(other)
            pairs[other].add(number)
    found.matches.extend(
        {other: match_words(found.words[number], found.words[other]) for other in sorted(others)}
        for number, others in enumerate(pairs)
    )


def _index_keys(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Yield what two wordings of one utterance have in common: neighbouring words that say something."""
    if len(words) == 1:
        yield (words[0],)
    for pair in pairwise(words):
        if pair[0] not in STOP_WORDS or pair[1] not in STOP_WORDS:
            yield pair
    yield from zip(words, words[1:], words[2:], strict=False)
    yield from pairwise(word for word in words if word not in STOP_WORDS)
