"""The panes of the frame by their names, for the parts that see to what happens in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen
from textual.widgets import ContentSwitcher

from tui.screens.compare_view import CompareView
from tui.screens.evidence_pane import EvidencePane
from tui.screens.facets_pane import FacetsPane
from tui.screens.library_pane import LibraryPane
from tui.screens.notes_here import NotesHere
from tui.screens.notes_view import NotesView
from tui.screens.prompt_line import PromptLine
from tui.screens.read_view import ReadView
from tui.screens.results_pane import ResultsPane
from tui.screens.story_view import StoryView
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from textual.widget import Widget

    from tui.screens.pane import Pane
    from tui.widgets.reader import Reader


class FramePanes(Screen[None]):
    """A screen that holds the panes of the frame."""

    @property
    def library_pane(self) -> LibraryPane:
        """Return the library on the left."""
        return self.query_one(LibraryPane)

    @property
    def results_pane(self) -> ResultsPane:
        """Return the results under the library."""
        return self.query_one(ResultsPane)

    @property
    def facets_pane(self) -> FacetsPane:
        """Return what the search can be narrowed by, under the results."""
        return self.query_one(FacetsPane)

    @property
    def read_view(self) -> ReadView:
        """Return the view that reads."""
        return self.query_one(ReadView)

    @property
    def reader(self) -> Reader:
        """Return the reader of the view that reads."""
        return self.read_view.reader

    @property
    def compare_view(self) -> CompareView:
        """Return the view that compares."""
        return self.query_one(CompareView)

    @property
    def story_view(self) -> StoryView:
        """Return the view of the story."""
        return self.query_one(StoryView)

    @property
    def notes_view(self) -> NotesView:
        """Return the view of all notes."""
        return self.query_one(NotesView)

    @property
    def evidence_pane(self) -> EvidencePane:
        """Return the evidence on the right."""
        return self.query_one(EvidencePane)

    @property
    def notes_here(self) -> NotesHere:
        """Return the notes on what is read."""
        return self.query_one(NotesHere)

    @property
    def search_line(self) -> PromptLine:
        """Return the line that searches the library."""
        return self.query_one("#search-line", PromptLine)

    @property
    def find_line(self) -> PromptLine:
        """Return the line that finds in the open text."""
        return self.query_one("#find-line", PromptLine)

    @property
    def view(self) -> str:
        """Return which of the four views is shown."""
        return self.query_one("#middle", ContentSwitcher).current or "read"

    def main_target(self) -> Widget | None:
        """Return what takes the keys in the present view."""
        if self.view == "read":
            welcome = self.query_one("#welcome-list", LineList)
            return welcome if self.read_view.welcoming else self.reader
        if self.view == "story":
            return self.story_view.contents
        return cast("Pane", self.query_one(f"#{self.view}")).focus_target
