"""Dates that name a day of the week, or a day beside that of the source: ``Friday``, ``yesterday``."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sources.evidence.dates import OTHER_EVENT, Precision, absolute
from sources.evidence.dates.calendar import DAY, MONTH, ORDINAL, SHORT_WEEKDAYS, WEEKDAYS, Days, stepped
from sources.evidence.dates.tense import Tense

if TYPE_CHECKING:
    from sources.evidence.dates import DateContext, DateMention

_TIME_OF_DAY = r"(?:morning|afternoon|evening|night)"
_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_NAME_BEFORE = re.compile(r"\b[A-Z][\w.&]* $")
_SHORT_AFTER = re.compile(r"\.(?= |\)|,|$)|(?=,)")
_SHORT_BEFORE = re.compile(
    r"(?:\b(?:on|last|next|this|since|until|till|by|from|late|early|of|and)|\() $", re.IGNORECASE
)
_THE_BEFORE = re.compile(r"\b(?:on|by|until|since|from|but|and|that) the $")
_TELLS_ON = re.compile(r"[^\n]{0,120}")  # from one day to the next, within a paragraph
_COUNTED_BEHIND = re.compile(r" (?:before|after|of|when|that|in question|morning after)\b")
_IN_WEEK = re.compile(
    r",? (?:of |in )?(?:the )?(?:(?P<step>last|next|this|past|previous|coming) week\b)", re.IGNORECASE
)
_DAY_OF_WEEK = re.compile(rf",?(?: on)? (?P<day>{'|'.join(WEEKDAYS)})\b(?!-| [A-Z\d])")
_AFTER_WEEKDAY = re.compile(
    rf"\.?(?:,? \(?|,? the )(?=(?:{MONTH} {DAY}|{MONTH} (?i:{ORDINAL})|{DAY} (?:of )?{MONTH}))"
)
_BEFORE_WEEKDAY = re.compile(
    r"\b(?:(?P<step>last|next|this)(?: coming)?|(?P<coming>(?:on )?(?:the|this) coming)"
    r"|the (?P<counted>following|previous)"
    r"|(?:early|late|later)(?: on)?) $",
    re.IGNORECASE,
)
_NO_WEEKDAY_BEFORE = re.compile(
    r"\b(?:with|named|called|black|good|ash|cyber|giving|man|girl|super|bloody|casual|every|each|most"
    r"|first|second|third|fourth) $",
    re.IGNORECASE,
)
_JOINED_TO_WEEKDAY = re.compile(
    r"(?:,? (?:and|or|to|until|till|through|then) |, | ?[-–—&/] ?)(?:(?:on|late|early) )?"
)
_TITLE_AFTER = re.compile(
    r" (?:Times|Telegraph|Mirror|Mail|Express|Herald|Post|World|People|Politics|Brunch|Night)\b"
)
_OF_A_MONTH = re.compile(rf" (?:of|in) (?:each|every|the month|{MONTH})\b")
_OF_DAY = re.compile(r"['’]s [a-z]")
_TIME_AFTER = re.compile(rf" {_TIME_OF_DAY}\b")
_WEEKEND_BEFORE = re.compile(
    r"\b(?:(?:over|at|on|during)|(?P<to>by|before|until|since|after)) (?P<the>the) $", re.IGNORECASE
)
_AT_ONCE_BEFORE = re.compile(
    r"\b(?:almost|nearly|practically|just|virtually|not|happen|change|that) $", re.IGNORECASE
)
_BROADCAST_BEHIND = re.compile(r"[\"”’']? (?:programme?|show|host|presenter)\b")
_WEEKS_ON = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}


def read_named_day(reading: DateContext, place: int, end: int) -> DateMention | None:
    """Read ``yesterday``, ``today``, ``tonight`` and ``tomorrow``, but not "today's offers"."""
    word = reading.text[place:end].lower()
    if word == "today" and reading.text[end : end + 2] in {"'s", "’s"}:
        return None
    if reading.text[place].isupper() and _NAME_BEFORE.search(reading.text, reading.back(place), place):
        return None  # USA Today
    if reading.text[place].isupper() and _BROADCAST_BEHIND.match(reading.text, end):
        return None  # the "Today" show
    return shifted(reading, place, end, _DAYS[word])


def shifted(reading: DateContext, start: int, end: int, shift: int) -> DateMention:
    """Return the day so many days after that of the source."""
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
    if _is_no_day(reading, place, end):
        return None
    start = before.start() if before else place
    after = _TIME_AFTER.match(text, end, reading.end)
    end = after.end() if after else end
    behind = _IN_WEEK.match(text, end, reading.end)
    if behind is not None and behind["step"]:  # "Monday last week"
        return day_of_week(reading, (place, behind.end()), _WEEKS_ON.get(behind["step"].lower(), 0), name)
    if before is not None and before["counted"]:
        return _beside_a_day(reading, (start, end), WEEKDAYS[name], before["counted"].lower())
    if before is None and _THE_BEFORE.search(text, reading.back(place), place):
        return _of_another_week(reading, (reading.with_the(place), end), WEEKDAYS[name])
    if reading.published is None:
        return reading.unresolved(start, end)
    step = "" if before is None else "coming" if before["coming"] else (before["step"] or "").lower()
    day = None if step else _beside_the_last(reading, place, WEEKDAYS[name])
    return _on(reading, start, end, day or _weekday_meant(reading, (place, end), WEEKDAYS[name], step))


def _is_no_day(reading: DateContext, place: int, end: int) -> bool:
    """Tell whether a weekday names another thing, or a day that is told another way."""
    text = reading.text
    called = _NO_WEEKDAY_BEFORE.search(text, reading.back(place), place) and not _OF_DAY.match(text, end)
    return bool(
        called  # "with Friday, the dog"
        or text[end : end + 1] == "-"
        or _OF_A_MONTH.match(text, end)  # "the last Sunday of June"
        or _TITLE_AFTER.match(text, end)
        or (reading.last_day and text[reading.last_day.end : place] == ", a ")  # "29 February 1980, a Friday"
    )


def _weekday_meant(reading: DateContext, place: tuple[int, int], weekday: int, step: str) -> date | None:
    published = reading.published
    if published is None:
        return None
    away = (weekday - published.weekday()) % 7
    if step == "next" or (not step and reading.is_to_come(*place)):
        away = away or (7 if step else 0)
    elif step not in {"this", "coming"}:
        away = away - 7 if away or step == "last" else 0
    return stepped(published, "day", away)


def _beside_a_day(reading: DateContext, place: tuple[int, int], weekday: int, word: str) -> DateMention:
    """Return ``the following Friday`` of the last day that was named."""
    last = reading.last_day
    if last is None or last.first is None:
        return reading.unresolved(*place, OTHER_EVENT)
    day = date.fromisoformat(last.first)
    away = (weekday - day.weekday()) % 7
    return _on(reading, *place, stepped(day, "day", away - 7 if word == "previous" else away or 7))


def _of_another_week(reading: DateContext, place: tuple[int, int], weekday: int) -> DateMention:
    """Return ``the Monday``, which is the next one after the day that was named last, if one was."""
    last = reading.last_day
    counted = _COUNTED_BEHIND.match(reading.text, place[1])
    near = last is not None and _TELLS_ON.fullmatch(reading.text, last.end, place[0])
    if counted is not None or not near or last is None or last.first is None:
        return reading.unresolved(*place, OTHER_EVENT)
    day = date.fromisoformat(last.first)
    return _on(reading, *place, stepped(day, "day", (weekday - day.weekday()) % 7))


def _beside_the_last(reading: DateContext, place: int, weekday: int) -> date | None:
    """Return the day of ``Tuesday and Wednesday`` that is named second: soon after the first."""
    last, published = reading.last, reading.published
    if last is None or last.precision is not Precision.DAY or last.first is None or published is None:
        return None
    if not last.relative or _JOINED_TO_WEEKDAY.fullmatch(reading.text, last.end, place) is None:
        return None
    day = date.fromisoformat(last.first)
    after = day + timedelta(days=(weekday - day.weekday()) % 7 or 7)
    return after if day > published or after <= published else None


def day_of_week(reading: DateContext, span: tuple[int, int], weeks: int, name: str) -> DateMention:
    """Return the weekday in the week so many weeks after that of the source."""
    if reading.published is None:
        return reading.unresolved(*span)
    monday = reading.published - timedelta(days=reading.published.weekday())
    return _on(reading, *span, stepped(monday, "day", 7 * weeks + WEEKDAYS[name]))


def weekday_behind(reading: DateContext, end: int) -> re.Match[str] | None:
    """Return the weekday, as ``day``, that follows ``last week`` or ``a week ago``."""
    return _DAY_OF_WEEK.match(reading.text, end, reading.end)


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


def read_weekend(reading: DateContext, place: int, end: int) -> DateMention | None:
    """Read ``over the weekend``."""
    before = _WEEKEND_BEFORE.search(reading.text, reading.back(place), place)
    if before is None or reading.text.startswith(" of ", end):
        return None
    start = before.start("the") if before["to"] else before.start()
    return weekend(reading, start, end, 0 if reading.is_to_come(start, end) else -1)


def weekend(reading: DateContext, start: int, end: int, weeks: int) -> DateMention:
    """Return the weekend in the week so many weeks after that of the source."""
    published = reading.published
    if published is None:
        return reading.unresolved(start, end)
    saturday = published - timedelta(days=published.weekday()) + timedelta(days=5)
    saturday += timedelta(weeks=weeks)
    days = Days(saturday, saturday + timedelta(days=1))
    return reading.mention(start, end, days, Precision.RANGE, relative=True)


def read_overnight(reading: DateContext, place: int, end: int) -> DateMention | None:
    """Read ``overnight`` of what is over: the night before the source, but not "almost overnight"."""
    if _AT_ONCE_BEFORE.search(reading.text, reading.back(place), place):
        return None
    if reading.tense(place, end) not in {Tense.OVER, Tense.SURELY_OVER}:
        return None
    if reading.published is None:
        return reading.unresolved(place, end)
    days = Days(stepped(reading.published, "day", -1), reading.published)
    return reading.mention(place, end, days, Precision.RANGE, relative=True)
