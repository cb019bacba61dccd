"""Reads a text for the audit: each sentence with what it asserts, and where.

One reading serves the text that is audited and the sources that it is held against: the words that say
something, by their meanings, the names by the things that they name, figures, dates, quotes, and who is said
to say it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.audit.levels import AS_IT_IS, standings_of
from sources.evidence.audit.lexicon import Term, listed
from sources.evidence.audit.predications import predications_of
from sources.evidence.context_vectors import names_by_ref
from sources.evidence.dates.calendar import MONTHS, WEEKDAYS
from sources.evidence.dates.finder import find_dates
from sources.evidence.figure_matrix.clause_verbs import BE, HAVE, read_words
from sources.evidence.figure_matrix.extraction import read_figures
from sources.evidence.figure_matrix.owners import Named
from sources.evidence.figures.finder import find_figures
from sources.evidence.quotes import find_quotes
from sources.evidence.speech_verbs import cues, speaker_of
from sources.evidence.synonyms import meaning, with_phrases
from sources.evidence.thesaurus import bases_of
from sources.evidence.word_kinship import root_of
from sources.evidence.word_lists import words
from sources.model import Span, ZoneKind
from sources.text.folding import fold
from sources.text.sentences import split_sentences
from sources.text.tokens import tokenize
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.evidence.audit.levels import Standing
    from sources.evidence.audit.predications import Predication
    from sources.evidence.clause_words import Clause
    from sources.evidence.dates import DateMention
    from sources.evidence.entities import Entity
    from sources.evidence.figure_matrix.figure_in_context import FigureInContext
    from sources.evidence.figures import Figure, FigureKind
    from sources.evidence.noun_phrases import Phrase
    from sources.evidence.quotes import Quote
    from sources.model import Source
    from sources.text.tokens import Token

_NO_PREDICATE = BE | HAVE
_VERBS = "yvi"
_SAYING = (words("speech-verbs.txt", "finite") | words("speech-verbs.txt", "participles")) - words(
    "speech-verbs.txt", "deeds"
)
_MOST_WORDS = 250  # in a sentence of which clauses are read; the longest of the labelled texts has 61
_LINE = 4  # characters before the first name of a line
_TIMES = frozenset(name.lower() for name in (*MONTHS, *WEEKDAYS))


def is_saying(word: str) -> bool:
    """Tell whether a verb only says that somebody says something."""
    return word.lower() in _SAYING


class NameHere(NamedTuple):
    """A place where a thing of the story is named, and by which entity."""

    span: Span
    entity: Entity


class Credit(NamedTuple):
    """Who is said to say what a sentence tells: the phrase, the entity if it is one, the cue."""

    span: Span
    entity: Entity | None
    phrase: Phrase | None
    cue: str


@dataclass(eq=False)
class Sentence:
    """A sentence with all that the audit asks of it; the lists are in the order of the text."""

    text: str
    span: Span
    number: int
    paragraph: int
    heading: bool
    tokens: list[Token]
    figures: list[Figure] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    names: list[NameHere] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)

    @property
    def is_run_on(self) -> bool:
        """Whether it has so many words that it is no sentence: of such only its words and names are read."""
        return len(self.tokens) > _MOST_WORDS

    @cached_property
    def clause(self) -> Clause:
        """The sentence as a row of words with their kinds."""
        return read_words(self.text, self.span)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The words that say something: no names, numbers or times, nor who says it."""
        closed = sorted(
            [Span(figure.start, figure.end) for figure in self.figures]
            + [Span(date.start, date.end) for date in self.dates]
            + [name.span for name in self.names]
        )
        credit = [one.span for one in self.credits if one.entity is not None]
        found = []
        forms = with_phrases([token.norm for token in self.tokens])
        starts = [span.start for span in closed]
        for token, form in zip(self.tokens, forms, strict=True):
            norm = token.norm
            if norm in STOP_WORDS or norm in listed("frames") or norm in _TIMES or not norm[0].isalpha():
                continue
            at = bisect_right(starts, token.start) - 1
            if at >= 0 and token.end <= closed[at].end:
                continue
            if norm in _SAYING and any(credit):
                continue
            found.append(Term(Span(token.start, token.end), norm, meaning(form)))
        return tuple(found)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where the words are that have a key, by it."""
        found: dict[str, list[int]] = defaultdict(list)
        for term in self.terms:
            for key in (term.form, f"~{root_of(term.norm)}", *(f"^{base}" for base in bases_of(term.norm))):
                found[key].append(term.span.start)
        return dict(found)

    @cached_property
    def units(self) -> frozenset[str]:
        """The meanings of what the figures count."""
        return frozenset(
            meaning(word.lower())
            for figure in self.figures
            for word in (figure.unit.split() + (figure.noun or "").split())
            if word.isalpha() and word.islower()
        )

    @cached_property
    def predicates(self) -> tuple[Term, ...]:
        """The verbs that say what happens, but those that say that somebody says it."""
        if self.is_run_on:
            return ()
        verbs = {
            word.start
            for word, kind in zip(self.clause.words, self.clause.kinds, strict=True)
            if kind in _VERBS and word.text.lower() not in _NO_PREDICATE and word.text.lower() not in _SAYING
        }
        return tuple(term for term in self.terms if term.span.start in verbs)

    @cached_property
    def predications(self) -> tuple[Predication, ...]:
        """What it says that somebody does or undergoes, in order."""
        if self.is_run_on:
            return ()
        return predications_of(self.clause, self.terms, self.predicates)

    def standing_at(self, place: int) -> Standing:
        """Return how far from a fact the word at a place is."""
        if self.is_run_on:
            return AS_IT_IS
        at = bisect_right(self._word_starts, place) - 1
        return self._standings[at] if at >= 0 else AS_IT_IS

    @cached_property
    def _standings(self) -> tuple[Standing, ...]:
        return standings_of(self.clause)

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.clause.words]

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """Who is said to say it, the last first."""
        found: list[Credit] = []
        if self.is_run_on:
            return ()
        for cue in cues(self.clause):
            phrase = speaker_of(self.clause, cue)
            word = self.clause.words[cue]
            entity = None if phrase is None else self.entity_at(Span(phrase.start, phrase.end))
            start = word.start if phrase is None else min(phrase.start, word.start)
            end = word.end if phrase is None else max(phrase.end, word.end)
            found.append(Credit(Span(start, end), entity, phrase, word.text.lower()))
        return tuple(found)

    def is_dateline(self, span: Span) -> bool:
        """Tell whether a name only says where a text was written: "ERIE, Pa. (AP) -"."""
        return span.start - self.span.start < _LINE and span.of(self.text).isupper()

    def entity_at(self, span: Span) -> Entity | None:
        """Return what is named in a span, the last of several."""
        here = [name.entity for name in self.names if name.span.overlaps(span)]
        return here[-1] if here else None


def _sentences(source: Source, spans: Iterable[Span]) -> Iterator[Sentence]:
    """Yield the sentences of a source outside its muted zones."""
    headings = [Span(zone.start, zone.end) for zone in source.zones if zone.kind is ZoneKind.HEADING]
    muted = [Span(zone.start, zone.end) for zone in source.zones if zone.kind.muted]
    paragraph, before, number = 0, 0, 0
    for span in spans:
        if any(one.start <= span.start < one.end for one in muted):
            continue
        paragraph += "\n" in source.text[before : span.start]
        before = span.end
        heading = any(one.start <= span.start < one.end for one in headings)
        yield Sentence(source.text, span, number, paragraph, heading, tokenize(source.text, span))
        number += 1


class ReadText:
    """A text read for the audit: its sentences outside muted zones, and which of them have a word."""

    def __init__(
        self,
        source: Source,
        entities: Iterable[Entity],
        sentences: Sequence[Span] | None = None,
        closed: Sequence[Span] = (),
    ) -> None:
        self.source = source
        self.ref = source.ref
        self._entities = list(entities)
        self._here = [one for one in self._entities if any(each.ref == self.ref for each in one.mentions)]
        spans = split_sentences(source.text, source.zones) if sentences is None else sentences
        self.sentences = list(_sentences(source, spans))
        self._starts = [sentence.span.start for sentence in self.sentences]
        self._add_figures()
        self._add_names(closed)
        self.titled = frozenset(
            entity.id for entity in self._entities if _is_titled(entity, source.title or "")
        )

    def _add_figures(self) -> None:
        for figure in find_figures(self.source):
            if (here := self.sentence_at(figure.start)) is not None:
                here.figures.append(figure)
        for date in find_dates(self.source):
            if (here := self.sentence_at(date.start)) is not None:
                here.dates.append(date)
        for quote in find_quotes(self.source, self._entities):
            for sentence in self.sentences[self._from(quote.start) : bisect_left(self._starts, quote.end)]:
                sentence.quotes.append(quote)

    def _add_names(self, closed: Sequence[Span]) -> None:
        for entity in self._here:
            for mention in entity.mentions:
                span = Span(mention.start, mention.end)
                if mention.ref != self.ref or any(one.overlaps(span) for one in closed):
                    continue
                if (here := self.sentence_at(mention.start)) is not None:
                    here.names.append(NameHere(span, entity))
        for sentence in self.sentences:
            sentence.names.sort(key=lambda name: name.span)

    def _from(self, place: int) -> int:
        return max(0, bisect_right(self._starts, place) - 1)

    def sentence_at(self, place: int) -> Sentence | None:
        """Return the sentence that has a place, None in muted zones and gaps."""
        if not self.sentences:
            return None
        found = self.sentences[self._from(place)]
        return found if found.span.start <= place < found.span.end else None

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of the sentences that have a form, an entity (``@id``) or a unit."""
        found: dict[str, list[int]] = defaultdict(list)
        for sentence in self.sentences:
            for key in keys_of(sentence):
                found[key].append(sentence.number)
        return found

    @cached_property
    def figures(self) -> dict[FigureKind, list[tuple[int, Figure]]]:
        """The figures of each kind, with the numbers of their sentences."""
        found: dict[FigureKind, list[tuple[int, Figure]]] = defaultdict(list)
        for sentence in self.sentences:
            for figure in sentence.figures:
                found[figure.kind].append((sentence.number, figure))
        return dict(found)

    @cached_property
    def plain_words(self) -> str:
        """Its words, folded, each with a blank on either side."""
        return f" {' '.join(words_of(self.source.text))} "

    @cached_property
    def slots(self) -> dict[int, FigureInContext]:
        """The figures with what they measure, of whom and when, by where each begins."""
        kinds = {entity.id: entity.kind for entity in self._entities}
        names = names_by_ref(self._here).get(self.ref, [])
        return {told.figure.start: told for told in read_figures(self.source, Named(names, kinds), 0)}

    @cached_property
    def named(self) -> frozenset[str]:
        """The ids of the entities that it names anywhere."""
        return self.titled.union(name.entity.id for one in self.sentences for name in one.names)


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, without marks."""
    return [word for word in re.findall(r"[\w']+", fold(text).replace("’", "'")) if word.strip("'_")]


def keys_of(sentence: Sentence) -> set[str]:
    """Return what a sentence can be found by: meanings, beginnings of words, names and values."""
    found = {term.form for term in sentence.terms}
    found.update(f"~{root_of(term.norm)}" for term in sentence.terms)
    found.update(f"^{base}" for term in sentence.terms for base in bases_of(term.norm))
    found.update(f"@{name.entity.id}" for name in sentence.names)
    found.update(f"#{figure.value:g}" for figure in sentence.figures)
    return found | sentence.units


def _is_titled(entity: Entity, title: str) -> bool:
    return any(name and name in title for name in (entity.name, *entity.aliases) if len(name) > 2)
