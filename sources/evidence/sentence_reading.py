"""Reads sentences for a comparison: which words say something, and which figures they have."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.figures import FigureKind
from sources.evidence.figures.finder import find_figures
from sources.evidence.figures.units import MEASURE_UNITS
from sources.evidence.shared_passages import Shingles
from sources.evidence.speaker_nouns import is_human
from sources.evidence.synonyms import with_phrases
from sources.evidence.word_lists import sections
from sources.model import Span, ZoneKind
from sources.text.folding import fold
from sources.text.sentences import split_sentences
from sources.text.tokens import normalised, tokenize, written_words
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.evidence.figures import Figure
    from sources.model import Ref, Source
    from sources.text.tokens import Token

_FINITE = frozenset(sections("speech-verbs.txt")["finite"].split()) | {"according"}
_PASSIVE = frozenset(["be", "been", "being", "is", "are", "was", "were"])
_LONGEST_CREDIT = 10  # words
_LONGEST_LAST = 16  # where nothing follows: "a spokesman for the forces command in Potsdam said"
_BARE = 3  # words: "said", "told the court"
_WITH_LISTENER = frozenset(["told", "tells", "asked", "asks"])
_SHORT_NAME = re.compile(r" \([A-Z][\w&]{0,9}\)")
_MARK = re.compile(r"[,;:()“”\"—–]")
# LONDON, Oct 24 (Reuters) - and Paris (AFP): and VALE — before a report.
_DATELINE = re.compile(
    r"[^\W\d_a-z][\w .,'’/&-]{1,60}?\([A-Z][\w .,/&-]{1,40}\) ?(?:--?|[–—:])"
    r"|[A-ZÀ-Þ]{3}[^\n()]{0,60}?(?: ?\([A-Z][\w .,/&-]{1,40}\)| ?(?:--|[–—:])| -(?= ))"
)


SOLE, FEW, SMALL = 2.0, 1.0, 0.5  # what a figure tells: had once in its text, more often, small or vague
_VAGUE = 4.0  # times its lower end, from which on a range is no number: "thousands of people"
_PRECISE_DIGITS = 3
_DESCRIBING = re.compile(r"[\w.,]+-[^\W\d]+|\d+m")  # "a 400-meter title", "the 400m"
_NEXT_WORD = re.compile(r" ([a-z]+)")
_TWO_DIGITS = 10


class Amount(NamedTuple):
    """A figure of a sentence: its unit, its value in single units, and where it is in the text.

    ``tells`` is how much it tells that another text has it too: little where the number is a small or a vague
    one, or one that its own text comes back to, since then it is what both are about. ``family`` is money,
    the measures or what is counted: texts that give one number call it kroner and crowns, people and
    passengers. Shares and times have none. ``describes`` tells that it only says what kind of thing a noun is
    ("a 400-meter title").
    """

    unit: str
    value: float
    span: Span
    tells: float = 1.0
    family: str = ""
    describes: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source; ``plain`` is what two sentences share that are the same.

    ``number`` is its own among those of the story; ``group`` numbers the stretches of text between which
    no sentence can have been split or glued; ``asks`` tells whether it is a question, in quotation marks
    or not.
    """

    span: Span
    number: int
    group: int
    plain: str
    heading: bool = False
    figures: tuple[Amount, ...] = ()
    asks: bool = False


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


class StoryReader:
    """Reads the sources of a story, with one number for each word of them.

    ``words`` are the words of each sentence that say something, by the sentence's number, ``numbers`` the
    numbers of the words, ``inside`` how often a word is inside sentences, ``capitals`` how often with a
    capital.
    """

    def __init__(self) -> None:
        self.words: list[list[int]] = []
        self.numbers: dict[str, int] = {}
        self.inside: Counter[int] = Counter()
        self.capitals: Counter[int] = Counter()

    def read(self, source: Source) -> ReadSource:
        """Read the next source."""
        sentences: list[Sentence] = []
        plain_words: list[int] = []
        first = len(self.words)
        groups = _stretches(source)
        only_headings = all(kind is ZoneKind.HEADING for kind, _ in groups)
        amounts = _amounts(
            source, [span for kind, spans in groups if kind is ZoneKind.HEADING for span in spans]
        )
        starts = [amount.span.start for amount in amounts]
        for group, (kind, spans) in enumerate(groups):
            heading = kind is ZoneKind.HEADING
            for span in spans:
                written = written_words(source.text, span)
                forms = list(map(normalised, written))
                words = self._numbered(forms)
                if not heading:
                    self.inside.update(words[1:])
                    self.capitals.update(
                        [n for n, form in zip(words[1:], written[1:], strict=True) if form[0].isupper()]
                    )
                if not heading or only_headings:
                    plain_words += words
                here = slice(bisect_left(starts, span.start), bisect_left(starts, span.end))
                plain = plain_form(span.of(source.text))
                asks = plain.rstrip("\"' )").endswith("?")
                figures = tuple(amounts[here])
                sentences.append(Sentence(span, len(self.words), group, plain, heading, figures, asks))
                self.words.append(self._numbered(told_words(source.text, span, forms)) or words)
        return ReadSource(source.ref, source.text, tuple(sentences), Shingles(plain_words), first)

    def _numbered(self, forms: Iterable[str]) -> list[int]:
        """Return the numbers of words; a new one gets the next."""
        numbers = self.numbers
        return [numbers.setdefault(form, len(numbers)) for form in forms]


