"""Notes and labels of other programs, taken in from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sources.importing.note_import import import_notes
from sources.notes.importing import FORMATS

if TYPE_CHECKING:
    from sources.importing.note_import import NoteImport
    from sources.library import Library

__all__ = ["FORMATS", "take_in_notes"]


def take_in_notes(library: Library, file: str, form: str | None = None) -> NoteImport:
    """Import a file of notes, in the format that it looks like where none is named; raises InputError."""
    return import_notes(library, Path(file).expanduser(), form)
