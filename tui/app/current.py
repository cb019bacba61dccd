"""What a command acts on: the passage, source, story or note that the user is at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import Anchor, Ref
from tui.app.state import place_in, sentence_at, trimmed
from tui.app.views.lineage import TreeBox
from tui.app.views.story import ContentsPane, SummaryPane
from tui.app.widgets.virtual_list import VirtualList
from tui.services.notes import passage_place

if TYPE_CHECKING:
    from sources.model import Note, Source, Span
    from tui.app.panes import Panes
    from tui.app.state import AppState


class Current:
    """Answers from the focus, the highlighted rows and the cursor."""

    def __init__(self, state: AppState, panes: Panes) -> None:
        self._state = state
        self._panes = panes

    def ref(self) -> Ref | None:
        """Return the source that is highlighted in the focused list; in the text, the open one."""
        panes, pane = self._panes, self._panes.focused_pane
        if pane is panes.library_pane or pane is panes.results_pane:
            return Ref.parse(pane.query_one(VirtualList).highlighted_key or "")
        if isinstance(pane, ContentsPane):
            return panes.story_view.highlighted_ref
        if isinstance(pane, SummaryPane):
            return panes.story_view.summary_ref
        if isinstance(pane, TreeBox):
            return pane.highlighted_ref
        return self._state.ref if pane is panes.read_view else None

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
