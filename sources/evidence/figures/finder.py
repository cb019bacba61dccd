"""Finds the figures of a source, with the hedges around them and the bounds that these set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.figures import Figure, FigureKind, FigureReading
from sources.evidence.figures.amounts import read_amounts
from sources.evidence.figures.counts import DURATIONS, read_counts, read_shares
from sources.evidence.figures.number_words import CODES, find_triggers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sources.evidence.figures.number_words import Triggers
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
_AFTER = ("or more", "or higher", "or less", "or fewer", "or lower", "or so", "plus", "at least", "at most")
_STRENGTH = r"(?:(?:just|slightly|well|far|much|a little|a bit) )?"


def _any_of(hedges: tuple[str, ...]) -> str:
    return "|".join(re.escape(hedge) for hedge in sorted(hedges, key=len, reverse=True))


_BEFORE_FIGURE = re.compile(
    rf"(?:^|(?<=[\s(\"“‘—–-]))(?P<hedge>{_STRENGTH}(?:{_any_of((*_LEAST, *_MOST, *_OPEN))}))"
    r"(?: an?)?[ \u00a0]?$",
    re.IGNORECASE,
)
_AFTER_FIGURE = re.compile(rf"(?P<hedge>\+(?!\d)| (?:{_any_of(_AFTER)})\b)")
# "hand over $5m" is no hedge
_WITH_OVER = re.compile(
    r"\b(?:hand|turn|sign|take|took|taken|carr|pass)(?:s|es|ed|ing|ies|ied)? $", re.IGNORECASE
)
_STRENGTH_OF = re.compile(rf"^{_STRENGTH}")


def hedge_of(text: str, start: int, end: int, limits: tuple[int, int]) -> str | None:
    """Return the hedge of a figure at ``start`` to ``end`` in small letters, None where there is none.

    Nothing outside ``limits`` counts.
    """
    match = _BEFORE_FIGURE.search(text, max(limits[0], start - 32), start)
    if match is not None and match["hedge"].lower() == "over":
        verb = _WITH_OVER.search(text, max(limits[0], match.start() - 12), match.start())
        match = None if verb else match
    if match is None:
        match = _AFTER_FIGURE.match(text, end, limits[1])
    return match.group("hedge").strip().lower() if match is not None else None


def bounds(hedge: str | None, value: float) -> tuple[float | None, float | None]:
    """Return the lowest and highest that ``value`` may stand for by its hedge, None where it sets none."""
    bare = _STRENGTH_OF.sub("", hedge) if hedge is not None else ""
    return (value if bare in _LEAST else None), (value if bare in _MOST else None)


# Finding the figures of a source: a place belongs to the first reader that reads it.


def find_figures(source: Source) -> tuple[Figure, ...]:
    """Find the money, shares, counts and durations of a source, outside its muted zones, in order."""
    return tuple(
        _figure(source.text, amount, start, end)
        for start, end in _stretches(source)
        for amount in _without_overlaps(_all_amounts(source.text, start, end))
    )


def find_amounts(source: Source) -> tuple[Figure, ...]:
    """Find only the money and the shares of a source: what the index keeps and a query may ask for."""
    return tuple(
        _figure(source.text, amount, start, end)
        for start, end in _stretches(source)
        for amount in _without_overlaps(
            _money_and_shares(source.text, start, end, find_triggers(source.text, start, end))
        )
    )


def _stretches(source: Source) -> list[tuple[int, int]]:
    if not source.zones:
        return [(0, len(source.text))]
    return [(zone.start, zone.end) for zone in source.zones if not zone.kind.muted]


def _money_and_shares(text: str, start: int, end: int, places: Triggers) -> Iterator[FigureReading]:
    yield from read_amounts(text, start, end, places.units)
    yield from read_shares(text, start, end, places)


def _all_amounts(text: str, start: int, end: int) -> Iterator[FigureReading]:
    places = find_triggers(text, start, end)
    yield from _money_and_shares(text, start, end, places)
    yield from read_counts(text, start, end, places)


def _without_overlaps(amounts: Iterable[FigureReading]) -> list[FigureReading]:
    """Return the amounts in the order of the text; where two overlap, the one that came first stays."""
    found = sorted(enumerate(amounts), key=lambda pair: (pair[1].start, pair[0]))
    kept: list[tuple[int, FigureReading]] = []
    for rank, amount in found:
        if kept and amount.start < kept[-1][1].end:
            if rank < kept[-1][0]:
                kept[-1] = (rank, amount)
            continue
        kept.append((rank, amount))
    return [amount for _, amount in kept]


def _figure(text: str, amount: FigureReading, start: int, end: int) -> Figure:
    """Finish a figure: its hedge, and the bounds that the hedge sets."""
    value, low, high = _exact(amount.value), amount.low, amount.high
    hedge = hedge_of(text, amount.start, amount.end, (start, end))
    if low is None:
        low, high = bounds(hedge, value)
    low, high = (None if low is None else _exact(low)), (None if high is None else _exact(high))
    span = text[amount.start : amount.end]
    return Figure(amount.start, amount.end, _kind(amount.unit), value, amount.unit, low, high, hedge, span)


def _kind(unit: str) -> FigureKind:
    if unit.startswith("percent"):
        return FigureKind.PERCENT
    if unit in CODES:
        return FigureKind.MONEY
    return FigureKind.DURATION if unit in DURATIONS else FigureKind.COUNT


def _exact(value: float) -> float:
    """Drop the dust of binary fractions: 14.3 times a billion is 14300000000.0."""
    return float(f"{value:.12g}")
