"""Notes: written on a passage, saved at once, changed, removed, brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.notes.anchoring import make_anchor
from tui.desk import (
    ChangeKind,
    NoteChange,
    citation,
    in_reading_order,
    place_in,
    sentence_at,
    tags_of,
    trimmed,
)
from tui.screens.note_editor import NoteEditor, NoteWords
from tui.session import Draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.library import Library
    from sources.model import Note, Ref, Source, Span
    from tui.screens.frame import Frame


def draft_place(ref: Ref, span: Span) -> str:
    """Return the name of a draft for a new note."""
    return f"{ref}:{span.start}:{span.end}"


class Noting:
    """Runs the editor, saves, and keeps the panes of notes true."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "note": self.write,
            "link-note": self.write_link,
            "edit-note": self.edit,
            "remove-note": self.remove,
            "undo": self.undo,
            "copy": self.copy,
        }

    # Which passage, which note

    def passage(self) -> tuple[Source, Span] | None:
        """Return the selection, or the sentence under the cursor, or the current row of a comparison."""
        frame, source = self._frame, self._frame.desk.source
        if frame.view == "compare":
            return frame.comparing.passage()
        if source is None or frame.view != "read":
            return None
        reader = frame.reader
        chosen = reader.selection or sentence_at(reader.document.sentences, reader.cursor)
        span = trimmed(source.text, chosen) if chosen else None
        return (source, span) if span else None

    def current(self) -> Note | None:
        """Return the note that is highlighted in a list, or under the cursor in the text."""
        frame, desk = self._frame, self._frame.desk
        pane = frame.arranging.focused_pane
        if pane is frame.notes_view:
            return frame.notes_view.note
        if pane is frame.notes_here:
            return next((note for note in desk.notes if note.id == frame.notes_here.note_id), None)
        if desk.ref is None or frame.view != "read":
            return None
        cursor = frame.reader.cursor
        for note in desk.notes:
            place = place_in(note, desk.ref)
            if place and place.start <= cursor < place.end:
                return note
        return None

    # What the commands do

    def write(self) -> None:
        """Open the editor for a new note on the passage."""
        found = self.passage()
        if found is None:
            self._frame.say(
                "Open a source to write a note: on the selection, or on the sentence at the cursor."
            )
            return
        self._write_on((found,))

    def write_link(self) -> None:
        """Open the editor for one note on the passages of all columns of a comparison's row."""
        found = self._frame.comparing.passages() if self._frame.view == "compare" else ()
        if len(found) < 2:
            self._frame.say("A note on all sides takes a row in which two columns or more say something.")
            return
        self._write_on(found)

    def _write_on(self, passages: tuple[tuple[Source, Span], ...]) -> None:
        place = " + ".join(draft_place(source.ref, span) for source, span in passages)
        draft = self._frame.app.session.drafts.get(place, Draft(""))
        heading = f"Note on {' and '.join(str(source.ref) for source, _ in passages)}"
        quote = " … ".join(span.of(source.text) for source, span in passages)
        editor = NoteEditor(heading, quote, draft.text, draft.tags)

        def closed(words: NoteWords | None) -> None:
            if words is None or not self._keep(place, words):
                return
            anchors = [(source.ref, make_anchor(source.text, span)) for source, span in passages]
            self._change(
                lambda library: library.add_note(words.text.strip(), anchors, tags=tags_of(words.tags)),
                ChangeKind.ADDED,
                place,
            )
            self._frame.reader.clear_selection()

        self._frame.app.push_screen(editor, closed)

    def edit(self) -> None:
        """Open the editor for the current note."""
        note = self.current()
        if note is None:
            self._frame.say("Choose a note, or put the cursor on one.")
            return
        place = f"note:{note.id}"
        draft = self._frame.app.session.drafts.get(place)
        text, tags = (
            (draft.text, draft.tags) if draft else (note.text, " ".join(f"#{tag}" for tag in note.tags))
        )
        target = note.targets[0] if note.targets else None
        heading = f"Note on {target.ref}" if target else "Note"
        editor = NoteEditor(heading, target.anchor.quote if target else "", text, tags)

        def closed(words: NoteWords | None) -> None:
            unchanged = words and (words.text, tags_of(words.tags)) == (note.text, note.tags)
            if words is None or unchanged or not self._keep(place, words):
                return
            self._change(
                lambda library: library.edit_note(note.id, text=words.text.strip(), tags=tags_of(words.tags)),
                ChangeKind.EDITED,
                place,
                note,
            )

        self._frame.app.push_screen(editor, closed)

    def remove(self) -> None:
        """Remove the current note."""
        note = self.current()
        if note is None:
            self._frame.say("Choose a note, or put the cursor on one.")
            return

        def work(library: Library) -> Note:
            library.remove_note(note.id)
            return note

        self._change(work, ChangeKind.REMOVED, "", note)
        self._frame.say("Note removed; u brings it back.")

    def undo(self) -> None:
        """Take back the last change to a note."""
        frame = self._frame
        if not frame.desk.changes:
            frame.say("Nothing to take back.")
            return
        change = frame.desk.changes.pop()
        note = change.before

        def work(_job: object) -> str:
            library = frame.app.require_library()
            if change.kind is ChangeKind.ADDED:
                library.remove_note(note.id)
                return "The note that was added is removed again."
            if change.kind is ChangeKind.REMOVED:
                library.restore_note(note.id)
                return "The note is back."
            library.edit_note(note.id, text=note.text, tags=note.tags, labels=note.labels)
            return "The note is as it was before."

        def done(words: str) -> None:
            frame.say(words)
            self.refresh()

        def failed(error: Exception) -> None:
            frame.desk.changes.append(change)
            frame.app.report(error)

        frame.app.background.queue("writing", work, done, failed)

    def copy(self) -> None:
        """Put the passage with its source onto the clipboard, through the terminal."""
        found = self.passage()
        if found is None:
            self._frame.say("Open a source to copy from.")
            return
        source, span = found
        self._frame.app.copy_to_clipboard(citation(source, span.of(source.text)))
        self._frame.say("Copied with its source.")
        self._frame.reader.clear_selection()

    def go_to(self, note: Note) -> None:
        """Open the place of a note."""
        for target in note.targets:
            place = place_in(note, target.ref)
            if place is not None:
                self._frame.reading.open(target.ref, at=place.start)
                return
        self._frame.say("The passage of this note is gone from the library; its quote is kept in the note.")

    def refresh(self) -> None:
        """Read the notes anew, those of the open source and, in their view, all."""
        frame, desk = self._frame, self._frame.desk
        library, ref = frame.app.require_library(), desk.ref
        everything = frame.view == "notes"

        def work(_job: object) -> tuple[tuple[Note, ...], tuple[Note, ...] | None]:
            here = library.notes(ref=ref) if ref is not None else ()
            return here, library.notes() if everything else None

        def done(answer: tuple[tuple[Note, ...], tuple[Note, ...] | None]) -> None:
            here, all_notes = answer
            if ref is not None and desk.ref == ref:
                desk.notes = in_reading_order(here, ref)
                frame.reading.mark_notes()
            if all_notes is not None:
                frame.notes_view.show(all_notes)
            frame.shelving.reload()

        frame.app.background.run("notes", work, done)

    # Saving

    def _keep(self, place: str, words: NoteWords) -> bool:
        """Keep the words as a draft until they are saved; True when they are to be saved."""
        drafts = self._frame.app.session.drafts
        drafts.pop(place, None)
        if words.text.strip() or words.tags.strip():
            drafts[place] = Draft(words.text, words.tags)
            if not words.saved:
                self._frame.say("Kept as a draft; the same key on the same passage opens it again.")
        return words.saved

    def _change(
        self, work: Callable[[Library], Note], kind: ChangeKind, place: str, before: Note | None = None
    ) -> None:
        frame = self._frame
        library = frame.app.require_library()

        def done(note: Note) -> None:
            frame.app.session.drafts.pop(place, None)
            frame.desk.changes.append(NoteChange(kind, before or note))
            if frame.view == "compare":
                frame.say("The note is saved.")
                frame.comparing.look_for_notes()
            self.refresh()

        frame.app.background.queue("writing", lambda _job: work(library), done)
