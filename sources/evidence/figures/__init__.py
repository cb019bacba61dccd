"""Figures: amounts of money, shares, counts and durations, as values that can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sources.evidence.figures.finder import find_amounts, find_figures

__all__ = ["Figure", "FigureKind", "find_amounts", "find_figures"]


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
    ``percent`` or ``percentage points``, 1200.0 with the noun that was counted (``workers``), 5.0 with
    ``years``. A range has its middle as ``value``, "tens of millions" its least. ``low`` and ``high`` are the
    bounds that a range or hedge sets, None where it sets none: "at least 5" has a ``low`` only, "about 5"
    neither. Dates are no figures of this class, `sources.evidence.dates` finds them.
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


@dataclass(frozen=True, slots=True)
class FigureReading:
    """A figure while it is being read; ``factor`` is what its multiplier stands for, 1 without one."""

    start: int
    end: int
    unit: str
    number: float
    factor: float
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float:
        """Return the number in single units."""
        return self.number * self.factor


def __getattr__(name: str) -> Any:
    # What was found before is read without the code that finds it.
    if name in {"find_amounts", "find_figures"}:
        from sources.evidence.figures import finder

        return getattr(finder, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
