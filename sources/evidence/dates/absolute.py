"""Dates that name a day or month: read at the number or month with which they begin.

Where the year is left out, the one nearest to the source's own date is taken, on the side that the tense of
the clause tells; a weekday beside the day decides between years.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.dates import NO_SOURCE_DATE, NO_SUCH_DAY, OTHER_EVENT, TWO_READINGS, Precision, years
from sources.evidence.dates.calendar import (
    DAY,
    FOREIGN_MONTH,
    FOREIGN_MONTHS,
    MONTH,
    ORDINAL,
    PART_BEFORE,
    WEEKDAYS,
    YEAR,
    Days,
    day_number,
    day_of,
    month_number,
    month_of,
    part_of_month,
)
from sources.evidence.dates.tense import Tense
from sources.evidence.figures.units import MEASURES
from sources.evidence.word_lists import function_words, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.evidence.dates import DateContext, DateMention

_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|([/.])(\d\d?)\4(\d\d?))(?![A-Za-z0-9_-])"
)
_CJK = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
_NUMERIC = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?![\w/-])")
_SHORT_NUMERIC = re.compile(r"(\d{1,2})(/)(\d{1,2})/(\d\d)(?![\w/-])")
_DASH = r"(?: ?[-–—] ?| to (?:the )?| and | until | through )"
_OF_YEAR = (
    rf"(?:,? (?:(?P<year>{YEAR})"
    r"|(?:(?:of|in) )?(?P<which>[Ll]ast|this|next|that|the same|the following|the previous) year\b))?"
)
_DAY_MONTH = re.compile(
    rf"(?P<day>{DAY}|(?i:{ORDINAL}))(?:{_DASH}(?P<last_day>{DAY}))?[ \u00a0](?:of )?"
    rf"(?P<month>{MONTH}){_OF_YEAR}"
)
_FOREIGN = re.compile(rf"(?P<day>{DAY})\.? (?:de )?(?P<month>{FOREIGN_MONTH})(?: de)? (?P<year>{YEAR})")
_MONTH_DAY = re.compile(
    rf"(?P<month>{MONTH})[ \u00a0](?:the )?(?P<day>{DAY}|(?i:{ORDINAL})\b)"
    rf"(?:{_DASH}(?P<last_day>{DAY}))?{_OF_YEAR}"
)
_DAY_BEHIND = re.compile(r" \d\d?\b(?![:.]\d| ?[ap]\.?m\b)")  # "the 19 Sept. 11 victims"
_MONTHS = re.compile(
    rf"(?P<month>{MONTH})(?: ?[-–—] ?| to | and | until | through )(?P<second_month>{MONTH})"
    rf"(?! \d\d?\b)(?:,? (?P<year>{YEAR}))?"
)
_MONTH_YEAR = re.compile(rf"(?P<month>{MONTH}),? (?:of )?(?P<year>{YEAR})")
_BARE_MONTH = re.compile(rf"(?P<month>{MONTH})(?![-'’]?(?!s\b)\w){_OF_YEAR}")
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|by|until|till|from|during|before|after|through|throughout|for|of|to|and|between|around"
    r"|over|into|this|as|[a-z]+est) $",
    re.IGNORECASE,
)
_LOOSE_BEFORE = re.compile(r"\b(?:of|for|from|to|and|as|by|over|into|before|after) $", re.IGNORECASE)
_VERB_BEHIND = re.compile(r" (?:was|were|is|will|would|had|has|rose|fell|[a-z]+ed)\b")
_OWNER_BEFORE = re.compile(r"(?:\b(?:the|an?|its|their|his|her|our|this|that|last)|['’]s?) $", re.IGNORECASE)
_NAME_AFTER = re.compile(r" [A-Z][a-z]")
_NO_MONTH_BEFORE = re.compile(r"(?:[A-Z][\w.’'-]*,?|\b(?:each|every)) $")
_NOUN_AFTER = re.compile(r" (?:[A-Z][\w.’'-]* )?([a-z][\w-]*)")
_STEP_BEFORE = re.compile(r"\b(?P<step>last|next|this|that)(?: coming)? $", re.IGNORECASE)
_NO_OTHER_WORD = frozenset(("January", "February", "July", "September", "October", "November", "December"))
_RECORDS = words("dates.txt", "records")
_OF_2001 = re.compile(r"(?:['’]s)? (?:terror(?:ist)? )?(?:attacks|hijack\w+|victims|terrorists)\b")
_LEAP_YEAR = 2028
_LAST_SHORT_YEAR = 70  # "1/2/70" is of 1970


def _read(
    reading: DateContext,
    place: int,
    forms: tuple[tuple[re.Pattern[str], Callable[[DateContext, re.Match[str]], DateMention | None]], ...],
) -> DateMention | None:
    for pattern, read in forms:
        match = pattern.match(reading.text, place, reading.end)
        found = read(reading, match) if match is not None else None
        if found is not None:
            return found
    return None


def read_at_digit(reading: DateContext, place: int, end: int) -> DateMention | None:
    """Read a date that begins with the number from ``place`` to ``end``."""
    before = reading.text[max(reading.floor, place - 4) : place]
    if (before[-1:].isalnum() and before[-1].isascii()) or (
        before[-1:] and before[-1] in ".,:/$€£¥-–#_" and before.lower() != "mid-"
    ):
        return None
    return _read(reading, place, _AT_YEAR if end - place > 2 else _AT_DAY)


def read_at_month(reading: DateContext, place: int) -> DateMention | None:
    """Read a date that begins with the name of a month at ``place``."""
    return _read(reading, place, _AT_MONTH)


def read_day_in_words(reading: DateContext, place: int) -> DateMention | None:
    """Read ``the twelfth of June``."""
    return _read(reading, place, ((_DAY_MONTH, read_day_month),))


def _day(reading: DateContext, match: re.Match[str], year: int, month: int, day: int) -> DateMention:
    found = day_of(year, month, day)
    if found is None:
        return reading.unresolved(match.start(), match.end(), NO_SUCH_DAY, relative=False)
    return reading.mention(match.start(), match.end(), Days(found, found), Precision.DAY, relative=False)


def _iso(reading: DateContext, match: re.Match[str]) -> DateMention:
    month, day = (match[2], match[3]) if match[2] else (match[5], match[6])
    return _day(reading, match, int(match[1]), int(month), int(day))


def _cjk(reading: DateContext, match: re.Match[str]) -> DateMention:
    if match[3]:
        return _day(reading, match, int(match[1]), int(match[2]), int(match[3]))
    if not 1 <= int(match[2]) <= 12 or match[1] == "0000":
        return reading.unresolved(match.start(), match.end(), NO_SUCH_DAY, relative=False)
    days = month_of(int(match[1]), int(match[2]))
    return reading.mention(match.start(), match.end(), days, Precision.MONTH, relative=False)


def _numeric(reading: DateContext, match: re.Match[str]) -> DateMention:
    """Read ``25/12/2029``; points mean day first, else two small numbers stay open."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:
        year += 2000 if year < _LAST_SHORT_YEAR else 1900
    if match[2] == "." or first > 12 or first == second:
        return _day(reading, match, year, second, first)
    if second > 12:
        return _day(reading, match, year, first, second)
    return reading.unresolved(match.start(), match.end(), TWO_READINGS, relative=False)


