"""Generations of the index on disk: the manifest of each, and whether the index can be used at all.

Whoosh keeps no checksums and no word about what a generation stands for. So for each generation ``N`` a file
``manifest-N.json`` is written and synced before Whoosh's table of contents of that generation appears; either
both are there, or the generation before them is the valid one.

The library is the truth and the index is derived from it, so anything doubtful is a reason to rebuild.
"""

from __future__ import annotations

import json
import os
import re
import stat
import time
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from index.interface import schema_name
from sources.errors import IndexTrouble
from sources.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

INDEX_NAME = "MAIN"
_CONTENTS = re.compile(rf"_{INDEX_NAME}_(\d+)\.toc")
_MANIFEST = re.compile(r"manifest-(\d+)\.json")
_BLOCK = 1 << 20


class SegmentRecord(NamedTuple):
    """One segment of a generation: its file, its documents, and which of them are deleted."""

    name: str
    documents: int
    deleted: tuple[int, ...]


class Manifest(NamedTuple):
    """One generation: the schema, the library and its change number, the number of texts, the files.

    ``files`` maps names to size in bytes and CRC-32; it may name files that a later step took away.
    ``unread`` names the segments of texts whose names, quotes and figures were not looked for yet.
    """

    schema: str
    library: str
    change: int
    texts: int
    files: dict[str, tuple[int, int]]
    segments: tuple[SegmentRecord, ...]
    unread: tuple[str, ...] = ()

    @property
    def unread_texts(self) -> int:
        """The number of texts whose names, quotes and figures cannot be found yet."""
        return sum(one.documents - len(one.deleted) for one in self.segments if one.name in self.unread)


def latest_generation(folder: Path) -> int | None:
    """Return the number of the newest generation in ``folder``; None without any."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - asked before each search, and Path.iterdir is slower
    except OSError:
        return None
    generations = [int(match[1]) for name in names if (match := _CONTENTS.fullmatch(name))]
    return max(generations, default=None)


def contents_name(generation: int) -> str:
    """Return the name of the engine's table of contents."""
    return f"_{INDEX_NAME}_{generation}.toc"


def generation_of(contents: str) -> int | None:
    """Return the generation of a table of contents by its name; None for any other file."""
    match = _CONTENTS.fullmatch(contents)
    return None if match is None else int(match[1])


def read_manifest(folder: Path, generation: int) -> Manifest | None:
    """Read the manifest of a generation; None when it is missing or is none."""
    try:
        read = json.loads((folder / f"manifest-{generation}.json").read_text("utf-8"))
        return Manifest(
            schema=str(read["schema"]),
            library=str(read["library"]),
            change=int(read["change"]),
            texts=int(read["count"]),
            files={str(name): (int(size), int(crc)) for name, (size, crc) in read["files"].items()},
            segments=tuple(
                SegmentRecord(str(name), int(count), tuple(map(int, deleted)))
                for name, count, deleted in read["segments"]
            ),
            unread=tuple(map(str, read["unread"])),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_manifest(folder: Path, generation: int, manifest: Manifest) -> None:
    """Write and sync the manifest of a generation that is about to appear."""
    path = folder / f"manifest-{generation}.json"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        described = manifest._asdict()
        described["count"] = described.pop("texts")
        json.dump(described, file)
        file.flush()
        os.fsync(file.fileno())


def drop_other_manifests(folder: Path, generation: int) -> None:
    """Take away the manifests of all generations but this one."""
    for path in folder.glob("manifest-*.json"):
        match = _MANIFEST.fullmatch(path.name)
        if match is not None and int(match[1]) != generation:
            path.unlink(missing_ok=True)


def files_now(
    folder: Path, names: Iterable[str], known: dict[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """Return size and checksum of segments; those in ``known`` of the same size are not read again."""
    files = {}
    for name in names:
        size = (folder / name).stat().st_size
        entry = known.get(name)
        files[name] = entry if entry and entry[0] == size else (size, checksum(folder / name))
    return files


def checksum(path: Path) -> int:
    """Return the CRC-32 of a file."""
    value = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            value = zlib.crc32(block, value)
    return value


def damaged_files(folder: Path, manifest: Manifest, names: list[str], *, read_up_to: int) -> tuple[str, ...]:
    """Return a sentence for each of the files that is missing or not what it was.

    Sizes are always compared; contents only of files of at most ``read_up_to`` bytes.
    """
    problems = []
    for name in names:
        path = folder / name
        expected = manifest.files.get(name)
        try:
            size = path.stat().st_size
            if expected is None:
                problems.append(f"{name} is not listed in the manifest")
            elif size != expected[0]:
                problems.append(f"{name} has {size} bytes instead of {expected[0]}")
            elif size <= read_up_to and checksum(path) != expected[1]:
                problems.append(f"{name} is not what was written")
        except OSError as error:
            problems.append(f"{name} cannot be read ({error.strerror})")
    return tuple(problems)


# Writing to an index means unpickling its table of contents, which could run anything: an index is only
# ever opened inside a library's folder, when it belongs to this user and nobody else may write to it.

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


def is_trusted(folder: Path, library: Path) -> bool:
    """Tell whether nobody else could have put the index there; raises IndexTrouble when it is not ours.

    False means that others may write to it, so that it must not be read but made again.
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
