"""How exact a value is as it was said, whether two values can both be true, and what is a slip of what."""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING

from sources.evidence.figures import FigureKind
from sources.evidence.figures.units import MEASURE_UNITS as UNITS

if TYPE_CHECKING:
    from sources.evidence.figures import Figure

# Judged by what the words mean: the planted stories of the tests come out the same a tenth lower or higher.
_ABOUT = 0.1  # of a value, either way, at most: its last digit that is no nought is no further off
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


def value_range(figure: Figure) -> tuple[float, float]:
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
        off = min(_ABOUT * abs(value), _last_place(value))
        return value - off, value + off
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
        # What is measured is rounded where it is whole, what is counted is not.
        return min(_last_place(figure.value), _ROUNDED * figure.value) if figure.unit in UNITS else 0.0
    return abs(figure.value) / shown * 10.0**-decimals if shown else 0.0


def ranges_overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Tell whether two covered ranges overlap."""
    slack = 1e-9 * max(abs(one[1]), abs(other[1]))
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


# Two values exclude one another only where no reading of either covers the other.

_OFF_BY_A_DIGIT = 1.6  # times, at most; a first digit that is wrong makes another number
SWAPPED_TIMES = 5.0  # times, at most, the number that two swapped digits make: 91 of 19
_ROUND = 0.05  # of a plain number that ends in noughts, which may stand for one so near


def widest_range(figure: Figure) -> tuple[float, float]:
    """Return all that a figure may stand for: "at least 5" for any more, a plain 400 for 412 as well."""
    scale = _IN_DAYS.get(figure.unit, 1.0)
    low, high = value_range(figure)
    if figure.low is not None and figure.high is None:
        return low, inf
    if figure.high is not None and figure.low is None:
        return -inf, high
    off = min(_ROUND * abs(figure.value), _last_place(figure.value) / 2) * scale
    if figure.low is None and figure.kind is not FigureKind.PERCENT and _last_place(figure.value) > 1.0:
        return min(low, figure.value * scale - off), max(high, figure.value * scale + off)
    return low, high


def _last_place(value: float) -> float:
    """Return what the last digit of a number that is no nought stands for: 10 in 140, 0.1 in 9.5."""
    whole, _, part = f"{abs(value):.6f}".partition(".")
    if part.strip("0"):
        return 10.0 ** -len(part.rstrip("0"))
    return 10.0 ** (len(whole) - len(whole.rstrip("0"))) if value else 1.0


def are_near(one: float, other: float, times: float) -> bool:
    """Tell whether the larger of two values of one sign is at most so many times the smaller."""
    low, high = sorted((abs(one), abs(other)))
    return one * other > 0 and high <= times * low


@lru_cache(maxsize=1 << 12)
def _digits(value: float) -> str:
    """Return the digits of a number that tell: 24 of 2,400 as of 0.24."""
    return f"{abs(value):.6f}".replace(".", "").strip("0")


def telling_digits(value: float | str) -> int:
    """Return how many digits of a number are no noughts at its ends, none of a day."""
    return 0 if isinstance(value, str) else len(_digits(value))


def shape_of(value: float) -> str:
    """Return what values share of which one is a slip of another so great that they are not near."""
    return "".join(sorted(_digits(value).replace("0", "")))


def are_one_number(one: float, other: float) -> bool:
    """Tell whether one value is the other written out further: 5.1 and 5.13."""
    first, second = _digits(one), _digits(other)
    short = min(first, second, key=len)
    return (
        len(short) > 1
        and are_near(one, other, _OFF_BY_A_DIGIT)
        and first.startswith(short)
        and second.startswith(short)
    )


def look_alike(one: float, other: float) -> bool:
    """Tell whether a slip turns one value into the other: a digit, two that change places, a power of ten."""
    first, second = _digits(one), _digits(other)
    if one == other or not first or not second:
        return False
    if first == second:
        return len(first) > 1
    width = max(len(first), len(second))
    first, second = first.ljust(width, "0"), second.ljust(width, "0")
    off = [place for place in range(width) if first[place] != second[place]]
    if len(off) == 1:
        return width > 2 and are_near(one, other, _OFF_BY_A_DIGIT)
    swapped = len(off) == 2 and off[1] == off[0] + 1 and sorted(first) == sorted(second)
    return swapped and are_near(one, other, SWAPPED_TIMES)  # 2,100 is two slips away from 120


def is_misplaced(one: float, other: float) -> bool:
    """Tell whether two values have the same digits in another order or place: seldom so by chance."""
    first, second = _digits(one), _digits(other)
    width = max(len(first), len(second))
    return sorted(first.ljust(width, "0")) == sorted(second.ljust(width, "0"))  # 640 and 604
