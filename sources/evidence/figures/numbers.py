"""How numbers are written, in digits and in words, as pieces of patterns."""

from __future__ import annotations

from sources.evidence.units import PARTS_IN_WORDS, TENS_IN_WORDS, UNITS_IN_WORDS, VULGAR_FRACTIONS

_GROUPED = (
    r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?"
    r"|\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?: \d{3}){2,}(?!\d)"
)
_FRACTION = "".join(VULGAR_FRACTIONS)
NUMBER = rf"(?:{_GROUPED}|\d+(?:[.,]\d+)?[{_FRACTION}]?|(?<!\d)\.\d+|[{_FRACTION}])"
MULTIPLIER = (
    r"(?:(?:[ \u00a0-]?(?:hundred|thousand|mil(?= millones)|millionen|milliarden|millones|milliards?"
    r"|millions?|billions?|trillions?|lakhs?|crores?|mn|bn|tn|trn|mln|bln|mio|mrd|(?-i:MM?|B))|[kmbt])(?![0-9A-Za-z\u00c0-\u024f]))"
)
ONE_WORD = "|".join((*UNITS_IN_WORDS, *TENS_IN_WORDS))
_COMPOUND = rf"(?:{'|'.join(TENS_IN_WORDS)})[ -](?:{'|'.join(UNITS_IN_WORDS[1:10])})"
PART = "|".join(part for part in PARTS_IN_WORDS if part != "half")
_PART_OF_A = rf"(?:half an?|(?:an?|one|two|three|four)[ -](?:{PART})s? of an?)"
WORDS = (
    rf"(?:{_PART_OF_A}|(?:{_COMPOUND}|{ONE_WORD}|an?)"
    rf"(?: hundred(?: and (?:{_COMPOUND}|{ONE_WORD}))?| and a (?:half|quarter))?)"
)
WHOLE_IN_WORDS = (
    rf"(?:{_COMPOUND}|{ONE_WORD}|(?:a|an|{ONE_WORD}) hundred(?: and (?:{_COMPOUND}|{ONE_WORD}))?)"
)
