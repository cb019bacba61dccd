"""Whether figures measure the same thing: what their slots prove, leave open, or exclude."""

from __future__ import annotations

import re
from datetime import date
from enum import IntEnum
from functools import lru_cache
from math import isclose
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.measures import are_compatible
from sources.evidence.figure_matrix.values import are_near, is_misplaced, look_alike, ranges_overlap, shape_of
from sources.evidence.figure_matrix.voices import are_two_voices
from sources.evidence.figures import FigureKind
from sources.evidence.speaker_nouns import is_human
from sources.evidence.word_lists import words
from sources.text.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.evidence.figure_matrix.figure_in_context import FigureInContext


class Tie(IntEnum):
    """How surely two claims are about the same thing."""

    NONE = 0
    NEARBY = 1  # like figures, but what would prove it is not known
    LIKELY = 2
    SURE = 3


# The odds that two figures of two sources are of one thing, as natural logarithms: what speaks for it is
# added up, slot by slot. Fitted to the pairs of 25 labelled stories, each story judged by the weights that
# fit the others, and rounded; a slot of which one side says nothing adds nothing.
_EQUAL = 0.3  # two equal values,
_PER_DIGIT = 2.0  # for each digit that tells beyond the first, up to the third,
_OF_KIND = {  # and by how seldom two of a kind are equal by chance
    FigureKind.MONEY: 0.4, FigureKind.PERCENT: 0.0, FigureKind.DURATION: -0.6, FigureKind.DATE: -2.6,
    FigureKind.COUNT: 0.0,
}  # fmt: skip
_SAME_TEXT = -2.0  # a source says twice in other words what it says at all
_SLIP = -0.1  # one value is a slip of the other,
_SLIP_PER_DIGIT = 1.2  # for each digit beyond the second
_SLIP_OF_MONEY = 0.7
_OF_SLIP = 0.5  # times what other words for measure and thing speak against it
_COVERED, _COVERED_GREAT = -0.2, 1.4  # what one may stand for covers the other; two great numbers
_NEAR, _FURTHER, _FAR = -1.1, -1.8, -4.0  # or the greater is so many times the smaller:
NEAR_TIMES, FURTHER_TIMES = 1.6, 4.0
_VAGUE = -1.2  # "dozens" and what it may stand for
_OTHER_AMOUNT = -1.5  # for all but counts, where it is no slip
_COMMON, _COMMON_OF_EQUAL = 1.4, 2.2  # times what their contexts have in common, up to
_MOST_COMMON, LEAST_COMMON = 1.5, 0.2
_SAME_MEASURE, _SAME_MEASURE_OF_SAME = 0.5, 1.2  # and the second where thing or owner are the same, too
_OTHER_MEASURE = -2.2
_MOVING = 0.5  # of a measure that moves from day to day
# For a small number of nobody knows what. The labelled stories say nothing of it: their pairs are the same
# from 0 to -1.6. Set on news events: a bare "10" tied children to bodies, while "three boosters" and a bare
# "three" should meet.
_BARE_FEW = -0.8
_OTHER_THING, _SAME_LENGTH = -2.0, 0.7
_OTHER_PEOPLE, _OTHER_PEOPLE_OF_EQUAL = -2.0, -1.2  # for two numbers of people of whom not the same is told
_SAME_OWNER, _OTHER_OWNER = 0.9, -0.9  # where the clauses of both name the owner
_OTHER_PART, _OTHER_PART_OF_EQUAL, _OTHER_ROLE = -3.0, -1.5, -1.2

_SURE, _LIKELY, _NEARBY = 0.6, 0.0, -0.5  # the odds from which figures are tied so
_FEW = 6  # members of a claim that are asked for their value; they differ in what they say
_LONG_AGO = 300  # days before its source's date; a figure of then is none of now
_LONG_TIME = 4000  # days, from which on a time says of what kind a thing is, and not when it was so
_VAGUE_TIMES = 10.0  # times the least, from which the most says nothing
_LONGER = 2.0  # times; a quarter is no part of what is said of a year
MANY = 3  # digits that tell
MUCH_ALIKE = 0.8
_OWNED_THINGS = set(map(stem, words("figure-slots.txt", "owned-things")))
SMALL, GREAT, _OLDEST = 20, 100, 130
_NO_DIGIT = re.compile(r"[^\d.]")
_SMALL_KINDS = {FigureKind.COUNT, FigureKind.DURATION}


