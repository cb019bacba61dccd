"""Two texts side by side, what goes together on the same level."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.aligned_layout import ComparisonRow, RowKind, Side, comparison_rows
from tui.widgets.aligned_lines import BRACKETS, NO_BRACKETS, LevelLine, Piece, level, split_at_marks
from tui.widgets.cells import cells, shown, truncated
from tui.widgets.component_styles import ComponentStyles
from tui.widgets.reader_marks import Mark, MarkRow
from tui.widgets.text_view import ReaderDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from sources.evidence.alignment import Alignment

POINTER = "›"
_POINTER_CELLS = 2
_GUTTER_CELLS = 5
_HEADER_LINES = 3
_NARROWEST = 10
_DOING = {
    RowKind.ONLY_LEFT: "only left",
    RowKind.ONLY_RIGHT: "only right",
    RowKind.MUTED: "not evidence",
}


class AlignedView(ScrollView, can_focus=True):
    """Two texts in equal columns, with a gutter that says how the sides of a row go together."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    AlignedView {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        border-left: blank;
        & > .aligned--title { text-style: bold; }
        & > .aligned--byline { color: $text-muted; }
        & > .aligned--gutter { text-style: bold; }
        & > .aligned--heading { text-style: bold; }
        & > .aligned--muted { text-style: dim; }
        & > .aligned--again { text-style: dim italic; }
        & > .aligned--deleted { color: $text-error; text-style: underline; }
        & > .aligned--inserted { color: $text-success; text-style: bold; }
        & > .aligned--mark { text-style: underline; }
        & > .aligned--current { background: $boost; }
    }
    AlignedView:focus {
        border-left: outer $accent;
        & > .aligned--current { background: $primary 30%; }
    }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "aligned--title",
        "aligned--byline",
        "aligned--gutter",
        "aligned--plain",
        "aligned--heading",
        "aligned--muted",
        "aligned--again",
        "aligned--deleted",
        "aligned--inserted",
        "aligned--mark",
        "aligned--current",
    }

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

    def __init__(
        self,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 -- the name every widget has for it
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        empty = ReaderDocument("", "", "", "")
        self._documents: tuple[ReaderDocument, ReaderDocument] = (empty, empty)
        self._shares = (0.0, 0.0)
        self._rows: Sequence[ComparisonRow] = ()
        self._lines: list[LevelLine] = []
        self._first_lines: dict[int, int] = {}
        self._current = 0
        self._side = 0
        self._filtered = False
        self._bracketed = False
        self._g_waiting = False
        self._marks = (MarkRow(()), MarkRow(()))
        self._parts = ComponentStyles(self, "aligned")

    # What it shows

    @property
    def rows(self) -> Sequence[ComparisonRow]:
        """All rows, the filtered ones too."""
        return self._rows

    @property
    def current_row(self) -> int:
        """The index of the row that the pointer is at."""
        return self._current

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

    def show(self, left: ReaderDocument, right: ReaderDocument, alignment: Alignment) -> None:
        """Show two texts by their alignment, whose ``a`` is the left one."""
        self._documents = (left, right)
        self._shares = (alignment.a_in_b, alignment.b_in_a)
        self._rows = comparison_rows(Side(left.text, left.zones), Side(right.text, right.zones), alignment)
        self._current = 0
        self._side = 0
        self._marks = (MarkRow(()), MarkRow(()))
        if self._filtered and not any(row.differs for row in self._rows):
            self._filtered = False
        self._level()
        self.scroll_to(y=0, animate=False)
        self._move_to(self._kept()[0] if self._kept() else 0)

    def set_marks(self, left: Sequence[Mark], right: Sequence[Mark]) -> None:
        """Make spans of the two texts stand out; none at all when both are empty."""
        self._marks = (MarkRow(left), MarkRow(right))
        self.refresh()

    def jump_to_mark(self, direction: int) -> bool:
        """Go to the next (1) or previous (-1) row with a mark, going round; False when there is none."""
        marked = [
            index
            for index in self._kept()
            for runs, marks in zip(
                (self._rows[index].left, self._rows[index].right), self._marks, strict=True
            )
            if any(next(marks.within(run.start, run.end), None) for run in runs)
        ]
        ahead = [index for index in marked if (index - self._current) * direction > 0] or marked
        if ahead:
            self._move_to(ahead[0] if direction > 0 else ahead[-1])
        return bool(ahead)

    def _has_mark(self, row: ComparisonRow) -> bool:
        sides = zip((row.left, row.right), self._marks, strict=True)
        return any(next(marks.within(run.start, run.end), None) for runs, marks in sides for run in runs)

    def _kept(self) -> list[int]:
        return [index for index, row in enumerate(self._rows) if row.differs or not self._filtered]

    def _column_width(self) -> int:
        room = self.scrollable_content_region.width - _POINTER_CELLS - _GUTTER_CELLS
        return max(_NARROWEST, room // 2)

    def _level(self) -> None:
        texts = (self._documents[0].text, self._documents[1].text)
        brackets = BRACKETS if self._bracketed or self._colourless() else NO_BRACKETS
        self._lines = level(self._rows, self._kept(), texts, self._column_width(), brackets)
        self._first_lines = {line.row: place for place, line in enumerate(self._lines) if line.first}
        self.virtual_size = Size(self.scrollable_content_region.width, _HEADER_LINES + len(self._lines))
        self.refresh()

    def _colourless(self) -> bool:
        return self.is_attached and (self.app.no_color or self.app.native_ansi_color)

    def on_resize(self) -> None:
        """Break the lines anew for the new width, with the current row in view."""
        self._level()
        self._reveal()

    def on_show(self) -> None:
        """Catch up with what was shown while the comparison itself was not."""
        self.on_resize()

    def _move_to(self, row: int) -> None:
        if not self._rows:
            return
        changed = row != self._current
        self._current = row
        self._reveal()
        self.refresh()
        if changed:
            self.post_message(self.RowMoved(self, row))

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height - _HEADER_LINES)

    def _extent(self) -> tuple[int, int]:
        """Return the first and the last line of the current row."""
        first = last = self._first_lines.get(self._current, 0)
        while last + 1 < len(self._lines) and self._lines[last + 1].row == self._current:
            last += 1
        return first, last

    def _reveal(self) -> None:
        first, last = self._extent()
        top = self.scroll_offset.y
        wanted = min(max(top, last + 2 - self._page), max(0, first - 1))
        if wanted != top:
            self.scroll_to(y=wanted, animate=False)

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

    def on_key(self, event: events.Key) -> None:
        """Forget a first ``g`` when another key follows."""
        if event.character != "g":
            self._g_waiting = False

    def on_blur(self) -> None:
        """Forget a first ``g``."""
        self._g_waiting = False

    def action_first_g(self) -> None:
        """Go to the first row at the second ``g``."""
        if self._g_waiting:
            self.action_first()
        self._g_waiting = not self._g_waiting

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
        row = self._rows[self._current]
        sides = (row.left, row.right)
        side = self._side if sides[self._side] else 1 - self._side
        self.post_message(self.PlaceChosen(self, self._documents[side].ref, sides[side][0].start))

    def on_click(self, event: events.Click) -> None:
        """Point at the row and side under the mouse; twice opens the place."""
        place = self.scroll_offset.y + event.y - int(self.gutter.top) - _HEADER_LINES
        if event.y - int(self.gutter.top) < _HEADER_LINES or not 0 <= place < len(self._lines):
            return
        if self._lines[place].row < 0:
            return
        self._side = int(event.x - int(self.gutter.left) > _POINTER_CELLS + self._column_width())
        self._move_to(self._lines[place].row)
        if event.chain == 2:
            self.action_choose()

    # What it looks like

    def notify_style_update(self) -> None:
        """Draw again when theme or focus changed how things look."""
        super().notify_style_update()
        self._parts.forget()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one row of the view; the header stays in place."""
        width = self.scrollable_content_region.width
        base = self._parts.base
        if y < _HEADER_LINES:
            return self._header_strip(y, base).adjust_cell_length(width, base)
        place = self.scroll_offset.y + y - _HEADER_LINES
        if place >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[place]
        if line.folded:
            text = f"{' ' * _POINTER_CELLS}⋯ {line.folded} the same or not evidence ⋯"
            return Strip([Segment(text, base + self._parts["muted"])]).adjust_cell_length(width, base)
        return self._level_strip(line, base).adjust_cell_length(width, base)

    def _header_strip(self, y: int, base: Style) -> Strip:
        column = self._column_width()
        if y == 2:
            return Strip([Segment("─" * (_POINTER_CELLS + _GUTTER_CELLS + 2 * column), base)])
        style = base + self._parts["title" if y == 0 else "byline"]
        segments = [Segment(" " * _POINTER_CELLS, base)]
        for side, document in enumerate(self._documents):
            share = f"{round(100 * self._shares[side])}% also {('right', 'left')[side]}"
            text = document.title or document.ref if y == 0 else f"{share} · {document.byline}"
            segments.extend(_padded(truncated(" ".join(text.split()), column), column, style, base))
            segments.append(Segment(" " * _GUTTER_CELLS, base))
        return Strip(segments)

    def _level_strip(self, line: LevelLine, base: Style) -> Strip:
        column = self._column_width()
        current = line.row == self._current
        under = base + self._parts["current"] if current else base
        row = self._rows[line.row] if line.row >= 0 else None
        pointers = [POINTER if current and line.first and self._side == side else " " for side in (0, 1)]
        sign = row.sign if row is not None and line.first else ""
        gutter = f" {sign:<2}{pointers[1]} "
        return Strip(
            [
                Segment(f"{pointers[0]} ", under + self._parts["gutter"]),
                *self._side_segments(line.left, self._marks[0], column, under),
                Segment(gutter, under + self._parts["gutter"]),
                *self._side_segments(line.right, self._marks[1], column, under),
            ]
        )

    def _side_segments(
        self, pieces: Sequence[Piece], marks: MarkRow, width: int, under: Style
    ) -> list[Segment]:
        segments = [
            Segment(
                shown(text), under + self._parts[piece.role] + (self._parts["mark"] if marked else Style())
            )
            for piece in pieces
            for text, marked in split_at_marks(piece, marks)
        ]
        used = sum(cells(piece.text) for piece in pieces)
        return [*segments, Segment(" " * max(0, width - used), under)] if used < width else segments


def _padded(text: str, width: int, style: Style, base: Style) -> list[Segment]:
    fill = width - cells(text)
    return [Segment(text, style), *([Segment(" " * fill, base)] if fill > 0 else [])]
