"""Synonyms: the one form that words which mean the same in news, and numbers, are compared by."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sources.evidence.word_lists import sections
from sources.text.words import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty
"""
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_NUMBER = re.compile(r"(?:[a-z]{0,3}[$£€¥₹₩₽])?(\d+(?:\.\d+)?)(bn|m|mn|k|tn|th|st|nd|rd|%)?")
_FARTHEST = 3  # words from a verb to its particle: "turned the offer down"


def _tables() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Return what stands for each word and each stem, and for each verb by its stem with its particle."""
    found: dict[str, str] = {}
    stems: dict[str, str] = {}
    phrases: dict[tuple[str, str], str] = {}
    for line in sections("synonyms.txt")["synonyms"].splitlines():
        words = line.split()
        for word in words:
            verb, _, particle = word.partition("_")
            if particle:
                phrases.setdefault((stem(verb), particle), words[0])
            else:
                found.setdefault(word, f"={words[0]}")
                stems.setdefault(stem(word), f"={words[0]}")
    return stems | found, phrases


_MEANINGS, _PHRASES = _tables()
_VERBS = frozenset(verb for verb, _ in _PHRASES)
_PARTICLES = frozenset(particle for _, particle in _PHRASES)
_VALUES = {word: str(value) for value, word in enumerate(_NUMBERS.split())}
_VALUES.update({word: str(10 * value) for value, word in enumerate(_TENS.split(), start=3)})


@lru_cache(maxsize=1 << 16)
def meaning(norm: str) -> str:
    """Return what a normalised word counts as; words of other scripts come back as they are."""
    if norm in _VALUES:
        return _VALUES[norm]
    if number := _NUMBER.fullmatch(norm):
        return number[1]
    if norm in _MEANINGS:
        return _MEANINGS[norm]
    one = stem(norm)
    return _MEANINGS.get(one, one)


def with_phrases(norms: Sequence[str]) -> list[str]:
    """Return normalised words with the one that stands for it in place of a verb with a particle.

    The particle stays where it is: it says nothing by itself.
    """
    found = list(norms)
    if _PARTICLES.isdisjoint(norms):
        return found
    particles = [place for place, norm in enumerate(norms) if norm in _PARTICLES]
    near = {place for there in particles for place in range(max(0, there - _FARTHEST), there)}
    for place in near:
        verb = _verb(norms[place])
        if verb:
            for particle in norms[place + 1 : place + 1 + _FARTHEST]:
                if meant := _PHRASES.get((verb, particle)):
                    found[place] = meant
                    break
    return found


@lru_cache(maxsize=1 << 14)
def _verb(norm: str) -> str:
    """Return the stem of a verb that may have a particle, nothing for other words."""
    verb = stem(norm)
    return verb if verb in _VERBS else ""
