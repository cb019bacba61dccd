"""Whether the slots of two figures name one or two owners, deeds, kinds of a measure, days or places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import measures
from sources.evidence.figure_matrix.clause_verbs import BE, HAVE
from sources.evidence.figure_matrix.exclusion import is_of_both_sides
from sources.evidence.figure_matrix.slots import populations, thing_key
from sources.evidence.figure_matrix.two_values import is_length
from sources.evidence.figures import FigureKind
from sources.evidence.speaker_nouns import is_group, is_human
from sources.evidence.synonyms import meaning
from sources.evidence.word_lists import function_words, words
from sources.text.words import stem

if TYPE_CHECKING:
    from sources.evidence.figure_matrix.figure_in_context import FigureInContext
    from sources.evidence.figure_matrix.slots import Slots

_OF_NO_KIND = words("figure-slots.txt", "of-no-kind")
_ORDINALS = frozenset(("first", "second", "third", "fourth", "fifth", "sixth", "seventh"))
_BUY, _SELL = meaning("buy"), meaning("sell")
_PLAIN = frozenset(("each", "new", "old", "its", "their", "first"))
_BEHIND_NOUN = re.compile(r" (?:in|at|of|near|on|for|with|from|to|by) ")
_BODIES = words("figure-slots.txt", "bodies")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAY_NO_DEED = frozenset(map(meaning, BE | HAVE))


def are_of_others(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two sentences are of other persons, parts of all (those on placebo), days or places."""
    persons, others = (each.persons - {each.slots.voice} for each in (one, other))
    if persons and others and persons.isdisjoint(others):
        return True
    if populations(one.slots) != populations(other.slots):
        return True
    first, second = one.slots, other.slots
    if first.day != second.day and None not in (first.day, second.day):
        return True
    if _are_of_two_turns(one, other):
        return True
    if first.places and second.places and first.places.isdisjoint(second.places):
        return True
    if one.kind is FigureKind.MONEY and one.measure == other.measure:  # "on the bridge", "on the school"
        return _are_of_two_things(one.thing_words, other.thing_words)
    wholes = (each.slots.label.partition(" of ")[2] for each in (one, other))
    if one.kind is FigureKind.COUNT and _are_of_two_things(*wholes):  # jars "of honey" and "of jam"
        return True
    return is_length(one) and _are_of_two_things(one.slots.owner_words, other.slots.owner_words)


def _are_of_two_turns(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two sentences are of the first and the second of something, or of buying and selling."""
    turns, others = (_ORDINALS.intersection(each.wording.split()) for each in (one, other))
    if turns and others and turns.isdisjoint(others):
        return True
    if one.slots.owner is None or one.slots.owner != other.slots.owner:
        return False
    return {_BUY, _SELL} == {meaning(each.cue.word) if each.cue else "" for each in (one, other)}


def _are_of_two_things(one: str, other: str) -> bool:
    """Tell whether two phrases have no word in common."""
    words, others = (set(map(stem, _WORD.findall(each.lower()))) - _PLAIN for each in (one, other))
    return bool(words and others) and words.isdisjoint(others)


def are_of_one_noun(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two figures of one unit are the value of a noun that both texts give: "limit", "gusts"."""
    noun = thing_key(_measured_noun(one))
    return (
        noun is not None and noun == thing_key(_measured_noun(other)) and one.figure.unit == other.figure.unit
    )


def _measured_noun(told: FigureInContext) -> str:
    """Return the noun that a figure is the value of; a length is that of what its clause is about."""
    return told.slots.noun or (told.slots.owner_words if is_length(told) else "")


def are_of_two_owners(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether the clauses of both name the owner, each another, known as an entity or not."""
    if is_of_both_sides(one, other):
        return False
    first, second = one.slots, other.slots
    if first.owner_sure and second.owner_sure:
        return first.owner != second.owner
    names, others = words_of_owner(first), words_of_owner(second)
    return bool(names and others) and names.isdisjoint(others)


def have_one_owner(one: Slots, other: Slots) -> bool:
    """Tell whether two owners are one, also where one text has the name and the other describes it.

    "The Bank of Tarnia" and "Tarnia's central bank".
    """
    if one.owner is not None and other.owner is not None:
        return one.owner == other.owner
    if one.owner is None and other.owner is None:
        names, thing = words_of_owner(one), _described_thing(one)
        if names or words_of_owner(other):
            return names == words_of_owner(other)
        return thing != "" and thing == _described_thing(other)
    name, unknown = (one.owner, other) if one.owner is not None else (other.owner, one)
    named = set() if name is None else set(name.split("-")) - function_words()
    described = set(_WORD.findall(unknown.owner_words.lower()))
    return bool(named) and (named == words_of_owner(unknown) or (len(named) > 1 and named <= described))


def _described_thing(slots: Slots) -> str:
    """Return what a figure is of, where that is one thing without a name: "tunnel", but not "firm"."""
    told = slots.owner_words or slots.noun
    if slots.cue is not None and told.endswith(slots.cue.word):
        return ""  # it says what is measured, and not of what
    thing = _BEHIND_NOUN.split(told, maxsplit=1)[0].lower()
    *_, head = thing.split() or [""]
    several = head.endswith("s") or head in _BODIES or is_human(head) or is_group(head)
    return "" if several or not thing.replace(" ", "").isalpha() else thing


def words_of_owner(slots: Slots) -> set[str]:
    """Return the words of the name that a clause gives the owner of its figure, in small letters."""
    if slots.owner_sure and slots.owner is not None:
        return set(slots.owner.split("-"))
    return {word.lower() for word in _WORD.findall(slots.owner_words) if word[0].isupper()}


def tell_one_deed(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two clauses have the same verb, which says what was done: "sent 2,500 soldiers"."""
    verb = one.slots.verb
    return bool(verb) and verb == other.slots.verb and verb not in _SAY_NO_DEED


def may_tell_one_deed(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two clauses may tell one deed by their verbs; "41% have" and "58% want" do not."""
    return one.slots.verb == other.slots.verb or "" in (one.slots.verb, other.slots.verb)


def tell_two_deeds(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two clauses say that different things were done: "hired 340" and "dismissed 310"."""
    verbs = {one.slots.verb, other.slots.verb}
    return len(verbs) == 2 and "" not in verbs and verbs.isdisjoint(_SAY_NO_DEED)


def are_of_two_kinds(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether one of two nouns of a measure names a kind of it: "net", "youth unemployment"."""
    if one.kind is not FigureKind.COUNT and _contrast(one) != _contrast(other):
        return True
    kinds, others = (_words_before(each) for each in (one, other))
    return kinds is not None and others is not None and bool(kinds) != bool(others)


def _contrast(told: FigureInContext) -> set[str]:
    """Return the words beside the one that says what is measured that tell its kind from others."""
    return set() if told.cue is None else set(told.cue.phrase.split()[:-1]) & measures.KINDS_OF_MEASURE


def _words_before(told: FigureInContext) -> set[str] | None:
    """Return what stands before the word that says what is measured in its noun, None without such a noun."""
    *before, last = _BEHIND_NOUN.split(told.slots.noun.lower())[-1].split() or [""]  # "reduction in deaths"
    if told.cue is None or last != told.cue.word.lower():
        return None
    kinds = {word for word in before if "-" not in word and measures.measure_of(word) != told.measure}
    return kinds - _OF_NO_KIND - function_words()
