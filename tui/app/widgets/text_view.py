"""A text on the screen: laid out to the width, drawn line by line as it comes into view.

What a reader does with keys and mouse is in ``reader``; this is what it looks like.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.cache import LRUCache
from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from sources.model import COLOURS, Span, Zone, ZoneKind
from tui.app.widgets.cells import Drawn, shown
from tui.app.widgets.reader_drawing import (  # fmt: skip
    LEFT_MARGIN,
    RIGHT_MARGIN,
    TAG_NAMES,
    Frame,
    Overlay,
    Palette,
    draw_line,
)
from tui.app.widgets.reader_dress import BARE, Dress
from tui.app.widgets.reader_layout import NARROWEST, Layout, lay_out
from tui.app.widgets.reader_marks import MarkKind, MarkTable
from tui.app.widgets.text_cursor import TextCursor
from tui.services.links import narrowest_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.services.links import Link

MEASURE = 88  # cells; longer lines are hard to read
CONTEXT_LINES = 3
# A mark of these kinds has a look of its own while the cursor is in it.
CURRENT_KINDS = frozenset(
    {MarkKind.ENTITY, MarkKind.FIGURE, MarkKind.DISSENT, MarkKind.CITATION, MarkKind.HIT, MarkKind.FIND}
)
_NARROW = 40  # below this the margin for tags is given to the text


@dataclass(frozen=True, slots=True)
class ReaderDocument:
    """What a reader shows: ``ref`` names it, offsets of zones and sentences are those of ``text``."""

    ref: str
    title: str
    byline: str
    text: str
    zones: tuple[Zone, ...] = ()
    sentences: tuple[Span, ...] = ()
    dress: Dress = BARE
    links: tuple[Link, ...] = ()

    @property
    def shown(self) -> str:
        """The text as it is drawn, as long as the text itself."""
        return self.dress.text or self.text

    def link_at(self, offset: int) -> Link | None:
        """Return the narrowest link at an offset, None where there is none."""
        return narrowest_link(self.links, offset)


class TextView(Drawn, ScrollView):
    """Draws one document with marks, cursor and selection; only lines in view are styled."""

    STYLES = "reader"

    DEFAULT_CSS = """
    TextView {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        border-left: blank;
        & > .reader--title { text-style: bold; }
        & > .reader--byline { color: $text-muted; }
        & > .reader--margin { color: $text-muted; }
        & > .reader--heading { text-style: bold; }
        & > .reader--muted { text-style: dim; }
        & > .reader--sign { text-style: dim; }
        & > .reader--strong { text-style: bold; }
        & > .reader--emphasis { text-style: italic; }
        & > .reader--code { color: $text-secondary; }
        & > .reader--link { text-style: underline; color: $text-primary; }
        & > .reader--entity { text-style: underline; }
        & > .reader--figure { text-style: bold; }
        & > .reader--dissent { text-style: bold; color: $text-error; }
        & > .reader--person { color: $text-success; }
        & > .reader--organisation { color: $text-primary; }
        & > .reader--place { color: $text-warning; }
        & > .reader--product { color: $text-secondary; }
        & > .reader--event { color: $text-accent; }
        & > .reader--quote { text-style: italic; }
        & > .reader--citation { text-style: bold underline; color: $text-accent; }
        & > .reader--label { text-style: underline; }
        & > .reader--suggestion { text-style: italic underline; }
        & > .reader--yellow { background: #d8b26a 28%; }
        & > .reader--green { background: #7fae70 28%; }
        & > .reader--blue { background: #6d9bd1 28%; }
        & > .reader--pink { background: #d68bb0 28%; }
        & > .reader--purple { background: #a184cf 28%; }
        & > .reader--orange { background: #d9905a 28%; }
        & > .reader--red { background: #cf6f6a 28%; }
        & > .reader--grey { background: #8a8a8a 28%; }
        & > .reader--note { text-style: uu; }
        & > .reader--hit { text-style: reverse; }
        & > .reader--find { text-style: bold reverse; }
        & > .reader--current { text-style: bold underline reverse; }
        & > .reader--landed { text-style: bold; background: $boost; }
        & > .reader--selection { text-style: reverse; }
        & > .reader--cursor { text-style: reverse; }
        & > .reader--cursor-blurred { text-style: bold underline; }
    }
    TextView:focus {
        border-left: outer $accent;
    }
    """

    def __init__(
        self,
        document: ReaderDocument | None = None,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 -- the name every widget has for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._document = document or ReaderDocument("", "", "", "")
        self._cursor = TextCursor(self._document.shown, self._document.sentences)
        self._marks = MarkTable()
        self._landed: Span | None = None  # where a jump led, until the cursor leaves it
        self._landed_at = -1
        self._laid_out: Layout | None = None
        self._header: list[tuple[str, str]] = []  # part and text of each line above the text
        self._frame = Frame(LEFT_MARGIN, MEASURE, RIGHT_MARGIN)
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(512)
        self._generation = 0
        self._palette: Palette | None = None
        self._shown_from = 0  # the offset at the top, to come back to when the width changes
        self._must_reveal = False

    @property
    def document(self) -> ReaderDocument:
        """What is shown."""
        return self._document

    @property
    def text_layout(self) -> Layout:
        """The lines of the text at the present width."""
        if self._laid_out is None:
            self._lay_out()
        assert self._laid_out is not None  # noqa: S101 -- for the type checker
        return self._laid_out

    @property
    def percent(self) -> int:
        """How much of the document lies above the lower edge, 0 to 100."""
        height = self.virtual_size.height
        if not height or not self._page_height:
            return 0
        return min(100, int(100 * (self.scroll_offset.y + self._page_height) / height))

    @property
    def _page_height(self) -> int:
        return self.scrollable_content_region.height

    def show(self, document: ReaderDocument) -> None:
        """Show another document from its beginning, without marks; hidden kinds stay hidden."""
        self._document = document
        self._cursor = TextCursor(document.shown, document.sentences)
        self._marks.clear()
        for kind, marks in document.dress.marks.items():
            self._marks.put(kind, marks)
        self._landed, self._landed_at = None, -1
        self._shown_from = 0
        self._laid_out = None
        self._must_reveal = False
        if self.is_attached and self.size.width:
            self._lay_out()
            self.scroll_to(y=0, animate=False)
        self._redraw()

    def on_resize(self) -> None:
        """Lay the text out again for the new width, with the same text at the top."""
        width = self.scrollable_content_region.width
        if self._laid_out is None or width != self._frame.left + self._frame.width + self._frame.right:
            self._lay_out()
            self._redraw()
            if self._shown_from and not self._must_reveal:
                top = len(self._header) + self.text_layout.line_of(self._shown_from)
                self.scroll_to(y=top, animate=False)
        if self._must_reveal:
            self._must_reveal = False
            self._reveal(self._cursor.offset)

    def on_show(self) -> None:
        """Catch up with what was shown while the reader itself was not."""
        self.on_resize()

    def _lay_out(self) -> None:
        available = self.scrollable_content_region.width or MEASURE + LEFT_MARGIN + RIGHT_MARGIN
        right = RIGHT_MARGIN if available >= _NARROW else 1
        measure = max(NARROWEST, min(MEASURE, available - LEFT_MARGIN - right))
        spare = max(0, available - LEFT_MARGIN - right - measure)
        left = LEFT_MARGIN + spare // 2
        self._frame = Frame(left, measure, max(0, available - left - measure))
        document = self._document
        self._laid_out = lay_out(document.shown, measure, document.zones, document.dress.shape)
        self._header = [
            (component, line)
            for component, text in (("title", document.title), ("byline", document.byline))
            if text.strip()
            for line in _lines_of(text, measure)
        ]
        if self._header:
            self._header.append(("byline", ""))
        self.virtual_size = Size(available, len(self._header) + len(self._laid_out))

    def _reveal(self, offset: int) -> None:
        """Scroll so that the line of ``offset`` is in view with lines of context around it."""
        page = self._page_height
        if not page or self._laid_out is None:
            self._must_reveal = True
            return
        line = len(self._header) + self.text_layout.line_of(offset)
        context = min(CONTEXT_LINES, max(0, (page - 1) // 2))
        top = self.scroll_offset.y
        if line == len(self._header):
            wanted = 0  # the first line brings the title with it
        elif line < top - page or line >= top + 2 * page:
            wanted = line - page // 3
        else:
            wanted = min(max(top, line + context + 1 - page), line - context)
        if wanted != top:
            self.scroll_to(y=max(0, wanted), animate=False)

    def action_scroll_here(self, where: str) -> None:
        """Scroll so that the line under the cursor is at the top, in the middle or at the bottom."""
        line = len(self._header) + self.text_layout.line_of(self._cursor.offset)
        room = {"top": 0, "middle": (self._page_height - 1) // 2, "bottom": self._page_height - 1}[where]
        self.scroll_to(y=max(0, line - room), animate=False)

    def places_in_view(self) -> Iterator[tuple[int, Offset]]:
        """Yield where marks and headings begin that are in view, with their cells on the screen."""
        layout, top = self.text_layout, self.scroll_offset.y - len(self._header)
        lines = layout.lines[max(0, top) : top + self._page_height]
        if not lines:
            return
        low, high = lines[0].start, lines[-1].end + 1
        starts = {mark.start for mark in self._marks.reached(low, high)}
        starts |= {zone.start for zone in self._document.zones if zone.kind is ZoneKind.HEADING}
        for start in sorted(starts):
            if low <= start < high:
                index, column = layout.place_of(start)
                x, y = self._frame.left + column, index - top
                if 0 <= y < self._page_height:
                    yield start, self.content_region.offset + Offset(x, y)

    def _redraw(self) -> None:
        self._generation += 1
        self._strips.clear()
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember what stands at the top."""
        super().watch_scroll_y(old_value, new_value)
        if self._laid_out is not None:
            index = round(new_value) - len(self._header)
            lines = self._laid_out.lines
            self._shown_from = lines[min(index, len(lines) - 1)].start if index > 0 else 0

    def notify_style_update(self) -> None:
        """Forget drawn lines, since theme or focus changed how they look."""
        super().notify_style_update()
        self._palette = None
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one row of the view."""
        row = self.scroll_offset.y + y
        layout = self.text_layout
        index = row - len(self._header)
        width = self.scrollable_content_region.width
        palette = self._styles()
        if index >= len(layout):
            return Strip.blank(width, palette.base)
        if index < 0:
            return self._header_strip(row, palette)
        overlay = self._overlay_on(index)
        key = (index, self._generation, overlay)
        strip = self._strips.get(key)
        if strip is None:
            line = layout.lines[index]
            marks = [] if line.spacer else self._marks.within(line.start, max(line.end, line.start + 1))
            segments = draw_line(layout.text, line, marks, overlay, self._frame, palette)
            strip = self._strips[key] = Strip(segments)
        return strip

    def _header_strip(self, row: int, palette: Palette) -> Strip:
        component, text = self._header[row]
        style = palette.base + (palette.title if component == "title" else palette.byline)
        left = Segment(" " * self._frame.left, palette.base)
        return Strip([left, Segment(shown(text), style)]).extend_cell_length(
            self.scrollable_content_region.width, palette.base
        )

    def _overlay_on(self, index: int) -> Overlay:
        """Return what lies over a line, cut to the line so that others need not be drawn again."""
        layout = self.text_layout
        line = layout.lines[index]
        if line.spacer:
            return Overlay()
        follows = layout.lines[index + 1].start if index + 1 < len(layout) else len(layout.text) + 1
        low, high = line.start, max(follows, line.start + 1)
        cursor = None
        offset = self._cursor.offset
        if self.can_focus and low <= offset < high and layout.line_of(offset) == index:
            cursor = Span(offset, self._cursor.character_end(offset))
        current, landed, selection = (
            _cut(span, low, high) for span in (self._current(), self._landed, self._cursor.selection)
        )
        return Overlay(current, landed, selection, cursor, not self.has_focus)

    def _current(self) -> Span | None:
        """Return the span of the narrowest mark that the cursor is in, of those that are jumped to."""
        offset = self._cursor.offset
        marks = [mark for mark in self._marks.within(offset, offset + 1) if mark.kind in CURRENT_KINDS]
        narrowest = min(marks, key=lambda mark: mark.end - mark.start, default=None)
        return None if narrowest is None or not self.can_focus else Span(narrowest.start, narrowest.end)

    def _styles(self) -> Palette:
        if self._palette is None:
            part = self._parts
            self._palette = Palette(
                base=part.base,
                margin=part["margin"],
                title=part["title"],
                byline=part["byline"],
                heading=part["heading"],
                muted=part["muted"],
                block_quote=part["block-quote"],
                marks={kind: part[kind.value] for kind in MarkKind},
                tags={tag: part[name] for tag, name in TAG_NAMES.items()},
                current=part["current"],
                landed=part["landed"],
                selection=part["selection"],
                cursor=part["cursor"],
                cursor_blurred=part["cursor-blurred"],
                colours={colour: part[colour] for colour in COLOURS},
            )
        return self._palette


def _cut(span: Span | None, start: int, end: int) -> Span | None:
    if span is None or span.end <= start or end <= span.start:
        return None
    return Span(max(start, span.start), min(end, span.end))


def _lines_of(text: str, width: int) -> list[str]:
    plain = " ".join(text.split())
    return [plain[line.start : line.end] for line in lay_out(plain, width).lines]
