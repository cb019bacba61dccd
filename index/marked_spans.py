"""Where amounts and quotes stand in a text, for marking hits by the evidence that made them hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.amounts import bounds_of
from sources.evidence.figures import find_amounts
from sources.evidence.quotation_marks import quoted_spans
from sources.model import Origin, Ref, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.query.tree import Figures


def amounts_in(text: str, wanted: Sequence[tuple[Figures, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield start and end of each amount that is wanted, with the number beside what wants it."""
    source = Source(Ref("text", 1), None, None, None, None, None, None, text, (), Origin(None, "", "text"))
    for figure in find_amounts(source):
        low, high = bounds_of(figure.value, figure.low, figure.high)
        for leaf, place in wanted:
            if (
                leaf.unit in {None, figure.unit}
                and (leaf.high is None or low <= leaf.high)
                and (leaf.low is None or high >= leaf.low)
            ):
                yield figure.start, figure.end, place


def quotes_in(text: str) -> list[Span]:
    """Return the spans of all quotes, with their marks."""
    return [Span(quote.start, quote.end) for quote in quoted_spans(text, 0, len(text))]
