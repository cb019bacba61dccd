"""The results of the search, under the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.screens.pane import Pane
from tui.screens.rows import result_rows
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from sources.model import Ref
    from tui.desk import Search


class ResultsPane(Pane):
    """The hits of the search that is on, two or three lines each, and what to say when there are none."""

    pane_title = "Results"
    hints = (("enter", "open"), ("n", "next hit"), ("esc", "end search"))

    class Opened(Message):
        """A hit was chosen."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._search: Search | None = None
        self._open: Ref | None = None
        self._width = 0

    def compose(self) -> ComposeResult:
        """Lay out title, notice and list."""
        yield self.heading
        yield Static(id="results-notice", markup=False)
        yield LineList(id="results-list")

    @property
    def listing(self) -> LineList:
        """Return the list."""
        return self.query_one("#results-list", LineList)

    def show(self, search: Search, shown: Ref | None, state: str) -> None:
        """Show the results of a search; ``shown`` is what is open, ``state`` why there may be none yet."""
        self._search, self._open = search, shown
        results = search.results
        notice = state
        if results is not None:
            sources = "1 source" if results.total == 1 else f"{results.total:,} sources"
            self.heading.info = sources if results.total else "nothing"
            if not results.total:
                notice = "Nothing found."
                if results.suggestion:
                    notice += f" Did you mean “{results.suggestion}”? ctrl+y searches for it."
            elif not state:
                notice = results.state
        line = self.query_one("#results-notice", Static)
        line.update(Content(notice))
        line.display = bool(notice)
        self._draw()

    def _draw(self) -> None:
        search = self._search
        if search is None:
            return
        self._width = self.size.width
        left = search.results.total - len(search.hits) if search.results else 0
        self.listing.set_rows(result_rows(search.hits, self._open, self._width, left=left))

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap the snippets anew."""
        if self.size.width != self._width:
            self._draw()

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        message.stop()
        self.post_message(self.Opened(message.key))
