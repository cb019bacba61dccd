"""What the library does with notes: the half of `Library` that the notes' editors and commands use.

A note is written with `add_note` or `create_note`, and changed with `edit_note` (the given fields, whatever
they were) or `save_note` (what an editor made of what it read, merged with what others saved meanwhile).
While somebody types, `save_draft` keeps the words. Every change is an entry of the journal: `undo` and
`redo` take it back and do it again, from any process. Removed notes stay in the bin for `BIN_DAYS` days.

For notes on more than a passage, a place is ``(ref, Anchor.whole())``: with the ref of a source for the
whole source, with ``Ref.of_story(slug)`` for a story.
"""

from __future__ import annotations

import math
import time
from calendar import timegm
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sources.errors import LibraryError, UnknownReference
from sources.library import note_records
from sources.model import NoteFields

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sources.library.database import Database
    from sources.library.journal import Entry
    from sources.library.note_changes import NewNote
    from sources.library.outcomes import SavedNote
    from sources.library.reanchoring import Reanchor
    from sources.model import Anchor, Note, NoteDraft, Ref

BIN_DAYS = 30
QUICKLY_COPIED = 1000  # notes of which a copy takes no time that anybody would notice
COPY_EVERY = 60.0  # seconds between two copies of the notes; the last is written when the library is closed


