"""Dates: absolute and relative ones, resolved against the day on which their source was published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from sources.evidence.dates.calendar import Days

__all__ = ["DateMention", "Precision"]


NO_SOURCE_DATE = "the source has no date"
NO_SUCH_DAY = "there is no such day"
TWO_READINGS = "which number is the month is not said"
VAGUE = "it is too vague"
OTHER_EVENT = "it counts from another event"


class Precision(StrEnum):
    """How much time a date takes up as it was said."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"  # anything else with two ends, or with one
    OPEN = "open"  # nothing can be said


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: ``text`` is what stands at ``start`` to ``end``.

    ``first`` and ``last`` are the ISO 8601 days between which it lies, both included; one of them is None
    where that end is open ("over a year ago"), both where nothing can be said, and then ``open_because`` says
    why. ``relative`` tells whether the source's own date was needed.
    """

    start: int
    end: int
    text: str
    first: str | None
    last: str | None
    precision: Precision
    relative: bool
    open_because: str | None = None

    @property
    def resolved(self) -> bool:
        """Tell whether at least one end is known."""
        return self.first is not None or self.last is not None


# A text while its dates are read: its limits, and the day it was published.

_FUTURE = re.compile(
    r"\b(?:will|won['’]t|would|shall|due|scheduled|set to|plan(?:s|ned)? (?:to|for)|expect(?:s|ed)?"
    r"|hop(?:es?|ed) to|wants? to|intends?|going to|is to|are to|to be|deadline|begins"
    r"|opens|starts|ends|takes? effect|comes? into (?:force|effect))\b|['’]ll\b"
)
_FUTURE_RIGHT_BEFORE = re.compile(
    r"\b(?:until|till|by|before) (?:the |(?:the )?(?:end|middle|start) of )?$", re.IGNORECASE
)
_RECENTLY = re.compile(r"\bas (?:recently|early|long ago) as $", re.IGNORECASE)
_OTHER_CLAUSE = re.compile(r"\b(?:it|he|she|they|we|which|who|when|since|after|while|than|but)\b")
_PAST_VERB = re.compile(
    r"\b(?:was|were|had|did|took|has been|have been|[a-z]{2,}ed|held|began|fell|rose|came|went|met|left|won"
    r"|lost|made|gave|sold|bought|struck|broke|spoke|sank|shot|hit)\b"
)
_PAST_RIGHT_BEFORE = re.compile(
    rf"(?:{_PAST_VERB.pattern}|\bsince\b)"
    r"(?: (?!to\b|will\b|would\b|that\b|until\b|by\b|before\b|for\b)[\w’'-]+){0,4} (?:on |in )?$"
)
_SAID = re.compile(
    r"\b(?:said|says|told|announced|reported|wrote|added|confirmed|published|posted|was|were|had)\b"
)
_SENTENCE_END = re.compile(r"[.!?;:](?=\s)|\n")
_LOOK_BACK = 90


@dataclass(frozen=True, slots=True)
class DateContext:
    """The stretch ``floor`` to ``end`` of ``text``, and the day of its publication, if known."""

    text: str
    floor: int
    end: int
    published: date | None

    def back(self, place: int, reach: int = 32) -> int:
        """Return how far back from ``place`` a pattern may look."""
        return max(self.floor, place - reach)

    def is_to_come(self, place: int) -> bool:
        """Tell whether the words of the sentence before ``place`` speak of what is still to come."""
        begin = self.back(place, _LOOK_BACK)
        if _RECENTLY.search(self.text, self.back(place), place):
            return False
        stops = [match.end() for match in _SENTENCE_END.finditer(self.text, begin, place)]
        cues = [match.end() for match in _FUTURE.finditer(self.text, stops[-1] if stops else begin, place)]
        if _FUTURE_RIGHT_BEFORE.search(self.text, self.back(place), place):
            return bool(cues) or _PAST_VERB.search(self.text, stops[-1] if stops else begin, place) is None
        return (
            bool(cues)
            and _SAID.search(self.text, cues[-1], place) is None
            and _OTHER_CLAUSE.search(self.text, cues[-1], place) is None
        )

    def is_over(self, place: int) -> bool:
        """Tell whether a verb right before ``place`` says that something has happened: ``was held on``."""
        return _PAST_RIGHT_BEFORE.search(self.text, self.back(place, _LOOK_BACK), place) is not None

    def mention(
        self, start: int, end: int, days: Days, precision: Precision, *, relative: bool
    ) -> DateMention:
        """Return a date that was resolved, or left open where it lies beyond the calendar."""
        if days.first is None and days.last is None:
            return self.unresolved(start, end, VAGUE, relative=relative)
        first, last = (None if day is None else day.isoformat() for day in days)
        return DateMention(start, end, self.text[start:end], first, last, precision, relative)

    def unresolved(
        self, start: int, end: int, why: str = NO_SOURCE_DATE, *, relative: bool = True
    ) -> DateMention:
        """Return a date of which nothing can be said, and why."""
        return DateMention(start, end, self.text[start:end], None, None, Precision.OPEN, relative, why)
