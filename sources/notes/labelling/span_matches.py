"""How far the spans of two coders are the same: precision, recall and their harmonic mean.

Texts that nobody labelled cannot be counted, so agreement by chance is near none, and the F-measure of one
coder against the other says what is left: G. Hripcsak and A. Rothschild, Agreement, the F-measure, and
reliability in information retrieval, JAMIA 12 (2005). It is the same whichever coder is held against the
other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from sources.frozen import frozen
from sources.model import Ref, Span
from sources.notes.labelling.units import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sources.labels import LabelSpan

_Grouped: TypeAlias = "Mapping[tuple[Ref, str], list[Span]]"


@frozen
class SpanMatch:
    """How many spans of each coder the other has too, of how many; ``f1`` is None where neither has any."""

    first_matched: int
    first_spans: int
    second_matched: int
    second_spans: int

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both shares, 0 to 1."""
        if not self.first_spans and not self.second_spans:
            return None
        if not self.first_matched or not self.second_matched:
            return 0.0
        # As one fraction of whole numbers, so that it is the same with the coders swapped.
        matched = 2 * self.first_matched * self.second_matched
        return matched / (self.first_matched * self.second_spans + self.second_matched * self.first_spans)


def exact_match(first: Iterable[LabelSpan], second: Iterable[LabelSpan]) -> SpanMatch:
    """Count the spans with the same label, start and end in the same source."""
    ours, theirs = (
        {(span.ref, span.label, span.span) for span in standing(spans)} for spans in (first, second)
    )
    both = len(ours & theirs)
    return SpanMatch(both, len(ours), both, len(theirs))


def overlapping_match(first: Iterable[LabelSpan], second: Iterable[LabelSpan]) -> SpanMatch:
    """Count the spans that share at least one character with a span of the other's of the same label."""
    ours, theirs = _grouped(first), _grouped(second)
    return SpanMatch(_touched(ours, theirs), _size(ours), _touched(theirs, ours), _size(theirs))


def _grouped(spans: Iterable[LabelSpan]) -> dict[tuple[Ref, str], list[Span]]:
    found: defaultdict[tuple[Ref, str], set[Span]] = defaultdict(set)
    for span in standing(spans):
        found[span.ref, span.label].add(span.span)
    return {place: sorted(each) for place, each in found.items()}


def _size(spans: _Grouped) -> int:
    return sum(map(len, spans.values()))


def _touched(spans: _Grouped, others: _Grouped) -> int:
    return sum(
        sum(_is_touched(span, merged) for span in each)
        for place, each in spans.items()
        if (merged := _merged(others.get(place, [])))
    )


def _merged(spans: list[Span]) -> list[Span]:
    """Return sorted spans as stretches that do not overlap."""
    found: list[Span] = []
    for span in spans:
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _is_touched(span: Span, stretches: list[Span]) -> bool:
    place = bisect_left(stretches, Span(span.end, 0)) - 1
    return place >= 0 and stretches[place].overlaps(span)
