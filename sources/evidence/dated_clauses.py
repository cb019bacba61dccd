"""What happens on a date: the verb of its clause, its subject and its object.

Only a date that is the day of a verb counts: "signed on 12 June", not "since 12 June", "Friday's vote" or
"the 1985 team".
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.clause_subjects import subject_of
from sources.evidence.clause_words import NamedSpan
from sources.evidence.figure_matrix.clause_verbs import BE, read_words
from sources.evidence.noun_phrases import phrase_after
from sources.evidence.word_lists import words
from sources.text.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sources.evidence.clause_words import Clause
    from sources.evidence.context_vectors import Names
    from sources.evidence.entities import EntityKind
    from sources.evidence.noun_phrases import Phrase
    from sources.model import Span

_DAY_OF = frozenset({"on", "in", "at", "during", "for"})
_ENDS_CLAUSE = 'sr;:.!"'
_ONCE = frozenset(stem(verb) for verb in words("clause-words.txt", "once"))
_INDEFINITE = frozenset({"a", "an", "another", "any", "every", "no"})
_AGAIN = frozenset({"again", "also", "another", "second", "third", "twice"})
_NOUNS = "PONLEwk"  # what a date stands before as an attribute: "the 1985 team"


class Participant(NamedTuple):
    """Who does something, or to whom it is done.

    ``head`` is the id of the entity that a phrase names, else the stem of its noun. It is ``definite`` where
    the phrase means one that is known, not "a man" or "two men".
    """

    head: str
    definite: bool


class Predicate(NamedTuple):
    """What happens on a date: the stem of its verb, its subject and object, and all that its clause names.

    In the passive the object is what the verb happens to, and nobody is the subject. It is ``once`` where it
    hardly happens twice to the same: somebody dies, a bridge is opened.
    """

    verb: str
    subject: Participant | None
    object: Participant | None
    names: frozenset[str]
    once: bool

    def is_also(self, other: Predicate) -> bool:
        """Tell whether another clause has the same verb of the same, and nothing in it is another."""
        parties = ((self.subject, other.subject), (self.object, other.object))
        known = [(mine, others) for mine, others in parties if mine and others]
        return (
            self.verb == other.verb
            and all(mine.head == others.head for mine, others in known)
            and any(mine.definite and others.definite for mine, others in known)
            and (not self.names or not other.names or bool(self.names & other.names))
        )


def predicate_at(
    text: str,
    date: Span,
    sentence: Span,
    names: Names,
    kinds: Mapping[str, EntityKind],
    dates: Iterable[Span],
) -> Predicate | None:
    """Return what happens on a date of a sentence, None where it is not plain to see.

    ``names`` are those of the source, ``kinds`` what each names, ``dates`` all dates of the sentence.
    """
    marked = [NamedSpan(each.start, each.end, "date") for each in dates]
    called = {}
    for start, end, name in names[bisect_left(names, (sentence.start,)) :]:
        if start >= sentence.end:
            break
        if not any(start < each.end and each.start < end for each in marked):
            called[start] = name
            marked.append(NamedSpan(start, end, kinds[name]))
    clause = read_words(text, sentence, sorted(marked, key=lambda each: each[:2]))
    at = next((number for number, word in enumerate(clause.words) if word.start == date.start), None)
    if at is None or not _is_day_of(clause, at):
        return None
    verb = _verb_of(clause, at)
    return _predicate(clause, verb, called) if verb is not None else None


def _is_day_of(clause: Clause, at: int) -> bool:
    """Tell whether the date at a word says when something is done: no "since", no noun that it describes."""
    before = clause.words[at - 1].text.lower() if at else ""
    behind = clause.kinds[at + 1 : at + 2]
    if at and clause.kinds[at - 1] in "fdgqn" and before not in _DAY_OF:
        return False
    fronted = at == 1 and before in _DAY_OF  # "On 3 May Tom Vale resigned"
    return behind == "" or behind not in ("wkg" if fronted else _NOUNS + "g")


def _verb_of(clause: Clause, at: int) -> int | None:
    """Return the verb of the clause that word ``at`` is in: the last before it, else the first behind it."""
    for side in (range(at - 1, -1, -1), range(at + 1, len(clause.kinds))):
        for number in side:
            kind = clause.kinds[number]
            if kind in "vy":
                return number if kind == "y" else None
            if kind in _ENDS_CLAUSE and clause.words[number].text != "as":  # "resigned as chairman on"
                break
    return None


def _predicate(clause: Clause, verb: int, called: Mapping[int, str]) -> Predicate | None:
    subject = _participant(clause, subject_of(clause, verb), called)
    auxiliary = verb - 1
    while auxiliary > 0 and clause.kinds[auxiliary] in "at":
        auxiliary -= 1
    done_to = None
    if auxiliary >= 0 and clause.words[auxiliary].text.lower() in BE:
        subject, done_to = None, subject
    elif clause.kinds[verb + 1 : verb + 2] != "f":
        done_to = _participant(clause, phrase_after(clause, verb + 1), called)
    verb_stem = stem(clause.words[verb].text.lower())
    once = verb_stem in _ONCE and not any(word.text.lower() in _AGAIN for word in clause.words)
    return Predicate(verb_stem, subject, done_to, frozenset(called.values()), once)


def _participant(clause: Clause, phrase: Phrase | None, called: Mapping[int, str]) -> Participant | None:
    if phrase is None or phrase.kind == "p":
        return None
    head = None
    for word in clause.words[phrase.first : phrase.last]:
        if word.kind in "f,":
            break
        if word.kind in _NOUNS:
            head = called.get(word.start) or stem(word.text.lower())
    first = clause.words[phrase.first]
    definite = first.text.lower() not in _INDEFINITE and first.kind not in "nq" and first.kind != "w"
    return Participant(head, definite) if head is not None else None
