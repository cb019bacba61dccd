"""The panes of the screen, and what a command acts on in them: the passage, source, story or note at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import ContentSwitcher

from sources.model import Anchor, Ref
from tui.app.jumps import Place
from tui.app.state import place_in, sentence_at, trimmed
from tui.app.views.compare import CompareView
from tui.app.views.evidence import EvidencePane
from tui.app.views.library import LibraryPane
from tui.app.views.lineage import TreeBox
from tui.app.views.notes import NotesHere, NotesView
from tui.app.views.pane import FULL, Pane, StatusLine
from tui.app.views.prompt_line import PromptLine
from tui.app.views.read import ReadView
from tui.app.views.results import FacetsPane, ResultsPane
from tui.app.views.story import ContentsPane, StoryView, SummaryPane
from tui.app.views.view_tabs import ViewTabs
from tui.app.widgets.comparison import ComparisonPane
from tui.app.widgets.matrix import Matrix
from tui.app.widgets.reader import Reader
from tui.app.widgets.splitter import Splitter
from tui.app.widgets.virtual_list import VirtualList
from tui.services.notes import passage_place

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from sources.model import Note, Source, Span
    from tui.app.state import AppState


class Panes(Screen[None]):
    """The screen of all panes, by their names, and which of them has the focus."""

    ALLOW_SELECT = False  # the readers select by themselves, in offsets of the text

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield ViewTabs(id="view-tabs")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield LibraryPane(id="library")
            yield Splitter("vertical", id="left-splitter")
            with ContentSwitcher(id="middle", initial="read"):
                yield ReadView(id="read")
                yield CompareView(id="compare")
                yield StoryView(id="story")
                yield NotesView(id="notes")
                yield ResultsPane(id="results")
            yield Splitter("vertical", id="right-splitter")
            with Vertical(id="right"):
                yield EvidencePane(id="evidence")
                yield NotesHere(id="notes-here")
        yield PromptLine("f", "find in this text", id="find-line")
        yield PromptLine("/", "search the library", id="search-line")
        yield StatusLine(id="status")

    library_pane = query_one(LibraryPane)  # the library on the left
    results_pane = query_one(ResultsPane)  # the results of the search that is on
    facets_pane = query_one(FacetsPane)  # what the search can be filtered by, beside the results
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
        """Return which of the four views is shown, or ``results``."""
        return self.query_one("#middle", ContentSwitcher).current or "read"

    def main_target(self) -> Widget | None:
        """Return what takes the keys in the present view."""
        if self.view == "read":
            welcome = self.query_one("#welcome-list", VirtualList)
            return welcome if self.read_view.welcoming else self.reader
        if self.view == "story":
            return self.story_view.contents
        return self.query_one(f"#{self.view}", Pane).focus_target

    def box(self, name: str) -> Pane | None:
        """Return a box of the story's page by its name, once there are boxes."""
        return next((pane for pane in self.story_view.query(Pane) if pane.id == name), None)

    def stand_at(self, place: Place) -> None:
        """Put the focus and the cursor where they were in the view that is shown."""
        box = self.box(place.box) if place.view == "story" and place.box else None
        target = box.focus_target if box is not None else self.main_target()
        if target is not None:
            self.set_focus(target)
        if isinstance(target, Reader | VirtualList | Matrix | ComparisonPane):
            target.stand_at(place.spot)

    def focus_main(self) -> None:
        """Give the present view the focus."""
        target = self.main_target()
        if target is not None:
            self.set_focus(target)

    @on(PromptLine.Resized)
    def lift_toasts(self) -> None:
        """Keep the words in the corner above the lines at the bottom."""
        lines = 1 + sum(line.size.height for line in (self.search_line, self.find_line) if line.display)
        for rack in self.query("ToastRack"):  # it comes after the first frame
            rack.styles.margin = (0, 0, lines, 0)

    @property
    def focused_pane(self) -> Pane | None:
        """Return the pane that has the focus."""
        if self.focused is None:
            return None
        return next((node for node in self.focused.ancestors_with_self if isinstance(node, Pane)), None)

    @property
    def awaited(self) -> tuple[str, ...]:
        """Return the lanes whose answers the next key acts on."""
        on_notes = self.focused_pane in {self.notes_view, self.notes_here}
        on_labels = self.focused is self.reader and bool(self.read_view.reader.taken_keys)
        return ("writing", "notes", "labels here") if on_notes or on_labels else ()


