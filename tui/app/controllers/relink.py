"""Taking a note along to another passage: one that lost its own finds a new one, others link the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import NoteState
from tui.app.controllers.base import Controller
from tui.app.messages import EditNote, NotesChanged, OpenSource
from tui.services.notes import link, lost_passage

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.model import Note
    from tui.services import Library


class RelinkController(Controller):
    """Holds at most one note; putting it down attaches or links it."""

    held: Note | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"carry-note": self.carry}

    @property
    def status(self) -> str:
        """Return what the status line says of the note that is held."""
        if self.held is None:
            return ""
        keys = f"{self.key('carry-note')} link here, {self.key('back')} cancel"
        return f"linking note {self.held.id} · {keys}"

    def carry(self) -> None:
        """Take the current note along, or put the one that is held on the passage here."""
        if self.held is None:
            self._take()
        else:
            self._put(self.held)

    def let_go(self) -> bool:
        """Leave the held note as it is; False when none was held."""
        if self.held is None:
            return False
        self.held = None
        self.say("The note stays as it is.")
        self.refresh_status()
        return True

    def _take(self) -> None:
        note = self.current.note()
        if note is None:
            self.say("Choose a note, or put the cursor on one, to link it with another passage.")
            return
        self.held = note
        lost = next((target for target in note.targets if target.state is NoteState.ORPHAN), None)
        if self.panes.view == "notes":
            present = self.state.listing.refs(lost.ref.story) if lost else ()
            if lost is not None and lost.ref in present:
                self.emit(OpenSource(lost.ref))
            else:
                self.layout.show_view("read")
        purpose = "its new passage" if lost else "the passage to link it with"
        self.say(
            f"Go to {purpose} and press {self.key('carry-note')} there; "
            f"{self.key('back')} leaves the note as it is."
        )
        self.refresh_status()

    def _put(self, note: Note) -> None:
        place = self.current.place()
        if place is None:
            self.say(
                f"Open a source: {self.key('carry-note')} puts the note on the selection, "
                "or on the sentence at the cursor."
            )
            return
        ref, anchor = place
        lost = lost_passage(note)
        linked = lost is None

        def work(library: Library) -> Note:
            if lost is not None:
                return library.attach_note(note.id, lost, ref, anchor)
            return link(library, note.id, place)

        def done(changed: Note) -> None:
            self.held = None
            self.panes.reader.clear_selection()
            self.say(
                f"Linked; {self.key('edit-note')} says how the first has to do with the others."
                if linked
                else "The note is attached."
            )
            self.emit(NotesChanged())
            self.refresh_status()
            if linked and changed.relation is None:
                self.emit(EditNote(changed))

        self.write(work, done)
