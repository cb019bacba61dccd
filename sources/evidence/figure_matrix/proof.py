"""When two values of one thing are a conflict: what proves that one of them is wrong."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.joining import FURTHER_TIMES, LEAST_COMMON, MUCH_ALIKE, NEAR_TIMES
from sources.evidence.figure_matrix.measured_things import are_of_one_measured, are_of_two_measured
from sources.evidence.figure_matrix.same_slots import (
    are_of_one_noun,
    are_of_others,
    are_of_two_kinds,
    are_of_two_owners,
    have_one_owner,
    may_tell_one_deed,
    tell_one_deed,
    tell_two_deeds,
    words_of_owner,
)
from sources.evidence.figure_matrix.two_values import (
    GREAT,
    SMALL,
    count_people,
    denies,
    is_age,
    is_length,
    is_moving,
    is_open,
    is_slip,
    is_sure_slip,
    telling_digits,
    written_value,
)
from sources.evidence.figure_matrix.values import (
    SWAPPED_TIMES,
    are_near,
    are_one_number,
    is_misplaced,
    ranges_overlap,
)
from sources.evidence.figure_matrix.voices import are_two_voices, name_two_places
from sources.evidence.figures import FigureKind
from sources.evidence.thesaurus import are_kindred

if TYPE_CHECKING:
    from sources.evidence.figure_matrix.figure_in_context import FigureInContext

_FROM_SOMEWHERE = {"distance", "length"}  # which say nothing without from where to where
_VERDICTS = {"sentence", "ban", "fine"}
_FEW_DIGITS, _LEAST_OF_FEW = 2, 0.5  # a power of ten of a single digit takes sentences that are more alike
# Of numbers below a hundred many have the digits of another. Where not both texts name what is measured, this
# is asked: false ones were alike to .49, true ones from .58 on.
_LEAST_OF_SMALL = 0.55
_OTHER_EVENT = 7  # days between two sources, from which on they may well tell of two events


def is_proved(one: FigureInContext, other: FigureInContext, alike: float) -> bool:
    """Tell whether two values that exclude one another are certainly of one thing, so that one is wrong.

    Either one is a slip of the other in like words, or the texts themselves say that owner and measure are
    the same. A part is none of its whole, "at least" is no value that others contradict, and a kind of
    measure ("enterprise value") that only one side names leaves open which the other means.
    """
    if not isinstance(one.value, float) or not isinstance(other.value, float):
        return False  # two days: the timeline tells which event each is of
    if one.slots.part or other.slots.part or is_open(one) or is_open(other):
        return False
    if are_one_number(one.value, other.value) and one.figure.high is None and other.figure.high is None:
        return False
    if are_of_two_owners(one, other):
        return False  # a slip or not: each clause says whose the figure is
    if one.figure is other.taken_up or other.figure is one.taken_up or denies(one, other):
        return True  # "The operator put the figure at 58 percent", "two of them, and not three"
    sure_slip = is_sure_slip(one, other) and not are_two_voices(one, other)
    if are_of_two_measured(one, other) or (not sure_slip and are_of_others(one, other)):
        return False
    moving = is_moving(one) and one.ref != other.ref
    if _is_slip_in_like_words(one, other, alike, moving=moving):
        return True
    near = _days_between(one, other) <= _OTHER_EVENT and not _are_of_two_occasions(one, other)
    return near and not moving and _are_said_to_be_one(one, other, alike)


def _is_slip_in_like_words(
    one: FigureInContext, other: FigureInContext, alike: float, *, moving: bool
) -> bool:
    """Tell whether a value is a slip of the other, in words so like that it is no other thing."""
    aged = one.kind is FigureKind.DURATION and is_age(one)
    if aged or are_two_voices(one, other) or not is_slip(one, other):
        return False
    if is_sure_slip(one, other):
        return True
    owned = one.measure != other.measure and {one.measure, other.measure} <= measures.OWNED
    if moving or (owned and one.slots.per is None):
        return False
    few = min(telling_digits(one), telling_digits(other)) < _FEW_DIGITS
    named = _are_named_alike(one, other)
    first, second = written_value(one), written_value(other)
    if are_near(first, second, SWAPPED_TIMES):
        least = LEAST_COMMON if named or min(first, second) >= GREAT else _LEAST_OF_SMALL
    else:  # a power of ten: of all slips the likeliest by chance
        least = MUCH_ALIKE if not named else _LEAST_OF_FEW if few else LEAST_COMMON
    return alike >= least and is_misplaced(first, second)


def _are_named_alike(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two texts call what they measure or count the same, not only people or a unit."""
    if are_of_one_noun(one, other):
        return True
    if one.measure is not None and one.measure == other.measure:
        return one.measure not in measures.OWNED or have_one_owner(one.slots, other.slots)
    if one.slots.per is not None and one.slots.per == other.slots.per:
        return True
    if one.kind is not FigureKind.COUNT or is_length(one) or None in (one.thing, other.thing):
        return False
    return measures.PEOPLE.isdisjoint((one.thing, other.thing)) and (
        one.thing == other.thing or are_kindred(one.figure.unit, other.figure.unit)
    )