class Current:
    """Answers from the focus, the highlighted rows and the cursor."""

    def __init__(self, state: AppState, panes: Panes) -> None:
        self._state = state
        self._panes = panes

    def ref(self) -> Ref | None:
        """Return the source that is highlighted in the focused list; in the text, the open one."""
        panes, pane = self._panes, self._panes.focused_pane
        if pane is panes.library_pane:
            return Ref.parse(panes.library_pane.listing.highlighted_key or "")
        if pane is panes.results_pane:
            return Ref.parse(panes.results_pane.listing.highlighted_key or "")
        if isinstance(pane, ContentsPane):
            return panes.story_view.highlighted_ref
        if isinstance(pane, SummaryPane):
            return panes.story_view.summary_ref
        if isinstance(pane, TreeBox):
            return pane.highlighted_ref
        return self._state.ref if pane is panes.read_view else None

    def here(self) -> Place | None:
        """Return where one is, to come back to; None while nothing is open."""
        panes, view = self._panes, self._panes.view
        if view == "read":
            shown = self._state.ref is not None and not panes.read_view.welcoming
            return Place(view, str(self._state.ref), spot=panes.reader.spot) if shown else None
        if view == "compare":
            refs = " ".join(str(source.ref) for source in self._state.side_by_side)
            return Place(view, refs, spot=panes.compare_view.aligned.spot if refs else "")
        if view == "notes":
            return Place(view, spot=panes.notes_view.listing.spot)
        if view == "results":
            return Place(view, self._state.search.query, spot=panes.results_pane.listing.spot)
        story, box = panes.story_view.story, panes.focused_pane
        if story is None:
            return None
        if box is None or box not in panes.story_view.query(Pane):
            return Place(view, story.slug)
        target = box.focus_target
        spot = target.spot if isinstance(target, Reader | VirtualList | Matrix) else ""
        return Place(view, story.slug, box.id or "", box.has_class(FULL), spot)

    def target(self) -> Ref | str | None:
        """Return the source or the story that is meant: what is highlighted in a list, or what is open."""
        key = self._panes.library_pane.listing.highlighted_key or ""
        if self._panes.focused_pane is self._panes.library_pane and key.startswith("story:"):
            return key.partition(":")[2]
        return self.ref()

    def column(self) -> Ref | None:
        """Return the source of the column that has the focus in a comparison."""
        panes, sources = self._panes, self._state.side_by_side
        if not sources or panes.focused_pane is not panes.compare_view:
            return None
        return sources[panes.compare_view.aligned.side].ref

    def in_list_of_sources(self) -> bool:
        """Tell whether the focus is in a list of sources, so that no note is meant."""
        pane = self._panes.focused_pane
        return pane in {self._panes.library_pane, self._panes.results_pane} or isinstance(pane, ContentsPane)

    def story(self) -> str | None:
        """Return the story of the open source; while the library has the focus, of the highlighted row."""
        panes = self._panes
        key = panes.library_pane.listing.highlighted_key or ""
        ref = Ref.parse(key)
        highlighted = ref.story if ref else key.partition(":")[2]
        open_ref = self._state.ref or self._state.wanted
        if open_ref is None or panes.focused_pane is panes.library_pane:
            return highlighted or (open_ref.story if open_ref else None)
        return open_ref.story

    def passage(self) -> tuple[Source, Span] | None:
        """Return the selection, or the sentence under the cursor, or the current row of a comparison."""
        panes, source = self._panes, self._state.source
        if panes.view == "compare":
            place = panes.compare_view.aligned.current_place
            if not self._state.side_by_side or place is None:
                return None
            return self._state.side_by_side[place[0]], place[1]
        if source is None or panes.view != "read":
            return None
        reader = panes.reader
        chosen = reader.selection or sentence_at(reader.document.sentences, reader.cursor)
        span = trimmed(source.text, chosen) if chosen else None
        return (source, span) if span else None

    def passages(self) -> tuple[tuple[Source, Span], ...]:
        """Return what all columns of a comparison have in the current row."""
        sources = self._state.side_by_side
        if not sources or self._panes.view != "compare":
            return ()
        return tuple((sources[side], span) for side, span in self._panes.compare_view.aligned.places_here)

    def place(self) -> tuple[Ref, Anchor] | None:
        """Return the passage as a note is anchored on it; in a list, the highlighted source or story."""
        whole = self._whole()
        if whole is not None:
            return whole, Anchor.whole()
        found = self.passage()
        return None if found is None else passage_place(*found)

    def _whole(self) -> Ref | None:
        panes, pane = self._panes, self._panes.focused_pane
        if pane is panes.library_pane:
            kind, _, slug = (panes.library_pane.listing.highlighted_key or "").partition(":")
            return Ref.of_story(slug) if kind == "story" else self.ref()
        if panes.view == "story" and self._state.ref is not None:
            return self.ref() or Ref.of_story(self._state.ref.story)
        return self.ref() if pane is panes.results_pane else None

    def note(self) -> Note | None:
        """Return the note that is highlighted in a list, or under the cursor in the text."""
        panes, state, pane = self._panes, self._state, self._panes.focused_pane
        if pane is panes.notes_view:
            return panes.notes_view.note
        if pane is panes.notes_here:
            return next((note for note in state.notes if note.id == panes.notes_here.note_id), None)
        if state.ref is None or panes.view != "read":
            return None
        cursor = panes.reader.cursor
        for note in state.notes:
            place = place_in(note, state.ref)
            if place and place.start <= cursor < place.end:
                return note
        return None
