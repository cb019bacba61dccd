"""What says for certain that two figures are of two things: a slot that differs, or one text of both."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.two_values import (
    are_equal,
    counts_humans,
    is_age,
    is_length,
    is_slip,
    is_small,
    is_sure_slip,
    is_vague,
)
from sources.evidence.figure_matrix.values import ranges_overlap
from sources.evidence.figure_matrix.voices import are_two_voices
from sources.evidence.figures import FigureKind
from sources.evidence.synonyms import meaning
from sources.evidence.thesaurus import are_kindred
from sources.evidence.word_lists import words

if TYPE_CHECKING:
    from sources.evidence.figure_matrix.figure_in_context import FigureInContext

_LONG_AGO = 300  # days before its source's date; a figure of then is none of now
_LONG_TIME = 4000  # days, from which on a time says of what kind a thing is, and not when it was so
_LONGER = 2.0  # times; a quarter is no part of what is said of a year
_OWNED_THINGS = set(map(meaning, words("figure-slots.txt", "owned-things")))


def are_told_apart(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether one text gives two values, of which it does not say that they are of one thing."""
    equal = are_equal(one, other)
    if not equal and one.ref == other.ref and one.quoted == other.quoted and not are_two_voices(one, other):
        # A source does not contradict itself; what has moved it tells in another sentence.
        same = one.wording == other.wording
        told = one.before or other.before or ranges_overlap(one.bounds, other.bounds)
        told = told or is_vague(one) or is_vague(other)
        return (same and one.pair is None and other.pair is None) or not (same or told)
    if not equal and one.wording == other.wording and not are_two_voices(one, other):
        return one.pair is None and other.pair is None
    return False


def are_apart(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether some slot says for certain that two figures are about different things."""
    equal = are_equal(one, other)
    if one.kind is FigureKind.COUNT and one.thing != other.thing and (is_length(one) or is_length(other)):
        return True
    if one.kind is FigureKind.DURATION and is_age(one) != is_age(other):
        return True
    if _are_few_of_two_things(one, other):
        return True
    if _shares_differ(one, other):
        return True
    if one.before != other.before and not equal:
        return False  # what was and what is: the sentence that says both joins them
    first, second = one.slots, other.slots
    return (
        any(second.contrasts.get(group, side) != side for group, side in first.contrasts.items())
        or first.sense.consensus != second.sense.consensus
        or (first.per != second.per and None not in (first.per, second.per))
        or (not equal and _owners_differ(one, other))
        or _periods_differ(one, other, equal=equal)
    )


def _are_few_of_two_things(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two small numbers count different things, as of most things there are few.

    People may be called anything, and what an acronym stands for nobody says.
    """
    if one.kind is not FigureKind.COUNT or one.thing is None or other.thing is None:
        return False
    if one.thing == other.thing or not (is_small(one) and is_small(other)):
        return False
    people = counts_humans(one) and counts_humans(other)
    if are_kindred(one.figure.unit, other.figure.unit):
        return False
    return not people and not any(each.figure.unit[:-1].isupper() for each in (one, other))


def _shares_differ(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two figures are shares "of" different things."""
    if one.kind is not FigureKind.PERCENT or one.thing is None or other.thing is None:
        return False
    return one.thing != other.thing and not {one.thing, other.thing} <= _OWNED_THINGS


def _owners_differ(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two different values are of two owners; one that is a slip of the other is of one."""
    first, second = one.slots, other.slots
    if first.owner is None or second.owner is None or first.owner == second.owner:
        return False
    if is_of_both_sides(one, other) or is_slip(one, other):
        return False
    if one.kind is FigureKind.COUNT and (one.measure or other.measure):
        return False  # whose dead they are is not said by whom the sentence is about
    return (first.owner_sure and second.owner_sure) or one.measure in measures.OWNED


def is_of_both_sides(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether a figure is the buyer's as well as the seller's."""
    return not {one.measure, other.measure}.isdisjoint(("price", "stake"))


def _periods_differ(one: FigureInContext, other: FigureInContext, *, equal: bool) -> bool:
    first, second = one.slots.period, other.slots.period
    if first is not None and second is not None:
        if first[1] < second[0] or second[1] < first[0]:
            return True
        if not equal and one.measure in measures.OF_A_PERIOD:
            short, long = sorted((_days(first), _days(second)))
            return long > _LONGER * short
        return False
    if equal:
        return False
    if one.measure in measures.OF_A_PERIOD and one.slots.sense.forecast != other.slots.sense.forecast:
        return True
    return (_is_old(one) or _is_old(other)) and not is_sure_slip(one, other)


def _is_old(told: FigureInContext) -> bool:
    """Tell whether a figure is one of a time long before its source."""
    period = told.slots.period
    if period is None or told.date is None or len(period[1]) != len(told.date[:10]):
        return False
    if _days(period) > _LONG_TIME:
        return False  # "an 18th-century diadem" is of today
    return (date.fromisoformat(told.date[:10]) - date.fromisoformat(period[1])).days > _LONG_AGO


def _days(period: tuple[str, str]) -> float:
    return float((date.fromisoformat(period[1]) - date.fromisoformat(period[0])).days + 1)
