"""How one line of a text is drawn: margin, text with its marks, selection and cursor."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from sources.model import Span, ZoneKind
from tui.app.widgets.cells import cells, shown
from tui.app.widgets.reader_marks import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.app.widgets.reader_layout import Line

LEFT_MARGIN = 3
RIGHT_MARGIN = 5
SHARED_SIGN = "▎"
NOTE_SIGN = "ⁿ"
# What an entity's letter is called in the style sheet.
TAG_NAMES = {"P": "person", "O": "organisation", "L": "place", "T": "product", "E": "event"}
LABEL_SIGN = "│"
LABELS_SIGN = "║"  # where labelled spans overlap, or two stand on one line
SUGGESTION_SIGN = "┊"
_MOST_TAGS = RIGHT_MARGIN - 2

# What is reversed already cannot be reversed once more, so it stands out in another way.
_OVER_REVERSED = Style(reverse=False, bold=True, underline=True)
_OVERLAPPING = Style(bold=True, underline=True)
_LABELS = frozenset({MarkKind.LABEL, MarkKind.SUGGESTION})  # tagged on each of their lines


@dataclass(frozen=True, slots=True)
class Palette:
    """The styles of a reader, taken from its style sheet."""

    base: Style
    margin: Style
    title: Style
    byline: Style
    heading: Style
    muted: Style
    block_quote: Style
    marks: Mapping[MarkKind, Style]
    tags: Mapping[str, Style]  # laid over the mark of an entity by its letter
    current: Style
    landed: Style
    selection: Style
    cursor: Style
    cursor_blurred: Style
    colours: Mapping[str, Style]

    def of_mark(self, mark: Mark) -> Style:
        """Return the style of what a mark covers."""
        style = self.marks[mark.kind]
        own = self.tags.get(mark.tag) if mark.kind is MarkKind.ENTITY else self.colours.get(mark.colour)
        return style + own if own is not None else style

    def of_zone(self, kind: ZoneKind) -> Style:
        """Return the style of text in a zone of this kind."""
        if kind.muted:
            return self.base + self.muted
        if kind is ZoneKind.HEADING:
            return self.base + self.heading
        return self.base + self.block_quote if kind is ZoneKind.BLOCK_QUOTE else self.base


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies over a line: the mark that the cursor is in, where a jump led, selection, cursor's character.

    The cursor is ``blurred`` while keys go elsewhere.
    """

    current: Span | None = None
    landed: Span | None = None
    selection: Span | None = None
    cursor: Span | None = None
    blurred: bool = False

    def of_cursor(self, palette: Palette) -> Style:
        """Return the style of the cursor."""
        return palette.cursor_blurred if self.blurred else palette.cursor


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the text is in a row: cells to its left, its width, and cells to its right for tags."""

    left: int
    width: int
    right: int


def draw_line(
    text: str, line: Line, marks: Sequence[Mark], overlay: Overlay, frame: Frame, palette: Palette
) -> list[Segment]:
    """Return the segments of one row, as wide as its frame."""
    zone = palette.of_zone(line.kind)
    segments = _left_margin(marks, frame.left, palette)
    if line.lead:
        segments.append(Segment(line.lead, zone))
    segments.extend(_text_segments(text, line, marks, overlay, palette))
    put = sum(cells(each.what) for each in line.puts)
    used = cells(line.lead) + put + cells(text, line.start, line.end)
    cursor = overlay.cursor
    if cursor is not None and line.end <= cursor.start and not line.spacer:
        # Behind the text: the line's end, or white space that is not drawn.
        selected = overlay.selection is not None and overlay.selection.end >= cursor.start
        at_end = _over(zone + palette.selection if selected else zone, overlay.of_cursor(palette))
        segments.append(Segment(" ", at_end))
        segments.append(Segment(line.tail[1:], zone))
        used += 1 + cells(line.tail[1:])
    else:
        segments.append(Segment(line.tail, zone))
        used += cells(line.tail)
    tags = _tags(marks, line) if frame.right >= RIGHT_MARGIN else ""
    gap = max(0, frame.width + RIGHT_MARGIN - 1 - cells(tags) - used) if tags else 0
    segments.append(Segment(" " * gap, palette.base))
    segments.append(Segment(tags, palette.base + palette.margin))
    rest = frame.width + frame.right - used - gap - cells(tags)
    segments.append(Segment(" " * max(0, rest), palette.base))
    return [segment for segment in segments if segment.text]


def _left_margin(marks: Sequence[Mark], width: int, palette: Palette) -> list[Segment]:
    kinds = {mark.kind for mark in marks}
    signs = (SHARED_SIGN if MarkKind.SHARED in kinds else " ") + (
        NOTE_SIGN if MarkKind.NOTE in kinds else " "
    )
    pad = " " * max(0, width - LEFT_MARGIN)
    return [Segment(pad, palette.base), Segment(signs + _label_sign(marks), palette.base + palette.margin)]


def _label_sign(marks: Sequence[Mark]) -> str:
    labels = sum(mark.kind is MarkKind.LABEL for mark in marks)
    if labels:
        return LABEL_SIGN if labels == 1 else LABELS_SIGN
    return SUGGESTION_SIGN if any(mark.kind is MarkKind.SUGGESTION for mark in marks) else " "


def _tags(marks: Sequence[Mark], line: Line) -> str:
    tags = [
        shown(mark.tag[:1])
        for mark in marks
        if mark.tag and (mark.kind in _LABELS or line.start <= mark.start < line.end)
    ]
    more = len(tags) > _MOST_TAGS
    return "".join(tags[: _MOST_TAGS - 1]) + "+" if more else "".join(tags)


def _text_segments(
    text: str, line: Line, marks: Sequence[Mark], overlay: Overlay, palette: Palette
) -> list[Segment]:
    start, end = line.start, line.end
    covers = [] if overlay.landed is None else [(*overlay.landed, palette.landed)]
    covers += [(mark.start, mark.end, palette.of_mark(mark)) for mark in marks]
    labels = [mark for mark in marks if mark.kind is MarkKind.LABEL]
    if overlay.current is not None:
        covers.append((*overlay.current, palette.current))
    cuts = {place for low, high, _ in covers for place in (low, high)}
    cuts.update(overlay.selection or (), overlay.cursor or (), (put.at for put in line.puts))
    places = [start, *sorted(place for place in cuts if start < place < end), end]
    over = ((overlay.selection, palette.selection), (overlay.cursor, overlay.of_cursor(palette)))
    zone = palette.of_zone(line.kind)
    segments: list[Segment] = []

    def put_before(at: int) -> None:
        segments.extend(Segment(shown(put.what), zone + palette.margin) for put in line.puts if put.at == at)

    for low, high in pairwise(places):
        put_before(low)
        style = zone
        for cover_low, cover_high, addition in covers:
            if cover_low <= low and high <= cover_high:
                style += addition
        if sum(mark.start <= low and high <= mark.end for mark in labels) > 1:
            style += _OVERLAPPING
        for span, addition in over:
            if span is not None and span.start <= low and high <= span.end:
                style = _over(style, addition)
        segments.append(Segment(shown(text[low:high]), style))
    if end > start:
        put_before(end)
    return segments


def _over(style: Style, addition: Style) -> Style:
    """Lay a style over another so that it stands out even where both are reversed."""
    return style + (_OVER_REVERSED if style.reverse and addition.reverse else addition)
