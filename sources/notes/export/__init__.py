"""Taking notes, labels, sources and stories out: one module a format, and the registries of formats."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, cast

from sources.frozen import frozen
from sources.notes.export.collection import (
    CitedSource,
    Code,
    LabelledSpan,
    NoteCollection,
    labelled_by_notes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


class Shape(StrEnum):
    """What a format makes: text for a file or a terminal, bytes for a file, or a folder of files."""

    TEXT = "text"
    BYTES = "bytes"
    FOLDER = "folder"


@frozen
class ExportFormat:
    """A format; what it writes is pure: the same collection always gives the same bytes.

    ``module`` is loaded when it is first written, and its ``function`` writes: it takes the collection and
    returns text, bytes, or the texts of files by name, as ``shape`` says. ``texts`` tells that
    `NoteCollection.texts` is needed.
    """

    name: str
    suffix: str  # of a file, with the dot
    description: str
    module: str
    function: str = "write"
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
        written: object = getattr(import_module(self.module), self.function)(collection)
        return written


def _registry(formats: Iterable[ExportFormat]) -> dict[str, ExportFormat]:
    return {each.name: each for each in formats}


_ROOM = "sources.notes.export"
FORMATS: dict[str, ExportFormat] = _registry(
    (
        ExportFormat(
            "markdown", ".md", "Markdown with each passage as a quotation",
            f"{_ROOM}.as_markdown", "write_notes",
        ),
        ExportFormat(
            "json", ".json", "the notes as `note list --json` gives them", f"{_ROOM}.as_json", "write_notes"
        ),
        ExportFormat("jsonld", ".jsonld", "W3C Web Annotations, as JSON-LD", f"{_ROOM}.as_jsonld"),
        ExportFormat("csv", ".csv", "a table, one row a passage", f"{_ROOM}.as_csv", "write_notes"),
        ExportFormat("html", ".html", "one page with everything in it", f"{_ROOM}.as_html", "write_notes"),
        ExportFormat(
            "obsidian", "", "a folder of linked notes for Obsidian",
            f"{_ROOM}.as_obsidian", "files", Shape.FOLDER,
        ),
    )
)  # fmt: skip
LABEL_FORMATS: dict[str, ExportFormat] = _registry(
    (
        ExportFormat(
            "jsonl", ".jsonl", "JSON Lines, a source a line with its labelled spans",
            f"{_ROOM}.as_labelled_text", "write_json_lines", texts=True,
        ),
        ExportFormat(
            "conll", ".conll", "words with BIO tags, a word a line",
            f"{_ROOM}.as_labelled_text", "write_conll", texts=True,
        ),
        ExportFormat("csv", ".csv", "a table, one row a span", f"{_ROOM}.as_csv", "write_labels"),
        ExportFormat(
            "refi-qda", ".qdpx", "a REFI-QDA project", f"{_ROOM}.as_qdpx", "encode", Shape.BYTES, texts=True
        ),
    )
)  # fmt: skip
SOURCE_FORMATS: dict[str, ExportFormat] = _registry(
    (
        ExportFormat("bibtex", ".bib", "BibTeX", f"{_ROOM}.citations", "write_bibtex"),
        ExportFormat("csl", ".json", "CSL-JSON", f"{_ROOM}.citations", "write_csl"),
        ExportFormat("ris", ".ris", "RIS", f"{_ROOM}.citations", "write_ris"),
    )
)
STORY_FORMATS: dict[str, ExportFormat] = _registry(
    (
        ExportFormat(
            "markdown", ".md", "the summary, the sources and the notes as Markdown",
            f"{_ROOM}.as_markdown", "write_story", texts=True,
        ),
        ExportFormat(
            "html", ".html", "the same as one page with everything in it",
            f"{_ROOM}.as_html", "write_story", texts=True,
        ),
        ExportFormat(
            "json", ".json", "the same as one JSON document", f"{_ROOM}.as_json", "write_story", texts=True
        ),
    )
)  # fmt: skip

__all__ = [
    "FORMATS",
    "LABEL_FORMATS",
    "SOURCE_FORMATS",
    "STORY_FORMATS",
    "CitedSource",
    "Code",
    "ExportFormat",
    "LabelledSpan",
    "NoteCollection",
    "Shape",
    "labelled_by_notes",
]
