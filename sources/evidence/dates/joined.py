"""Dates that words or dates beside them move or stretch: ``the day after Easter``, ``from May 3 to June``."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sources.evidence.dates import Precision
from sources.evidence.dates.calendar import (
    MONTHS,
    MOVED_BEFORE,
    NUMBER,
    WEEKDAYS,
    Days,
    day_of,
    number,
    stepped,
)

if TYPE_CHECKING:
    from sources.evidence.dates import DateContext, DateMention

_BEFORE = re.compile(
    r"\bthe (?:day (?P<which>before|after)|week (?P<week>of|beginning|starting|ending)"
    rf"|(?:first )?(?P<months>{NUMBER}) months (?:to|ended|ending|through)(?: in)?"
    r"|(?P<nth>first|second|third|fourth|last|final) (?P<part>week|half) (?:of|in)) $",
    re.IGNORECASE,
)
_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "final": -1}
_OWNED = re.compile(
    r"['’]| (?!and\b|or\b|but\b|in\b|at\b|when\b|to\b|as\b|that\b|it\b|he\b|she\b|they\b|the\b)[a-z]"
)
_JOINER = re.compile(r" ?(?:(?P<to>[-–—]|to|until|till|through)|(?P<and>and)) ?(?:the |on )?")
_RANGE_BEFORE = re.compile(r"\b(?P<word>from|between) (?:the |on )?$", re.IGNORECASE)
_HOURS = re.compile(r"\b(?:open|opens|hours|daily|weekly|\d{1,2}(?::\d\d)? ?[ap]\.?m)\b")
_WORD = re.compile(r"[^\W\d_]+")


def with_words_before(reading: DateContext, found: DateMention) -> DateMention:
    """Return a date, or what ``the day after`` or ``the three months to`` before it makes of it."""
    if found.first is None or found.precision not in {Precision.DAY, Precision.MONTH}:
        return found
    before = _BEFORE.search(reading.text, reading.back(found.start), found.start)
    if before is None:
        return found
    days, precision = _moved(reading, found, before)
    if days is None:
        return found
    return reading.mention(before.start(), found.end, days, precision, relative=found.relative)


def _moved(reading: DateContext, found: DateMention, before: re.Match[str]) -> tuple[Days | None, Precision]:
    """Return the days that the words before a day or a month make of it."""
    first, last = date.fromisoformat(found.first or ""), date.fromisoformat(found.last or "")
    if found.precision is Precision.DAY:
        if before["which"] and not _OWNED.match(reading.text, found.end):
            day = stepped(first, "day", 1 if before["which"].lower() == "after" else -1)
            return Days(day, day), Precision.DAY
        if before["week"]:
            ending = before["week"].lower() == "ending"
            return Days(
                stepped(first, "day", -6 * ending), stepped(first, "day", 6 - 6 * ending)
            ), Precision.WEEK
    elif before["months"]:
        return Days(stepped(first, "month", 1 - number(before["months"])), last), Precision.RANGE
    elif before["nth"]:
        nth, half = _NTH[before["nth"].lower()], before["part"].lower() == "half"
        if half:
            return Days(first, first.replace(day=15)) if not nth else Days(
                first.replace(day=16), last
            ), Precision.RANGE
        begin = first.replace(day=7 * nth + 1) if nth >= 0 else last.replace(day=last.day - 6)
        return Days(begin, begin.replace(day=begin.day + 6)), Precision.RANGE
    return None, Precision.RANGE


def is_every_week(reading: DateContext, one: DateMention, other: DateMention) -> bool:
    """Tell whether two dates are the weekdays of ``open Monday to Friday``, which are none."""
    joiner = _JOINER.fullmatch(reading.text, one.end, other.start)
    return (
        joiner is not None
        and joiner["to"] is not None
        and one.text in WEEKDAYS
        and other.text in WEEKDAYS
        and _RANGE_BEFORE.search(reading.text, max(0, one.start - 12), one.start) is None
        and _HOURS.search(reading.text, max(0, one.start - 24), other.end + 24) is not None
    )


def with_year_of(reading: DateContext, one: DateMention, other: DateMention) -> DateMention:
    """Return the one of ``May and July 2030``, which has the year that stands behind the other."""
    joiner = _JOINER.fullmatch(reading.text, one.end, other.start)
    alike = one.precision is other.precision and one.precision in {Precision.DAY, Precision.MONTH}
    if joiner is None or not alike or not one.relative or other.relative or not _names_month(one):
        return one
    first, last = _in_order(reading, one, other)
    if first is None or one.last is None or last is None or first[:4] == (one.first or "")[:4]:
        return one
    return replace(one, first=first, last=_in_year(one.last, int(first[:4])), relative=False)


def as_range(reading: DateContext, one: DateMention, other: DateMention) -> DateMention | None:
    """Return the range of two dates that are joined as one, ``between May and July 2030``, or None.

    Days or months need no ``from`` before them; a year that stands only behind the second is that of both.
    """
    text = reading.text
    joiner = _JOINER.fullmatch(text, one.end, other.start)
    if joiner is None or not (one.first and one.last and other.first and other.last):
        return None
    reach = max(0, one.start - 12)
    before = _RANGE_BEFORE.search(text, reach, one.start)
    if joiner["and"] and (before is None or before["word"].lower() != "between"):
        return None
    if before is None:
        alike = one.precision is other.precision and one.precision in {Precision.DAY, Precision.MONTH}
        if not alike or not (_names_month(one) and _names_month(other)):
            return None
    elif MOVED_BEFORE.search(text, max(0, before.start() - 40), before.start()):
        return None
    first, last = _in_order(reading, one, other)
    if first is None or last is None or first > last:
        return None
    start = before.start() if before else one.start
    return replace(
        other, start=start, text=text[start : other.end], first=first, last=last, precision=Precision.RANGE,
        relative=one.relative and other.relative,
    )  # fmt: skip


def _names_month(mention: DateMention) -> bool:
    return any(word in MONTHS for word in _WORD.findall(mention.text))


def _in_order(reading: DateContext, one: DateMention, other: DateMention) -> tuple[str | None, str | None]:
    """Return the first day of the one and the last of the other, each in the year that puts them in order."""
    first, last = one.first, other.last
    if first is None or last is None or other.first is None:
        return None, None
    if one.relative and not other.relative and _names_month(one):
        first = _in_year(first, int(other.first[:4]))
        if first and first > other.first:
            first = _in_year(first, int(other.first[:4]) - 1)
    elif first > last and one.relative and other.relative and _names_month(one) and _names_month(other):
        published = reading.published.isoformat() if reading.published else ""
        if first > published:
            last = _in_year(last, int(last[:4]) + 1)
        else:
            first = _in_year(first, int(first[:4]) - 1)
    elif not one.relative and other.relative and _names_month(other):
        last = _in_year(last, int(first[:4]))
        if last and last < first:
            last = _in_year(last, int(first[:4]) + 1)
    return first, last


def _in_year(day: str, year: int) -> str | None:
    found = day_of(year, int(day[5:7]), int(day[8:])) or day_of(year, 2, 28)
    return found.isoformat() if found else None
