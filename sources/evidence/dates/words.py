"""The words that dates are made of, and the pieces of patterns that match them."""

from __future__ import annotations

# fmt: off
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)
MONTHS = (
    {name: place for place, name in enumerate(_MONTHS, 1)}
    | {name[:3]: place for place, name in enumerate(_MONTHS, 1)}
    | {"Sept": 9}
)
MONTHS |= {name.upper(): place for name, place in MONTHS.items()}
FOREIGN_MONTHS = {
    name: place
    for names in (
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for place, name in enumerate(names.split(), 1)
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS = {
    name: place
    for place, full in enumerate(_WEEKDAYS)
    for name in (full, full.upper())
}
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)
ORDINALS = {name: place for place, name in enumerate(_ORDINALS, 1)} | {
    f"twenty{join}{name}": 20 + place for join in "- " for place, name in enumerate(_ORDINALS[:9], 1)
} | {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "hundred": 100,
}
FEW = {"a couple of": (2, 3), "a few": (2, 6), "few": (2, 6), "several": (3, 7), "some": (2, 6)}
UNITS = ("day", "week", "fortnight", "month", "quarter", "year", "decade")
# fmt: on

_SHORT_MONTHS = [name for name in MONTHS if len(name) <= 4 and name.title() not in _MONTHS]
MONTH = (
    rf"(?:(?:{'|'.join(sorted(set(MONTHS) - set(_SHORT_MONTHS), key=len, reverse=True))})\b"
    rf"|(?:{'|'.join(sorted(_SHORT_MONTHS, key=len, reverse=True))})\b\.?)"
)
FOREIGN_MONTH = "|".join(FOREIGN_MONTHS)
DAY = r"(?:0?[1-9]|[12]\d|3\d)(?:st|nd|rd|th)?(?![\d%]|[.,:]\d|[^\W\d_])"
ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
YEAR = r"(?:1[5-9]|20)\d\d(?![\d%]|[.,:]\d|[^\W\d_])"
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
UNIT = rf"(?:{'|'.join(UNITS)})"


def number(word: str) -> int:
    """Return the value of a small number in digits or words."""
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def day_number(word: str) -> int:
    """Return the day of a month: ``12``, ``12th`` or ``twelfth``."""
    digits = word.rstrip("stndrh")
    return int(digits) if digits.isdigit() else ORDINALS[word.lower()]


def month_number(name: str) -> int:
    """Return the number of a month by its English name, long or short."""
    return MONTHS[name.rstrip(".")]
