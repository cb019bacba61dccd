"""A matrix of short values with a cursor on one of them, such as the figures of a story by its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment

from tui.widgets.cells import cells, shown, truncated
from tui.widgets.matrix import Layout, Matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

_MOST_VALUE = 15  # cells of a value
_LEAST_LABEL, _MOST_LABEL = 14, 44
_AROUND = 2  # cells beside a value, for the brackets of the cursor
_SILENT = "·"


@dataclass(frozen=True, slots=True)
class ValueCell:
    """What stands in a cell: its text, and what part of the style sheet it is drawn by."""

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

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"values--{name}"
        for name in ("head", "value", "dissent", "change", "copied", "silent", "lone", "line", "cursor")
    }

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
