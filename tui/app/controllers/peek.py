"""Enter on a mark: the panes on the right show what it is about; where they are folded away, a peek does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sources.model import Span
from tui.app.controllers.base import Context, Controller
from tui.app.state import place_in
from tui.app.views.evidence_rows import entity_words, figure_words, quote_words
from tui.app.widgets.cells import shown_content
from tui.app.widgets.reader import Mark, MarkKind

if TYPE_CHECKING:
    from sources.model import Note
    from tui.app.views.pane import ListPane


class PeekController(Controller):
    """Shows what a mark is about; a second Enter goes on to the evidence."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._peeked: Span | None = None  # the mark that the peek is about

    def activate(self, mark: Mark) -> None:
        """Show in the panes on the right what a mark in the text is about."""
        if self._peeked == (mark.start, mark.end):
            self.close()
            if mark.kind is MarkKind.LINK:
                return
            self.layout.pull_out("right")
            self.panes.set_focus(self._pane_of(mark).focus_target)
            return
        self._highlight(mark)
        if mark.kind is MarkKind.LINK or self.layout.is_folded("right"):
            self._peek(mark)

    def _highlight(self, mark: Mark) -> None:
        pane = self.panes.evidence_pane
        note = self._note_at(mark)
        if note is not None:
            self.panes.notes_here.listing.highlight(f"note:{note.id}")
        elif mark.kind is MarkKind.ENTITY and self.state.ref is not None:
            entity = pane.evidence.entity_at(self.state.ref, mark.start)
            pane.choose_tab("entities")
            if entity is not None:
                pane.listing.highlight(f"entity:{entity.id}")
        elif mark.kind in {MarkKind.FIGURE, MarkKind.DISSENT}:
            pane.choose_tab("figures")
            pane.listing.highlight(f"figure:{mark.start}")
        elif mark.kind is MarkKind.QUOTE:
            pane.choose_tab("quotes")
            pane.listing.highlight(f"quote:{mark.start}")

    def _note_at(self, mark: Mark) -> Note | None:
        ref = self.state.ref
        if mark.kind is not MarkKind.NOTE or ref is None:
            return None
        return next((one for one in self.state.notes if place_in(one, ref) == (mark.start, mark.end)), None)

    def _pane_of(self, mark: Mark) -> ListPane:
        return self.panes.notes_here if mark.kind is MarkKind.NOTE else self.panes.evidence_pane

    def _words(self, mark: Mark) -> Content | None:
        """Return what is known of a mark; None where that is nothing but the mark."""
        evidence, note = self.panes.evidence_pane.evidence, self._note_at(mark)
        if note is not None:
            lines = note.text.strip().splitlines() or [" ".join(note.tags)]
            return Content("\n").join(shown_content(Content(line)) for line in lines)
        if mark.kind is MarkKind.LINK:
            link = self.panes.reader.document.link_at(mark.start)
            return Content(f"[{link.number}] {link.address}") if link is not None else None
        if mark.kind in {MarkKind.FIGURE, MarkKind.DISSENT}:
            return figure_words(evidence, mark.start)
        if mark.kind is MarkKind.QUOTE:
            return quote_words(evidence, mark.start)
        ref = self.state.ref
        entity = None
        if mark.kind is MarkKind.ENTITY and ref is not None:
            entity = evidence.entity_at(ref, mark.start)
        if entity is None:
            return None
        name = shown_content(Content.assemble((entity.name, "bold"), (f"  {entity.kind}", "dim")))
        return Content("\n").join((name, entity_words(evidence, entity.id)))

    def _peek(self, mark: Mark) -> None:
        words = self._words(mark)
        if words is not None:
            self._peeked = Span(mark.start, mark.end)
            self.panes.read_view.peek(words)
            self.refresh_status()

    def close(self) -> bool:
        """Take the peek away; False when there is none."""
        had, self._peeked = self._peeked is not None, None
        if had:
            self.panes.read_view.peek(None)
            self.refresh_status()
        return had

    def moved(self) -> None:
        """Take the peek away when the cursor has left its mark."""
        if self._peeked is not None and not (
            self._peeked.start <= self.panes.reader.cursor < self._peeked.end
        ):
            self.close()
