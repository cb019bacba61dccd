"""Dates that count from the one before them: ``two days later``, ``that year``, ``the end of the year``."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from sources.evidence.dates import Precision
from sources.evidence.dates.calendar import NUMBER, Days, month_of, number, stepped
from sources.evidence.dates.relative import step_by_unit, unit_around
from sources.evidence.dates.tense import SENTENCE_END

if TYPE_CHECKING:
    from sources.evidence.dates import DateContext, DateMention

_UNIT = r"(?P<unit>day|week|month|year|decade)"
_UNIT_OR_TIME = r"(?P<unit>day|week|month|year|decade|night|evening|morning|afternoon)"
_SO_MANY = rf"(?<!than )(?<!least )(?<!half )\b(?P<number>{NUMBER}) {_UNIT}s?"
_TIME_OF_DAY = frozenset(("night", "evening", "morning", "afternoon"))
# By the word at which each is read: what stands around it, and in which direction it counts.
_COUNTED = {
    word: (re.compile(pattern, re.IGNORECASE), step)
    for word, pattern, step in (
        ("later", rf"{_SO_MANY} later\b", 1),
        ("afterwards", rf"{_SO_MANY} afterwards\b", 1),
        ("earlier", rf"{_SO_MANY} earlier\b", -1),
        ("before", rf"(?:{_SO_MANY}|\bthe {_UNIT.replace('unit', 'one')}) before(?= ?(?:[.,;)]|$))", -1),
        ("next", rf"\bthe next {_UNIT_OR_TIME}\b", 1),
        ("following", rf"\bthe following {_UNIT_OR_TIME}\b", 1),
        ("that", rf"\bthat (?:same )?{_UNIT_OR_TIME}\b", 0),
    )
}
_UNITS_COUNTED = {  # nothing can be counted more finely than the date that it counts from
    Precision.DAY: ("day", "week", "month", "year", "decade"),
    Precision.WEEK: ("week", "month", "year"),
    Precision.MONTH: ("month", "year", "decade"),
    Precision.QUARTER: ("year", "decade"),
    Precision.YEAR: ("year", "decade"),
    Precision.RANGE: ("year", "decade"),
}
_REACH_BACK, _MOST_BACK = {0: 0}, 32  # characters before the word, by the direction
_REACH = 16  # characters behind a word in which its unit ends
_IN_UNIT = re.compile(
    r"(?:(?P<part>earlier|later|early|late) in|(?P<edge>end|beginning|start|middle) of) the"
    r" (?P<unit>week|month|year)\b(?! (?:of|that|when|before|after|in)\b)",
    re.IGNORECASE,
)


def read_counted(reading: DateContext, place: int, end: int) -> DateMention | None:
    """Read ``two days later``, ``the next day`` and ``that year``, counted from the date before them.

    That date is in the same sentence or in the one before; without one nothing is read.
    """
    if reading.last is None:
        return None
    pattern, step = _COUNTED[reading.text[place:end].lower()]
    begin = reading.back(place, _REACH_BACK.get(step, _MOST_BACK))
    match = pattern.search(reading.text, begin, min(reading.end, end + _REACH))
    if match is None or not match.start() <= place < match.end():
        return None
    beside = reading.text[reading.last.end : match.start()]
    if beside == ", " and reading.text[match.end() : match.end() + 1] in set(".,;)"):
        return None  # "on May 29, three weeks earlier."
    ends = [end.end() for end in SENTENCE_END.finditer(reading.text, reading.last.end, match.start())]
    heads = bool(ends) and not reading.text[ends[-1] : match.start()].strip(' \n\xa0"“”')
    if len(ends) > 1 or (ends and step < 0 and not heads):
        return None  # "… a day earlier" may count from today
    said = match.groupdict()
    unit = (said["unit"] or said["one"]).lower()
    count = step * number(said["number"]) if said.get("number") else step
    return _counted(reading, match.span(), "day" if unit in _TIME_OF_DAY else unit, count)


def _counted(reading: DateContext, place: tuple[int, int], unit: str, count: int) -> DateMention | None:
    """Return the last date moved by ``count`` units; of a day, the unit around where it comes to lie."""
    last = reading.last
    if last is None or last.first is None or last.last is None or unit not in _UNITS_COUNTED[last.precision]:
        return None
    first, final = date.fromisoformat(last.first), date.fromisoformat(last.last)
    low, high = stepped(first, unit, count), stepped(final, unit, count)
    if low is None or high is None:
        return None
    if unit != "day" and (last.precision is Precision.DAY or not count):
        days, precision = unit_around(low, unit)
        return reading.mention(*place, days, precision, relative=True)
    if final == month_of(final.year, final.month).last:  # the end of June becomes that of July
        high = month_of(high.year, high.month).last if unit != "day" else high
    return reading.mention(*place, Days(low, high), last.precision, relative=True)


def read_in_unit(reading: DateContext, place: int, _: int) -> DateMention | None:
    """Read ``later in the week`` and ``the end of the year``, where no date before them says of which."""
    match = _IN_UNIT.match(reading.text, place, reading.end)
    last = reading.last
    if match is None or (last and sum(1 for _ in SENTENCE_END.finditer(reading.text, last.end, place)) < 2):
        return None
    start = reading.with_the(place) if match["edge"] else place
    if reading.published is None:
        return reading.unresolved(start, match.end())
    part = (match["part"] or match["edge"]).lower()
    return step_by_unit(reading, start, match.end(), ("this", match["unit"].lower(), part))
