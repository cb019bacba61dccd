"""What a sentence says that somebody does or undergoes, or does not: the verb and its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.audit.lexicon import is_planned, listed
from sources.evidence.clause_subjects import subject_of
from sources.model import Span
from sources.text.tokens import normalised

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from sources.evidence.audit.lexicon import Term
    from sources.evidence.clause_words import Clause
    from sources.evidence.noun_phrases import Phrase

_NOBODY = ("no", "nobody", "none", "neither", "nothing")
_NOT = frozenset(("not", "never", "cannot", "nor", "hardly"))
_MAY = frozenset(("may", "might", "could", "possibly", "perhaps", "potentially", "maybe"))
_WILL = frozenset(("will", "shall", "would", "should", "going"))
_BE = frozenset(("be", "been", "is", "are", "was", "were", "being", "get", "got"))
_PAST = frozenset(("was", "were", "had", "has", "have", "did", "been"))
_THINKING = frozenset(("thinking", "think", "thinks", "thought", "considering"))
_BEFORE_VERB = "xatk"
MARKS = ',;:.!"-('


class Predication(NamedTuple):
    """A verb of a sentence with its subject, and what is said of it.

    ``negation`` is the word that says that it is not so; ``past`` tells that it is told as done.
    """

    term: Term
    at: int
    subject: Phrase | None
    passive: bool
    negation: Span | None
    past: bool


def predications_of(clause: Clause, terms: Iterable[Term], verbs: Container[Term]) -> tuple[Predication, ...]:
    """Return the predications of a sentence, in order, of which ``verbs`` are plainly verbs.

    Verbs that say that somebody says something are none.
    """
    predicates = {term.span.start: term for term in terms if term in verbs or _is_predicate(clause, term)}
    found = []
    for at, word in enumerate(clause.words):
        term = predicates.get(word.start)
        if term is not None:
            first = _group(clause, at)
            auxiliaries = [_norm(clause, each) for each in range(first, at)]
            subject = subject_of(clause, at) if clause.kinds[at] in "vyw" else None
            found.append(
                Predication(
                    term,
                    at,
                    subject,
                    not _BE.isdisjoint(auxiliaries) and not word.text.endswith("ing"),
                    _negation(clause, first, at, subject),
                    not _PAST.isdisjoint(auxiliaries) or (first == at and word.text.endswith("ed")),
                )
            )
    return tuple(found)


def _is_predicate(clause: Clause, term: Term) -> bool:
    """Tell whether a word stands and looks like a verb: "also covers juice"."""
    at = next((at for at, word in enumerate(clause.words) if word.start == term.span.start), None)
    if at is None or not 0 < at < len(clause.kinds) - 1 or clause.kinds[at] != "w":
        return False
    before, written = _norm(clause, at - 1), clause.words[at - 1].text
    if (before in _MAY | _WILL and written.islower()) or (
        term.norm.endswith("ing") and clause.kinds[at - 1] == "f" and _is_hoping(clause, at)
    ):
        return True  # "orders may shift", "thinking about suing"
    adverb = clause.kinds[at - 1] == "a"
    return (
        not any(kind in "vyx" for kind in (clause.kinds[:at] if adverb else clause.kinds))
        and term.norm.endswith("s")
        and clause.kinds[at - 1] in "wNPOLEap"
        and clause.kinds[at + 1] in "wNPOLEdqnpat"
    )


def _is_hoping(clause: Clause, first: int) -> bool:
    governing = _before_to(clause, first)
    return governing is not None and (
        is_planned(_norm(clause, governing)) or _norm(clause, governing) in _THINKING
    )


def _group(clause: Clause, verb: int) -> int:
    """Return where the auxiliaries and adverbs before a verb begin, ``to`` not included."""
    first = verb
    while first and clause.kinds[first - 1] in _BEFORE_VERB and _norm(clause, first - 1) != "to":
        first -= 1
    return first


def _norm(clause: Clause, at: int) -> str:
    return normalised(clause.words[at].text)


def _span(clause: Clause, at: int) -> Span:
    return Span(clause.words[at].start, clause.words[at].end)


def _negation(clause: Clause, first: int, verb: int, subject: Phrase | None) -> Span | None:
    """Return the word that says that something is not so: at the verb, at its subject, or before "to"."""
    for at in range(verb - 1, first - 1, -1):
        norm = _norm(clause, at)
        if norm in _NOT or norm.endswith(("n't", "n’t")):
            following = _norm(clause, at + 1) if at + 1 < len(clause.words) else ""
            return None if following in ("only", "just") else _span(clause, at)
    governing = _before_to(clause, first)
    if governing is not None and _norm(clause, governing) in listed("refusals"):
        return _span(clause, governing)
    if (
        subject is not None
        and subject.text.lower().split()[:1]
        and subject.text.lower().split()[0] in _NOBODY
    ):
        return next(
            (_span(clause, at) for at, word in enumerate(clause.words) if word.start >= subject.start), None
        )
    if first and clause.kinds[first - 1] in "wNPOLEq":  # "no ferry left", where the subject is not plain
        begin = _begin(clause, first - 1)
        return next((_span(clause, at) for at in range(begin, first) if _norm(clause, at) in _NOBODY), None)
    return None


def _begin(clause: Clause, last: int) -> int:
    """Return where the noun phrase that ends at a word begins, by the kinds of words alone."""
    first = last
    while first and clause.kinds[first - 1] in "wNPOLEdqng":
        first -= 1
    return first


def _before_to(clause: Clause, first: int) -> int | None:
    """Return the word that governs a verb with "to" or "about" before it: "plans to", "thinking about"."""
    at = first - 1
    if at < 1 or _norm(clause, at) not in ("to", "about", "of", "on", "for"):
        return None
    at -= 1
    while at and clause.kinds[at] in "at":
        at -= 1
    return at
