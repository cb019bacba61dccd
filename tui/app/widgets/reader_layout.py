"""Lays a text out in lines of a given width, and tells which offset is in which cell.

A visual line is a span of the text; white space at which a line was broken belongs to the line before
the break and is not drawn. Nothing here knows styles or widgets.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Zone, ZoneKind
from tui.app.widgets.cells import HIDDEN, NOT_PLAIN, WIDTHS, cells, fit, joins_previous, offset_at_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


MUTED_SIGN = "░"
NARROWEST = 4

_BLANKS = " \t"
_NOT_DRAWN = f" \t{HIDDEN}"  # at the end of a line
_NOT_BLANK = re.compile(r"[^ \t]")
_NOT_SIMPLE = re.compile(rf"{NOT_PLAIN.pattern}|\t")
_DASH = re.compile("[-—–]")
_WRITTEN = re.compile(r"\S")
_MOST_PER_CELL = 8  # a pile of combining marks must not make one endless line
_ONE_PARAGRAPH_A_LINE = 120
_NO_LINE_START = frozenset("、。，．・：；？！）］｝〉》」』】〕〗”’…ー")
_NO_LINE_END = frozenset("（［｛〈《「『【〔〖“‘")


class Put(NamedTuple):
    """What is drawn before the character at an offset, and stands for no text."""

    at: int
    what: str


class Table(NamedTuple):
    """A table that is drawn in columns where it has the room: the cells that it needs, and what is put then.

    ``loose`` is what is put where it has not; ``rule`` is where the line under its head begins.
    """

    width: int
    puts: tuple[Put, ...]
    loose: tuple[Put, ...]
    rule: int = -1


@dataclass(frozen=True, slots=True)
class Shape:
    """How a text is laid out beyond its zones.

    ``hangs`` are the cells by which a line's continuations are indented, by the line's start; before the
    lines at ``tight`` there is never a blank one.
    """

    hangs: Mapping[int, int] = field(default_factory=dict)
    puts: tuple[Put, ...] = ()
    tables: tuple[Table, ...] = ()
    tight: frozenset[int] = frozenset()

    def puts_at(self, room: int) -> _Puts:
        """Return all that is put into lines of so many cells."""
        found = list(self.puts)
        for table in self.tables:
            fits = table.width <= room
            found += table.puts if fits else table.loose
            if table.rule >= 0 and not fits:
                found.append(Put(table.rule, "─" * room))
        return _Puts(sorted(found, key=lambda put: put.at))


class _Puts:
    """What is put into a text, found by place."""

    def __init__(self, puts: Sequence[Put]) -> None:
        self._puts = puts
        self._places = [put.at for put in puts]

    def __bool__(self) -> bool:
        return bool(self._places)

    def within(self, start: int, end: int, *, first: bool) -> tuple[Put, ...]:
        """Return what is put into a line; before its first character only where it is a paragraph's first."""
        low = (bisect_left if first else bisect_right)(self._places, start)
        return tuple(self._puts[low : bisect_right(self._places, end)])


PLAIN = Shape()
_NOTHING_PUT = _Puts(())


class Line(NamedTuple):
    """One line on the screen: ``text[start:end]`` is drawn, between ``lead`` and ``tail``.

    A spacer stands for no text: its ``start`` is that of the line after it.
    """

    start: int
    end: int
    kind: ZoneKind = ZoneKind.BODY
    lead: str = ""
    tail: str = ""
    spacer: bool = False
    puts: tuple[Put, ...] = ()


class _Block(NamedTuple):
    """A stretch of one paragraph that lies in one zone."""

    start: int
    end: int
    kind: ZoneKind
    closes: bool  # the zone ends with it


