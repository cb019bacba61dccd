"""The structure of a source's text, whatever its format: as pieces, and as an outline of its headings."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sources.model import Piece, PieceKind, ZoneKind
from sources.text.markdown import bare_links, markdown_pieces
from sources.text.reading_view import MARKDOWN, WITH_LINKS

if TYPE_CHECKING:
    from sources.model import Source, Zone


def structure_of(source: Source) -> tuple[Piece, ...]:
    """Return the pieces of a source's text, in order of their starts, the longer first."""
    is_markdown = source.origin.format.removesuffix(WITH_LINKS) == MARKDOWN
    return _pieces(source.text, source.zones, is_markdown=is_markdown)


@lru_cache(maxsize=2)  # the text that is read, and the one beside it
def _pieces(text: str, zones: tuple[Zone, ...], *, is_markdown: bool) -> tuple[Piece, ...]:
    if is_markdown:
        return markdown_pieces(text, _end_of_front_matter(text, zones))
    headings = (
        Piece(PieceKind.HEADING, zone.start, zone.end, 1) for zone in zones if zone.kind is ZoneKind.HEADING
    )
    return tuple(sorted((*headings, *bare_links(text)), key=lambda piece: (piece.start, -piece.end)))


def _end_of_front_matter(text: str, zones: tuple[Zone, ...]) -> int:
    is_there = (
        bool(zones) and zones[0].kind is ZoneKind.BOILERPLATE and text[:20].lstrip()[:3] in {"---", "+++"}
    )
    return zones[0].end if is_there else 0
