"""Figures: amounts of money, shares, counts and durations, as values that can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["NUMBER", "Figure", "FigureKind"]

NUMBER = "number"  # the unit of a count of which no word says what it counts
_GREAT = 100


class FigureKind(StrEnum):
    """What a figure measures."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    DURATION = "duration"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in a text: ``text`` is what stands at ``start`` to ``end``, its hedge left out.

    ``value`` is in single units: 14300000000.0 with the ISO 4217 code ``USD``, 49.0 with the unit
    ``percent`` or ``percentage points``, 1200.0 with the noun that was counted (``workers``) or the measure
    (``kilometres``), 5.0 with ``years``. A range has its lower end as ``value``, so that it is a number that
    the source says. ``low`` and ``high`` are the bounds that a range or hedge sets, None where it sets none:
    "at least 5" has a ``low`` only, "about 5" neither. ``noun`` is the word beside a bare number that tells
    what it counts: ``dead`` in "84 dead", ``killing`` in "killing 58", ``toll`` in "the toll rose to 41".
    Dates are no figures of this class, `sources.evidence.dates` finds them.
    """

    start: int
    end: int
    kind: FigureKind
    value: float
    unit: str
    low: float | None
    high: float | None
    hedge: str | None
    text: str
    noun: str | None = None

    @property
    def is_telling(self) -> bool:
        """Tell whether two texts hardly have it by chance, as they may have an age or a small number."""
        return self.noun != "age" and (self.unit != NUMBER or self.value >= _GREAT)


@dataclass(frozen=True, slots=True)
class FigureReading:
    """A figure while it is being read; ``factor`` is what its scale words stand for, 1 without any."""

    start: int
    end: int
    unit: str
    value: float
    low: float | None = None
    high: float | None = None
    noun: str | None = None
    factor: float = 1.0
