"""The links of a text: their words, and the addresses that may be opened."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from sources.model import PieceKind
from sources.text.addresses import address_to_open
from sources.text.structure import structure_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.model import Source

_LONGEST = 2000  # code points of a link's words: no format finds longer ones


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a text: the span of its words, and an address of http, https or mailto to open.

    Addresses are numbered from 1 in the order of their first links.
    """

    start: int
    end: int
    words: str
    address: str
    number: int


def links_in(source: Source) -> tuple[Link, ...]:
    """Return the links of a source's text in order that lead somewhere a browser may go."""
    numbers: dict[str, int] = {}
    return tuple(
        Link(piece.start, piece.end, " ".join(source.text[piece.start : piece.end].split()), address, number)
        for piece in structure_of(source)
        if piece.kind is PieceKind.LINK
        and (address := address_to_open(piece.address, source.url)) is not None
        and (number := numbers.setdefault(address, len(numbers) + 1))
    )


def link_at(source: Source, offset: int) -> Link | None:
    """Return the link at an offset of a source's text, the narrowest; None where there is none."""
    return narrowest_link(links_in(source), offset)


def narrowest_link(links: Sequence[Link], offset: int) -> Link | None:
    """Return the narrowest of some links at an offset; they are in order of their starts."""
    low = bisect_left(links, offset - _LONGEST, key=attrgetter("start"))
    high = bisect_right(links, offset, key=attrgetter("start"))
    here = [link for link in links[low:high] if offset < link.end]
    return min(here, key=lambda link: link.end - link.start, default=None)
