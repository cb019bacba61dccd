"""Taking a note along to another passage: one that lost its own finds a new one, others link the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import NoteState
from tui.services.notes import link, lost_passage

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.library import Library
    from sources.model import Note
    from tui.app.main_screen import MainScreen


class RelinkController:
    """Holds at most one note; putting it down attaches or links it."""

    def __init__(self, frame: MainScreen) -> None:
        self._frame = frame
        self.held: Note | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"carry-note": self.carry}

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
        self._frame.say("The note stays as it is.")
        self._frame.refresh_status()
        return True

    def _take(self) -> None:
        frame = self._frame
        note = frame.noting.current()
        if note is None:
            frame.say("Choose a note, or put the cursor on one, to take it along to another passage.")
            return
        self.held = note
        lost = next((target for target in note.targets if target.state is NoteState.ORPHAN), None)
        if frame.view == "notes":
            present = frame.shelving.shelf.refs(lost.ref.story) if lost else ()
            if lost is not None and lost.ref in present:
                frame.reading.open(lost.ref)
            else:
                frame.arranging.show_view("read")
        purpose = "its new passage" if lost else "the passage to link it with"
        frame.say(f"Go to {purpose} and press t there; esc leaves the note as it is.")
        frame.refresh_status()

    def _put(self, note: Note) -> None:
        frame = self._frame
        place = frame.noting.place()
        if place is None:
            frame.say("Open a source: t puts the note on the selection, or on the sentence at the cursor.")
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
            frame.reader.clear_selection()
            frame.say(
                "Linked; E says how the first has to do with the others." if linked else "It has its place."
            )
            frame.noting.refresh()
            frame.refresh_status()
            if linked and changed.relation is None:
                frame.noting.edit_note(changed)

        frame.noting.write_beside(work, done)