def _amounts(source: Source, headings: Sequence[Span]) -> list[Amount]:
    """Return the figures of a source, in order; headings only repeat what the text says."""
    figures = [figure for figure in find_figures(source) if figure.is_telling]
    times = Counter(
        (figure.unit, figure.value)
        for figure in figures
        if not any(span.start <= figure.start < span.end for span in headings)
    )
    return [
        Amount(
            figure.unit,
            figure.value,
            Span(figure.start, figure.end),
            SMALL if not _is_precise(figure) else SOLE if times[figure.unit, figure.value] == 1 else FEW,
            _family(figure),
            _describes(source.text, figure),
        )
        for figure in figures
    ]


def _describes(text: str, figure: Figure) -> bool:
    """Tell whether a figure only says what kind of thing or who somebody is, as part of a noun phrase."""
    if figure.unit not in MEASURE_UNITS:
        return False
    noun = _NEXT_WORD.match(text, figure.end)
    return _DESCRIBING.fullmatch(text, figure.start, figure.end) is not None or (
        noun is not None and is_human(noun[1])
    )


def _family(figure: Figure) -> str:
    """Return what a figure is of, where one number may be of several units; nothing where it has one."""
    if figure.kind is FigureKind.COUNT:
        return "measure" if figure.unit in MEASURE_UNITS else "count"
    return "money" if figure.kind is FigureKind.MONEY else ""


def _is_precise(figure: Figure) -> bool:
    """Tell whether a figure is no small or vague number, which may be of anything."""
    if figure.low and figure.high and figure.hedge is None and figure.high >= _VAGUE * figure.low:
        return False
    if digits_of(figure.value) >= _PRECISE_DIGITS:
        return True
    return figure.kind is FigureKind.MONEY or (
        figure.kind is not FigureKind.PERCENT and figure.value >= _TWO_DIGITS
    )


def digits_of(value: float) -> int:
    """Return how many digits of a value are written that say how precise it is."""
    return len(f"{value:.6f}".replace(".", "").strip("0"))


def _stretches(source: Source) -> list[tuple[ZoneKind, tuple[Span, ...]]]:
    """Return the sentences outside muted zones, zone by zone."""
    if not source.zones:
        return [(ZoneKind.BODY, split_sentences(source.text))]
    zones = [zone for zone in source.zones if not zone.kind.muted]
    return [(zone.kind, split_sentences(source.text, (zone,))) for zone in zones]


def told_words(text: str, span: Span, forms: Sequence[str]) -> list[str]:
    """Return the words of a sentence that say something: not where it was written, nor who says it.

    ``forms`` are all of them, normalised.
    """
    credit = frozenset[int]() if _FINITE.isdisjoint(forms) else speaker_words(text, tokenize(text, span))
    dateline = _DATELINE.match(text, span.start, span.end)
    begin = 0 if dateline is None else len(written_words(text, Span(*dateline.span())))
    words = with_phrases(forms)
    if not credit:
        return [form for form in words[begin:] if form not in STOP_WORDS]
    return [
        form
        for place, form in enumerate(words)
        if form not in STOP_WORDS and place not in credit and place >= begin
    ]


def speaker_words(text: str, tokens: Sequence[Token]) -> frozenset[int]:
    """Return which words of a sentence only say who says it, by their numbers: ``tokens`` are all of them.

    These are what is before a verb of speech up to the last mark, what is after one that begins its clause
    ("said the clerk"), and where such a clause is bare ("the clerk, 51, said") all that is before it.
    """
    found: set[int] = set()
    for first, last in _clauses(text, tokens):
        verb = next((place for place in range(first, last) if tokens[place].norm in _FINITE), None)
        if verb is None or (verb > first and tokens[verb - 1].norm in _PASSIVE):
            continue
        if verb > first:
            longest = _LONGEST_LAST if verb == last - 1 else _LONGEST_CREDIT
            if verb - first <= longest:
                found.update(range(first, verb + 1))
        elif first and last - first <= _LONGEST_CREDIT:
            found.update(range(first, last))
            has_subject = last - first > 1 and tokens[verb].norm not in _WITH_LISTENER
            if last - first <= _BARE and first <= _LONGEST_CREDIT and not has_subject:
                found.update(range(first))
    return frozenset(found)


def _clauses(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the runs of words between commas, colons, quotation marks and brackets, by their numbers.

    A short name in brackets behind the long one parts nothing: "the Medicines Agency (MSA) said".
    """
    first = 0
    within = False
    for number, (one, other) in enumerate(pairwise(tokens), start=1):
        closing, within = within, _SHORT_NAME.match(text, one.end, min(len(text), other.end + 1)) is not None
        if within or (closing and text[one.end : other.start].strip() == ")"):
            continue
        if _MARK.search(text, one.end, other.start):
            yield first, number
            first = number
    yield first, len(tokens)


def plain_form(passage: str) -> str:
    """Return a passage without what does not matter when two are the same: case, spaces, quote shapes."""
    return " ".join(fold(passage).split())
