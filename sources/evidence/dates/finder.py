"""Finds the dates of a source: each word that a date can start at goes to the reader that knows it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sources.evidence.dates import DateContext, Precision, absolute, counted, relative
from sources.evidence.dates.calendar import (
    FEASTS,
    MONTHS,
    ORDINALS,
    SEASONS,
    WEEKDAYS,
    YEAR,
    Days,
    month_of,
    quarter_of,
    season_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sources.evidence.dates import DateMention
    from sources.model import Source

_THE = re.compile(r"\bthe $", re.IGNORECASE)
_PART_OF_YEAR = re.compile(
    r"(?P<which>first|second|third|fourth|1st|2nd|3rd|4th|final)[ -](?P<what>quarter|half)\b"
    r"(?! of (?:a|an|his|her|its|the [a-z]*[^e\W])\b)"
    rf"(?:,? (?:of )?(?:(?P<year>{YEAR})|(?P<step>last|this|next) year))?",
    re.IGNORECASE,
)
_OF_A_FIRM_BEFORE = re.compile(r"(?:\b(?:our|its|their|in|for)|['’]s) $", re.IGNORECASE)
_OF_A_FIRM_AFTER = re.compile(
    r" (?:net |adjusted |operating |core |pre-?tax )?(?:profits?|earnings|results?|revenues?|sales"
    r"|loss(?:es)?|figures|income|growth|output|production|deliveries|guidance|numbers|dividend|GDP)\b"
)
_SHORT_QUARTER = re.compile(rf"Q(?P<which>[1-4])\b(?:,? (?:of )?(?P<year>{YEAR}))?")
_SEASON = re.compile(rf"(?P<season>{'|'.join(SEASONS)})\b(?:,? (?:of )?(?P<year>{YEAR}))?", re.IGNORECASE)
_SEASON_BEFORE = re.compile(
    r"\b(?:(?P<step>last|next|this)(?: coming)?"
    r"|(?:in|by|before|until|since|during|through|of|early|late|from) ?) $"
    r"|\b(?:in|by|before|until|since|during|through) (?P<the>the) $",
    re.IGNORECASE,
)


def read_part_of_year(reading: DateContext, place: int) -> DateMention | None:
    """Read ``the third quarter of 2030``, ``the first half of last year`` and ``Q3``."""
    text = reading.text
    short = _SHORT_QUARTER.match(text, place, reading.end)
    match = short or _PART_OF_YEAR.match(text, place, reading.end)
    if match is None:
        return None
    article = None if short else _THE.search(text, reading.back(place), place)
    start = article.start() if article else place
    told = _OF_A_FIRM_BEFORE.search(text, reading.back(place), place) or _OF_A_FIRM_AFTER.match(
        text, match.end()
    )
    if (
        not short
        and article is None
        and not match["year"]
        and not (told and match["what"].lower() == "quarter")
    ):
        return None
    which = match["which"].lower()
    place_in_year = int(which[0]) if which[0].isdigit() else ORDINALS.get(which, 4)
    half = not short and match["what"].lower() == "half"
    if half and (place_in_year > 2 or not (match["year"] or match["step"])):
        return None  # of a match
    year, relative = _year_meant(reading, match, short=bool(short)), not match["year"]
    if year is None:
        if reading.published is None:
            return reading.unresolved(start, match.end())
        year = _year_of_part(reading, place, place_in_year)
    days = month_of(year, 6 * place_in_year - 5, 6) if half else quarter_of(year, place_in_year)
    precision = Precision.RANGE if half else Precision.QUARTER
    return reading.mention(start, match.end(), days, precision, relative=relative)


def _year_meant(reading: DateContext, match: re.Match[str], *, short: bool) -> int | None:
    if match["year"]:
        return int(match["year"])
    step = None if short else match["step"]
    if not step or reading.published is None:
        return None
    return reading.published.year + {"last": -1, "this": 0, "next": 1}[step.lower()]


def _year_of_part(reading: DateContext, place: int, quarter: int) -> int:
    published = reading.published
    if published is None:
        return 1
    current = (published.month + 2) // 3
    if reading.is_to_come(place):
        return published.year + (quarter < current)
    return published.year - (quarter > current)


def read_season(reading: DateContext, place: int) -> DateMention | None:
    """Read ``next spring``, ``the summer of 2029`` and ``in the autumn``."""
    text = reading.text
    match = _SEASON.match(text, place, reading.end)
    if match is None:
        return None
    before = _SEASON_BEFORE.search(text, reading.back(place), place)
    article = _THE.search(text, reading.back(place), place)
    season = match["season"].lower()
    if match["year"]:
        start = article.start() if article else place
        days = season_of(int(match["year"]), season)
        return reading.mention(start, match.end(), days, Precision.QUARTER, relative=False)
    if before is None:
        return None
    step = (before["step"] or "").lower()
    start = before.start() if step else before.start("the") if before["the"] else place
    if reading.published is None:
        return reading.unresolved(start, match.end())
    days = _season_meant(reading, place, season, step)
    return reading.mention(start, match.end(), days, Precision.QUARTER, relative=True)


def _season_meant(reading: DateContext, place: int, season: str, step: str) -> Days:
    """Return the last season of that name before the source's date, the one around it, or the next."""
    published = reading.published
    if published is None:
        return Days(None, None)
    years = [season_of(year, season) for year in range(published.year - 2, published.year + 2)]
    ended = [days for days in years if days.last is not None and days.last < published]
    begun = [days for days in years if days.first is not None and days.first <= published]
    to_begin = [days for days in years if days.first is not None and days.first > published]
    if step == "last":
        return ended[-1]
    if step == "next":
        return to_begin[0]
    if begun and begun[-1] not in ended:
        return begun[-1]
    return to_begin[0] if step == "this" or reading.is_to_come(place) else begun[-1]


