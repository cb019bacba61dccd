"""What a sentence states: its predicates, what they are of, and whether two sentences agree in these."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.clause_subjects import main_subject, subject_of
from sources.evidence.figure_matrix.clause_verbs import BE, HAVE, read_words
from sources.evidence.synonyms import meaning
from sources.evidence.word_lists import sections
from sources.text.tokens import normalised
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from sources.evidence.noun_phrases import Phrase
    from sources.model import Span

_NO_PREDICATES = (
    BE | HAVE | frozenset(word for part in sections("speech-verbs.txt").values() for word in part.split())
)
_VERBS = "yvi"
_COMMON = "wyvibk"  # letters of words that name nothing
_NAMES = "NPOLE"


class Statement(NamedTuple):
    """What a sentence states, by the meanings of words.

    ``predicates`` are its verbs but those that say that somebody says it, ``words`` all that name nothing,
    which may be such verbs as nouns, ``named`` the others; ``subjects`` the words of the phrase before each
    verb, pronouns left out.
    """

    predicates: frozenset[str]
    words: frozenset[str]
    named: frozenset[str]
    subjects: tuple[frozenset[str], ...]

    def shares_predicate(self, other: Statement) -> bool:
        """Tell whether a predicate of one is a predicate of the other, or a noun in it."""
        return not (self.predicates.isdisjoint(other.words) and other.predicates.isdisjoint(self.words))

    def shares_subject(self, other: Statement) -> bool | None:
        """Tell whether both state something of one subject.

        None where that of one is not plain to see, or where one only mentions the subject of the other.
        """
        if not self.subjects or not other.subjects:
            return None
        if any(one & two for one in self.subjects for two in other.subjects):
            return True
        return None if self.mentions_subject(other) or other.mentions_subject(self) else False

    def mentions_subject(self, other: Statement) -> bool:
        """Tell whether a subject of another statement is anywhere in this one."""
        return any(subject & (self.words | self.named) for subject in other.subjects)


def read_statement(text: str, span: Span) -> Statement:
    """Read what a sentence states."""
    clause = read_words(text, span)
    predicates: set[str] = set()
    subjects = [_subject(main_subject(clause))]
    words: set[str] = set()
    named: set[str] = set()
    for at, (word, kind) in enumerate(zip(clause.words, clause.kinds, strict=True)):
        if kind in _NAMES:
            named.update(_meanings(word.text))
        if kind not in _COMMON or (form := normalised(word.text)) in STOP_WORDS:
            continue
        words.add(meaning(form))
        if kind in _VERBS and form not in _NO_PREDICATES:
            predicates.add(meaning(form))
            if kind != "i":
                subjects.append(_subject(subject_of(clause, at)))
    return Statement(frozenset(predicates), frozenset(words), frozenset(named), tuple(filter(None, subjects)))


def _subject(phrase: Phrase | None) -> frozenset[str]:
    return frozenset() if phrase is None or phrase.kind == "p" else _meanings(phrase.text)


def _meanings(text: str) -> frozenset[str]:
    forms = map(normalised, text.split())
    return frozenset(meaning(form) for form in forms if form not in STOP_WORDS)
