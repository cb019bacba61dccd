"""A file of named arrays, mapped and read in place under a lease; never read past its end."""

from __future__ import annotations

import json
import mmap
import os
import signal
import struct
import sys
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

if sys.platform == "linux":
    import fcntl

    def take_lease(descriptor: int) -> bool:
        """Ask for a lease on a file that is open for reading; tell whether it was given."""
        try:
            # The signal that the system would send otherwise ends the process; nobody minds this one.
            fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except OSError:
            return False
        return True

    def is_leased(descriptor: int) -> bool:
        """Tell whether a lease that was given still holds, and nobody waits for its end."""
        try:
            return fcntl.fcntl(descriptor, fcntl.F_GETLEASE) == fcntl.F_RDLCK
        except OSError:
            return False

    def end_lease(descriptor: int) -> None:
        """Let those go on who wait for the file."""
        try:
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except OSError:
            return  # it had ended already

else:

    def take_lease(_: int) -> bool:
        """Tell that there are no leases."""
        return False

    def is_leased(_: int) -> bool:
        """Tell that there are no leases."""
        return False

    def end_lease(_: int) -> None:
        """Do nothing, since there are no leases."""


MAGIC = b"CrsSeg1\n"
SIZES = {"B": 1, "H": 2, "I": 4, "Q": 8, "d": 8}
_ALIGNED = 64
_TRAILER = struct.Struct("<QQIQ8s")
# Bytes of a file up to which it is read rather than mapped, so that nobody can cut it off while it is used.
_READ_UP_TO = 1 << 20
_READ_WITHOUT_LEASE = 32 << 20
_LARGEST_DIRECTORY = 1 << 24


class DamagedSegment(Exception):
    """A file is not what was written; the text says which, and what is wrong."""


