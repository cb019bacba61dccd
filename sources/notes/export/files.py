"""Writing an export to a file: whole or not at all, and never over another file."""

from __future__ import annotations

import errno
import itertools
import os
import re
from typing import TYPE_CHECKING

from sources.errors import RequestError, StorageFailed

if TYPE_CHECKING:
    from pathlib import Path

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
