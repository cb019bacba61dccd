"""What a web page stresses and where its links lead, found again in the text that was taken from it.

A text is the words of the page and no more. Here the words of the page are held against it, without white
space, line by line: what encloses words there becomes a piece of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sources.formats.seen_html import SeenHtml
from sources.formats.visible_text import FURNITURE, UNSEEN
from sources.model import Piece, PieceKind
from sources.text.addresses import address_to_open
from sources.text.cleaning import clean_text

if TYPE_CHECKING:
    from sources.formats.seen_html import Attributes

_KINDS = {
    "a": PieceKind.LINK, "em": PieceKind.EMPHASIS, "i": PieceKind.EMPHASIS, "strong": PieceKind.STRONG,
    "b": PieceKind.STRONG, "code": PieceKind.CODE,
    **{f"h{level}": PieceKind.HEADING for level in range(1, 7)},
}  # fmt: skip
_HIDDEN = UNSEEN | FURNITURE
_ANY_PAGE = "https://page.example/"  # that an address is relative is no reason to leave it out
_MOST = 20_000  # pieces that are kept of a page, and that may be open in one another
_LONG = 30  # letters of a line that is found for sure; shorter ones are looked for between two of these
_NEAR = 2000  # letters within which a short line has to come
_MOST_MISSES = 300  # long lines that are not found: each has the whole page searched
_LINE = re.compile(r"[^\n]+")
_SPACE = re.compile(r"\s+")


class _Found(NamedTuple):
    """A part of the text, by the places of its letters, and where it is among the letters of the page."""

    at: int
    places: list[int]


class _Reader(SeenHtml):
    """Gathers the letters of a page, and what encloses them."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._length = 0
        self._open: list[tuple[str, int, str]] = []  # tag, where it began, address
        self.spans: list[Piece] = []

    @property
    def letters(self) -> str:
        return "".join(self._parts)

    def hides(self, tag: str, given: Attributes) -> bool:  # noqa: ARG002 - others hide by these
        return tag in _HIDDEN

    def begin(self, tag: str, given: Attributes) -> None:
        if tag in _KINDS and len(self._open) < _MOST:
            address = address_to_open(given.get("href") or "", _ANY_PAGE) if tag == "a" else ""
            kept = (given.get("href") or "").strip() if address else ""
            self._open.append((tag, self._length, kept))

    def end(self, tag: str) -> None:
        if tag not in _KINDS or not self._open or self._open[-1][0] != tag:
            return  # what is not closed in order says nothing sure
        _, start, address = self._open.pop()
        if start < self._length and (tag != "a" or address):
            level = int(tag[1]) if _KINDS[tag] is PieceKind.HEADING else 0
            self.spans.append(Piece(_KINDS[tag], start, self._length, level, address))

    def said(self, words: str) -> None:
        letters = _SPACE.sub("", clean_text(words))
        self._parts.append(letters)
        self._length += len(letters)


def page_pieces(page: str, text: str) -> tuple[Piece, ...]:
    """Return the links, stressed words, code and levels of headings of a page as pieces of its ``text``."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    found = sorted(_found(reader.letters, text), key=lambda part: part.at)
    starts = [part.at for part in found]
    pieces: list[Piece] = []
    for span in reader.spans:
        first = max(0, bisect_right(starts, span.start) - 1)
        for part in found[first : bisect_left(starts, span.end)]:
            low, high = max(span.start - part.at, 0), min(span.end - part.at, len(part.places))
            if low < high and len(pieces) < _MOST:
                pieces.append(span._replace(start=part.places[low], end=part.places[high - 1] + 1))
    return tuple(sorted(set(pieces), key=lambda piece: (piece.start, -piece.end, piece.kind)))


def _found(letters: str, text: str) -> list[_Found]:
    """Return the parts of a text, its lines and the cells of its tables, that are among the letters."""
    parts = [_places(text, *span) for line in _LINE.finditer(text) for span in _parts(text, *line.span())]
    said = ["".join(text[place] for place in places) for places in parts]
    where = [-1] * len(parts)
    at = misses = 0
    for number, words in enumerate(said):
        if len(words) >= _LONG and misses < _MOST_MISSES:
            where[number] = letters.find(words, at)
            if where[number] >= 0:
                at = where[number] + len(words)
            else:
                misses += 1
    _find_short(letters, said, where)
    return [_Found(at, places) for at, places in zip(where, parts, strict=True) if at >= 0]


def _find_short(letters: str, said: list[str], where: list[int]) -> None:
    """Find short lines too: right before the next that was found; behind the last, right after it."""
    long = [number for number, place in enumerate(where) if place >= 0]
    last = long[-1] if long else -1
    before = 0  # how far the letters are taken up by the long line before
    high = len(letters)
    previous = {number: where[one] + len(said[one]) for one, number in pairwise(long)}
    for number in range(last, -1, -1):
        if where[number] >= 0:
            high, before = where[number], previous.get(number, 0)
        elif 0 < len(said[number]) < _LONG:
            where[number] = letters.rfind(said[number], max(before, high - _NEAR), high)
            high = where[number] if where[number] >= 0 else high
    low = where[last] + len(said[last]) if long else 0
    for number in range(last + 1, len(said)):
        if 0 < len(said[number]) < _LONG:
            where[number] = letters.find(said[number], low, low + _NEAR)
            low = where[number] + len(said[number]) if where[number] >= 0 else low


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a line without the sign of an item; of a row of a table, its cells."""
    if text.startswith("- ", start):
        start += 2
    spans = []
    while (bar := text.find(" | ", start, end)) >= 0:
        spans.append((start, bar))
        start = bar + 3
    return [*spans, (start, end)]


def _places(text: str, start: int, end: int) -> list[int]:
    return [place for place in range(start, end) if not text[place].isspace()]
