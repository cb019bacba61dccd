"""Synonyms: the one form that words which mean the same in news, and numbers, are compared by."""

from __future__ import annotations

import re
from functools import lru_cache

from sources.evidence.word_lists import sections
from sources.text.words import stem

_NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty
"""
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_NUMBER = re.compile(r"(?:[a-z]{0,3}[$£€¥₹₩₽])?(\d+(?:\.\d+)?)(bn|m|mn|k|tn|th|st|nd|rd|%)?")


def _meanings() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in sections("synonyms.txt")["synonyms"].splitlines():
        words = line.split()
        for word in words:
            found.setdefault(stem(word), f"={words[0]}")
    return found


_MEANINGS = _meanings()
_VALUES = {word: str(value) for value, word in enumerate(_NUMBERS.split())}
_VALUES.update({word: str(10 * value) for value, word in enumerate(_TENS.split(), start=3)})


@lru_cache(maxsize=1 << 16)
def meaning(norm: str) -> str:
    """Return what a normalised word counts as; words of other scripts come back as they are."""
    if norm in _VALUES:
        return _VALUES[norm]
    if number := _NUMBER.fullmatch(norm):
        return number[1]
    one = stem(norm)
    return _MEANINGS.get(one, one)
