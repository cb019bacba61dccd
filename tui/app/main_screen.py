"""The main screen: it makes the controllers, hands on what they and the panes tell, and shows the state."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on

from sources.model import Ref
from tui.app import messages
from tui.app.controllers.again import AgainController
from tui.app.controllers.audit import AuditController
from tui.app.controllers.base import Context, Controller
from tui.app.controllers.compare import CompareController
from tui.app.controllers.copies import CopiesController
from tui.app.controllers.corrections import CorrectionsController
from tui.app.controllers.editing import EditingController
from tui.app.controllers.files import AddController, ExportController, RemoveController
from tui.app.controllers.find import FindController
from tui.app.controllers.history import HistoryController
from tui.app.controllers.in_text import InTextController
from tui.app.controllers.jumps import JumpsController
from tui.app.controllers.labels import LabelsController
from tui.app.controllers.library import LibraryController
from tui.app.controllers.notes import NotesController
from tui.app.controllers.peek import PeekController
from tui.app.controllers.placing import PlacingController
from tui.app.controllers.preview import PreviewController
from tui.app.controllers.reading import ReadingController
from tui.app.controllers.refine_search import FacetsController, QueryHelpController, SavedSearchesController
from tui.app.controllers.relink import RelinkController
from tui.app.controllers.reuse_lookup import ReuseLookupController
from tui.app.controllers.search import SearchController
from tui.app.controllers.steps import StepsController
from tui.app.controllers.story import LineageController, StoryController, StoryEvidenceController
from tui.app.controllers.tour import TourController
from tui.app.controllers.watching import WatchingController
from tui.app.dialogs.help import Here, KeyHelp, help_parts
from tui.app.layout import Layout, Side, keys_of_boxes
from tui.app.panes import Current, Panes
from tui.app.status_line import is_roomy, show_status, show_tabs
from tui.app.views.evidence import EvidencePane
from tui.app.views.library import LibraryPane
from tui.app.views.pane import StoryBox, bindings_for
from tui.app.views.preview import Preview
from tui.app.views.prompt_line import LineInput, PromptLine
from tui.app.views.read import SourceReader
from tui.app.views.results import ResultsPane
from tui.app.widgets.chips import Chips
from tui.app.widgets.comparison import ComparisonPane
from tui.app.widgets.reader import Reader
from tui.app.widgets.splitter import Splitter
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from tui.app.messages import Dispatcher
    from tui.app.state import AppState
    from tui.app.workers import Clock, Workers
    from tui.services.access import Services


class MainScreen(Panes):
    """Holds the panes, and hands what happens in them to the part that sees to it."""

    CSS_PATH = [  # noqa: RUF012 - Textual declares it so
        "main_screen.tcss", "views/pane.tcss", "views/library.tcss", "views/status_line.tcss",
        "views/results.tcss", "views/evidence.tcss", "views/read.tcss", "views/compare.tcss",
        "views/story.tcss", "views/evidence_boxes.tcss", "views/notes.tcss",
    ]  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("everywhere")

    def __init__(
        self,
        state: AppState,
        services: Services,
        workers: Workers,
        clock: Clock,
        dispatcher: Dispatcher,
        report: Callable[[Exception], None],
    ) -> None:
        super().__init__()
        self.state = state
        self.services = services
        self.dispatcher = dispatcher
        self.report = report
        self.current = Current(state, self)
        self.pane_layout = Layout(self, dispatcher.emit)
        context = Context(
            state, services, workers, self, self.pane_layout, self.current, clock, dispatcher.emit, report
        )
        self.library = LibraryController(context)
        self.reading = ReadingController(context)
        self.search = SearchController(context)
        self.copies = CopiesController(context)
        self.preview = PreviewController(context)
        self.facets = FacetsController(context)
        self.saved_searches = SavedSearchesController(context)
        self.finding = FindController(context)
        self.query_help = QueryHelpController(context)
        self.compare = CompareController(context)
        self.notes = NotesController(context)
        self.relink = RelinkController(context)
        self.labels = LabelsController(context)
        self.export = ExportController(context)
        self.story = StoryController(context)
        self.lineage = LineageController(context)
        self.reuse_lookup = ReuseLookupController(context)
        self.story_evidence = StoryEvidenceController(context)
        self.corrections = CorrectionsController(context)
        self.audit = AuditController(context)
        self.history = HistoryController(context)
        self.editing = EditingController(context)
        self.placing = PlacingController(context)
        self.adding = AddController(context)
        self.removing = RemoveController(context)
        self.watching = WatchingController(context)
        self.tour = TourController(context)
        self.jumps = JumpsController(context)
        self.steps = StepsController(context)
        self.peek = PeekController(context)
        self.again = AgainController(context)
        self.handlers: dict[str, Callable[[], None]] = {
            "help": self.help,
            "back": self.back,
            **self.pane_layout.commands(),
        }
        controllers: tuple[Controller, ...] = (
            self.library, self.reading, self.search, self.copies, self.facets, self.saved_searches,
            self.finding, self.query_help, self.compare, self.notes, self.relink, self.labels, self.export,
            self.adding, self.removing, self.reuse_lookup, self.corrections, self.audit, self.history,
            self.editing, self.placing, self.watching, self.tour, self.jumps, self.steps, self.again,
            InTextController(context),
        )  # fmt: skip
        for controller in controllers:
            self.handlers.update(controller.commands())
        # What choosing a row means, by the list that it is in.
        self._choices: dict[str, Callable[[str], None]] = {
            "library-list": self.library.choose,
            "results-list": self.search.choose,
            "facets-list": self.facets.choose,
            "evidence-list": self.steps.choose_evidence,
            "notes-here-list": self.notes.choose_here,
            "notes-list": self.notes.choose,
            "story-contents": self.reading.choose_source,
            "welcome-list": self.action_run,
        }
        self._connect(dispatcher)

    def _connect(self, dispatcher: Dispatcher) -> None:
        """Name who sees to which message, in the order in which they do."""
        on = dispatcher.on
        on(messages.OpenSource, self.reading.open)
        on(messages.OpenStory, self.reading.open_story)
        on(messages.SourceShown, lambda _: self.labels.refresh(), self.search.source_shown)
        on(messages.SourceShown, self.library.source_shown, self.lineage.source_shown)
        on(messages.SourceGone, lambda _: self.reading.close())
        on(messages.StoryShown, self.lineage.story_shown, self.story_evidence.story_shown)
        on(messages.StoryShown, self.history.story_shown)
        on(messages.StoryLookedAt, lambda _: self.library.reload())
        on(messages.ViewShown, self._view_shown)
        on(messages.Jumping, lambda jump: self.jumps.leaving(jump.spot))
        on(messages.CompareSources, self.compare.asked)
        on(messages.ChooseScope, lambda wish: self.lineage.choose_scope(wish.scope))
        on(messages.LoadEvidence, lambda wish: self.reading.load_evidence(wish.refs))
        on(messages.AuditChanged, lambda _: self.story_evidence.audit_changed())
        on(messages.EvidenceMarked, lambda _: self.compare.mark_evidence())
        on(messages.ShowHiddenEntity, lambda wish: self.corrections.show_again(wish.correction))
        on(messages.SearchFor, self.search.search_for)
        on(messages.ShowResults, lambda _: self.search.show_results())
        on(messages.SearchAnswered, lambda _: self.preview.point())
        on(messages.LibraryChanged, lambda _: self.preview.forget())
        on(messages.QueryChanged, lambda _: self.compare.query_changed())
        on(messages.QueryChanged, lambda _: self.reading.look_for_hits())
        on(messages.SearchAnswered, lambda _: self.facets.count())
        on(messages.SearchEnded, lambda _: self.reading.mark_hits())
        on(messages.SearchEnded, lambda _: self.compare.look_for_hits(), lambda _: self.facets.end())
        on(messages.MoreResults, lambda wish: self.search.more(wish.then))
        on(messages.UnfoldCopies, self.copies.asked)
        on(messages.FindNext, self.finding.step)
        on(messages.SourcesChanged, lambda change: self.library.follow(dict(change.moved)))
        on(messages.SourcesChanged, lambda change: self.reuse_lookup.look_up(change.new))
        on(messages.LibraryChanged, lambda _: self.lineage.forget(), lambda _: self.story.judge_again())
        on(messages.Repeatable, lambda made: self.again.keep(made.change))
        on(messages.LibraryChanged, lambda _: dispatcher.emit(messages.NotesChanged()))
        on(messages.LibraryChanged, lambda _: dispatcher.emit(messages.UpdateIndex()))
        on(messages.ResultsMarked, lambda _: self.search.redraw())
        on(messages.FilesVanished, lambda _: self.library.reload())
        on(messages.SignsChanged, lambda _: self.library.redraw())
        on(messages.NotesChanged, lambda _: self.compare.notes_changed())
        on(messages.NotesChanged, lambda _: self.notes.refresh(), lambda _: self.labels.refresh())
        on(messages.NotesRead, lambda _: self.reading.mark_notes(), lambda _: self.library.reload())
        on(messages.EditNote, lambda wish: self.notes.edit_note(wish.note))
        on(messages.EditDetails, self.editing.asked)
        on(messages.StepInJournal, lambda wish: self.notes.step_back_in_journal(again=wish.again))
        on(messages.TakeTour, lambda _: self.adding.open_demo(tour=True))
        on(messages.Noticed, self.tour.noticed)
        on(messages.SearchAnswered, lambda _: self.tour.look())
        on(messages.RefreshStatus, lambda _: self.refresh_status(), lambda _: self.tour.look())

    def on_mount(self) -> None:
        """Begin with nothing searched and nothing found."""
        self.find_line.display = False
        self.search_line.input.has_help = True
        for splitter in self.query(Splitter):
            splitter.can_focus = False
        self.story_view.keys_of_boxes = keys_of_boxes(self.services.commands)
        self.read_view.wait()
        self.pane_layout.apply()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Keep the styles: what changed those of the app while this was covered, changed these as well."""
        event.refresh_styles = False

    # Commands

    def action_run(self, command: str) -> None:
        """Run a command of the registry."""
        handler = self.handlers.get(command)
        if handler is not None:
            self.again.ran(command, handler)
            try:
                handler()
            except Exception as error:  # whatever it was, the user keeps the rest
                self.report(error)

    def action_press(self, key: str) -> None:
        """Press a key, as a click on a hint does."""
        self.app.simulate_key(key)

    def help(self) -> None:
        """Show the keys and signs of this place, then all; what is chosen there is done."""
        here = Here.of(self, labelling=self.state.labelling)
        parts = help_parts(self.services.commands, here)

        def chosen(action: str | None) -> None:
            if action:
                self.action_run(action)

        self.dispatcher.emit(messages.Noticed("help"))
        own_keys = next(one.keys for one in self.services.commands if one.id == "help")
        self.app.push_screen(KeyHelp(parts, self.size.width, own_keys), chosen)

    def _view_shown(self, shown: messages.ViewShown) -> None:
        if self.services.library is None:
            return
        if shown.view == "compare":
            self.compare.refresh()
        elif shown.view == "story":
            self.story.refresh()
        elif shown.view == "notes":
            self.dispatcher.emit(messages.NotesChanged())
        elif shown.view == "results":
            self.preview.point()
        elif self.state.ref is not None and self.evidence_pane.evidence.refs not in {(), (self.state.ref,)}:
            self.reading.load_evidence((self.state.ref,))

    def back(self) -> None:
        """Step back once; at the end of the way comes the tour, if somebody is on it, and then nothing."""
        if self.step_back():
            self.jumps.arrived()
        else:
            self.tour.step_back()

    def step_back(self) -> bool:
        """Undo one step: a line, a selection, a search, a view."""
        lists: tuple[EvidencePane | LibraryPane, ...] = (self.evidence_pane, self.library_pane)
        filtered = [one for one in lists if one.filter_line.display and one is self.focused_pane]
        if self.find_line.display and (
            self.find_line.has_focus_within or self.focused_pane is self.read_view
        ):
            self.finding.end()
        elif self.search_line.has_focus_within:
            self.search.leave_line()
        elif self.notes_view.filter_line.has_focus_within:
            self.set_focus(self.notes_view.listing)
        elif self.view == "notes" and self.notes_view.in_bin:
            self.notes.toggle_bin()
        elif filtered:
            filtered[0].end_filter()
        elif self.peek.close() or self.labels.leave() or self.relink.let_go() or self.pane_layout.step_back():
            pass
        elif self.view == "read" and self.reader.selection is not None:
            self.reader.clear_selection()
        elif self.search.step_back():
            pass
        elif self.view != "read":
            self.pane_layout.show_view("read", recorded=False)
        elif self.state.search.on:
            self.search.end()
        elif self.focused is not self.main_target():
            self.focus_main()
        else:
            return False
        return True

    # What the panes report

    def on_resize(self, _event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self.pane_layout.apply()
        if self.state.source is not None:
            self.call_after_refresh(lambda: self.reader.go_to(self.reader.cursor))

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Name the keys of what has the focus now, and let the tour see that it has it."""
        self.dispatcher.emit(messages.RefreshStatus())

    @on(VirtualList.Chosen)
    def _row_chosen(self, message: VirtualList.Chosen) -> None:
        self._choices[message.control.id or ""](message.key)

    @on(messages.Asked)
    def _asked(self, asked: messages.Asked) -> None:
        self.dispatcher.emit(asked.message)

    @on(ResultsPane.MoreWanted)
    def _more_results_wanted(self) -> None:
        self.search.more()

    @on(ResultsPane.Pointed)
    def _hit_pointed_at(self) -> None:
        self.preview.point()

    @on(Preview.Wanted)
    def _previewed_text_wanted(self) -> None:
        self.results_pane.listing.action_choose()

    @on(Chips.Taken)
    def _chip_taken(self, message: Chips.Taken) -> None:
        self.search.drop_filter(message.place)

    @on(StoryBox.Enlarged)
    def _box_entered(self, message: StoryBox.Enlarged) -> None:
        self.pane_layout.enlarge(message.box)

    @on(PromptLine.Changed, "#search-line")
    def _search_typed(self, message: PromptLine.Changed) -> None:
        self.search.typed(message.value)

    @on(PromptLine.Submitted, "#search-line")
    def _search_left(self) -> None:
        self.search.left()

    @on(LibraryPane.LookChanged)
    def _library_looked_at_otherwise(self) -> None:
        self.library.look_again()

    @on(LineInput.HelpWanted)
    def _query_help_wanted(self) -> None:
        self.query_help.show()

    @on(PromptLine.Changed, "#find-line")
    def _find_typed(self) -> None:
        self.finding.typed()

    @on(PromptLine.Submitted, "#find-line")
    def _find_left(self) -> None:
        self.finding.left()

    @on(Reader.CursorMoved, "#reader")
    def _cursor_moved(self) -> None:
        self.reading.moved()
        self.peek.moved()

    @on(Reader.Jumped, "#reader")
    def _jumped(self, message: Reader.Jumped) -> None:
        self.jumps.leaving(str(message.offset))

    @on(SourceReader.KeyTaken)
    def _key_taken(self, message: SourceReader.KeyTaken) -> None:
        self.labels.typed(message.key)

    @on(Reader.SelectionChanged, "#reader")
    def _selection_changed(self) -> None:
        self.refresh_status()

    @on(Reader.MarkActivated, "#reader")
    def _mark_activated(self, message: Reader.MarkActivated) -> None:
        self.peek.activate(message.mark)

    @on(Reader.MarkActivated, "#story-summary")
    def _citation_activated(self, message: Reader.MarkActivated) -> None:
        self.audit.open_citation(message.mark.start)

    @on(EvidencePane.TabChanged)
    def _tab_changed(self) -> None:
        self.reading.mark_evidence()

    @on(ComparisonPane.PlaceChosen)
    def _place_chosen(self, message: ComparisonPane.PlaceChosen) -> None:
        ref = Ref.parse(message.ref)
        if ref is not None:
            self.reading.open(messages.OpenSource(ref, message.offset))

    @on(ComparisonPane.RowMoved)
    def _row_moved(self) -> None:
        self.compare.row_moved()

    @on(Splitter.Moved)
    def _splitter_moved(self, message: Splitter.Moved) -> None:
        side: Side = "left" if message.control.id == "left-splitter" else "right"
        self.pane_layout.set_border(side, round(message.ratio * self.size.width))

    def refresh_status(self) -> None:
        """Say how things stand, and which keys are of use."""
        if self.is_mounted:
            roomy = is_roomy(self)
            told = (
                self.relink.status,
                self.labels.status,
                self.reuse_lookup.status if roomy else self.reuse_lookup.short_status,
            )
            show_status(self, self.state, self.services, told, leads_back=self.jumps.leads_back)
            show_tabs(self, self.state, self.services.commands)