def _foreign(reading: DateContext, match: re.Match[str]) -> DateMention:
    return _day(reading, match, int(match["year"]), FOREIGN_MONTHS[match["month"]], day_number(match["day"]))


def read_day_month(
    reading: DateContext, match: re.Match[str], weekday: str | None = None
) -> DateMention | None:
    """Read ``12 June 2030``, ``12-14 June``, ``12 June last year``."""
    start = match.start() if weekday else reading.with_the(match.start())
    counted = start < match.start() and match["day"].isdigit() and not match["year"]
    if counted and _DAY_BEHIND.match(reading.text, match.end()):
        return None
    return _day_or_days(reading, match, start, weekday)


def read_month_day(
    reading: DateContext, match: re.Match[str], weekday: str | None = None
) -> DateMention | None:
    """Read ``June 12, 2030``, ``June 12-14``, ``June 12 last year``; in "May 11 millimetres fell" no day."""
    if match["day"].isdigit() and not match["last_day"] and not match["year"]:
        measured = _NOUN_AFTER.match(reading.text, match.end())
        if measured is not None and measured[1] in MEASURES:
            return None
    return _day_or_days(reading, match, match.start(), weekday)


class _Written(NamedTuple):
    """A day as it is written; ``open_because`` where its year counts from a date that is not known."""

    year: int | None
    month: int
    day: int
    relative: bool
    open_because: str | None = None