class SectionWriter:
    """Writes a file of sections; ``about`` is kept in the directory and has to be fit for JSON."""

    def __init__(self, file: BinaryIO) -> None:
        self.about: dict[str, Any] = {}
        self._file = file
        self._sections: dict[str, tuple[str, int, int]] = {}
        self._end = 0
        self._rooms: list[ReservedSection] = []
        self._write(MAGIC)

    def _write(self, data: bytes | memoryview) -> None:
        if self._rooms:  # whose writing moves on in the file
            self._file.seek(self._end)
        self._file.write(data)
        self._end += len(data)

    def room(self, name: str, kind: str, count: int) -> ReservedSection:
        """Leave room for a section of ``count`` numbers, which has to be filled before ``close``."""
        self._write(bytes(-self._end % _ALIGNED))
        room = ReservedSection(self._file, self._end, count * SIZES[kind])
        self._sections[name] = (kind, self._end, count)
        self._end += room.left
        self._rooms.append(room)
        return room

    def put(self, name: str, kind: str, data: bytes | memoryview) -> None:
        """Append a section; ``data`` holds little-endian numbers of ``kind``, without gaps."""
        self._write(bytes(-self._end % _ALIGNED))
        start = self._end
        view = memoryview(data)
        if view.nbytes:
            self._write(view.cast("B"))
        self._sections[name] = (kind, start, (self._end - start) // SIZES[kind])

    def close(self) -> None:
        """Append directory and trailer; the file itself stays open."""
        if any(room.left for room in self._rooms):
            raise ValueError("a section was not written to its end")
        directory = json.dumps(
            {"sections": self._sections, "about": self.about}, separators=(",", ":")
        ).encode()
        start = self._end
        self._write(directory)
        length = self._end + _TRAILER.size
        self._write(_TRAILER.pack(start, len(directory), zlib.crc32(directory), length, MAGIC))
        self._file.flush()


class ReservedSection:
    """Where a section is written piece by piece, while others are."""

    def __init__(self, file: BinaryIO, place: int, size: int) -> None:
        self.left = size  # bytes
        self._file = file
        self._place = place

    def write(self, data: bytes | memoryview) -> None:
        """Append to the section; raises ValueError beyond its end."""
        size = memoryview(data).nbytes
        if size > self.left:
            raise ValueError("a section is longer than its room")
        if size:
            self._file.seek(self._place)
            self._file.write(memoryview(data).cast("B"))
            self._place += size
            self.left -= size


class Sections:
    """A file of sections, open for reading; raises DamagedSegment, or OSError when it is not there."""

    def __init__(self, path: Path) -> None:
        if sys.byteorder != "little":
            raise DamagedSegment(f"{path.name} was written for machines with another order of bytes")
        self.name = path.name
        self._mapped: mmap.mmap | None = None
        self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._leased = False
        try:
            self._size = os.fstat(self._descriptor).st_size
            if self._size > _READ_UP_TO:
                self._leased = take_lease(self._descriptor)
                self._size = os.fstat(self._descriptor).st_size
            self._data = self._opened()
            self._sections, self.about = self._directory()
        except BaseException:
            self.close()
            raise
        self._known: dict[str, memoryview] = {}

    def _opened(self) -> memoryview:
        if self._size < len(MAGIC) + _TRAILER.size:
            raise DamagedSegment(f"{self.name} is cut off: it has {self._size} bytes")
        if self._size > (_READ_UP_TO if self._leased else _READ_WITHOUT_LEASE):
            self._mapped = mmap.mmap(self._descriptor, self._size, access=mmap.ACCESS_READ)
            return memoryview(self._mapped)
        parts = []
        missing = self._size
        while missing:
            part = os.read(self._descriptor, missing)
            if not part:
                raise DamagedSegment(f"{self.name} is cut off")
            parts.append(part)
            missing -= len(part)
        return memoryview(b"".join(parts))

    def _directory(self) -> tuple[dict[str, tuple[Any, int, int]], dict[str, Any]]:
        data = self._data
        start, length, crc, size, magic = _TRAILER.unpack(data[-_TRAILER.size :])
        if bytes(data[: len(MAGIC)]) != MAGIC or magic != MAGIC or size != self._size:
            raise DamagedSegment(f"{self.name} is no whole segment")
        end = self._size - _TRAILER.size
        if start + length != end or length > _LARGEST_DIRECTORY:
            raise DamagedSegment(f"{self.name} has no directory")
        raw = bytes(data[start:end])
        if zlib.crc32(raw) != crc:
            raise DamagedSegment(f"{self.name} has a damaged directory")
        read = json.loads(raw)
        sections = {}
        for name, (kind, place, count) in read["sections"].items():
            if kind not in SIZES or place % _ALIGNED or place + count * SIZES[kind] > start:
                raise DamagedSegment(f"{self.name} has a section out of its bounds: {name}")
            sections[name] = (kind, place, count)
        return sections, read["about"]

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def section(self, name: str) -> memoryview:
        """Return a section as a sequence of numbers; raises DamagedSegment when there is none."""
        known = self._known.get(name)
        if known is None:
            found = self._sections.get(name)
            if found is None:
                raise DamagedSegment(f"{self.name} lacks the section {name}")
            kind, start, count = found
            known = self._known[name] = self._data[start : start + count * SIZES[kind]].cast(kind)
        return known

    def rest(self) -> None:
        """Let go of the memory that what was read takes; it is read again where it is asked for."""
        if self._mapped is not None and hasattr(mmap, "MADV_DONTNEED"):  # which Windows lacks
            self._mapped.madvise(mmap.MADV_DONTNEED)

    def check(self) -> None:
        """Make sure that the file still is as it was: what is mapped must not be read beyond the end.

        Where there is a lease, nobody can cut the file off until it is closed. Raises DamagedSegment.
        """
        if self._leased and not is_leased(self._descriptor):
            raise DamagedSegment(f"{self.name} is being written to or cut off while it is open")
        if os.fstat(self._descriptor).st_size != self._size:
            raise DamagedSegment(f"{self.name} was cut off while it was open")

    def close(self) -> None:
        """Let the file go; what was mapped of it must not be read any more."""
        if self._descriptor >= 0:
            if self._leased:
                end_lease(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = -1
