"""The notes on what is read, under the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message

from tui.app.views.note_rows import note_here_rows
from tui.app.views.pane import Pane
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from sources.model import Note, Ref


class NotesHere(Pane):
    """The notes of the open source in the order of their places."""

    pane_title: ClassVar[str] = "Notes here"
    hints = (("enter", "go there"), ("E", "edit"), ("x", "remove"), ("u", "undo"))

    class Chosen(Message):
        """A note was chosen."""

        def __init__(self, note_id: int) -> None:
            super().__init__()
            self.note_id = note_id

    def compose(self) -> ComposeResult:
        """Lay out title and list."""
        yield self.heading
        yield VirtualList(id="notes-here-list", placeholder="None yet; a writes one.")

    @property
    def listing(self) -> VirtualList:
        """Return the list."""
        return self.query_one("#notes-here-list", VirtualList)

    def show(self, notes: Sequence[Note], ref: Ref) -> None:
        """Show the notes of a source."""
        self.listing.set_rows(note_here_rows(notes, ref))
        self.heading.info = str(len(notes) or "")

    @property
    def note_id(self) -> int | None:
        """Return the highlighted note."""
        return note_id_of(self.listing.highlighted_key)

    @on(VirtualList.Chosen)
    def _chosen(self, message: VirtualList.Chosen) -> None:
        message.stop()
        note_id = note_id_of(message.key)
        if note_id is not None:
            self.post_message(self.Chosen(note_id))


def note_id_of(key: str | None) -> int | None:
    """Return the note that a row stands for."""
    return int(key.split(":", 2)[1]) if key and key.startswith("note:") else None
