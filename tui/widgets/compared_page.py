"""What of a comparison scrolls together: all columns while they are locked, one column when they are not."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.widgets.aligned_layout import ComparisonRow
    from tui.widgets.aligned_lines import LevelLine


class Filter(StrEnum):
    """Which rows are shown."""

    ALL = ""
    DIFFERENCES = "differences only"
    ONLY_HERE = "only here"  # what the text that is pointed at says alone


def keeps(wanted: Filter, row: ComparisonRow, side: int) -> bool:
    """Tell whether a filter shows a row when ``side`` is pointed at."""
    if wanted is Filter.DIFFERENCES:
        return row.differs
    return wanted is Filter.ALL or row.only == side


@dataclass(slots=True)
class Page:
    """The lines of some columns, the row that is the current one, and the line at the top of the view."""

    columns: tuple[int, ...] = ()
    kept: Sequence[int] = ()
    lines: Sequence[LevelLine] = ()
    current: int = 0
    top: int = 0
    _firsts: dict[int, int] = field(default_factory=dict)

    def fill(self, kept: Sequence[int], lines: Sequence[LevelLine]) -> None:
        """Take over which rows there are and their lines; the current row stays one of them."""
        self.kept, self.lines = kept, lines
        self._firsts = {line.row: place for place, line in enumerate(lines) if line.first}
        if kept and self.current not in self._firsts:
            self.current = min(kept, key=lambda row: abs(row - self.current))

    def extent(self) -> tuple[int, int]:
        """Return the first and the last line of the current row."""
        first = last = self._firsts.get(self.current, 0)
        while last + 1 < len(self.lines) and self.lines[last + 1].row == self.current:
            last += 1
        return first, last

    def reveal(self, height: int) -> None:
        """Scroll so far that the current row is in view."""
        first, last = self.extent()
        self.top = min(max(self.top, last + 2 - height), max(0, first - 1))
        self.top = max(0, min(self.top, len(self.lines) - height))

    def place_at(self, line: int, height: int) -> None:
        """Scroll so that the current row begins ``line`` lines below the top, as far as there is room."""
        self.top = max(0, min(self.extent()[0] - line, len(self.lines) - height))
