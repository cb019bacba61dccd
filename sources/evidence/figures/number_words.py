"""The units and number words of figures, as tables and patterns, and where a figure can be at all."""

from __future__ import annotations

import re
from typing import NamedTuple

# fmt: off
SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD",
    "NT$": "TWD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY", "₪": "ILS", "₫": "VND", "₴": "UAH", "₱": "PHP", "₦": "NGN", "฿": "THB", "CN¥": "CNY",
    "RMB¥": "CNY",
}
CODES = frozenset({
    "USD", "EUR", "GBP", "JPY", "CNY", "CHF", "AUD", "CAD", "NZD", "HKD", "SGD", "INR", "KRW", "RUB",
    "BRL", "MXN",
    "ZAR", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "TRY", "ILS", "AED", "SAR", "THB", "IDR", "MYR",
    "PHP", "VND",
    "TWD", "NGN", "KES", "EGP", "UAH",
})
CURRENCY_NAMES = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "pounds sterling": "GBP", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "rmb": "CNY", "rupee": "INR", "franc": "CHF", "won": "KRW", "rouble": "RUB",
    "ruble": "RUB",
    "real": "BRL", "reais": "BRL", "peso": "MXN", "rand": "ZAR", "krona": "SEK", "kronor": "SEK",
    "krone": "NOK",
    "kroner": "NOK", "zloty": "PLN", "zlotys": "PLN", "lira": "TRY", "shekel": "ILS", "dirham": "AED",
    "riyal": "SAR", "baht": "THB", "rupiah": "IDR", "ringgit": "MYR", "dong": "VND", "naira": "NGN",
    "hryvnia": "UAH",
}
CURRENCY_OF_PEOPLE = {  # "three million Canadian dollars"
    "us": "USD", "u.s.": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD",
    "new zealand": "NZD",
    "hong kong": "HKD", "singapore": "SGD", "taiwan": "TWD", "taiwanese": "TWD", "swiss": "CHF",
    "norwegian": "NOK",
    "danish": "DKK", "swedish": "SEK", "philippine": "PHP", "saudi": "SAR", "chinese": "CNY", "british":
    "GBP",
    "mexican": "MXN", "indian": "INR", "japanese": "JPY", "south korean": "KRW", "south african": "ZAR",
}
SMALL_CHANGE = {"cent": "USD", "cents": "USD", "pence": "GBP", "basis point": "percentage points"}
# Also a weight, a verb, plain words: money only with a multiplier.
AMBIGUOUS_NAMES = frozenset({"pound", "won", "real", "dong", "rand", "lira"})
FACTORS = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
    "million": 1e6, "millions": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6, "mio": 1e6, "millionen": 1e6,
    "millones": 1e6,
    "billion": 1e9, "billions": 1e9, "bn": 1e9, "bln": 1e9, "b": 1e9, "milliarden": 1e9, "mrd": 1e9,
    "milliard": 1e9, "milliards": 1e9, "trillion": 1e12, "trillions": 1e12, "tn": 1e12, "trn": 1e12,
    "t": 1e12, "mm": 1e6, "mil": 1e3,
}
UNITS_IN_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
TENS_IN_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on

_WORD_VALUES = (
    {word: float(value) for value, word in enumerate(UNITS_IN_WORDS)}
    | {word: 10.0 * value for value, word in enumerate(TENS_IN_WORDS, 2)}
    | {"a": 1.0, "an": 1.0}
)
PARTS_IN_WORDS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
VULGAR_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
_GROUPED_BY_COMMAS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_GROUPED_BY_POINTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
_GROUP_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3})")
_LETTERS = re.compile(r"[^\W\d_]+")


def number_of(text: str) -> float:
    """Return the value of a number in digits or words: ``1,234.5``, ``14,3``, ``6¼``, ``twenty-five``."""
    small = text.lower().replace("-", " ").strip()
    if small[-1] in VULGAR_FRACTIONS:
        return (number_of(small[:-1]) if small[:-1].strip() else 0.0) + VULGAR_FRACTIONS[small[-1]]
    if not small[-1].isdigit():
        return _number_in_words(small)
    text = _GROUP_SPACES.sub("", text)
    if _GROUPED_BY_COMMAS.fullmatch(text):
        return float(text.replace(",", ""))
    if _GROUPED_BY_POINTS.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return float(text.replace(",", "."))


