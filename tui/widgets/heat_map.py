"""The overlap of a story's texts as a matrix, with a cursor on one of its cells.

Numbers and titles at the edges stay in place while the cells scroll, so that fifty texts can be read on a
small screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from sources.evidence.lineage.drawing import HeatMap, block_of
from tui.widgets.cells import cells, truncated
from tui.widgets.component_styles import ComponentStyles
from tui.widgets.double_g import DoubleG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events

    from sources.evidence.lineage.drawing import HeatCell

_ROOMY, _TIGHT = 3, 2  # cells for a block and what stands between two
_WITH_NUMBERS = 5  # cells for a share in percent
_MOST_TITLE = 36  # cells of a title beside its row
_LEAST_TITLE = 8
_STYLES = {"copy": "copy", "partial": "partial", "quotes": "quotes", "rewrite": "rewrite", "kin": "kin"}


class _Layout(NamedTuple):
    """Where things stand: cells of the labels and of a column, lines of the heading, columns in view."""

    label: int
    column: int
    heading: int
    columns: int


class HeatMapView(DoubleG, Widget, can_focus=True):
    """A matrix of blocks: how much of the text of a row stands in the text of a column."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    HeatMapView {
        height: 1fr;
        & > .heat-map--label { color: $text-muted; }
        & > .heat-map--title { color: $foreground; }
        & > .heat-map--copy { color: $error; text-style: bold; }
        & > .heat-map--partial { color: $warning; }
        & > .heat-map--quotes { color: $success; text-style: bold; }
        & > .heat-map--rewrite { color: $secondary; text-style: bold; }
        & > .heat-map--kin { color: $primary; }
        & > .heat-map--self { color: $text-muted; }
        & > .heat-map--line { background: $boost; }
        & > .heat-map--cursor { text-style: bold; }
    }
    HeatMapView:focus {
        & > .heat-map--cursor { text-style: bold reverse; }
    }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"heat-map--{name}"
        for name in (
            "label", "title", "copy", "partial", "quotes", "rewrite", "kin", "self", "line", "cursor",
        )
    }  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1, 0)", "Down", show=False, id="matrix.down"),
        Binding("k,up", "move(-1, 0)", "Up", show=False, id="matrix.up"),
        Binding("h,left", "move(0, -1)", "Left", show=False, id="matrix.left"),
        Binding("l,right", "move(0, 1)", "Right", show=False, id="matrix.right"),
        Binding("ctrl+d,pagedown", "move(10, 0)", "Ten rows down", show=False, id="matrix.page-down"),
        Binding("ctrl+u,pageup", "move(-10, 0)", "Ten rows up", show=False, id="matrix.page-up"),
        Binding("g", "first_g", "gg: first row", show=False, id="matrix.gg"),
        Binding("home", "first", "First row", show=False, id="matrix.first"),
        Binding("G,end", "last", "Last row", show=False, id="matrix.last"),
        Binding("n", "next_shared(1)", "Next overlap", show=False, id="matrix.next"),
        Binding("N", "next_shared(-1)", "Overlap before", show=False, id="matrix.previous"),
        Binding("number_sign", "numbers", "Shares as numbers", show=False, id="matrix.numbers"),
        Binding("enter", "choose", "Open", show=False, id="matrix.choose"),
    ]

    class MapMessage(Message):
        """Something that happened in a map: ``row`` and ``column`` are places in it."""

        def __init__(self, heat_map: HeatMapView, row: int, column: int) -> None:
            super().__init__()
            self.heat_map = heat_map
            self.row = row
            self.column = column

        @property
        def control(self) -> HeatMapView:
            """The map it happened in."""
            return self.heat_map

    class Moved(MapMessage):
        """The cursor stands on another cell."""

    class Chosen(MapMessage):
        """A cell was chosen with Enter or the mouse."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._map = HeatMap((), ())
        self._titles: Sequence[str] = ()
        self.row = self.column = 0
        self._top = self._left = 0
        self._numbers = False
        self._parts = ComponentStyles(self, "heat-map")

    def show(self, drawn: HeatMap, titles: Sequence[str]) -> None:
        """Show a map whose rows have these titles; the cursor begins at the largest overlap."""
        same = self._map.refs == drawn.refs
        self._map, self._titles = drawn, titles
        if not same:
            self.row = self.column = self._top = self._left = 0
            most = max(self._shared(), key=self._told, default=(0, min(1, len(drawn.refs) - 1)))
            self.row, self.column = most
        self._reveal()

    @property
    def cell(self) -> HeatCell | None:
        """The cell under the cursor."""
        return self._map.cells[self.row][self.column] if self._map.refs else None

    def _shared(self) -> list[tuple[int, int]]:
        """Return where two texts have something in common, row by row, those that share words first."""
        found = [
            (row, column)
            for row, line in enumerate(self._map.cells)
            for column, cell in enumerate(line)
            if cell.kind not in {None, "self"}
        ]
        cells_of = self._map.cells
        return [place for place in found if cells_of[place[0]][place[1]].share >= 0.1] or found

    def _told(self, place: tuple[int, int]) -> tuple[bool, float]:
        """Return how much two texts share; more than quotes comes first."""
        cell = self._map.cells[place[0]][place[1]]
        return cell.kind != "quotes", cell.share

    # What keys and mouse do

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor so many cells."""
        self._go(self.row + down, self.column + right)

    def action_first(self) -> None:
        """Go to the first row."""
        self._go(0, self.column)

    def action_last(self) -> None:
        """Go to the last row."""
        self._go(len(self._titles) - 1, self.column)

    def action_next_shared(self, direction: int) -> None:
        """Go to the next or previous cell of two texts that share words, going round."""
        shared = self._shared()
        here = (self.row, self.column)
        ahead = [place for place in shared if (place > here if direction > 0 else place < here)] or shared
        if ahead:
            self._go(*ahead[0 if direction > 0 else -1])

    def action_numbers(self) -> None:
        """Show shares in percent, or blocks."""
        self._numbers = not self._numbers
        self._reveal()

    def action_choose(self) -> None:
        """Choose the cell under the cursor."""
        if self.cell is not None:
            self.post_message(self.Chosen(self, self.row, self.column))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to a cell; a click on the cell that has it chooses it."""
        layout = self._layout()
        row = self._top + event.y - layout.heading
        column = self._left + (event.x - layout.label) // layout.column
        if event.y < layout.heading or event.x < layout.label or not self._is_there(row, column):
            return
        if (row, column) == (self.row, self.column):
            self.action_choose()
        self._go(row, column)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on, as long as there is more than fits."""
        self._scroll(event, 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        self._scroll(event, -3)

    def _scroll(self, event: events.MouseEvent, lines: int) -> None:
        furthest = max(0, len(self._titles) - self._lines(self._layout()))
        if furthest:
            self._top = min(max(0, self._top + lines), furthest)
            event.stop()
            self.refresh()

    def _is_there(self, row: int, column: int) -> bool:
        return 0 <= row < len(self._titles) and 0 <= column < len(self._titles)

    def _go(self, row: int, column: int) -> None:
        count = len(self._titles)
        if not count:
            return
        before = (self.row, self.column)
        self.row, self.column = min(max(0, row), count - 1), min(max(0, column), count - 1)
        self._reveal()
        if (self.row, self.column) != before:
            self.post_message(self.Moved(self, self.row, self.column))

    def _reveal(self) -> None:
        layout = self._layout()
        lines = self._lines(layout)
        count = len(self._titles)
        self._top = min(max(self._top, self.row - lines + 1), self.row, max(0, count - lines))
        self._left = min(
            max(self._left, self.column - layout.columns + 1), self.column, count - layout.columns
        )
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in view, with as much before it as there is room for."""
        self._top = self._left = 0
        self._reveal()

    # What it looks like

    def notify_style_update(self) -> None:
        """Draw again when theme or focus changed how things look."""
        super().notify_style_update()
        self._parts.forget()
        self.refresh()

    def _lines(self, layout: _Layout) -> int:
        return max(1, self.content_size.height - layout.heading)

    def _layout(self) -> _Layout:
        count, width = len(self._titles), self.content_size.width
        digits = self._digits()
        least = digits + 2
        column = _WITH_NUMBERS if self._numbers else _ROOMY if least + count * _ROOMY <= width else _TIGHT
        room = width - least - count * column
        label = least + min(room, _MOST_TITLE) if room >= _LEAST_TITLE else least
        fits = max(1, (width - label) // column)
        return _Layout(label, column, digits if digits >= column else 1, min(count, fits))

    def _digits(self) -> int:
        return len(str(max((ref.number or 0 for ref in self._map.refs), default=1)))

    def render_line(self, y: int) -> Strip:
        """Draw a line: the numbers of the columns, or one row."""
        base, width = self._parts.base, self.content_size.width
        layout = self._layout()
        row = self._top + y - layout.heading
        if row >= len(self._titles):
            return Strip.blank(width, base)
        columns = range(self._left, min(self._left + layout.columns, len(self._titles)))
        if y < layout.heading:
            segments = self._heading(y, columns, layout, base)
        else:
            segments = self._row_segments(row, columns, layout, base)
        return Strip(segments).adjust_cell_length(width, base)

    def _heading(self, y: int, columns: range, layout: _Layout, base: Style) -> list[Segment]:
        more = "‹" if self._left else " "
        segments = [Segment(f"{more if y == 0 else ' ':>{layout.label}}", base + self._parts["label"])]
        for column in columns:
            number = str(self._map.refs[column].number)
            # Numbers that are wider than their columns stand upright.
            text = number if layout.heading == 1 else number.rjust(layout.heading)[y]
            style = base + self._parts["label"]
            if column == self.column:
                style += self._parts["line"] + self._parts["cursor"]
            segments.append(Segment(text.rjust(layout.column - 1) + " ", style))
        if y == 0 and columns.stop < len(self._titles):
            segments[-1] = Segment(segments[-1].text[:-1] + "›", segments[-1].style)
        return segments

    def _row_segments(self, row: int, columns: range, layout: _Layout, base: Style) -> list[Segment]:
        under = base + self._parts["line"] if row == self.row else base
        digits = self._digits()
        number = f"{self._map.refs[row].number:>{digits}} "
        room = layout.label - digits - 2
        title = truncated(self._titles[row], room) if room > 0 else ""
        label = under + self._parts["label"]
        segments = [Segment(number, label), Segment(title, under + self._parts["title"])]
        segments.append(Segment(" " * (layout.label - digits - 1 - cells(title)), under))
        for column in columns:
            cell = self._map.cells[row][column]
            style = under + (self._parts["line"] if column == self.column else under)
            style += self._parts[_STYLES.get(cell.kind or "", "self")]
            text = self._cell_text(cell, layout)
            if (row, column) == (self.row, self.column):
                style += self._parts["cursor"]
                text = self._cursor_text(cell, layout)
            segments.append(Segment(text, style))
        return segments

    def _cell_text(self, cell: HeatCell, layout: _Layout) -> str:
        if self._numbers:
            if cell.kind in {"copy", "partial", "quotes"}:
                return f"{'“' if cell.kind == 'quotes' else ''}{round(100 * cell.share)} ".rjust(
                    layout.column
                )
            return f"{block_of(cell)} ".rjust(layout.column)
        block = block_of(cell)
        wide = block * 2 if block in "░▒▓█" and layout.column > _TIGHT else f"{block}"
        return f"{wide} ".rjust(layout.column)

    def _cursor_text(self, cell: HeatCell, layout: _Layout) -> str:
        if self._numbers:
            return f"[{self._cell_text(cell, layout).strip()}]".rjust(layout.column)
        block = block_of(cell)
        return f"[{block}]" if layout.column == _ROOMY else f"›{block}"
