"""Parts names from the titles of persons in and around them."""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING

from sources.evidence.word_lists import (
    given_names,
    heads,
    titles,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.entities.capitalised_words import CapitalisedWord


_OFFICER_NOUNS = frozenset({"Officer", "Officers", "Commissioner", "Inspector", "Attorney", "Superintendent"})
_OFFICERS = frozenset({"Chief", "Chair", "Head", "General", "Executive"})
_MEMBERS = frozenset(("MP", "MPP", "MHA", "MEP", "MSP", "TD", "MLA", "MK", "AM"))
_NAMED_AFTER = frozenset(
    {
        "School",
        "College",
        "Hospital",
        "Airport",
        "Library",
        "Park",
        "Street",
        "Avenue",
        "Prize",
        "Award",
        "Stadium",
    }
)


def without_titles(
    run: tuple[CapitalisedWord, ...],
) -> Iterator[tuple[tuple[CapitalisedWord, ...], bool, bool]]:
    """Yield the parts of a run between titles, and whether a title stands before and after each."""
    member = next((at for at in range(1, len(run) - 1) if run[at].text in _MEMBERS), 0)
    if member:  # "Vale MP Ada Moss"
        yield from (part for part in without_titles(run[:member]))
        yield run[member + 1 :], True, False
        return
    if all(word.text not in _of_titles() for word in run):
        yield run, False, False
        return
    parts: list[tuple[tuple[CapitalisedWord, ...], bool]] = []
    first, position, titled = 0, 0, False
    while position < len(run):
        length = _title_length(run, position, at_start=position == first)
        if not length:
            position += 1
            continue
        parts.append((run[first:position], titled))
        position = first = position + length
        titled = True
    parts.append((run[first:], titled))
    for number, (part, has_title) in enumerate(parts):
        if part and (number == len(parts) - 1 or not _says_what_office(part)):
            yield part, has_title, number < len(parts) - 1


def _says_what_office(part: tuple[CapitalisedWord, ...]) -> bool:
    """Tell whether words in front of a title say of what: ``Homeland``, before ``Security Secretary``."""
    offices = words("titles.txt", "offices") | words("name-words.txt", "fields")
    return all(word.text in offices for word in part)


def is_title_word(word: str) -> bool:
    """Tell whether a word may be part of a title."""
    return word in _of_titles()


@cache
def _of_titles() -> frozenset[str]:
    """Return the words of which a title has at least one."""
    others = (words("titles.txt", section) for section in ("modifiers", "weak", "offices"))
    return titles().union(_OFFICERS, *others)


def _title_length(run: tuple[CapitalisedWord, ...], position: int, *, at_start: bool) -> int:
    """Return how many words from ``position`` make up a title, 0 when none do."""
    last = len(run)
    strong = titles()
    if _is_no_title(run, position, at_start=at_start):
        return 0
    end = position
    while end < last and run[end].text in words("titles.txt", "modifiers") and run[end].text not in strong:
        end += 1
    if position < end < last - 1 and run[end].text not in strong and run[end + 1].text in _OFFICER_NOUNS:
        end += 1  # "Chief Electoral Officer"
    stop = end
    while stop < last and run[stop].text in strong:
        stop += 1
    if stop > end:
        return _strong_title_length(run, position, stop)
    rest = last - position
    weak = words("titles.txt", "weak")
    after_of = at_start and rest > 2 and run[position + 1].text in given_names()
    if after_of and run[position].text in words("titles.txt", "offices"):
        return 1  # "Secretary of", then "State Ada Moss"
    if at_start and run[position].text in weak and rest > 1 and run[-1].text not in heads():
        return 1
    if end == last and position > 0 and rest == 1 and run[position].text in _OFFICERS:
        return 1
    return end - position if end == last and at_start and run[end - 1].text in _OFFICERS else 0


def _is_no_title(run: tuple[CapitalisedWord, ...], position: int, *, at_start: bool) -> bool:
    """Tell whether a word that may be a title is part of the name: ``General Electric``, ``Alex Dean``."""
    word, last = run[position].text, len(run) - 1
    gap = run[position + 1].start - run[position].end if position < last else 1
    if gap > 1:
        return gap == len("'s ") or word in words(
            "titles.txt", "honorifics"
        )  # "King's College", "Col de Varn"
    if at_start and position < last:
        following = run[position + 1].text
        if word == "Crown" and not following.startswith("Prince"):
            return True
        if word in ("Major", "General") and following in words("name-words.txt", "organisation"):
            return True
        return last - position > 1 and run[-1].text in _NAMED_AFTER
    if (
        position == last
        and word.endswith("s")
        and any(b.start - a.end > 1 for a, b in itertools.pairwise(run))
    ):
        return True  # "Conference of Catholic Bishops"
    return position == 1 and position == last and run[0].text in given_names() and not run[0].initial


def _strong_title_length(run: tuple[CapitalisedWord, ...], position: int, stop: int) -> int:
    """Return the length of a title that ends at ``stop``, with its office: ``Secretary of State``."""
    if stop == len(run) - 1 and run[stop].text in heads():
        return 0  # "Director Park", "President Hotel"
    is_secretary = run[stop - 1].text in {"Secretary", "Minister"}
    if stop < len(run) and is_secretary and run[stop].text in words("titles.txt", "offices"):
        stop += 1
    return stop - position
