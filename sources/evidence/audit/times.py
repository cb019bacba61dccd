"""Whether two dates are one, or exclude each other, by what both say in words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.dates.calendar import MONTHS, WEEKDAYS
from sources.text.folding import fold

if TYPE_CHECKING:
    from sources.evidence.audit.reading import Sentence
    from sources.evidence.dates import DateMention


class _Parts(NamedTuple):
    """What a date says in words, None where it does not: day of the week, month, day of the month, year."""

    weekday: str | None
    month: str | None
    day: int | None
    year: int | None


_YEAR = re.compile(r"\b(1[5-9]\d\d|2[01]\d\d)\b")
_DAY = re.compile(r"\b([0-3]?\d)(?:st|nd|rd|th)?\b")


def _parts(date: DateMention) -> _Parts:
    return _parts_of(date.text.lower())


@lru_cache(maxsize=1 << 12)
def _parts_of(lower: str) -> _Parts:
    year = _YEAR.search(lower)
    day = _DAY.search(_YEAR.sub(" ", lower))
    month = next((name.lower()[:3] for name in MONTHS if re.search(rf"\b{name.lower()[:3]}", lower)), None)
    return _Parts(
        next((name.lower()[:3] for name in WEEKDAYS if name.lower() in lower), None),
        month,
        int(day[1]) if day and month else None,
        int(year[1]) if year else None,
    )


def same_time(one: DateMention, other: DateMention) -> bool:
    """Tell whether two dates can be one: by what both say in words, else by the days that they mean."""
    shared = [
        (mine, theirs) for mine, theirs in zip(_parts(one), _parts(other), strict=True) if mine and theirs
    ]
    if shared:
        return all(mine == theirs for mine, theirs in shared)
    if one.first and other.first and one.last and other.last:
        return one.first <= other.last and other.first <= one.last
    return fold(one.text) == fold(other.text)


def excludes(one: DateMention, other: DateMention) -> bool:
    """Tell whether two dates are not one: both name a weekday, month, day or year, and not the same."""
    mine, theirs = _parts(one), _parts(other)
    return any(a and b and a != b for a, b in zip(mine, theirs, strict=True))


def says_a_day(date: DateMention) -> bool:
    """Tell whether a date names a weekday, month, day or year."""
    return any(_parts(date))


def are_of_other_times(one: Sentence, other: Sentence) -> bool:
    """Tell whether both of two sentences name a time, and no time of one can be one of the other."""
    return bool(one.dates and other.dates) and not any(
        same_time(mine, theirs) for mine in one.dates for theirs in other.dates
    )
