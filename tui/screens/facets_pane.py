"""What the hits of the search have in common, to narrow the search by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.screens.pane import Pane
from tui.screens.result_rows import FACET, facet_rows
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual.app import ComposeResult

    from index.values import Facet


class FacetsPane(Pane):
    """Stories, publishers, months, names and tags of all hits, counted; a chosen one has a tick."""

    pane_title = "Narrow by"
    hints = (("enter", "narrow, widen"), ("F", "fold away"), ("S", "order"))

    class Chosen(Message):
        """A value was chosen: ``condition`` is what it is in the query language."""

        def __init__(self, condition: str) -> None:
            super().__init__()
            self.condition = condition

    def compose(self) -> ComposeResult:
        """Lay out title and list."""
        yield self.heading
        yield LineList(id="facets-list")

    @property
    def listing(self) -> LineList:
        """Return the list."""
        return self.query_one("#facets-list", LineList)

    def show(self, facets: Sequence[Facet], chosen: Collection[str], placeholder: str) -> None:
        """Show counted values; ``placeholder`` is what to say when there are none."""
        self.listing.placeholder = placeholder
        self.listing.set_rows(facet_rows(facets, chosen))
        self.heading.info = f"✓{len(chosen)}" if chosen else ""

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        message.stop()
        self.post_message(self.Chosen(message.key.removeprefix(FACET)))
