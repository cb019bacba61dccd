"""When a source was published: by its date, a line at its head, a weekday in its text, or its story."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sources.evidence.dates import Precision
from sources.evidence.dates.calendar import MONTHS, WEEKDAYS
from sources.evidence.dates.readers import dates_in
from sources.evidence.dates.tense import Tense, tense_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.dates import DateMention
    from sources.model import Source

__all__ = ["Publication", "dated", "publication_of", "with_days"]

_FIRST_YEAR, _LAST_YEAR = 1500, 2200  # of sources whose relative dates are counted
_HEAD = 600  # code points in which a text says when it was written
_WRITTEN_BEFORE = re.compile(
    r"(?:.{0,60}\b)?(?:Published|Posted|Updated|Last updated|First published|Issued)(?: on| at)?:? ?"
)
_LINE_ENDS = re.compile(r"[ \u00a0]*(?:$|\n|[,|·•]|at\b|\d{1,2}[:.]\d\d)")
_PLACE_BEFORE = re.compile(r"\(?[A-Z][\w.'’-]*(?:[ /][A-Z][\w.'’-]*){0,3}(?:, [A-Z][\w.]*)?, ")
_DATELINE_AFTER = re.compile(r"\)?(?: ?\([A-Z][\w /&.]{1,30}\))?(?: ?[-–—]{1,2} |:| /)")
_WORD = re.compile(r"[^\W\d_]+")
_WEEKDAY_WITH_DAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\.?,? \(?(?:the )?(?:[A-Z]|\d)")
_WEEK = timedelta(days=6)
_GAP, _ONE_NEWS = timedelta(days=3), timedelta(days=31)  # between sources that tell one piece of news
_MOST = 2 / 3  # of a story's dated sources


@dataclass(frozen=True, slots=True)
class Publication:
    """The days between which a source was published, and what says so where its own date does not."""

    first: date
    last: date
    dated_by: str | None = None

    def __str__(self) -> str:
        """Return the day, or the first and last, and what says so."""
        days = f"{self.first}" if self.first == self.last else f"{self.first} … {self.last}"
        return f"{days} by {self.dated_by}" if self.dated_by else days


def publication_of(source: Source, others: Sequence[Source] = ()) -> Publication | None:
    """Return when a source was published as far as it or the ``others`` of its story tell, or None."""
    return _of_itself(source) if source.date is not None else _of_undated(source, _of_story(others))


def dated(sources: Sequence[Source]) -> list[Source]:
    """Return the sources of a story, each undated one with the days that are known: ``FIRST/LAST``."""
    if all(source.date is not None for source in sources):
        return list(sources)
    story = _of_story(sources)
    return [
        source if source.date is not None else with_days(source, _of_undated(source, story))
        for source in sources
    ]


def with_days(source: Source, known: Publication | None) -> Source:
    """Return a source with the days between which it was published as its date."""
    return source if known is None else replace(source, date=f"{known.first}/{known.last}")


def _of_undated(source: Source, story: Publication | None) -> Publication | None:
    own = _of_itself(source)
    if own is not None:
        return own
    named = _weekday_named(source, story)
    if named is None or not named.first:
        return story
    first = date.fromisoformat(named.first)
    last = first + _WEEK
    if story is not None and max(first, story.first) <= min(last, story.last):
        first, last = max(first, story.first), min(last, story.last)
    return Publication(first, last, f"“{' '.join(named.text.split())}” in its text")


def _of_itself(source: Source) -> Publication | None:
    """Return the date of a source, or of a line at its head."""
    if source.date is not None:
        return _own(source.date)
    line = _line_at_head(source)
    if line is None or not line.first:
        return None
    day = date.fromisoformat(line.first)
    return Publication(day, day, f"“{line.text}” at its head")


def _own(written: str) -> Publication | None:
    """Return the day, or the days ``FIRST/LAST``, of a source's date."""
    ends = written.split("/") if "/" in written else [written[:10]] * 2
    try:
        first, last = (date.fromisoformat(end) for end in ends)
    except ValueError:
        return None
    return Publication(first, last) if _FIRST_YEAR <= first.year <= last.year <= _LAST_YEAR else None


def _line_at_head(source: Source) -> DateMention | None:
    """Return the full date at the head of a source that says when it was written, if one does."""
    for found in dates_in(source.text, 0, min(len(source.text), _HEAD), None):
        if found.precision is not Precision.DAY or found.relative or found.first is None:
            continue
        line_start = source.text.rfind("\n", 0, found.start) + 1
        before = source.text[line_start : found.start]
        written = _WRITTEN_BEFORE.fullmatch(before) and _LINE_ENDS.match(source.text, found.end)
        line = _PLACE_BEFORE.fullmatch(before) and _DATELINE_AFTER.match(source.text, found.end)
        if (written or line) and _FIRST_YEAR <= int(found.first[:4]) <= _LAST_YEAR:
            return found
    return None


def _of_story(others: Sequence[Source]) -> Publication | None:
    """Return from the first day of a story's dated sources to the one after the last, if they are close.

    Where most are close to each other, those are its news, and what came long before or after is not asked.
    """
    known = sorted((found.first, found.last) for other in others if (found := _of_itself(other)) is not None)
    groups: list[list[tuple[date, date]]] = []
    for days in known:
        if groups and days[0] - groups[-1][-1][1] <= _GAP:
            groups[-1].append(days)
        else:
            groups.append([days])
    news = max(groups, key=len, default=[])
    if len(news) < _MOST * len(known):
        news = known
    if not news or news[-1][1] - news[0][0] > _ONE_NEWS:
        return None
    return Publication(news[0][0], news[-1][1] + timedelta(days=1), "the other sources of its story")


def _weekday_named(source: Source, story: Publication | None) -> DateMention | None:
    """Return the last past day that a text names with weekday, day and month: no older than a week."""
    past = [
        found
        for found in _weekdays_with_day(source, story)
        if tense_at(source.text, 0, found.start, found.end, len(source.text)) is not Tense.AHEAD
    ]
    return max(past, key=lambda found: found.first or "", default=None)


def _weekdays_with_day(source: Source, story: Publication | None) -> Iterator[DateMention]:
    """Yield days such as ``Friday, June 13``; without a year only where the story tells which."""
    if _WEEKDAY_WITH_DAY.search(source.text) is None:
        return
    for found in dates_in(source.text, 0, len(source.text), story.last if story else None):
        words = _WORD.findall(found.text)
        if found.precision is not Precision.DAY or not found.first or words[0] not in WEEKDAYS:
            continue
        if any(word in MONTHS for word in words) and (
            date.fromisoformat(found.first).weekday() == WEEKDAYS[words[0]]
        ):
            yield found
