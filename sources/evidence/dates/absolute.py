"""Dates that name a day, month or year: read at the number or month with which they begin.

Where the year is left out, the one nearest to the source's own date is taken, or the next where the sentence
speaks of what is to come; a weekday beside the day decides between years.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from sources.evidence.dates import NO_SUCH_DAY, TWO_READINGS, Precision
from sources.evidence.dates.calendar import (
    DAY,
    FEASTS,
    FOREIGN_MONTH,
    FOREIGN_MONTHS,
    MONTH,
    ORDINAL,
    WEEKDAYS,
    YEAR,
    Days,
    day_number,
    day_of,
    feast_of,
    month_number,
    month_of,
    part_of_month,
    part_of_year,
    year_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sources.evidence.dates import DateContext, DateMention

_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|([/.])(\d\d?)\4(\d\d?))(?![A-Za-z0-9_-])"
)
_CJK = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
_NUMERIC = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?![\w/-])")
_THE_BEFORE = re.compile(r"\bthe $", re.IGNORECASE)
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_DASH = r"(?: ?[-–—] ?| to | and | until | through )"
_DAY_MONTH = re.compile(
    rf"(?P<day>{DAY}|(?i:{ORDINAL}))(?:{_DASH}(?P<last_day>{DAY}))?[ \u00a0](?:of )?(?P<month>{MONTH})"
    rf"(?:,? (?P<year>{YEAR}))?(?:{_DASH}(?P<second_day>{DAY}) (?:of )?(?P<second_month>{MONTH})"
    rf"(?:,? (?P<second_year>{YEAR}))?)?"
)
_FOREIGN = re.compile(rf"(?P<day>{DAY})\.? (?:de )?(?P<month>{FOREIGN_MONTH})(?: de)? (?P<year>{YEAR})")
_MONTH_DAY = re.compile(
    rf"(?P<month>{MONTH})[ \u00a0](?:the )?(?P<day>{DAY}|(?i:{ORDINAL})\b)(?:{_DASH}(?P<last_day>{DAY})"
    rf"|{_DASH}(?P<second_month>{MONTH}) (?P<second_day>{DAY}))?(?:,? (?P<year>{YEAR}))?"
)
_MONTHS = re.compile(
    rf"(?P<month>{MONTH})(?: ?[-–—] ?| to | and | until | through )(?P<second_month>{MONTH})"
    rf"(?! \d\d?\b)(?:,? (?P<year>{YEAR}))?"
)
_MONTH_YEAR = re.compile(rf"(?P<month>{MONTH}),? (?:of )?(?P<year>{YEAR})")
_BARE_MONTH = re.compile(rf"(?P<month>{MONTH})(?![-'’]?(?!s\b)\w)")
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|by|until|till|from|during|before|after|through|for|of|to|and|between|around|this|every"
    r"|each|as) $",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(r"\b(?P<part>early|mid|late)[ -]?(?:in )?$", re.IGNORECASE)
_PARTS = {"early": "early", "mid": "mid", "late": "late", "mid-": "mid"}
_STEP_BEFORE = re.compile(r"\b(?P<step>last|next|this)(?: coming)? $", re.IGNORECASE)
_RANGE_BEFORE = re.compile(r"\b(?:from|between) (?:the )?$", re.IGNORECASE)
_YEARS = re.compile(
    rf"(?P<first>{YEAR})(?:(?: ?[-–] ?| to | and | until | through )(?P<last>{YEAR})"
    r"|[-–](?P<short>\d\d)(?![\w-]))"
)
_YEAR = re.compile(rf"{YEAR}(?![-–/]\w)")
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|till|before|after|during|through|throughout|around|circa"
    r"|for|to|fiscal|year|between|and|than|on|as of|into|come|including|towards?|versus)(?: (?:the )?year)? "
    r"|\(|\b(?:early|mid|late)[ -](?:in )?|\b(?:cup|series|games|olympics|elections?) "
    r"|(?:1[5-9]|20)\d\d(?: (?:and|or) |,? ))$",
    re.IGNORECASE,
)
_LOOSE_BEFORE = re.compile(r"\b(?:of|for|from|to|than|and|on) $", re.IGNORECASE)
_NAME_AFTER = re.compile(r" [A-Z][a-z]")
_YEAR_AS_ADJECTIVE = re.compile(
    r"(?:\b(?:the|its|their|his|her|our|an?|that|this)|['’]s|s['’]) $", re.IGNORECASE
)
_SINGULAR_AFTER = re.compile(r" [a-z]+(?:[^s\W]|ss|is|us)\b")
_NOUN_AFTER = re.compile(r" (?!and\b|or\b|to\b)(?:[a-z]+(?: |[^\w ]|$)|[A-Z][\w’'-]+ [A-Z])")
_YEARS_BEFORE = re.compile(rf"{YEAR} (?:and|or) $")
_BESIDE = timedelta(days=31)
_REACH = 12  # characters
_ROUND = 50  # a count is often a multiple of this, a year seldom
_VERB_AFTER = re.compile(
    r" (?:was|were|is|will|would|has|had|saw|may|might|could|brought|marked|began|ended|came|promises)\b"
)
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?][\"”’)]* |\n|[\"“])$")
_COUNTED_AFTER = re.compile(
    r" (?:(?!(?:was|is|has|as|its|this|does)\b)[a-z]+s\b|people|men|women|[A-Z]{3}\b)"
    r"|[ ]?(?:%|per cent|percent|€|£)"
)
_DECADE = re.compile(r"(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b")
_CENTURY = re.compile(r"(?P<number>\d{1,2})(?:st|nd|rd|th)[ -]century\b")
_FEAST = re.compile(
    rf"(?P<feast>{'|'.join(sorted(FEASTS, key=len, reverse=True))})(?:,? (?P<year>{YEAR}))?(?![\w-])"
)
_AT_FEAST = re.compile(
    r"\b(?:at|before|since|after|by|over|until|till|around|on|last|next|this|past) $", re.IGNORECASE
)
_NAMED_AFTER_FEAST = re.compile(r" (?!(?:and|in|when|with|but|to|as|after|because|that|for|or|at)\b)[\w“\"]")


def read_at_digit(reading: DateContext, place: int) -> DateMention | None:
    """Read a date that begins with a digit at ``place``."""
    text = reading.text
    before = text[max(reading.floor, place - 4) : place]
    if (before[-1:].isalnum() and before[-1].isascii()) or (
        before[-1:] and before[-1] in ".,:/$€£¥-–#_" and before.lower() != "mid-"
    ):
        return None
    for pattern, read in (
        (_ISO, _iso),
        (_CJK, _cjk),
        (_NUMERIC, _numeric),
        (_DAY_MONTH, read_day_month),
        (_FOREIGN, _foreign),
        (_DECADE, _decade),
        (_CENTURY, _century),
        (_YEARS, _year_range),
        (_YEAR, _year),
    ):
        match = pattern.match(text, place, reading.end)
        if match is not None:
            return read(reading, match)
    return None


def read_at_month(reading: DateContext, place: int) -> DateMention | None:
    """Read a date that begins with the name of a month at ``place``."""
    text = reading.text
    for pattern, read in (
        (_MONTH_DAY, read_month_day),
        (_MONTHS, _month_range),
        (_MONTH_YEAR, _month_year),
        (_BARE_MONTH, _bare_month),
    ):
        match = pattern.match(text, place, reading.end)
        if match is not None:
            return read(reading, match)
    return None


def read_day_in_words(reading: DateContext, place: int) -> DateMention | None:
    """Read ``the twelfth of June``."""
    match = _DAY_MONTH.match(reading.text, place, reading.end)
    return read_day_month(reading, match) if match else None


def read_feast(reading: DateContext, place: int, _: int) -> DateMention | None:
    """Read ``Christmas Day``, ``before Easter``, but not "a Christmas card"."""
    match = _FEAST.match(reading.text, place, reading.end)
    if match is None:
        return None
    name, start, end = match["feast"], *match.span()
    if " " not in name and not match["year"]:
        before = _AT_FEAST.search(reading.text, reading.back(place), place)
        if before is None or _NAMED_AFTER_FEAST.match(reading.text, end):
            return None
    if match["year"]:
        day = feast_of(int(match["year"]), name)
        return reading.mention(start, end, Days(day, day), Precision.DAY, relative=False)
    if reading.published is None:
        return reading.unresolved(start, end)
    days = [feast_of(reading.published.year + step, name) for step in (-1, 0, 1)]
    beside = any(abs(day - reading.published) < _BESIDE for day in days)
    found = _nearest(reading, start, days, settled=beside and not reading.is_over(start))
    return reading.mention(start, end, Days(found, found), Precision.DAY, relative=True)


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
    if match[2] == "." or first > 12 or first == second:
        return _day(reading, match, year, second, first)
    if second > 12:
        return _day(reading, match, year, first, second)
    return reading.unresolved(match.start(), match.end(), TWO_READINGS, relative=False)


def _foreign(reading: DateContext, match: re.Match[str]) -> DateMention:
    return _day(reading, match, int(match["year"]), FOREIGN_MONTHS[match["month"]], day_number(match["day"]))


def _decade(reading: DateContext, match: re.Match[str]) -> DateMention:
    first = int(match["decade"])
    start, part = _with_the(reading, match.start())
    days = year_of(first, 10)
    if part:
        begin = first + {"early": 0, "mid": 4, "late": 6}[part]
        days = year_of(begin, {"early": 4, "mid": 3, "late": 4}[part])
    return reading.mention(start, match.end(), days, Precision.RANGE, relative=False)


def _century(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    number = int(match["number"])
    if not 1 <= number <= 25:
        return None
    start, _ = _with_the(reading, match.start())
    return reading.mention(
        start, match.end(), year_of(100 * number - 99, 100), Precision.RANGE, relative=False
    )


def _with_the(reading: DateContext, start: int) -> tuple[int, str]:
    """Return where ``the early `` before ``start`` begins, and the part that it names."""
    part = _PART_BEFORE.search(reading.text, reading.back(start), start)
    if part is not None:
        start = part.start()
    article = _THE_BEFORE.search(reading.text, reading.back(start), start)
    return (article.start() if article else start), (part["part"].lower() if part else "")


def _with_range_word(reading: DateContext, start: int) -> int:
    found = _RANGE_BEFORE.search(reading.text, reading.back(start), start)
    return found.start() if found else start


def _year_range(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    first = int(match["first"])
    last = int(match["last"] or f"{match['first'][:2]}{match['short']}")
    start = _with_range_word(reading, match.start())
    dashed = match["short"] or any(dash in match[0] for dash in "-–")
    if last <= first:
        return None
    if not dashed and start == match.start():
        return _year(reading, match)
    return reading.mention(
        start, match.end(), year_of(first, last - first + 1), Precision.RANGE, relative=False
    )


def _year(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    start, end, text = match.start(), match.start() + 4, reading.text
    year = int(text[start:end])
    before = reading.back(start)
    if _BEFORE_YEAR.search(text, before, start) is None:
        if not _is_adjective(text, before, start, end) and not (
            _VERB_AFTER.match(text, end) and _SENTENCE_BEFORE.search(text, before, start)
        ):
            return None
    elif (
        _LOOSE_BEFORE.search(text, before, start)
        and _COUNTED_AFTER.match(text, end)
        and not _YEARS_BEFORE.search(text, max(0, start - _REACH), start)
    ):
        return None
    part = _PART_BEFORE.search(text, before, start)
    if part is not None:
        days = part_of_year(year, part["part"].lower())
        return reading.mention(part.start(), end, days, Precision.RANGE, relative=False)
    return reading.mention(start, end, year_of(year), Precision.YEAR, relative=False)


def _is_adjective(text: str, before: int, start: int, end: int) -> bool:
    """Tell whether a year says of which year something is: ``a 2014 study``, ``the 2008 primaries``.

    A round number before a plural may be a count, and a year before one name the name of a thing.
    """
    if _YEAR_AS_ADJECTIVE.search(text, before, start) is None:
        return False
    if _SINGULAR_AFTER.match(text, end):
        return True
    return int(text[start:end]) % _ROUND != 0 and _NOUN_AFTER.match(text, end) is not None


def read_day_month(
    reading: DateContext, match: re.Match[str], weekday: str | None = None
) -> DateMention | None:
    """Read ``12 June 2030``, ``12-14 June``, ``12 June to 3 July 2030``."""
    start = match.start() if weekday else _day_start(reading, match)
    month, day = month_number(match["month"]), day_number(match["day"])
    if match["second_month"]:
        end_of_range = (match["second_year"] or match["year"], month_number(match["second_month"]))
        second = (*end_of_range, day_number(match["second_day"]))
        first = (match["year"] or match["second_year"], month, day)
        return _range(reading, start, match.end(), first, second)
    if match["last_day"]:
        second = (match["year"], month, day_number(match["last_day"]))
        return _range(reading, start, match.end(), (match["year"], month, day), second)
    return _one_day(reading, start, match.end(), (match["year"], month, day), weekday)


def _day_start(reading: DateContext, match: re.Match[str]) -> int:
    article = _THE_BEFORE.search(reading.text, reading.back(match.start()), match.start())
    start = article.start() if article else match.start()
    return _with_range_word(reading, start) if match["last_day"] or match["second_day"] else start


def read_month_day(
    reading: DateContext, match: re.Match[str], weekday: str | None = None
) -> DateMention | None:
    """Read ``June 12, 2030``, ``June 12-14``, ``June 12 to July 3, 2030``."""
    month, day = month_number(match["month"]), day_number(match["day"])
    first = (match["year"], month, day)
    if match["second_month"]:
        start = _with_range_word(reading, match.start())
        second = (match["year"], month_number(match["second_month"]), day_number(match["second_day"]))
        return _range(reading, start, match.end(), first, second)
    if match["last_day"]:
        start = _with_range_word(reading, match.start())
        return _range(
            reading, start, match.end(), first, (match["year"], month, day_number(match["last_day"]))
        )
    return _one_day(reading, match.start(), match.end(), first, weekday)


_Written = tuple[str | None, int, int]  # year where it is said, month, day


def _one_day(
    reading: DateContext, start: int, end: int, written: _Written, weekday: str | None = None
) -> DateMention:
    year, month, day = written
    if year is not None:
        found = day_of(int(year), month, day)
    elif day_of(2028, month, day) is None:
        found = None  # in no year at all
    elif reading.published is None:
        return reading.unresolved(start, end)
    else:
        years = range(reading.published.year - 1, reading.published.year + 2)
        named = [one for year in years if (one := day_of(year, month, day)) is not None]
        if weekday is not None:
            named = [one for one in named if one.weekday() == WEEKDAYS[weekday]] or named
        found = _nearest(reading, start, named, settled=weekday is not None)
    if found is None:
        return reading.unresolved(start, end, NO_SUCH_DAY, relative=year is None)
    return reading.mention(start, end, Days(found, found), Precision.DAY, relative=year is None)


def _range(reading: DateContext, start: int, end: int, first: _Written, second: _Written) -> DateMention:
    low = _one_day(reading, start, end, first)
    high = _one_day(reading, start, end, second)
    if not low.first or not high.first or low.first > high.first:
        return (
            high if not high.first else low if not low.first else reading.unresolved(start, end, NO_SUCH_DAY)
        )
    return type(low)(start, end, low.text, low.first, high.first, Precision.RANGE, low.relative)


def _nearest(reading: DateContext, start: int, days: Sequence[date], *, settled: bool = False) -> date | None:
    """Return the day nearest to the source's date; unless ``settled``, the next one where it is to come."""
    published = reading.published
    if published is None:
        return None
    if not settled and reading.is_to_come(start):
        days = [found for found in days if found >= published - timedelta(days=31)] or days
        days = [found for found in days if found >= published] or days
    elif not settled and reading.is_over(start):
        days = [found for found in days if found <= published] or days
    return min(days, key=lambda found: abs(found - published), default=None)


