"""Files, folders and standard input: what is there to read, and its bytes."""

from __future__ import annotations

import io
import os
import re
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from sources.errors import NotFoundInput, TooLarge
from sources.text.cleaning import printable

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

STANDARD_INPUT = "-"
LONGEST_FILE = 20 * 1024 * 1024  # bytes; a file that is one text, or one page of texts
_MEGABYTE = 1024 * 1024
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read; ``folder`` is the folder that was named, when it was found through one.

    A file in an archive has a path such as ``a.zip!/b.html``; ``within`` is how many archives it lies in.
    ``format_name`` is the format that it has to be in, whatever else was asked for; ``address`` is that of a
    page of the web, which has no path.
    """

    path: Path | None  # None is standard input
    shown: str
    folder: Path | None = None
    format_name: str | None = None
    within: int = 0
    address: str | None = None

    @property
    def stored(self) -> str | None:
        """The absolute path by which the library knows the file."""
        return self.address if self.path is None else storable(self.path)

    @property
    def size(self) -> int | None:
        """The bytes of a regular file; None where that cannot be told."""
        try:
            return self.path.stat().st_size if self.path is not None and self.path.is_file() else None
        except OSError:
            return None


class Found(NamedTuple):
    """What a path led to: inputs in order, files left out, and places that could not be entered."""

    inputs: tuple[Input, ...]
    left_out: tuple[str, ...] = ()
    closed: tuple[tuple[str, str], ...] = ()


def storable(path: Path) -> str:
    """Return a path as text that any program can keep: real, absolute, without bytes that are no UTF-8."""
    return os.fsencode(os.path.realpath(path)).decode("utf-8", "replace")


def shown(path: Path | str) -> str:
    """Return a path as it may be put on a screen; an empty one as quotation marks."""
    if path == "":
        return "''"
    return printable(os.fsencode(path).decode("utf-8", "replace")).replace("\n", "?")


def find_inputs(named: str, suffixes: Container[str]) -> Found:
    """Return what is to be read for a path that the user named.

    In a folder, hidden files and folders are left out silently, those with a suffix that is none of
    ``suffixes`` are listed as left out. Raises NotFoundInput when there is nothing at all.
    """
    if named == STANDARD_INPUT:
        return Found((Input(None, "standard input"),))
    if not named:
        raise NotFoundInput("an empty name is the name of no file")
    path = Path(named)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise NotFoundInput(_why(error), path=shown(named)) from None
    if not stat.S_ISDIR(mode):
        return Found((Input(path, shown(path)),))
    found = walk(path, suffixes)
    if not found.inputs and not found.closed:
        raise NotFoundInput("the folder holds no file that is read", path=shown(path))
    return found


def walk(folder: Path, suffixes: Container[str]) -> Found:
    """Return what is to be read below a folder, which may be nothing; each folder is entered once."""
    inputs: list[Input] = []
    left_out: list[str] = []
    closed: list[tuple[str, str]] = []
    entered: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            place = here.stat()
            # A folder can be reached twice, through a link to a folder above it.
            if (place.st_dev, place.st_ino) in entered:
                continue
            entered.add((place.st_dev, place.st_ino))
            names = sorted(os.listdir(here), key=_natural)  # noqa: PTH208 - names are sorted before they are paths
        except OSError as error:
            closed.append((shown(here), _why(error)))
            continue
        below: list[Path] = []
        for name in names:
            if name.startswith("."):
                continue
            path = here / name
            if _is_folder(path):
                below.append(path)
            elif path.suffix and path.suffix.lower() not in suffixes:
                left_out.append(shown(path))
            else:
                inputs.append(Input(path, shown(path), folder))
        waiting += reversed(below)
    return Found(tuple(inputs), tuple(left_out), tuple(closed))


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False  # opening it will tell what is wrong


def _natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort ``2.txt`` before ``10.txt``."""
    parts = _DIGITS.split(name.casefold())
    return tuple((0, int(part[:18]), part) if part.isdecimal() else (1, 0, part) for part in parts)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file; raises NotFoundInput for what is missing, closed to us, or no file of bytes."""
    try:
        # A pipe without a writer would keep us waiting for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        raise NotFoundInput(_why(error), path=shown(path)) from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        why = "not a regular file (for a pipe, name - and use standard input)"
        raise NotFoundInput(f"is {'a folder' if stat.S_ISDIR(mode) else why}", path=shown(path))
    with os.fdopen(descriptor, "rb") as file:
        yield file


def read_some(file: BinaryIO, size: int, name: str) -> bytes:
    """Return the next bytes of ``file``, at most ``size``; raises NotFoundInput where the disk fails."""
    try:
        return file.read(size)
    except OSError as error:
        raise NotFoundInput(_why(error), path=name) from None


def read_all(file: BinaryIO, name: str, beginning: bytes = b"") -> bytes:
    """Return ``beginning`` and all that is left of ``file``; raises TooLarge beyond ``LONGEST_FILE``."""
    data = beginning + read_some(file, LONGEST_FILE + 1 - len(beginning), name)
    if len(data) > LONGEST_FILE:
        raise TooLarge(
            f"is larger than {LONGEST_FILE // _MEGABYTE} MB, too large for one text "
            "(JSON Lines, .jsonl, may be of any size)",
            path=name,
        )
    return data


def rewound(file: BinaryIO, name: str, beginning: bytes) -> BinaryIO:
    """Return ``file`` open at its beginning, which was read already; raises TooLarge for too long a pipe."""
    try:
        if file.seekable():
            file.seek(-len(beginning), os.SEEK_CUR)
            return file
    except (OSError, AttributeError):
        pass
    return io.BytesIO(read_all(file, name, beginning))


def read_lines(file: BinaryIO, name: str, longest: int, beginning: bytes = b"") -> Iterator[bytes]:
    """Yield the lines of ``beginning`` and ``file``, each cut to little more than ``longest`` bytes."""
    pending = beginning
    cut = False
    while True:
        *whole, pending = pending.split(b"\n")
        for line in whole:
            if not cut:
                yield line
            cut = False
        if len(pending) > longest and not cut:
            yield pending
            cut = True
        if cut:
            pending = b""
        block = read_some(file, _MEGABYTE, name)
        if not block:
            break
        pending += block
    if pending and not cut:
        yield pending


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "may not be read"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror.lower()}"
    return "is not the name of a file"


# Which files are saved together, since waiting for the disk takes longer than all else of a small one.


MOST_FILES = 64
MOST_BYTES = 512 * 1024  # of all of them; others who want to write wait until they are taken in


def groups(inputs: Sequence[Input]) -> Iterator[list[Input]]:
    """Yield the inputs in their order, those together that are small; what is no file goes alone."""
    group: list[Input] = []
    size = 0
    for given in inputs:
        more = MOST_BYTES + 1 if given.size is None else given.size
        if group and (len(group) == MOST_FILES or size + more > MOST_BYTES):
            yield group
            group, size = [], 0
        group.append(given)
        size += more
    if group:
        yield group
