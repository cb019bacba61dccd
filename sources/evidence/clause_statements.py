"""What a sentence states, of which subjects, and which words only name somebody or something."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.clause_subjects import main_subject, subject_of
from sources.evidence.figure_matrix.clause_verbs import BE, HAVE, read_words
from sources.evidence.noun_phrases import PHRASE
from sources.evidence.speaker_nouns import is_group, is_human
from sources.evidence.synonyms import meaning
from sources.evidence.word_lists import sections
from sources.text.tokens import normalised
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from sources.evidence.clause_words import Clause
    from sources.evidence.noun_phrases import Phrase
    from sources.model import Span

_SPEECH = frozenset(word for part in sections("speech-verbs.txt").values() for word in part.split())
_NO_PREDICATES = BE | HAVE | _SPEECH
_VERBS = "yv"
_COMMON = "wyvibk"  # letters of words that name nothing
_NAMES = "NPOLE"
_WHEN = "t"
_READ = _COMMON + _NAMES + _WHEN + "n"
# What describes a name beside it: "Ada Moss, head of the union, …", "The head of the union, Ada Moss, …", and
# "union head Ada Moss".
_DESCRIBED = (
    re.compile(rf"(?<=[{_NAMES}]),(?P<words>{PHRASE})(?=[,.;\"-]|$)"),
    re.compile(rf"(?:^|(?<=[\",;:.v-]))(?P<words>[{_NAMES}dqwgkfn]{{1,16}}),(?=[{_NAMES}]+[,.])"),
)
# A run of words is looked at once, from its beginning, however long it is.
_BEFORE_NAME = re.compile(rf"(?<!w)(?P<words>w+)[{_NAMES}]")


class Statement(NamedTuple):
    """What a sentence states, by the meanings of words.

    ``words`` are all that name nothing, ``names`` the others; ``subjects`` the words of the phrase before
    each verb, without pronouns, but those of verbs that say that somebody says it. ``silent`` are the words
    that only name somebody or something, or say who or what that is.
    """

    words: frozenset[str]
    names: frozenset[str]
    subjects: tuple[frozenset[str], ...]
    silent: frozenset[str] = frozenset()

    def mentions_subject(self, other: Statement) -> bool:
        """Tell whether a subject of one is anywhere in the other."""
        return any(
            subject & (one.words | one.names)
            for one, two in ((self, other), (other, self))
            for subject in two.subjects
        )


def read_statement(text: str, span: Span) -> Statement:
    """Read what a sentence states."""
    clause = read_words(text, span)
    words: set[str] = set()
    names: set[str] = set()
    silent: set[str] = set()
    told: set[str] = set()
    describing = _describing(clause)
    subjects = [_subject(main_subject(clause))]
    for at, (word, kind) in enumerate(zip(clause.words, clause.kinds, strict=True)):
        meant = _meaning(word.text)
        if meant and (kind in _READ or at in describing):
            (silent if at in describing or kind == _WHEN else told).add(meant)
            if kind in _NAMES:
                names.add(meant)
            elif kind in _COMMON:
                words.add(meant)
        if kind in _VERBS and normalised(word.text) not in _NO_PREDICATES:
            subjects.append(_subject(subject_of(clause, at)))
    return Statement(
        frozenset(words),
        frozenset(names),
        tuple(filter(None, subjects)),
        frozenset((silent - told) | names.intersection(*[frozenset[str]().union(*subjects)])),
    )


def _describing(clause: Clause) -> set[int]:
    """Return which words only describe a name beside them."""
    found: set[int] = set()
    for pattern in _DESCRIBED:
        for match in pattern.finditer(clause.kinds):
            found.update(range(*match.span("words")))
    for match in _BEFORE_NAME.finditer(clause.kinds):
        first, last = match.span("words")
        head = clause.words[last - 1].text.lower()
        if is_human(head) or is_group(head):
            found.update(range(first, last))
    return found


def _subject(phrase: Phrase | None) -> frozenset[str]:
    return frozenset() if phrase is None or phrase.kind == "p" else _meanings(phrase.text)


def _meanings(text: str) -> frozenset[str]:
    return frozenset(filter(None, map(_meaning, text.split())))


@lru_cache(maxsize=1 << 15)
def _meaning(word: str) -> str:
    """Return what a word counts as; nothing for one that says nothing by itself."""
    form = normalised(word)
    return "" if form in STOP_WORDS else meaning(form)