class Claim:
    """Figures that are about one thing, with all that any of them says of it."""

    __slots__ = (
        "distinct",
        "figures",
        "high",
        "low",
        "measures",
        "owners",
        "parts",
        "pers",
        "roles",
        "shapes",
        "speakers",
        "things",
        "values",
    )

    def __init__(self, figures: Iterable[FigureInContext]) -> None:
        self.figures = list(figures)
        self.distinct = _different(self.figures)
        self.speakers = self.distinct[:_FEW]
        self.values = {each.value for each in self.figures}
        self.measures = {each.measure for each in self.figures if each.measure is not None}
        self.things = {each.thing for each in self.figures if each.thing is not None}
        self.owners = {each.slots.owner for each in self.figures if each.slots.owner_sure}
        self.low = min((abs(each.bounds[0]) for each in self.speakers), default=0.0)
        self.high = max((abs(each.bounds[1]) for each in self.speakers), default=0.0)
        self.shapes = {shape_of(each.value) for each in self.speakers if isinstance(each.value, float)}
        self.parts = {each.slots.part for each in self.figures}
        self.pers = {each.slots.per for each in self.figures if each.slots.per is not None}
        self.roles = {each.slots.role for each in self.figures if each.slots.role != "level" or each.measure}

    @property
    def are_people(self) -> bool:
        """Tell whether the figures count people, whatever they are called."""
        return any(map(_are_human, self.figures))


def _are_human(told: FigureInContext) -> bool:
    """Tell whether those whom a figure counts are people, whatever they are called."""
    return is_human(told.figure.unit.lower()) or told.thing in measures.PEOPLE_STEMS


def _different(figures: Iterable[FigureInContext]) -> list[FigureInContext]:
    """Return the figures of which each can tie or forbid something that the others do not."""
    found: dict[tuple[object, ...], FigureInContext] = {}
    for each in figures:
        slots = each.slots
        key = (each.value, each.wording, slots.measure, each.thing, slots.period, each.before, slots.owner)
        found.setdefault(key, each)
    return sorted(
        found.values(), key=lambda each: (each.before, each.measure is None, not each.slots.owner_sure)
    )


def odds_of_values(one: Claim, other: Claim) -> float | None:
    """Return what the values of two claims say for their being about the same, None where they cannot be."""
    apart = max(one.low, other.low) > FURTHER_TIMES * min(one.high, other.high)
    if apart and one.measures.isdisjoint(other.measures) and one.shapes.isdisjoint(other.shapes):
        return None
    best: float | None = None
    for first in one.speakers:
        for second in other.speakers:
            odds = _odds_of_values(first, second, best)
            if odds is not None:
                best = odds
    return best


def _odds_of_values(one: FigureInContext, other: FigureInContext, least: float | None) -> float | None:
    """Return what two values say for being about the same, None where they cannot be or it is no more."""
    if one.value != other.value and (one.before != other.before or one.kind is FigureKind.DATE):
        return None
    odds = _odds_of_relation(one, other)
    if odds <= _FAR and (one.measure is None or one.measure != other.measure):
        return None
    if least is not None and odds <= least:
        return None
    return None if are_told_apart(one, other) or are_apart(one, other) else odds


def _odds_of_relation(one: FigureInContext, other: FigureInContext) -> float:
    if _is_vague(one) or _is_vague(other):
        return _VAGUE if ranges_overlap(one.bounds, other.bounds) else _FAR
    if _are_equal(one, other):
        digits = min(MANY, telling_digits(one))
        return _EQUAL + _PER_DIGIT * (digits - 1) + _OF_KIND[one.kind] + _SAME_TEXT * (one.ref == other.ref)
    first, second = float(one.value), float(other.value)
    near = are_near(first, second, NEAR_TIMES)
    other_amount = 0.0 if one.kind is FigureKind.COUNT else _OTHER_AMOUNT
    if ranges_overlap(one.bounds, other.bounds):
        great = one.kind is FigureKind.COUNT and min(first, second) >= GREAT
        closed = not (is_open(one) or is_open(other))
        return (_NEAR if not near else _COVERED_GREAT if great and closed else _COVERED) + other_amount
    if is_slip(one, other):
        digits = min(MANY, telling_digits(one), telling_digits(other))
        return _SLIP + _SLIP_PER_DIGIT * (digits - 2) + _SLIP_OF_MONEY * (one.kind is FigureKind.MONEY)
    if near or not are_near(first, second, FURTHER_TIMES):
        return (_NEAR if near else _FAR) + other_amount
    return _FURTHER + other_amount


