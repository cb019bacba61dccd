"""The notes in the database: written, changed, put into the bin, copied, and looked for in changed texts.

A note is written with `create_note`, and changed with `edit_note` (the given fields, whatever they were) or
`save_note` (what an editor made of what it read, merged with what others saved meanwhile). Every change is an
entry of the journal, so that it can be taken back from any process. Removed notes stay in the bin for
`sources.model.BIN_DAYS` days.

For notes on more than a passage, a place is ``(ref, Anchor.whole())``: with the ref of a source for the whole
source, with ``Ref.of_story(slug)`` for a story.
"""

from __future__ import annotations

import math
import os
import re
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from sources.errors import LibraryError, RequestError, UnknownReference
from sources.frozen import frozen
from sources.library import draft_repository, journal, note_rows
from sources.library.database import Repository
from sources.library.encoding import target_row
from sources.library.reanchoring import placed, still_there
from sources.model import Anchor, Note, NoteFields

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from sources.library.reanchoring import Reanchor
    from sources.model import Ref

QUICKLY_COPIED = 1000  # notes of which a copy takes no time that anybody would notice
COPY_EVERY = 60.0  # seconds between two copies of the notes; the last is written when the library is closed


@frozen
class SavedNote:
    """A note as it was saved: whether others' words were merged in, and how many places clash in its text.

    Where two sides changed the same lines, both are in the text, marked in plain words.
    """

    note: Note
    merged: bool
    clashes: int


def _merged(base: NoteFields, first: NoteFields, second: NoteFields) -> tuple[NoteFields, int]:
    # Few notes are changed by two at once, and a search should not pay for loading it.
    from sources.text.three_way_merge import merge_texts, merge_words

    text, clashes = merge_texts(base.text, first.text, second.text)

    def later(name: str) -> Any:
        mine = getattr(second, name)
        return mine if mine != getattr(base, name) else getattr(first, name)

    return NoteFields(
        text,
        merge_words(base.tags, first.tags, second.tags),
        merge_words(base.labels, first.labels, second.labels),
        *(later(name) for name in ("colour", "pinned", "relation", "coder")),
    ), clashes


_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:?00)?")


class NewNote(NamedTuple):
    """A note from elsewhere, with where it stands here; moments are ISO 8601 in UTC, None for now."""

    uid: str
    fields: NoteFields
    places: tuple[tuple[Ref, Anchor], ...]
    created: str | None = None
    modified: str | None = None


def _moment(written: str | None) -> str | None:
    """Return a moment in UTC as the library keeps it; None for another form, and for none."""
    found = _MOMENT.fullmatch((written or "").strip())
    return f"{found[1]}T{found[2]}Z" if found else None


def _insert_again(connection: sqlite3.Connection, note: Note) -> int:
    """Keep a note that a copy holds and the database lost, under its old id where that is free."""
    state = note_rows.state_of(note)
    state["targets"] = [target_row(still_there(connection, target)) for target in note.targets]
    taken = connection.execute("SELECT 1 FROM notes WHERE id = ?", (note.id,)).fetchone()
    wanted = None if taken or note.id < 1 else note.id
    note_id = note_rows.insert(connection, uid=note.uid, created=note.created, state=state, note_id=wanted)
    connection.execute("UPDATE notes SET version = ? WHERE id = ?", (note.version, note_id))
    return note_id


