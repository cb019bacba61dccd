"""Importing notes: a file of another program is read, matched with the library's sources, and kept.

What matches no source is kept aside in the library's folder, as a file that can be imported again when its
sources are there (`sources.notes.importing.aside`). Nothing is imported twice: every note has a uid.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sources.errors import CrossreadError, LibraryError, RequestError
from sources.frozen import frozen
from sources.importing.files import opened, read_all, shown
from sources.importing.matching import Matcher
from sources.labels import LabelFields
from sources.library.label_span_changes import Mark
from sources.library.note_intake import NewNote
from sources.notes.export.files import write_into
from sources.notes.importing import Refused, aside, read_notes
from sources.text.cleaning import decode

if TYPE_CHECKING:
    from pathlib import Path

    from sources.labels import LabelSpan
    from sources.library import Library
    from sources.model import Note
    from sources.notes.importing import ImportedNote, ImportedSpan, ReadNotes

ASIDE_FOLDER = "imports"
_SOMEBODY = "imported"  # the coder of spans that name none


@frozen
class NoteImport:
    """What became of a file of notes.

    ``unchanged`` counts what was here already, or was removed here; ``refused`` cannot be read or kept;
    ``aside`` matches no source and is in the file ``aside_path``.
    """

    format: str
    added: tuple[Note, ...]
    labelled: tuple[LabelSpan, ...]
    unchanged: int
    refused: tuple[Refused, ...]
    aside: tuple[Refused, ...]
    aside_path: Path | None


def import_notes(library: Library, path: Path, format_name: str | None = None) -> NoteImport:
    """Import the notes and labelled spans in file ``path``; the format is told by its text if not by name.

    Raises InputError where nothing of it can be read, and LibraryError.
    """
    with opened(path) as file:
        text = decode(read_all(file, shown(path)), path=path)
    running = _Run(library, read_notes(text, shown(path), format_name))
    notes, spans = running.notes(), running.spans()
    kept = tuple(running.kept)
    aside_path = _keep_aside(library, aside.write(kept)) if kept else None
    is_own = path.resolve().parent == (library.folder / ASIDE_FOLDER).resolve()
    if is_own and running.read.format == "aside" and not (aside_path and path.samefile(aside_path)):
        # What could be taken now is in the library, and the rest in the new file.
        path.unlink()
    return NoteImport(
        running.read.format, notes, spans, running.unchanged, tuple(running.refused),
        tuple(Refused(each.place, reason) for each, reason in kept), aside_path,
    )  # fmt: skip


class _Run:
    """One file's import."""

    def __init__(self, library: Library, read: ReadNotes) -> None:
        self.library = library
        self.read = read
        self.refused = list(read.refused)
        self.kept: list[tuple[ImportedNote | ImportedSpan, str]] = []
        self.unchanged = 0
        self._known = library.known_note_uids()
        self._matcher = Matcher(library)
        fresh = [note for note in read.notes if note.uid not in self._known]
        self._matcher.prepare(
            [target for note in fresh for target in note.targets] + [span.target for span in read.spans]
        )

    def notes(self) -> tuple[Note, ...]:
        """Take the notes in and return those that are new."""
        ready: dict[str, tuple[ImportedNote, NewNote]] = {}
        for note in self.read.notes:
            if note.uid in self._known or note.uid in ready:
                self.unchanged += 1
                continue
            matches = [self._matcher.match(target) for target in note.targets]
            missing = next((match.why for match in matches if match.place is None), None)
            if missing is not None:
                self.kept.append((note, missing))
                continue
            places = tuple(dict.fromkeys(match.place for match in matches if match.place is not None))
            ready[note.uid] = (note, NewNote(note.uid, note.fields, places, note.created, note.modified))
        return self._taken(list(ready.values()))

    def _taken(self, ready: list[tuple[ImportedNote, NewNote]]) -> tuple[Note, ...]:
        """Take all in as one change; where one cannot be kept, those that can, without it."""
        while ready:
            try:
                return self.library.take_in_notes([new for _, new in ready], _told(len(ready), "note"))
            except RequestError:
                ready = [pair for pair in ready if self._fits(*pair)]
        return ()

    def _fits(self, note: ImportedNote, new: NewNote) -> bool:
        from sources.library.note_changes import fields_state  # noqa: PLC0415 - where one does not fit

        try:
            fields_state(new.fields)
        except RequestError as error:
            self.refused.append(Refused(note.place, str(error).rstrip(".")))
            return False
        return all(ref.is_story or self.library.sources([ref]) for ref, _ in new.places)

    def spans(self) -> tuple[LabelSpan, ...]:
        """Mark the labelled spans and return those that are new; labels that are missing are made."""
        wanted: dict[str, list[Mark]] = {}
        for span in self.read.spans:
            if span.uid.split("/")[0] in self._known:
                self.unchanged += 1
                continue
            match = self._matcher.match(span.target)
            if match.place is None:
                self.kept.append((span, match.why))
            elif (reason := self._without_label(span.label)) is not None:
                self.refused.append(Refused(span.place, reason))
            else:
                wanted.setdefault(span.coder or _SOMEBODY, []).append(Mark(span.label, *match.place))
        before = {span.id for span in self.library.label_spans()} if wanted else set()
        found: list[LabelSpan] = []
        for coder, marks in wanted.items():
            marked = self.library.mark_all(marks, coder=coder, origin=_told(len(marks), "span"))
            fresh = {span.id: span for span in marked if span.id not in before}
            self.unchanged += len(marks) - len(fresh)
            found += fresh.values()
        return tuple(found)

    def _without_label(self, name: str) -> str | None:
        """Make the label where it is not in the codebook; return why it cannot be."""
        if self.library.codebook().named(name) is None:
            try:
                self.library.add_label(LabelFields(name))
            except LibraryError:
                raise
            except CrossreadError as error:
                return str(error).rstrip(".")
        return None


def _told(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'} imported"


def _keep_aside(library: Library, text: str) -> Path:
    """Write what was kept aside under a name that its content gives, so that it is kept once."""
    folder, stem = library.folder / ASIDE_FOLDER, f"aside-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    path = folder / f"{stem}.jsonl"
    return path if path.exists() else write_into(folder, stem, ".jsonl", text)
