"""Dates that count from the day on which the source was published: ``last week``, ``Friday``."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from sources.evidence.dates import OTHER_EVENT, VAGUE, Precision, absolute
from sources.evidence.dates.calendar import (
    DAY,
    FEW,
    MONTH,
    NUMBER,
    NUMBERS,
    ORDINAL,
    SHORT_WEEKDAYS,
    UNIT,
    WEEKDAYS,
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

_TIME_OF_DAY = r"(?:morning|afternoon|evening|night)"
_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_THE_DAY_BEYOND = re.compile(r"\bthe day (?:before|after) $", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"\b[A-Z][\w.&]* $")
_SHORT_AFTER = re.compile(r"\.(?= |\)|,|$)|(?=,)")
_SHORT_BEFORE = re.compile(
    r"(?:\b(?:on|last|next|this|since|until|till|by|from|late|early|of|and)|\() $", re.IGNORECASE
)
_IN_WEEK = re.compile(
    r",? (?:of |in )?(?:the )?(?:(?P<step>last|next|this|past|previous|coming) week\b)", re.IGNORECASE
)
_DAY_OF_WEEK = re.compile(rf",?(?: on)? (?P<day>{'|'.join(WEEKDAYS)})\b(?!-| [A-Z\d])")
_AFTER_WEEKDAY = re.compile(
    rf"\.?(?:,? \(?|,? the )(?=(?:{MONTH} {DAY}|{MONTH} (?i:{ORDINAL})|{DAY} (?:of )?{MONTH}))"
)
_BEFORE_WEEKDAY = re.compile(
    r"\b(?:(?P<step>last|next|this)(?: coming)?|(?P<coming>(?:on )?(?:the|this) coming)"
    r"|(?:early|late|later)(?: on)?) $",
    re.IGNORECASE,
)
_NO_WEEKDAY_BEFORE = re.compile(
    r"\b(?:with|named|called|black|good|ash|cyber|giving|man|girl|super|bloody|casual|every|each|most) $",
    re.IGNORECASE,
)
_OF_DAY = re.compile(r"['’]s [a-z]")
_TIME_AFTER = re.compile(rf" {_TIME_OF_DAY}\b")
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
_THE = re.compile(r"\bthe $", re.IGNORECASE)
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
_SPAN_BEFORE = re.compile(r"\b(?:(?:over|in|during|for|within|throughout|across) )(?:the )?$", re.IGNORECASE)
_WITHIN = re.compile(rf"within (?P<number>{NUMBER}) (?P<unit>{UNIT})s?\b", re.IGNORECASE)
_RECENT = re.compile(rf"recent {UNIT}s\b", re.IGNORECASE)
_RECENT_BEFORE = re.compile(r"\b(?:in|over|during) (?:the )?(?:more )?$", re.IGNORECASE)
_AGO = re.compile(
    r"(?<![\w-])"
    r"(?:(?P<hedge>more than|over|less than|under|nearly|almost|about|around|some|roughly|just|only) )?"
    rf"(?:(?P<few>a couple of|a few|several|some) |(?P<number>{NUMBER}) )?"
    rf"(?P<unit>{UNIT}|century|hour|minute)(?P<plural>s)? $",
    re.IGNORECASE,
)
_WEEKEND_BEFORE = re.compile(r"\b(?:over|at|on|during) the $", re.IGNORECASE)
_THIRD_OF = {
    "early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid", "late": "late",
    "end": "late",
}  # fmt: skip


def read_named_day(reading: DateContext, place: int, end: int) -> DateMention | None:
    """Read ``yesterday``, ``today``, ``tonight`` and ``tomorrow``, but not "today's offers"."""
    word = reading.text[place:end].lower()
    if word == "today" and reading.text[end : end + 2] in {"'s", "’s"}:
        return None
    if reading.text[place].isupper() and _NAME_BEFORE.search(reading.text, reading.back(place), place):
        return None  # USA Today
    shift = _DAYS[word]
    beyond = _THE_DAY_BEYOND.search(reading.text, reading.back(place), place)
    if beyond is not None:
        place, shift = beyond.start(), 2 * shift
    return _shifted(reading, place, end, shift)


def _shifted(reading: DateContext, start: int, end: int, shift: int) -> DateMention:
    if reading.published is None:
        return reading.unresolved(start, end)
    return _on(reading, start, end, stepped(reading.published, "day", shift))


def _on(reading: DateContext, start: int, end: int, day: date | None) -> DateMention:
    return reading.mention(start, end, Days(day, day), Precision.DAY, relative=True)


def read_weekday(reading: DateContext, place: int, end: int) -> DateMention | None:
    """Read ``Friday``, ``last Friday``, ``Friday, June 12`` and ``Wednesday (June 18)``."""
    text, name = reading.text, reading.text[place:end]
    joined = _AFTER_WEEKDAY.match(text, end, reading.end)
    if joined is not None:
        return _dated_weekday(reading, place, joined, name)
    if name in SHORT_WEEKDAYS:
        short = _SHORT_AFTER.match(text, end, reading.end)
        sure = len(name) > 3 or _SHORT_BEFORE.search(text, reading.back(place), place)
        if short is None or not sure:
            return None
        end = short.end()
    before = _BEFORE_WEEKDAY.search(text, reading.back(place), place)
    called = _NO_WEEKDAY_BEFORE.search(text, reading.back(place), place)
    if (called and not _OF_DAY.match(text, end)) or text[end : end + 1] == "-":
        return None  # "with Friday, the dog"
    start = before.start() if before else place
    after = _TIME_AFTER.match(text, end, reading.end)
    end = after.end() if after else end
    in_week = _week_of_day(reading, place, end, name)
    if in_week is not None:
        return in_week
    if reading.published is None:
        return reading.unresolved(start, end)
    step = (
        before["step"].lower()
        if before and before["step"]
        else "coming"
        if before and before["coming"]
        else ""
    )
    away = (WEEKDAYS[name] - reading.published.weekday()) % 7
    if step == "next" or (not step and reading.is_to_come(place)):
        away = away or (7 if step else 0)
    elif step not in {"this", "coming"}:
        away = away - 7 if away or step == "last" else 0
    return _on(reading, start, end, stepped(reading.published, "day", away))


def _week_of_day(reading: DateContext, place: int, end: int, name: str) -> DateMention | None:
    """Read ``Monday last week`` and ``Tuesday of next week``."""
    behind = _IN_WEEK.match(reading.text, end, reading.end)
    if behind is None or not behind["step"]:
        return None
    weeks = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(behind["step"].lower(), 0)
    return _day_of_week(reading, (place, behind.end()), weeks, name)


def _day_of_week(reading: DateContext, span: tuple[int, int], weeks: int, name: str) -> DateMention:
    if reading.published is None:
        return reading.unresolved(*span)
    monday = reading.published - timedelta(days=reading.published.weekday())
    return _on(reading, *span, stepped(monday, "day", 7 * weeks + WEEKDAYS[name]))


def _dated_weekday(reading: DateContext, place: int, joined: re.Match[str], name: str) -> DateMention | None:
    text = reading.text
    for pattern, read in absolute.WITH_WEEKDAY:
        match = pattern.match(text, joined.end(), reading.end)
        found = read(reading, match, name) if match else None
        if found is not None:
            bracket = "(" in joined[0] and text.startswith(")", found.end)
            finish = found.end + bracket
            return type(found)(
                place, finish, text[place:finish], found.first, found.last, found.precision, found.relative,
                found.open_because,
            )  # fmt: skip
    return None


def read_step(reading: DateContext, place: int) -> DateMention | None:
    """Read what begins with ``last``, ``next``, ``this``, ``past`` or ``coming`` at ``place``."""
    text = reading.text
    span = _SPAN.match(text, place, reading.end)
    if span is not None and (
        span["number"] or span["plural"] or _SPAN_BEFORE.search(text, reading.back(place), place)
    ):
        return _span(reading, span)
    match = _STEPPED.match(text, place, reading.end)
    return _one_step(reading, match) if match else None


def _one_step(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read ``last week``, ``this morning``, ``last week on Friday``, ``late last year``."""
    text, place = reading.text, match.start()
    step, unit = match["step"].lower(), match["unit"].lower()
    start = place
    article = _THE.search(text, reading.back(place), place)
    if step in {"previous", "following"}:
        return reading.unresolved(article.start(), match.end(), OTHER_EVENT) if article else None
    no_play = unit in _PLAY and (step != "last" or _WHOSE.search(text, reading.back(place), place))
    if step in {"coming", "past"} or article is not None or no_play:
        return None
    if unit in {"night", "morning", "afternoon", "evening"}:
        return _shifted(reading, place, match.end(), -1 if step == "last" else 0) if step != "next" else None
    day = _DAY_OF_WEEK.match(text, match.end(), reading.end) if unit == "week" else None
    if day is not None:
        weeks = {"last": -1, "this": 0, "next": 1}[step]
        return _day_of_week(reading, (start, day.end()), weeks, day["day"])
    part = _PART_OF_STEPPED.search(text, reading.back(place), place)
    start = part.start() if part else place
    if reading.published is None:
        return reading.unresolved(start, match.end())
    if unit == "weekend" or unit in _PLAY:
        return (
            _season_of_play(reading, place, match.end())
            if unit in _PLAY
            else _weekend(reading, start, match.end(), step)
        )
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
    shift = {"last": -1, "this": 0, "next": 1}[step]
    moved = stepped(published, unit, shift)
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