def _day_or_days(
    reading: DateContext, match: re.Match[str], start: int, weekday: str | None
) -> DateMention | None:
    year, relative, why = _year_said(reading, match)
    month = month_number(match["month"])
    first = _Written(year, month, day_number(match["day"]), relative, why)
    if not match["last_day"]:
        return _one_day(reading, start, match.end(), first, weekday)
    start = reading.with_range_word(start)
    low = _one_day(reading, start, match.end(), first)
    high = _one_day(reading, start, match.end(), first._replace(day=day_number(match["last_day"])))
    if not low.first or not high.first or low.first > high.first:
        return (
            high
            if not high.first
            else low
            if not low.first
            else reading.unresolved(start, low.end, NO_SUCH_DAY)
        )
    return type(low)(start, low.end, low.text, low.first, high.first, Precision.RANGE, low.relative)


def _year_said(reading: DateContext, match: re.Match[str]) -> tuple[int | None, bool, str | None]:
    """Return the year that is written behind a month, whether it is relative, and why it is not known."""
    if match["year"]:
        return int(match["year"]), False, None
    if not match["which"]:
        return None, True, None
    year = reading.year_meant(match["which"])
    counted = match["which"].startswith("th") and match["which"] != "this"
    return year, True, None if year is not None else OTHER_EVENT if counted else NO_SOURCE_DATE


def _one_day(
    reading: DateContext, start: int, end: int, written: _Written, weekday: str | None = None
) -> DateMention:
    year, month, day, relative, why = written
    if why is not None:
        return reading.unresolved(start, end, why)
    if year is not None:
        found = day_of(year, month, day)
    elif day_of(_LEAP_YEAR, month, day) is None:
        found = None  # in no year at all
    elif (month, day) == (9, 11) and _OF_2001.match(reading.text, end):
        found, relative = day_of(2001, month, day), False
    elif reading.published is None:
        return reading.unresolved(start, end)
    else:
        around = range(reading.published.year - 1, reading.published.year + 2)
        named = [one for year in around if (one := day_of(year, month, day)) is not None]
        if weekday is not None:
            named = [one for one in named if one.weekday() == WEEKDAYS[weekday]] or named
        tense = None if weekday is not None else reading.tense(start, end)
        days = reading.likeliest([Days(one, one) for one in named], tense)
        found = days.first if days else None
    if found is None:
        return reading.unresolved(start, end, NO_SUCH_DAY, relative=relative)
    return reading.mention(start, end, Days(found, found), Precision.DAY, relative=relative)


