"""Amounts among plain words: ``$14.3 billion`` finds ``14.3 billion dollars``, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.amounts import bounds_of
from index.query.figures import widened
from index.query.joining import Marked, side_by_side
from index.query.tree import Figures, Or, Phrase, Word
from sources.evidence.figures import find_amounts
from sources.model import Origin, Ref, Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.evidence.figures import Figure


def with_figures(query: str, units: Sequence[Marked]) -> list[Marked]:
    """Let the words that make up an amount stand for the amount, however it is written, as well."""
    figures = _figures_in(query)
    joined: list[Marked] = []
    place = 0
    while place < len(units):
        inside, figure = _amount_at(units, place, figures)
        if figure is None:
            joined.append(units[place])
            place += 1
            continue
        words = side_by_side([Marked("", unit.node, narrows=False) for unit in inside])
        low, high = widened(*bounds_of(figure.value, figure.low, figure.high))
        span = Span(figure.start, figure.end)
        leaf = Figures(span.of(query), span, figure.unit, low, high)
        parts = (leaf,) if words is None else (words, leaf)
        joined.append(Marked(inside[0].sign, Or(parts), narrows=False))
        place += len(inside)
    return joined


def _figures_in(query: str) -> tuple[Figure, ...]:
    source = Source(Ref("query", 1), None, None, None, None, None, None, query, (), Origin(None, "", "text"))
    return find_amounts(source)


def _amount_at(
    units: Sequence[Marked], place: int, figures: Sequence[Figure]
) -> tuple[list[Marked], Figure | None]:
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


def _span(unit: Marked) -> Span | None:
    """Return the place of a plain word, or of a compound such as ``$14.3bn``."""
    node = unit.node
    if isinstance(node, Word) or (isinstance(node, Phrase) and not node.quoted):
        return node.span if node.field is None else None
    return None
