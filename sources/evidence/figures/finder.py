"""Finds the figures of a source, with the hedges around them and the bounds that these set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.figures import Figure, FigureKind, FigureReading
from sources.evidence.figures.grammar import FigureReader
from sources.evidence.figures.units import DURATIONS, MONEY

if TYPE_CHECKING:
    from sources.model import Source

_LEAST = (
    "more than", "over", "above", "upward of", "upwards of", "in excess of", "at least", "at minimum",
    "a minimum of",
    "exceeding", "north of", "no less than", "no fewer than", "not less than", "as low as", "as little as",
    "as few as", "or more", "or higher", "plus", "+",
)  # fmt: skip
_MOST = (
    "less than", "fewer than", "under", "below", "shy of", "at most", "a maximum of", "up to", "as much as",
    "as high as", "as many as", "as big as", "as large as", "nearly", "almost", "close to", "south of",
    "no more than", "not more than", "or less", "or fewer", "or lower",
)  # fmt: skip
_OPEN = (
    "about", "around", "roughly", "approximately", "approx.", "approx", "circa", "ca.", "some",
    "an estimated",
    "estimated", "more or less", "~", "or so",
)  # fmt: skip
_AFTER = ("or more", "or higher", "or less", "or fewer", "or lower", "or so", "at least", "at most")
_STRENGTH = r"(?:(?:just|slightly|well|far|much|a little|a bit) )?"


def _any_of(hedges: tuple[str, ...]) -> str:
    return "|".join(re.escape(hedge) for hedge in sorted(hedges, key=len, reverse=True))


_BEFORE_FIGURE = re.compile(
    rf"(?:^|(?<=[\s(\"“‘—–-]))(?P<hedge>{_STRENGTH}(?:{_any_of((*_LEAST[:-2], *_MOST, *_OPEN))}))"
    r"(?: an?)?[ \u00a0]?$",
    re.IGNORECASE,
)
_AFTER_FIGURE = re.compile(rf"(?P<hedge>\+(?!\d)|-plus\b| plus\b(?! )| (?:{_any_of(_AFTER)})\b)")
# "hand over $5m" and "add up to 12" are no hedges
_NO_HEDGE = {
    "over": re.compile(
        r"\b(?:hand|turn|sign|take|took|taken|carr|pass)(?:s|es|ed|ing|ies|ied)? $", re.IGNORECASE
    ),
    "up to": re.compile(r"\b(?:add|sum|amount|total)(?:s|ed|ing|med|ming)? (?:it |them )?$", re.IGNORECASE),
}
_STRENGTH_OF = re.compile(rf"^{_STRENGTH}")


def hedge_of(text: str, start: int, end: int, limits: tuple[int, int]) -> str | None:
    """Return the hedge of a figure at ``start`` to ``end`` in small letters, None where there is none.

    Nothing outside ``limits`` counts.
    """
    match = _BEFORE_FIGURE.search(text, max(limits[0], start - 32), start)
    if match is not None and (verb := _NO_HEDGE.get(match["hedge"].lower())) is not None:
        match = None if verb.search(text, max(limits[0], match.start() - 14), match.start()) else match
    if match is None:
        match = _AFTER_FIGURE.match(text, end, limits[1])
    return match.group("hedge").strip(" -").lower() if match is not None else None


def bounds(hedge: str | None, value: float) -> tuple[float | None, float | None]:
    """Return the lowest and highest that ``value`` may stand for by its hedge, None where it sets none."""
    bare = _STRENGTH_OF.sub("", hedge) if hedge is not None else ""
    return (value if bare in _LEAST else None), (value if bare in _MOST else None)


# Finding the figures of a source.


def find_figures(source: Source) -> tuple[Figure, ...]:
    """Find the money, shares, counts and durations of a source, outside its muted zones, in order."""
    return _found(source, counting=True)


def find_amounts(source: Source) -> tuple[Figure, ...]:
    """Find only the money and the shares of a source: what the index keeps and a query may ask for."""
    return _found(source, counting=False)


def _found(source: Source, *, counting: bool) -> tuple[Figure, ...]:
    spans = [(zone.start, zone.end) for zone in source.zones if not zone.kind.muted]
    if not source.zones:
        spans = [(0, len(source.text))]
    return tuple(
        _figure(source.text, reading, start, end)
        for start, end in spans
        for reading in FigureReader(source.text, start, end, counting=counting).readings()
    )


def _figure(text: str, reading: FigureReading, start: int, end: int) -> Figure:
    """Finish a figure: its hedge, and the bounds that the hedge sets."""
    value, low, high = _exact(reading.value), reading.low, reading.high
    hedge = hedge_of(text, reading.start, reading.end, (start, end))
    if low is None:
        low, high = bounds(hedge, value)
    low, high = (None if low is None else _exact(low)), (None if high is None else _exact(high))
    return Figure(
        reading.start, reading.end, _kind(reading.unit), value, reading.unit, low, high, hedge,
        text[reading.start : reading.end], reading.noun,
    )  # fmt: skip


def _kind(unit: str) -> FigureKind:
    if unit.startswith("percent"):
        return FigureKind.PERCENT
    if unit in MONEY:
        return FigureKind.MONEY
    return FigureKind.DURATION if unit in DURATIONS else FigureKind.COUNT


def _exact(value: float) -> float:
    """Drop the dust of binary fractions: 14.3 times a billion is 14300000000.0."""
    return float(f"{value:.12g}")
