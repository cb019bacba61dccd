"""Taking notes, labels, sources and stories out: what an export is given, and the formats, a module each."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, cast

from sources.frozen import frozen
from sources.model import TargetKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.model import Note, OriginalPlace, Ref, Source


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as a citation names it."""

    ref: Ref
    title: str | None
    publisher: str | None
    author: str | None
    date: str | None
    url: str | None
    language: str | None = None
    accessed: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A span of a source that somebody gave a label; ``uid`` names it wherever it goes.

    ``comment`` and ``colour`` are those of the note that the label stands on, if it is one's; ``place`` is
    where the span is in the original.
    """

    ref: Ref
    start: int
    end: int
    label: str
    quote: str
    coder: str | None = None
    created: str = ""
    uid: str = ""
    comment: str = ""
    colour: str | None = None
    place: OriginalPlace | None = None

    @property
    def name(self) -> str:
        """What names the span wherever it goes: its uid, or else where it stands and under what."""
        return self.uid or f"{self.ref} {self.start} {self.end} {self.label} {self.coder or ''}"


@dataclass(frozen=True, slots=True)
class Code:
    """A label as the codebook describes it; ``parent`` is the name of the label above it."""

    name: str
    meaning: str = ""
    colour: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class NoteCollection:
    """Notes with what is known of their stories' titles and their sources; what is missing was removed.

    ``texts`` holds the sources with their texts, for the formats that need them (`ExportFormat.texts`);
    ``labelled`` the spans under labels, and ``codes`` what the labels mean.
    """

    notes: tuple[Note, ...] = ()
    sources: Mapping[Ref, CitedSource] = field(default_factory=dict)
    titles: Mapping[str, str | None] = field(default_factory=dict)
    texts: Mapping[Ref, Source] = field(default_factory=dict)
    labelled: tuple[LabelledSpan, ...] = ()
    codes: tuple[Code, ...] = ()

    def in_order(self) -> tuple[Note, ...]:
        """Return the notes by where their first target stands, then by what names them."""
        return tuple(sorted(self.notes, key=_place))

    def cited(self) -> tuple[CitedSource, ...]:
        """Return the sources by story and number, summaries last."""
        return tuple(self.sources[ref] for ref in sorted(self.sources, key=ref_order))

    def spans_by_ref(self) -> dict[Ref, list[LabelledSpan]]:
        """Return the labelled spans of each source in order, the longer of two that begin alike first."""
        found: dict[Ref, list[LabelledSpan]] = {}
        for span in sorted(self.labelled, key=_span_order):
            found.setdefault(span.ref, []).append(span)
        return found


def labelled_by_notes(notes: tuple[Note, ...]) -> tuple[LabelledSpan, ...]:
    """Return the passages of ``notes`` that carry labels; lost passages are left out."""
    return tuple(
        LabelledSpan(
            target.ref, target.anchor.start, target.anchor.end, label, target.anchor.quote, note.coder,
            note.created, f"{note.uid}/{position}/{label}", note.text, note.colour, target.place,
        )
        for note in notes
        for position, target in enumerate(note.targets)
        if target.kind is TargetKind.PASSAGE and target.confidence > 0
        for label in note.labels
    )  # fmt: skip


def ref_order(ref: Ref) -> tuple[str, bool, int]:
    """Return the key that sorts refs by story, then number, the summary last."""
    return (ref.story, ref.number is None, ref.number or 0)


def _place(note: Note) -> tuple[object, ...]:
    first = note.targets[0]
    return (*ref_order(first.ref), first.anchor.start, note.id, note.uid)


def _span_order(span: LabelledSpan) -> tuple[object, ...]:
    return (*ref_order(span.ref), span.start, -span.end, span.label, span.coder or "", span.uid)


# The colours of notes and labels where a format needs them as values.

CODES = {
    "yellow": "#E3B505", "green": "#2E9E5B", "blue": "#2F6FDE", "pink": "#E06C9F", "purple": "#8A5CD1",
    "orange": "#E5812A", "red": "#D1383D", "grey": "#7D8590",
}  # fmt: skip


class Shape(StrEnum):
    """What a format makes: text for a file or a terminal, bytes for a file, or a folder of files."""

    TEXT = "text"
    BYTES = "bytes"
    FOLDER = "folder"


@frozen
class ExportFormat:
    """A format; what it writes is pure: the same collection always gives the same bytes.

    ``written_by`` is a function of a module here, which is loaded when it is first written: it takes the
    collection and returns text, bytes, or the texts of files by name, as ``shape`` says. ``texts`` tells
    that `NoteCollection.texts` is needed.
    """

    name: str
    suffix: str  # of a file, with the dot
    description: str
    written_by: str
    shape: Shape = Shape.TEXT
    texts: bool = False

    def write(self, collection: NoteCollection) -> str:
        """Return the text of a format of text."""
        return cast("str", self._written(collection))

    def encode(self, collection: NoteCollection) -> bytes:
        """Return the bytes of the file that a format of text or bytes makes."""
        if self.shape is Shape.TEXT:
            return self.write(collection).encode("utf-8", "replace")
        return cast("bytes", self._written(collection))

    def files(self, collection: NoteCollection) -> dict[str, str]:
        """Return the files of a format of folders: their text by their name in the folder."""
        return cast("dict[str, str]", self._written(collection))

    def _written(self, collection: NoteCollection) -> object:
        module, _, function = self.written_by.partition(".")
        written: object = getattr(import_module(f"{__name__}.{module}"), function)(collection)
        return written


def _registry(*formats: ExportFormat) -> dict[str, ExportFormat]:
    return {each.name: each for each in formats}


FORMATS = _registry(
    ExportFormat("markdown", ".md", "Markdown with each passage as a quotation", "as_markdown.write_notes"),
    ExportFormat("json", ".json", "the notes as `note list --json` gives them", "as_json.write_notes"),
    ExportFormat("jsonld", ".jsonld", "W3C Web Annotations, as JSON-LD", "as_json.write_annotations"),
    ExportFormat("csv", ".csv", "a table, one row a passage", "as_csv.write_notes"),
    ExportFormat("html", ".html", "one page with everything in it", "as_html.write_notes"),
    ExportFormat("obsidian", "", "a folder of linked notes for Obsidian", "as_obsidian.files", Shape.FOLDER),
    ExportFormat("bibtex", ".bib", "BibTeX, an entry a passage", "citations.write_bibtex"),
    ExportFormat("csl", ".json", "CSL-JSON, an item a passage", "citations.write_csl"),
    ExportFormat("ris", ".ris", "RIS, a record a passage", "citations.write_ris"),
)
LABEL_FORMATS = _registry(
    ExportFormat(
        "jsonl", ".jsonl", "JSON Lines, a source a line with its labelled spans",
        "as_labels.write_json_lines", texts=True,
    ),
    ExportFormat(
        "conll", ".conll", "words with BIO tags, a word a line", "as_labels.write_conll", texts=True
    ),
    ExportFormat("csv", ".csv", "a table, one row a span", "as_csv.write_labels"),
    ExportFormat(
        "refi-qda", ".qdpx", "a REFI-QDA project", "as_labels.write_refi_qda", Shape.BYTES, texts=True
    ),
)  # fmt: skip
SOURCE_FORMATS = _registry(
    ExportFormat("bibtex", ".bib", "BibTeX", "citations.write_bibtex"),
    ExportFormat("csl", ".json", "CSL-JSON", "citations.write_csl"),
    ExportFormat("ris", ".ris", "RIS", "citations.write_ris"),
)
