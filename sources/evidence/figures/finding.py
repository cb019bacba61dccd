"""Finding the figures of a source: a place belongs to the first reader that reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.evidence.figures.amounts import read_amounts
from sources.evidence.figures.counting import DURATIONS, read_counts
from sources.evidence.figures.shares import read_shares
from sources.evidence.figures.triggers import find_triggers
from sources.evidence.figures.values import Amount, Figure, FigureKind
from sources.evidence.hedges import bounds, hedge_of
from sources.evidence.units import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sources.evidence.figures.triggers import Triggers
    from sources.model import Source

METHOD_VERSION = "2"


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


def _money_and_shares(text: str, start: int, end: int, places: Triggers) -> Iterator[Amount]:
    yield from read_amounts(text, start, end, places.units)
    yield from read_shares(text, start, end, places)


def _all_amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    places = find_triggers(text, start, end)
    yield from _money_and_shares(text, start, end, places)
    yield from read_counts(text, start, end, places)


def _without_overlaps(amounts: Iterable[Amount]) -> list[Amount]:
    """Return the amounts in the order of the text; where two overlap, the one that came first stays."""
    found = sorted(enumerate(amounts), key=lambda pair: (pair[1].start, pair[0]))
    kept: list[tuple[int, Amount]] = []
    for rank, amount in found:
        if kept and amount.start < kept[-1][1].end:
            if rank < kept[-1][0]:
                kept[-1] = (rank, amount)
            continue
        kept.append((rank, amount))
    return [amount for _, amount in kept]


def _figure(text: str, amount: Amount, start: int, end: int) -> Figure:
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