def odds_of_slots(one: Claim, other: Claim, common: float, *, equal: bool) -> float:
    """Return what all else says for two claims being about the same; ``common`` is what contexts share."""
    slip = not equal and are_slips(one, other)
    odds = min(common, _MOST_COMMON) * (_COMMON_OF_EQUAL if equal or slip else _COMMON)
    first = one.figures[0]
    same_thing = not one.things.isdisjoint(other.things)
    same_owner = not one.owners.isdisjoint(other.owners)
    both_people = bool(one.things & measures.PEOPLE_STEMS) and bool(other.things & measures.PEOPLE_STEMS)
    generic = not measures.PEOPLE_STEMS.isdisjoint(one.things | other.things)
    if equal and generic and not both_people and first.kind is FigureKind.COUNT:
        both_people = one.are_people and other.are_people
    of_same = not equal and (same_thing or both_people or same_owner or common >= MUCH_ALIKE)
    odds += _odds_of_measures(one, other, common, of_same=of_same, slip=slip)
    if one.things and other.things and not same_thing and not both_people:
        odds += _OTHER_THING * (_OF_SLIP if slip else 1.0)
    elif equal and first.kind is FigureKind.COUNT and is_small(first) and not (one.things and other.things):
        odds += _BARE_FEW
    elif both_people and one.measures.isdisjoint(other.measures):
        odds += _OTHER_PEOPLE_OF_EQUAL if equal else _OTHER_PEOPLE
    lasting = measures.TIME in one.measures & other.measures
    if same_thing and (lasting or (first.kind is FigureKind.COUNT and is_length(first))):
        odds += _SAME_LENGTH
    if one.owners and other.owners:
        odds += _SAME_OWNER if same_owner else _OTHER_OWNER
    if one.parts.isdisjoint(other.parts):
        odds += _OTHER_PART_OF_EQUAL if equal else _OTHER_PART
    if first.kind is not FigureKind.COUNT:
        odds += _OTHER_ROLE * bool(one.roles and other.roles and one.roles.isdisjoint(other.roles))
    return odds


def _odds_of_measures(one: Claim, other: Claim, common: float, *, of_same: bool, slip: bool) -> float:
    if not one.measures.isdisjoint(other.measures):
        moving = not measures.MOVING.isdisjoint(one.measures & other.measures)
        return _SAME_MEASURE + _SAME_MEASURE_OF_SAME * of_same + _MOVING * moving
    if not one.pers.isdisjoint(other.pers):
        return _SAME_MEASURE  # what is paid each week is a wage or a rent, whatever it is called
    if one.measures and other.measures:
        may_be = any(are_compatible(mine, theirs) for mine in one.measures for theirs in other.measures)
        return _OTHER_MEASURE * (not may_be or common < LEAST_COMMON) * (_OF_SLIP if slip else 1.0)
    return 0.0


def are_slips(one: Claim, other: Claim) -> bool:
    """Tell whether a value of one claim is a slip of one of the other."""
    return any(is_slip(first, second) for first in one.speakers for second in other.speakers)


def tie(odds: float) -> Tie:
    """Return how surely two claims are about the same thing."""
    if odds >= _SURE:
        return Tie.SURE
    return Tie.LIKELY if odds >= _LIKELY else Tie.NEARBY if odds >= _NEARBY else Tie.NONE


