"""A thesaurus of English: which words can stand for each other, are of one family, or exclude each other.

The list is made from WordNet 3.0 (Princeton University; Miller, "WordNet: a lexical database for English",
1995): the common meanings of common words. `sources.evidence.synonyms` is the short list of what news uses
for each other; this one is wider and less sure.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.word_lists import sections

if TYPE_CHECKING:
    from collections.abc import Iterable

_FILE = "thesaurus.txt"
SAME_SENSE, WIDER = 0.9, 0.6  # how near the meanings of two words are; WIDER: one is a kind of the other


# How the forms of a word end, and what the base has there, the likeliest first: Miller's detachment rules.
_ENDINGS = (
    ("s", ""), ("ies", "y"), ("es", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("men", "man"),
)  # fmt: skip


class _Thesaurus(NamedTuple):
    senses: dict[str, list[int]]  # the numbers of the meanings of a word
    words: list[list[str]]  # the words of each meaning
    wider: list[int]  # the number of what each meaning is a kind of, or -1
    kinds: dict[int, list[int]]  # the numbers of the kinds of a meaning
    families: dict[str, list[str]]
    opposites: dict[str, list[str]]
    irregular: dict[str, str]


@cache
def _read() -> _Thesaurus:
    listed = sections(_FILE)
    senses: dict[str, list[int]] = defaultdict(list)
    members: list[list[str]] = []
    wider: list[int] = []
    kinds: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(listed["synsets"].splitlines()):
        written, _, above = line.partition(" <")
        mates = written.split()
        members.append(mates)
        wider.append(int(above) if above else -1)
        if above:
            kinds[int(above)].append(number)
        for one in mates:
            senses[one].append(number)
    return _Thesaurus(
        senses,
        members,
        wider,
        kinds,
        _pairs(listed["families"]),
        _pairs(listed["opposites"]),
        dict(line.split() for line in listed["irregular"].splitlines()),
    )


def _pairs(section: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in map(str.split, section.splitlines()):
        found[one].append(other)
        found[other].append(one)
    return found


@lru_cache(maxsize=1 << 16)
def bases_of(norm: str) -> tuple[str, ...]:
    """Return the base forms that a normalised word may be of: ``leave`` and ``leaf`` of leaves.

    A word that is not known is its own.
    """
    known = _read()
    found = [known.irregular[norm]] if norm in known.irregular else []
    if norm in known.senses:
        found.append(norm)
    for ending, rest in _ENDINGS:
        if norm.endswith(ending) and len(norm) > len(ending) + 1:
            base = norm[: -len(ending)] + rest
            if base in known.senses:
                found.append(base)
            elif ending in ("ed", "ing") and base[-1:] == base[-2:-1] and base[:-1] in known.senses:
                found.append(base[:-1])
    return tuple(dict.fromkeys(found)) or (norm,)


@lru_cache(maxsize=1 << 14)
def related(norm: str) -> dict[str, float]:
    """Return the bases of words that may stand for a normalised word, with how near they are, 0 to 1."""
    known = _read()
    mine = bases_of(norm)
    found: dict[str, float] = {}

    def add(others: Iterable[str], nearness: float) -> None:
        for one in others:
            if found.get(one, 0.0) < nearness:
                found[one] = nearness

    for own in (*mine, *(other for base in mine for other in known.families.get(base, ()))):
        add((own,), SAME_SENSE)
        for number in known.senses.get(own, ()):
            add(known.words[number], SAME_SENSE)
            if known.wider[number] >= 0:
                add(known.words[known.wider[number]], WIDER)
            for kind in known.kinds.get(number, ()):
                add(known.words[kind], WIDER)
    for other in [one for one, nearness in found.items() if nearness == SAME_SENSE]:
        add(known.families.get(other, ()), SAME_SENSE)
    return {one: nearness for one, nearness in found.items() if one not in mine}


def family_of(norm: str) -> frozenset[str]:
    """Return the bases of the words of the same family: ``decision`` of decide."""
    known = _read().families
    return frozenset(other for base in bases_of(norm) for other in known.get(base, ()))


def excluded_by(norm: str) -> frozenset[str]:
    """Return the bases of the words that a word excludes."""
    known = _read().opposites
    return frozenset(other for base in bases_of(norm) for other in known.get(base, ()))


@lru_cache(maxsize=1 << 14)
def are_kindred(one: str, other: str) -> bool:
    """Tell whether a normalised word may stand for another, or one of them means a kind of the other."""
    near = related(one)
    return any(base in bases_of(one) or base in near for base in bases_of(other))
