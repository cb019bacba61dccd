"""Dates: absolute and relative ones, resolved against the day on which their source was published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sources.evidence.dates.tense import Tense, tense_at

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sources.evidence.dates.calendar import Days

__all__ = ["DateMention", "Precision"]


NO_SOURCE_DATE = "the source has no date"
NO_SUCH_DAY = "there is no such day"
TWO_READINGS = "which number is the month is not said"
VAGUE = "it is too vague"
OTHER_EVENT = "it counts from another event"


class Precision(StrEnum):
    """How much time a date takes up as it was said."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"  # anything else with two ends, or with one
    OPEN = "open"  # nothing can be said


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: ``text`` is what stands at ``start`` to ``end``.

    ``first`` and ``last`` are the ISO 8601 days between which it lies, both included; one of them is None
    where that end is open ("over a year ago"), both where nothing can be said, and then ``open_because`` says
    why. ``relative`` tells whether the source's own date was needed.
    """

    start: int
    end: int
    text: str
    first: str | None
    last: str | None
    precision: Precision
    relative: bool
    open_because: str | None = None

    @property
    def resolved(self) -> bool:
        """Tell whether at least one end is known."""
        return self.first is not None or self.last is not None


# How much farther than it is a day counts, before that of the source and after, by the tense of its clause.
_PAST_AND_AHEAD = {Tense.AHEAD: (1000, 1), Tense.OVER: (1, 3), Tense.SURELY_OVER: (1, 1000), None: (1, 2)}
_THE_BEFORE = re.compile(r"\bthe $", re.IGNORECASE)
_RANGE_BEFORE = re.compile(r"\b(?:from|between) (?:the )?$", re.IGNORECASE)
_YEARS_ON = {"last": -1, "this": 0, "next": 1}
_YEARS_COUNTED = {"that": 0, "the same": 0, "the following": 1, "the previous": -1}


@dataclass(frozen=True, slots=True)
class DateContext:
    """A stretch of ``text``, its day of publication, if known, and the last date and the last day before.

    It goes from ``begin`` to ``end``; what is before ``floor`` belongs to the date before.
    """

    text: str
    begin: int
    floor: int
    end: int
    published: date | None
    last: DateMention | None = None
    last_day: DateMention | None = None

    def back(self, place: int, reach: int = 32) -> int:
        """Return how far back from ``place`` a pattern may look."""
        return max(self.floor, place - reach)

    def with_the(self, start: int) -> int:
        """Return where ``the`` right before a date begins, or else the date."""
        found = _THE_BEFORE.search(self.text, self.back(start), start)
        return found.start() if found else start

    def with_range_word(self, start: int) -> int:
        """Return where ``from`` or ``between`` right before a date begins, or else the date."""
        found = _RANGE_BEFORE.search(self.text, self.back(start), start)
        return found.start() if found else start

    def tense(self, start: int, end: int) -> Tense | None:
        """Return when the clause around a date says that something is, None where it does not say."""
        return tense_at(self.text, self.begin, start, end, self.end)

    def is_to_come(self, start: int, end: int) -> bool:
        """Tell whether the clause around a date speaks of what is to come."""
        return self.tense(start, end) is Tense.AHEAD

    def likeliest(self, days: Iterable[Days], tense: Tense | None) -> Days | None:
        """Return those days that lie nearest to the source's own, on the side that the tense tells."""
        published = self.published
        if published is None:
            return None
        past, ahead = _PAST_AND_AHEAD[tense]

        def distance(one: Days) -> int:
            if one.last is not None and one.last < published:
                return past * (published - one.last).days
            return ahead * (one.first - published).days if one.first and one.first > published else 0

        return min(days, key=distance, default=None)

    def year_meant(self, words: str) -> int | None:
        """Return the year of ``last`` year, or of ``that`` year, which is the year of the date before."""
        which = words.lower()
        if which in _YEARS_ON:
            return None if self.published is None else self.published.year + _YEARS_ON[which]
        if self.last is None or self.last.first is None:
            return None
        return int(self.last.first[:4]) + _YEARS_COUNTED[which]

    def mention(
        self, start: int, end: int, days: Days, precision: Precision, *, relative: bool
    ) -> DateMention:
        """Return a date that was resolved, or left open where it lies beyond the calendar."""
        if days.first is None and days.last is None:
            return self.unresolved(start, end, VAGUE, relative=relative)
        first, last = (None if day is None else day.isoformat() for day in days)
        return DateMention(start, end, self.text[start:end], first, last, precision, relative)

    def unresolved(
        self, start: int, end: int, why: str = NO_SOURCE_DATE, *, relative: bool = True
    ) -> DateMention:
        """Return a date of which nothing can be said, and why."""
        return DateMention(start, end, self.text[start:end], None, None, Precision.OPEN, relative, why)
