"""The word lists of the names engine: data files beside this module, and how they are read."""

from __future__ import annotations

from functools import cache
from importlib import resources


def _sections(file: str) -> dict[str, list[str]]:
    """Return the lines of each section of a list, comments left out."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in resources.files(__name__).joinpath(file).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            lines = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


@cache
def words(file: str, section: str) -> frozenset[str]:
    """Return the words of one section of a list, as they are written there."""
    return frozenset(word for line in _sections(file)[section] for word in line.split())


@cache
def names(file: str, *sections: str) -> frozenset[str]:
    """Return the names, perhaps of several words, in the sections of a list."""
    read = _sections(file)
    lines = [line for section in sections for line in read[section]]
    return frozenset(name.strip() for line in lines for name in line.split(";") if name.strip())


@cache
def same_names(file: str, section: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return rows of ``chosen name, other names`` from a section written as ``A = B; C``."""
    rows = []
    for line in _sections(file)[section]:
        chosen, _, others = line.partition("=")
        rows.append((chosen.strip(), tuple(other.strip() for other in others.split(";"))))
    return tuple(rows)


# The word lists as the parts of the names engine ask for them.


@cache
def function_words() -> frozenset[str]:
    """Return the words that never name by themselves, in small letters."""
    return words("common-words.txt", "function")


@cache
def plain_words() -> frozenset[str]:
    """Return common words that name only where a story shows that they do, in small letters."""
    return words("common-words.txt", "plain")


@cache
def given_names() -> frozenset[str]:
    """Return common given names."""
    return words("given-names.txt", "names")


@cache
def place_names() -> frozenset[str]:
    """Return the places known by name."""
    return names("places.txt", "countries", "states", "cities", "regions")


@cache
def organisation_names() -> frozenset[str]:
    """Return organisations known worldwide whose names look like something else."""
    return names("organisations.txt", "organisations")


@cache
def titles() -> frozenset[str]:
    """Return the words for what a person is that stand before a name, with their plurals and stops."""
    strong = words("titles.txt", "strong") | words("titles.txt", "honorifics")
    return strong | frozenset(f"{title}." for title in strong) | frozenset(f"{title}s" for title in strong)


@cache
def heads() -> frozenset[str]:
    """Return the words that tell by themselves what a name that ends in them names."""
    sections = ("organisation", "place", "event", "work", "legal")
    return frozenset().union(*(words("name-words.txt", section) for section in sections))


def calendar() -> frozenset[str]:
    """Return the names of days, months, seasons and the like."""
    return words("peoples.txt", "calendar")


def demonyms() -> frozenset[str]:
    """Return the words for peoples, languages and faiths."""
    return words("peoples.txt", "demonyms")


def is_demonym(text: str) -> bool:
    """Tell whether a word names a people, a language or a faith."""
    return text in demonyms() or text.partition("-")[0] in demonyms()
