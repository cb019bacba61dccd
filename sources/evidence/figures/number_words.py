"""Numbers as they are written: words, scale words and digits with their separators, as values."""

from __future__ import annotations

import re

# fmt: off
UNITS_IN_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
TENS_IN_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH = {
    1e2: "hundred", 1e3: "thousand k", 1e5: "lakh lakhs lac lacs", 1e6: "million millions mn m mm",
    1e7: "crore crores cr", 1e9: "billion billions bn b", 1e12: "trillion trillions tn trn t",
}
_WITH_DECIMAL_COMMA = {  # scale words of languages that write 3,5 for three and a half
    1e3: "tausend tsd mila mille duizend",
    1e6: "mln mio millionen millones millón miljoen miljoner millioner milione milioni milhão milhões milionů"
         " milionów milyon",
    1e9: "bln milliarden milliarde mrd md mld milliard milliards miljard miljarder milliarder miliardo"
         " miliardi bilhão bilhões miliardów milyar",
    1e12: "billones biljoen billionen",
}
# fmt: on
COMMA_SCALES = frozenset(word for words in _WITH_DECIMAL_COMMA.values() for word in words.split())
FACTORS = {
    word: factor
    for scales in (_ENGLISH, _WITH_DECIMAL_COMMA)
    for factor, words in scales.items()
    for word in words.split()
}
LETTERS_OF_SCALE = frozenset(
    {"k", "m", "b", "t", "mm"}
)  # glued to their number, or capitals after a currency
WITH_STOP = frozenset({"mio", "mrd", "md", "mld", "tsd", "mln", "cr", "bn", "mn", "lac"})  # "3,5 Mio."
WORD_VALUES = {word: float(value) for value, word in enumerate(UNITS_IN_WORDS)} | {
    word: 10.0 * value for value, word in enumerate(TENS_IN_WORDS, 2)
}
DOZENS = {"dozen": 12.0, "score": 20.0}
PARTS_IN_WORDS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
VULGAR_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_GROUP_MARKS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3})")
_BY_COMMAS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_BY_POINTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?|[.,]\d+")
LOOKS_GROUPED = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
_LETTERS = re.compile(r"[^\W\d_]+")


def read_digits(text: str) -> float | None:
    """Return the value of digits with separators, a lone point taken as decimal; None for no number."""
    if text.isdecimal():
        return float(text)
    text = _GROUP_MARKS.sub("", text)
    if _BY_COMMAS.fullmatch(text):
        return float(text.replace(",", ""))
    if _BY_POINTS.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


def number_of(text: str) -> float:
    """Return the value of a number in digits: ``1,234.5``, ``14,3``, ``6¼``; ValueError for another text."""
    bare = text.strip()
    fraction = VULGAR_FRACTIONS.get(bare[-1:], 0.0)
    value = read_digits(bare[:-1].strip() or "0") if fraction else read_digits(bare)
    if value is None:
        raise ValueError(text)
    return value + fraction


def factor_of(text: str) -> float:
    """Return what the multipliers after a number stand for, 1 for none: ``lakh crore`` is both."""
    factor = 1.0
    for word in _LETTERS.findall(text.lower()):
        factor *= FACTORS[word]
    return factor


# How a text writes decimals, told by the numbers in it that can be read in one way only.

_COMMA_DECIMAL = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})*,\d{1,2}(?![\d,]|\.\d)")
_POINT_DECIMAL = re.compile(
    r"(?<![\d.,])(?:\d+\.(?:\d{1,2}|\d{4,})(?![\d.]|,\d)|\d{1,3}(?:,\d{3})+\.\d|\d{1,3}(?:,\d{3}){2,})"
)


def decimal_mark(text: str) -> str | None:
    """Return the mark before decimals in most of the numbers of ``text``, None where none tells."""
    commas, points = len(_COMMA_DECIMAL.findall(text)), len(_POINT_DECIMAL.findall(text))
    if commas == points:
        return None
    return "," if commas > points else "."