def _are_of_two_occasions(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two sentences give several figures of a unit each, and agree in none of them."""
    first, second = (one.bounds, *one.beside), (other.bounds, *other.beside)
    several = min(len(first), len(second)) > 1
    return several and not any(ranges_overlap(*pair) for pair in product(first, second))


def _are_one_count(one: FigureInContext, other: FigureInContext, *, sure: bool, much_alike: bool) -> bool:
    """Tell whether two counts of one thing are the same: of one deed, or of one owner or in like words.

    What is counted says what is measured; without an owner only sentences that are much alike prove it.
    """
    first, second = sorted((float(one.value), float(other.value)))
    if sure and tell_one_deed(one, other) and first > SMALL:
        return are_near(first, second, FURTHER_TIMES)
    proof = (much_alike or sure) if first >= GREAT else (much_alike and sure)
    return proof and are_near(first, second, NEAR_TIMES) and not tell_two_deeds(one, other)


def _are_said_to_be_one(one: FigureInContext, other: FigureInContext, alike: float) -> bool:
    """Tell whether owner and measure are the same, or all but the same is said of two figures."""
    first, second = one.slots, other.slots
    asked = one.measure in _VERDICTS and first.sense.forecast != second.sense.forecast
    if first.sense.elsewhere != second.sense.elsewhere or first.per != second.per or asked:
        return False  # what was asked for is not what was given
    owners = {each.slots.owner for each in (one, other) if each.slots.owner_sure}
    same_owner = have_one_owner(first, second)
    sure = same_owner and first.owner_sure == second.owner_sure and bool(words_of_owner(first))
    much_alike = alike >= MUCH_ALIKE
    if one.measure in _FROM_SOMEWHERE or (one.kind is FigureKind.DURATION and is_age(one)):
        # Of most people it is told how old they are, and of most places how far away.
        return sure or (same_owner and one.measure == other.measure == "length")
    if measures.TIME in (one.measure, other.measure):
        same = one.measure == other.measure and first.noun.lower() == second.noun.lower()
        return same and (sure or not name_two_places(one, other))
    if one.kind is FigureKind.COUNT and not is_length(one) and not count_people(one, other):
        return one.thing == other.thing and _are_one_count(one, other, sure=sure, much_alike=much_alike)
    if are_of_two_kinds(one, other) or not are_of_one_measured(one, other):
        return False
    if not same_owner and name_two_places(one, other):
        return False
    named = one.measure is not None and one.measure == other.measure
    if much_alike and is_length(one) and one.date and one.date == other.date:
        named = named or are_of_one_noun(one, other)  # "gusts"; of another day, another length
    if first.role == "share" and one.measure in (None, "share"):
        # Much is told of the same voters: what they do has to be the same.
        named = one.thing is not None and one.thing == other.thing and may_tell_one_deed(one, other)
    return (same_owner or (much_alike and len(owners) < 2)) and named


def _days_between(one: FigureInContext, other: FigureInContext) -> int:
    """Return how many days lie between the sources of two figures, 0 where that is not known."""
    days = [each.date[:10] for each in (one, other) if each.date and len(each.date) >= len("2031-06-18")]
    if len(days) < 2:
        return 0
    first, second = map(date.fromisoformat, days)
    return abs((first - second).days)
