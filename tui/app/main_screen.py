"""The main screen: library and results on the left, a view in the middle, evidence and notes on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import ContentSwitcher

from sources.model import Ref
from tui.app.controllers.adding import AddController, RemoveController
from tui.app.controllers.compare import CompareController
from tui.app.controllers.corrections import CorrectionsController
from tui.app.controllers.export import ExportController
from tui.app.controllers.facets import FacetsController
from tui.app.controllers.find import FindController
from tui.app.controllers.labels import LabelsController
from tui.app.controllers.layout import LayoutController
from tui.app.controllers.library import LibraryController
from tui.app.controllers.lineage import LineageController
from tui.app.controllers.notes import NotesController
from tui.app.controllers.reading import ReadingController
from tui.app.controllers.relink import RelinkController
from tui.app.controllers.reuse_lookup import ReuseLookupController
from tui.app.controllers.saved_searches import QueryHelpController, SavedSearchesController
from tui.app.controllers.search import SearchController
from tui.app.controllers.status import show_status
from tui.app.controllers.story import StoryController
from tui.app.controllers.story_evidence import StoryEvidenceController
from tui.app.dialogs.help import HelpScreen
from tui.app.views.compare import CompareView
from tui.app.views.evidence import EvidencePane
from tui.app.views.library import LibraryPane
from tui.app.views.lineage_boxes import LineageBox, TreeBox
from tui.app.views.notes import NotesView
from tui.app.views.notes_here import NotesHere
from tui.app.views.pane import bindings_for
from tui.app.views.prompt_line import LineInput, PromptLine
from tui.app.views.read import ReadView, SourceReader, Welcome
from tui.app.views.results import FacetsPane, ResultsPane
from tui.app.views.status_line import StatusLine
from tui.app.views.story import ContentsPane, StoryView, SummaryPane
from tui.app.views.story_box import StoryBox
from tui.app.widgets.comparison import ComparisonPane
from tui.app.widgets.reader import Reader
from tui.app.widgets.splitter import Splitter
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from tui.app.application import CrossreadApp
    from tui.app.state import AppState
    from tui.app.views.pane import Pane


class PanesScreen(Screen[None]):
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
            welcome = self.query_one("#welcome-list", VirtualList)
            return welcome if self.read_view.welcoming else self.reader
        if self.view == "story":
            return self.story_view.contents
        return cast("Pane", self.query_one(f"#{self.view}")).focus_target


# The one frame: library and results on the left, a view in the middle, evidence and notes on the right.


class MainScreen(PanesScreen):
    """Holds the panes, and hands what happens in them to the part that sees to it."""

    CSS_PATH = [  # noqa: RUF012 - Textual declares it so
        "main_screen.tcss", "views/pane.tcss", "views/status_line.tcss", "views/results.tcss",
        "views/evidence.tcss", "views/read.tcss", "views/compare.tcss", "views/story.tcss",
        "views/evidence_boxes.tcss", "views/notes.tcss",
    ]  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("everywhere")
    ALLOW_SELECT = False  # the readers select by themselves, in offsets of the text
    app: CrossreadApp

    def __init__(self, desk: AppState) -> None:
        super().__init__()
        self.desk = desk
        self.arranging = LayoutController(self)
        self.shelving = LibraryController(self)
        self.reading = ReadingController(self)
        self.searching = SearchController(self)
        self.narrowing = FacetsController(self)
        self.keeping = SavedSearchesController(self)
        self.finding = FindController(self)
        self.explaining = QueryHelpController(self)
        self.comparing = CompareController(self)
        self.noting = NotesController(self)
        self.carrying = RelinkController(self)
        self.labelling = LabelsController(self)
        self.delivering = ExportController(self)
        self.overviewing = StoryController(self)
        self.tracing = LineageController(self)
        self.locating = ReuseLookupController(self)
        self.surveying = StoryEvidenceController(self)
        self.correcting = CorrectionsController(self)
        self.adding = AddController(self)
        self.removing = RemoveController(self)
        self.handlers: dict[str, Callable[[], None]] = {
            "help": self.help,
            "back": self.back,
            "leave": self.leave,
        }
        parts = (
            self.arranging, self.shelving, self.reading, self.searching, self.narrowing, self.keeping,
            self.finding, self.explaining, self.comparing, self.noting, self.carrying, self.labelling,
            self.adding, self.removing, self.locating, self.correcting,
            self.delivering,
        )  # fmt: skip
        for part in parts:
            self.handlers.update(part.commands())

    def compose(self) -> ComposeResult:
        """Lay out the frame."""
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

    def on_mount(self) -> None:
        """Begin with nothing searched and nothing found."""
        self.results_pane.display = self.facets_pane.display = False
        self.find_line.display = False
        self.search_line.input.has_help = True
        for splitter in self.query(Splitter):
            splitter.can_focus = False
        self.read_view.welcome("The library is being opened…", ())
        self.arranging.apply()

    def highlighted_ref(self) -> Ref | None:
        """Return the source that is highlighted in the focused list, or else what is open."""
        pane = self.arranging.focused_pane
        if pane is self.library_pane or pane is self.results_pane:
            return Ref.parse(pane.query_one(VirtualList).highlighted_key or "")
        if isinstance(pane, ContentsPane):
            return self.story_view.highlighted_ref
        if isinstance(pane, SummaryPane):
            return self.story_view.summary_ref
        if isinstance(pane, TreeBox):
            return pane.highlighted_ref
        return self.desk.ref if pane is self.read_view else None

    # Commands

    def action_run(self, command: str) -> None:
        """Run a command of the registry."""
        handler = self.handlers.get(command) or self.app.handlers.get(command)
        if handler is not None:
            try:
                handler()
            except Exception as error:  # whatever it was, the user keeps the rest
                self.app.report(error)

    def help(self) -> None:
        """Show all keys."""
        self.app.push_screen(HelpScreen(self.app.commands))

    def show_view(self, view: str) -> None:
        """Switch the middle to one of the four views."""
        self.query_one("#middle", ContentSwitcher).current = view
        if self.app.library is None:
            return
        if view == "compare":
            self.comparing.refresh()
        elif view == "story":
            self.overviewing.refresh()
        elif view == "notes":
            self.noting.refresh()
        elif self.desk.ref is not None and self.evidence_pane.evidence.refs not in {(), (self.desk.ref,)}:
            self.reading.load_evidence((self.desk.ref,))

    def back(self) -> None:
        """Step back once; at the end of the way nothing happens."""
        self.step_back()

    def leave(self) -> None:
        """Step back to reading, and from there quit."""
        if self.view != "read":
            self.arranging.show_view("read")
        else:
            self.app.leave()

    def step_back(self) -> bool:
        """Undo one step: a line, a selection, a search, a view."""
        if self.find_line.display and (
            self.find_line.has_focus_within or self.arranging.focused_pane is self.read_view
        ):
            self.finding.end()
        elif self.search_line.has_focus_within:
            self.search_line.complain("")
            self.arranging.focus_main()
        elif self.notes_view.filter_line.has_focus_within:
            self.set_focus(self.notes_view.listing)
        elif self.evidence_pane.filter_line.display and self.arranging.focused_pane is self.evidence_pane:
            self.evidence_pane.end_filter()
        elif self.labelling.leave() or self.carrying.let_go() or self.arranging.step_back():
            pass
        elif self.view == "read" and self.reader.selection is not None:
            self.reader.clear_selection()
        elif self.view != "read":
            self.arranging.show_view("read")
        elif self.desk.search.on:
            self.searching.end()
        elif self.focused is not self.main_target():
            self.arranging.focus_main()
        else:
            return False
        return True

    def say(self, words: str) -> None:
        """Tell the user something in a corner, for a short while."""
        self.app.say(words)

    # What the panes report

    def on_resize(self, _event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self.arranging.apply()
        if self.desk.source is not None:
            self.call_after_refresh(lambda: self.reader.go_to(self.reader.cursor))

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Name the keys of what has the focus now."""
        self.refresh_status()

    @on(VirtualList.Chosen, "#library-list")
    def _library_chosen(self, message: VirtualList.Chosen) -> None:
        self.shelving.choose(message.key)

    @on(ResultsPane.Opened)
    def _result_chosen(self, message: ResultsPane.Opened) -> None:
        self.searching.choose(message.key)

    @on(ResultsPane.MoreWanted)
    def _more_results_wanted(self) -> None:
        self.searching.more()

    @on(FacetsPane.Chosen)
    def _facet_chosen(self, message: FacetsPane.Chosen) -> None:
        self.narrowing.choose(message.condition)

    @on(StoryView.Opened)
    def _story_source_chosen(self, message: StoryView.Opened) -> None:
        self.reading.open(message.ref)

    @on(StoryBox.Enlarged)
    def _box_entered(self, message: StoryBox.Enlarged) -> None:
        self.arranging.enlarge(message.box)

    @on(StoryBox.PlaceWanted)
    def _place_wanted(self, message: StoryBox.PlaceWanted) -> None:
        self.reading.open(message.ref, at=message.offset)

    @on(LineageBox.PairWanted)
    def _pair_wanted(self, message: LineageBox.PairWanted) -> None:
        self.comparing.open(message.pair)

    @on(LineageBox.ScopeWanted)
    def _scope_wanted(self, message: LineageBox.ScopeWanted) -> None:
        self.tracing.choose_scope(message.scope)

    @on(Welcome.Chosen)
    def _offer_taken(self, message: Welcome.Chosen) -> None:
        self.action_run(message.command)

    @on(PromptLine.Changed, "#search-line")
    def _search_typed(self, message: PromptLine.Changed) -> None:
        self.searching.typed(message.value)

    @on(PromptLine.Submitted, "#search-line")
    def _search_left(self) -> None:
        self.searching.left()

    @on(LineInput.HelpWanted)
    def _query_help_wanted(self) -> None:
        self.explaining.show()

    @on(PromptLine.Changed, "#find-line")
    def _find_typed(self) -> None:
        self.finding.typed()

    @on(PromptLine.Submitted, "#find-line")
    def _find_left(self) -> None:
        self.finding.left()

    @on(Reader.CursorMoved, "#reader")
    def _cursor_moved(self) -> None:
        self.reading.moved()

    @on(SourceReader.KeyTaken)
    def _key_taken(self, message: SourceReader.KeyTaken) -> None:
        self.labelling.typed(message.key)

    @on(Reader.SelectionChanged, "#reader")
    def _selection_changed(self) -> None:
        self.refresh_status()

    @on(Reader.MarkActivated, "#reader")
    def _mark_activated(self, message: Reader.MarkActivated) -> None:
        self.reading.activate(message.mark)

    @on(EvidencePane.Chosen)
    def _evidence_chosen(self, message: EvidencePane.Chosen) -> None:
        self.reading.choose_evidence(message.key)

    @on(EvidencePane.TabChanged)
    def _tab_changed(self) -> None:
        self.reading.mark_evidence()

    @on(NotesHere.Chosen)
    def _note_here_chosen(self, message: NotesHere.Chosen) -> None:
        note = next((note for note in self.desk.notes if note.id == message.note_id), None)
        if note is not None:
            self.noting.go_to(note)

    @on(NotesView.DraftChosen)
    def _draft_chosen(self) -> None:
        self.noting.edit()

    @on(NotesView.Chosen)
    def _note_chosen(self) -> None:
        note = self.notes_view.note
        if note is not None:
            self.noting.go_to(note)

    @on(ComparisonPane.PlaceChosen)
    def _place_chosen(self, message: ComparisonPane.PlaceChosen) -> None:
        ref = Ref.parse(message.ref)
        if ref is not None:
            self.reading.open(ref, at=message.offset)

    @on(ComparisonPane.RowMoved)
    def _row_moved(self) -> None:
        self.comparing.row_moved()

    @on(Splitter.Moved)
    def _splitter_moved(self, message: Splitter.Moved) -> None:
        cells = round(message.ratio * self.size.width)
        if message.splitter.id == "left-splitter":
            self.arranging.set_width("left", cells)
        else:
            self.arranging.set_width("right", self.size.width - cells - 1)

    def refresh_status(self) -> None:
        """Say how things stand, and which keys are of use."""
        if self.is_mounted:
            show_status(self)

    def library_listed(self) -> None:
        """Show the welcome when the library is empty, a text when it no longer is."""
        if not self.shelving.shelf.stories:
            self.read_view.welcome(
                "This library is empty. Put in the sources of a story, or look at the one that comes along.",
            )
            if self.view == "read":
                self.arranging.focus_main()
        elif self.desk.ref is None and self.desk.wanted is None:
            story = self.shelving.shelf.stories[0]
            self.overviewing.open_first(story.slug)
