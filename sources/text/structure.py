"""The structure of a source's text, whatever its format: as pieces, and as an outline of its headings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Piece, PieceKind, ZoneKind
from sources.text.markdown import bare_links, markdown_pieces
from sources.text.reading_view import MARKDOWN, WITH_LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.model import Source, Zone

# Lines of texts that are not in Markdown: items as imports of web pages, books and office files write them.
_ITEM = re.compile(r"[ \t]*(?:[-*•–]|[0-9]{1,3}[.)])[ \t]+(?=\S)")
_LINE = re.compile(r"[^\n]+")
_BETWEEN_CELLS = " | "
_FEWEST_ROWS = 2
# Headings of a plain text: alone between blank lines, short, without a full stop, and several of one kind.
_LONGEST_HEADING = 80
_FEWEST_HEADINGS = 2
_ALONE = re.compile(r"(?:\A|\n[ \t]*\n)(?P<line>[ \t]*[^\s][^\n]{0,120})(?=\n[ \t]*(?:\n|\Z)|\Z)")
_NUMBERED = re.compile(r"(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2}){0,3})\.?[ \t]+[^\W\d_].*", re.DOTALL)
_CHAPTER = re.compile(
    r"(?:chapter|part|section|book|appendix) (?:[0-9]{1,3}|[ivxlc]{1,7})\b.*", re.IGNORECASE
)
_FEWEST_LETTERS = 4
_STOPS = (".", ",", ";", "!", "…")


class TextHeading(NamedTuple):
    """A heading of a text: its level from 1, its span with all signs, and its words."""

    level: int
    start: int
    end: int
    words: str


def structure_of(source: Source) -> tuple[Piece, ...]:
    """Return the pieces of a source's text, in order of their starts, the longer first."""
    is_markdown = source.origin.format.removesuffix(WITH_LINKS) == MARKDOWN
    return _pieces(source.text, source.zones, source.pieces, is_markdown=is_markdown)


@lru_cache(maxsize=2)  # the text that is read, and the one beside it
def _pieces(
    text: str, zones: tuple[Zone, ...], kept: tuple[Piece, ...], *, is_markdown: bool
) -> tuple[Piece, ...]:
    if is_markdown:
        return markdown_pieces(text, _end_of_front_matter(text, zones))
    levels = {piece.start: piece.level for piece in kept if piece.kind is PieceKind.HEADING}
    headings = [
        Piece(PieceKind.HEADING, zone.start, zone.end, levels.get(zone.start, 1))
        for zone in zones
        if zone.kind is ZoneKind.HEADING
    ]
    if len(headings) < _FEWEST_HEADINGS:
        headings += (one for one in _sure_headings(text) if not headings or one.start >= headings[0].end)
    looks = [piece for piece in kept if piece.kind is not PieceKind.HEADING]
    linked = {place for piece in looks if piece.kind is PieceKind.LINK for place in (piece.start, piece.end)}
    bare = (link for link in bare_links(text) if not {link.start, link.end} & linked)
    found = (*headings, *looks, *_lists(text), *_tables(text), *bare)
    return tuple(sorted(found, key=lambda piece: (piece.start, -piece.end)))


def outline_of(source: Source) -> tuple[TextHeading, ...]:
    """Return the headings of a source's text in order."""
    found: list[TextHeading] = []
    pieces = structure_of(source)
    for number, piece in enumerate(pieces):
        if piece.kind is not PieceKind.HEADING:
            continue
        words, at = [], piece.start
        for inner in pieces[number + 1 :]:
            if inner.start >= piece.end:
                break
            if inner.kind in {PieceKind.SIGN, PieceKind.MARKUP} and inner.start >= at:
                words.append(source.text[at : inner.start])
                at = min(inner.end, piece.end)
        words.append(source.text[at : piece.end])
        if said := " ".join("".join(words).split()):
            found.append(TextHeading(piece.level, piece.start, piece.end, said))
    return tuple(found)


def _lists(text: str) -> Iterator[Piece]:
    for line in _LINE.finditer(text):
        if (item := _ITEM.match(text, *line.span())) is not None:
            yield Piece(PieceKind.ITEM, *line.span(), item.end() - item.start())


def _tables(text: str) -> Iterator[Piece]:
    """Yield lines below each other that have the same number of cells."""
    if _BETWEEN_CELLS not in text:
        return
    start = last = cells = rows = 0
    for line in (*_LINE.finditer(text), None):
        count = line[0].count(_BETWEEN_CELLS) if line is not None else 0
        if line is not None and count and count == cells and line.start() == last + 1:
            rows, last = rows + 1, line.end()
            continue
        if rows >= _FEWEST_ROWS:
            yield Piece(PieceKind.TABLE, start, last)
        if line is not None:
            start, last, cells, rows = line.start(), line.end(), count, 1 if count else 0


def _sure_headings(text: str) -> list[Piece]:
    """Return the headings of a text that marks none: numbered, of chapters, or in capitals."""
    numbered: list[Piece] = []
    chapters: list[Piece] = []
    capitals: list[Piece] = []
    before: tuple[int, ...] = (0,)
    for match in _ALONE.finditer(text):
        said = match["line"].strip()
        if len(said) > _LONGEST_HEADING or said.endswith(_STOPS):
            continue
        start = match.start("line") + len(match["line"]) - len(match["line"].lstrip())
        if (found := _NUMBERED.fullmatch(said)) is not None:
            number = tuple(map(int, found["number"].split(".")))
            if not _follows(before, number):
                return []  # a list of figures or days, not of parts
            before = number
            numbered.append(Piece(PieceKind.HEADING, start, start + len(said), len(number)))
        elif _CHAPTER.fullmatch(said):
            chapters.append(Piece(PieceKind.HEADING, start, start + len(said), 1))
        elif said.isupper() and sum(letter.isalpha() for letter in said) >= _FEWEST_LETTERS:
            capitals.append(Piece(PieceKind.HEADING, start, start + len(said), 1))
    kinds = [kind for kind in (numbered, chapters, capitals) if len(kind) >= _FEWEST_HEADINGS]
    return kinds[0] if kinds else []


def _follows(before: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Tell whether a part may come after another: the next of its kind or of one above, or its first part."""
    if number == (*before, 1):
        return True
    return any(number == (*before[:depth], before[depth] + 1) for depth in range(len(before)))


def _end_of_front_matter(text: str, zones: tuple[Zone, ...]) -> int:
    is_there = (
        bool(zones) and zones[0].kind is ZoneKind.BOILERPLATE and text[:20].lstrip()[:3] in {"---", "+++"}
    )
    return zones[0].end if is_there else 0
