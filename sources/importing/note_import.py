"""Imports notes of other programs: finds the source that each is about, and its passage there.

What matches no source is kept aside in the library's folder, as a file that can be imported again when its
sources are there (`sources.notes.importing.json_lines`). Nothing is imported twice: every note has a uid.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from sources.errors import CrossreadError, LibraryError, RequestError
from sources.frozen import frozen
from sources.importing.files import opened, read_all, shown
from sources.library.label_repository import Mark
from sources.library.note_repository import NewNote
from sources.model import Anchor, LabelFields, Ref
from sources.notes.anchoring import find_anchor
from sources.notes.export.saving import write_into
from sources.notes.importing import Refused, json_lines, read_notes
from sources.text.addresses import plain_address
from sources.text.cleaning import clean_text, decode, text_sum
from sources.text.folding import find_spans, loose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sources.library import Library
    from sources.model import LabelSpan, Note, Source, Span
    from sources.notes.importing import ImportedNote, ImportedSpan, ImportedTarget, ReadNotes

# Code points from which a quote alone tells which source it is from. In the bundled story, of random excerpts
# of 8 code points 31 in 100 are in another text by chance, of 16 it is 12, of 24 it is 6 and of 32 still 4;
# those in several texts are put on none, and a larger number would keep out short highlights.
_TELLING_QUOTE = 24


class Matched(NamedTuple):
    """Where a target stands here; ``why`` is the reason, as the rest of a sentence, where that is nowhere."""

    place: tuple[Ref, Anchor] | None
    why: str = ""


class Matcher:
    """The sources of a library by address, title and text, read once for a whole file."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._by_url: dict[str, list[Ref]] = {}
        self._by_title: dict[str, list[Ref]] = {}
        self._urls: dict[Ref, str] = {}
        for entry in library.entries():
            if entry.url:
                self._urls[entry.ref] = plain_address(entry.url)
                self._by_url.setdefault(self._urls[entry.ref], []).append(entry.ref)
            if entry.title:
                self._by_title.setdefault(loose(entry.title), []).append(entry.ref)
        self._by_sum: dict[str, list[Ref]] = {}
        self._texts: dict[Ref, Source] = {}
        self._standing: dict[str, list[Ref]] = {}

    def prepare(self, targets: Iterable[ImportedTarget]) -> None:
        """Look in all texts at once for the texts and quotes that neither address nor title leads to."""
        targets = list(targets)
        if any(target.sha256 and not self._named(target) for target in targets):
            for text in self._library.texts():
                self._by_sum.setdefault(text_sum(text.text), []).append(text.ref)
        quotes = {
            quote
            for target in targets
            if len(quote := clean_text(target.quote).strip()) >= _TELLING_QUOTE and not self._named(target)
        }
        if not quotes:
            return
        for text in self._library.texts():
            for quote in quotes:
                if quote in text.text:
                    self._standing.setdefault(quote, []).append(text.ref)
        spelled = {quote: loose(quote) for quote in quotes if quote not in self._standing}
        if not spelled:
            return
        for text in self._library.texts():
            said = loose(text.text)
            for quote, plain in spelled.items():
                if plain in said:
                    self._standing.setdefault(quote, []).append(text.ref)

    def match(self, target: ImportedTarget) -> Matched:
        """Return where ``target`` stands; never a place that cannot be told from another one."""
        named = self._named(target)
        if not target.quote:
            return self._whole(target, named)
        quote = clean_text(target.quote).strip()
        refs = named or self._standing.get(quote, [])
        if not refs:
            return Matched(None, self._missing(target))
        found = [(ref, anchor) for ref in refs if (anchor := self._anchor(ref, target)) is not None]
        exact = [place for place in found if place[1].quote == quote] or found
        if not exact:
            return Matched(None, f"{refs[0]} does not say what it quotes")
        if len(exact) > 1:
            better = [place for place in exact if self._same_text(place[0], target)]
            if len(better) != 1:
                names = ", ".join(str(ref) for ref, _ in exact[:4])
                return Matched(None, f"what it quotes is in several sources ({names})")
            exact = better
        return Matched(exact[0])

    def _named(self, target: ImportedTarget) -> list[Ref]:
        """Return the sources that address, name or title lead to, the surest kind alone."""
        address = plain_address(target.url) if target.url else None
        ref = Ref.parse(target.ref) if target.ref else None
        if ref is not None and self._is_that(ref, address, target):
            return [ref]
        if address and address in self._by_url:
            return self._by_url[address]
        if target.sha256 and target.sha256 in self._by_sum:
            return self._by_sum[target.sha256]
        return self._by_title.get(loose(target.title), []) if target.title else []

    def _is_that(self, ref: Ref, address: str | None, target: ImportedTarget) -> bool:
        """Tell whether a source of that name is the one that is meant, and not one of another library."""
        source = self._source(ref)
        if source is None:
            return False
        if address is not None:
            return self._urls.get(ref) == address
        if self._same_text(ref, target):
            return True
        return (target.title is None or target.title == source.title) and (
            not target.quote or self._anchor(ref, target) is not None
        )

    def _whole(self, target: ImportedTarget, named: list[Ref]) -> Matched:
        if len(named) == 1:
            return Matched((named[0], Anchor.whole()))
        if len(named) > 1:
            return Matched(None, f"several sources have its address or title ({named[0]}, {named[1]})")
        if target.ref and not target.url and self._library.has_story(target.ref):
            return Matched((Ref.of_story(target.ref), Anchor.whole()))
        return Matched(None, self._missing(target))

    def _anchor(self, ref: Ref, target: ImportedTarget) -> Anchor | None:
        source = self._source(ref)
        if source is None:
            return None
        # As it stands first: a quote may begin with a blank, and its place says so.
        for quote in dict.fromkeys((target.quote, clean_text(target.quote).strip())):
            start = target.start or 0
            anchor = Anchor(start, start + len(quote), quote, target.prefix, target.suffix)
            # Pages are quoted with other blanks, marks and accents than their text has: where that is in one
            # place, nothing has to be guessed.
            spelled = [] if quote in source.text else _whole(source.text, find_spans(source.text, quote))
            found = spelled[0] if len(spelled) == 1 else find_anchor(anchor, source.text).span
            if found is not None:
                return Anchor.at(source.text, found)
        return None

    def _same_text(self, ref: Ref, target: ImportedTarget) -> bool:
        source = self._source(ref)
        return source is not None and target.sha256 in {source.origin.sha256, text_sum(source.text)}

    def _source(self, ref: Ref) -> Source | None:
        if ref not in self._texts:
            self._texts |= {source.ref: source for source in self._library.sources([ref])}
        return self._texts.get(ref)

    @staticmethod
    def _missing(target: ImportedTarget) -> str:
        named = target.url or target.ref or (target.title and f"“{target.title}”")
        return f"there is no source {named}" if named else "no source says what it quotes"


