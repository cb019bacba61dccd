"""A list of one-line rows that draws only what is in view, so that its length does not matter."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.app.widgets.cells import Drawn, WidgetMessage, cells, shown, truncated, wrapped_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events

POINTER = "›"
_POINTER_CELLS = 2
MOST_LINES = 5  # of the highlighted row, while the list has the focus


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``key`` tells it from others, ``hint`` stands at the right edge.

    A disabled row is a heading or a remark that the highlight passes over; one that ``goes_on`` is a further
    line of the row above it, and highlighted with it.
    """

    key: str
    cells: Content
    hint: str = ""
    disabled: bool = False
    goes_on: bool = False

    @property
    def passed_over(self) -> bool:
        """Tell whether the highlight never stops here."""
        return self.disabled or self.goes_on


class VirtualListMessage(WidgetMessage):
    """Something that happened in a list, at the row with this key."""

    def __init__(self, virtual_list: VirtualList, key: str) -> None:
        super().__init__(virtual_list)
        self.key = key


class VirtualList(Drawn, ScrollView, can_focus=True):
    """Rows of one line each, one of them highlighted, which has the lines that it needs while keys go here.

    A *place* is that of a row, a *line* is counted from the first row's.
    """

    ALLOW_SELECT = False
    STYLES = "virtual-list"

    DEFAULT_CSS = """
    VirtualList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > .virtual-list--highlight { text-style: bold; }
        & > .virtual-list--disabled { text-style: dim; }
        & > .virtual-list--hint { color: $text-muted; }
        & > .virtual-list--placeholder { color: $text-muted; }
    }
    VirtualList:focus {
        & > .virtual-list--highlight { text-style: bold reverse; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move_by(1)", "Down", show=False, id="list.down"),
        Binding("k,up", "move_by(-1)", "Up", show=False, id="list.up"),
        Binding("ctrl+d", "move_pages(0.5)", "Half a page down", show=False, id="list.half-page-down"),
        Binding("ctrl+u", "move_pages(-0.5)", "Half a page up", show=False, id="list.half-page-up"),
        Binding("pagedown,ctrl+f", "move_pages(1)", "Page down", show=False, id="list.page-down"),
        Binding("pageup,ctrl+b", "move_pages(-1)", "Page up", show=False, id="list.page-up"),
        Binding("g>g,home", "first", "First", show=False, id="list.first"),
        Binding("G,end", "last", "Last", show=False, id="list.last"),
        Binding("enter", "choose", "Choose", show=False, id="list.choose"),
    ]

    class Highlighted(VirtualListMessage):
        """Another row is highlighted."""

        latest = True

    class Chosen(VirtualListMessage):
        """A row was chosen with Enter or a click."""

    class EndShown(VirtualListMessage):
        """The list was scrolled to its end."""

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        placeholder: str = "",
        wraps: bool = True,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 -- the name every widget has for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._rows: Sequence[Row] = ()
        self._places: dict[str, int] = {}
        self._highlighted: int | None = None
        self._placeholder = placeholder
        self._wraps = wraps
        self._below = 0  # lines of the highlighted row below its first
        self._must_reveal = False
        self._wish: str | None = None  # the row to come back to, as soon as it is there
        self.set_rows(rows)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as they were set."""
        return self._rows

    @property
    def placeholder(self) -> str:
        """What is shown when there are no rows."""
        return self._placeholder

    @placeholder.setter
    def placeholder(self, text: str) -> None:
        self._placeholder = text
        self.refresh()

    @property
    def highlighted_key(self) -> str | None:
        """The key of the highlighted row, None when there is none."""
        return None if self._highlighted is None else self._rows[self._highlighted].key

    def set_rows(self, rows: Sequence[Row], *, highlight: str | None = None) -> None:
        """Replace all rows; the highlight goes to ``highlight``, stays on its key, or on its place."""
        place = self._highlighted
        self._rows, before = rows, self.highlighted_key
        self._places = {row.key: index for index, row in enumerate(rows)}
        if self._wish in self._places:
            highlight, self._wish = self._wish, None
        key = highlight or before
        kept = self._places.get(key) if key is not None else None
        if kept is not None and rows[kept].passed_over:
            kept = None
        self._highlighted = self._enabled_from(place or 0, 1) if kept is None else kept
        self._measure()
        if place is not None and self._highlighted not in {None, place}:
            self._reveal()
        elif self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False)
        self.refresh()
        if (highlight or self.highlighted_key != key) and self.highlighted_key is not None:
            self.post_message(self.Highlighted(self, self.highlighted_key))

    def highlight(self, key: str) -> None:
        """Highlight the row with this key, if there is one and it is not disabled."""
        place = self._places.get(key)
        if place is not None and not self._rows[place].passed_over:
            self._set_highlight(place)

    @property
    def spot(self) -> str:
        """Which row is highlighted, as text to come back to."""
        return self.highlighted_key or ""

    def stand_at(self, spot: str) -> None:
        """Come back to a row, now or when it is there."""
        self.highlight(spot)
        self._wish = None if spot in self._places else spot

    def _set_highlight(self, place: int | None) -> None:
        if place is None:
            return
        self._wish = None
        changed = place != self._highlighted
        self._highlighted = place
        self._measure()
        self._reveal()
        self.refresh()
        if changed:
            self.post_message(self.Highlighted(self, self._rows[place].key))

    def _enabled_from(self, place: int, direction: int) -> int | None:
        """Return the nearest row that can be highlighted, looking one way, then the other."""
        place = min(max(place, 0), len(self._rows) - 1)
        for step in (direction, -direction):
            index = place
            while 0 <= index < len(self._rows):
                if not self._rows[index].passed_over:
                    return index
                index += step
        return None

    def _measure(self) -> None:
        """Give the highlighted row the lines that it needs."""
        width, before = self.scrollable_content_region.width, self._below
        self._below = 0
        if self._highlighted is not None and self._wraps and self.has_focus and width:
            self._below = len(self._lines_of(self._rows[self._highlighted], width, MOST_LINES)) - 1
        self.virtual_size = Size(width, len(self._rows) + self._below)
        if self._below != before:
            self.refresh()

    def _place_at(self, line: int) -> int:
        """Return the place of the row that has a line, past the last for a line below all."""
        if self._highlighted is None or line <= self._highlighted:
            return line
        return max(self._highlighted, line - self._below)

    def _reveal(self) -> None:
        page = self.scrollable_content_region.height
        if self._highlighted is None:
            return
        if not page:
            self._must_reveal = True
            return
        top = self.scroll_offset.y
        line = self._highlighted
        # Headings right above the first row come into view with it.
        first = line
        while first > 0 and line - first < page - 1 and self._rows[first - 1].disabled:
            first -= 1
        # Remarks right below it belong to it.
        last = line
        while last + 1 < len(self._rows) and last - first < page - 1 and self._rows[last + 1].passed_over:
            last += 1
        last += self._below
        wanted = min(max(top, last + 1 - page), first)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False)

    def on_resize(self) -> None:
        """Keep the highlighted row in view."""
        self._measure()
        if self._must_reveal or self._highlighted is not None:
            self._must_reveal = False
            self._reveal()

    def on_focus(self) -> None:
        """Give the highlighted row its lines, once the focus is here."""
        self.call_later(self.on_resize)

    def on_blur(self) -> None:
        """Take all lines of the highlighted row but the first away, once the focus is gone."""
        self.call_later(self._measure)

    def on_show(self) -> None:
        """Catch up with what was set while the list was not shown."""
        self.on_resize()

    def watch_show_vertical_scrollbar(self) -> None:
        """Break the highlighted row again: the scrollbar takes a cell, or gives it back."""
        self.call_after_refresh(self._measure)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell when the end comes into view."""
        super().watch_scroll_y(old_value, new_value)
        if new_value > old_value and new_value >= self.max_scroll_y:
            self.post_message(self.EndShown(self, self.highlighted_key or ""))

    # What keys and mouse do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to the screen when there is nothing to choose."""
        if action == "choose":
            return self._highlighted is not None
        return super().check_action(action, parameters)

    def places_in_view(self) -> Iterator[tuple[str, Offset]]:
        """Yield the rows in view that can be highlighted, with their cells on the screen."""
        region, last = self.content_region, -1
        for y in range(region.height):
            place = self._place_at(self.scroll_offset.y + y)
            if last < place < len(self._rows) and not self._rows[place].passed_over:
                yield self._rows[place].key, region.offset + Offset(_POINTER_CELLS, y)
            last = place

    def action_first(self) -> None:
        """Highlight the first row."""
        self._set_highlight(self._enabled_from(0, 1))

    def action_last(self) -> None:
        """Highlight the last row."""
        self._set_highlight(self._enabled_from(len(self._rows) - 1, -1))

    def go_to_line(self, number: int) -> None:
        """Highlight the row of this number, of those that can be highlighted."""
        places = [place for place, row in enumerate(self._rows) if not row.passed_over]
        if places:
            self._set_highlight(places[min(number, len(places)) - 1])

    def action_move_by(self, count: int) -> None:
        """Highlight the row so many further down."""
        if self._highlighted is None:
            self._set_highlight(self._enabled_from(0, 1))
            return
        target = self._enabled_from(self._highlighted + count, 1 if count > 0 else -1)
        self._set_highlight(target)

    def action_move_pages(self, count: float) -> None:
        """Highlight the row so many pages further down."""
        lines = max(1, int(abs(count) * self.scrollable_content_region.height))
        self.action_move_by(lines if count > 0 else -lines)

    def action_choose(self) -> None:
        """Choose the highlighted row."""
        if self.highlighted_key is not None:
            self.post_message(self.Chosen(self, self.highlighted_key))

    def on_click(self, event: events.Click) -> None:
        """Highlight and choose the row under the mouse."""
        line = self.scroll_offset.y + event.y - int(self.gutter.top)
        place = self._first_line(self._place_at(line))
        if 0 <= place < len(self._rows) and not self._rows[place].disabled:
            self._set_highlight(place)
            self.action_choose()

    def _first_line(self, place: int) -> int:
        """Return the place of the row that the line at ``place`` is part of."""
        while 0 < place < len(self._rows) and self._rows[place].goes_on:
            place -= 1
        return place

    # What it looks like

    def render_line(self, y: int) -> Strip:
        """Draw one row of the view."""
        line = self.scroll_offset.y + y
        place = self._place_at(line)
        width = self.scrollable_content_region.width
        base = self._parts.base
        if not self._rows:
            return self._placeholder_strip(y, width)
        if place >= len(self._rows):
            return Strip.blank(width, base)
        row = self._rows[place]
        highlighted = self._first_line(place) == self._highlighted
        style = base + self._parts["highlight"] if highlighted else base
        if row.disabled:
            style += self._parts["disabled"]
        part = line - place if place == self._highlighted else 0
        pointer = POINTER if line == self._highlighted else " "
        return self._row_strip(row, part, pointer, style, width)

    def _placeholder_strip(self, y: int, width: int) -> Strip:
        room = max(1, width - _POINTER_CELLS)
        lines = textwrap.wrap(self._placeholder, room)
        base = self._parts.base
        if y >= len(lines):
            return Strip.blank(width, base)
        text = " " * _POINTER_CELLS + truncated(lines[y], room)
        return Strip([Segment(text, base + self._parts["placeholder"])]).adjust_cell_length(width, base)

    def _lines_of(self, row: Row, width: int, most: int) -> list[Content]:
        """Return a row on as many lines, beside its hint."""
        return wrapped_content(row.cells, max(0, width - _POINTER_CELLS - _hint_cells(row, width)), most)

    def _row_strip(self, row: Row, part: int, pointer: str, style: Style, width: int) -> Strip:
        """Draw one of the lines of a row; the hint stands on the first."""
        highlighted = self._below and row.key == self.highlighted_key
        lines = self._lines_of(row, width, self._below + 1 if highlighted else 1)
        content = lines[part] if part < len(lines) else Content("")
        room, hint_cells = width - _POINTER_CELLS, 0 if part else _hint_cells(row, width)
        parts = [
            Segment(text, _over(style, part.rich_style) if part else style)
            for text, part in content.render(end="", parse_style=self._get_style)
        ]
        filler = " " * max(0, room - hint_cells - cells(content.plain))
        segments = [Segment(f"{pointer} ", style), *parts, Segment(filler, style)]
        if hint_cells:
            segments.append(Segment(f" {_hint(row)}", style + self._parts["hint"]))
        return Strip([segment for segment in segments if segment.text])


def _hint(row: Row) -> str:
    return shown(" ".join(row.hint.split()))


def _hint_cells(row: Row, width: int) -> int:
    """Return the cells of the hint of a row and the blank before it; none where it would take over half."""
    needed = cells(_hint(row)) + 1 if row.hint else 0
    return needed if needed <= (width - _POINTER_CELLS) // 2 else 0


def _over(style: Style, part: Style) -> Style:
    """Return how a part of a row looks: what is reversed in one that is reversed is seen, too."""
    both = style + part
    return both + Style(reverse=False) if style.reverse and part.reverse else both
