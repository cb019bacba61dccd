"""English words: which ones say nothing by themselves, the characters words are made of, and their stems."""

from __future__ import annotations

import pkgutil
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def read_word_lists(package: str, file: str) -> dict[str, str]:
    """Return the sections of a word list, by the name that is in brackets above each.

    The list is a text file in the folder of ``package``. A line that begins with ``#`` is a comment.
    """
    data = pkgutil.get_data(package, file)
    if data is None:
        raise FileNotFoundError(f"{file} of {package}")
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in data.decode().splitlines():
        if line.startswith("[") and line.endswith("]"):
            lines = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return {name: "\n".join(lines) for name, lines in sections.items()}


def names_in(section: str) -> Iterator[str]:
    """Yield the names, perhaps of several words, of a section in which semicolons part them."""
    for line in section.splitlines():
        yield from (name.strip() for name in line.split(";") if name.strip())


STOP_WORDS = frozenset(read_word_lists("sources.text", "stop-words.txt")["stop-words"].split())

# Vowel signs, accents and joiners are parts of words although they are not letters; the ranges are those of
# the scripts in which newspapers appear.
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u0900-\u0963\u0971-\u0dff\u0f71-\u0f84\u200c\u200d\u00ad"
)
# These stand among the letters of scripts that the index takes apart by character.
MARKS_OF_UNSPACED = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u102b-\u103e\u17b4-\u17d3"
IDEOGRAPHS = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
UNSPACED = (
    f"\u0e00-\u0e4e\u0e80-\u0ece\u1000-\u103f\u1780-\u17d3\u3005-\u3007{IDEOGRAPHS}\uac00-\ud7a3\uff66-\uff9f"
)
APOSTROPHES = "'’ʼ＇"
HYPHENS = "\\-‐‑"


# The Snowball project's stemmer for English (Porter2), as of Snowball 3.1:
# https://snowballstem.org/algorithms/english/stemmer.html. Written out here rather than called: terms of an
# index are on disk and must not change with a package, and the published one takes six times as long for a
# word and loads thirty languages for one. The tests compare the two.

LONG_WORD = 64  # code points; longer ones are not language, and not worth the memory

_VOWELS = "aeiouy"  # a y that counts as a consonant is written Y meanwhile
_STEMMABLE = re.compile(r"[a-z'-]{3,}")
_UNLIKE = {
    "skis": "ski", "skies": "sky", "idly": "idl", "gently": "gentl", "ugly": "ugli", "early": "earli",
    "only": "onli", "singly": "singl",
    **{word: word for word in ("andes", "atlas", "bias", "cosmos", "howe", "news", "sky")},
}  # fmt: skip
_BEGINNINGS = ("arsen", "commun", "emerg", "gener", "inter", "later", "organ", "past", "univers")
_REGION = re.compile(r"[^aeiouy]*[aeiouy]+[^aeiouy]")
_VOWEL = re.compile(r"[aeiouy]")
_SHORT_SYLLABLE = re.compile(r"(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$")
_POSSESSIVES = ("'s'", "'s", "'")
_AFTER_VERBS = ("eedly", "ingly", "edly", "eed", "ing", "ed")
_DOUBLES = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")
_BEFORE_LI = frozenset("cdeghkmnrt")


def _longest_first(endings: dict[str, str]) -> dict[str, str]:
    return dict(sorted(endings.items(), key=lambda pair: -len(pair[0])))


