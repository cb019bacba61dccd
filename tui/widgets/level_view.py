"""Two texts on the screen, their rows level with each other.

What keys and mouse do is in ``aligned``; this is what it looks like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.aligned_layout import ComparisonRow, Side, comparison_rows
from tui.widgets.aligned_lines import BRACKETS, NO_BRACKETS, LevelLine, Piece, level, split_at_marks
from tui.widgets.cells import cells, shown, truncated
from tui.widgets.component_styles import ComponentStyles
from tui.widgets.reader_marks import Mark, MarkRow
from tui.widgets.text_view import ReaderDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

    from sources.evidence.alignment import Alignment

POINTER = "›"
POINTER_CELLS = 2
HEADER_LINES = 3
_GUTTER_CELLS = 5
_NARROWEST = 10


class LevelView(ScrollView):
    """Draws two texts in equal columns, with a gutter between; one row is the current one."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    LevelView {
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
        & > .aligned--hit { text-style: reverse; }
        & > .aligned--current { background: $boost; }
    }
    LevelView:focus {
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
        "aligned--hit",
        "aligned--current",
    }

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
        self._marks = (MarkRow(()), MarkRow(()))
        self._hits = (MarkRow(()), MarkRow(()))
        self._parts = ComponentStyles(self, "aligned")

    @property
    def rows(self) -> Sequence[ComparisonRow]:
        """All rows, the filtered ones too."""
        return self._rows

    @property
    def current_row(self) -> int:
        """The index of the row that the pointer is at."""
        return self._current

    def show(self, left: ReaderDocument, right: ReaderDocument, alignment: Alignment) -> None:
        """Show two texts by their alignment, whose ``a`` is the left one."""
        self._documents = (left, right)
        self._shares = (alignment.a_in_b, alignment.b_in_a)
        self._rows = comparison_rows(Side(left.text, left.zones), Side(right.text, right.zones), alignment)
        self._current = 0
        self._side = 0
        self._marks = self._hits = (MarkRow(()), MarkRow(()))
        if self._filtered and not any(row.differs for row in self._rows):
            self._filtered = False
        self._level()
        self.scroll_to(y=0, animate=False)
        self._current = self._kept()[0] if self._kept() else 0

    def set_marks(self, left: Sequence[Mark], right: Sequence[Mark]) -> None:
        """Make spans of the two texts stand out; none at all when both are empty."""
        self._marks = (MarkRow(left), MarkRow(right))
        self.refresh()

    def set_hits(self, left: Sequence[Mark], right: Sequence[Mark]) -> None:
        """Reverse what a search hit in the two texts; nothing when both are empty."""
        self._hits = (MarkRow(left), MarkRow(right))
        self.refresh()

    def _has_mark(self, row: ComparisonRow) -> bool:
        sides = zip((row.left, row.right), self._marks, strict=True)
        return any(next(marks.within(run.start, run.end), None) for runs, marks in sides for run in runs)

    def _kept(self) -> list[int]:
        return [index for index, row in enumerate(self._rows) if row.differs or not self._filtered]

    def _column_width(self) -> int:
        room = self.scrollable_content_region.width - POINTER_CELLS - _GUTTER_CELLS
        return max(_NARROWEST, room // 2)

    def _level(self) -> None:
        texts = (self._documents[0].text, self._documents[1].text)
        brackets = BRACKETS if self._bracketed or self._colourless() else NO_BRACKETS
        self._lines = level(self._rows, self._kept(), texts, self._column_width(), brackets)
        self._first_lines = {line.row: place for place, line in enumerate(self._lines) if line.first}
        self.virtual_size = Size(self.scrollable_content_region.width, HEADER_LINES + len(self._lines))
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

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height - HEADER_LINES)

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
        if y < HEADER_LINES:
            return self._header_strip(y, base).adjust_cell_length(width, base)
        place = self.scroll_offset.y + y - HEADER_LINES
        if place >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[place]
        if line.folded:
            text = f"{' ' * POINTER_CELLS}⋯ {line.folded} the same or not evidence ⋯"
            return Strip([Segment(text, base + self._parts["muted"])]).adjust_cell_length(width, base)
        return self._level_strip(line, base).adjust_cell_length(width, base)

    def _header_strip(self, y: int, base: Style) -> Strip:
        column = self._column_width()
        if y == 2:
            return Strip([Segment("─" * (POINTER_CELLS + _GUTTER_CELLS + 2 * column), base)])
        style = base + self._parts["title" if y == 0 else "byline"]
        segments = [Segment(" " * POINTER_CELLS, base)]
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
                *self._side_segments(line.left, 0, column, under),
                Segment(gutter, under + self._parts["gutter"]),
                *self._side_segments(line.right, 1, column, under),
            ]
        )

    def _side_segments(self, pieces: Sequence[Piece], side: int, width: int, under: Style) -> list[Segment]:
        marks, hits = self._marks[side], self._hits[side]
        segments = []
        for piece in pieces:
            for part, marked in split_at_marks(piece, marks):
                style = under + self._parts[part.role]
                if marked:
                    style += self._parts["mark"]
                for word, hit in split_at_marks(part, hits):
                    segments.append(Segment(shown(word.text), style + self._parts["hit"] if hit else style))
        used = sum(cells(piece.text) for piece in pieces)
        return [*segments, Segment(" " * max(0, width - used), under)] if used < width else segments


def _padded(text: str, width: int, style: Style, base: Style) -> list[Segment]:
    fill = width - cells(text)
    return [Segment(text, style), *([Segment(" " * fill, base)] if fill > 0 else [])]
