"""Dates that step from the day on which the source was published: ``last week``, ``two years ago``."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from sources.evidence.dates import OTHER_EVENT, VAGUE, Precision, weekdays
from sources.evidence.dates.calendar import (
    FEW,
    NUMBER,
    NUMBERS,
    UNIT,
    Days,
    month_of,
    number,
    part_of_month,
    part_of_year,
    quarter_of,
    stepped,
    week_of,
    year_of,
)

if TYPE_CHECKING:
    from datetime import date

    from sources.evidence.dates import DateContext, DateMention

_STEPPED = re.compile(
    r"(?P<step>last|next|this|previous|following|coming|past) "
    r"(?P<unit>week|month|quarter|year|decade|weekend|night|morning|afternoon|evening|century|season|term)"
    r"\b(?!['’]s? ?-)",
    re.IGNORECASE,
)
_PART_OF_STEPPED = re.compile(
    r"\b(?:(?P<part>earlier|later|early|mid|late)(?: in)?"
    r"|(?:at |by |towards? )?(?:the )?(?P<edge>beginning|start|middle|end) of) (?:the )?$",
    re.IGNORECASE,
)
_SHORTER = frozenset(("less than", "under"))
_ONE_END = _SHORTER | {"more than", "over"}
_BEYOND_WORDS = {"before": {"last"}, "after": {"next"}}
_STEPS = {"last": -1, "this": 0, "next": 1}
_PLAY = frozenset(("season", "term"))
_SEASON_BEGINS = 7  # July
_WHOSE = re.compile(
    r"(?:\b(?:the|my|our|his|her|their|its)|['’]s?) $", re.IGNORECASE
)  # the one that ended it
_SPAN = re.compile(
    rf"(?P<step>past|last|next|coming|previous) "
    rf"(?:(?:about |some |roughly )?(?P<number>{NUMBER}|few|several|couple of)"
    rf"(?: (?:to|or) (?P<more>{NUMBER})|[-–](?P<dashed>{NUMBER}))? )?(?P<unit>{UNIT})(?P<plural>s)?\b",
    re.IGNORECASE,
)
_SPAN_BEFORE = re.compile(r"\b(?:over|in|during|for|within|throughout|across) (?:the )?$", re.IGNORECASE)
_BEYOND = re.compile(r"\bthe (?P<unit>week|month|year|weekend|night) (?P<way>before|after) $", re.IGNORECASE)
_IN_TIME = re.compile(
    rf"\bin (?:about |some |just )?(?P<number>{NUMBER}) (?P<unit>day|week|fortnight|month|year)"
    r"(?:['’]s|s['’]) $",
    re.IGNORECASE,
)
_TO_LAST = re.compile(r"\b(?:to|will|would|can|could|may|might|should|must|not|n['’]t|['’]ll) $")
_OF_ANOTHER = re.compile(r" of (?:his|her|its|their|the|an?|my|our|each|[A-Z])")
_WITHIN = re.compile(rf"within (?P<number>{NUMBER}) (?P<unit>{UNIT})s?\b", re.IGNORECASE)
_RECENT = re.compile(rf"recent {UNIT}s\b", re.IGNORECASE)
_RECENT_BEFORE = re.compile(r"\b(?:in|over|during) (?:the )?(?:more )?$", re.IGNORECASE)
_AGO = re.compile(
    r"(?<![\w-])"
    r"(?:(?P<hedge>more than|over|less than|under|nearly|almost|about|around|some|roughly|just|only) )?"
    rf"(?:(?P<few>a couple of|a couple|a few|several|some) |(?P<number>{NUMBER})(?P<half> and a half)? )?"
    rf"(?P<unit>{UNIT}|century|hour|minute)(?P<plural>s)? $",
    re.IGNORECASE,
)
_THIRD_OF = {
    "early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid", "late": "late",
    "end": "late",
}  # fmt: skip


def read_step(reading: DateContext, place: int) -> DateMention | None:
    """Read what begins with ``last``, ``next``, ``this``, ``past`` or ``coming`` at ``place``."""
    text = reading.text
    span = _SPAN.match(text, place, reading.end)
    if span is not None and _TO_LAST.search(text, reading.back(place), place):
        return None
    if span is not None:
        before = _SPAN_BEFORE.search(text, reading.back(place), place)
        article = reading.with_the(place) < place or span["step"].lower() in {"past", "coming"}
        if span["number"] or span["plural"] or (before and article):
            return _span(reading, span, before)
    beyond = _BEYOND.search(text, reading.back(place), place)
    if beyond is not None and text[place : place + 4].lower() in _BEYOND_WORDS[beyond["way"].lower()]:
        return _beyond(reading, beyond, place + 4)
    match = _STEPPED.match(text, place, reading.end)
    if match is None or (match["step"].istitle() and match["unit"].istitle()):
        return None  # "This Week" is a programme
    return _one_step(reading, match)


def _beyond(reading: DateContext, match: re.Match[str], end: int) -> DateMention | None:
    """Read ``the week before last`` and ``the year after next``."""
    shift, unit, start = -2 if match["way"].lower() == "before" else 2, match["unit"].lower(), match.start()
    if reading.published is None:
        return reading.unresolved(start, end)
    if unit == "weekend":
        return weekdays.weekend(reading, start, end, shift)
    if unit == "night":
        return weekdays.shifted(reading, start, end, shift)
    moved = stepped(reading.published, unit, shift)
    if moved is None:
        return None
    days, precision = unit_around(moved, unit)
    return reading.mention(start, end, days, precision, relative=True)


def read_in_time(reading: DateContext, place: int) -> DateMention | None:
    """Read what ends with ``time`` at ``place``: ``in three weeks' time``."""
    match = _IN_TIME.search(reading.text, reading.back(place), place)
    if match is None:
        return None
    if reading.published is None:
        return reading.unresolved(match.start(), place + 4)
    count = -number(match["number"])
    return _ago_between(reading, (match.start(), place + 4), match["unit"].lower(), count, count)


