"""Finds the dates of a source and resolves them against the day on which it was published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sources.evidence.dates import NO_SOURCE_DATE, Precision
from sources.evidence.dates.publication import publication_of
from sources.evidence.dates.readers import dates_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.dates import DateMention
    from sources.model import Source

_WIDEST_DAY = 14  # days between which a day may lie that a text names by its weekday


def find_dates(source: Source) -> tuple[DateMention, ...]:
    """Find the dates of a source, outside its muted zones, in order.

    Relative ones are resolved against the source's own date or what its text says of it; with none, or only a
    month or year, they stay open and say so. Where only some days are known between which it was published,
    each date lies between what it means on the first and on the last.
    """
    spans = [(zone.start, zone.end) for zone in source.zones if not zone.kind.muted]
    if not source.zones:
        spans = [(0, len(source.text))]
    known = publication_of(source)
    first = known.first if known else None
    found = [mention for start, end in spans for mention in dates_in(source.text, start, end, first)]
    if known is None or known.first == known.last:
        return tuple(found)
    late = [mention for start, end in spans for mention in dates_in(source.text, start, end, known.last)]
    return tuple(_between(found, late))


def _between(early: list[DateMention], late: list[DateMention]) -> Iterator[DateMention]:
    """Yield what each date can mean of a source that was published between two days."""
    others = {(mention.start, mention.end): mention for mention in late}
    for one in early:
        other = others.get((one.start, one.end))
        if other is not None and (one.first, one.last) == (other.first, other.last):
            yield one
            continue
        first, last = one.first, other.last if other else None
        wide = first is None or last is None or first > last
        if not wide and first and last and one.precision is Precision.DAY:
            wide = (date.fromisoformat(last) - date.fromisoformat(first)).days > _WIDEST_DAY
        if wide:
            yield replace(one, first=None, last=None, precision=Precision.OPEN, open_because=NO_SOURCE_DATE)
        else:
            yield replace(one, first=first, last=last, precision=Precision.RANGE)
