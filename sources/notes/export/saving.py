"""Where an export goes: a file that was named, a folder, or the library's own folder of exports."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.notes.export import Shape
from sources.notes.export.files import export_stem, write_into, write_new
from sources.notes.export.folders import write_folder

if TYPE_CHECKING:
    from sources.notes.export import ExportFormat, NoteCollection


def save(
    form: ExportFormat,
    collection: NoteCollection,
    output: Path | None,
    *,
    folder: Path,
    what: str,
    moment: str,
) -> Path:
    """Write ``collection`` in the format ``form`` and return the path.

    ``output`` is a new file, or a folder to put one into; None is the library's folder of exports,
    ``folder``. A file without a name of its own is named by ``what`` and ``moment``. A format of folders
    writes into the folder ``output`` itself, made if need be, and renews what it wrote there before. Raises
    RequestError and StorageFailed.
    """
    if form.shape is Shape.FOLDER:
        return write_folder(output or folder / f"{what}-{form.name}", form.files(collection))
    return save_bytes(
        form.encode(collection), output, suffix=form.suffix, folder=folder, what=what, moment=moment
    )


def save_bytes(
    data: bytes, output: Path | None, *, suffix: str, folder: Path, what: str, moment: str
) -> Path:
    """Write ``data`` as `save` does."""
    if output is None or output.is_dir():
        place = output or folder
        if output is not None and not os.access(place, os.W_OK):
            raise RequestError(f"{place} may not be written into.")
        return write_into(place, export_stem(what, moment), suffix, data)
    return write_new(output, data)


def named_path(output: str) -> Path | None:
    """Return the path that an option names, None for the library's own place."""
    return Path(output).expanduser() if output else None
