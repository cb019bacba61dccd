"""Whether two figures measure the same thing: what their slots prove, leave open, or exclude."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.measures import (
    are_compatible,
    are_near,
    are_one_number,
    look_alike,
    ranges_overlap,
)
from sources.evidence.figures import FigureKind

if TYPE_CHECKING:
    from sources.evidence.figure_matrix.extraction import FigureInContext


class Tie(IntEnum):
    """How surely two figures are about the same thing."""

    NONE = 0
    NEARBY = 1  # no slot differs, but what would prove it is not known
    LIKELY = 2
    SURE = 3  # owner and measure are the same, and no slot differs


# The likeness of two contexts (cosine) from which figures are tied. Equal values need less than different
# ones, the less the more digits they have: two sources that differ widely mostly speak of different things.
_EQUAL = {1: 0.18, 2: 0.12, 3: 0.0}  # by the digits that tell, three or more
_EQUAL_SAME_MEASURE = 0.1  # less of it where both measure the same
_OTHER_NOUN = 0.2  # more of it where another noun is counted
_PLAIN = {FigureKind.DURATION: 0.1, FigureKind.DATE: 0.2}  # more of it for values that are often equal
_SAME_OWNER, _NO_OWNER, _SLIP = 0.08, 0.25, 0.1  # for different values, to be sure
_OWNED_SLIP, _OTHER_SLIP = (
    0.08,
    0.18,
)  # where no word says what is measured, but one value is a slip of the other
_NEAR, _FAR = 1.6, 4.0  # times; two reports of one thing are seldom further apart,
_MUCH_ALIKE = 0.4  # and so far only in contexts that are much alike
_LIKELY, _NEARBY = 0.2, 0.12
_NO_MEASURE = 0.45  # to be likely where nothing says what is measured
_MOVED = 0.1  # for a value that moves from day to day
_LONG_AGO = 300  # days before its source's date; a figure of then is none of now
_LONGER = 2.0  # times; a quarter is no part of what is said of a year
_MANY = 3  # digits that tell
_GREAT = 100  # a count from which on it is no small number


def tie(one: FigureInContext, other: FigureInContext, alike: float) -> Tie:
    """Return how surely two figures of one kind and unit are about the same thing.

    ``alike`` is the cosine of their contexts.
    """
    if are_apart(one, other):
        return Tie.NONE
    if one.value == other.value:
        return Tie.SURE if alike >= _needed_by_equals(one, other) else Tie.NONE
    if one.before != other.before or one.kind is FigureKind.DATE:
        return Tie.NONE
    return _tie_of_different(one, other, alike)


def _needed_by_equals(one: FigureInContext, other: FigureInContext) -> float:
    digits = min(_MANY, _telling_digits(one))
    needed = _EQUAL[digits] + _PLAIN.get(one.kind, 0.0)
    if one.measure is not None and one.measure == other.measure:
        needed -= _EQUAL_SAME_MEASURE
        if digits > 1 and one.slots.owner is not None and one.slots.owner == other.slots.owner:
            needed = 0.0
    if one.before and other.before and digits > 1:
        needed = 0.0
    if one.ref == other.ref and (one.echoes or other.echoes):
        needed = 0.0
    if one.kind is FigureKind.COUNT and one.thing != other.thing and digits < _MANY:
        needed += 0.0 if _both_people(one, other) else _OTHER_NOUN
    if one.kind is FigureKind.PERCENT and one.thing is not None and one.thing == other.thing:
        needed = 0.0
    return needed


def _telling_digits(told: FigureInContext) -> int:
    """Return how many digits a value has that are no noughts: two things may well both be 100."""
    if not isinstance(told.value, float):
        return 2
    return max(1, len(f"{told.value:.12g}".replace(".", "").strip("-0")))


def _tie_of_different(one: FigureInContext, other: FigureInContext, alike: float) -> Tie:
    covered = ranges_overlap(one.bounds, other.bounds)
    slip = not covered and look_alike(float(one.value), float(other.value))
    wide = _FAR if alike >= _MUCH_ALIKE else _NEAR
    near = covered or slip or are_near(float(one.value), float(other.value), wide)
    same = _same_measure(one, other)
    if same and is_moving(one) and "change" not in (one.slots.role, other.slots.role) and alike >= _MOVED:
        return Tie.SURE
    if not near:
        return Tie.NEARBY if same and alike >= _LIKELY else Tie.NONE
    if not same and covered and one.kind is FigureKind.COUNT and one.thing == other.thing:
        # Two great numbers that cover one another hardly do so by chance.
        return Tie.LIKELY if float(one.value) >= _GREAT and alike >= _MOVED else Tie.NONE
    owned = one.slots.owner is not None and one.slots.owner == other.slots.owner
    if slip and alike >= (_OWNED_SLIP if owned else _OTHER_SLIP):
        return Tie.SURE  # of one unit, in like words, and off by a slip: two reports of one thing
    if not same:
        open_ = one.measure is None and other.measure is None
        return Tie.LIKELY if open_ and alike >= _NO_MEASURE else Tie.NONE
    sure = _SLIP if slip else _NO_OWNER
    if owned and one.kind is not FigureKind.COUNT:
        sure = 0.0 if slip else _SAME_OWNER
    if alike >= sure:
        return Tie.SURE
    return Tie.LIKELY if alike >= _LIKELY else Tie.NEARBY if alike >= _NEARBY else Tie.NONE


def is_proved(one: FigureInContext, other: FigureInContext, alike: float) -> bool:
    """Tell whether two values that exclude one another are certainly of one thing, so that one is wrong.

    Either one is a slip of the other in like words, or the texts themselves say that owner and measure are
    the same. A part is none of its whole, "at least" is no value that others contradict, and a kind of
    measure ("enterprise value") that only one side names leaves open which the other means.
    """
    if not isinstance(one.value, float) or not isinstance(other.value, float):
        return False  # two days: the timeline tells which event each is of
    if one.slots.part or other.slots.part or _is_open(one) or _is_open(other):
        return False
    voiced = are_two_voices(one, other)
    if not voiced and tie(one, other, alike) is not Tie.SURE:
        return False
    first, second = one.value, other.value
    further = are_one_number(first, second)
    if further and one.figure.high is None and other.figure.high is None:
        return False
    if look_alike(first, second) and not further and not voiced:
        return True
    is_count = one.kind is FigureKind.COUNT
    if not is_count and _modifiers(one) != _modifiers(other):
        return False
    named = one.measure is not None and one.measure == other.measure
    much_alike = alike >= _MUCH_ALIKE
    owned = one.slots.owner == other.slots.owner and (one.slots.owner is not None or much_alike)
    if is_count and one.figure.unit.lower() not in measures.UNITS and not _both_people(one, other):
        # What is counted says what is measured; without an owner only sentences that are much alike prove it.
        return one.thing == other.thing and (owned or (much_alike and are_near(first, second, _NEAR)))
    of_one = one.thing is not None and one.thing == other.thing and one.slots.role == "share"
    return owned and (named or of_one)


def _modifiers(told: FigureInContext) -> set[str]:
    """Return the words beside the one that says what is measured that tell its kind from others."""
    return set() if told.cue is None else set(told.cue.phrase.split()[:-1]) & measures.KINDS_OF_MEASURE


def _is_open(told: FigureInContext) -> bool:
    """Tell whether a figure gives only the least that it may be."""
    return told.figure.low is not None and told.figure.high is None


def is_moving(told: FigureInContext) -> bool:
    """Tell whether a later report gives another value for what is measured."""
    return told.measure in measures.MOVING


def _same_measure(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether both texts say that they measure the same."""
    if one.kind is FigureKind.COUNT:
        if _both_people(one, other):
            return one.measure is not None and one.measure == other.measure
        said = {one.measure, other.measure} - {None}
        return one.thing == other.thing and (len(said) < 2 or one.measure == other.measure)
    if one.slots.role == "share" and other.slots.role == "share" and one.thing is not None:
        return one.thing == other.thing and one.measure == other.measure
    return one.measure is not None and one.measure == other.measure


