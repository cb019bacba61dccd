"""A matrix with a cursor on one of its cells; labels and heads stay in place as cells scroll."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from tui.app.widgets.cells import Drawn, WidgetMessage, cells, shown, truncated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events


class Layout(NamedTuple):
    """Where things stand: cells of the labels and of each column, lines of the heading."""

    label: int
    columns: Sequence[int]
    heading: int


class Matrix(Drawn, Widget, can_focus=True):
    """Moves a cursor over rows and columns; what a cell looks like is up to the class that draws them."""

    ALLOW_SELECT = False
    STYLES = "matrix"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1, 0)", "Down", show=False, id="matrix.down"),
        Binding("k,up", "move(-1, 0)", "Up", show=False, id="matrix.up"),
        Binding("h,left", "move(0, -1)", "Left", show=False, id="matrix.left"),
        Binding("l,right", "move(0, 1)", "Right", show=False, id="matrix.right"),
        Binding("ctrl+d,ctrl+f,pagedown", "move(10, 0)", "Ten rows down", show=False, id="matrix.page-down"),
        Binding("ctrl+u,ctrl+b,pageup", "move(-10, 0)", "Ten rows up", show=False, id="matrix.page-up"),
        Binding("g>g,home", "first", "First row", show=False, id="matrix.first"),
        Binding("G,end", "last", "Last row", show=False, id="matrix.last"),
        Binding("n", "next_noted(1)", "Next of note", show=False, id="matrix.next"),
        Binding("N", "next_noted(-1)", "Of note before", show=False, id="matrix.previous"),
        Binding("enter", "choose", "Open", show=False, id="matrix.choose"),
    ]

    class MatrixMessage(WidgetMessage):
        """Something that happened in a matrix: ``row`` and ``column`` are places in it."""

        def __init__(self, matrix: Matrix, row: int, column: int) -> None:
            super().__init__(matrix)
            self.row = row
            self.column = column

    class Moved(MatrixMessage):
        """The cursor stands on another cell."""

    class Chosen(MatrixMessage):
        """A cell was chosen with Enter or the mouse."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.row = self.column = 0
        self._top = self._left = 0
        self._wish: tuple[int, int] | None = None  # the cell to come back to, as soon as it is there

    # What a class that draws cells has to tell

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def column_count(self) -> int:
        """How many columns there are."""
        raise NotImplementedError

    def noted(self) -> Sequence[tuple[int, int]]:
        """Return the places that the cursor jumps to, row by row."""
        raise NotImplementedError

    def placing(self) -> Layout:
        """Return where things stand at the present size."""
        raise NotImplementedError

    def heading_line(self, y: int, columns: range, layout: Layout, base: Style) -> list[Segment]:
        """Return a line of the heading."""
        raise NotImplementedError

    def row_line(self, row: int, columns: range, layout: Layout, base: Style) -> list[Segment]:
        """Return the line of a row."""
        raise NotImplementedError

    # What keys and mouse do

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor so many cells."""
        self.go(self.row + down, self.column + right)

    def action_first(self) -> None:
        """Go to the first row."""
        self.go(0, self.column)

    def action_last(self) -> None:
        """Go to the last row."""
        self.go(self.row_count - 1, self.column)

    def go_to_line(self, number: int) -> None:
        """Go to the row of this number."""
        self.go(number - 1, self.column)

    def action_next_noted(self, direction: int) -> None:
        """Go to the next or previous place of note, going round."""
        places = self.noted()
        here = (self.row, self.column)
        ahead = [place for place in places if (place > here if direction > 0 else place < here)] or places
        if ahead:
            self.go(*ahead[0 if direction > 0 else -1])

    def action_choose(self) -> None:
        """Choose the cell under the cursor."""
        if self._is_there(self.row, self.column):
            self.post_message(self.Chosen(self, self.row, self.column))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to a cell; a click on the cell that has it chooses it."""
        layout = self.placing()
        row = self._top + event.y - layout.heading
        column = self._column_under(event.x - layout.label, layout)
        if event.y < layout.heading or event.x < layout.label or not self._is_there(row, column):
            return
        if (row, column) == (self.row, self.column):
            self.action_choose()
        self.go(row, column)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on, as long as there is more than fits."""
        self._scroll(event, 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        self._scroll(event, -3)

    def _column_under(self, x: int, layout: Layout) -> int:
        column = self._left
        while column < self.column_count and x >= layout.columns[column]:
            x -= layout.columns[column]
            column += 1
        return column

    def _scroll(self, event: events.MouseEvent, lines: int) -> None:
        furthest = max(0, self.row_count - self._lines(self.placing()))
        if furthest:
            self._top = min(max(0, self._top + lines), furthest)
            event.stop()
            self.refresh()

    def _is_there(self, row: int, column: int) -> bool:
        return 0 <= row < self.row_count and 0 <= column < self.column_count

    @property
    def spot(self) -> str:
        """Where the cursor is, as text to come back to."""
        return f"{self.row},{self.column}"

    def stand_at(self, spot: str) -> None:
        """Come back to a cell, now and when others are there than now."""
        row, _, column = spot.partition(",")
        if row.isdigit() and column.isdigit():
            self.go(int(row), int(column))
            self._wish = int(row), int(column)

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or on the nearest one that there is."""
        self._wish = None
        if not self.row_count or not self.column_count:
            return
        before = (self.row, self.column)
        self.row = min(max(0, row), self.row_count - 1)
        self.column = min(max(0, column), self.column_count - 1)
        self.reveal()
        if (self.row, self.column) != before:
            self.post_message(self.Moved(self, self.row, self.column))

    def start_at(self, row: int, column: int) -> None:
        """Begin with the cursor on a cell of another matrix than before, or on the one to come back to."""
        if self._wish is not None and self._is_there(*self._wish):
            row, column = self._wish
        self._wish = None
        self.row, self.column = row, column
        self._top = self._left = 0

    def reveal(self) -> None:
        """Scroll so that the cursor is in view, and draw."""
        layout = self.placing()
        lines = self._lines(layout)
        self._top = min(max(self._top, self.row - lines + 1), self.row, max(0, self.row_count - lines))
        self._left = min(self._left, self.column)
        while self._left < self.column and self.column not in self._in_view(layout):
            self._left += 1
        # Room at the right edge goes to columns that were scrolled out at the left.
        while self._left and sum(layout.columns[self._left - 1 :]) <= self.content_size.width - layout.label:
            self._left -= 1
        self.refresh()

    def _in_view(self, layout: Layout) -> range:
        room, column = self.content_size.width - layout.label, self._left
        while column < self.column_count and layout.columns[column] <= room:
            room -= layout.columns[column]
            column += 1
        return range(self._left, min(max(column, self._left + 1), self.column_count))

    def on_resize(self) -> None:
        """Keep the cursor in view, with as much before it as there is room for."""
        self._top = self._left = 0
        self.reveal()

    # What it looks like

    def _lines(self, layout: Layout) -> int:
        return max(1, self.content_size.height - layout.heading)

    def render_line(self, y: int) -> Strip:
        """Draw a line: the heads of the columns, or one row."""
        base, width = self._parts.base, self.content_size.width
        layout = self.placing()
        row = self._top + y - layout.heading
        if row >= self.row_count:
            return Strip.blank(width, base)
        columns = self._in_view(layout)
        if y < layout.heading:
            segments = self.heading_line(y, columns, layout, base)
        else:
            segments = self.row_line(row, columns, layout, base)
        return Strip(segments).adjust_cell_length(width, base)

    def more_beside(self, columns: range) -> tuple[bool, bool]:
        """Tell whether there are columns left and right of those in view."""
        return columns.start > 0, columns.stop < self.column_count


