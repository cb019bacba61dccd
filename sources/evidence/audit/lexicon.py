"""The words that make a statement weaker or stronger, turn it round, or say what somebody is by office."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.word_lists import same_names, sections, words
from sources.text.words import stem

if TYPE_CHECKING:
    from sources.model import Span

_FILE = "audit.txt"


class Term(NamedTuple):
    """A word that says something: its place, its comparable form, and the form that its meaning has."""

    span: Span
    norm: str
    form: str


class Rank(NamedTuple):
    """Where a word stands on a scale: the number of the scale, and the group from weak to strong."""

    scale: int
    strength: int


@cache
def listed(section: str) -> frozenset[str]:
    """Return the words of a section of the list, as they are written there."""
    return words(_FILE, section)


def _groups(section: str) -> list[list[list[str]]]:
    return [[group.split() for group in line.split("|")] for line in sections(_FILE)[section].splitlines()]


@cache
def _ranks(section: str) -> dict[str, tuple[Rank, ...]]:
    found: dict[str, tuple[Rank, ...]] = {}
    for number, line in enumerate(_groups(section)):
        for strength, group in enumerate(line):
            for word in group:
                found[word] = (*found.get(word, ()), Rank(number, strength))
    return found


def ranks(norm: str, section: str = "scales") -> tuple[Rank, ...]:
    """Return where a word stands on the scales of a section; a word may be on several."""
    return _ranks(section).get(norm, ())


@cache
def words_on_scale(scale: int) -> tuple[str, ...]:
    """Return all words of a scale."""
    return tuple(word for group in _groups("scales")[scale] for word in group)


@cache
def opposites(norm: str) -> frozenset[str]:
    """Return the words that exclude a word."""
    found: set[str] = set()
    for line in _groups("opposites"):
        for side, group in enumerate(line):
            if norm in group:
                found.update(line[1 - side])
    return frozenset(found)


@cache
def _offices() -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    return tuple(
        (chosen, tuple(sorted((tuple(other.split()) for other in (chosen, *others)), key=len, reverse=True)))
        for chosen, others in same_names(_FILE, "same offices")
    )


def plain_office(norms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of an office by one name where it has several: ``ceo`` for chief executive."""
    row = list(norms)
    for chosen, forms in _offices():
        for form in forms:
            for at in range(len(row) - len(form) + 1):
                if tuple(row[at : at + len(form)]) == form:
                    row[at : at + len(form)] = [chosen]
                    break
    return tuple(row)


@cache
def is_office(norm: str) -> bool:
    """Tell whether a word is the head of a phrase that says what somebody is by office."""
    return norm in listed("offices") or (norm.endswith("s") and norm[:-1] in listed("offices"))


@cache
def is_planned(norm: str) -> bool:
    """Tell whether a word says that what follows it is not done yet."""
    return norm in listed("planned") or stem(norm) in {stem(word) for word in listed("planned")}
