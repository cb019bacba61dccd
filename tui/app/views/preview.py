"""The text of the hit that is highlighted, beside the results: its hits marked, the best passage in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.views.read import without_title_twice
from tui.app.widgets.cells import WidgetMessage
from tui.app.widgets.reader_marks import Mark, MarkKind
from tui.app.widgets.text_view import ReaderDocument, TextView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from sources.model import Span

_ABOVE = 3  # parts of the page, one of which is above the passage


class Preview(TextView, can_focus=False):
    """A text to look at; a click opens it."""

    class Wanted(WidgetMessage):
        """The text is to be opened."""

    def preview(self, document: ReaderDocument, hits: Sequence[Span], at: int) -> None:
        """Show a document with its hits, at an offset."""
        self.show(without_title_twice(document))
        self._marks.put(MarkKind.HIT, [Mark(hit.start, hit.end, MarkKind.HIT) for hit in hits])
        self._cursor.place(at)
        self._redraw()
        self._reveal(at)

    def clear(self) -> None:
        """Show nothing."""
        self.show(ReaderDocument("", "", "", ""))

    def _reveal(self, offset: int) -> None:
        """Scroll so that the line of ``offset`` stands in the upper part of the page."""
        page = self._page_height
        if not page:
            self._must_reveal = True
            return
        line = len(self._header) + self.text_layout.line_of(offset)
        self.scroll_to(y=0 if line < page - 1 else line - page // _ABOVE, animate=False)

    def on_click(self, _event: events.Click) -> None:
        """Ask for the text."""
        if self.document.ref:
            self.post_message(self.Wanted(self))
