"""The readers of dates by the words that a date can start at, and what they find in a stretch of text."""

from __future__ import annotations

import re
from dataclasses import replace
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
    from datetime import date

    from sources.evidence.dates import DateMention

_PIECE = re.compile(r"[A-Za-z]{3,}|\d+|[QH](?=[1-4])")  # no word of two letters begins a date
_SAME_DAY = re.compile(r"same (?:day|evening|night|morning|afternoon)\b(?! (?:of|as|that|when)\b)")


def dates_in(text: str, start: int, end: int, published: date | None) -> Iterator[DateMention]:
    """Yield the dates of a stretch; a date waits for the next, with which it may make a range."""
    floor, last, last_day = start, None, None
    waiting: DateMention | None = None
    for match in _PIECE.finditer(text, start, end):
        reader = _READERS[match[0]]
        if reader is None or match.start() < floor or _is_part(text, *match.span()):
            continue
        context = DateContext(text, start, floor, end, published, last, last_day)
        found = reader(context, match.start(), match.end())
        if found is None:
            continue
        found = joined.with_words_before(context, found)
        if waiting is not None and joined.is_every_week(context, waiting, found):
            waiting, floor = None, found.end
            continue
        span = joined.as_range(context, waiting, found) if waiting is not None else None
        if waiting is not None and span is None:
            yield joined.with_year_of(context, waiting, found)
        waiting = span or found
        floor = found.end
        last = waiting if found.first and found.last else last
        last_day = found if found.precision is Precision.DAY else last_day
    if waiting is not None:
        yield waiting


def _is_part(text: str, start: int, end: int) -> bool:
    """Tell whether letters are part of a word with others than those of English."""
    return text[start].isalpha() and (text[start - 1 : start].isalpha() or text[end : end + 1].isalpha())


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
        "time": lambda reading, place, _: relative.read_in_time(reading, place),
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
    | {
        "April": _month_or_feast,
        "May": _month_or_feast,
        "Q": parts_of_year.read_part_of_year,
        "H": parts_of_year.read_part_of_year,
    }
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
