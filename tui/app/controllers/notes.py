"""Notes: written on a passage, a source or a story, kept while one types, changed, removed, brought back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Anchor, NoteDraft, NoteFields, NoteState, Ref, TargetKind
from tui.app.controllers.base import Controller
from tui.app.dialogs.note_editor import Left, NoteEditor, NoteSheet, discarding
from tui.app.messages import (
    AskKey,
    AuditChanged,
    EditDetails,
    LoadEvidence,
    NotesChanged,
    NotesRead,
    Noticed,
    OpenSource,
    OpenStory,
    SourcesChanged,
    UpdateIndex,
)
from tui.app.state import in_reading_order
from tui.app.views.notes import NotesShown, note_id_of
from tui.services.notes import passage_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.model import Note
    from tui.app.workers import Job
    from tui.services import Entry, Library, SavedNote
    from tui.services.undoing import Moves

    Places = tuple[tuple[Ref, Anchor], ...]

_CHOOSE = "Choose a note, or put the cursor on one."


def draft_key(places: Places) -> str:
    """Return the name of the draft for a new note on some places."""
    return " + ".join(
        f"{ref}:{anchor.start}:{anchor.end}" if anchor.quote else str(ref) for ref, anchor in places
    )


class _Kept:
    """The draft of one open editor in the library; every call is made in the lane that writes."""

    def __init__(self, draft: NoteDraft, said: NoteFields | None) -> None:
        self._draft = draft
        self._said = said  # what the library holds of it, None for nothing yet

    def keep(self, library: Library, fields: NoteFields) -> str:
        """Keep what is typed and return the draft's key."""
        key = library.save_draft(replace(self._draft, fields=fields), over=self._said)
        self._draft, self._said = replace(self._draft, key=key), fields
        return key

    def forget(self, library: Library) -> bool:
        """Drop it, unless another window wrote on in it; tell whether there was anything to drop."""
        return self._said is not None and library.drop_draft(self._draft.key, said=self._said)


class _Here(NamedTuple):
    """The notes of the open source and, when they are looked at, all of the library."""

    here: tuple[Note, ...]
    shown: NotesShown | None


