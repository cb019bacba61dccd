"""What two figures are to one another by their values: equal, a slip of one another, small, open, moving."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isclose
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.values import is_misplaced, look_alike
from sources.evidence.figures import FigureKind
from sources.evidence.speaker_nouns import is_human

if TYPE_CHECKING:
    from sources.evidence.figure_matrix.figure_in_context import FigureInContext

MANY = 3  # digits that tell
SMALL, GREAT, _OLDEST = 20, 100, 130
_VAGUE_TIMES = 10.0  # times the least, from which the most says nothing
_NO_DIGIT = re.compile(r"[^\d.]")
_SMALL_KINDS = {FigureKind.COUNT, FigureKind.DURATION}


def are_equal(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two values are the same; two hours are no two days."""
    same_unit = one.kind is not FigureKind.DURATION or one.figure.unit == other.figure.unit
    return one.value == other.value and same_unit


def denies(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether the text of one figure says that the value of the other is wrong."""
    same_thing = one.thing == other.thing or None in (one.thing, other.thing)
    return same_thing and (other.value in one.denied or one.value in other.denied)


def is_slip(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether one value is a slip of the other: a digit, two that changed places, a power of ten."""
    if not isinstance(one.value, float) or not isinstance(other.value, float):
        return False
    if one.kind is FigureKind.DURATION and one.figure.unit != other.figure.unit:
        return False  # who writes 71 for 17 still writes minutes, and not years
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


def is_vague(told: FigureInContext) -> bool:
    """Tell whether a figure says next to nothing: "dozens", "millions"."""
    low, high = told.figure.low, told.figure.high
    return low is not None and high is not None and high >= _VAGUE_TIMES * low


def is_open(told: FigureInContext) -> bool:
    """Tell whether a figure gives only the least that it may be."""
    return told.figure.low is not None and (told.figure.high is None or is_vague(told))


def is_age(told: FigureInContext) -> bool:
    """Tell whether a time is how old somebody is, and not how old the world."""
    return told.figure.text.lower().endswith("old") and float(told.value) <= _OLDEST


def is_moving(told: FigureInContext) -> bool:
    """Tell whether a later report gives another value for what is measured."""
    if told.kind is FigureKind.PERCENT and told.measure in measures.STATES:
        return False  # the share that died in a trial is no toll
    moved = told.slots.moved and not told.slots.acts  # a bank that raises its rate is no market
    return told.measure in measures.MOVING or (told.measure in measures.OF_MARKETS and moved)


def count_people(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether both figures count people."""
    return one.thing in measures.PEOPLE and other.thing in measures.PEOPLE


def counts_humans(told: FigureInContext) -> bool:
    """Tell whether those whom a figure counts are people, whatever they are called."""
    return is_human(told.figure.unit.lower()) or told.thing in measures.PEOPLE