# Finding the dates of a source: each word that a date can hang on goes to the reader that knows it.

_PIECE = re.compile(r"[^\W\d_]+|\d+")
_SAME_DAY = re.compile(r"same (?:day|evening|night|morning|afternoon)\b(?! of\b)")
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
    floor, last, last_day = start, None, None
    for match in _PIECE.finditer(text, start, end):
        reader = _READERS[match[0]]
        if (reader is None and match[0] != "same") or match.start() < floor:
            continue
        context = DateContext(text, floor, end, published, last)
        found = reader(context, match.start(), match.end()) if reader else None
        if match[0] == "same" and last_day is not None:
            same = _SAME_DAY.match(text, match.start(), end)
            found = replace(last_day, start=same.start(), end=same.end(), text=same[0]) if same else None
        if found is not None:
            floor = found.end
            last = found if found.first and found.last else last
            last_day = found if found.precision is Precision.DAY else last_day
            yield found


def _beside(reading: DateContext, place: int, end: int) -> DateMention | None:
    """Read what begins or ends with ``later`` or ``earlier``."""
    counting = reading.text[place:end].lower() in {"later", "earlier"}
    return (counted.read_counted(reading, place, end) if counting else None) or counted.read_in_unit(
        reading, place, end
    )


def _next(reading: DateContext, place: int, end: int) -> DateMention | None:
    """Read what begins with ``next`` or ``following``."""
    return counted.read_counted(reading, place, end) or relative.read_step(reading, place)


def _ordinal(reading: DateContext, place: int, _: int) -> DateMention | None:
    return read_part_of_year(reading, place) or absolute.read_day_in_words(reading, place)


_OF_WORD: dict[str, Callable[[DateContext, int, int], DateMention | None]] = (
    dict.fromkeys(("yesterday", "today", "tomorrow", "tonight"), relative.read_named_day)
    | dict.fromkeys(
        ("last", "this", "past", "coming", "previous"),
        lambda reading, place, _: relative.read_step(reading, place),
    )
    | {
        "within": lambda reading, place, _: relative.read_within(reading, place),
        "recent": lambda reading, place, _: relative.read_recent(reading, place),
        "ago": lambda reading, place, _: relative.read_ago(reading, place),
        "weekend": lambda reading, place, _: relative.read_weekend(reading, place),
    }
    | dict.fromkeys(("later", "earlier", "early", "late"), _beside)
    | dict.fromkeys(("end", "beginning", "start", "middle"), counted.read_in_unit)
    | dict.fromkeys(("before", "afterwards", "that"), counted.read_counted)
    | dict.fromkeys(("next", "following"), _next)
    | dict.fromkeys(SEASONS, lambda reading, place, _: read_season(reading, place))
    | dict.fromkeys((name for name in ORDINALS if name.isalpha()), _ordinal)
    | dict.fromkeys(("final", "twenty", "thirty"), _ordinal)
)
_NAMES: dict[str, Callable[[DateContext, int, int], DateMention | None]] = (
    dict.fromkeys(MONTHS, lambda reading, place, _: absolute.read_at_month(reading, place))
    | dict.fromkeys(WEEKDAYS, relative.read_weekday)
    | {feast.split()[0].removesuffix("'s"): absolute.read_feast for feast in FEASTS if feast[:3] != "May"}
    | {"Q": lambda reading, place, _: read_part_of_year(reading, place)}
)


class _ReaderOf(dict[str, "Callable[[DateContext, int, int], DateMention | None] | None"]):
    """The reader of each word of a text, worked out when it is first met; at most so many are kept."""

    _MOST = 100_000

    def __missing__(self, word: str) -> Callable[[DateContext, int, int], DateMention | None] | None:
        if word[0].isdigit():
            return _at_digit if len(word) in {1, 2, 4} else None
        found = _NAMES.get(word) or _OF_WORD.get(word.lower())
        if len(self) < self._MOST:
            self[word] = found
        return found


def _at_digit(reading: DateContext, place: int, _: int) -> DateMention | None:
    return absolute.read_at_digit(reading, place)


_READERS = _ReaderOf()
