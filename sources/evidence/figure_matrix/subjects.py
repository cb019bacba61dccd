"""Naming what a row measures, in words of the texts: ``stake in Northport``, ``price of the harbour``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figures import FigureKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.evidence.figure_matrix.telling import Told

_LABELS = {measures.STAKE, measures.SPEND, measures.BUDGET}
_LONGEST = 60
_LINK = {
    "stake": "in",
    "investment": "in",
    "spending": "on",
    "budget": "for",
    "payment": "for",
    "charge": "for",
}


def subject_of(members: Sequence[Told], names: Mapping[str, str]) -> str:
    """Return the name of a row: its measure, and what most of its sentences have nearest to the figure."""
    measure = _measure(members)
    thing = _thing(members)
    if members[0].kind is FigureKind.COUNT:
        about = _nearest(members, names, 1, without=thing)
        return f"{thing}, {about[0]}"[:_LONGEST] if about else thing
    if members[0].kind is FigureKind.PERCENT and thing:
        link = _LINK.get(measure, "of")
        return f"{measure or 'share'} {link} {thing}"[:_LONGEST]
    if measure and thing:
        return f"{measure} {_LINK.get(measure, 'of')} {thing}"[:_LONGEST]
    cues = {each.cue.word for each in members if each.cue is not None}
    about = _nearest(members, names, 1 if measure else 2, without=" ".join((measure, *cues)))
    if not measure:
        return ", ".join(about)[:_LONGEST] or members[0].figure.unit
    return f"{measure} {_LINK.get(measure, 'of')} {about[0]}"[:_LONGEST] if about else measure


def _measure(members: Sequence[Told]) -> str:
    """Return the noun that most sentences use for what is measured, else the measure's own name."""
    kinds = Counter(each.measure for each in members if each.measure is not None)
    if not kinds:
        return ""
    measure = kinds.most_common(1)[0][0]
    nouns = Counter(
        each.cue.word
        for each in members
        if each.cue is not None and each.cue.measure == measure and each.cue.is_noun
    )
    if measure in _LABELS or not nouns:
        return str(measure)
    return nouns.most_common(1)[0][0]


def _thing(members: Sequence[Told]) -> str:
    words = Counter(each.thing_words for each in members if each.thing_words)
    return min(words, key=lambda word: (-words[word], not word[:1].isupper(), len(word))) if words else ""


def _nearest(members: Sequence[Told], names: Mapping[str, str], number: int, *, without: str) -> list[str]:
    """Return the terms that weigh most over all sentences of a row, as they are written."""
    weights: Counter[str] = Counter()
    for each in members:
        for term, weight in each.terms.items():
            weights[term] += weight * (1.3 if term.startswith("@") else 1.0)  # type: ignore[assignment] # weights
    spelled = {term: spelling for each in members for term, spelling in each.spelling.items()}
    found = []
    for term, _ in weights.most_common(12):
        word = names.get(term[1:], "") if term.startswith("@") else spelled.get(term, term)
        if word and word.lower() not in {without, *without.split()} and word.lower() not in _EMPTY:
            found.append(word)
    return found[:number]


_EMPTY_WORDS = """
    said says according year years also about paid pay cost costs million billion least most almost nearly
    more than since compared including got
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