class NoteRepository:
    """Notes, drafts, bin and journal of a library; each call is one transaction.

    Every method may raise the errors of LibraryError.
    """

    _database: Database
    _clock: Callable[[], str]
    _copied: float = -math.inf  # when this process wrote the last copy of the notes, monotonic
    _copy_due = False
    folder: Path

    def add_note(
        self,
        text: str,
        anchors: Sequence[tuple[Ref, Anchor]],
        *,
        tags: Sequence[str] = (),
        labels: Sequence[str] = (),
    ) -> Note:
        """Save a note of these words alone, as `create_note` does."""
        return self.create_note(NoteFields(text, tuple(tags), tuple(labels)), anchors)

    def create_note(
        self,
        fields: NoteFields,
        places: Sequence[tuple[Ref, Anchor]],
        *,
        draft: str | None = None,
        uid: str | None = None,
    ) -> Note:
        """Save a note on one or more places and forget the draft of key ``draft`` if it says the same.

        ``uid`` is what names a note that comes from elsewhere. Raises RequestError without any place or
        for a colour that is none, and UnknownReference for a source or story that is not there.
        """
        from sources.library import note_changes

        with self._changing() as connection:
            note_id = note_changes.add(connection, fields, places, self._clock(), uid)
            if draft is not None:
                note_changes.drop(connection, draft, fields)
            return note_records.one(connection, note_id)

    def ingest_notes(self, notes: Sequence[NewNote], what: str) -> tuple[Note, ...]:
        """Save those of ``notes``, written elsewhere, that were never here, as one change; return them.

        ``what`` tells the journal of it. Raises RequestError for what cannot be kept, and UnknownReference.
        """
        from sources.library import note_changes

        with self._database.writing() as connection:
            ids = note_changes.ingest(connection, notes, what, self._clock())
            return tuple(note_records.one(connection, note_id) for note_id in ids)

    def known_note_uids(self) -> frozenset[str]:
        """Return what names the notes that are or were here, in the bin and emptied from it too."""
        from sources.library import note_changes

        with self._database.reading() as connection:
            return frozenset(note_changes.known_uids(connection))

    def edit_note(
        self,
        note_id: int,
        *,
        text: str | None = None,
        tags: Sequence[str] | None = None,
        labels: Sequence[str] | None = None,
        colour: str | None = None,
        pinned: bool | None = None,
        relation: str | None = None,
    ) -> Note:
        """Change only the fields that are given, whatever they were; raises UnknownReference.

        An empty colour or relation takes it away. Raises RequestError for a colour that is none.
        """
        from sources.library import note_changes

        given = {
            "text": text,
            "tags": None if tags is None else tuple(tags),
            "labels": None if labels is None else tuple(labels),
            "colour": colour,
            "pinned": pinned,
            "relation": relation,
        }
        with self._changing() as connection:
            now = note_records.one(connection, note_id).fields
            values = {name: value for name, value in given.items() if value is not None}
            wanted = note_changes.fields_state(NoteFields(**({"coder": now.coder} | values)))  # type: ignore[arg-type]  # each by its name
            changed = {name: wanted[name] for name in values}
            note_changes.change(connection, note_id, changed, self._clock())
            return note_records.one(connection, note_id)

    def save_note(
        self, note_id: int, base: NoteFields, fields: NoteFields, *, draft: str | None = None
    ) -> SavedNote:
        """Save ``fields``, made from ``base``, and forget the draft of key ``draft`` if it says the same.

        ``base`` is ``note.fields`` as the editor read it. What others saved since is merged: the text line
        by line, tags and labels one by one, the rest as changed last. Raises UnknownReference and
        RequestError.
        """
        from sources.library import note_changes

        with self._changing() as connection:
            saved = note_changes.save(connection, note_id, base, fields, self._clock())
            if draft is not None:
                note_changes.drop(connection, draft, fields)
                saved = saved.with_note(note_records.one(connection, note_id))
            return saved

    def attach_note(self, note_id: int, position: int, ref: Ref, anchor: Anchor) -> Note:
        """Let the target at ``position`` (from 0) of a note stand on another place, chosen by hand.

        Raises UnknownReference for a note, target or source that is not there.
        """
        note = self.note(note_id)
        if not 0 <= position < len(note.targets):
            raise UnknownReference(f"Note {note_id} has no passage {position + 1}.")
        places = [(target.ref, target.anchor) for target in note.targets]
        places[position] = (ref, anchor)
        return self.set_note_places(note_id, places, what="attached")

    def set_note_places(
        self, note_id: int, places: Sequence[tuple[Ref, Anchor]], *, what: str = "linked"
    ) -> Note:
        """Let a note speak of ``places`` from now on; those that it had keep their state.

        ``what`` tells the journal in a word what happened. Raises RequestError without any place and
        UnknownReference.
        """
        from sources.library import note_changes

        with self._changing() as connection:
            note_changes.set_places(connection, note_id, places, self._clock(), what)
            return note_records.one(connection, note_id)

    def remove_note(self, note_id: int) -> None:
        """Put a note into the bin; raises UnknownReference."""
        from sources.library import note_changes

        with self._changing() as connection:
            note_changes.remove(connection, note_id, self._clock())
            note_changes.empty_bin(connection, bin_limit(self._clock()), self._clock())

    def restore_note(self, note_id: int) -> Note:
        """Take a note out of the bin; raises UnknownReference."""
        from sources.library import note_changes

        with self._changing() as connection:
            note_changes.restore(connection, note_id, self._clock())
            return note_records.one(connection, note_id)

    def empty_bin(self) -> int:
        """Take all notes in the bin away for good and return how many; there is no undo for that."""
        from sources.library import note_changes

        with self._changing() as connection:
            now = self._clock()
            gone = note_changes.empty_bin(connection, now, now)
        self._database.forget_traces()
        return gone

    def note(self, note_id: int) -> Note:
        """Return a note that is not in the bin; raises UnknownReference."""
        with self._database.reading() as connection:
            return note_records.one(connection, note_id)

    def notes(
        self, *, story: str | None = None, ref: Ref | None = None, tag: str | None = None
    ) -> tuple[Note, ...]:
        """List the notes that fit all that is given, in the order they were made."""
        with self._database.reading() as connection:
            return note_records.many(connection, story=story, ref=ref, tag=tag)

    def removed_notes(self) -> tuple[Note, ...]:
        """List the notes in the bin, in the order they were made, without those that are too long in it."""
        limit = bin_limit(self._clock())
        with self._database.reading() as connection:
            return tuple(note for note in note_records.removed(connection) if (note.removed or "") > limit)

    def undo(self, reanchor: Reanchor) -> Entry | None:
        """Take back the newest change that stands and say which; None when there is nothing to take back.

        ``reanchor`` finds the passages of an earlier text in the text as it is now.
        """
        from sources.library import undoing

        with self._changing() as connection:
            return undoing.undo(connection, reanchor)

    def redo(self, reanchor: Reanchor) -> Entry | None:
        """Do the change again that was taken back last and say which; None when there is none.

        ``reanchor`` is as for `undo`.
        """
        from sources.library import undoing

        with self._changing() as connection:
            return undoing.redo(connection, reanchor)

    def journal(self, limit: int = 100) -> tuple[Entry, ...]:
        """List the newest changes, the newest first, with those that were taken back."""
        from sources.library import journal

        with self._database.reading() as connection:
            return journal.entries(connection, limit)

    def save_draft(self, draft: NoteDraft, *, over: NoteFields | None = None) -> str:
        """Keep words as they are typed, in the place of what was kept before, ``over``; return the key.

        Where its key holds other words by now, another window is at the same place: both drafts stay, and
        this one gets a key of its own.
        """
        from sources.library import note_changes

        with self._database.writing() as connection:
            return note_changes.save_of_note_drafts(connection, draft, self._clock(), over)

    def draft(self, key: str) -> NoteDraft | None:
        """Return the draft of that key; None when there is none."""
        from sources.library import note_changes

        with self._database.reading() as connection:
            return note_changes.one(connection, key)

    def drafts(self) -> tuple[NoteDraft, ...]:
        """List all drafts, the oldest first."""
        from sources.library import note_changes

        with self._database.reading() as connection:
            return note_changes.many(connection)

    def drop_draft(self, key: str, *, said: NoteFields | None = None) -> bool:
        """Forget a draft, with ``said`` only if that is what it says; False when there is none such."""
        from sources.library import note_changes

        with self._database.writing() as connection:
            return note_changes.drop(connection, key, said)

    def find_orphans_again(self, reanchor: Reanchor) -> Iterator[tuple[Ref, int]]:
        """Look for lost passages in the texts as they are, source by source.

        Yields each source that was looked through with the number of passages found in it.
        """
        from sources.library import reanchoring, source_repository

        with self._database.reading() as connection:
            refs = reanchoring.waiting_refs(connection)
        for ref in refs:
            with self._database.writing() as connection:
                found = list(source_repository.sources_of(connection, [ref]))
                count = sum(reanchoring.resettle(connection, ref, source.text, reanchor) for source in found)
            yield ref, count

    def lost_notes(self) -> tuple[Note, ...]:
        """Return the notes that a copy holds and the database should but does not have."""
        from sources.library import note_backups

        with self._database.reading() as connection:
            known = {uid for (uid,) in connection.execute("SELECT uid FROM notes")}
            known |= {uid for (uid,) in connection.execute("SELECT uid FROM emptied")}
        limit = bin_limit(self._clock())
        return tuple(
            note
            for note in note_backups.all_notes(self.folder)
            if note.uid not in known and (note.removed is None or note.removed > limit)
        )

    def bring_back_notes(self, notes: Sequence[Note]) -> int:
        """Keep notes that `lost_notes` found and return how many; they are looked for in the texts anew.

        Where a source is missing, its notes are orphans until it is added again.
        """
        from sources.library import note_changes

        with self._changing() as connection:
            return len(note_changes.bring_back(connection, notes, self._clock()))

    def copy_notes(self) -> None:
        """Write a dated copy of the notes now; raises StorageFailed."""
        from sources.library import note_backups, note_changes
        from sources.library.database import translated

        with self._database.reading() as connection:
            notes = note_records.everything(connection)
            change = note_changes.change_number(connection)
        with translated(self.folder):
            note_backups.write(self.folder, notes, change, self._clock())
        self._copied = time.monotonic()
        self._copy_due = False

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to change notes with, and see to the copies afterwards."""
        with self._database.writing() as connection:
            yield connection
        self._copy_due = True
        if time.monotonic() - self._copied > COPY_EVERY:
            self._copy_in_peace()

    def _copy_in_peace(self) -> None:
        """Write a copy if one is due; that it cannot be written must not spoil what was saved."""
        if not self._copy_due:
            return
        from sources.library import note_backups

        with suppress(LibraryError):
            with self._database.reading() as connection:
                (count,) = connection.execute("SELECT COUNT(*) FROM notes").fetchone()
            # Who adds thousands of notes, one command each, is not to wait for as many copies of them all.
            if count <= QUICKLY_COPIED or note_backups.age(self.folder) >= count / QUICKLY_COPIED:
                self.copy_notes()


def bin_limit(moment: str) -> str:
    """Return the moment up to which what was removed is too long in the bin at ``moment``."""
    now = timegm(time.strptime(moment, "%Y-%m-%dT%H:%M:%SZ"))
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now - BIN_DAYS * 86400))