_SECOND = _longest_first({
    "anci": "ance", "enci": "ence", "ogi": "og", "li": "", "bli": "ble", "abli": "able", "alli": "al",
    "fulli": "ful", "lessli": "less", "ousli": "ous", "entli": "ent", "aliti": "al", "biliti": "ble",
    "iviti": "ive", "tional": "tion", "ational": "ate", "alism": "al", "ation": "ate", "ization": "ize",
    "izer": "ize", "ator": "ate", "iveness": "ive", "fulness": "ful", "ousness": "ous", "ogist": "og",
})  # fmt: skip
_THIRD = _longest_first({
    "icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "tional": "tion",
    "ational": "ate", "ful": "", "ness": "",
})  # fmt: skip
_FOURTH_ENDS = (
    *("ement", "ance", "ence", "able", "ible", "ment", "ate", "ive", "ize", "iti", "ism", "ion", "ous"),
    *("ant", "ent", "ic", "al", "er"),
)
_SECOND_ENDS, _THIRD_ENDS = tuple(_SECOND), tuple(_THIRD)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the English stem of a folded word.

    Numbers, words with signs, words of other scripts and very long ones come back as they are.
    """
    if len(word) > LONG_WORD or _STEMMABLE.fullmatch(word) is None:
        return word
    known = _UNLIKE.get(word)
    return _stemmed(word.removeprefix("'")) if known is None else known


def _stemmed(word: str) -> str:
    if "y" in word:
        word = _with_consonants_marked(word)
    first, second = _regions(word)
    word = _without_plural(word)
    if word.endswith(_AFTER_VERBS):
        word = _without_verb_ending(word, first)
    if word[-1:] in {"y", "Y"} and len(word) > 2 and word[-2] not in _VOWELS:
        word = f"{word[:-1]}i"
    if word.endswith(_SECOND_ENDS):
        word = _step_2(word, first)
    if word.endswith(_THIRD_ENDS):
        word = _step_3(word, first, second)
    if word.endswith(_FOURTH_ENDS):
        word = _step_4(word, second)
    if word[-1:] == "e":
        before = len(word) - 1
        if second <= before or (first <= before and not _SHORT_SYLLABLE.search(word, 0, before)):
            word = word[:-1]
    elif word.endswith("ll") and second <= len(word) - 1:
        word = word[:-1]
    return word.replace("Y", "y")


def _with_consonants_marked(word: str) -> str:
    """Write each y at the beginning or after a vowel as Y, from left to right."""
    letters = list(word)
    for place, letter in enumerate(letters):
        if letter == "y" and (place == 0 or letters[place - 1] in _VOWELS):
            letters[place] = "Y"
    return "".join(letters)


def _regions(word: str) -> tuple[int, int]:
    """Return where the regions R1 and R2 begin: after the first consonant behind a vowel, and once more."""
    first = next((len(begun) for begun in _BEGINNINGS if word.startswith(begun)), None)
    if first is None:
        match = _REGION.match(word)
        if match is None:
            return len(word), len(word)
        first = match.end()
    match = _REGION.match(word, first)
    return first, match.end() if match else len(word)


def _without_plural(word: str) -> str:
    """Do the algorithm's step 1a."""
    if "'" in word:
        word = next((word[: -len(end)] for end in _POSSESSIVES if word.endswith(end)), word)
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith("sses"):
        return word[:-2]
    if word[-1:] == "s" and not word.endswith(("ss", "us")) and _VOWEL.search(word, 0, len(word) - 2):
        return word[:-1]
    return word


def _without_verb_ending(word: str, first: int) -> str:
    """Do the algorithm's step 1b."""
    ending = next(end for end in _AFTER_VERBS if word.endswith(end))
    root = word[: -len(ending)]
    if ending in {"eed", "eedly"}:
        return f"{root}ee" if first <= len(root) and root not in {"succ", "proc", "exc"} else word
    if ending == "ing":
        if root in {"even", "cann", "inn", "earr", "herr", "out"}:
            return word
        if len(root) == 2 and root[1] == "y" and root[0] not in _VOWELS:
            return f"{root[0]}ie"
    if not _VOWEL.search(root):
        return word
    if root.endswith(("at", "bl", "iz")):
        return f"{root}e"
    if root.endswith(_DOUBLES):
        return root if len(root) == 3 and root[0] in "aeo" else root[:-1]
    return f"{root}e" if len(root) == first and _SHORT_SYLLABLE.search(root) else root


def _step_2(word: str, first: int) -> str:
    ending = next(end for end in _SECOND_ENDS if word.endswith(end))
    at = len(word) - len(ending)
    if first > at:
        return word
    if ending == "li":
        return word[:at] if word[at - 1 : at] in _BEFORE_LI else word
    if ending == "ogi" and word[at - 1 : at] != "l":
        return word
    return word[:at] + _SECOND[ending]


def _step_3(word: str, first: int, second: int) -> str:
    ending = next(end for end in _THIRD_ENDS if word.endswith(end))
    at = len(word) - len(ending)
    if (second if ending == "ative" else first) > at:
        return word
    return word[:at] + _THIRD[ending]


def _step_4(word: str, second: int) -> str:
    ending = next(end for end in _FOURTH_ENDS if word.endswith(end))
    at = len(word) - len(ending)
    if second > at or (ending == "ion" and word[at - 1 : at] not in {"s", "t"}):
        return word
    return word[:at]
