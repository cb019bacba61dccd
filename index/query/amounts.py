"""Amounts in queries: ``figure:$14bn..15bn``, and amounts among plain words such as ``$14.3 billion``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.analysis import bounds_of
from index.query.tree import Clause, Figures, Or, Phrase, Word
from sources.evidence.figures.finder import find_amounts
from sources.evidence.figures.number_words import FACTORS, factor_of, number_of
from sources.evidence.figures.units import CODES, CURRENCY_NAMES, SIGNS
from sources.model import Origin, Ref, Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.query.tree import Node
    from sources.evidence.figures import Figure

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


def with_figures(
    query: str, units: Sequence[Clause], together: Callable[[list[Clause]], Node | None]
) -> list[Clause]:
    """Let the words that make up an amount stand for the amount, however it is written, as well.

    ``together`` makes one node of units.
    """
    figures = _figures_in(query)
    joined: list[Clause] = []
    place = 0
    while place < len(units):
        inside, figure = _amount_at(units, place, figures)
        if figure is None:
            joined.append(units[place])
            place += 1
            continue
        words = together([Clause("", unit.node, narrows=False) for unit in inside])
        low, high = widened(*bounds_of(figure.value, figure.low, figure.high))
        span = Span(figure.start, figure.end)
        leaf = Figures(span.of(query), span, figure.unit, low, high)
        parts = (leaf,) if words is None else (words, leaf)
        joined.append(Clause(inside[0].sign, Or(parts), narrows=False))
        place += len(inside)
    return joined


def _figures_in(query: str) -> tuple[Figure, ...]:
    source = Source(Ref("query", 1), None, None, None, None, None, None, query, (), Origin(None, "", "text"))
    return find_amounts(source)


def _amount_at(
    units: Sequence[Clause], place: int, figures: Sequence[Figure]
) -> tuple[list[Clause], Figure | None]:
    """Return the units from ``place`` on that make up all of an amount, and the amount."""
    first = _span(units[place])
    figure = next((each for each in figures if first and each.start <= first.start < each.end), None)
    if first is None or figure is None or units[place].sign == "-":
        return [], None
    inside = [units[place]]
    for unit in units[place + 1 :]:
        span = _span(unit)
        if span is None or unit.sign or span.end > figure.end:
            break
        inside.append(unit)
    last = _span(inside[-1])
    whole = first.start <= figure.start and last is not None and last.end >= figure.end
    return (inside, figure) if whole else ([], None)


def _span(unit: Clause) -> Span | None:
    """Return the place of a plain word, or of a compound such as ``$14.3bn``."""
    node = unit.node
    if isinstance(node, Word) or (isinstance(node, Phrase) and not node.quoted):
        return node.span if node.field is None else None
    return None
