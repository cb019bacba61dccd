"""Whether the index on disk can be used, and what it is in step with.

The library is the truth and the index is derived from it, so anything doubtful is a reason to build anew.
Opening an index means unpickling its table of contents, which could run anything: an index is only ever
opened inside a library's folder, when it belongs to this user and nobody else may write to it.
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.manifest import (
    Manifest,
    contents_name,
    damaged_files,
    latest_generation,
    read_manifest,
)
from index.stored_fields import schema_name
from sources.errors import IndexTrouble
from sources.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEPT_DAMAGED = 2  # folders with a damaged index that are left for whoever wants to look
_LOCK_STEP = 0.02  # seconds between two tries


@frozen
class Examined:
    """What was found: the manifest of a usable index, or a sentence why there is none.

    ``readable`` tells an index that is merely not of this library or schema from one that is damaged.
    """

    generation: int | None
    manifest: Manifest | None
    reason: str | None
    readable: bool


def examine(folder: Path, library: str | None) -> Examined:
    """Look at the index in ``folder`` without opening it; ``library`` is the name it has to be of."""
    generation = latest_generation(folder)
    if generation is None:
        return Examined(None, None, "There was no search index yet.", readable=False)
    manifest = read_manifest(folder, generation)
    if manifest is None:
        return Examined(generation, None, "The search index had no manifest.", readable=False)
    problems = damaged_files(folder, manifest, [contents_name(generation)], read_up_to=1 << 30)
    if problems:
        return Examined(generation, None, f"The search index was damaged: {problems[0]}.", readable=False)
    if manifest.schema != schema_name():
        return Examined(
            generation, None, "The search index was made by another version of crossread.", readable=True
        )
    if manifest.library != library:
        return Examined(generation, None, "The search index was made for another library.", readable=True)
    return Examined(generation, manifest, None, readable=True)


def trusted(folder: Path, library: Path) -> bool:
    """Tell whether nobody else could have put the index there; raises IndexTrouble when it is not ours.

    False means that others may write to it, so that it must not be read but made anew.
    """
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return True
    except OSError as error:
        raise IndexTrouble(f"{folder} cannot be looked at ({error.strerror}).") from error
    if not stat.S_ISDIR(status.st_mode):
        raise IndexTrouble(f"{folder} is no folder; take it away, and the search index will be made there.")
    if folder.parent.resolve() != library.resolve():
        raise IndexTrouble(f"{folder} is not in the library {library}; an index is only read there.")
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        raise IndexTrouble(f"{folder} belongs to another user; an index that others made is never read.")
    return not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def quarantine(folder: Path) -> None:
    """Put a damaged index aside under a name of its own, and drop older ones."""
    import shutil

    if not folder.exists():
        return
    moment = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    aside = folder.with_name(f"{folder.name}.damaged-{moment}")
    count = 1
    while aside.exists():
        count += 1
        aside = folder.with_name(f"{folder.name}.damaged-{moment}-{count}")
    folder.rename(aside)
    aside.chmod(0o700)
    older = sorted(folder.parent.glob(f"{folder.name}.damaged-*"), key=lambda path: path.stat().st_mtime)
    for path in older[:-KEPT_DAMAGED]:
        if path != aside:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def write_lock(folder: Path, wait: float) -> Iterator[bool]:
    """Hold the lock for writing beside ``folder``; gives False when others hold it for ``wait`` seconds."""
    from whoosh.util.filelock import FileLock

    path = folder.with_name(f"{folder.name}.lock")
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise IndexTrouble(f"{path} cannot be written ({error.strerror}).") from error
    lock = FileLock(str(path))
    until = time.monotonic() + wait
    held = lock.acquire()
    while not held and time.monotonic() < until:
        time.sleep(_LOCK_STEP)
        held = lock.acquire()
    try:
        yield held
    finally:
        if held:
            lock.release()
