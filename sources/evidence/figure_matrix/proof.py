"""When two values of one thing are a conflict: what proves that one of them is wrong."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.clause_verbs import BE, HAVE
from sources.evidence.figure_matrix.joining import (
    FURTHER_TIMES,
    GREAT,
    LEAST_COMMON,
    MUCH_ALIKE,
    NEAR_TIMES,
    SMALL,
    count_people,
    is_age,
    is_length,
    is_moving,
    is_of_both_sides,
    is_open,
    is_slip,
    is_sure_slip,
    telling_digits,
    written_value,
)
from sources.evidence.figure_matrix.slots import populations, thing_key
from sources.evidence.figure_matrix.values import are_near, are_one_number, is_misplaced, ranges_overlap
from sources.evidence.figure_matrix.voices import are_two_voices, name_two_places
from sources.evidence.figures import FigureKind
from sources.evidence.synonyms import meaning
from sources.evidence.word_lists import function_words
from sources.text.words import stem

if TYPE_CHECKING:
    from sources.evidence.figure_matrix.figure_in_context import FigureInContext
    from sources.evidence.figure_matrix.slots import Slots

_FROM_SOMEWHERE = {"distance", "length"}  # which say nothing without from where to where
_SAY_NO_DEED = frozenset(map(meaning, BE | HAVE))
_PLAIN = frozenset(("each", "new", "old", "its", "their", "first"))
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEW_DIGITS, _LEAST_OF_FEW = 2, 0.5  # a power of ten of a single digit takes sentences that are more alike
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
    if _are_of_two_owners(one, other):
        return False  # a slip or not: each clause says whose the figure is
    if one.figure is other.taken_up or other.figure is one.taken_up:
        return True  # "The operator put the figure at 58 percent"
    sure_slip = is_sure_slip(one, other) and not are_two_voices(one, other)
    if not sure_slip and _are_of_others(one, other):
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
    least = _LEAST_OF_FEW if few and not _are_of_one_noun(one, other) else LEAST_COMMON
    return alike >= least and is_misplaced(written_value(one), written_value(other))


def _are_of_others(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two sentences name other persons, or other parts of all: those on placebo, the women."""
    persons, others = (each.persons - {each.slots.voice} for each in (one, other))
    if persons and others and persons.isdisjoint(others):
        return True
    if populations(one.slots) != populations(other.slots):
        return True
    if one.kind is FigureKind.MONEY and one.measure == other.measure:  # "on the bridge", "on the school"
        return _are_of_two_things(one.thing_words, other.thing_words)
    return is_length(one) and _are_of_two_things(one.slots.owner_words, other.slots.owner_words)


def _are_of_two_things(one: str, other: str) -> bool:
    """Tell whether two phrases have no word in common."""
    words, others = (set(map(stem, _WORD.findall(each.lower()))) - _PLAIN for each in (one, other))
    return bool(words and others) and words.isdisjoint(others)


def _are_of_one_noun(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two figures of one unit are the value of a noun that both texts give: "limit"."""
    noun = thing_key(one.slots.noun)
    return noun is not None and noun == thing_key(other.slots.noun) and one.figure.unit == other.figure.unit


def _are_of_two_occasions(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two sentences give several figures of a unit each, and agree in none of them."""
    first, second = (one.bounds, *one.beside), (other.bounds, *other.beside)
    several = min(len(first), len(second)) > 1
    return several and not any(ranges_overlap(*pair) for pair in product(first, second))


def _are_of_two_owners(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether the clauses of both name the owner, each another, known as an entity or not."""
    if is_of_both_sides(one, other):
        return False
    first, second = one.slots, other.slots
    if first.owner_sure and second.owner_sure:
        return first.owner != second.owner
    names, others = _words_of_owner(first), _words_of_owner(second)
    return bool(names and others) and names.isdisjoint(others)


def _have_one_owner(one: Slots, other: Slots) -> bool:
    """Tell whether two owners are one, also where one text has the name and the other describes it.

    "The Bank of Tarnia" and "Tarnia's central bank".
    """
    if one.owner is not None and other.owner is not None:
        return one.owner == other.owner
    name = one.owner or other.owner
    described = set(_WORD.findall((other if one.owner else one).owner_words.lower()))
    words = set() if name is None else set(name.split("-")) - function_words()
    return len(words) > 1 and words <= described


def _words_of_owner(slots: Slots) -> set[str]:
    """Return the words of the name that a clause gives the owner of its figure, in small letters."""
    if slots.owner_sure and slots.owner is not None:
        return set(slots.owner.split("-"))
    return {word.lower() for word in _WORD.findall(slots.owner_words) if word[0].isupper()}


def _are_said_to_be_one(one: FigureInContext, other: FigureInContext, alike: float) -> bool:
    """Tell whether owner and measure are the same, or all but the same is said of two figures."""
    if one.slots.sense.elsewhere != other.slots.sense.elsewhere or one.slots.per != other.slots.per:
        return False
    owners = {each.slots.owner for each in (one, other) if each.slots.owner_sure}
    sure = one.slots.owner_sure and other.slots.owner_sure and len(owners) == 1
    much_alike = alike >= MUCH_ALIKE
    if one.measure in _FROM_SOMEWHERE or (one.kind is FigureKind.DURATION and is_age(one)):
        return sure  # of most people it is told how old they are, and of most places how far away
    if measures.TIME in (one.measure, other.measure):
        same = one.measure == other.measure and one.slots.noun.lower() == other.slots.noun.lower()
        return same and (sure or not name_two_places(one, other))
    if one.kind is FigureKind.COUNT and not is_length(one) and not count_people(one, other):
        # What is counted says what is measured; without an owner only sentences that are much alike prove it.
        first, second = sorted((float(one.value), float(other.value)))
        if sure and _tell_one_deed(one, other) and first > SMALL:
            return one.thing == other.thing and are_near(first, second, FURTHER_TIMES)
        proof = (much_alike or sure) if first >= GREAT else (much_alike and sure)
        proof = proof and not _tell_two_deeds(one, other)
        return one.thing == other.thing and are_near(first, second, NEAR_TIMES) and proof
    if one.kind is not FigureKind.COUNT and _modifiers(one) != _modifiers(other):
        return False
    same_owner = _have_one_owner(one.slots, other.slots)
    if not same_owner and name_two_places(one, other):
        return False
    named = one.measure is not None and one.measure == other.measure
    of_one = one.thing is not None and one.thing == other.thing and one.slots.role == "share"
    return (same_owner or (much_alike and len(owners) < 2)) and (named or of_one)


def _tell_one_deed(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two clauses have the same verb, which says what was done: "sent 2,500 soldiers"."""
    verb = one.slots.verb
    return bool(verb) and verb == other.slots.verb and verb not in _SAY_NO_DEED


def _tell_two_deeds(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two clauses say that different things were done: "hired 340" and "dismissed 310"."""
    verbs = {one.slots.verb, other.slots.verb}
    return len(verbs) == 2 and "" not in verbs and verbs.isdisjoint(_SAY_NO_DEED)


def _days_between(one: FigureInContext, other: FigureInContext) -> int:
    """Return how many days lie between the sources of two figures, 0 where that is not known."""
    days = [each.date[:10] for each in (one, other) if each.date and len(each.date) >= len("2031-06-18")]
    if len(days) < 2:
        return 0
    first, second = map(date.fromisoformat, days)
    return abs((first - second).days)


def _modifiers(told: FigureInContext) -> set[str]:
    """Return the words beside the one that says what is measured that tell its kind from others."""
    return set() if told.cue is None else set(told.cue.phrase.split()[:-1]) & measures.KINDS_OF_MEASURE
