"""The links of a text: their words, and the addresses that may be opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.model import PieceKind
from sources.text.addresses import address_to_open
from sources.text.structure import structure_of

if TYPE_CHECKING:
    from sources.model import Source


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a text: the span of its words, and an address of http, https or mailto to open."""

    start: int
    end: int
    words: str
    address: str


def links_in(source: Source) -> tuple[Link, ...]:
    """Return the links of a source's text in order that lead somewhere a browser may go."""
    return tuple(
        Link(piece.start, piece.end, " ".join(source.text[piece.start : piece.end].split()), address)
        for piece in structure_of(source)
        if piece.kind is PieceKind.LINK
        and (address := address_to_open(piece.address, source.url)) is not None
    )


def link_at(source: Source, offset: int) -> Link | None:
    """Return the link at an offset of a source's text, the narrowest; None where there is none."""
    here = [link for link in links_in(source) if link.start <= offset < link.end]
    return min(here, key=lambda link: link.end - link.start, default=None)