def _month_range(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read ``July to September``; "and" joins months only after "between"."""
    start = reading.with_range_word(match.start())
    text = reading.text
    joined = text[match.end("month") : match.start("second_month")].strip()
    if joined == "and" and start == match.start():
        return None
    first, second = month_number(match["month"]), month_number(match["second_month"])
    length = (second - first) % 12 + 1
    if match["year"]:
        found: Days | None = month_of(int(match["year"]) - (first > second), first, length)
    elif reading.published is None:
        return reading.unresolved(start, match.end())
    else:
        around = range(reading.published.year - 2, reading.published.year + 2)
        found = reading.likeliest(
            [month_of(year, first, length) for year in around], _sure(reading.tense(start, match.end()))
        )
    if found is None:
        return None
    return reading.mention(start, match.end(), found, Precision.RANGE, relative=not match["year"])


def _sure(tense: Tense | None) -> Tense | None:
    return Tense.SURELY_OVER if tense is Tense.OVER else tense


def _month_year(reading: DateContext, match: re.Match[str]) -> DateMention:
    days, start = month_of(int(match["year"]), month_number(match["month"])), match.start()
    part = PART_BEFORE.search(reading.text, reading.back(start), start)
    if part is None:
        return reading.mention(start, match.end(), days, Precision.MONTH, relative=False)
    days = part_of_month(days, part["part"].lower())
    return reading.mention(part.start(), match.end(), days, Precision.RANGE, relative=False)


def _bare_month(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read a month without a year; a word such as May or March needs a sign that it is one."""
    text, place = reading.text, match.start()
    before = reading.back(place)
    step = _STEP_BEFORE.search(text, before, place)
    part = PART_BEFORE.search(text, before, place)
    noun = _NOUN_AFTER.match(text, match.end())
    counted = step is not None and step["step"] == "that"
    if counted and _VERB_BEHIND.match(text, match.end()):  # "he said that May was dry"
        step, counted = None, False
    if (
        step is None
        and part is None
        and not match["which"]
        and not _stands_as_month(text, before, match, noun)
    ):
        return None
    start = step.start() if step else part.start() if part else place
    end = match.end() if match["which"] else place + len(match["month"].rstrip("."))
    month, precision = month_number(match["month"]), Precision.MONTH
    year, _, why = _year_said(reading, match)
    if counted:
        year = reading.year_meant("that")
        why = None if year else OTHER_EVENT
    if why is not None or reading.published is None:
        return reading.unresolved(start, end, why or NO_SOURCE_DATE)
    if year is None:
        year = _year_of_month(reading, (start, end), month, step["step"].lower() if step else "", noun)
    days = month_of(year, month)
    if part is not None and step is None:
        days, precision = part_of_month(days, part["part"].lower()), Precision.RANGE
    return reading.mention(start, end, days, precision, relative=True)


def _year_of_month(
    reading: DateContext, place: tuple[int, int], month: int, step: str, noun: re.Match[str] | None
) -> int:
    published = reading.published
    if published is None:
        return 1
    if step == "last":
        return published.year - (month >= published.month)
    if step:
        return published.year + (step == "next" and month <= published.month)
    tense = reading.tense(*place)
    if noun and noun[1] in _RECORDS:
        tense = Tense.SURELY_OVER
    elif noun is None or noun[1] in function_words():
        tense = _sure(tense)
    around = range(published.year - 1, published.year + 2)
    days = reading.likeliest([month_of(year, month) for year in around], tense)
    return days.first.year if days and days.first else published.year


def _stands_as_month(text: str, before: int, match: re.Match[str], noun: re.Match[str] | None) -> bool:
    """Tell whether a month stands where a month does: "in May", "its May meeting", "began March"."""
    place, end, name = match.start(), match.end(), match["month"]
    named = _NAME_AFTER.match(text, end) is not None
    if _BEFORE_MONTH.search(text, before, place):
        return not (named and _LOOSE_BEFORE.search(text, before, place))
    if _OWNER_BEFORE.search(text, before, place):
        attributive = noun is not None and noun[1] not in function_words()
        possessive = text[place - 3 : place - 2] in {"'", "’"}
        return attributive and (
            name in _NO_OTHER_WORD or (not named and not (possessive and name in {"March", "May"}))
        )
    return name in _NO_OTHER_WORD and not named and not _NO_MONTH_BEFORE.search(text, before, place)


WITH_WEEKDAY = ((_MONTH_DAY, read_month_day), (_DAY_MONTH, read_day_month))
_AT_MONTH = (
    (_MONTH_DAY, read_month_day),
    (_MONTHS, _month_range),
    (_MONTH_YEAR, _month_year),
    (_BARE_MONTH, _bare_month),
)
_AT_DAY = (
    (_DAY_MONTH, read_day_month),
    (_NUMERIC, _numeric),
    (_SHORT_NUMERIC, _numeric),
    (_FOREIGN, _foreign),
    *years.AT_NUMBER,
)
_AT_YEAR = ((_ISO, _iso), (_CJK, _cjk), *years.AT_YEAR)
