"""A statement that is held against a passage, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.audit.passages import FIGURE_WEIGHT, keys_like, same_figure
from sources.evidence.audit.predications import MARKS
from sources.evidence.audit.reading import keys_of
from sources.evidence.audit.times import same_time
from sources.evidence.synonyms import meaning
from sources.evidence.thesaurus import bases_of
from sources.evidence.word_kinship import root_of
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.audit import Difference
    from sources.evidence.audit.passages import Asked, Passage
    from sources.evidence.audit.predications import Predication
    from sources.evidence.audit.reading import ReadText, Sentence
    from sources.evidence.figures import Figure


# Shares of a statement's words in one sentence of its source, from which this may tell the same otherwise.
# Chosen on the open half of the labelled audits and on articles of real events about one thing.
SOME_OF_IT, MOST_OF_IT = 0.3, 0.5
SAME = 0.65  # nearness from which two words say the same
_DATE_WEIGHT = 2.5


class Held(NamedTuple):
    """A statement of a sentence of ``draft``, and the passage of the source ``text`` that says most of it."""

    sentence: Sentence
    asked: Asked
    passage: Passage
    text: ReadText
    draft: ReadText

    @property
    def span(self) -> Span:
        """The statement's place in the text that is audited."""
        return self.asked.span

    def has(self, place: int) -> bool:
        """Tell whether a place of the audited text is in the statement."""
        return self.span.start <= place < self.span.end

    @property
    def main(self) -> Sentence:
        """The sentence of the passage that has most of the statement's words."""
        forms = {term.form for term, _ in self.asked.terms}
        return max(
            self.passage.sentences,
            key=lambda one: (len(forms & {term.form for term in one.terms}), -one.number),
        )

    def share_in(self, sentence: Sentence) -> float:
        """Return the share of the statement's words, 0 to 1, that a sentence has in some form."""
        there = keys_of(sentence)
        has = [
            term.form in there
            or f"~{root_of(term.norm)}" in there
            or not there.isdisjoint(f"^{base}" for base in bases_of(term.norm))
            for term, _ in self.asked.terms
        ]
        return sum(has) / len(has) if has else 0.0

    @property
    def common(self) -> list[Common]:
        """What its words, figures and dates have in common with the passage, in whatever words."""
        inside = self.passage.sentences
        rows = [
            (
                term.span.start,
                weight,
                [
                    (one, place)
                    for one in inside
                    for key, nearness in keys_like(term.norm, term.form)
                    if nearness >= SAME
                    for place in one.places.get(key, ())
                ],
            )
            for term, weight in self.asked.terms
        ]
        rows += [
            (
                figure.start,
                FIGURE_WEIGHT,
                [(one, each.start) for one in inside for each in one.figures if same_figure(figure, each)],
            )
            for figure in self.asked.figures
        ]
        rows += [
            (
                date.start,
                _DATE_WEIGHT,
                [(one, each.start) for one in inside for each in one.dates if same_time(date, each)],
            )
            for date in self.sentence.dates
            if self.has(date.start)
        ]
        return [Common(place, weight, tuple(there)) for place, weight, there in rows if there]

    @property
    def figures(self) -> list[Figure]:
        """The figures of the passage."""
        return [figure for one in self.passage.sentences for figure in one.figures]

    @property
    def around(self) -> tuple[Sentence, ...]:
        """The sentences of the passage and one on either side."""
        first, last = self.passage.sentences[0].number, self.passage.sentences[-1].number
        return tuple(self.text.sentences[max(0, first - 1) : last + 2])


class Common(NamedTuple):
    """A word, figure or date that a statement has in common with its passage: where, and its weight."""

    place: int
    weight: float
    there: tuple[tuple[Sentence, int], ...]


class Details(NamedTuple):
    """What a source lacks of a statement, where it differs, and what other sentences have details."""

    missing: list[Span]
    differs: list[Difference]
    beside: list[Sentence]


_NEAR_WORDS = 6  # on either side of a place, which tell what it is about


def near_words(sentence: Sentence, span: Span) -> set[str]:
    """Return the meanings, names and units around a place, within a few words of it."""
    tokens = sentence.tokens
    inside = [at for at, token in enumerate(tokens) if span.start <= token.start < span.end]
    first, last = (inside[0], inside[-1]) if inside else (0, -1)
    begin = tokens[max(0, first - _NEAR_WORDS)].start if tokens else span.start
    end = tokens[min(len(tokens) - 1, last + _NEAR_WORDS)].end if tokens else span.end
    found = {term.form for term in sentence.terms if begin <= term.span.start < end}
    found |= {f"~{root_of(term.norm)}" for term in sentence.terms if begin <= term.span.start < end}
    found |= {f"@{name.entity.id}" for name in sentence.names if begin <= name.span.start < end}
    for figure in sentence.figures:
        if figure.start < span.end and span.start < figure.end and figure.unit.islower():
            found |= {meaning(word) for word in figure.unit.split()}
            found |= {meaning(figure.noun)} if figure.noun else set()
    return found


_CONDITIONS = frozenset(("if", "unless", "provided"))
_AFTER = MARKS + "f"
_BEHIND = 5  # words behind a verb in which its object is


def share_argument(one: Sentence, mine: Predication, other: Sentence, theirs: Predication) -> bool:
    """Tell whether two verbs have a subject or an object in common, and no other one where both have one."""
    if mine.passive == theirs.passive:
        pairs = (_subject_words, _subject_words), (objects_of, objects_of)
    elif mine.passive:
        pairs = (_subject_words, objects_of), (objects_of, objects_of)
    else:
        pairs = (objects_of, _subject_words), (objects_of, objects_of)
    known = [(first(one, mine), second(other, theirs)) for first, second in pairs]
    both = [
        mine_said.isdisjoint(theirs_said) for mine_said, theirs_said in known if mine_said and theirs_said
    ]
    return bool(both) and not any(both)


def _subject_words(sentence: Sentence, one: Predication) -> set[str]:
    if one.subject is None:
        return set()
    words = sentence.clause.words
    spans = [
        Span(words[one.subject.first].start, words[one.subject.last - 1].end),
        Span(one.subject.start, one.subject.end),
    ]
    return _words_in(sentence, one, spans)


def objects_of(sentence: Sentence, one: Predication) -> set[str]:
    """Return the words right behind a verb, up to a mark or a preposition."""
    clause = sentence.clause
    end = one.at + 1
    while end < len(clause.kinds) and end <= one.at + _BEHIND and clause.kinds[end] not in _AFTER:
        end += 1
    return _words_in(sentence, one, [Span(clause.words[one.at].end, clause.words[end - 1].end)])


def _words_in(sentence: Sentence, one: Predication, spans: Sequence[Span]) -> set[str]:
    there = {(term.span, term.form) for term in sentence.terms if term.form != one.term.form}
    there |= {(name.span, f"@{name.entity.id}") for name in sentence.names}
    return {form for span, form in there if any(each.overlaps(span) for each in spans)}


def condition_of(sentence: Sentence, span: Span) -> Span | None:
    """Return the word that makes what a part of a sentence says depend on something: "if"."""
    for token in sentence.tokens:
        quoted = any(one.start <= token.start < one.end for one in sentence.quotes)
        if token.norm in _CONDITIONS and not quoted and span.start <= token.start < span.end:
            return Span(token.start, token.end)
    return None
