"""Days that have a name: feasts by their day of the month, their weekday or their distance from Easter."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.dates import Precision
from sources.evidence.dates.calendar import YEAR, Days
from sources.evidence.dates.tense import Tense

if TYPE_CHECKING:
    from sources.evidence.dates import DateContext, DateMention

__all__ = ["FEASTS", "read_feast"]


class _Weekday(NamedTuple):
    """The ``nth`` weekday (0 is Monday) of a month, from its end where that is negative, and days after."""

    month: int
    weekday: int
    nth: int
    later: int = 0


# A feast by its name: its month and day, its weekday, or how many days after Easter it is.
FEASTS: dict[str, tuple[int, int] | _Weekday | int] = {
    "Christmas Day": (12, 25), "Christmas Eve": (12, 24), "Boxing Day": (12, 26), "Christmas": (12, 25),
    "New Year's Day": (1, 1), "New Year's Eve": (12, 31), "Hogmanay": (12, 31), "Valentine's Day": (2, 14),
    "April Fools' Day": (4, 1), "Anzac Day": (4, 25),
    "May Day": (5, 1), "Juneteenth": (6, 19), "Canada Day": (7, 1), "Independence Day": (7, 4),
    "Bastille Day": (7, 14), "Halloween": (10, 31), "Bonfire Night": (11, 5), "Veterans Day": (11, 11),
    "Armistice Day": (11, 11), "Martin Luther King Jr. Day": _Weekday(1, 0, 3),
    "Martin Luther King Day": _Weekday(1, 0, 3), "Presidents Day": _Weekday(2, 0, 3),
    "Presidents' Day": _Weekday(2, 0, 3), "Memorial Day": _Weekday(5, 0, -1), "Labor Day": _Weekday(9, 0, 1),
    "Columbus Day": _Weekday(10, 0, 2), "Remembrance Sunday": _Weekday(11, 6, 2),
    "Thanksgiving Day": _Weekday(11, 3, 4), "Thanksgiving": _Weekday(11, 3, 4),
    "Black Friday": _Weekday(11, 3, 4, 1), "Cyber Monday": _Weekday(11, 3, 4, 4),
    "Shrove Tuesday": -47, "Ash Wednesday": -46, "Palm Sunday": -7, "Maundy Thursday": -3, "Good Friday": -2,
    "Easter Sunday": 0, "Easter Monday": 1, "Easter": 0, "Ascension Day": 39, "Whit Sunday": 49,
    "Whit Monday": 50,
}  # fmt: skip
_PATTERN = "|".join(name.replace("'", "['’]") for name in sorted(FEASTS, key=len, reverse=True))
_FEAST = re.compile(rf"(?P<feast>{_PATTERN})(?:,? (?P<year>{YEAR}))?(?![\w-])")
_BARE = frozenset(("Christmas", "Easter", "Thanksgiving", "Halloween", "Hogmanay", "Juneteenth"))
_OF_SALES = frozenset(("Black Friday", "Cyber Monday"))
_AT_FEAST = re.compile(
    r"\b(?:at|before|since|after|by|over|until|till|around|on|for|last|next|this|past) $", re.IGNORECASE
)
_NAMED_AFTER = re.compile(
    r" (?!(?:and|in|when|with|but|to|as|after|because|that|for|or|at|the|he|she|it|they|we|his|her|its)\b)"
    r"[\w“\"]"
)
_IN_A_NAME = re.compile(r" (?:Agreement|Accords?|Massacre|Parade|Island|Rising|Rebellion)\b")
_BESIDE = timedelta(days=31)


def _day_in(year: int, name: str) -> date:
    feast = FEASTS[name]
    if isinstance(feast, int):
        return _easter(year) + timedelta(days=feast)
    if not isinstance(feast, _Weekday):
        return date(year, *feast)
    month, weekday, nth, later = feast
    first = date(year, month, 1) if nth > 0 else date(year, month + 1, 1)
    weeks = nth - 1 if nth > 0 else nth
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * weeks + later)


def _easter(year: int) -> date:
    """Return Easter Sunday of the western churches (Butcher's rule)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def read_feast(reading: DateContext, place: int, _: int) -> DateMention | None:
    """Read ``Christmas Day``, ``before Easter``, but not "a Christmas card" or "Good Friday Agreement"."""
    match = _FEAST.match(reading.text, place, reading.end)
    if match is None or _IN_A_NAME.match(reading.text, match.end()):
        return None
    name, start, end = match["feast"].replace("’", "'"), *match.span()
    if (name in _BARE or name in _OF_SALES) and not match["year"]:
        before = _AT_FEAST.search(reading.text, reading.back(place), place)
        if before is None or _NAMED_AFTER.match(reading.text, end):
            return None
    if match["year"]:
        day = _day_in(int(match["year"]), name)
        return reading.mention(start, end, Days(day, day), Precision.DAY, relative=False)
    if reading.published is None:
        return reading.unresolved(start, end)
    days = [_day_in(reading.published.year + step, name) for step in (-1, 0, 1)]
    beside = any(abs(day - reading.published) < _BESIDE for day in days)
    tense = reading.tense(start, end)
    if beside and tense is not Tense.SURELY_OVER:
        tense = None
    found = reading.likeliest([Days(day, day) for day in days], tense)
    return None if found is None else reading.mention(start, end, found, Precision.DAY, relative=True)
