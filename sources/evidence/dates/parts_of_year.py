"""Quarters, halves and seasons of years, with or without the year said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.dates.calendar import SEASONS, Days, month_of, quarter_of, season_of
from sources.evidence.dates.values import Precision
from sources.evidence.dates.words import ORDINALS, YEAR

if TYPE_CHECKING:
    from sources.evidence.dates.reading import Reading
    from sources.evidence.dates.values import DateMention

_THE = re.compile(r"\bthe $", re.IGNORECASE)
_PART_OF_YEAR = re.compile(
    r"(?P<which>first|second|third|fourth|1st|2nd|3rd|4th|final) (?P<what>quarter|half)\b"
    r"(?! of (?:a|an|his|her|its|the [a-z]*[^e\W])\b)"
    rf"(?:,? (?:of )?(?:(?P<year>{YEAR})|(?P<step>last|this|next) year))?",
    re.IGNORECASE,
)
_SHORT_QUARTER = re.compile(rf"Q(?P<which>[1-4])\b(?:,? (?:of )?(?P<year>{YEAR}))?")
_SEASON = re.compile(rf"(?P<season>{'|'.join(SEASONS)})\b(?:,? (?:of )?(?P<year>{YEAR}))?", re.IGNORECASE)
_SEASON_BEFORE = re.compile(
    r"\b(?:(?P<step>last|next|this)(?: coming)?"
    r"|(?:in|by|before|until|since|during|through|of|early|late|from) ?) $"
    r"|\b(?:in|by|before|until|since|during|through) (?P<the>the) $",
    re.IGNORECASE,
)


def read_part_of_year(reading: Reading, place: int) -> DateMention | None:
    """Read ``the third quarter of 2030``, ``the first half of last year`` and ``Q3``."""
    text = reading.text
    short = _SHORT_QUARTER.match(text, place, reading.end)
    match = short or _PART_OF_YEAR.match(text, place, reading.end)
    if match is None:
        return None
    article = None if short else _THE.search(text, reading.back(place), place)
    start = article.start() if article else place
    if not short and article is None and not match["year"]:
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


def _year_meant(reading: Reading, match: re.Match[str], *, short: bool) -> int | None:
    if match["year"]:
        return int(match["year"])
    step = None if short else match["step"]
    if not step or reading.published is None:
        return None
    return reading.published.year + {"last": -1, "this": 0, "next": 1}[step.lower()]


def _year_of_part(reading: Reading, place: int, quarter: int) -> int:
    published = reading.published
    if published is None:
        return 1
    current = (published.month + 2) // 3
    if reading.is_to_come(place):
        return published.year + (quarter < current)
    return published.year - (quarter > current)


def read_season(reading: Reading, place: int) -> DateMention | None:
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


def _season_meant(reading: Reading, place: int, season: str, step: str) -> Days:
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
