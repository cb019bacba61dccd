"""Between the shared values and the columns that hold them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sources.model import PageZone, Ref, Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUMMARY_NUMBER = 0


def number_of(ref: Ref) -> int:
    """Return the number that stands for ``ref`` inside its story; 0 is the summary."""
    return SUMMARY_NUMBER if ref.number is None else ref.number


def ref_of(story: str, number: int) -> Ref:
    """Return the ref of source ``number`` of ``story``; 0 is the summary."""
    return Ref(story, None if number == SUMMARY_NUMBER else number)


def zones_to_json(zones: Iterable[Zone]) -> str:
    """Write the zones of a source's text."""
    return _compact([[zone.kind.value, zone.start, zone.end] for zone in zones])


def zones_from_json(written: str) -> tuple[Zone, ...]:
    """Read what `zones_to_json` wrote."""
    return tuple(Zone(ZoneKind(kind), start, end) for kind, start, end in json.loads(written))


def page_zones_to_json(zones: Iterable[PageZone]) -> str:
    """Write the zones of a story page."""
    return _compact([[zone.kind, zone.start, zone.end, zone.number] for zone in zones])


def page_zones_from_json(written: str) -> tuple[PageZone, ...]:
    """Read what `page_zones_to_json` wrote."""
    return tuple(PageZone(*fields) for fields in json.loads(written))


def partition_fault(zones: Sequence[Zone] | Sequence[PageZone], length: int) -> str | None:
    """Say where ``zones`` fail to cover a text of ``length`` code points once each; None when they do."""
    position = 0
    for zone in zones:
        if zone.start != position or zone.end <= zone.start:
            return f"a zone covers {zone.start} to {zone.end} where one from {position} is due"
        position = zone.end
    return None if position == length else f"the zones end at {position} of {length}"


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
