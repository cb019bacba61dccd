"""What the reader of dates gives back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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
