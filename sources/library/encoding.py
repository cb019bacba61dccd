"""Between the shared values and the columns that hold them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from sources.model import (
    Anchor,
    Locator,
    LocatorKind,
    NoteState,
    PageZone,
    Piece,
    PieceKind,
    Ref,
    Target,
    Zone,
    ZoneKind,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

SUMMARY_NUMBER = 0
_Zone = TypeVar("_Zone", Zone, PageZone)


class Unreadable(ValueError):
    """A column does not hold what this program writes there: the file was damaged after it was written."""


def unreadable(
    rows: Iterable[tuple[Any, ...]], read: Callable[[tuple[Any, ...]], object], what: str
) -> Iterator[str]:
    """Yield a sentence for each row that ``read`` cannot read; ``what`` names it by its number."""
    for row in rows:
        try:
            read(row)
        except ValueError as error:
            yield f"{what.format(row[0])} is damaged: {error}."


def number_of(ref: Ref) -> int:
    """Return the number that stands for ``ref`` inside its story; 0 is the summary."""
    return SUMMARY_NUMBER if ref.number is None else ref.number


def ref_of(story: str, number: int) -> Ref:
    """Return the ref of source ``number`` of ``story``; 0 is the summary."""
    return Ref(story, None if number == SUMMARY_NUMBER else number)


def zones_to_json(zones: Iterable[Zone]) -> str:
    """Write the zones of a source's text."""
    return _compact([[zone.kind.value, zone.start, zone.end] for zone in zones])


def zones_from_json(written: str, length: int) -> tuple[Zone, ...]:
    """Read what `zones_to_json` wrote of a text of ``length`` code points; raises Unreadable."""
    try:
        zones = tuple(Zone(ZoneKind(kind), start, end) for kind, start, end in json.loads(written))
    except (ValueError, TypeError) as error:
        raise Unreadable("its zones cannot be read") from error
    return _covering(zones, length)


def locators_to_json(locators: Iterable[Locator]) -> str:
    """Write where the parts of the original begin in a text."""
    return _compact([[each.start, each.kind.value, each.name] for each in locators])


def locators_from_json(written: str, length: int) -> tuple[Locator, ...]:
    """Read what `locators_to_json` wrote of a text of ``length`` code points; raises Unreadable."""
    try:
        rows = [(int(start), LocatorKind(kind), str(name)) for start, kind, name in json.loads(written)]
    except (ValueError, TypeError) as error:
        raise Unreadable("its locators cannot be read") from error
    if fault := locator_fault([start for start, _, _ in rows], length):
        raise Unreadable(fault)
    return tuple(Locator(*row) for row in rows)


def pieces_to_json(pieces: Iterable[Piece]) -> str:
    """Write what an import found of a text's structure."""
    return _compact([[each.kind.value, *each[1:]] for each in pieces])


def pieces_from_json(written: str, length: int) -> tuple[Piece, ...]:
    """Read what `pieces_to_json` wrote of a text of ``length`` code points; raises Unreadable."""
    try:
        pieces = tuple(
            Piece(PieceKind(kind), int(start), int(end), int(level), str(address))
            for kind, start, end, level, address in json.loads(written)
        )
    except (ValueError, TypeError) as error:
        raise Unreadable("its structure cannot be read") from error
    if fault := piece_fault(pieces, length):
        raise Unreadable(fault)
    return pieces


def piece_fault(pieces: Iterable[Piece], length: int) -> str | None:
    """Say that one of the pieces is not within a text of ``length`` code points; None where all are."""
    is_right = all(0 <= each.start < each.end <= length for each in pieces)
    return None if is_right else "its structure is not within its text"


def locator_fault(starts: Sequence[int], length: int) -> str | None:
    """Say which of ``starts`` is not within a text of ``length`` code points, in order; None for none."""
    position = 0
    for start in starts:
        if not position <= start < max(length, 1):
            return f"a locator stands at {start} of {length}, after {position}"
        position = start
    return None


def page_zones_to_json(zones: Iterable[PageZone]) -> str:
    """Write the zones of a story page."""
    return _compact([[zone.kind, zone.start, zone.end, zone.number] for zone in zones])


def page_zones_from_json(written: str, length: int) -> tuple[PageZone, ...]:
    """Read what `page_zones_to_json` wrote of a page of ``length`` code points; raises Unreadable."""
    try:
        zones = tuple(PageZone(*fields) for fields in json.loads(written))
    except (ValueError, TypeError) as error:
        raise Unreadable("its zones cannot be read") from error
    return _covering(zones, length)


def partition_fault(zones: Sequence[Zone] | Sequence[PageZone], length: int) -> str | None:
    """Say where ``zones`` fail to cover a text of ``length`` code points once each; None when they do."""
    position = 0
    for zone in zones:
        if zone.start != position or zone.end <= zone.start:
            return f"a zone covers {zone.start} to {zone.end} where one from {position} is due"
        position = zone.end
    return None if position == length else f"the zones end at {position} of {length}"


def anchor_row(anchor: Anchor) -> list[Any]:
    """Return an anchor as a list of its fields."""
    return [anchor.start, anchor.end, anchor.quote, anchor.prefix, anchor.suffix]


def read_anchor(written: str | None) -> Anchor | None:
    """Read the anchor that a column holds as JSON; raises Unreadable."""
    if written is None:
        return None
    try:
        return Anchor(*json.loads(written))
    except (ValueError, TypeError) as error:
        raise Unreadable("an anchor cannot be read") from error


def target_row(target: Target) -> list[Any]:
    """Return a target as a row of its columns, in values that JSON can hold."""
    return [
        target.ref.story,
        number_of(target.ref),
        *anchor_row(target.anchor),
        target.state.value,
        target.confidence,
        target.version,
        None if target.made is None else json.dumps(anchor_row(target.made), ensure_ascii=False),
        target.made_version,
    ]


def read_target(row: Sequence[Any]) -> Target:
    """Return the target of a row of `target_row`; raises Unreadable."""
    story, number, *anchor, state, confidence, version, made, made_version = row
    return Target(
        ref_of(story, number),
        Anchor(*anchor),
        NoteState(state),
        confidence,
        version,
        read_anchor(made),
        made_version,
    )


def _covering(zones: tuple[_Zone, ...], length: int) -> tuple[_Zone, ...]:
    try:
        fault = partition_fault(zones, length)
    except TypeError as error:
        raise Unreadable("its zones cannot be read") from error
    if fault:
        raise Unreadable(fault)
    return zones


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
