"""Exports of notes, labels, sources and stories, gathered and written; notes of others, taken in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sources.errors import NotFoundInput, NotText, RequestError
from sources.library import moment_now
from sources.model import LabelChoice
from sources.notes.export import (
    FORMATS,
    LABEL_FORMATS,
    SOURCE_FORMATS,
    CitedSource,
    Code,
    ExportFormat,
    LabelledSpan,
    NoteCollection,
    Shape,
    labelled_by_notes,
)
from sources.notes.export.saving import named_path, save, save_bytes, write_new
from sources.notes.importing import FORMATS as IMPORT_FORMATS
from sources.places import exports_folder
from tui.services.dossier import STORY_FORMATS, DossierFormat
from tui.services.notes import NoteFilter, chosen_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from index import SearchIndex
    from sources.library import Library
    from sources.model import Note, Ref, Source, SourceEntry

    OpenIndex = Callable[[], AbstractContextManager[SearchIndex]]
    from sources.importing.note_import import NoteImport


class What(StrEnum):
    """What can be exported."""

    NOTES = "notes"
    LABELS = "labels"
    SOURCES = "sources"
    STORY = "story"


_MOST_TOLD = 10  # words
FORMATS_OF: Mapping[What, Mapping[str, ExportFormat]] = {
    What.NOTES: FORMATS,
    What.LABELS: LABEL_FORMATS,
    What.SOURCES: SOURCE_FORMATS,
    What.STORY: STORY_FORMATS,
}


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is to be exported in which format, and which of it.

    Without a ``story`` it is all stories. ``query`` is asked of notes themselves, of labels and sources as a
    search for the sources. ``labels`` are any of them, ``tags`` all of them; ``template`` is a file.
    ``redact`` are the refs and names for which a story's dossier has pseudonyms.
    """

    what: What
    format: str
    story: str | None = None
    query: str = ""
    tags: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    coder: str | None = None
    template: str | None = None
    redact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """What was gathered for a request: ``count`` notes, spans, sources or texts, and how it is written.

    ``state`` is what is to be said of the index that was searched, or of what was redacted, if anything;
    ``about`` names files.
    """

    form: ExportFormat
    collection: NoteCollection
    count: int
    about: str
    state: str = ""


def gather(library: Library, request: ExportRequest, open_index: OpenIndex) -> Export:
    """Return what ``request`` asks for; ``open_index`` is called where that takes a search.

    Raises UnknownReference, QueryError, InputError for a template that cannot be read, and IndexTrouble.
    """
    form, story, state = FORMATS_OF[request.what][request.format], request.story, ""
    if request.template is not None:
        form = _Template(request.template)
    about = f"{story or 'all-stories'}-{request.what}"
    if request.what is What.NOTES:
        asked = NoteFilter(story=story, tags=request.tags, labels=request.labels, query=request.query)
        notes = chosen_notes(library, asked)
        return Export(form, gather_notes(library, notes, texts=form.texts), len(notes), about)
    if story is not None:
        library.story(story)  # an unknown one is refused here
    if request.what is What.STORY:
        if story is None:
            raise RequestError("Say which story is to be exported.")
        return _dossier(library, form, story, request.redact)
    wanted: frozenset[Ref] | None = None
    if request.query:
        from tui.services.search import found_refs

        with open_index() as index:
            wanted, state = found_refs(index, library, request.query, story)
    if request.what is What.SOURCES:
        entries = [entry for entry in library.entries(story) if wanted is None or entry.ref in wanted]
        return Export(form, gather_sources(entries), len(entries), about, state)
    collection = gather_labels(library, story=story, texts=form.texts)
    spans = tuple(
        span
        for span in collection.labelled
        if (not request.labels or span.label in request.labels)
        and (request.coder is None or span.coder == request.coder)
        and (wanted is None or span.ref in wanted)
    )
    return Export(form, replace(collection, labelled=spans), len(spans), about, state)


def _dossier(library: Library, form: ExportFormat, story: str, redact: Sequence[str]) -> Export:
    from sources.evidence_cache import EvidenceCache
    from tui.services.dossier.gathering import gather_dossier

    collection = gather_story(library, story)
    dossier = gather_dossier(library, collection)
    about, state = story, ""
    if redact:
        from tui.services.dossier.redaction import redacted

        dossier, doubtful = redacted(dossier, redact, EvidenceCache(library).entities(story))
        about = f"{dossier.story}-redacted"
        if doubtful:
            words = ", ".join(doubtful[:_MOST_TOLD]) + (", …" if len(doubtful) > _MOST_TOLD else "")
            state = f"Look at these words, of which a redacted name is a part: {words}"
    if not isinstance(form, DossierFormat):
        raise TypeError(f"{form.name} writes no dossier")
    return Export(form.of(dossier), collection, len(collection.texts), about, state)


def text_of(export: Export) -> str:
    """Return an export as text; raises RequestError for a format that makes a file or a folder."""
    if export.form.shape is not Shape.TEXT:
        thing = "folder" if export.form.shape is Shape.FOLDER else "file"
        raise RequestError(f"{export.form.name} makes a {thing}; say where with --output PATH.")
    return export.form.write(export.collection)


def save_export(export: Export, library_folder: Path, output: str) -> Path | None:
    """Write an export and return its path; None, and no file, where there is nothing to write.

    ``output`` is a new file or a folder, empty for the library's folder of exports. Raises RequestError and
    StorageFailed.
    """
    if not export.count:
        return None
    return save(
        export.form,
        export.collection,
        named_path(output),
        folder=exports_folder(library_folder),
        what=export.about,
        moment=moment_now(),
    )


