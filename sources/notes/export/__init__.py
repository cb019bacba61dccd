"""Taking notes out: one module a format, and the registry of formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.notes.export import as_json, as_markdown
from sources.notes.export.collection import CitedSource, NoteCollection

if TYPE_CHECKING:
    from collections.abc import Callable


class ExportFormat(NamedTuple):
    """A format for notes; ``write`` is pure: the same notes always give the same text."""

    name: str
    suffix: str  # of a file, with the dot
    description: str
    write: Callable[[NoteCollection], str]


FORMATS: dict[str, ExportFormat] = {
    each.name: each
    for each in (
        ExportFormat("markdown", ".md", "Markdown with each passage as a quotation", as_markdown.write),
        ExportFormat("json", ".json", "the notes as `note list --json` gives them", as_json.write),
    )
}

__all__ = ["FORMATS", "CitedSource", "ExportFormat", "NoteCollection"]
