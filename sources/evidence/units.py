"""The units and number words that figures are written with: currencies, multipliers, words for numbers.

Compiled by hand from general knowledge for this project; currency codes are those of ISO 4217.
"""

from __future__ import annotations

import re

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
