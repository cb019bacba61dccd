"""Of what a measure is: "good weather" of an 80% chance of it, and whether two measures are of one thing."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.clause_labels import compound_end, lower_at
from sources.evidence.figure_matrix.figure_in_context import Measured
from sources.evidence.figures import NUMBER, FigureKind
from sources.evidence.thesaurus import are_kindred
from sources.evidence.word_lists import function_words, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sources.evidence.clause_words import Clause
    from sources.evidence.figure_matrix.figure_in_context import FigureInContext
    from sources.evidence.figures import Figure

_OF_NO_KIND = words("figure-slots.txt", "of-no-kind")
_PHRASE = re.compile(r"f[dq]*(?P<phrase>[naNPOLEwkgbit-]+)")
# Behind which a measure says of what it is: a rate on mortgages, among women, of a price for wheat.
_OF_WHAT = frozenset(("of", "for", "on", "among", "against"))
_OBJECTS = "dqpnNPOLE"
_CLAUSE = re.compile(r"[^,;:.!()n]*?[vybxis][^,;:.!()n]*")


def measured_thing(clause: Clause, figure: Figure, cue: measures.Cue | None, noun: str) -> Measured:
    """Return of what the measure of a figure is, as far as its clause says so; ``noun`` names the measure."""
    counted = figure.kind is FigureKind.COUNT and figure.unit != NUMBER
    if counted and figure.unit.lower() not in measures.UNITS:
        return Measured()  # what is counted says so itself
    starts = [word.start for word in clause.words]
    places = [compound_end(clause, bisect_left(starts, figure.end))]
    of = set(_telling(noun.partition(" of ")[2].split()))
    beside: dict[str, frozenset[str]] = {}
    if cue is not None and cue.is_noun:
        at = bisect_left(starts, cue.start)
        places.insert(0, at + 1)
        of |= _kinds_before(clause, at, cue.measure)
        if cue.measure in measures.OF_A_THING:
            of |= _clause_behind(clause, at + 1)
    for preposition, told in (each for place in places for each in _phrases_behind(clause, place)):
        if preposition != "of":
            beside.setdefault(preposition, told)
        elif not of:
            of |= told
    return Measured(frozenset(of), tuple(beside.items()))


def _kinds_before(clause: Clause, at: int, measure: str) -> set[str]:
    """Return the nouns before the one at word ``at`` in its compound: "stroke" of "the stroke risk"."""
    following = clause.kinds[at + 1 : at + 2]
    if following and following in _OBJECTS:
        return set()  # it is a verb: "the bridge cost the town $5 million"
    first = len(clause.kinds[:at].rstrip("wN"))
    told = _telling(word.text for word in clause.words[first:at])
    return {word for word in told if word not in _OF_NO_KIND and measures.measure_of(word) != measure}


def _clause_behind(clause: Clause, place: int) -> frozenset[str]:
    """Return the words of a clause that begins at word ``place``: "(a chance) that the launch succeeds"."""
    if clause.kinds[place : place + 1] == "f" and lower_at(clause, place) != "to":
        return frozenset()
    said = _CLAUSE.match(clause.kinds, place)
    return _words_of(clause, place, said.end()) if said is not None else frozenset()


def _phrases_behind(clause: Clause, place: int) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the words of the phrases behind a measure, from word ``place`` on, with their prepositions."""
    while found := _PHRASE.match(clause.kinds, place):
        preposition, told = lower_at(clause, place), _words_of(clause, *found.span("phrase"))
        if told and preposition in _OF_WHAT:
            yield preposition, told
        place = found.end()


def _words_of(clause: Clause, first: int, last: int) -> frozenset[str]:
    """Return the words of a phrase that tell something, none where it is a time."""
    kinds = clause.kinds
    if "t" in kinds[first:last]:
        return frozenset()
    return frozenset(
        _telling(clause.words[at].text for at in range(first, last) if kinds[at] not in "dnpfxa")
    )


def _telling(told: Iterable[str]) -> Iterator[str]:
    return (word for word in map(str.lower, told) if word[0].isalpha() and word not in function_words())


def are_of_two_measured(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether the texts say of two measures that they are of different things: "of rain", "of a win"."""
    first, second = one.measured, other.measured
    if first.of and second.of and not _are_alike(first.of, second.of):
        return True
    others = dict(second.beside)
    return any(word in others and not _are_alike(told, others[word]) for word, told in first.beside)


def are_of_one_measured(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two measures are certainly of one thing, as far as they need one.

    What only one side says that it is of has to stand in the sentence of the other; a chance that is of
    nothing is nobody knows what of.
    """
    if are_of_two_measured(one, other):
        return False
    first, second = one.measured.of, other.measured.of
    if first and second:
        return True
    if first or second:
        told, silent = (first, other) if first else (second, one)
        return one.measure not in measures.OF_A_THING and not told.isdisjoint(silent.wording.split())
    return one.measure not in measures.OF_A_THING


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether each word of the shorter phrase is in the other, as it is or as a synonym."""
    short, long = sorted((one, other), key=len)
    return all(any(are_kindred(word, theirs) for theirs in long) for word in short)
