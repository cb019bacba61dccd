"""All notes of the library, filtered while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from sources.model import NoteState
from tui.desk import filter_notes
from tui.screens.notes_here import note_id_of
from tui.screens.pane import Pane
from tui.screens.prompt_line import PromptLine
from tui.screens.rows import note_rows
from tui.widgets.cells import shown
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from sources.model import Note


class NotesView(Pane):
    """The list of notes, a line to filter it, and the highlighted note in full."""

    pane_title: ClassVar[str] = "Notes"
    hints = (
        ("enter", "go there"),
        ("f", "filter"),
        ("E", "edit"),
        ("x", "remove"),
        ("u", "undo"),
        ("q", "back"),
    )

    class Chosen(Message):
        """A note was chosen."""

        def __init__(self, note_id: int) -> None:
            super().__init__()
            self.note_id = note_id

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._notes: tuple[Note, ...] = ()
        self._by_id: dict[int, Note] = {}

    def compose(self) -> ComposeResult:
        """Lay out title, filter, list and the note in full."""
        yield self.heading
        yield PromptLine("f", "filter: words, #tag, story:slug, is:orphan", id="notes-filter")
        yield LineList(id="notes-list")
        with VerticalScroll(id="note-full", can_focus=False):
            yield Static("", id="note-text", markup=False)

    @property
    def listing(self) -> LineList:
        """Return the list."""
        return self.query_one("#notes-list", LineList)

    @property
    def focus_target(self) -> LineList:
        """Return the list: the filter is reached by its own key."""
        return self.listing

    @property
    def note_id(self) -> int | None:
        """Return the highlighted note."""
        return note_id_of(self.listing.highlighted_key)

    @property
    def note(self) -> Note | None:
        """Return the highlighted note."""
        return self._by_id.get(self.note_id or 0)

    @property
    def filter_line(self) -> PromptLine:
        """Return the line that filters."""
        return self.query_one(PromptLine)

    def show(self, notes: Sequence[Note]) -> None:
        """Show notes, newest first."""
        self._notes = tuple(sorted(notes, key=lambda note: (note.modified, note.id), reverse=True))
        self._by_id = {note.id: note for note in self._notes}
        self.redraw()

    def redraw(self) -> None:
        """Show the notes that answer the filter."""
        expression = self.filter_line.value
        chosen = filter_notes(self._notes, expression)
        self.listing.placeholder = (
            "No note answers this filter." if self._notes else "No notes yet. Open a source and press a."
        )
        self.listing.set_rows(note_rows(chosen))
        total = len(self._notes)
        self.heading.info = f"{len(chosen)} of {total}" if expression.strip() else str(total)
        self._show_full()

    def _show_full(self) -> None:
        note = self.note
        text = self.query_one("#note-text", Static)
        text.update(note_in_full(note) if note else Content(""))

    @on(PromptLine.Changed)
    def _filter_changed(self, message: PromptLine.Changed) -> None:
        message.stop()
        self.redraw()

    @on(PromptLine.Submitted)
    def _filter_left(self, message: PromptLine.Submitted) -> None:
        message.stop()
        self.screen.set_focus(self.listing)

    @on(LineList.Highlighted)
    def _highlighted(self, message: LineList.Highlighted) -> None:
        message.stop()
        self._show_full()

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        message.stop()
        note_id = note_id_of(message.key)
        if note_id is not None:
            self.post_message(self.Chosen(note_id))


def note_in_full(note: Note) -> Content:
    """Return a note with all that is known of it."""
    parts: list[Content | str | tuple[str, str]] = []
    for target in note.targets:
        state = ""
        if target.state is NoteState.ORPHAN:
            state = "  its passage is gone from the text"
        elif target.state is NoteState.MOVED:
            state = f"  the passage has moved ({target.confidence:.0%} sure)"
        parts += [(str(target.ref), "bold"), (state, "italic"), "\n"]
        parts += [(f"“{' '.join(shown(target.anchor.quote).split())}”", "italic dim"), "\n"]
    parts += ["\n", "\n".join(shown(line) for line in note.text.splitlines()), "\n"]
    if note.tags or note.labels:
        parts += ["\n", (" ".join([*(f"#{tag}" for tag in note.tags), *note.labels]), "bold")]
    parts.append((f"\nwritten {note.created[:16].replace('T', ' ')}", "dim"))
    if note.modified != note.created:
        parts.append((f", changed {note.modified[:16].replace('T', ' ')}", "dim"))
    return Content.assemble(*parts)
