"""Finds the dates of a source: each word that a date can start at goes to the reader that knows it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sources.evidence.dates import (
    DateContext,
    Precision,
    absolute,
    counted,
    joined,
    parts_of_year,
    relative,
    weekdays,
)
from sources.evidence.dates.calendar import MONTHS, ORDINALS, SEASONS, WEEKDAYS
from sources.evidence.dates.feasts import FEASTS, read_feast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sources.evidence.dates import DateMention
    from sources.model import Source

# Finding the dates of a source: each word that a date can hang on goes to the reader that knows it.

_PIECE = re.compile(r"[^\W\d_]{3,}|\d+|Q(?=[1-4])")  # no word of two letters begins a date
_SAME_DAY = re.compile(r"same (?:day|evening|night|morning|afternoon)\b(?! (?:of|as|that|when)\b)")
_FIRST_YEAR, _LAST_YEAR = 1500, 2200  # of sources whose relative dates are counted
_HEAD = 600  # code points in which a text says when it was written
_WRITTEN_BEFORE = re.compile(
    r"(?:.{0,60}\b)?(?:Published|Posted|Updated|Last updated|First published|Issued)(?: on| at)?:? ?"
)
_LINE_ENDS = re.compile(r"[ \u00a0]*(?:$|\n|[,|·•]|at\b|\d{1,2}[:.]\d\d)")
_PLACE_BEFORE = re.compile(r"\(?[A-Z][\w.'’-]*(?:[ /][A-Z][\w.'’-]*){0,3}(?:, [A-Z][\w.]*)?, ")
_DATELINE_AFTER = re.compile(r"\)?(?: ?\([A-Z][\w /&.]{1,30}\))?(?: ?[-–—]{1,2} |:| /)")
_PUBLISHED = re.compile(r"\d{4}-\d\d-\d\d")


def find_dates(source: Source) -> tuple[DateMention, ...]:
    """Find the dates of a source, outside its muted zones, in order.

    Relative ones are resolved against the source's own date; without one, or with only a month or year, they
    stay open and say so.
    """
    spans = [(zone.start, zone.end) for zone in source.zones if not zone.kind.muted]
    if not source.zones:
        spans = [(0, len(source.text))]
    day = published_on(source)
    return tuple(mention for start, end in spans for mention in _dates(source.text, start, end, day))


def published_on(source: Source) -> date | None:
    """Return the day on which a source was published, None where it is not known to the day.

    A source without a date has that of its dateline or of a line such as "Published 12 June 2031".
    """
    if source.date is None:
        line = dated_by(source)
        return date.fromisoformat(line.first) if line is not None and line.first else None
    if _PUBLISHED.match(source.date) is None:
        return None
    try:
        day = date.fromisoformat(source.date[:10])
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def dated_by(source: Source) -> DateMention | None:
    """Return the full date at the head of an undated source that says when it was written, if one does."""
    head = min(len(source.text), _HEAD)
    for found in _dates(source.text, 0, head, None):
        if found.precision is not Precision.DAY or found.relative or found.first is None:
            continue
        line_start = source.text.rfind("\n", 0, found.start) + 1
        before = source.text[line_start : found.start]
        written = _WRITTEN_BEFORE.fullmatch(before) and _LINE_ENDS.match(source.text, found.end)
        line = _PLACE_BEFORE.fullmatch(before) and _DATELINE_AFTER.match(source.text, found.end)
        if (written or line) and _FIRST_YEAR <= int(found.first[:4]) <= _LAST_YEAR:
            return found
    return None


def _dates(text: str, start: int, end: int, published: date | None) -> Iterator[DateMention]:
    """Yield the dates of a stretch; a date waits for the next, with which it may make a range."""
    floor, last, last_day = start, None, None
    waiting: DateMention | None = None
    for match in _PIECE.finditer(text, start, end):
        reader = _READERS[match[0]]
        if reader is None or match.start() < floor:
            continue
        context = DateContext(text, start, floor, end, published, last, last_day)
        found = reader(context, match.start(), match.end())
        if found is None:
            continue
        found = joined.with_words_before(context, found)
        span = joined.as_range(context, waiting, found) if waiting is not None else None
        if waiting is not None and span is None:
            yield joined.with_year_of(context, waiting, found)
        waiting = span or found
        floor = found.end
        last = waiting if found.first and found.last else last
        last_day = found if found.precision is Precision.DAY else last_day
    if waiting is not None:
        yield waiting


def _beside(reading: DateContext, place: int, end: int) -> DateMention | None:
    """Read what begins or ends with ``later`` or ``earlier``."""
    counting = reading.text[place:end].lower() in {"later", "earlier"}
    return (counted.read_counted(reading, place, end) if counting else None) or counted.read_in_unit(
        reading, place, end
    )


def _next(reading: DateContext, place: int, end: int) -> DateMention | None:
    """Read what begins with ``next`` or ``following``."""
    return counted.read_counted(reading, place, end) or relative.read_step(reading, place)


def _same_day(reading: DateContext, place: int, _: int) -> DateMention | None:
    """Read ``the same day``, which is the last that was named."""
    same = _SAME_DAY.match(reading.text, place, reading.end)
    if same is None or reading.last_day is None:
        return None
    return replace(reading.last_day, start=place, end=same.end(), text=same[0])


def _month_or_feast(reading: DateContext, place: int, end: int) -> DateMention | None:
    return read_feast(reading, place, end) or absolute.read_at_month(reading, place)


def _ordinal(reading: DateContext, place: int, end: int) -> DateMention | None:
    return parts_of_year.read_part_of_year(reading, place, end) or absolute.read_day_in_words(reading, place)


_OF_WORD: dict[str, Callable[[DateContext, int, int], DateMention | None]] = (
    dict.fromkeys(("yesterday", "today", "tomorrow", "tonight"), weekdays.read_named_day)
    | dict.fromkeys(
        ("last", "this", "past", "coming", "previous"),
        lambda reading, place, _: relative.read_step(reading, place),
    )
    | {
        "same": _same_day,
        "within": lambda reading, place, _: relative.read_within(reading, place),
        "recent": lambda reading, place, _: relative.read_recent(reading, place),
        "ago": lambda reading, place, _: relative.read_ago(reading, place),
        "weekend": weekdays.read_weekend,
        "overnight": weekdays.read_overnight,
    }
    | dict.fromkeys(("later", "earlier", "early", "late"), _beside)
    | dict.fromkeys(("end", "beginning", "start", "middle"), counted.read_in_unit)
    | dict.fromkeys(("before", "afterwards", "that"), counted.read_counted)
    | dict.fromkeys(("next", "following"), _next)
    | dict.fromkeys(SEASONS, parts_of_year.read_season)
    | dict.fromkeys((name for name in ORDINALS if name.isalpha()), _ordinal)
    | dict.fromkeys(("final", "twenty", "thirty"), _ordinal)
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_NAMES: dict[str, Callable[[DateContext, int, int], DateMention | None]] = (
    dict.fromkeys(MONTHS, lambda reading, place, _: absolute.read_at_month(reading, place))
    | dict.fromkeys(WEEKDAYS, weekdays.read_weekday)
    | {_FIRST_WORD.findall(feast)[0]: read_feast for feast in FEASTS}
    | {"April": _month_or_feast, "May": _month_or_feast, "Q": parts_of_year.read_part_of_year}
)


class _ReaderOf(dict[str, "Callable[[DateContext, int, int], DateMention | None] | None"]):
    """The reader of each word of a text, worked out when it is first met; at most so many are kept."""

    _MOST = 100_000

    def __missing__(self, word: str) -> Callable[[DateContext, int, int], DateMention | None] | None:
        if word[0].isdigit():
            return absolute.read_at_digit if len(word) in {1, 2, 4} else None
        found = _NAMES.get(word) or _OF_WORD.get(word.lower())
        if len(self) < self._MOST:
            self[word] = found
        return found


_READERS = _ReaderOf()
