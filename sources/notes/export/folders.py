"""Writing an export of many files into a folder, and renewing it later: what is not its own stays."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sources.errors import RequestError, StorageFailed
from sources.notes.export.as_obsidian import key_of, renewed
from sources.notes.export.files import replace_file, write_new

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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