def _month_range(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read ``July to September``; "and" joins months only after "between"."""
    start = _with_range_word(reading, match.start())
    text = reading.text
    joined = text[match.end("month") : match.start("second_month")].strip()
    if joined == "and" and start == match.start():
        return None
    first, second = month_number(match["month"]), month_number(match["second_month"])
    if match["year"]:
        year = int(match["year"]) - (first > second)
    elif reading.published is None:
        return reading.unresolved(start, match.end())
    else:
        published, ahead = reading.published, reading.is_to_come(match.start())
        year = published.year
        year += (second < published.month) if ahead else -(first > published.month)
    days = month_of(year, first, (second - first) % 12 + 1)
    return reading.mention(start, match.end(), days, Precision.RANGE, relative=not match["year"])


def _month_year(reading: DateContext, match: re.Match[str]) -> DateMention:
    days, start = month_of(int(match["year"]), month_number(match["month"])), match.start()
    part = _PART_BEFORE.search(reading.text, reading.back(start), start)
    if part is None:
        return reading.mention(start, match.end(), days, Precision.MONTH, relative=False)
    days = part_of_month(days, part["part"].lower())
    return reading.mention(part.start(), match.end(), days, Precision.RANGE, relative=False)


def _bare_month(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read a month without a year; a word such as May or March needs a sign that it is one."""
    text, place = reading.text, match.start()
    before = reading.back(place)
    step = _STEP_BEFORE.search(text, before, place)
    part = _PART_BEFORE.search(text, before, place)
    if step is None and part is None:
        loose = _LOOSE_BEFORE.search(text, before, place) and _NAME_AFTER.match(text, match.end())
        if loose or _BEFORE_MONTH.search(text, before, place) is None:
            return None
    start = step.start() if step else part.start() if part else place
    end = match.start() + len(match[0].rstrip("."))
    if reading.published is None:
        return reading.unresolved(start, end)
    month, published = month_number(match["month"]), reading.published
    year = published.year
    word = step["step"].lower() if step else ""
    if word == "last":
        year -= month >= published.month
    elif word == "next":
        year += month <= published.month
    elif not word and reading.is_to_come(place):
        year += month < published.month
    elif not word:
        year -= month > published.month
    days = month_of(year, month)
    if part is not None and step is None:
        days = part_of_month(days, part["part"].lower())
        return reading.mention(start, end, days, Precision.RANGE, relative=True)
    return reading.mention(start, end, days, Precision.MONTH, relative=True)


WITH_WEEKDAY = ((_MONTH_DAY, read_month_day), (_DAY_MONTH, read_day_month))
