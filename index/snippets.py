"""The lines under a hit: the passage that holds most of what was searched for.

A snippet is one passage of the text, or two where one does not hold all the words, with white space
evened out and an ellipsis where something was left out. A passage never crosses the border of a zone or
paragraph, and never cuts a word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from index.analysis import is_unspaced
from index.text_matching import merged
from sources.model import Span, ZoneKind
from sources.text.reading_view import reading_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.text_matching import Finder, Match
    from sources.model import Source, Zone

# Not measured: about three lines of a terminal, and the hit where one looks first.
WIDTH = 220  # code points of a snippet, about
_LEAD = 80  # of these before the first hit
_LONGEST_WORD = 60  # a longer run without white space may be cut
_MOST_PLACES = 400  # places of one text that are weighed against each other
_FARTHEST = 4000  # code points around a hit that are looked at for the ends of its paragraph
_PER_LEAF = 20  # what one more word of the query in a passage is worth
_GAP = " … "
_SPACE = re.compile(r"\s+")
_BORDER = re.compile(r"\n[^\S\n]*(?:\n\s*)?")
_SENTENCE_START = re.compile(r"[.!?…][\"'”’»)]*\s+")


class Snippet(NamedTuple):
    """The text of a snippet, where in it the hits stand, and the hits of the best passage in the source."""

    text: str
    highlights: tuple[Span, ...]
    passage: Span | None = None


class _Passage(NamedTuple):
    """A stretch of the text that may be shown, and the hits in it."""

    block: Span
    found: tuple[Match, ...]


def snippet(source: Source, finder: Finder) -> Snippet:
    """Return the best passage of a source's text, or its beginning when the text has no hit."""
    source, view = reading_view(source)
    text = source.text
    found = finder.find(text, most=_MOST_PLACES)[:_MOST_PLACES]
    if not found:
        return _opening(source)
    dull = tuple((zone.start, zone.end, dullness) for zone in source.zones if (dullness := _dullness(zone)))
    borders = sorted({zone.start for zone in source.zones})
    best = _best(text, found, borders, dull, WIDTH)
    seen = {place.leaf for place in best.found}
    passage = Span(best.found[0].start, max(hit.end for hit in best.found))
    passage = passage if view is None else view.span(*passage)
    others = [place for place in found if place.leaf not in seen] if len(finder.leaves) > len(seen) else ()
    if not others:
        return _even(text, [(_widened(text, best, WIDTH), best.block)], found)._replace(passage=passage)
    second = _best(text, others, borders, dull, WIDTH // 2)
    stretches = [
        (_widened(text, passage, WIDTH * 5 // 8), passage.block)
        for passage in sorted((best, second), key=lambda passage: passage.found[0].start)
    ]
    (first, _), (last, _) = stretches
    if last.start < first.end:
        stretches = [(Span(first.start, max(first.end, last.end)), stretches[0][1])]
    return _even(text, stretches, found)._replace(passage=passage)


def _best(
    text: str,
    found: Sequence[Match],
    borders: Sequence[int],
    dull: Sequence[tuple[int, int, int]],
    width: int,
) -> _Passage:
    """Choose the passage of at most ``width`` with the most different leaves; the first of equals."""
    best, best_worth = (0, 0, Span(0, 0)), -(1 << 30)
    block_start = block_end = 0
    for place, (start, _, _) in enumerate(found):
        if start >= block_end:
            block_start, block_end = _block(text, start, borders)
        limit = min(block_end, start + width)
        leaves = until = longest = 0
        for until in range(place, len(found)):
            begin, end, leaf = found[until]
            if end > limit and until > place:
                break
            leaves |= 1 << leaf
            longest = max(longest, end - begin)
        else:
            until = len(found)
        worth = _PER_LEAF * leaves.bit_count() + min(until - place, 5) + min(longest // 20, 4)
        if dull:
            worth -= sum(dullness for begin, end, dullness in dull if begin <= start < end)
        if worth > best_worth:
            best, best_worth = (place, until, Span(block_start, block_end)), worth
    first, until, block = best
    return _Passage(block, tuple(found[first:until]))


def _dullness(zone: Zone) -> int:
    """Return how much less a passage is worth there: a hit shows the heading anyway."""
    if zone.kind.muted:
        return _PER_LEAF - 5
    return _PER_LEAF - 8 if zone.kind is ZoneKind.HEADING else 0


def _block(text: str, place: int, borders: Sequence[int]) -> Span:
    """Return the paragraph around ``place``, within one zone."""
    zone = bisect_right(borders, place)
    start = max(borders[zone - 1] if zone else 0, place - _FARTHEST)
    end = min(borders[zone] if zone < len(borders) else len(text), place + _FARTHEST)
    return Span(_paragraph_start(text, start, place), max(_paragraph_end(text, place, end), place))


def _paragraph_start(text: str, start: int, place: int) -> int:
    """Return where the paragraph around ``place`` begins, not before ``start``."""
    at = place
    while (line := text.rfind("\n", start, at)) >= 0:
        at = line
        if line > start and text[line - 1] == "\n" and not text[line + 1].isspace():
            return line + 1  # an empty line before, as mostly
        while at > start and text[at - 1].isspace():
            at -= 1
        match = _BORDER.search(text, at, place)
        if match is not None and _is_border(text, match):
            return match.end()
    return start


def _paragraph_end(text: str, place: int, end: int) -> int:
    """Return where the paragraph around ``place`` ends, at most at ``end``."""
    at = place
    while (line := text.find("\n", at, end)) >= 0:
        if line > place and text.startswith("\n", line + 1, end):
            return line  # an empty line behind, as mostly
        match = _BORDER.match(text, line, end)
        if match is None:
            break
        if match.start() > place and _is_border(text, match):
            return line
        at = match.end()
    return end


def _is_border(text: str, match: re.Match[str]) -> bool:
    """Tell whether a line end is no wrapping within a sentence; a blank line always is."""
    return match[0].count("\n") > 1 or not _wrapped(text, match.start(), match.end())


def _wrapped(text: str, end: int, start: int) -> bool:
    """Tell whether a line that ends at ``end`` goes on at ``start`` within a sentence."""
    return text[start : start + 1].islower() or text[end - 1 : end] in {",", "-", ";"}


def _widened(text: str, passage: _Passage, width: int) -> Span:
    """Return what to show of a passage: its hits with text on both sides, ending between words."""
    block = passage.block
    first = passage.found[0].start
    last = max(hit.end for hit in passage.found)
    room = max(width - (last - first), 0)
    start = _start(text, block, first, min(_LEAD, room))
    end = _end(text, block, last, max(start + width, last))
    return Span(start, end)


def _start(text: str, block: Span, first: int, room: int) -> int:
    """Return where to begin before ``first``: at a sentence if one begins near, else at a word."""
    earliest = max(block.start, first - room)
    if earliest == block.start:
        return block.start
    sentence = None
    for match in _SENTENCE_START.finditer(text, earliest, first):
        sentence = match.end()
    if sentence is not None:
        return sentence
    return _between_words(text, earliest, first)


def _between_words(text: str, place: int, latest: int) -> int:
    """Return the first place from ``place`` on where a word begins, at most ``latest``."""
    if place <= 0 or text[place - 1].isspace() or is_unspaced(text[place]):
        return place
    space = _SPACE.search(text, place, latest)
    return latest if space is None else space.end()


def _end(text: str, block: Span, last: int, latest: int) -> int:
    """Return where to end after ``last``: at the end of the block or of a word."""
    if latest >= block.end:
        return _stripped_end(text, last, block.end)
    if is_unspaced(text[latest]):
        return latest
    end = latest
    while end > last and not text[end].isspace() and not is_unspaced(text[end - 1]):
        end -= 1
    if end > last:
        return _stripped_end(text, last, end)
    space = _SPACE.search(text, last, min(block.end, last + _LONGEST_WORD))
    if space is not None:
        return space.start()
    return min(block.end, last + _LONGEST_WORD)


def _stripped_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _opening(source: Source) -> Snippet:
    """Return the beginning of the first stretch of a text that is neither muted nor a heading."""
    text = source.text
    lively = (
        zone.start for zone in source.zones if not _dullness(zone) and text[zone.start : zone.end].strip()
    )
    start = next(lively, 0)
    while start < len(text) and text[start].isspace():
        start += 1
    block = Span(start, min(len(text), start + 2 * WIDTH))
    end = _end(text, block, start, start + WIDTH) if start < len(text) else start
    return _even(text, [(Span(start, end), Span(start, len(text)))], ())


def _even(text: str, stretches: Sequence[tuple[Span, Span]], found: Iterable[Match]) -> Snippet:
    """Join stretches of the text with single spaces and ellipses, and carry the hits over."""
    first, last = stretches[0][0].start, stretches[-1][0].end
    hits = merged(hit for hit in found if first <= hit.start and hit.end <= last)
    pieces: list[str] = []
    highlights: list[Span] = []
    length = 0
    for order, (stretch, block) in enumerate(stretches):
        if order:
            pieces.append(_GAP)
        elif stretch.start > block.start and text[block.start : stretch.start].strip():
            pieces.append("… ")
        length = sum(map(len, pieces))
        at = stretch.start
        for start, end in hits:
            if not (stretch.start <= start and end <= stretch.end):
                continue
            # A hit begins and ends with a word, so no run of white space crosses its ends.
            before, hit = _spaced(text[at:start]), _spaced(text[start:end])
            pieces += (before, hit)
            begin = length + len(before)
            length = begin + len(hit)
            highlights.append(Span(begin, length))
            at = end
        pieces.append(_spaced(text[at : stretch.end]))
    block = stretches[-1][1]
    if text[last : block.end].strip():
        pieces.append(" …")
    return Snippet("".join(pieces), tuple(highlights))


def _spaced(text: str) -> str:
    """Return ``text`` with single spaces for runs of white space; most have none, which is told quickly."""
    return text if text.isprintable() and "  " not in text else _SPACE.sub(" ", text)
