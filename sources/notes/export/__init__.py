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

    ``module`` is loaded when it is first written. ``texts`` tells that `NoteCollection.texts` is needed.
    """

    name: str
    suffix: str  # of a file, with the dot
    description: str
    module: str
    shape: Shape = Shape.TEXT
    texts: bool = False

    def write(self, collection: NoteCollection) -> str:
        """Return the text of a format of text."""
        return cast("str", self._loaded("write", collection))

    def encode(self, collection: NoteCollection) -> bytes:
        """Return the bytes of the file that a format of text or bytes makes."""
        if self.shape is Shape.TEXT:
            return self.write(collection).encode("utf-8", "replace")
        return cast("bytes", self._loaded("encode", collection))

    def files(self, collection: NoteCollection) -> dict[str, str]:
        """Return the files of a format of folders: their text by their name in the folder."""
        return cast("dict[str, str]", self._loaded("files", collection))

    def _loaded(self, function: str, collection: NoteCollection) -> object:
        found: object = getattr(import_module(self.module), function)(collection)
        return found


def _registry(formats: Iterable[ExportFormat]) -> dict[str, ExportFormat]:
    return {each.name: each for each in formats}


_ROOM = "sources.notes.export"
FORMATS: dict[str, ExportFormat] = _registry(
    (
        ExportFormat("markdown", ".md", "Markdown with each passage as a quotation", f"{_ROOM}.as_markdown"),
        ExportFormat("json", ".json", "the notes as `note list --json` gives them", f"{_ROOM}.as_json"),
        ExportFormat("jsonld", ".jsonld", "W3C Web Annotations, as JSON-LD", f"{_ROOM}.as_jsonld"),
        ExportFormat("csv", ".csv", "a table, one row a passage", f"{_ROOM}.as_csv"),
        ExportFormat("html", ".html", "one page with everything in it", f"{_ROOM}.as_html"),
        ExportFormat(
            "obsidian", "", "a folder of linked notes for Obsidian", f"{_ROOM}.as_obsidian", Shape.FOLDER
        ),
    )
)
LABEL_FORMATS: dict[str, ExportFormat] = _registry(
    (
        ExportFormat(
            "jsonl", ".jsonl", "JSON Lines, a source a line with its labelled spans",
            f"{_ROOM}.as_labelled_lines", texts=True,
        ),
        ExportFormat(
            "conll", ".conll", "words with BIO tags, a word a line", f"{_ROOM}.as_conll", texts=True
        ),
        ExportFormat("csv", ".csv", "a table, one row a span", f"{_ROOM}.as_label_csv"),
        ExportFormat(
            "refi-qda", ".qdpx", "a REFI-QDA project", f"{_ROOM}.as_qdpx", Shape.BYTES, texts=True
        ),
    )
)  # fmt: skip
SOURCE_FORMATS: dict[str, ExportFormat] = _registry(
    (
        ExportFormat("bibtex", ".bib", "BibTeX", f"{_ROOM}.as_bibtex"),
        ExportFormat("csl", ".json", "CSL-JSON", f"{_ROOM}.as_csl"),
        ExportFormat("ris", ".ris", "RIS", f"{_ROOM}.as_ris"),
    )
)
STORY_FORMATS: dict[str, ExportFormat] = _registry(
    (
        ExportFormat(
            "markdown", ".md", "the summary, the sources and the notes as Markdown",
            f"{_ROOM}.story_markdown", texts=True,
        ),
        ExportFormat(
            "html", ".html", "the same as one page with everything in it", f"{_ROOM}.story_html", texts=True
        ),
        ExportFormat("json", ".json", "the same as one JSON document", f"{_ROOM}.story_json", texts=True),
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