def _span(reading: DateContext, match: re.Match[str]) -> DateMention | None:
    """Read ``over the past six to 12 months``, ``in the next three years``."""
    step, unit = match["step"].lower(), match["unit"].lower()
    before = _SPAN_BEFORE.search(reading.text, reading.back(match.start()), match.start())
    if before is None:
        before = _THE.search(reading.text, reading.back(match.start()), match.start())
    start = before.start() if before else match.start()
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
    named = (
        _DAY_OF_WEEK.match(reading.text, end, reading.end) if unit == "week" and not match["few"] else None
    )
    if named is not None and not hedge:
        return _day_of_week(reading, (start, named.end()), -number(match["number"] or "1"), named["day"])
    if reading.published is None:
        return reading.unresolved(start, end)
    if match["few"]:
        few, many = FEW[match["few"].lower()]
        return _ago_between(reading, (start, end), unit, few, many)
    far = number(match["number"]) if match["number"] else 1
    day = stepped(reading.published, unit, -far)
    if hedge in {"more than", "over"} or not match["number"]:
        return reading.mention(start, end, Days(None, day), Precision.RANGE, relative=True)
    if hedge in {"less than", "under"}:
        return reading.mention(start, end, Days(day, reading.published), Precision.RANGE, relative=True)
    return _ago_between(reading, (start, end), unit, far, far)


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


def read_weekend(reading: DateContext, place: int) -> DateMention | None:
    """Read ``over the weekend``."""
    before = _WEEKEND_BEFORE.search(reading.text, reading.back(place), place)
    if before is None:
        return None
    if reading.published is None:
        return reading.unresolved(before.start(), place + 7)
    step = "this" if reading.is_to_come(place) else "last"
    return _weekend(reading, before.start(), place + 7, step)


def _weekend(reading: DateContext, start: int, end: int, step: str) -> DateMention | None:
    published = reading.published
    if published is None:
        return None
    saturday = published - timedelta(days=published.weekday()) + timedelta(days=5)
    saturday += timedelta(weeks={"last": -1, "this": 0, "next": 1}[step])
    days = Days(saturday, saturday + timedelta(days=1))
    return reading.mention(start, end, days, Precision.RANGE, relative=True)