def _both_people(one: FigureInContext, other: FigureInContext) -> bool:
    return one.thing in measures.PEOPLE_STEMS and other.thing in measures.PEOPLE_STEMS


def are_apart(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether some slot says that two figures are about different things."""
    equal = one.value == other.value
    if not equal and one.ref == other.ref and not are_two_voices(one, other):
        # A source does not contradict itself; what has moved it tells in another sentence.
        same = one.wording == other.wording
        told = one.before or other.before or ranges_overlap(one.bounds, other.bounds)
        if (same and one.pair is None and other.pair is None) or not (same or told):
            return True
    elif not equal and one.wording == other.wording and not are_two_voices(one, other):
        return one.pair is None and other.pair is None
    if one.before != other.before and not equal:
        return False  # what was and what is: the sentence that says both joins them
    if equal and _telling_digits(one) > _MANY:
        return False
    first, second = one.slots, other.slots
    levels = equal and "change" not in (first.role, second.role)
    return (
        not are_compatible(first.measure, second.measure)
        or (one.kind is not FigureKind.COUNT and first.role != second.role and not levels)
        or _things_differ(one, other, equal=equal)
        or (not equal and first.part != second.part)
        or any(second.contrasts.get(group, side) != side for group, side in first.contrasts.items())
        or first.sense.consensus != second.sense.consensus
        or _owners_differ(one, other, equal=equal)
        or _periods_differ(one, other, equal=equal)
    )


def are_two_voices(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether a source sets two values against one another, or has two speakers give them."""
    voices = {one.slots.voice, other.slots.voice} - {None}
    return one.ref == other.ref and (one.contrasted or other.contrasted or len(voices) > 1)


def _things_differ(one: FigureInContext, other: FigureInContext, *, equal: bool) -> bool:
    """Tell whether two figures are shares or numbers of different things."""
    if one.thing is None or other.thing is None or one.thing == other.thing:
        return False
    if one.kind is FigureKind.COUNT:
        return not equal and not _both_people(one, other)
    return one.slots.role == other.slots.role == "share"


def _owners_differ(one: FigureInContext, other: FigureInContext, *, equal: bool) -> bool:
    first, second = one.slots, other.slots
    if first.owner is None or second.owner is None or first.owner == second.owner:
        return False
    if not {one.measure, other.measure}.isdisjoint(("price", "stake")):
        return False  # it is the buyer's as well as the seller's
    if one.kind is FigureKind.COUNT:
        # Whose dead they are is not said by whom the sentence is about.
        return one.measure is None and other.measure is None and first.owner_sure and second.owner_sure
    if equal:
        return first.owner_sure and second.owner_sure and _telling_digits(one) < _MANY
    return (first.owner_sure and second.owner_sure) or one.measure in measures.OWNED


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
    return _is_old(one) or _is_old(other)


def _is_old(told: FigureInContext) -> bool:
    """Tell whether a figure is one of a time long before its source."""
    period = told.slots.period
    if period is None or told.date is None or len(period[1]) != len(told.date[:10]):
        return False
    return (date.fromisoformat(told.date[:10]) - date.fromisoformat(period[1])).days > _LONG_AGO


def _days(period: tuple[str, str]) -> float:
    return float((date.fromisoformat(period[1]) - date.fromisoformat(period[0])).days + 1)