class Layout:
    """The lines of a text at one width, and the way between offsets and cells.

    Columns count cells from the left edge of the text area, the line's ``lead`` included.
    """

    def __init__(self, text: str, lines: Sequence[Line], width: int) -> None:
        self.text = text
        self.lines = lines
        self.width = width
        self._starts = [line.start for line in lines]

    def __len__(self) -> int:
        return len(self.lines)

    def line_of(self, offset: int) -> int:
        """Return the index of the line that shows ``offset``, or that it was broken off from."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def place_of(self, offset: int) -> tuple[int, int]:
        """Return the line index and the column of ``offset``; beyond a line's end is its end."""
        index = self.line_of(offset)
        line = self.lines[index]
        put = sum(cells(put.what) for put in line.puts if put.at <= offset)
        return index, cells(line.lead) + put + cells(self.text, line.start, min(offset, line.end))

    def offset_at(self, index: int, column: int) -> int:
        """Return the offset at ``column`` of a line; right of its text is the line's end."""
        index = min(max(index, 0), len(self.lines) - 1)
        line = self.lines[index]
        column -= cells(line.lead)
        for put in line.puts:
            before, own = cells(self.text, line.start, put.at), cells(put.what)
            if column < before + own:
                column = min(column, before)
                break
            column -= own
        return offset_at_cell(self.text, line.start, line.end, column)

    def text_line(self, index: int, direction: int) -> int:
        """Return the nearest line from ``index`` on that is no spacer, looking one way, then the other."""
        last = len(self.lines) - 1
        index = min(max(index, 0), last)
        for step in (direction, -direction):
            place = index
            while 0 <= place <= last:
                if not self.lines[place].spacer:
                    return place
                place += step
        return index

    def next_offset(self, offset: int) -> int:
        """Return the next place for a cursor: past combining marks and white space that is not drawn."""
        if offset >= len(self.text):
            return len(self.text)
        line = self.line_of(offset)
        following = offset + 1
        while joins_previous(self.text, following) or self.text[following : following + 1] == HIDDEN:
            following += 1
        if following > self.lines[line].end:
            after = self.text_line(line + 1, 1)
            return self.lines[after].start if after > line else len(self.text)
        return following

    def previous_offset(self, offset: int) -> int:
        """Return the place before ``offset`` for a cursor."""
        line = self.lines[self.line_of(offset)]
        begin = line.start
        while begin < offset and self.text[begin : begin + 1] == HIDDEN:
            begin += 1
        if offset <= begin:
            index = self.line_of(offset)
            before = self.text_line(index - 1, -1) if index else 0
            if before >= index:
                return line.start
            end, start = self.lines[before].end, self.lines[before].start
            follows_directly = not self.text[end : line.start].strip(HIDDEN)
            return self._cluster_start(end - 1) if follows_directly and end > start else end
        return self._cluster_start(min(offset, line.end + 1) - 1)

    def _cluster_start(self, offset: int) -> int:
        while offset and (joins_previous(self.text, offset) or self.text[offset] == HIDDEN):
            offset -= 1
        return offset


def lay_out(text: str, width: int, zones: Sequence[Zone] = (), shape: Shape = PLAIN) -> Layout:
    """Break ``text`` into lines of at most ``width`` cells; zones give leads, tails and breaks."""
    width = max(width, NARROWEST)
    puts = shape.puts_at(width)
    lines: list[Line] = []
    spaced = _has_one_paragraph_a_line(text)
    for start, end in _paragraphs(text):
        first = _NOT_BLANK.search(text, start, end)
        if first is None:
            if not lines or lines[-1].start < lines[-1].end:
                lines.append(Line(start, start))
            continue
        if spaced and lines and lines[-1].start < lines[-1].end and start not in shape.tight:
            lines.append(Line(start, start, spacer=True))
        for block in _blocks(text, start, end, zones):
            lines.extend(_block_lines(text, block, width, shape.hangs.get(block.start, 0), puts))
    return Layout(text, lines or [Line(0, 0)], width)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    if start < len(text):
        yield start, len(text)


def _has_one_paragraph_a_line(text: str) -> bool:
    """Tell whether line ends are paragraph ends that need a blank line to be seen as such."""
    blank = written = longest = 0
    for start, end in _paragraphs(text):
        if _NOT_BLANK.search(text, start, end) is None:
            blank += 1
        else:
            written += 1
            longest = max(longest, end - start)
    return longest > _ONE_PARAGRAPH_A_LINE and blank * 4 < written


def _blocks(text: str, start: int, end: int, zones: Sequence[Zone]) -> Iterator[_Block]:
    """Cut a paragraph where its zone's kind changes, or a muted zone ends and another begins."""
    place = bisect_right(zones, start, key=lambda zone: zone.end)
    pieces: list[_Block] = []
    while start < end:
        zone = zones[place] if place < len(zones) else Zone(ZoneKind.BODY, start, end)
        place += 1
        stop = min(zone.end, end)
        if stop <= start:
            continue
        blank = _NOT_BLANK.search(text, start, stop) is None
        alike = pieces and pieces[-1].kind is zone.kind and not zone.kind.muted
        if pieces and (blank or alike):
            pieces[-1] = pieces[-1]._replace(end=stop, closes=pieces[-1].closes and blank)
        else:
            closes = _WRITTEN.search(text, stop, zone.end) is None
            pieces.append(_Block(start, stop, zone.kind, closes))
        start = stop
    yield from pieces