class NoteRepository(Repository):
    """The notes of a library, its bin and its copies of notes; each call is one transaction.

    Every method may raise the errors of LibraryError.
    """

    _copied: float = -math.inf  # when this process wrote the last copy of the notes, monotonic
    _copy_due = False

    def create_note(
        self,
        fields: NoteFields,
        places: Sequence[tuple[Ref, Anchor]],
        *,
        draft: str | None = None,
        uid: str | None = None,
    ) -> Note:
        """Save a note on one or more places and forget the draft of key ``draft`` if it says the same.

        ``uid`` is what names a note that comes from elsewhere. A passage whose quote is not where the anchor
        says is kept as an orphan: the text may have changed while the note was written, and the user's words
        must not be lost for that. Raises RequestError without any place or
        for an unknown colour, and UnknownReference for a source or story that is not there.
        """
        if not places:
            raise RequestError("A note needs a passage of a source, a source or a story to stand on.")
        with self._changing() as connection:
            moment = self._clock()
            state = note_rows.fields_state(fields) | {
                "targets": [target_row(placed(connection, ref, anchor)) for ref, anchor in places],
                "modified": moment,
            }
            note_id = note_rows.insert(
                connection, uid=uid or os.urandom(16).hex(), created=moment, state=state
            )
            step = note_rows.step_of_adding(note_id, moment)
            journal.record(connection, moment, f"note {note_id} added", [step])
            if draft is not None:
                draft_repository.drop(connection, draft, fields)
            return note_rows.one(connection, note_id)

    def ingest_notes(self, notes: Sequence[NewNote], what: str) -> tuple[Note, ...]:
        """Save those of ``notes``, written elsewhere, that were never here, as one change; return them.

        ``what`` tells the journal of it. Raises RequestError for what cannot be kept, and UnknownReference.
        """
        with self._database.writing() as connection:
            moment, never = self._clock(), note_rows.known_uids(connection)
            ids, steps = [], []
            for note in notes:
                if note.uid in never:
                    continue
                never.add(note.uid)
                state = note_rows.fields_state(note.fields) | {
                    "targets": [target_row(placed(connection, *place)) for place in note.places],
                    "modified": _moment(note.modified) or _moment(note.created) or moment,
                }
                created = _moment(note.created) or moment
                ids.append(note_rows.insert(connection, uid=note.uid, created=created, state=state))
                steps.append(note_rows.step_of_adding(ids[-1], moment))
            if ids:
                journal.record(connection, moment, what, steps)
            return tuple(note_rows.one(connection, note_id) for note_id in ids)

    def known_note_uids(self) -> frozenset[str]:
        """Return what names the notes that are or were here, in the bin and emptied from it too."""
        with self._database.reading() as connection:
            return frozenset(note_rows.known_uids(connection))

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

        An empty colour or relation takes it away. Raises RequestError for an unknown colour.
        """
        given = {
            "text": text,
            "tags": None if tags is None else tuple(tags),
            "labels": None if labels is None else tuple(labels),
            "colour": colour,
            "pinned": pinned,
            "relation": relation,
        }
        with self._changing() as connection:
            now = note_rows.one(connection, note_id).fields
            values = {name: value for name, value in given.items() if value is not None}
            wanted = note_rows.fields_state(NoteFields(**({"coder": now.coder} | values)))  # type: ignore[arg-type]  # each by its name
            changed = {name: wanted[name] for name in values}
            note_rows.change(connection, note_id, changed, self._clock())
            return note_rows.one(connection, note_id)

    def save_note(
        self, note_id: int, base: NoteFields, fields: NoteFields, *, draft: str | None = None
    ) -> SavedNote:
        """Save ``fields``, made from ``base``, and forget the draft of key ``draft`` if it says the same.

        ``base`` is ``note.fields`` as the editor read it. What others saved since is merged: the text line
        by line, tags and labels one by one, the rest as changed last. Raises UnknownReference and
        RequestError.
        """
        with self._changing() as connection:
            now, wanted = note_rows.one(connection, note_id).fields, note_rows.tidy(fields)
            merged, clashes = (wanted, 0) if now == base else _merged(base, now, wanted)
            note_rows.change(connection, note_id, note_rows.fields_state(merged), self._clock())
            if draft is not None:
                draft_repository.drop(connection, draft, fields)
            return SavedNote(note_rows.one(connection, note_id), merged != wanted, clashes)

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
        with self._changing() as connection:
            if not places:
                raise RequestError("A note needs a passage of a source, a source or a story to stand on.")
            known = {
                (target.ref, target.anchor): target for target in note_rows.one(connection, note_id).targets
            }
            targets = [known.get(place) or placed(connection, *place) for place in dict.fromkeys(places)]
            rows = [target_row(target) for target in targets]
            note_rows.change(connection, note_id, {"targets": rows}, self._clock(), what)
            return note_rows.one(connection, note_id)

    def remove_note(self, note_id: int) -> None:
        """Put a note into the bin; raises UnknownReference."""
        with self._changing() as connection:
            moment = self._clock()
            note_rows.require(connection, note_id)
            note_rows.move_to_bin(connection, note_id, None, moment, moment)
            note_rows.empty_bin(connection, note_rows.bin_limit(moment), moment)

    def restore_note(self, note_id: int) -> Note:
        """Take a note out of the bin; raises UnknownReference."""
        with self._changing() as connection:
            note = note_rows.any_one(connection, note_id)
            if note.removed is not None:
                note_rows.move_to_bin(connection, note_id, note.removed, None, self._clock())
            return note_rows.one(connection, note_id)

    def empty_bin(self) -> int:
        """Take all notes in the bin away for good and return how many; there is no undo for that."""
        with self._changing() as connection:
            now = self._clock()
            gone = note_rows.empty_bin(connection, now, now)
        self._database.forget_traces()
        return gone

    def note(self, note_id: int) -> Note:
        """Return a note that is not in the bin; raises UnknownReference."""
        with self._database.reading() as connection:
            return note_rows.one(connection, note_id)

    def notes(
        self, *, story: str | None = None, ref: Ref | None = None, tag: str | None = None
    ) -> tuple[Note, ...]:
        """List the notes that fit all that is given, in the order they were made."""
        with self._database.reading() as connection:
            return note_rows.many(connection, story=story, ref=ref, tag=tag)

    def removed_notes(self) -> tuple[Note, ...]:
        """List the notes in the bin, in the order they were made, without those that are too long in it."""
        limit = note_rows.bin_limit(self._clock())
        with self._database.reading() as connection:
            return tuple(note for note in note_rows.removed(connection) if (note.removed or "") > limit)

    def find_orphans_again(self, reanchor: Reanchor) -> Iterator[tuple[Ref, int]]:
        """Look for lost passages in the texts as they are, source by source.

        Yields each source that was looked through with the number of passages found in it.
        """
        from sources.library import reanchoring, source_rows

        with self._database.reading() as connection:
            refs = reanchoring.waiting_refs(connection)
        for ref in refs:
            with self._database.writing() as connection:
                found = list(source_rows.sources_of(connection, [ref]))
                count = sum(
                    reanchoring.reanchor_lost(connection, ref, source.text, reanchor) for source in found
                )
            yield ref, count

    def lost_notes(self) -> tuple[Note, ...]:
        """Return the notes that a copy holds and the database should but does not have."""
        from sources.library import note_backups

        with self._database.reading() as connection:
            known = {uid for (uid,) in connection.execute("SELECT uid FROM notes")}
            known |= {uid for (uid,) in connection.execute("SELECT uid FROM emptied")}
        limit = note_rows.bin_limit(self._clock())
        return tuple(
            note
            for note in note_backups.all_notes(self.folder)
            if note.uid not in known and (note.removed is None or note.removed > limit)
        )

    def bring_back_notes(self, notes: Sequence[Note]) -> int:
        """Keep notes that `lost_notes` found and return how many; they are looked for in the texts again.

        Where a source is missing, its notes are orphans until it is added again.
        """
        with self._changing() as connection:
            moment = self._clock()
            steps = []
            for note in notes:
                note_id = _insert_again(connection, note)
                if note.removed is None:
                    steps.append(note_rows.step_of_adding(note_id, moment))
            journal.record(connection, moment, f"{len(notes)} notes brought back from a copy", steps)
            journal.touch(connection)
            return len(notes)

    def copy_notes(self) -> None:
        """Write a dated copy of the notes now; raises StorageFailed."""
        from sources.library import note_backups
        from sources.library.database import translated

        with self._database.reading() as connection:
            notes = note_rows.everything(connection)
            change = note_rows.change_number(connection)
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
