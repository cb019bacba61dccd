"""Amounts in queries: ``figure:$14bn..15bn``, and plain words such as ``$14.3 billion``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.units import CODES, CURRENCY_NAMES, FACTORS, SIGNS, factor_of, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOLERANCE = 1e-9  # of a value; what is written in decimals is no binary fraction


class Written(NamedTuple):
    """An amount as somebody wrote it; ``unit`` is None for a bare number."""

    value: float
    unit: str | None


@lru_cache(maxsize=1)
def _grammar() -> re.Pattern[str]:
    signs = "|".join(map(re.escape, sorted(SIGNS, key=len, reverse=True)))
    codes = "|".join(sorted(CODES))
    factors = "|".join(sorted(FACTORS, key=len, reverse=True))
    names = "|".join(sorted(map(re.escape, CURRENCY_NAMES), key=len, reverse=True))
    return re.compile(
        rf"""
        (?P<minus>[-−])?\ ?(?:(?P<sign>{signs})|(?P<code>(?i:{codes})))?\ ?(?P<second_minus>[-−])?
        (?P<number>\d[\d.,]*)
        (?P<factor>(?:[\ -]?(?i:{factors})(?![^\W\d_]))*)
        [\ -]?(?:(?P<percent>%|(?i:per\ ?cent|pct))|(?P<points>(?i:percentage\ points?))
            |(?P<after>{signs})|(?P<last>(?i:{codes}))|(?P<name>(?i:{names})s?))?
        """,
        re.VERBOSE,
    )


def read_amount(text: str) -> Written | None:
    """Read an amount such as ``$14.3bn``, ``14.3 billion dollars`` or ``49%``; None for anything else."""
    match = _grammar().fullmatch(text.strip())
    if match is None or (match["minus"] and match["second_minus"]):
        return None
    try:
        value = number_of(match["number"].rstrip(".,")) * factor_of(match["factor"])
    except (ValueError, KeyError):
        return None
    if match["minus"] or match["second_minus"]:
        value = -value
    units = {unit for unit in _units(match) if unit is not None}
    if len(units) > 1:
        return None
    return Written(value, next(iter(units), None))


def _units(match: re.Match[str]) -> Iterator[str | None]:
    yield SIGNS.get(match["sign"] or match["after"] or "")
    yield (match["code"] or match["last"] or "").upper() or None
    yield "percent" if match["percent"] else None
    yield "percentage points" if match["points"] else None
    name = (match["name"] or "").lower()
    yield CURRENCY_NAMES.get(name) or CURRENCY_NAMES.get(name.removesuffix("s"))


def widened(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    """Return bounds that take in what rounding may have put just outside."""
    return (
        None if low is None else low - abs(low) * _TOLERANCE,
        None if high is None else high + abs(high) * _TOLERANCE,
    )