def _number_in_words(small: str) -> float:
    """Add up words: ``three hundred and ten``, ``two and a half``, ``a quarter of a``."""
    total, share = 0.0, 1.0
    words = [word for word in small.split() if word not in {"and", "of"}]
    for place, word in enumerate(words):
        part = PARTS_IN_WORDS.get(word.removesuffix("s") if word != "halves" else "half")
        if word == "hundred":
            total = (total or 1.0) * 100.0
        elif part is not None and place and words[place - 1] in {"a", "an"} and place > 1:
            total += 1.0 / part - 1.0  # "two and a half": the "a" was counted as one
        elif part is not None:
            share *= 1.0 / part
            total = total or 1.0
        elif word in {"a", "an"} and share < 1.0:
            continue
        else:
            total += _WORD_VALUES.get(word, 0.0)
    return total * share


def factor_of(text: str) -> float:
    """Return what the multipliers after a number stand for, 1 for none: ``lakh crore`` is both."""
    factor = 1.0
    for word in _LETTERS.findall(text.lower()):
        factor *= FACTORS[word]
    return factor


# How numbers are written, in digits and in words, as pieces of patterns.

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


# Where in a text a figure can be at all: one quick pass over its words.

_PIECE = re.compile(rf"[^\W\d_]+|\d[\d.,]*|[{''.join(sorted({sign[-1] for sign in SIGNS}))}%]")
_UNIT, _NUMBER, _PART, _VAGUE, _ARTICLE = 1, 2, 3, 4, 5
_UNIT_WORDS = "per percent pct percentage basis prozent pour por cent cents pence rs kr"
_OF_WORD = (
    dict.fromkeys(("a", "an"), _ARTICLE)
    | dict.fromkeys((*UNITS_IN_WORDS, *TENS_IN_WORDS), _NUMBER)
    | dict.fromkeys((form for part in PARTS_IN_WORDS for form in (part, f"{part}s")), _PART)
    | dict.fromkeys(("dozens", "scores", "hundreds", "thousands", "millions", "billions"), _VAGUE)
    | dict.fromkeys((form for name in CURRENCY_NAMES for form in (name.split()[0], f"{name}s")), _UNIT)
    | dict.fromkeys(_UNIT_WORDS.split(), _UNIT)
    | dict.fromkeys((*SIGNS, "%"), _UNIT)
)


class Triggers(NamedTuple):
    """The places, in order, of units, numbers, words for parts, and words such as ``hundreds``."""

    units: list[int]
    numbers: list[int]
    parts: list[int]
    vague: list[int]


class _Classes(dict[str, int]):
    """What each piece of a text is, worked out when it is first met; at most so many are kept."""

    _MOST = 100_000

    def __missing__(self, piece: str) -> int:
        if piece[0].isdigit() or piece in VULGAR_FRACTIONS:
            return _NUMBER
        found = _UNIT if piece in CODES else _OF_WORD.get(piece.lower(), 0)
        if len(self) < self._MOST:
            self[piece] = found
        return found


_CLASSES = _Classes()


def find_triggers(text: str, start: int, end: int) -> Triggers:
    """Find where figures can be between ``start`` and ``end``."""
    units: list[int] = []
    numbers: list[int] = []
    parts: list[int] = []
    vague: list[int] = []
    places = (None, units, numbers, parts, vague)
    for match in _PIECE.finditer(text, start, end):
        found = _CLASSES[match[0]]
        if not found:
            continue
        if found == _ARTICLE:
            if text.startswith(" hundred", match.end()):
                numbers.append(match.start())
            continue
        kept = places[found]
        if kept is not None:
            kept.append(match.start())
    return Triggers(units, numbers, parts, vague)