def _block_lines(text: str, block: _Block, width: int, hang: int, puts: _Puts) -> Iterator[Line]:
    kind = block.kind
    lead = f"{MUTED_SIGN} " if kind.muted else "│ " if kind is ZoneKind.BLOCK_QUOTE else ""
    tail = f" {MUTED_SIGN}" if kind.muted and block.closes else ""
    room = max(NARROWEST, width - cells(lead) - (2 if kind.muted else 0))
    hang = hang if hang <= room // 2 else 0
    first = True
    for start, end, last in broken_lines(text, block.start, block.end, room, hang, puts):
        line_lead = lead if first else lead + " " * hang
        put = puts.within(start, end, first=first) if puts else ()
        yield Line(start, end, kind, line_lead, tail if last else "", puts=put)
        first = False


def broken_lines(
    text: str, start: int, end: int, width: int, hang: int = 0, puts: _Puts = _NOTHING_PUT
) -> Iterator[tuple[int, int, bool]]:
    """Break one paragraph: yield (start, end of what is drawn, whether it is the last) of each line."""
    if not hang and not puts and _NOT_SIMPLE.search(text, start, end) is None:
        yield from _simple_lines(text, start, end, width)
        return
    first = True
    while True:
        limit = fit(text, start, end, width)
        if puts and (put := puts.within(start, limit, first=first)):
            limit = fit(text, start, end, max(1, width - sum(cells(each.what) for each in put)))
        most = start + _MOST_PER_CELL * width
        if limit > most:
            limit = min(limit, most + text.count(HIDDEN, start, limit))
        if first:
            width, first = max(1, width - hang), False
        limit = max(limit, start + 1)
        while limit < end and limit > start + 1 and joins_previous(text, limit):
            limit -= 1
        if limit < end:
            stop = limit if text[limit] in _BLANKS else _break_before(text, start, limit)
            found = _NOT_BLANK.search(text, stop, end)
            following = found.start() if found else end
        else:
            stop = following = end
        drawn = stop
        while drawn > start and text[drawn - 1] in _NOT_DRAWN:
            drawn -= 1
        yield start, drawn, following >= end
        if following >= end:
            return
        start = following


def _simple_lines(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int, bool]]:
    """Break a paragraph that has a cell for each character, as most have: `broken_lines`, but quicker."""
    has_dashes = _DASH.search(text, start, end) is not None
    if text[start : start + 1] == " ":
        found = _NOT_BLANK.search(text, start, end)
        least = min(found.start() if found else end, start + width) + 1
    else:
        least = start + 1
    while end - start > width:
        stop = start + width
        if text[stop] == " ":
            pass
        elif has_dashes:
            stop = _break_before(text, start, stop)
        else:
            best = text.rfind(" ", least, stop) + 1
            stop = best if best > least else stop
        drawn = following = stop
        while drawn > start and text[drawn - 1] == " ":
            drawn -= 1
        while following < end and text[following] == " ":
            following += 1
        yield start, drawn, following >= end
        if following >= end:
            return
        start, least = following, following + 1
    drawn = end
    while drawn > start and text[drawn - 1] == " ":
        drawn -= 1
    yield start, drawn, True


def _break_before(text: str, start: int, limit: int) -> int:
    """Return where to break a line that may hold ``text[start:limit]``: after a word where there is one."""
    indent = _NOT_BLANK.search(text, start, limit)
    least = indent.start() + 1 if indent else limit
    best = max(text.rfind(" ", least, limit), text.rfind("\t", least, limit)) + 1
    for dash in "-—–":
        place = text.rfind(dash, max(least, best), limit) + 1
        if place > best and text[place - 2].isalnum() and text[place].isalpha():
            best = place
    if NOT_PLAIN.search(text, max(start, best), limit + 1):
        best = _break_between_wide(text, max(least, best), limit) or best
    return best if best > least else limit


def _break_between_wide(text: str, least: int, limit: int) -> int:
    """Return the last place beside a wide character where East Asian text may break, or 0."""
    for place in range(limit, least, -1):
        before, after = text[place - 1], text[place]
        beside_wide = WIDTHS[before] == 2 or WIDTHS[after] == 2
        if (
            beside_wide
            and WIDTHS[after]
            and WIDTHS[before]
            and after not in _NO_LINE_START
            and before not in _NO_LINE_END
        ):
            return place
    return 0
