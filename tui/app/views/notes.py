"""All notes of the library, grouped, filtered while one types; drafts, lost passages and the bin."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sources.errors import QueryError
from tui.app.views.note_rows import GROUPINGS, bin_rows, grouped_rows, note_here_rows, note_in_full
from tui.app.views.pane import ListPane, bindings_for
from tui.app.views.prompt_line import PromptLine
from tui.app.widgets.virtual_list import VirtualList
from tui.app.workers import clock_of
from tui.services.notes import matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.model import Note, NoteDraft, Ref
    from tui.app.views.pane import Hints
    from tui.app.workers import Appointment


_PATIENCE = 0.9  # seconds without a key after which a filter that is none is complained of


class NotesShown(NamedTuple):
    """The notes of a library, the words that were not saved yet, and what lies in the bin."""

    notes: tuple[Note, ...] = ()
    drafts: tuple[NoteDraft, ...] = ()
    removed: tuple[Note, ...] = ()

    def tags(self) -> tuple[str, ...]:
        """Return all tags, the most usual first."""
        counts = Counter(tag for note in self.notes for tag in note.tags)
        return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag)))


class NotesView(ListPane):
    """The list of notes, a line to filter it, and the highlighted note in full."""

    pane_title: ClassVar[str] = "Notes"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("notes")
    list_id = "notes-list"
    hints = (
        ("enter", "go there"), ("f", "filter"), ("E", "edit"), ("x", "remove"), ("u", "undo"), ("s", "group"),
        ("t", "take along"), ("B", "bin"), ("q", "back"),
    )  # fmt: skip
    bin_hints = (("R", "restore"), ("B", "back to the notes"), ("u", "undo"), ("q", "back"))

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._shown = NotesShown()
        self._by_id: dict[int, Note] = {}
        self._bin = False
        self._grouping = GROUPINGS[0]
        self._complaint: Appointment | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, filter, list and the note in full."""
        yield self.heading
        yield PromptLine("f", "filter: words, #tag, story:slug, is:orphan", id="notes-filter")
        yield VirtualList(id=self.list_id)
        with VerticalScroll(id="note-full", can_focus=False):
            yield Static("", id="note-text", markup=False)

    @property
    def focus_target(self) -> VirtualList:
        """Return the list: the filter is reached by its own key."""
        return self.listing

    @property
    def current_hints(self) -> Hints:
        """Return the keys that are of use just now."""
        return self.bin_hints if self._bin else self.hints

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return all notes."""
        return self._shown.notes

    @property
    def note(self) -> Note | None:
        """Return the highlighted note."""
        return self._by_id.get(note_id_of(self.listing.highlighted_key) or 0)

    @property
    def draft(self) -> NoteDraft | None:
        """Return the highlighted draft."""
        kind, _, key = (self.listing.highlighted_key or "").partition(":")
        if kind != "draft":
            return None
        return next((draft for draft in self._shown.drafts if draft.key == key), None)

    @property
    def binned_id(self) -> int | None:
        """Return the note that is highlighted in the bin."""
        kind, _, number = (self.listing.highlighted_key or "").partition(":")
        return int(number) if kind == "bin" else None

    @property
    def filter_line(self) -> PromptLine:
        """Return the line that filters."""
        return self.query_one(PromptLine)

    def show(self, shown: NotesShown) -> None:
        """Show notes, drafts and the bin as they are now."""
        newest = tuple(sorted(shown.notes, key=lambda note: (note.modified, note.id), reverse=True))
        self._shown = shown._replace(notes=newest)
        self._by_id = {note.id: note for note in newest}
        self.redraw()

    def toggle_bin(self) -> None:
        """Show the bin in place of the notes, or the notes again."""
        self._bin = not self._bin
        self.redraw()

    def group_by_next(self) -> None:
        """Group the notes by the next of what they can be grouped by."""
        self._bin = False
        self._grouping = GROUPINGS[(GROUPINGS.index(self._grouping) + 1) % len(GROUPINGS)]
        self.redraw()

    def redraw(self) -> None:
        """Show the notes that answer the filter."""
        expression = self.filter_line.value
        every = self._shown.removed if self._bin else self._shown.notes
        try:
            chosen = matching(every, expression)
        except QueryError as error:
            self._complain_later(error)
            return
        self._complain_later(None)
        if self._bin:
            self.listing.placeholder = "The bin is empty."
            self.listing.set_rows(bin_rows(chosen))
            self.heading.title = "Bin"
        else:
            self.listing.placeholder = (
                "No note answers this filter." if every else "No notes yet. Open a source and press a."
            )
            drafts = () if expression.strip() else self._shown.drafts
            self.listing.set_rows(grouped_rows(chosen, drafts, self._grouping))
            self.heading.title = "Notes"
        total = len(every)
        count = f"{len(chosen)} of {total}" if expression.strip() else str(total)
        order = "" if self._bin or self._grouping == GROUPINGS[0] else f"by {self._grouping}  "
        self.heading.info = order + count
        self._show_full()

    def _complain_later(self, error: QueryError | None) -> None:
        """Say what is wrong with a filter when the keys pause: half of one is no mistake."""
        if self._complaint is not None:
            self._complaint.stop()
            self._complaint = None
        if error is None:
            self.filter_line.complain("")
            return
        words, place, hint = error.message, error.position, error.hint
        self._complaint = clock_of(self).after(
            self, _PATIENCE, lambda: self.filter_line.complain(words, place, hint)
        )

    def _show_full(self) -> None:
        note, text = self.note, self.query_one("#note-text", Static)
        if self.binned_id is not None:
            note = next((one for one in self._shown.removed if one.id == self.binned_id), None)
        text.update(note_in_full(note) if note else Content(""))

    @on(PromptLine.Changed)
    def _filter_changed(self, message: PromptLine.Changed) -> None:
        message.stop()
        self.redraw()

    @on(PromptLine.Submitted)
    def _filter_left(self, message: PromptLine.Submitted) -> None:
        message.stop()
        self.screen.set_focus(self.listing)

    @on(VirtualList.Highlighted)
    def _highlighted(self, message: VirtualList.Highlighted) -> None:
        message.stop()
        self._show_full()


# The notes on what is read, under the evidence.


class NotesHere(ListPane):
    """The notes of the open source in the order of their places."""

    pane_title: ClassVar[str] = "Notes here"
    hints = (("enter", "go there"), ("E", "edit"), ("x", "remove"), ("u", "undo"))

    list_id = "notes-here-list"
    placeholder = "None yet; a writes one."

    def show(self, notes: Sequence[Note], ref: Ref) -> None:
        """Show the notes of a source."""
        self.listing.set_rows(note_here_rows(notes, ref))
        self.heading.info = str(len(notes) or "")

    @property
    def note_id(self) -> int | None:
        """Return the highlighted note."""
        return note_id_of(self.listing.highlighted_key)


def note_id_of(key: str | None) -> int | None:
    """Return the note that a row stands for."""
    return int(key.split(":", 2)[1]) if key and key.startswith("note:") else None