class NotesController(Controller):
    """Runs the editor, saves, and keeps the panes of notes true."""

    _known: tuple[str, ...] = ()  # tags that were used before, the most usual first

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "note": self.write_note,
            "link-note": self.write_link,
            "edit-note": self.edit,
            "remove-note": self.remove,
            "restore-note": self.restore,
            "empty-bin": self.empty_bin,
            "pin-note": self.pin,
            "undo": lambda: self.step_back_in_journal(again=False),
            "redo": lambda: self.step_back_in_journal(again=True),
            "bin": self.toggle_bin,
            "group-notes": self.group,
            "register": lambda: self.emit(AskKey('"', self.state.registers.choose)),
        }

    # Writing

    def write_note(self) -> None:
        """Open the editor for a new note on the passage, or on what is highlighted in a list."""
        place = self.current.place()
        if place is None:
            self.say("Open a source to write a note: on the selection, or on the sentence at the cursor.")
            return
        self._write_on((place,))

    def write_link(self) -> None:
        """Open the editor for one note on the passages of all columns of a comparison's row."""
        found = self.current.passages()
        if len(found) < 2:
            self.say("Choose a row in which two columns or more have text: the note is on all of them.")
            return
        self._write_on(tuple(passage_place(*each) for each in found))

    def _write_on(self, places: Places) -> None:
        if any(ref.version is not None for ref, _ in places):
            self.say("Notes are written on the newest version of a source; this is an older one.")
            return
        self._open_new(places, self._draft(draft_key(places)))

    def _open_new(self, places: Places, draft: NoteDraft | None) -> None:
        kept = _Kept(
            draft or NoteDraft(draft_key(places), NoteFields(), places=places),
            draft.fields if draft else None,
        )

        def save(fields: NoteFields, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
            def saved(_note: Note) -> None:
                done()
                self.panes.reader.clear_selection()
                self._changed("")

            self.write(
                lambda library: library.create_note(fields, places, draft=kept.keep(library, fields)),
                saved,
                failed,
            )

        sheet = NoteSheet(
            f"Note on {' and '.join(str(ref) for ref, _ in places)}",
            " … ".join(anchor.quote for _, anchor in places if anchor.quote),
            draft.fields if draft else NoteFields(),
            linked=len(places) > 1,
            known=self._known,
        )
        self._open(sheet, kept, save)

    def edit(self) -> None:
        """Open the editor for the current note or draft; without one, that for what is said of the source."""
        draft = self.panes.notes_view.draft if self.panes.focused_pane is self.panes.notes_view else None
        if draft is not None and draft.note_id is None:
            self._open_new(draft.places, draft)
            return
        note = None if self.current.in_list_of_sources() else self.current.note()
        if draft is not None and draft.note_id is not None:
            note = next((one for one in self.panes.notes_view.notes if one.id == draft.note_id), None)
        target = self.current.column() or self.current.target()
        if note is None and target is not None:
            self.emit(EditDetails(target))
        elif note is None:
            self.say("Choose a note to change, or a source or a story to edit its details.")
        elif draft is not None:
            self._open_old(note, draft)
        else:
            self.edit_note(note)

    def edit_note(self, note: Note) -> None:
        """Open the editor for a note, with the words that were typed and not saved last time."""
        self._open_old(note, self._draft(f"note:{note.id}"))

    def _open_old(self, note: Note, draft: NoteDraft | None) -> None:
        base = draft.base if draft and draft.base else note.fields
        kept = _Kept(
            draft or NoteDraft(f"note:{note.id}", base, note.id, base=base, base_version=note.version),
            draft.fields if draft else None,
        )

        def save(fields: NoteFields, done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
            def saved(answer: SavedNote) -> None:
                done()
                if answer.clashes:
                    self._changed("Others changed the same lines meanwhile: both are in the note, marked.")
                else:
                    self._changed("It has what others changed meanwhile, too." if answer.merged else "")

            self.write(
                lambda library: library.save_note(note.id, base, fields, draft=kept.keep(library, fields)),
                saved,
                failed,
            )

        sheet = NoteSheet(
            f"Note on {' and '.join(dict.fromkeys(str(target.ref) for target in note.targets))}",
            " … ".join(target.anchor.quote for target in note.targets if target.anchor.quote),
            draft.fields if draft else note.fields,
            base=base,
            linked=len(note.targets) > 1,
            known=self._known,
        )
        self._open(sheet, kept, save)

    def _open(
        self,
        sheet: NoteSheet,
        kept: _Kept,
        save: Callable[[NoteFields, Callable[[], None], Callable[[Exception], None]], None],
    ) -> None:
        def keep(fields: NoteFields, failed: Callable[[Exception], None]) -> None:
            self.write(lambda library: kept.keep(library, fields), lambda _key: None, failed)

        def not_kept(fields: NoteFields, error: Exception) -> None:
            # The words are on the screen again rather than nowhere.
            self._open(replace(sheet, fields=fields, trouble=f"No draft could be kept: {error}"), kept, save)

        def closed(answer: tuple[Left, NoteFields] | None) -> None:
            left, fields = answer or (Left.NOTHING, sheet.fields)
            if left is Left.SAVED:
                self.emit(Noticed("note"))
            if left is Left.DRAFT:
                self.write(
                    lambda library: kept.keep(library, fields),
                    lambda _key: self._drafted(),
                    lambda error: not_kept(fields, error),
                )
            elif left is Left.DISCARDED:
                self.write(kept.forget, lambda _gone: self._discarded())
            elif left is Left.NOTHING:
                self.write(
                    kept.forget, lambda gone: self._changed("The draft is empty and gone." if gone else "")
                )

        self.panes.app.push_screen(NoteEditor(sheet, keep, save, self.state.registers), closed)

    def _drafted(self) -> None:
        self.say("Kept as a draft; the same key on the same passage opens it again.")
        self.refresh()

    def _discarded(self) -> None:
        self.say("Discarded what you wrote.")
        self.refresh()

    def _draft(self, key: str) -> NoteDraft | None:
        # Asked at once, not beside the screen: the next key is the first letter of the note.
        return self.services.require_library().draft(key)

    # What else is done to notes

    def remove(self) -> None:
        """Put the current note into the bin, or discard the highlighted draft after a question."""
        draft = self.panes.notes_view.draft if self.panes.focused_pane is self.panes.notes_view else None
        if draft is not None:
            self._discard(draft)
            return
        note = self.current.note()
        if note is None:
            self.say(_CHOOSE)
            return
        number = note.id
        self.write(lambda library: library.remove_note(number), lambda _none: self._removed())

    def _discard(self, draft: NoteDraft) -> None:
        def answered(yes: str | None) -> None:
            if yes:
                self.write(
                    lambda library: library.drop_draft(draft.key, said=draft.fields),
                    lambda gone: self._discarded() if gone else self._changed("It was changed meanwhile."),
                )

        self.panes.app.push_screen(discarding(is_edit=draft.note_id is not None), answered)

    def _removed(self) -> None:
        self._changed(f"Note removed; {self.key('undo')} brings it back, and so does the bin for 30 days.")

    def restore(self) -> None:
        """Take the note that is highlighted in the bin out of it."""
        number = self.panes.notes_view.binned_id
        if number is None:
            self.say(f"{self.key('bin')} shows the bin; choose a note there.")
            return
        self.write(lambda library: library.restore_note(number), lambda _note: self._changed("It is back."))

    def empty_bin(self) -> None:
        """Take all notes in the bin away for good, after a question."""
        from tui.app.dialogs.dialog import confirmation

        def answered(yes: str | None) -> None:
            if yes:
                self.write(
                    lambda library: library.empty_bin(),
                    lambda gone: self._changed(f"{gone} {'note is' if gone == 1 else 'notes are'} gone."),
                )

        question = "Delete all notes in the bin for good? This cannot be undone."
        self.panes.app.push_screen(confirmation("Empty the bin", question, "Empty it"), answered)

    def pin(self) -> None:
        """Pin the current note to the top of the list, or not any more."""
        note = self.current.note()
        if note is None:
            self.say(_CHOOSE)
            return
        number, pinned = note.id, not note.pinned
        words = "Pinned." if pinned else "Not pinned any more."
        self.write(
            lambda library: library.edit_note(number, pinned=pinned), lambda _note: self._changed(words)
        )

    def step_back_in_journal(self, *, again: bool) -> None:
        """Undo the last change, to whatever it was, or do it again."""

        def work(library: Library) -> tuple[Entry | None, Moves]:
            from tui.services.undoing import moves_of, redo, undo

            entry = (redo if again else undo)(library)
            return entry, moves_of(library, entry, again=again)

        def done(answer: tuple[Entry | None, Moves]) -> None:
            from tui.services.undoing import changes_audits, changes_names, changes_sources, step_words

            entry, moved = answer
            tell = self.say if entry is None else self._changed
            tell(step_words(entry, again=again))
            if changes_sources(entry):
                self.emit(SourcesChanged(moved=moved))
            if changes_names(entry):
                self.emit(LoadEvidence(self.panes.evidence_pane.evidence.refs))
                self.emit(UpdateIndex())
            if changes_audits(entry):
                self.emit(AuditChanged())

        self.write(work, done)

    def toggle_bin(self) -> None:
        """Show the bin in place of the notes, or the notes again."""
        if self.panes.view != "notes":
            self.layout.show_view("notes")
        self.panes.notes_view.toggle_bin()
        self.refresh_status()

    def group(self) -> None:
        """Group the notes by something else."""
        self.panes.notes_view.group_by_next()

    def choose(self, _key: str) -> None:
        """Go to the highlighted note among all notes, or open the highlighted draft."""
        if self.panes.notes_view.draft is not None:
            self.edit()
        elif self.panes.notes_view.note is not None:
            self.go_to(self.panes.notes_view.note)

    def choose_here(self, key: str) -> None:
        """Go to a note on the open source."""
        for note in self.state.notes:
            if note.id == note_id_of(key):
                self.go_to(note)

    def go_to(self, note: Note) -> None:
        """Open the place of a note: the next of its passages when the first is open already."""
        standing = [target for target in note.targets if target.state is not NoteState.ORPHAN]
        if not standing:
            self.say(
                "The passage of this note is gone from the library; its quote is kept in the note."
                f" {self.key('carry-note')} attaches the note to another passage."
            )
            return
        cursor = (self.state.ref, self.panes.reader.cursor) if self.panes.view == "read" else None
        order = [(target.ref, target.anchor.start) for target in standing]
        place = (order.index(cursor) + 1) % len(order) if cursor in order else 0
        target = standing[place]
        if target.kind is TargetKind.STORY:
            self.emit(OpenStory(target.ref.story, view="story"))
        else:
            start = target.anchor.start if target.kind is TargetKind.PASSAGE else None
            self.emit(OpenSource(target.ref, at=start))

    # What is shown

    def refresh(self) -> None:
        """Read the notes again, those of the open source and, in their view, all."""
        library, ref = self.services.require_library(), self.state.ref
        everything = self.panes.view == "notes"

        def work(_job: Job) -> _Here:
            here = library.notes(ref=ref) if ref is not None else ()
            if not everything:
                return _Here(here, None)
            return _Here(here, NotesShown(library.notes(), library.drafts(), library.removed_notes()))

        def done(answer: _Here) -> None:
            if ref is not None and self.state.ref == ref:
                self.state.notes = in_reading_order(answer.here, ref)
            if answer.shown is not None:
                self.panes.notes_view.show(answer.shown)
                self._known = answer.shown.tags()
            self.emit(NotesRead())

        self.workers.run("notes", work, done)

    # Telling

    def _changed(self, words: str) -> None:
        if words:
            self.say(words)
        if self.panes.view == "compare" and not words:
            self.say("The note is saved.")
        self.emit(NotesChanged())
