"""The panes: library and results on the left, a view in the middle, evidence and notes on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import ContentSwitcher

from tui.app.views.compare import CompareView
from tui.app.views.evidence import EvidencePane
from tui.app.views.library import LibraryPane
from tui.app.views.notes import NotesHere, NotesView
from tui.app.views.pane import Pane, StatusLine
from tui.app.views.prompt_line import PromptLine
from tui.app.views.read import ReadView
from tui.app.views.results import FacetsPane, ResultsPane
from tui.app.views.story import StoryView
from tui.app.widgets.splitter import Splitter
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from tui.app.widgets.reader import Reader


class Panes(Screen[None]):
    """The screen of all panes, by their names, and which of them has the focus."""

    ALLOW_SELECT = False  # the readers select by themselves, in offsets of the text

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield LibraryPane(id="library")
                yield ResultsPane(id="results")
                yield FacetsPane(id="facets")
            yield Splitter("vertical", id="left-splitter")
            with ContentSwitcher(id="middle", initial="read"):
                yield ReadView(id="read")
                yield CompareView(id="compare")
                yield StoryView(id="story")
                yield NotesView(id="notes")
            yield Splitter("vertical", id="right-splitter")
            with Vertical(id="right"):
                yield EvidencePane(id="evidence")
                yield NotesHere(id="notes-here")
        yield PromptLine("f", "find in this text", id="find-line")
        yield PromptLine("/", "search the library", id="search-line")
        yield StatusLine(id="status")

    library_pane = query_one(LibraryPane)  # the library on the left
    results_pane = query_one(ResultsPane)  # the results under the library
    facets_pane = query_one(FacetsPane)  # what the search can be narrowed by, under the results
    read_view = query_one(ReadView)  # the view that reads

    @property
    def reader(self) -> Reader:
        """Return the reader of the view that reads."""
        return self.read_view.reader

    compare_view = query_one(CompareView)  # the view that compares
    story_view = query_one(StoryView)  # the view of the story
    notes_view = query_one(NotesView)  # the view of all notes
    evidence_pane = query_one(EvidencePane)  # the evidence on the right
    notes_here = query_one(NotesHere)  # the notes on what is read
    search_line = query_one("#search-line", PromptLine)  # the line that searches the library
    find_line = query_one("#find-line", PromptLine)  # the line that finds in the open text

    @property
    def view(self) -> str:
        """Return which of the four views is shown."""
        return self.query_one("#middle", ContentSwitcher).current or "read"

    def main_target(self) -> Widget | None:
        """Return what takes the keys in the present view."""
        if self.view == "read":
            welcome = self.query_one("#welcome-list", VirtualList)
            return welcome if self.read_view.welcoming else self.reader
        if self.view == "story":
            return self.story_view.contents
        return self.query_one(f"#{self.view}", Pane).focus_target

    def focus_main(self) -> None:
        """Give the present view the focus."""
        target = self.main_target()
        if target is not None:
            self.set_focus(target)

    @property
    def focused_pane(self) -> Pane | None:
        """Return the pane that has the focus."""
        if self.focused is None:
            return None
        return next((node for node in self.focused.ancestors_with_self if isinstance(node, Pane)), None)