def _one_step(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read ``last week``, ``this morning``, ``last week on Friday``, ``late last year``."""
    text, place = reading.text, match.start()
    step, unit = match["step"].lower(), match["unit"].lower()
    article = reading.with_the(place)
    if step in {"previous", "following"}:
        return reading.unresolved(article, match.end(), OTHER_EVENT) if article < place else None
    no_play = unit in _PLAY and (step != "last" or _WHOSE.search(text, reading.back(place), place))
    if step in {"coming", "past"} or article < place or no_play:
        return None
    if unit in {"night", "morning", "afternoon", "evening"}:
        shift = -1 if step == "last" else 0
        return weekdays.shifted(reading, place, match.end(), shift) if step != "next" else None
    day = weekdays.weekday_behind(reading, match.end()) if unit == "week" else None
    if day is not None:
        return weekdays.day_of_week(reading, (place, day.end()), _STEPS[step], day["day"])
    part = _PART_OF_STEPPED.search(text, reading.back(place), place)
    start = part.start() if part else place
    if reading.published is None:
        return reading.unresolved(start, match.end())
    if unit == "weekend":
        return weekdays.weekend(reading, start, match.end(), _STEPS[step])
    if unit in _PLAY:
        return _season_of_play(reading, place, match.end())
    word = (part["part"] or part["edge"]).lower() if part else ""
    return step_by_unit(reading, start, match.end(), (step, unit, word))


def _season_of_play(reading: DateContext, start: int, end: int) -> DateMention | None:
    """Read ``last season``, the last year of sport or school that began with July and is over."""
    published = reading.published
    if published is None:
        return None
    year = published.year - (published.month < _SEASON_BEGINS) - 1
    days = Days(month_of(year, _SEASON_BEGINS).first, month_of(year + 1, _SEASON_BEGINS - 1).last)
    return reading.mention(start, end, days, Precision.RANGE, relative=True)


def step_by_unit(
    reading: DateContext, start: int, end: int, words: tuple[str, str, str]
) -> DateMention | None:
    """Return the week, month or year that ``words`` mean: the step, the unit, and which part of it if any."""
    step, unit, part = words
    published = reading.published
    if published is None:
        return None
    moved = stepped(published, unit, _STEPS[step])
    if moved is None:
        return None
    days, precision = unit_around(moved, unit)
    if part in {"earlier", "later"} and step == "this":
        days = Days(days.first, published) if part == "earlier" else Days(published, days.last)
        return reading.mention(start, end, days, Precision.RANGE, relative=True)
    third = _THIRD_OF.get(part)
    if third and unit in {"month", "year"}:
        days = part_of_month(days, third) if unit == "month" else part_of_year(moved.year, third)
        precision = Precision.RANGE
    return reading.mention(start, end, days, precision, relative=True)


def unit_around(day: date, unit: str) -> tuple[Days, Precision]:
    """Return the week, month, quarter, year, decade or century in which a day lies."""
    if unit == "week":
        return week_of(day), Precision.WEEK
    if unit == "month":
        return month_of(day.year, day.month), Precision.MONTH
    if unit == "quarter":
        return quarter_of(day.year, (day.month + 2) // 3), Precision.QUARTER
    if unit == "year":
        return year_of(day.year), Precision.YEAR
    years = 10 if unit == "decade" else 100
    return year_of(max(1, day.year // years * years), years), Precision.RANGE


def _span(reading: DateContext, match: re.Match[str], before: re.Match[str] | None) -> DateMention | None:
    """Read ``over the past six to 12 months``, ``in the next three years``, but not "of her life"."""
    step, unit = match["step"].lower(), match["unit"].lower()
    if step in {"last", "next"} and _OF_ANOTHER.match(reading.text, match.end()):
        return None
    start = before.start() if before else reading.with_the(match.start())
    if step == "previous":
        return reading.unresolved(start, match.end(), OTHER_EVENT)
    said = match["more"] or match["dashed"] or match["number"] or "1"
    if (not said.isdigit() and said.lower() not in NUMBERS) or (match["plural"] and not match["number"]):
        return reading.unresolved(start, match.end(), VAGUE)
    if reading.published is None:
        return reading.unresolved(start, match.end())
    forward = step in {"next", "coming"}
    away = stepped(reading.published, unit, number(said) * (1 if forward else -1))
    days = Days(reading.published, away) if forward else Days(away, reading.published)
    return reading.mention(start, match.end(), days, Precision.RANGE, relative=True)


def read_within(reading: DateContext, place: int) -> DateMention | None:
    """Read ``within two weeks``."""
    match = _WITHIN.match(reading.text, place, reading.end)
    if match is None:
        return None
    if reading.published is None:
        return reading.unresolved(place, match.end())
    last = stepped(reading.published, match["unit"].lower(), number(match["number"]))
    return reading.mention(place, match.end(), Days(reading.published, last), Precision.RANGE, relative=True)


def read_recent(reading: DateContext, place: int) -> DateMention | None:
    """Read ``in recent years``, of which nothing can be said."""
    match = _RECENT.match(reading.text, place, reading.end)
    before = _RECENT_BEFORE.search(reading.text, reading.back(place), place)
    if match is None or before is None:
        return None
    return reading.unresolved(before.start(), match.end(), VAGUE)


def read_ago(reading: DateContext, place: int) -> DateMention | None:
    """Read what ends with ``ago`` at ``place``: an exact day, or the week, month or year around it."""
    match = _AGO.search(reading.text, reading.back(place, 48), place)
    if match is None:
        return None
    start, end, unit = match.start(), place + 3, match["unit"].lower()
    hedge = (match["hedge"] or "").lower()
    named = weekdays.weekday_behind(reading, end) if unit == "week" and not match["few"] else None
    if named is not None and not hedge:
        weeks = -number(match["number"] or "1")
        return weekdays.day_of_week(reading, (start, named.end()), weeks, named["day"])
    if reading.published is None:
        return reading.unresolved(start, end)
    if match["half"] and (unit != "year" or hedge):
        return reading.unresolved(start, end, VAGUE)
    if hedge in _ONE_END or not (match["number"] or match["few"]):
        day = stepped(reading.published, unit, -number(match["number"] or "a"))
        days = Days(day, reading.published) if hedge in _SHORTER else Days(None, day)
        return reading.mention(start, end, days, Precision.RANGE, relative=True)
    far = number(match["number"] or "a")
    few, many = FEW[match["few"].lower()] if match["few"] else (far, far)
    if match["half"]:
        unit, few, many = "month", 12 * far + 3, 12 * far + 9
    return _ago_between(reading, (start, end), unit, few, many)


def _ago_between(
    reading: DateContext, place: tuple[int, int], unit: str, few: int, many: int
) -> DateMention | None:
    published = reading.published
    if published is None:
        return None
    far, near = stepped(published, unit, -many), stepped(published, unit, -few)
    if far is None or near is None:
        return reading.unresolved(*place, VAGUE)
    if unit in {"day", "hour", "minute"}:
        precision = Precision.DAY if few == many else Precision.RANGE
        return reading.mention(*place, Days(far, near), precision, relative=True)
    if unit in {"week", "fortnight"}:
        around = Days(far - timedelta(days=3), near + timedelta(days=3))
        return reading.mention(*place, around, Precision.RANGE, relative=True)
    first, precision = unit_around(far, "month" if unit == "quarter" else unit)
    last, _ = unit_around(near, "month" if unit == "quarter" else unit)
    precision = precision if few == many else Precision.RANGE
    return reading.mention(*place, Days(first.first, last.last), precision, relative=True)
