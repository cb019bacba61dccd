"""Taking notes in from elsewhere: one module a format, and the registry of formats."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from sources.errors import Malformed
from sources.frozen import frozen
from sources.notes.importing.model import ImportedNote, ImportedSpan, ImportedTarget, ReadNotes, Refused

if TYPE_CHECKING:
    from pathlib import Path


@frozen
class ImportFormat:
    """A format; reading it is pure.

    ``module`` is loaded when a file is looked at; its functions are ``fits_READER`` and ``read_READER``.
    """

    name: str
    description: str
    module: str
    reader: str

    def fits(self, text: str) -> bool:
        """Tell whether ``text`` looks like this format."""
        return cast("bool", self._function("fits")(text))

    def read(self, text: str, path: Path | str) -> ReadNotes:
        """Read ``text``; raises Malformed when none of it is of the format."""
        return cast("ReadNotes", self._function("read")(text, path))

    def _function(self, does: str) -> Any:
        return getattr(import_module(self.module), f"{does}_{self.reader}")


_ROOM = "sources.notes.importing"
FORMATS: dict[str, ImportFormat] = {
    each.name: each
    for each in (
        ImportFormat("aside", "what an earlier import kept aside", f"{_ROOM}.json_lines", "unmatched"),
        ImportFormat("jsonld", "W3C Web Annotations, as JSON-LD", f"{_ROOM}.web_annotations", "annotations"),
        ImportFormat(
            "hypothesis", "an export of Hypothesis, as JSON", f"{_ROOM}.reading_tools", "hypothesis"
        ),
        ImportFormat("jsonl", "texts with labelled spans, as JSON Lines", f"{_ROOM}.json_lines", "labelled"),
        ImportFormat("readwise", "an export of Readwise, as CSV", f"{_ROOM}.reading_tools", "readwise"),
    )
}


def read_notes(text: str, path: Path | str, name: str | None = None) -> ReadNotes:
    """Read ``text`` in the format ``name``, by default the first that fits; raises Malformed."""
    if not text.strip():
        raise Malformed("there is nothing in it.", path=path)
    if name is not None:
        return FORMATS[name].read(text, path)
    form = next((each for each in FORMATS.values() if each.fits(text)), None)
    if form is None:
        raise Malformed(f"this is no file of notes that is known ({', '.join(FORMATS)}).", path=path)
    return form.read(text, path)


__all__ = [
    "FORMATS",
    "ImportFormat",
    "ImportedNote",
    "ImportedSpan",
    "ImportedTarget",
    "ReadNotes",
    "Refused",
    "read_notes",
]