# A matrix of short values with a cursor on one of them, such as the figures of a story by its sources.

_MOST_VALUE = 15  # cells of a value
_LEAST_LABEL, _MOST_LABEL = 14, 44
_AROUND = 2  # cells beside a value, for the brackets of the cursor
_SILENT = "·"


@dataclass(frozen=True, slots=True)
class ValueCell:
    """What is in a cell: its text, and what part of the style sheet it is drawn by."""

    text: str
    part: str = "value"


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A row: a sign of one cell, the label, and its cells, None where a column says nothing."""

    sign: str
    label: str
    part: str
    cells: tuple[ValueCell | None, ...]


class ValueMatrix(Matrix):
    """Rows of values under the heads of their columns; dissent is bold and has its sign in the text."""

    STYLES = "values"

    DEFAULT_CSS = """
    ValueMatrix {
        height: 1fr;
        & > .values--head { color: $text-muted; }
        & > .values--value { color: $foreground; }
        & > .values--dissent { color: $error; text-style: bold; }
        & > .values--change { color: $secondary; }
        & > .values--copied { text-style: dim; }
        & > .values--silent { color: $text-muted; text-style: dim; }
        & > .values--lone { color: $text-muted; }
        & > .values--line { background: $boost; }
        & > .values--cursor { text-style: bold; }
    }
    ValueMatrix:focus {
        & > .values--cursor { text-style: bold reverse; }
    }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._heads: Sequence[str] = ()
        self._rows: Sequence[ValueRow] = ()
        self._widest_label = 0
        self._columns: Sequence[int] = ()

    def show(self, heads: Sequence[str], rows: Sequence[ValueRow]) -> None:
        """Show rows under the heads of their columns; the cursor begins at the first dissent."""
        same = self._heads == heads and len(self._rows) == len(rows)
        self._heads, self._rows = heads, rows
        self._widest_label = max((cells(row.label) for row in rows), default=0)
        self._columns = (
            [
                min(_MOST_VALUE, max(cells(head), *(cells(cell.text) if cell else 1 for cell in column)))
                + _AROUND
                for head, column in zip(heads, zip(*(row.cells for row in rows), strict=True), strict=True)
            ]
            if rows
            else []
        )
        if not same:
            told = ((0, column) for row in rows[:1] for column, cell in enumerate(row.cells) if cell)
            self.start_at(*next(iter(self.noted()), next(told, (0, 0))))
        self.reveal()

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def column_count(self) -> int:
        """How many columns there are."""
        return len(self._heads)

    def noted(self) -> list[tuple[int, int]]:
        """Return where a value dissents."""
        return [
            (row, column)
            for row, line in enumerate(self._rows)
            for column, cell in enumerate(line.cells)
            if cell is not None and cell.part == "dissent"
        ]

    # What it looks like

    def placing(self) -> Layout:
        """Return where things stand: labels get what the columns leave, and no less than a third."""
        width = self.content_size.width
        least = max(_LEAST_LABEL, min(width // 3, _MOST_LABEL))
        label = min(self._widest_label + 3, max(least, min(_MOST_LABEL, width - sum(self._columns))))
        return Layout(label, self._columns, 1)

    def heading_line(self, y: int, columns: range, layout: Layout, base: Style) -> list[Segment]:
        """Return the heads of the columns."""
        del y
        left, right = self.more_beside(columns)
        head = base + self._parts["head"]
        segments = [Segment(f"{'‹' if left else ' ':>{layout.label}}", head)]
        for column in columns:
            style = head
            if column == self.column:
                style += self._parts["line"] + self._parts["cursor"]
            segments.append(Segment(_padded(shown(self._heads[column]), layout.columns[column]), style))
        if right:
            segments[-1] = Segment(segments[-1].text[:-1] + "›", segments[-1].style)
        return segments

    def row_line(self, row: int, columns: range, layout: Layout, base: Style) -> list[Segment]:
        """Return sign, label and values of a row."""
        line = self._rows[row]
        under = base + self._parts["line"] if row == self.row else base
        label = truncated(line.label, layout.label - 3)
        named = under + self._parts[line.part]
        segments = [Segment(f"{line.sign} ", named), Segment(label, named)]
        segments.append(Segment(" " * (layout.label - 2 - cells(label)), under))
        for column in columns:
            cell = line.cells[column]
            style = under + (self._parts["line"] if column == self.column else under)
            style += self._parts[cell.part if cell else "silent"]
            text = truncated(cell.text if cell else _SILENT, layout.columns[column] - _AROUND)
            here = (row, column) == (self.row, self.column)
            if here:
                style += self._parts["cursor"]
            segments.append(Segment(_padded(text, layout.columns[column], here=here), style))
        return segments


def _padded(text: str, width: int, *, here: bool = False) -> str:
    lead = " " * (width - _AROUND - cells(text))
    return f"{lead}[{text}]" if here else f"{lead} {text} "
