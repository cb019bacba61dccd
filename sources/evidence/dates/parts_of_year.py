"""Dates that name a part of a year: quarters, halves and seasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.dates import Precision
from sources.evidence.dates.calendar import ORDINALS, SEASONS, YEAR, Days, month_of, season_of
from sources.evidence.dates.tense import Tense

if TYPE_CHECKING:
    from sources.evidence.dates import DateContext, DateMention

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
_SHORT = re.compile(rf"(?P<what>Q(?=[1-4])|H(?=[12]))(?P<which>\d)\b(?:,? (?:of )?(?P<year>{YEAR}))?")
_SEASON = re.compile(rf"(?P<season>{'|'.join(SEASONS)})\b(?:,? (?:of )?(?P<year>{YEAR}))?", re.IGNORECASE)
_SEASON_BEFORE = re.compile(
    r"\b(?:(?P<step>last|next|this)(?: coming| past)?"
    r"|(?:in|by|before|until|since|during|through|of|early|late|from) ?) $"
    r"|\b(?:in|by|before|until|since|during|through) (?P<the>the) $",
    re.IGNORECASE,
)


def read_part_of_year(reading: DateContext, place: int, _: int) -> DateMention | None:
    """Read ``the third quarter of 2030``, ``the first half of last year`` and ``Q3``."""
    text = reading.text
    short = _SHORT.match(text, place, reading.end)
    match = short or _PART_OF_YEAR.match(text, place, reading.end)
    if match is None:
        return None
    start = place if short else reading.with_the(place)
    told = _OF_A_FIRM_BEFORE.search(text, reading.back(place), place) or _OF_A_FIRM_AFTER.match(
        text, match.end()
    )
    if (
        not short
        and start == place
        and not match["year"]
        and not (told and match["what"].lower() == "quarter")
    ):
        return None
    which = match["which"].lower()
    place_in_year = int(which[0]) if which[0].isdigit() else ORDINALS.get(which, 4)
    half = match["what"].lower() in {"half", "h"}
    if half and not short and (place_in_year > 2 or not (match["year"] or match["step"])):
        return None  # of a match
    length = 6 if half else 3
    year = int(match["year"]) if match["year"] else None
    if year is None and not short and match["step"]:
        year = reading.year_meant(match["step"])
    if year is not None:
        days: Days | None = month_of(year, length * place_in_year - length + 1, length)
    elif reading.published is None:
        return reading.unresolved(start, match.end())
    else:
        around = range(reading.published.year - 1, reading.published.year + 2)
        tense = reading.tense(start, match.end())
        days = reading.likeliest(
            [month_of(year, length * place_in_year - length + 1, length) for year in around],
            tense if tense is Tense.AHEAD else Tense.SURELY_OVER,
        )
    if days is None:
        return None
    precision = Precision.RANGE if half else Precision.QUARTER
    return reading.mention(start, match.end(), days, precision, relative=not match["year"])


def read_season(reading: DateContext, place: int, _: int) -> DateMention | None:
    """Read ``next spring``, ``the summer of 2029`` and ``in the autumn``."""
    text = reading.text
    match = _SEASON.match(text, place, reading.end)
    if match is None:
        return None
    season, end = match["season"].lower(), match.end()
    if match["year"]:
        days = season_of(int(match["year"]), season)
        return reading.mention(reading.with_the(place), end, days, Precision.QUARTER, relative=False)
    before = _SEASON_BEFORE.search(text, reading.back(place), place)
    if before is None:
        return None
    step = (before["step"] or "").lower()
    start = before.start() if step else before.start("the") if before["the"] else place
    if reading.published is None:
        return reading.unresolved(start, end)
    meant = _season_meant(reading, (start, end), season, step)
    return None if meant is None else reading.mention(start, end, meant, Precision.QUARTER, relative=True)


def _season_meant(reading: DateContext, place: tuple[int, int], season: str, step: str) -> Days | None:
    """Return the season of that name that the step or the tense means."""
    published = reading.published
    if published is None:
        return None
    seasons = [season_of(year, season) for year in range(published.year - 2, published.year + 2)]
    if step == "last":
        return [days for days in seasons if days.last is not None and days.last < published][-1]
    if step == "next":
        return next(days for days in seasons if days.first is not None and days.first > published)
    if step == "this":
        seasons = [days for days in seasons if days.last is not None and days.last.year >= published.year]
    tense = reading.tense(*place)
    if not step and tense is not Tense.AHEAD:
        tense = Tense.SURELY_OVER
    return reading.likeliest(seasons, tense)
