"""The library on the left: stories as folding rows, with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.pane import Pane
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from sources.model import Ref
    from tui.widgets.line_list import Row


class LibraryPane(Pane):
    """The list of stories and sources; its messages are those of the list in it."""

    pane_title = "Library"
    hints = (("enter", "open"), ("space", "mark"), ("c", "compare"), ("A", "add"))

    def compose(self) -> ComposeResult:
        """Lay out title and list."""
        yield self.heading
        yield LineList(id="library-list")

    @property
    def listing(self) -> LineList:
        """Return the list."""
        return self.query_one("#library-list", LineList)

    def show(self, rows: Sequence[Row], info: str) -> None:
        """Show the rows; ``info`` stands at the end of the title line."""
        self.listing.set_rows(rows)
        self.heading.info = info

    def point_at(self, ref: Ref) -> None:
        """Put the highlight on a source, if its story is unfolded."""
        self.listing.highlight(str(ref))
