"""Amounts as terms of the dictionary: unit, least and greatest value, in an order that is theirs.

An exact amount is a range of one value, so that ``$14.3bn``, ``14.3 billion dollars`` and ``$14,300m`` are
one and the same term, and a range in a text is found by whatever overlaps it.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

_DIGITS = 16  # hexadecimal, of a double
_SIGN = 1 << 63
_ALL = (1 << 64) - 1


class Amount(NamedTuple):
    """A value of a unit (an ISO 4217 code, ``percent``, ``percentage points``), or a range of values."""

    unit: str
    low: float
    high: float


def amount_term(amount: Amount) -> str:
    """Return the term of an amount; terms of one unit are in the order of their least values."""
    return f"{unit_term(amount.unit)}{_sortable(amount.low)}{_sortable(amount.high)}"


def unit_term(unit: str) -> str:
    """Return what the terms of all amounts of a unit begin with."""
    return f"{unit.casefold().replace(' ', '-')}="


def amount_of(term: str) -> Amount | None:
    """Return the amount that a term stands for; None for any other text."""
    unit, equals, digits = term.rpartition("=")
    if not equals or len(digits) != 2 * _DIGITS:
        return None
    try:
        low, high = (_value(digits[at : at + _DIGITS]) for at in (0, _DIGITS))
    except ValueError:
        return None
    return Amount(unit, low, high)


def bounds_of(value: float, low: float | None, high: float | None) -> tuple[float, float]:
    """Return the range of a figure: its own when both ends are said, else just its value."""
    return (value, value) if low is None or high is None else (low, high)


def _sortable(value: float) -> str:
    (bits,) = struct.unpack(">Q", struct.pack(">d", value + 0.0))
    return f"{(bits ^ _ALL) if bits & _SIGN else (bits | _SIGN):016x}"


def _value(digits: str) -> float:
    bits = int(digits, 16)
    bits = bits & ~_SIGN if bits & _SIGN else bits ^ _ALL
    (value,) = struct.unpack(">d", struct.pack(">Q", bits))
    return float(value)