def _whole(text: str, spans: Iterable[Span]) -> list[Span]:
    """Leave out the spans that begin or end within a word."""
    return [
        span
        for span in spans
        if not (text[span.start - 1 : span.start + 1].isalnum() and span.start)
        and not (text[span.end - 1 : span.end + 1].isalnum() and span.end < len(text))
    ]


UNMATCHED_FOLDER = "imports"
_SOMEBODY = "imported"  # the coder of spans that name none


@frozen
class NoteImport:
    """What became of a file of notes.

    ``unchanged`` counts what was here already, or was removed here; ``refused`` cannot be read or kept;
    ``unmatched`` matches no source and is in the file ``unmatched_path``. ``newer`` are the notes here, as
    they are now, that were changed where they come from since they were imported.
    """

    format: str
    added: tuple[Note, ...]
    labelled: tuple[LabelSpan, ...]
    unchanged: int
    refused: tuple[Refused, ...]
    unmatched: tuple[Refused, ...]
    unmatched_path: Path | None
    newer: tuple[Note, ...] = ()


def import_notes(
    library: Library, path: Path, format_name: str | None = None, *, update: bool = False
) -> NoteImport:
    """Import the notes and labelled spans in file ``path``; the format is told by its text if not by name.

    With ``update`` take over the words and tags of notes that were changed in the other program.
    Raises InputError where nothing of it can be read, and LibraryError.
    """
    with opened(path) as file:
        text = decode(read_all(file, shown(path)), path=path)
    running = _Run(library, read_notes(text, shown(path), format_name), update=update)
    notes, spans = running.notes(), running.spans()
    kept = tuple(running.kept)
    unmatched_path = _keep_aside(library, json_lines.write_unmatched(kept)) if kept else None
    is_own = path.resolve().parent == (library.folder / UNMATCHED_FOLDER).resolve()
    if is_own and running.read.format == "aside" and not (unmatched_path and path.samefile(unmatched_path)):
        # What could be taken now is in the library, and the rest in the new file.
        path.unlink()
    return NoteImport(
        running.read.format, notes, spans, running.unchanged, tuple(running.refused),
        tuple(Refused(each.place, reason) for each, reason in kept), unmatched_path, tuple(running.newer),
    )  # fmt: skip


