"""Pages and times of passages as a column of tables and of CSV, where a source has any."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from tui.cli.console import Column
from tui.services.evidence import sheet
from tui.services.wording import short_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sources.model import Ref
    from tui.services.original_places import OriginalPlaces


class Mention(Protocol):
    """Something that stands at a place of a source."""

    @property
    def ref(self) -> Ref:
        """The source."""

    @property
    def start(self) -> int:
        """Where in it that begins."""

    @property
    def end(self) -> int:
        """Where in it that ends."""


def where(places: OriginalPlaces, mentions: Callable[[Any], Iterable[Mention]]) -> tuple[Column, ...]:
    """Return the column that says of each row where its mentions are; none where no source has places."""
    if not places.locators:
        return ()

    def listed(row: Any) -> str:
        return places.listed(((one.ref, one.start, one.end) for one in mentions(row)), _name)

    return (Column("WHERE", listed, 12),)


def _name(ref: Ref) -> str:
    return short_number(replace(ref, version=None) if ref.version == 1 else ref)


def mention_sheet(
    headings: Sequence[str],
    rows: Iterable[tuple[Sequence[str | int | float], Mention]],
    places: OriginalPlaces,
) -> str:
    """Return rows, each about a mention, as CSV; with the column ``place`` where a source has places."""
    if not places.locators:
        return sheet(headings, (cells for cells, _ in rows))
    placed = ((*cells, str(places.of(one.ref, one.start, one.end) or "")) for cells, one in rows)
    return sheet((*headings, "place"), placed)
