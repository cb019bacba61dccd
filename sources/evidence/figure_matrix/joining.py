"""How surely figures measure the same thing: the odds that values, slots and contexts make."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.exclusion import are_apart, are_told_apart
from sources.evidence.figure_matrix.measures import are_compatible
from sources.evidence.figure_matrix.two_values import (
    GREAT,
    MANY,
    are_equal,
    counts_humans,
    denies,
    is_length,
    is_open,
    is_slip,
    is_small,
    is_vague,
    telling_digits,
)
from sources.evidence.figure_matrix.values import are_near, ranges_overlap, shape_of
from sources.evidence.figures import FigureKind
from sources.evidence.synonyms import meaning
from sources.evidence.thesaurus import are_kindred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
_DENIED = 1.0  # the text of one says that it is not the other. Too rare in the labelled stories to be fitted
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
_KIN_THING = -0.3

_SAME_HEAD = 0.5  # whatever both clauses say that it is of: "weir"
_OTHER_PEOPLE, _OTHER_PEOPLE_OF_EQUAL = -2.0, -1.2  # for two numbers of people of whom not the same is told
_SAME_OWNER, _OTHER_OWNER = 0.9, -0.9  # where the clauses of both name the owner
_OTHER_PART, _OTHER_PART_OF_EQUAL, _OTHER_ROLE = -3.0, -2.5, -1.2

_SURE, _LIKELY, _NEARBY = 0.6, 0.0, -0.5  # the odds from which figures are tied so
_FEW = 6  # members of a claim that are asked for their value; they differ in what they say
MUCH_ALIKE = 0.8


class Claim:
    """Figures that are about one thing, with all that any of them says of it."""

    __slots__ = (
        "distinct",
        "figures",
        "heads",
        "high",
        "low",
        "measures",
        "nouns",
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
        self.nouns = {
            each.thing_words.rpartition(" ")[2].lower() for each in self.figures if each.thing is not None
        }
        self.heads = {head for each in self.figures for head in _heads(each)}
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
        return any(map(counts_humans, self.figures))


def _heads(told: FigureInContext) -> Iterator[str]:
    for phrase in (told.slots.noun, told.slots.owner_words):
        head = _BEHIND_NOUN.split(phrase, maxsplit=1)[0].rpartition(" ")[2].lower()
        if head:
            yield meaning(head)


_BEHIND_NOUN = re.compile(r" (?:in|at|of|near|on|for|with|from|to|by) ")


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
    if (one.denied or other.denied) and denies(one, other):
        return _DENIED
    if is_vague(one) or is_vague(other):
        return _VAGUE if ranges_overlap(one.bounds, other.bounds) else _FAR
    if are_equal(one, other):
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
    both_people = bool(one.things & measures.PEOPLE) and bool(other.things & measures.PEOPLE)
    generic = not measures.PEOPLE.isdisjoint(one.things | other.things)
    if generic and not both_people and first.kind is FigureKind.COUNT:
        both_people = one.are_people and other.are_people
    of_same = not equal and (same_thing or both_people or same_owner or common >= MUCH_ALIKE)
    odds += _odds_of_measures(one, other, common, of_same=of_same, slip=slip)
    if one.things and other.things and not same_thing and not both_people:
        kin = _are_kin(one, other)
        odds += _KIN_THING if kin else _OTHER_THING * (_OF_SLIP if slip else 1.0)
    elif equal and first.kind is FigureKind.COUNT and is_small(first) and not (one.things and other.things):
        odds += _BARE_FEW
    elif both_people and one.measures.isdisjoint(other.measures):
        odds += _OTHER_PEOPLE_OF_EQUAL if equal or slip else _OTHER_PEOPLE
    lasting = measures.TIME in one.measures & other.measures
    if same_thing and (lasting or (first.kind is FigureKind.COUNT and is_length(first))):
        odds += _SAME_LENGTH
    if not one.heads.isdisjoint(other.heads):
        odds += _SAME_HEAD
    if one.owners and other.owners:
        odds += _SAME_OWNER if same_owner else _OTHER_OWNER
    if one.parts.isdisjoint(other.parts):
        odds += _OTHER_PART_OF_EQUAL if equal else _OTHER_PART
    if first.kind is not FigureKind.COUNT:
        odds += _OTHER_ROLE * bool(one.roles and other.roles and one.roles.isdisjoint(other.roles))
    return odds


def _are_kin(one: Claim, other: Claim) -> bool:
    return any(are_kindred(mine, theirs) for mine in one.nouns for theirs in other.nouns)


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