class _Run:
    """One file's import."""

    def __init__(self, library: Library, read: ReadNotes, *, update: bool) -> None:
        self.library = library
        self.newer: list[Note] = []
        self._update = update
        self.read = read
        self.refused = list(read.refused)
        self.kept: list[tuple[ImportedNote | ImportedSpan, str]] = []
        self.unchanged = 0
        self._known = library.known_note_uids()
        known_here = any(note.uid in self._known for note in read.notes)
        self._here = {note.uid: note for note in library.notes()} if known_here else {}
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
                here = self._here.get(note.uid)
                if here is None or not _is_newer(note, here):
                    self.unchanged += 1
                else:
                    self.newer.append(self._updated(note, here))
                continue
            matches = [self._matcher.match(target) for target in note.targets]
            missing = next((match.why for match in matches if match.place is None), None)
            if missing is not None:
                self.kept.append((note, missing))
                continue
            places = tuple(dict.fromkeys(match.place for match in matches if match.place is not None))
            ready[note.uid] = (note, NewNote(note.uid, note.fields, places, note.created, note.modified))
        return self._taken(list(ready.values()))

    def _updated(self, note: ImportedNote, here: Note) -> Note:
        """Take over the words and tags of a note that was changed where it comes from, if that is wanted."""
        if not self._update:
            return here
        return self.library.edit_note(here.id, text=note.fields.text, tags=note.fields.tags)

    def _taken(self, ready: list[tuple[ImportedNote, NewNote]]) -> tuple[Note, ...]:
        """Take all in as one change; where one cannot be kept, those that can, without it."""
        while ready:
            try:
                return self.library.ingest_notes([new for _, new in ready], _told(len(ready), "note"))
            except RequestError:
                ready = [pair for pair in ready if self._fits(*pair)]
        return ()

    def _fits(self, note: ImportedNote, new: NewNote) -> bool:
        from sources.library.note_rows import fields_state

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


def _is_newer(note: ImportedNote, here: Note) -> bool:
    """Tell whether a note says something else where it comes from, since it was last changed here."""
    from sources.library.note_rows import tidy

    there_says, here_says = tidy(note.fields), tidy(here.fields)
    same = (there_says.text, there_says.tags) == (here_says.text, here_says.tags)
    if same or note.modified is None:
        return False
    there, ours = _moment(note.modified), _moment(here.modified)
    return there is not None and ours is not None and there > ours


def _moment(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _told(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'} imported"


def _keep_aside(library: Library, text: str) -> Path:
    """Write what was kept aside under a name that its content gives, so that it is kept once."""
    folder, stem = (
        library.folder / UNMATCHED_FOLDER,
        f"aside-{hashlib.sha256(text.encode()).hexdigest()[:16]}",
    )
    path = folder / f"{stem}.jsonl"
    return path if path.exists() else write_into(folder, stem, ".jsonl", text)
