"""Two texts side by side: going through their rows and differences, and opening places."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from sources.model import Span
from tui.widgets.aligned_layout import RowKind
from tui.widgets.double_g import DoubleG
from tui.widgets.level_view import HEADER_LINES, POINTER_CELLS, LevelView

if TYPE_CHECKING:
    from textual import events


_DOING = {
    RowKind.ONLY_LEFT: "only left",
    RowKind.ONLY_RIGHT: "only right",
    RowKind.MUTED: "not evidence",
}


class AlignedView(DoubleG, LevelView, can_focus=True):
    """Two texts in equal columns, with a gutter that says how the sides of a row go together."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move_by(1)", "Down", show=False, id="aligned.down"),
        Binding("k,up", "move_by(-1)", "Up", show=False, id="aligned.up"),
        Binding("h,left", "side(0)", "Left side", show=False, id="aligned.left"),
        Binding("l,right", "side(1)", "Right side", show=False, id="aligned.right"),
        Binding("ctrl+d", "move_pages(0.5)", "Half a page down", show=False, id="aligned.half-page-down"),
        Binding("ctrl+u", "move_pages(-0.5)", "Half a page up", show=False, id="aligned.half-page-up"),
        Binding("pagedown", "move_pages(1)", "Page down", show=False, id="aligned.page-down"),
        Binding("pageup", "move_pages(-1)", "Page up", show=False, id="aligned.page-up"),
        Binding("g", "first_g", "gg: first row", show=False, id="aligned.gg"),
        Binding("home", "first", "First row", show=False, id="aligned.first"),
        Binding("G,end", "last", "Last row", show=False, id="aligned.last"),
        Binding("n,]", "next_difference(1)", "Next difference", show=False, id="aligned.next-difference"),
        Binding(
            "N,[", "next_difference(-1)", "Previous difference", show=False, id="aligned.previous-difference"
        ),
        Binding("o", "only_differences", "Only differences", show=False, id="aligned.only-differences"),
        Binding("b", "brackets", "Brackets around edits", show=False, id="aligned.brackets"),
        Binding("enter", "choose", "Open the place", show=False, id="aligned.choose"),
    ]

    class AlignedMessage(Message):
        """Something that happened in the comparison."""

        def __init__(self, aligned: AlignedView) -> None:
            super().__init__()
            self.aligned = aligned

        @property
        def control(self) -> AlignedView:
            """The comparison it happened in."""
            return self.aligned

    class PlaceChosen(AlignedMessage):
        """A place was chosen: ``offset`` in the text that ``ref`` names."""

        def __init__(self, aligned: AlignedView, ref: str, offset: int) -> None:
            super().__init__(aligned)
            self.ref = ref
            self.offset = offset

    class RowMoved(AlignedMessage):
        """Another row is the current one."""

        def __init__(self, aligned: AlignedView, row: int) -> None:
            super().__init__(aligned)
            self.row = row

        def can_replace(self, message: Message) -> bool:
            """Only the last row matters."""
            return isinstance(message, AlignedView.RowMoved) and message.aligned is self.aligned

    @property
    def current_place(self) -> tuple[int, Span] | None:
        """The side (0 left, 1 right) that is pointed at, or the one that says something, and its passage."""
        if not self._rows:
            return None
        sides = (self._rows[self._current].left, self._rows[self._current].right)
        side = self._side if sides[self._side] else 1 - self._side
        return side, Span(sides[side][0].start, sides[side][-1].end)

    @property
    def status(self) -> str:
        """Where one is and what the row is, such as ``row 3/28 edited 86%``."""
        if not self._rows:
            return ""
        row = self._rows[self._current]
        words = [f"row {self._current + 1}/{len(self._rows)}", _DOING.get(row.kind, row.kind.value)]
        if row.left and row.right:
            words.append(f"{round(100 * row.score)}%")
        if row.moved:
            words.append("moved")
        if self._filtered:
            words.append("(differences only)")
        return " ".join(words)

    def jump_to_mark(self, direction: int) -> bool:
        """Go to the next (1) or previous (-1) row with a mark, going round; False when there is none."""
        marked = [index for index in self._kept() if self._has_mark(self._rows[index])]
        ahead = [index for index in marked if (index - self._current) * direction > 0] or marked
        if ahead:
            self._move_to(ahead[0] if direction > 0 else ahead[-1])
        return bool(ahead)

    def _move_to(self, row: int) -> None:
        if not self._rows:
            return
        changed = row != self._current
        self._current = row
        self._reveal()
        self.refresh()
        if changed:
            self.post_message(self.RowMoved(self, row))

    def _scroll_in_row(self, lines: int) -> bool:
        """Scroll a row that is taller than the page; tell whether there was more of it to see."""
        first, last = self._extent()
        top = self.scroll_offset.y
        hidden = last + 1 - (top + self._page) if lines > 0 else top - first
        if last - first < self._page or hidden <= 0:
            return False
        step = min(abs(lines), hidden)
        self.scroll_to(y=top + (step if lines > 0 else -step), animate=False)
        return True

    # What keys and mouse do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to the screen when there is nothing to open."""
        if action == "choose":
            return bool(self._rows)
        return super().check_action(action, parameters)

    def action_first(self) -> None:
        """Go to the first row."""
        kept = self._kept()
        if kept:
            self.scroll_to(y=0, animate=False)
            self._move_to(kept[0])

    def action_last(self) -> None:
        """Go to the last row."""
        kept = self._kept()
        if kept:
            self._move_to(kept[-1])

    def action_move_by(self, count: int) -> None:
        """Go so many rows further down, or on in a row that is taller than the page."""
        if self._scroll_in_row(count * max(1, self._page // 3)):
            return
        ahead = [row for row in self._kept() if (row - self._current) * count > 0]
        if ahead:
            self._move_to(ahead[0] if count > 0 else ahead[-1])

    def action_move_pages(self, count: float) -> None:
        """Go so many pages further down."""
        lines = round(count * self._page)
        if self._scroll_in_row(lines):
            return
        place = max(0, self._extent()[0] + lines)
        below = (line.row for line in self._lines[place:] if line.row >= 0)
        kept = self._kept()
        if kept:
            self._move_to(next(below, kept[-1]))

    def action_next_difference(self, direction: int) -> None:
        """Go to the next or previous row that is not the same on both sides, going round."""
        different = [index for index, row in enumerate(self._rows) if row.differs]
        ahead = [row for row in different if (row - self._current) * direction > 0] or different
        if ahead:
            self._move_to(ahead[0] if direction > 0 else ahead[-1])

    def action_only_differences(self) -> None:
        """Leave out the rows that are the same, or bring them back."""
        if not any(row.differs for row in self._rows):
            return
        self._filtered = not self._filtered
        kept = self._kept()
        nearest = min(kept, key=lambda row: abs(row - self._current))
        self._level()
        self._move_to(nearest)
        self.post_message(self.RowMoved(self, self._current))

    def action_brackets(self) -> None:
        """Put brackets around edits, or take them away."""
        self._bracketed = not self._bracketed
        self._level()
        self._reveal()

    def action_side(self, side: int) -> None:
        """Point at the left (0) or right (1) side."""
        self._side = side
        self.refresh()

    def action_choose(self) -> None:
        """Open the current row's place on the side pointed at, or on the side that has one."""
        place = self.current_place
        if place is not None:
            side, span = place
            self.post_message(self.PlaceChosen(self, self._documents[side].ref, span.start))

    def on_click(self, event: events.Click) -> None:
        """Point at the row and side under the mouse; twice opens the place."""
        place = self.scroll_offset.y + event.y - int(self.gutter.top) - HEADER_LINES
        if event.y - int(self.gutter.top) < HEADER_LINES or not 0 <= place < len(self._lines):
            return
        if self._lines[place].row < 0:
            return
        self._side = int(event.x - int(self.gutter.left) > POINTER_CELLS + self._column_width())
        self._move_to(self._lines[place].row)
        if event.chain == 2:
            self.action_choose()
