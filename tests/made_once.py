"""Folders that all workers of a run share: the first to need one makes it, and nobody may change it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder ``name`` of this run, which ``make`` fills when nobody has done so yet."""
    base = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # that of the worker is its own
    place, done = base / name, base / f"{name}.digest"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(place, ignore_errors=True)
            make(place)
            done.write_text(digest(place))
    return place


def is_as_made(place: Path) -> bool:
    """Tell whether nobody has changed a folder since it was made."""
    return place.with_name(f"{place.name}.digest").read_text() == digest(place)


def digest(place: Path) -> str:
    """Return what changes with any file under ``place``."""
    found = hashlib.sha256()
    for file in sorted(place.rglob("*")):
        found.update(f"{file.relative_to(place)} {file.is_file() and file.stat().st_size}".encode())
        if file.is_file():
            found.update(file.read_bytes())
    return found.hexdigest()
