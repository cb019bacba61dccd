"""ZIP files that hold one document: their parts by name, bounded, and never written to the disk."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO

from sources.errors import Malformed, TooLarge

if TYPE_CHECKING:
    from pathlib import Path

MOST_PARTS = 20_000
LARGEST_PART = 20 * 1024 * 1024  # bytes, unpacked
MOST_BYTES = 200 * 1024 * 1024  # of all parts that are read, unpacked
LARGEST_DIRECTORY = 8 * 1024 * 1024  # bytes
MOST_PACKED = 200  # times; what a text packs to is rarely below a twentieth, and a bomb below a thousandth
_LEAST_TO_JUDGE = 4 * 1024 * 1024  # bytes; a small part may be packed any number of times
_BLOCK = 64 * 1024
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError)
_LONGEST_END = 22 + 65_535  # bytes of what a ZIP file ends with


def directory_size(file: BinaryIO) -> int:
    """Return how many bytes the list of a ZIP file's parts takes, which Python reads as a whole."""
    file.seek(0, os.SEEK_END)
    end = file.tell()
    file.seek(max(0, end - _LONGEST_END))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return 0  # opening it will tell what is wrong
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    # In a large file the number is in a record before, whose place is told by one between.
    return size if size != 0xFFFFFFFF else end


class ZippedDocument:
    """The parts of a document that is a ZIP file; ``path`` names it in errors, which are all InputErrors."""

    def __init__(self, file: BinaryIO, path: Path | None, what: str) -> None:
        self._path = path
        self._left = MOST_BYTES
        try:
            if directory_size(file) > LARGEST_DIRECTORY:
                raise TooLarge(f"has more than {MOST_PARTS:,} parts", path=path)
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise Malformed(
                f"is not a whole {what} file: its ZIP structure is missing or was cut off", path=path
            ) from None
        self.names = frozenset(self._archive.namelist())
        if len(self.names) > MOST_PARTS:
            raise TooLarge(f"has more than {MOST_PARTS:,} parts", path=path)

    def read(self, name: str) -> bytes | None:
        """Return a part; None where there is none of that name."""
        if name not in self.names:
            return None
        info = self._unlocked(name)
        most = min(LARGEST_PART, self._left)
        try:
            with self._archive.open(info) as part:
                data = bytearray()
                # What the file says of its sizes is not relied on.
                while len(data) <= most and (block := part.read(_BLOCK)):
                    data += block
        except _DAMAGED:
            raise Malformed("has a damaged part", path=self._path) from None
        if len(data) > most:
            raise TooLarge(f"unpacks to more than {most // 1024 // 1024} MB", path=self._path)
        self._left -= len(data)
        return bytes(data)

    def stream(self, name: str) -> io.BufferedReader:
        """Return a part, which there is, to be read bit by bit; that raises InputError as `read` does."""
        return io.BufferedReader(_Unpacking(self._archive, self._unlocked(name), self._path), _BLOCK)

    def _unlocked(self, name: str) -> zipfile.ZipInfo:
        info = self._archive.getinfo(name)
        if info.flag_bits & 1:
            raise Malformed("is locked with a password", path=self._path)
        return info


class _Unpacking(io.RawIOBase):
    """A part while it is unpacked; what the file says of its size is not relied on."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path | None) -> None:
        self._path = path
        self._left = max(_LEAST_TO_JUDGE, MOST_PACKED * info.compress_size)
        try:
            self._part = archive.open(info)
        except _DAMAGED:
            raise Malformed("has a damaged part", path=path) from None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._part.read(len(buffer))
        except _DAMAGED:
            raise Malformed("has a damaged part", path=self._path) from None
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge(f"is packed more than {MOST_PACKED} times, which no web page is", path=self._path)
        buffer[: len(data)] = data
        return len(data)
