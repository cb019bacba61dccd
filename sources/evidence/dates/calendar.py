"""The words that dates are made of, and days counted: months, quarters, seasons and years."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from sources.evidence.figures.number_words import TENS_IN_WORDS, UNITS_IN_WORDS, WORD_VALUES

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
SHORT_WEEKDAYS = {
    "Mon": 0, "Tue": 1, "Tues": 1, "Wed": 2, "Weds": 2, "Thu": 3, "Thur": 3, "Thurs": 3, "Fri": 4,
    "Sat": 5, "Sun": 6,
}  # fmt: skip
WEEKDAYS |= SHORT_WEEKDAYS
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)
ORDINALS = {name: place for place, name in enumerate(_ORDINALS, 1)} | {
    f"twenty{join}{name}": 20 + place for join in "- " for place, name in enumerate(_ORDINALS[:9], 1)
} | {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}
NUMBERS = {"a": 1, "an": 1, "hundred": 100} | {
    word: int(value) for word, value in WORD_VALUES.items() if value
} | {
    f"{ten}-{one}": 10 * value + unit
    for value, ten in enumerate(TENS_IN_WORDS, 2) for unit, one in enumerate(UNITS_IN_WORDS[1:10], 1)
}
FEW = {
    "a couple of": (2, 3), "a couple": (2, 3), "a few": (2, 6), "few": (2, 6), "several": (3, 7),
    "some": (2, 6),
}
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
YEAR = r"(?:1[5-9]|2[01])\d\d(?![\d%]|[.,:]\d|[^\W\d_])"
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
UNIT = rf"(?:{'|'.join(UNITS)})"
MOVED_BEFORE = re.compile(
    r"\b(?:mov|postpon|delay|chang|reschedul|push|brought|bring|shift|switch|extend|slip)[a-z]*"
    r"(?: \w+){0,3} $",
    re.IGNORECASE,
)
PART_BEFORE = re.compile(r"\b(?P<part>early|mid|late)[ -]?(?:in )?$", re.IGNORECASE)


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


# Days counted: months, quarters, seasons and years as first and last day, and steps between them.

FIRST_YEAR, LAST_YEAR = 1, 9998
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the month in which each begins
_THIRDS = {"early": 0, "mid": 1, "late": 2}


class Days(NamedTuple):
    """The days from ``first`` to ``last``, both included; None is an open end."""

    first: date | None
    last: date | None


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int, months: int = 1) -> Days:
    """Return ``months`` whole months from a month on."""
    last = year * 12 + month - 1 + months - 1
    year_of_last, month_of_last = divmod(last, 12)
    first_day = date(year, month, 1)
    return Days(
        first_day, date(year_of_last, month_of_last + 1, monthrange(year_of_last, month_of_last + 1)[1])
    )


def quarter_of(year: int, quarter: int) -> Days:
    """Return a quarter of a calendar year, 1 to 4."""
    return month_of(year, 3 * quarter - 2, 3)


def season_of(year: int, season: str) -> Days:
    """Return the season that begins in ``year``, by whole months, of the northern half of the world."""
    return month_of(year, SEASONS[season], 3)


def year_of(year: int, years: int = 1) -> Days:
    """Return ``years`` calendar years from ``year`` on."""
    return Days(date(year, 1, 1), date(year + years - 1, 12, 31))


def week_of(day: date, weeks: int = 0) -> Days:
    """Return the week, Monday to Sunday, that lies ``weeks`` after that of ``day``."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return Days(monday, monday + timedelta(days=6))


def part_of_month(days: Days, part: str) -> Days:
    """Return the early (1 to 10), mid (11 to 20) or late (from 21) days of a month."""
    if days.first is None or days.last is None:
        return days
    begins = (1, 11, 21)[_THIRDS[part]]
    last = days.last if part == "late" else days.first.replace(day=begins + 9)
    return Days(days.first.replace(day=begins), last)


def part_of_year(year: int, part: str) -> Days:
    """Return the early, mid or late four months of a year."""
    return month_of(year, 1 + 4 * _THIRDS[part], 4)


_IN_DAYS = {"minute": 0, "hour": 0, "day": 1, "week": 7, "fortnight": 14}


def stepped(day: date, unit: str, number: int) -> date | None:
    """Return the day ``number`` units after ``day``; None beyond the calendar.

    In a shorter month that is its last day.
    """
    try:
        if unit in _IN_DAYS:
            return day + timedelta(days=number * _IN_DAYS[unit])
        months = number * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except OverflowError:
        return None


def days_in_words(first: str | None, last: str | None) -> str:
    """Return the shortest way to write the ISO days from ``first`` to ``last``; None is an open end."""
    if first is None or last is None:
        return f"… {last}" if first is None else f"{first} …"
    if first == last:
        return first
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4] if first[:4] == last[:4] else f"{first[:4]} … {last[:4]}"
    month_over = last[8:] in {"28", "29", "30", "31"} and first.endswith("-01") and first[:7] == last[:7]
    return first[:7] if month_over else f"{first} … {last}"
