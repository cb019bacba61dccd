"""Zones that account for every character of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.model import Span, Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_VISIBLE = re.compile(r"\S")


def lines_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the span of each line of ``text[start:end]``, its line feed left out."""
    stop = len(text) if end is None else end
    at = start
    while at < stop:
        feed = text.find("\n", at, stop)
        line_end = stop if feed < 0 else feed
        yield Span(at, line_end)
        at = line_end + 1


def partition(text: str, marked: Iterable[Zone]) -> tuple[Zone, ...]:
    """Return zones that cover all of ``text`` in order: those of ``marked``, and body between them.

    Where two of ``marked`` overlap, the one that begins first keeps the ground. White space between two
    zones belongs to the zone before it; white space at the very beginning to the first zone.
    """
    zones: list[Zone] = []
    at = 0
    for zone in sorted(marked, key=lambda each: each.start):
        start, end = max(at, zone.start), min(zone.end, len(text))
        if start >= end or not text[start:end].strip():
            continue
        _fill(zones, text, at, start)
        _append(zones, Zone(zone.kind, zones[-1].end if zones else 0, end))
        at = end
    _fill(zones, text, at, len(text))
    return tuple(zones)


def _fill(zones: list[Zone], text: str, start: int, end: int) -> None:
    """Account for ``text[start:end]``, which no marked zone claims."""
    if start >= end:
        return
    visible = _VISIBLE.search(text, start, end)
    if zones:
        seam = visible.start() if visible else end
        zones[-1] = Zone(zones[-1].kind, zones[-1].start, seam)
        start = seam
    if visible or start < end:
        _append(zones, Zone(ZoneKind.BODY, start, end))


def _append(zones: list[Zone], zone: Zone) -> None:
    """Add ``zone``, joined with the one before it when both are alike; each heading stays its own."""
    if zones and zones[-1].kind is zone.kind and zone.kind is not ZoneKind.HEADING:
        zones[-1] = Zone(zone.kind, zones[-1].start, zone.end)
    else:
        zones.append(zone)
