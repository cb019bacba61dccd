"""Measures: the words that say what a figure measures, and which measures may be one thing."""

from __future__ import annotations

import re
from typing import NamedTuple

from sources.evidence.figures.units import MEASURE_UNITS
from sources.evidence.synonyms import meaning
from sources.evidence.word_lists import sections, words

RISE, FALL = "rise", "fall"
TIME = "time"  # how long something lasted, which is what is counted so
_PHRASES = (
    (re.compile(r"\b(?:took|taken|takes?|raked|pulled|brought) in\b"), "revenue"),
    (re.compile(r"\b(?:set|sets|put|putting|setting) aside\b"), "budget"),
    (re.compile(r"\b(?:hand|handed|handing) over\b"), "payment"),
    (re.compile(r"\b(?:taken|rushed|brought|sent|flown|admitted) to (?:[a-z]+ ){0,2}hospitals?\b"), "hurt"),
    (re.compile(r"\b(?:charge[sd]?|asks?|asked|price)\b"), "charge"),
)
# Measures that say the same of one and the same figure: what is paid for a stake is its price.
_COMPATIBLE = (
    {"price", "payment"}, {"price", "stake"}, {"spending", "payment", "budget"}, {"cost", "payment"},
    {"cost", "spending"}, {"cost", "charge"}, {"levy", "charge"}, {"wage", "payment"}, {"fine", "payment"},
    {"price", "charge"}, {"claims", "payment"}, {"trapped", "missing"}, {"margin", "vote"},
    {"turnout", "vote"}, {"destroyed", "damaged"}, {"closure", "cost"}, {"funds", "payment"},
    {"aid", "payment"}, {"aid", "spending"}, {"rating", "shares"}, {"levy", "cost"},
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def _lexicon() -> tuple[dict[str, str], frozenset[str]]:
    """Return the measure of each word, and which of the words are nouns that can name it."""
    measures, nouns = {}, set()
    for measure, listed in sections("measures.txt").items():
        named, _, others = listed.partition("|")
        nouns.update(named.split())
        measures.update(dict.fromkeys((*named.split(), *others.split()), measure))
    return measures, frozenset(nouns)


_MEASURE_OF, _NOUNS = _lexicon()
_CONTRASTS = {word for word in sections("figure-slots.txt")["contrasts"].split() if word != "|"}
KINDS_OF_MEASURE = _CONTRASTS - {"reported"}  # which is mostly the verb: "it reported revenue of"
_TELLING_WORDS = _CONTRASTS | {
    "death", "share", "market", "interest", "ticket", "trade", "budget", "unemployment", "voter",
}  # fmt: skip
_TELLING = re.compile(rf"(?:\b(?:{'|'.join(sorted(_TELLING_WORDS))}|[a-z]+(?:-[a-z]+)+) ){{1,3}}$")
PEOPLE = frozenset(map(meaning, words("figure-slots.txt", "people")))
MOVING = words("figure-slots.txt", "moving")  # measures that later reports give another value for
OF_MARKETS = words("figure-slots.txt", "of-markets")  # and of which one that has moved will move again
STATES = words("figure-slots.txt", "states")  # measures of a count of people or things: what befell them
DIMENSIONS = words("figure-slots.txt", "dimensions")  # measures of a length, a weight and the like,
UNITS = MEASURE_UNITS  # which are given in these
TERMS = words("figure-slots.txt", "terms")  # measures that can be a length of time
OWNED = words("figure-slots.txt", "owned")  # measures that say nothing but of whom they are
OF_A_PERIOD = words("figure-slots.txt", "one-of")  # measures of which each period has its own
OF_A_THING = words("figure-slots.txt", "of-a-thing")  # measures that say nothing but of what they are


class Cue(NamedTuple):
    """The word that says what a figure measures, and where it stands."""

    measure: str
    word: str
    start: int
    end: int
    phrase: str = ""  # with the words before it that tell it from others: "net debt"

    @property
    def is_noun(self) -> bool:
        """Tell whether the word can name the measure."""
        return is_noun(self.word)


def find_cues(text: str, start: int, end: int) -> list[Cue]:
    """Return the words between ``start`` and ``end`` that say what a figure measures, in order."""
    piece = text[start:end].lower()
    cues = []
    for pattern, measure in _PHRASES:
        cues += [
            Cue(measure, found[0], start + found.start(), start + found.end())
            for found in pattern.finditer(piece)
        ]
    for found in _WORD.finditer(piece):
        named = _MEASURE_OF.get(found[0])
        if named == "rate" and cues and cues[-1].is_noun and start + found.start() == cues[-1].end + 1:
            named = cues[-1].measure  # "the unemployment rate"
        if named is not None and not (found[0] == "worth" and piece.startswith(" of ", found.end())):
            before = _TELLING.search(piece, max(0, found.start() - 40), found.start())
            phrase = piece[before.start() if before else found.start() : found.end()]
            cues.append(Cue(named, found[0], start + found.start(), start + found.end(), phrase))
    return sorted(cues, key=lambda cue: cue.start)


def measure_of(word: str) -> str | None:
    """Return what a word measures, None where it measures nothing."""
    return _MEASURE_OF.get(word.lower())


def is_noun(word: str) -> bool:
    """Tell whether a word can name what it measures: "sale", not "sold"."""
    return word.lower() in _NOUNS


def are_compatible(one: str | None, other: str | None) -> bool:
    """Tell whether figures of two measures can be about the same thing."""
    if one is None or other is None or one == other:
        return True
    return any({one, other} <= kin for kin in _COMPATIBLE)
