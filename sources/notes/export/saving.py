"""Writes an export to a file or a folder: whole or not at all, and never over another file."""

from __future__ import annotations

import errno
import itertools
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import RequestError, StorageFailed
from sources.notes.export import Shape
from sources.notes.export.as_obsidian import key_of, renewed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.notes.export import ExportFormat, NoteCollection

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS, errno.EACCES}


def write_new(path: Path, content: str | bytes) -> Path:
    """Write ``content``, text as UTF-8, to the new file ``path`` and return it.

    Raises RequestError when something is there already, a folder and a symbolic link included, and
    StorageFailed when it cannot be written.
    """
    if path.is_dir():
        raise RequestError(f"{path} is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise RequestError(f"{path} cannot be written: there is no folder {path.parent}.")
    try:
        _write(path, _bytes(content))
    except FileExistsError as error:
        raise RequestError(f"{path} is there already, and an export never replaces a file.") from error
    except OSError as error:
        raise StorageFailed(f"{path} cannot be written: {error.strerror or error}.") from error
    return path


def write_into(folder: Path, stem: str, suffix: str, content: str | bytes) -> Path:
    """Write ``content`` to a new file in ``folder``, made if need be, and return its path.

    The name is ``stem`` and ``suffix``, with ``-2``, ``-3`` and so on between them where that is taken.
    """
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageFailed(f"{folder} cannot be made: {error.strerror or error}.") from error
    for count in itertools.count(1):
        path = folder / (f"{stem}{suffix}" if count == 1 else f"{stem}-{count}{suffix}")
        try:
            return write_new(path, content)
        except RequestError:
            # The name is taken, perhaps since a moment ago by another process; anything else is the user's.
            if not os.path.lexists(path):
                raise
    raise AssertionError("counting has no end")


def replace_file(path: Path, text: str) -> None:
    """Bring the file ``path`` to ``text``, wholly or not at all, with the rights that it had.

    For files that are an export's own. Raises OSError.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        _write_synced(beside, _bytes(text))
        beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def export_stem(what: str, moment: str) -> str:
    """Return a file's name without suffix for an export of ``what`` at an ISO 8601 moment in UTC."""
    return f"{what}-{re.sub('[-:]', '', moment)}"


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        _write_synced(beside, data)
        try:
            # Unlike a rename, a link fails when the name is taken.
            os.link(beside, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _write_synced(path, data)
    finally:
        beside.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_synced(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


_MOST_BYTES = 64_000_000  # of a file in the folder that is looked into


def write_folder(folder: Path, files: Mapping[str, str]) -> Path:
    """Write ``files`` into ``folder``, made if need be, and return it.

    A file that an earlier export made, wherever it is in the folder now and whatever it is called, gets its
    own part renewed; a file of another origin under a wanted name stays, and ours gets a number. Links are
    neither followed nor replaced. Raises RequestError and StorageFailed.
    """
    if folder.is_symlink():
        raise RequestError(f"{folder} is a link; name the folder itself.")
    if folder.exists() and not folder.is_dir():
        raise RequestError(f"{folder} is a file; an export of this format needs a folder.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = _there(folder)
        for name, text in files.items():
            known = there.get(key_of(text) or "")
            if known is None:
                write_new(_free(folder, name), text)
                continue
            path, former = known
            text = renewed(former, text)  # noqa: PLW2901 - what is written
            if text != former:
                replace_file(path, text)
    except OSError as error:
        raise StorageFailed(f"{folder} cannot be written: {error.strerror or error}.") from error
    return folder


def _there(folder: Path) -> dict[str, tuple[Path, str]]:
    """Return the files of an earlier export by what they stand for."""
    found: dict[str, tuple[Path, str]] = {}
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = folder.__class__(parent, name)
            if not name.endswith(".md") or path.is_symlink() or path.stat().st_size > _MOST_BYTES:
                continue
            try:
                # As it is on disk: line ends of the user's own are theirs.
                text = path.read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError):
                continue
            key = key_of(text)
            if key is not None:
                found.setdefault(key, (path, text))
    return found


def _free(folder: Path, name: str) -> Path:
    stem, dot, suffix = name.rpartition(".")
    path, count = folder / name, 1
    while os.path.lexists(path):
        count += 1
        path = folder / f"{stem} {count}{dot}{suffix}"
    return path


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
