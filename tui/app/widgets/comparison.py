"""Several texts side by side: going through their rows and differences, and opening places."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tui.app.widgets.cells import WidgetMessage
from tui.app.widgets.comparison_view import (
    BETWEEN_CELLS,
    GUTTER_CELLS,
    HEADER_LINES,
    ComparisonView,
    Filter,
    Page,
    keeps,
)

if TYPE_CHECKING:
    from textual import events

    from sources.model import Span
    from tui.app.widgets.comparison_layout import ComparisonRow


class ComparisonPane(ComparisonView, can_focus=True):
    """Texts in equal columns, with signs that say how the sides of a row go together."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move_by(1)", "Down", show=False, id="aligned.down"),
        Binding("k,up", "move_by(-1)", "Up", show=False, id="aligned.up"),
        Binding("h,left", "step_side(-1)", "Column to the left", show=False, id="aligned.left"),
        Binding("l,right", "step_side(1)", "Column to the right", show=False, id="aligned.right"),
        Binding("ctrl+d", "move_pages(0.5)", "Half a page down", show=False, id="aligned.half-page-down"),
        Binding("ctrl+u", "move_pages(-0.5)", "Half a page up", show=False, id="aligned.half-page-up"),
        Binding("pagedown,ctrl+f,space", "move_pages(1)", "Page down", show=False, id="aligned.page-down"),
        Binding("pageup,ctrl+b", "move_pages(-1)", "Page up", show=False, id="aligned.page-up"),
        Binding("g>g,home", "first", "First row", show=False, id="aligned.first"),
        Binding("G,end", "last", "Last row", show=False, id="aligned.last"),
        Binding("n", "next_difference(1)", "Next difference", show=False, id="aligned.next-difference"),
        Binding(
            "N", "next_difference(-1)", "Previous difference", show=False, id="aligned.previous-difference"
        ),
        Binding("enter", "choose", "Open the place", show=False, id="aligned.choose"),
    ]

    class PlaceChosen(WidgetMessage):
        """A place was chosen: ``offset`` in the text that ``ref`` names."""

        def __init__(self, aligned: ComparisonPane, ref: str, offset: int) -> None:
            super().__init__(aligned)
            self.ref = ref
            self.offset = offset

    class RowMoved(WidgetMessage):
        """Another row or column is the current one, or other rows are shown."""

        latest = True

    @property
    def current_place(self) -> tuple[int, Span] | None:
        """The column that is pointed at, or one that says something in the row, and its passage there."""
        places = self.places_here
        return next((place for place in places if place[0] == self._side), next(iter(places), None))

    @property
    def places_here(self) -> tuple[tuple[int, Span], ...]:
        """What all columns have in the current row."""
        if not self._rows or not self._page.kept:
            return ()
        sides = self._rows[self._page.current].sides
        return tuple((number, side.span) for number, side in enumerate(sides) if side.span is not None)

    @property
    def spot(self) -> str:
        """Row and column that are pointed at, as text to come back to."""
        return f"{self._page.current},{self._side}"

    def stand_at(self, spot: str) -> None:
        """Come back to a row and a column."""
        row, _, side = spot.partition(",")
        if row.isdigit() and side.isdigit():
            self.point_at(int(side))
            if int(row) in self._page.kept:
                self._move_to(int(row))

    @property
    def status(self) -> str:
        """Where one is and what the row is, such as ``difference 3 of 12 edited 86%``."""
        if not self._rows:
            return ""
        row = self._rows[self._page.current]
        side = row.sides[self._side]
        words = [self._place_words(row)]
        if side.kind is not None:
            words += [side.kind, f"{round(100 * side.score)}%"]
        else:
            words.append(row.kind)
            compared = [one.score for one in row.sides if one.kind is not None]
            words += [f"{round(100 * min(compared))}%"] if compared else []
        if any(one.moved for one in row.sides):
            words.append("moved")
        if self._filter:
            words.append(f"({self._filter})")
        if not self._locked and self.has_in_common():
            words.append("unlocked")
        return " ".join(words)

    def _place_words(self, row: ComparisonRow) -> str:
        """Say which difference the current row is, or else which row, among those that are shown."""
        kept, what = self._page.kept, "row"
        if row.differs:
            kept, what = [number for number in kept if self._rows[number].differs], "difference"
        place = list(kept).index(self._page.current) + 1 if self._page.current in kept else 0
        return f"{what} {place} of {len(kept)}"

    def jump_to_mark(self, direction: int) -> bool:
        """Go to the next (1) or previous (-1) row with a mark, going round; False when there is none."""
        return self._go_on([row for row in self._page.kept if self._has_mark(self._rows[row])], direction)

    def _go_on(self, among: list[int], direction: int) -> bool:
        """Go to the next or previous of some rows in the order of the page, going round."""
        order = {row: place for place, row in enumerate(self._page.kept)}
        here = order.get(self._page.current, 0)
        ahead = [row for row in among if (order[row] - here) * direction > 0] or among
        if ahead:
            self._move_to(ahead[0] if direction > 0 else ahead[-1])
        return bool(ahead)

    def _move_to(self, row: int) -> None:
        changed = row != self._page.current
        self._page.current = row
        self._reveal()
        if changed:
            self.post_message(self.RowMoved(self))

    def _scroll_in_row(self, lines: int) -> bool:
        """Scroll a row that is taller than the page; tell whether there was more of it to see."""
        first, last = self._page.extent()
        top = self._page.top
        hidden = last + 1 - (top + self._height) if lines > 0 else top - first
        if last - first < self._height or hidden <= 0:
            return False
        step = min(abs(lines), hidden)
        self._page.top = top + (step if lines > 0 else -step)
        self._turn_to(self._page)
        return True

    # What keys and mouse do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to the screen when there is nothing to open."""
        if action == "choose":
            return bool(self._rows)
        return super().check_action(action, parameters)

    def action_first(self) -> None:
        """Go to the first row."""
        if self._page.kept:
            self._page.top = 0
            self._move_to(self._page.kept[0])

    def action_last(self) -> None:
        """Go to the last row."""
        if self._page.kept:
            self._move_to(self._page.kept[-1])

    def go_to_line(self, number: int) -> None:
        """Go to the row of this number, of those that are shown."""
        kept = self._page.kept
        if kept:
            self._move_to(kept[min(number, len(kept)) - 1])

    def action_move_by(self, count: int) -> None:
        """Go so many rows further down, or on in a row that is taller than the page."""
        kept = self._page.kept
        if not kept or self._scroll_in_row(count * max(1, self._height // 3)):
            return
        place = list(kept).index(self._page.current) + count
        if 0 <= place < len(kept):
            self._move_to(kept[place])

    def action_move_pages(self, count: float) -> None:
        """Go so many pages further down."""
        lines = round(count * self._height)
        if not self._page.kept or self._scroll_in_row(lines):
            return
        place = max(0, self._page.extent()[0] + lines)
        below = (line.row for line in self._page.lines[place:] if line.row >= 0)
        row = next(below, self._page.kept[-1])
        if row != self._page.current:
            self._move_to(row)

    def action_next_difference(self, direction: int) -> None:
        """Go to the next or previous row that is not the same on all sides, going round."""
        self._go_on([row for row in self._page.kept if self._rows[row].differs], direction)

    def show_only(self, wanted: Filter) -> bool:
        """Show only some rows, or all when it is these already; False when there are none of them."""
        wanted = Filter.ALL if wanted is self._filter else wanted
        if not any(keeps(wanted, row, self._side) for row in self._rows):
            return False
        self._filter = wanted
        self._fill()
        for page in self._pages.values():
            page.reveal(self._height)
        self._reveal()
        self.post_message(self.RowMoved(self))
        return True

    def toggle_brackets(self) -> None:
        """Put brackets around edits, or take them away."""
        self._bracketed = not self._bracketed
        self.on_resize()

    def toggle_one_column(self) -> None:
        """Give the column pointed at all the room, or show the others again."""
        self._one_column = not self._one_column
        self.on_resize()
        self.post_message(self.RowMoved(self))

    def toggle_lock(self) -> None:
        """Let each column scroll by itself; or level all of them again at the row where one stands."""
        before, offset = self._page, self._page.extent()[0] - self._page.top
        self._locked = not self._locked
        row = before.current
        if self._locked:
            self._pages = {}
            self._page = Page(current=row)
            self._fill()
            self._page.place_at(offset, self._height)
        else:
            self._pages = {
                column: Page(current=self._nearest(row, column)) for column in range(len(self._documents))
            }
            self._page = self._pages[self._side]
            self._fill()
            for page in self._pages.values():
                page.place_at(offset, self._height)
        self._reveal()
        self.post_message(self.RowMoved(self))

    def _nearest(self, row: int, column: int) -> int:
        """Return the row nearest to ``row`` in which a column has something."""
        there = (index for index, one in enumerate(self._rows) if one.sides[column].runs)
        return min(there, key=lambda index: abs(index - row), default=row)

    def action_step_side(self, by: int) -> None:
        """Point at the column beside."""
        self.point_at(self._side + by)

    def point_at(self, side: int) -> None:
        """Point at a column; what of it is shown follows."""
        side = min(max(0, side), len(self._documents) - 1)
        if side == self._side:
            return
        in_view = self.columns_in_view()
        self._side = side
        if not self._locked:
            self._turn_to(self._pages[side])
        if self._filter is Filter.ONLY_HERE and not any(keeps(self._filter, row, side) for row in self._rows):
            self._filter = Filter.ALL
        if self._filter is Filter.ONLY_HERE or self.columns_in_view() != in_view:
            self.on_resize()
        self.refresh()
        self.post_message(self.RowMoved(self))

    def action_choose(self) -> None:
        """Open the current row's place in the column pointed at, or in one that has something there."""
        place = self.current_place
        if place is not None:
            side, span = place
            self.post_message(self.PlaceChosen(self, self._documents[side].ref, span.start))

    def _column_at(self, x: int) -> int | None:
        columns = self.columns_in_view()
        place = x // (GUTTER_CELLS + self.column_width() + BETWEEN_CELLS)
        return columns[place] if 0 <= place < len(columns) else None

    def on_click(self, event: events.Click) -> None:
        """Point at the row and column under the mouse; twice opens the place."""
        column = self._column_at(event.x - int(self.gutter.left))
        if column is None:
            return
        self.point_at(column)
        place = event.y - int(self.gutter.top) - HEADER_LINES
        number = self._page.top + place
        if place < 0 or number >= len(self._page.lines) or self._page.lines[number].row < 0:
            return
        self._move_to(self._page.lines[number].row)
        if event.chain == 2:
            self.action_choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the column under the mouse, where the columns are not locked."""
        self._point_for_wheel(event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the column under the mouse, where the columns are not locked."""
        self._point_for_wheel(event)

    def _point_for_wheel(self, event: events.MouseEvent) -> None:
        column = self._column_at(event.x - int(self.gutter.left))
        if not self._locked and column is not None:
            self.point_at(column)
