"""The results of the search, under the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.screens.pane import Pane, bindings_for
from tui.screens.result_rows import MORE, result_rows
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.model import Ref
    from tui.desk import Search

_AHEAD = 5  # hits before the last that was asked for at which the next page is asked for


class ResultsPane(Pane):
    """The hits of the search that is on, their near copies, and what is to be said of them as a whole."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("results")
    pane_title = "Results"
    hints = (("enter", "open"), ("n", "next hit"), ("F", "narrow"), ("S", "order"), ("z", "copies"))

    class Opened(Message):
        """A hit was chosen, or the row of its copies, or the row that stands for further hits."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class MoreWanted(Message):
        """The list is near the end of the hits that were asked for."""

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
            at_least = "" if results.whole else "at least "
            self.heading.info = at_least + sources if results.total else "nothing"
            if results.total:
                notice = "\n".join(part for part in (standing(search), state or results.state) if part)
            else:
                notice = "Nothing found."
                if results.suggestion:
                    notice += f" Did you mean “{results.suggestion}”? ctrl+y searches for it."
        line = self.query_one("#results-notice", Static)
        line.update(Content(notice))
        line.display = bool(notice)
        self._draw()

    def _draw(self) -> None:
        search = self._search
        if search is None:
            return
        self._width = self.size.width
        rows = result_rows(search, self._open, self._width)
        following = None
        if self.listing.highlighted_key == MORE:
            # The row for further hits is at the end again; one was waiting for what came in its place.
            place = len(self.listing.rows) - 1
            following = rows[place].key if place < len(rows) else None
        self.listing.set_rows(rows, highlight=following)

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap the snippets anew."""
        if self.size.width != self._width:
            self._draw()

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        message.stop()
        self.post_message(self.Opened(message.key))

    @on(LineList.Highlighted)
    def _highlighted(self, message: LineList.Highlighted) -> None:
        search = self._search
        last = [str(hit.ref) for hit in search.hits[-_AHEAD:]] if search is not None else []
        if message.key == MORE or message.key in last:
            self.post_message(self.MoreWanted())

    @on(LineList.EndShown)
    def _end_shown(self) -> None:
        self.post_message(self.MoreWanted())


def standing(search: Search) -> str:
    """Return in what order the hits are, how many near copies stand behind them, how many are listed."""
    parts = [f"{search.sort} first" if search.sort in {"newest", "oldest"} else search.sort]
    copies = sum(len(hit.copies) for hit in search.hits)
    if copies:
        parts.append(f"+{copies:,} {'copy' if copies == 1 else 'copies'}")
    if search.left:
        parts.append(f"1–{len(search.hits):,}")
    return " · ".join(parts)
