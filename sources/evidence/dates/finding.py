"""Finding the dates of a source: each word that a date can hang on goes to the reader that knows it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from sources.evidence.dates import absolute, parts_of_year, relative
from sources.evidence.dates.calendar import SEASONS
from sources.evidence.dates.reading import Reading
from sources.evidence.dates.words import MONTHS, ORDINALS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sources.evidence.dates.values import DateMention
    from sources.model import Source

METHOD_VERSION = "1"
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_FIRST_YEAR, _LAST_YEAR = 1500, 2200  # of sources whose relative dates are counted
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
    """Return the day on which a source was published, None where it is not known to the day."""
    if source.date is None or _PUBLISHED.match(source.date) is None:
        return None
    try:
        day = date.fromisoformat(source.date[:10])
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _dates(text: str, start: int, end: int, published: date | None) -> Iterator[DateMention]:
    floor = start
    for match in _PIECE.finditer(text, start, end):
        reader = _READERS[match[0]]
        if reader is None or match.start() < floor:
            continue
        found = reader(Reading(text, floor, end, published), match.start(), match.end())
        if found is not None:
            floor = found.end
            yield found


def _ordinal(reading: Reading, place: int, _: int) -> DateMention | None:
    return parts_of_year.read_part_of_year(reading, place) or absolute.read_day_in_words(reading, place)


_OF_WORD: dict[str, Callable[[Reading, int, int], DateMention | None]] = (
    dict.fromkeys(("yesterday", "today", "tomorrow", "tonight"), relative.read_named_day)
    | dict.fromkeys(
        ("last", "next", "this", "past", "coming", "previous", "following"),
        lambda reading, place, _: relative.read_step(reading, place),
    )
    | {
        "within": lambda reading, place, _: relative.read_within(reading, place),
        "recent": lambda reading, place, _: relative.read_recent(reading, place),
        "ago": lambda reading, place, _: relative.read_ago(reading, place),
        "weekend": lambda reading, place, _: relative.read_weekend(reading, place),
    }
    | dict.fromkeys(SEASONS, lambda reading, place, _: parts_of_year.read_season(reading, place))
    | dict.fromkeys((name for name in ORDINALS if name.isalpha()), _ordinal)
    | dict.fromkeys(("final", "twenty", "thirty"), _ordinal)
)
_NAMES: dict[str, Callable[[Reading, int, int], DateMention | None]] = (
    dict.fromkeys(MONTHS, lambda reading, place, _: absolute.read_at_month(reading, place))
    | dict.fromkeys(WEEKDAYS, relative.read_weekday)
    | dict.fromkeys(("Christmas", "New"), lambda reading, place, _: absolute.read_holiday(reading, place))
    | {"Q": lambda reading, place, _: parts_of_year.read_part_of_year(reading, place)}
)


class _ReaderOf(dict[str, "Callable[[Reading, int, int], DateMention | None] | None"]):
    """The reader of each word of a text, worked out when it is first met; at most so many are kept."""

    _MOST = 100_000

    def __missing__(self, word: str) -> Callable[[Reading, int, int], DateMention | None] | None:
        if word[0].isdigit():
            return _at_digit if len(word) in {1, 2, 4} else None
        found = _NAMES.get(word) or _OF_WORD.get(word.lower())
        if len(self) < self._MOST:
            self[word] = found
        return found


def _at_digit(reading: Reading, place: int, _: int) -> DateMention | None:
    return absolute.read_at_digit(reading, place)


_READERS = _ReaderOf()
