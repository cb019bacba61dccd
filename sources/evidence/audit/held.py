"""A statement that is held against a passage, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.audit.reading import root_of
from sources.evidence.synonyms import meaning

if TYPE_CHECKING:
    from sources.evidence.audit import Difference
    from sources.evidence.audit.passages import Asked, Passage
    from sources.evidence.audit.reading import ReadText, Sentence
    from sources.model import Span


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

    @property
    def around(self) -> tuple[Sentence, ...]:
        """The sentences of the passage and one on either side."""
        first, last = self.passage.sentences[0].number, self.passage.sentences[-1].number
        return tuple(self.text.sentences[max(0, first - 1) : last + 2])


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