def save_text(text: str, library_folder: Path, output: str, *, about: str, suffix: str) -> Path:
    """Write a text that was made elsewhere, as `save_export` does, and return its path."""
    return save_bytes(
        text.encode("utf-8", "replace"),
        named_path(output),
        suffix=suffix,
        folder=exports_folder(library_folder),
        what=about,
        moment=moment_now(),
    )


def write_file(file: str, text: str) -> Path:
    """Write a text that was made elsewhere into the new file of that name, and return its path."""
    return write_new(Path(file).expanduser(), text)


class _Template(ExportFormat):
    """A Jinja2 template of the user's as a format of text; raises InputError where it cannot be read."""

    _file: str
    _template: str

    def __init__(self, name: str) -> None:
        from sources.notes.export.as_template import suffix_of

        path = Path(name).expanduser()
        try:
            template = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotText("a template has to be text in UTF-8.", path=path) from error
        except OSError as error:
            raise NotFoundInput(f"{error.strerror or error}.", path=path) from error
        super().__init__("template", suffix_of(path.name), "a template of your own", "")
        object.__setattr__(self, "_file", path.name)
        object.__setattr__(self, "_template", template)

    def write(self, collection: NoteCollection) -> str:
        """Return what the template makes of ``collection``; raises RequestError where it fails."""
        from sources.notes.export.as_template import render

        return render(self._template, self._file, collection)


def gather_notes(library: Library, notes: Sequence[Note], *, texts: bool = False) -> NoteCollection:
    """Return ``notes`` with their sources and the titles of the library's stories; with texts if asked for.

    What was removed from the library is missing.
    """
    found = _sources(library, {target.ref for note in notes for target in note.targets})
    return NoteCollection(
        tuple(notes),
        {ref: _cited(source) for ref, source in found.items()},
        _titles(library),
        found if texts else {},
        labelled_by_notes(tuple(notes)),
    )


def gather_labels(library: Library, *, story: str | None = None, texts: bool = False) -> NoteCollection:
    """Return the codebook and all labelled spans, of a story or of all, without notes.

    Those are the passages that coders marked, and those of notes that carry labels; where a coder did both,
    the mark counts. Lost passages are left out.
    """
    marked = [
        LabelledSpan(
            span.ref, span.span.start, span.span.end, span.label, span.target.anchor.quote, span.coder,
            span.created, span.uid, place=span.target.place,
        )
        for span in library.label_spans(LabelChoice(story=story))
        if span.target.confidence > 0
    ]  # fmt: skip
    known = {(span.ref, span.start, span.end, span.label, span.coder) for span in marked}
    of_notes = labelled_by_notes(library.notes(story=story))
    spans = marked + [
        span
        for span in of_notes
        if (span.ref, span.start, span.end, span.label, span.coder) not in known
        and (story is None or span.ref.story == story)
    ]
    found = _sources(library, {span.ref for span in spans})
    return NoteCollection(
        (), {ref: _cited(source) for ref, source in found.items()}, _titles(library),
        found if texts else {}, tuple(spans), _codes(library),
    )  # fmt: skip


def _codes(library: Library) -> tuple[Code, ...]:
    codebook = library.codebook()
    codes = []
    for label in codebook:
        above = codebook.parent_of(label)
        codes.append(Code(label.name, label.meaning, label.colour, None if above is None else above.name))
    return tuple(codes)


def gather_sources(entries: Iterable[SourceEntry]) -> NoteCollection:
    """Return sources as citations name them, without notes."""
    return NoteCollection(sources={entry.ref: _cited(entry) for entry in entries})


def gather_story(library: Library, slug: str) -> NoteCollection:
    """Return a story with all its texts and the notes on it; raises UnknownReference."""
    title = library.story(slug).title
    texts = {source.ref: source for source in library.texts(slug)}
    notes = library.notes(story=slug)
    elsewhere = {target.ref for note in notes for target in note.targets} - texts.keys()
    known = texts | _sources(library, elsewhere)
    return NoteCollection(
        notes, {ref: _cited(source) for ref, source in known.items()}, {slug: title}, texts,
        labelled_by_notes(notes),
    )  # fmt: skip


def _sources(library: Library, refs: Iterable[Ref]) -> dict[Ref, Source]:
    wanted = sorted((ref for ref in refs if not ref.is_story), key=str)
    found: dict[Ref, Source] = {}
    for start in range(0, len(wanted), 100):
        found |= {source.ref: source for source in library.sources(wanted[start : start + 100])}
    return found


def _titles(library: Library) -> dict[str, str | None]:
    return {story.slug: story.title for story in library.stories()}


def _cited(source: Source | SourceEntry) -> CitedSource:
    return CitedSource(
        source.ref, source.title, source.publisher, source.author, source.date, source.url,
        source.language, source.accessed,
    )  # fmt: skip


class Delivered(NamedTuple):
    """Where an export lies, how much is in it, and what is to be said of the index that was searched.

    There is no path where there was nothing to write.
    """

    path: Path | None
    size: int  # notes, spans, sources or texts
    state: str


# Notes and labels of other programs, taken in from a file.


__all__ = ["IMPORT_FORMATS"]


def take_in_notes(
    library: Library, file: str, form: str | None = None, *, update: bool = False
) -> NoteImport:
    """Import a file of notes, in the format that it looks like where none is named; raises InputError.

    With ``update`` take over the words and tags of notes that were changed in the other program.
    """
    from sources.importing.note_import import import_notes  # an export needs none of it

    return import_notes(library, Path(file).expanduser(), form, update=update)
