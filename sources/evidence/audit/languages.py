"""Tells whether a text is English, the one language whose sentences the audit can judge."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sources.evidence.audit.lexicon import listed
from sources.text.folding import fold
from sources.text.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

_LANGUAGES = ("german", "french", "spanish", "italian", "portuguese", "dutch")
_SCRIPTS = {
    "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean", "CJK": "Chinese",
    "CYRILLIC": "a Cyrillic script", "ARABIC": "an Arabic script", "HEBREW": "Hebrew", "GREEK": "Greek",
    "DEVANAGARI": "Devanagari", "THAI": "Thai",
}  # fmt: skip
_READ = 4000  # characters that are looked at
_FEWEST = 12  # words from which their function words tell
_ENGLISH = 0.15  # share of English function words: .3 to .5 in English, below .1 in languages near it
_ANOTHER = 0.5  # share of letters of another script


def other_language(text: str) -> str | None:
    """Return in what a text seems to be written instead of English, None where it is English or too short."""
    start = text[:_READ]
    letters = [letter for letter in start if letter.isalpha()]
    script = _script_of(letters)
    if script is not None:
        return script
    words = re.findall(r"[^\W\d_]+", fold(start))
    if len(words) < _FEWEST or _share(words, STOP_WORDS) >= _ENGLISH:
        return None
    shares = {name: _share(words, listed(name)) for name in _LANGUAGES}
    best = max(_LANGUAGES, key=lambda name: shares[name])
    if shares[best] < _ENGLISH:
        return None  # a list of names or figures: there is no telling
    return best.capitalize()


def _share(words: Sequence[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words)


def _script_of(letters: Sequence[str]) -> str | None:
    """Return in which other script most letters are, Japanese where some are in one of its own."""
    foreign: dict[str, int] = {}
    for letter in letters:
        if letter > "\u024f":
            name = unicodedata.name(letter, "").split(" ")[0].partition("-")[0]
            if name in _SCRIPTS:
                foreign[name] = foreign.get(name, 0) + 1
    if sum(foreign.values()) <= _ANOTHER * len(letters):
        return None
    kana = [name for name in ("HIRAGANA", "KATAKANA") if name in foreign]
    return _SCRIPTS[kana[0] if kana else max(foreign, key=lambda name: foreign[name])]
