"""What changed in a watched folder since the last look: files that are new, other, renamed or gone."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sources.errors import InputError
from sources.importing.files import opened, storable, walk

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

# Seconds for which a file has to stay as it is before it is read, and a file has to be missing before it is
# called gone: a download writes several times a second, and an editor that saves puts a new file in the place
# of the old one.
SETTLED = 2.0
_IN_THE_MAKING = (".part", ".crdownload", ".download", ".partial", ".opdownload", ".tmp")
_LOCK = "~$"  # begins the names of what an office program keeps beside an open file
_BLOCK = 1024 * 1024


class Time(Protocol):
    """The time of the machine; a test gives one that passes as it says."""

    def now(self) -> float:
        """Return seconds to measure others from."""

    def wall(self) -> float:
        """Return seconds since 1970, as files are dated."""

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""


class FileMark(NamedTuple):
    """How a file was when it was read: its bytes, when it was written in nanoseconds, a digest of it."""

    size: int
    written: int
    digest: str


@dataclass(slots=True)
class Sightings:
    """What one process has seen of files that are not settled yet, and of those that it could not read."""

    time: Time
    _first: dict[str, tuple[object, float]] = field(default_factory=dict)
    unread: dict[str, tuple[int, int]] = field(
        default_factory=dict
    )  # size and date of what it could not read
    away: set[str] = field(default_factory=set)  # folders that were not there
    closed: set[str] = field(default_factory=set)  # and those in them that may not be entered

    def since(self, path: str, how: object) -> float:
        """Return for how many seconds a file has been seen like this."""
        before, at = self._first.get(path, (None, 0.0))
        if before != how:
            at = self.time.now()
            self._first[path] = (how, at)
        return self.time.now() - at

    def settled(self, path: str, size: int, written: int) -> bool:
        """Tell whether a file is written to its end, as far as can be told."""
        age = self.time.wall() - written / 1e9
        return self.since(path, (size, written)) >= SETTLED or age >= SETTLED

    def keep(self, waiting: Container[str]) -> None:
        """Forget what is not waited for any more."""
        self._first = {path: seen for path, seen in self._first.items() if path in waiting}


@dataclass(frozen=True, slots=True)
class FolderChanges:
    """What is otherwise in a folder than it was; paths are those by which the library knows files.

    ``arrived`` are new files and files with other bytes, ``renamed`` the former and the present path,
    ``waiting`` what is not settled yet. ``marks`` is how all settled files are now.
    """

    there: bool = True
    arrived: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    closed: tuple[tuple[str, str], ...] = ()
    marks: Mapping[str, FileMark] = field(default_factory=dict)


def folder_changes(
    folder: Path,
    known: Mapping[str, FileMark],
    sightings: Sightings,
    *,
    suffixes: Container[str],
    without: Path | None = None,
) -> FolderChanges:
    """Look at a folder with all below it, and hold it against how it was ``known``.

    A folder that is not there has lost nothing: its disk may only be away. The same holds for what is below
    a place that may not be entered. What is below ``without`` is left out.
    """
    if not folder.is_dir():
        return FolderChanges(there=False, marks=known)
    found = walk(folder, suffixes)
    files = {storable(given.path): given.path for given in found.inputs if given.path is not None}
    left_out = None if without is None else storable(without)
    files = {
        name: path
        for name, path in files.items()
        if not path.name.startswith(_LOCK) and not _is_below(name, left_out) and _is_there(path)
    }
    beside = {path.name for path in files.values()} | {Path(path).name for path in found.left_out}
    marks: dict[str, FileMark] = {}
    arrived: list[str] = []
    waiting: dict[str, int] = {}  # with the size so far
    for name, path in files.items():
        before = known.get(name)
        mark = _mark(path, name, before, sightings, beside)
        if isinstance(mark, int):
            waiting[name] = mark
            mark = before
        if mark is not None:
            marks[name] = mark
        if mark not in (None, before) and (before is None or mark.digest != before.digest or not mark.digest):
            arrived.append(name)
    closed = tuple(Path(place) for place, _ in found.closed)
    marks |= {name: known[name] for name in known if name not in files and _is_below_any(name, closed)}
    missing = {name: known[name] for name in known if name not in marks}
    renamed = _renamed(missing, {name: marks[name] for name in arrived})
    former = {old for old, _ in renamed}
    sizes = {*waiting.values()}
    gone = []
    for name, mark in missing.items():
        if name in former:
            continue
        # What is still being written may be this file under its new name.
        if sightings.since(name, "missing") < SETTLED or mark.size in sizes:
            waiting[name] = mark.size
            marks[name] = mark
        else:
            gone.append(name)
    sightings.keep(waiting)
    new = {name for _, name in renamed}
    return FolderChanges(
        arrived=tuple(name for name in arrived if name not in new),
        renamed=renamed,
        gone=tuple(gone),
        waiting=tuple(waiting),
        closed=found.closed,
        marks=marks,
    )


def _is_there(path: Path) -> bool:
    """Tell a file from one that went meanwhile, and from a link to nothing."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def _mark(
    path: Path, name: str, known: FileMark | None, sightings: Sightings, beside: Container[str]
) -> FileMark | int | None:
    """Return how a file is, as it was ``known`` where there is nothing to read; an unfinished one's size."""
    try:
        state = path.stat()
    except OSError:
        return known
    size, written = state.st_size, state.st_mtime_ns
    if known is not None and (known.size, known.written) == (size, written):
        return known
    if sightings.unread.get(name) == (size, written):
        return known
    placeholder = size == 0 or any(path.name + ending in beside for ending in _IN_THE_MAKING)
    if placeholder or not sightings.settled(name, size, written):
        return size
    return FileMark(size, written, _digest(path))


def _digest(path: Path) -> str:
    """Return a digest of a file's bytes, by which it is known under another name; "" where it is not read."""
    digest = hashlib.sha256()
    try:
        with opened(path) as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except (InputError, OSError):
        return ""  # reading it as a text will tell what is wrong
    return digest.hexdigest()[:32]


def _renamed(missing: Mapping[str, FileMark], arrived: Mapping[str, FileMark]) -> tuple[tuple[str, str], ...]:
    """Pair files that are gone with new ones of the same bytes, each once."""
    by_digest: defaultdict[str, list[str]] = defaultdict(list)
    for name, mark in missing.items():
        if mark.digest:
            by_digest[mark.digest].append(name)
    return tuple(
        (by_digest[mark.digest].pop(0), name) for name, mark in arrived.items() if by_digest[mark.digest]
    )


def _is_below(name: str, folder: str | None) -> bool:
    return folder is not None and Path(folder) in Path(name).parents


def _is_below_any(name: str, folders: tuple[Path, ...]) -> bool:
    return any(_is_below(name, storable(folder)) for folder in folders)