def _are_equal(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two values are the same; two hours are no two days."""
    same_unit = one.kind is not FigureKind.DURATION or one.figure.unit == other.figure.unit
    return one.value == other.value and same_unit


def is_slip(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether one value is a slip of the other: a digit, two that changed places, a power of ten."""
    if not isinstance(one.value, float) or not isinstance(other.value, float):
        return False
    return _are_slips(written_value(one), written_value(other), measured=is_length(one))


def is_sure_slip(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two values have the same digits in another order, too many for chance."""
    if not is_slip(one, other) or min(telling_digits(one), telling_digits(other)) < MANY:
        return False
    return is_misplaced(written_value(one), written_value(other))


def written_value(told: FigureInContext) -> float:
    """Return the number that the digits of a figure make, 22134 of 2:21:34: slips are made in digits."""
    digits = _NO_DIGIT.sub("", told.figure.text) if ":" in told.figure.text else ""
    return float(digits or told.value)


@lru_cache(maxsize=1 << 14)
def _are_slips(one: float, other: float, *, measured: bool) -> bool:
    low, high = sorted((abs(one), abs(other)))
    told = high >= GREAT or (measured and low < 1.0)  # of small whole numbers many are ten times another
    return look_alike(low, high) or (told and any(isclose(high, times * low) for times in (10, 100, 1000)))


def telling_digits(told: FigureInContext) -> int:
    """Return how many digits a value has that are no noughts: two things may well both be 100, or twelve."""
    if not isinstance(told.value, float):
        return 2
    if is_small(told):
        return 1
    return max(1, len(f"{told.value:.12g}".replace(".", "").strip("-0")))


def is_small(told: FigureInContext) -> bool:
    """Tell whether a figure is a small number of things or times, as the most are."""
    return told.kind in _SMALL_KINDS and float(told.value) <= SMALL


def is_length(told: FigureInContext) -> bool:
    """Tell whether a figure is a length, a weight or the like."""
    return told.figure.unit in measures.UNITS


def _is_vague(told: FigureInContext) -> bool:
    """Tell whether a figure says next to nothing: "dozens", "millions"."""
    low, high = told.figure.low, told.figure.high
    return low is not None and high is not None and high >= _VAGUE_TIMES * low


def is_open(told: FigureInContext) -> bool:
    """Tell whether a figure gives only the least that it may be."""
    return told.figure.low is not None and (told.figure.high is None or _is_vague(told))


def is_moving(told: FigureInContext) -> bool:
    """Tell whether a later report gives another value for what is measured."""
    if told.kind is FigureKind.PERCENT and told.measure in measures.STATES:
        return False  # the share that died in a trial is no toll
    moved = told.slots.moved and not told.slots.acts  # a bank that raises its rate is no market
    return told.measure in measures.MOVING or (told.measure in measures.OF_MARKETS and moved)


def count_people(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether both figures count people."""
    return one.thing in measures.PEOPLE_STEMS and other.thing in measures.PEOPLE_STEMS


def are_told_apart(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether one text gives two values, of which it does not say that they are of one thing."""
    equal = _are_equal(one, other)
    if not equal and one.ref == other.ref and not are_two_voices(one, other):
        # A source does not contradict itself; what has moved it tells in another sentence.
        same = one.wording == other.wording
        told = one.before or other.before or ranges_overlap(one.bounds, other.bounds)
        told = told or _is_vague(one) or _is_vague(other)
        return (same and one.pair is None and other.pair is None) or not (same or told)
    if not equal and one.wording == other.wording and not are_two_voices(one, other):
        return one.pair is None and other.pair is None
    return False


def are_apart(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether some slot says for certain that two figures are about different things."""
    equal = _are_equal(one, other)
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
    people = _are_human(one) and _are_human(other)
    return not people and not any(each.figure.unit[:-1].isupper() for each in (one, other))


def _shares_differ(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two figures are shares "of" different things."""
    if one.kind is not FigureKind.PERCENT or one.thing is None or other.thing is None:
        return False
    return one.thing != other.thing and not {one.thing, other.thing} <= _OWNED_THINGS


def is_age(told: FigureInContext) -> bool:
    """Tell whether a time is how old somebody is, and not how old the world."""
    return told.figure.text.lower().endswith("old") and float(told.value) <= _OLDEST


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
