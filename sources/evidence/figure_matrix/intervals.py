"""How exact a value is as it was said, and whether two values can both be true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.evidence.figures import Figure

# Judged by what the words mean: the planted stories of the tests come out the same a tenth lower or higher.
_ABOUT = 0.1  # of a value, either way
_MUCH_MORE = 1.5  # times "at least"
_NEARLY = 0.9  # of a value that it nearly is
_AT_MOST = 0.5  # of any other "at most"
_ROUNDED = 0.1  # of a value that is rounded at its last digit, at most
_SHARE_IN_WORDS = 3.0  # points that "a third" may be off
_NEARLY_WORDS = frozenset(("nearly", "almost", "close to", "just under", "shy of"))
_OPEN = re.compile(
    r"about|around|roughly|approx|circa|ca\.|some|estimated|more or less|~|or so|an estimated", re.IGNORECASE
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_MULTIPLIED = re.compile(
    r"\d ?-?(?:hundred|thousand|million|billion|trillion|lakh|crore|[kmbt]n?\b|mln|trn)", re.IGNORECASE
)
_IN_DAYS = {
    "seconds": 1 / 86400, "minutes": 1 / 1440, "hours": 1 / 24, "days": 1.0, "weeks": 7.0, "fortnights": 14.0,
    "months": 30.44, "quarters": 91.3, "years": 365.25, "decades": 3652.5, "centuries": 36525.0,
}  # fmt: skip


def covered(figure: Figure) -> tuple[float, float]:
    """Return the least and the most that a figure may stand for, durations in days."""
    scale = _IN_DAYS.get(figure.unit, 1.0)
    low, high = _bounds(figure)
    return low * scale, high * scale


def _bounds(figure: Figure) -> tuple[float, float]:
    value, low, high = figure.value, figure.low, figure.high
    if low is not None and high is not None:
        return low, high
    if low is not None:
        return low, low * _MUCH_MORE
    if high is not None:
        return high * (_NEARLY if figure.hedge in _NEARLY_WORDS else _AT_MOST), high
    if figure.hedge is not None and _OPEN.search(figure.hedge):
        return value * (1 - _ABOUT), value * (1 + _ABOUT)
    half = min(_step(figure) / 2, _ROUNDED * abs(value))
    return value - half, value + half


def _step(figure: Figure) -> float:
    """Return what the last digit of a figure stands for, 0 for a plain whole number."""
    number = _NUMBER.search(figure.text)
    if number is None:
        return _SHARE_IN_WORDS if figure.unit == "percent" else 0.0
    decimals = len(number[1] or "")
    shown = float(number[0].replace(",", ""))
    if not decimals and figure.unit != "percent" and _MULTIPLIED.search(figure.text) is None:
        return 0.0
    return abs(figure.value) / shown * 10.0**-decimals if shown else 0.0


def agree(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Tell whether two covered ranges overlap."""
    slack = 1e-9 * max(abs(one[1]), abs(other[1]))
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack
