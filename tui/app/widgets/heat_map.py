"""The overlap of a story's texts as a matrix, with a cursor on one of its cells.

Numbers and titles at the edges stay in place while the cells scroll, so that fifty texts can be read on a
small screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType

from sources.evidence.lineage.drawing import HeatMap, block_of
from tui.app.widgets.cells import cells, truncated
from tui.app.widgets.matrix import Layout, Matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

    from sources.evidence.lineage.drawing import HeatCell

_ROOMY, _TIGHT = 3, 2  # cells for a block and what stands between two
_WITH_NUMBERS = 5  # cells for a share in percent
_MOST_TITLE = 36  # cells of a title beside its row
_LEAST_TITLE = 8
_STYLES = {"copy": "copy", "partial": "partial", "quotes": "quotes", "rewrite": "rewrite", "kin": "kin"}


class HeatMapView(Matrix):
    """A matrix of blocks: how much of the text of a row is in the text of a column."""

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

    STYLES = "heat-map"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("percent_sign", "numbers", "Shares as numbers", show=False, id="matrix.numbers")
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._map = HeatMap((), ())
        self._titles: Sequence[str] = ()
        self._numbers = False

    def show(self, drawn: HeatMap, titles: Sequence[str]) -> None:
        """Show a map whose rows have these titles; the cursor begins at the largest overlap."""
        same = self._map.refs == drawn.refs
        self._map, self._titles = drawn, titles
        if not same:
            self.start_at(*max(self.noted(), key=self._told, default=(0, min(1, len(drawn.refs) - 1))))
        self.reveal()

    @property
    def cell(self) -> HeatCell | None:
        """The cell under the cursor."""
        return self._map.cells[self.row][self.column] if self._map.refs else None

    @property
    def row_count(self) -> int:
        """How many texts there are."""
        return len(self._titles)

    @property
    def column_count(self) -> int:
        """How many texts there are."""
        return len(self._titles)

    def noted(self) -> list[tuple[int, int]]:
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

    def action_numbers(self) -> None:
        """Show shares in percent, or blocks."""
        self._numbers = not self._numbers
        self.reveal()

    # What it looks like

    def placing(self) -> Layout:
        """Return where things stand: titles have what room there is."""
        count, width = len(self._titles), self.content_size.width
        digits = self._digits()
        least = digits + 2
        column = _WITH_NUMBERS if self._numbers else _ROOMY if least + count * _ROOMY <= width else _TIGHT
        room = width - least - count * column
        label = least + min(room, _MOST_TITLE) if room >= _LEAST_TITLE else least
        return Layout(label, [column] * count, digits if digits >= column else 1)

    def _cells_each(self, layout: Layout) -> int:
        return layout.columns[0] if layout.columns else _TIGHT

    def _digits(self) -> int:
        return len(str(max((ref.number or 0 for ref in self._map.refs), default=1)))

    def heading_line(self, y: int, columns: range, layout: Layout, base: Style) -> list[Segment]:
        """Return the numbers of the columns."""
        left, right = self.more_beside(columns)
        more = "‹" if left else " "
        segments = [Segment(f"{more if y == 0 else ' ':>{layout.label}}", base + self._parts["label"])]
        for column in columns:
            number = str(self._map.refs[column].number)
            # Numbers that are wider than their columns stand upright.
            text = number if layout.heading == 1 else number.rjust(layout.heading)[y]
            style = base + self._parts["label"]
            if column == self.column:
                style += self._parts["line"] + self._parts["cursor"]
            segments.append(Segment(text.rjust(self._cells_each(layout) - 1) + " ", style))
        if y == 0 and right:
            segments[-1] = Segment(segments[-1].text[:-1] + "›", segments[-1].style)
        return segments

    def row_line(self, row: int, columns: range, layout: Layout, base: Style) -> list[Segment]:
        """Return number, title and blocks of a row."""
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

    def _cell_text(self, cell: HeatCell, layout: Layout) -> str:
        if self._numbers:
            if cell.kind in {"copy", "partial", "quotes"}:
                return f"{'“' if cell.kind == 'quotes' else ''}{round(100 * cell.share)} ".rjust(
                    self._cells_each(layout)
                )
            return f"{block_of(cell)} ".rjust(self._cells_each(layout))
        block = block_of(cell)
        wide = block * 2 if block in "░▒▓█" and self._cells_each(layout) > _TIGHT else f"{block}"
        return f"{wide} ".rjust(self._cells_each(layout))

    def _cursor_text(self, cell: HeatCell, layout: Layout) -> str:
        if self._numbers:
            return f"[{self._cell_text(cell, layout).strip()}]".rjust(self._cells_each(layout))
        block = block_of(cell)
        return f"[{block}]" if self._cells_each(layout) == _ROOMY else f"›{block}"
