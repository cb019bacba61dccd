"""Archives, ZIP and tar, as folders: what is in them is read there, and nothing is unpacked to the disk."""

from __future__ import annotations

import bz2
import lzma
import os
import re
import stat
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol

from sources.errors import InputError, Malformed, TooLarge
from sources.formats.zipped import _LEAST_TO_JUDGE, LARGEST_DIRECTORY, MOST_PACKED, directory_size
from sources.importing.files import Input, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

DEEPEST = 2  # archives in each other
MOST_MEMBERS = 20_000
LARGEST_MEMBER = 64 * 1024 * 1024  # bytes, unpacked
MOST_BYTES = 1024 * 1024 * 1024  # of all members together, unpacked
MOST_MEMORY = 256 * 1024 * 1024  # bytes that unpacking .xz may take
LARGEST_HEADER = 256 * 1024  # bytes of what a tar says of one file
_BESIDE = frozenset(
    (
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
    )
)
SUFFIXES = frozenset({".zip", ".tar", ".tgz", ".tbz2", ".txz", ".gz", ".bz2", ".xz"})
_PACKED = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\x00": "xz"}
_ENDING = re.compile(r"(?:\.tar)?\.(?:zip|tar|tgz|tbz2|txz|gz|bz2|xz)$", re.IGNORECASE)
_BLOCK = 256 * 1024
_OF_A_SYSTEM = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError,
    OverflowError, NotImplementedError, RuntimeError, IndexError,
)  # fmt: skip


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Member(NamedTuple):
    """A file in an archive: its name as it may be shown, and what reads it or raises InputError."""

    name: str
    read: Callable[[], bytes]


class Budget:
    """How much may still be unpacked, of an archive with those in it."""

    def __init__(self) -> None:
        self.left = MOST_BYTES

    def take(self, size: int) -> None:
        """Count bytes; raises TooLarge when there are too many."""
        self.left -= size
        if self.left < 0:
            raise TooLarge(
                f"the archive unpacks to more than {MOST_BYTES // 1024**2:,} MB: the rest was left"
            )


def is_archive(head: bytes, path: Path | None) -> bool:
    """Tell an archive, or a packed file, by how it begins; an old tar by its name."""
    named = path is not None and path.suffix.lower() == ".tar"
    begins = head.startswith((b"PK\x03\x04", b"PK\x05\x06", *_PACKED))
    return begins or head[257:262] == b"ustar" or (named and b"\x00" in head[:512])


def bare_name(name: str) -> str:
    """Return the name of an archive without its ending, which is what the folder in it would be called."""
    return _ENDING.sub("", name) or name


def inputs_in(
    given: Input, file: BinaryIO, suffixes: Container[str], budget: Budget
) -> tuple[list[tuple[Input, Member]], list[str], InputError | None]:
    """Return the files of an archive that are to be read, the names of others, and what ended it early.

    They stand as in a folder of the archive's name, or in the one that the archive itself was found in.
    """
    home = os.path.realpath(given.path or "")
    folder = given.folder or Path(bare_name(home))
    wanted: list[tuple[Input, Member]] = []
    left_out: list[str] = []
    ended: InputError | None = None
    try:
        for member in members(file, Path(home).name, budget):
            parts = member.name.split("/")
            if any(_is_hidden(part) for part in parts):
                continue
            # One that leads elsewhere is not read, but should not be taken for the file there either.
            path = Path(f"{home}!/{parts[-1] if '..' in parts else member.name}")
            if path.suffix and path.suffix.lower() not in suffixes:
                left_out.append(member.name)
            else:
                inside = Input(
                    path, f"{given.shown}!/{member.name}", folder, given.format_name, given.within + 1
                )
                wanted.append((inside, member))
    except InputError as error:
        ended = error
    return wanted, left_out, ended


def _is_hidden(part: str) -> bool:
    return part in _OF_A_SYSTEM or (part.startswith(".") and part != "..")


def members(file: BinaryIO, name: str, budget: Budget) -> Iterator[Member]:
    """Yield what is in an archive, in its order; raises InputError for what is none, or too large.

    What is no file that can be read, a link, a locked one, one whose name leads out of the archive, comes
    as a member that raises its reason.
    """
    head = file.read(512)
    file.seek(0)
    kind = next((kind for begins, kind in _PACKED.items() if head.startswith(begins)), None)
    try:
        if head.startswith(b"PK"):
            found = _zip_members(file, budget)
        elif kind is None:
            found = _tar_members(file, budget)
        else:
            unpacked = _Unpacked(file, kind)
            is_tar = unpacked.read(512)[257:262] == b"ustar"
            unpacked.seek(0)
            found = _tar_members(unpacked, budget) if is_tar else _single(unpacked, name, budget)
        yield from _checked(found)
    except _BROKEN as error:
        raise Malformed(f"is a broken archive, or was cut off ({_why(error)})") from None


def _checked(found: Iterator[Member]) -> Iterator[Member]:
    """Bound the members, and refuse names that could mean another file than the one in the archive."""
    names: set[str] = set()
    for number, member in enumerate(found):
        if number >= MOST_MEMBERS:
            raise TooLarge(f"holds more than {MOST_MEMBERS:,} files: the rest was left")
        parts = member.name.replace("\\", "/").split("/")
        plain = shown("/".join(part for part in parts if part not in {"", "."}))
        said = None
        if ".." in parts or not parts[0] or re.fullmatch(r"[A-Za-z]:", parts[0]):
            said, plain = "has a name that leads out of the archive, and was left out", shown("/".join(parts))
        elif plain in names:
            said = "has the name of an earlier file, and was left out"
        names.add(plain)
        yield Member(plain, _careful(member.read)) if said is None else _refused(plain, said)


def _careful(read: Callable[[], bytes]) -> Callable[[], bytes]:
    def read_or_say() -> bytes:
        try:
            return read()
        except _BROKEN as error:
            said = f"is damaged, or packed in a way that is not read ({_why(error)})"
            raise Malformed(said) from None

    return read_or_say


def _refused(name: str, reason: str) -> Member:
    def read() -> bytes:
        raise Malformed(reason)

    return Member(name, read)


def _zip_members(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    if directory_size(file) > LARGEST_DIRECTORY:
        raise TooLarge(f"holds more than {MOST_MEMBERS:,} files")
    archive = zipfile.ZipFile(file)  # the file is the caller's, and open as long as its members are read
    for info in archive.infolist():
        mode = info.external_attr >> 16
        if info.is_dir():
            continue
        if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
            yield _refused(info.filename, "is a link or a device, and was left out")
        elif info.flag_bits & 1:
            yield _refused(info.filename, "is locked with a password")
        else:
            yield Member(info.filename, lambda info=info: _unzipped(archive, info, budget))  # type: ignore[misc]  # it is called without


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    with archive.open(info) as file:
        return _read(file, budget, packed=info.compress_size)


class _Header(tarfile.TarInfo):
    """What a tar says of a member; what it says beside that, long names and the like, is bounded."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo | None:
        if self.type in _BESIDE and self.size > LARGEST_HEADER:
            raise TooLarge(f"says more than {LARGEST_HEADER // 1024} kB of one file: the rest was left")
        found: tarfile.TarInfo | None = super()._proc_member(archive)  # type: ignore[misc]  # its one hook
        return found


def _tar_members(file: Any, budget: Budget) -> Iterator[Member]:
    archive = tarfile.open(fileobj=file, mode="r:", tarinfo=_Header)  # noqa: SIM115 - as above
    for number, info in enumerate(archive):
        if number > 2 * MOST_MEMBERS:  # those that are no files too
            raise TooLarge(f"holds more than {MOST_MEMBERS:,} files: the rest was left")
        if info.isdir():
            continue
        if not info.isreg():
            yield _refused(info.name, "is a link or a device, and was left out")
        else:
            yield Member(info.name, lambda info=info: _untarred(archive, info, budget))  # type: ignore[misc]  # it is called without


def _untarred(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> bytes:
    file = archive.extractfile(info)
    data = b"" if file is None else _read(file, budget)
    if len(data) < info.size:
        raise Malformed("was cut off")
    return data


def _single(unpacked: _Unpacked, name: str, budget: Budget) -> Iterator[Member]:
    """Yield the one file that was packed without an archive."""
    yield Member(bare_name(name.rpartition("/")[2]), lambda: _read(unpacked, budget))


def _read(file: _Readable, budget: Budget, packed: int | None = None) -> bytes:
    """Return all of a member; what the archive says of its size is not relied on."""
    data = bytearray()
    while block := file.read(_BLOCK):
        data += block
        budget.take(len(block))
        if len(data) > LARGEST_MEMBER:
            raise TooLarge(f"is larger than {LARGEST_MEMBER // 1024**2} MB")
        if packed is not None and len(data) > max(_LEAST_TO_JUDGE, MOST_PACKED * packed):
            raise TooLarge(f"is packed more than {MOST_PACKED} times, which no text is")
    return bytes(data)


def _why(error: Exception) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())[:120]


class _Unpacked:
    """A packed file as its unpacked bytes, read forwards or again from the beginning, and bounded."""

    def __init__(self, file: BinaryIO, kind: str) -> None:
        self._file = file
        self._kind = kind
        self._begin()

    def _begin(self) -> None:
        self._file.seek(0)
        self._at = self._packed = 0
        self._pending = b""
        self._decoder = self._new_decoder()

    def _new_decoder(self) -> _Decoder:
        if self._kind == "gz":
            return _Gzip()
        return bz2.BZ2Decompressor() if self._kind == "bz2" else lzma.LZMADecompressor(memlimit=MOST_MEMORY)

    def tell(self) -> int:
        """Return the place in the unpacked bytes."""
        return self._at

    def seek(self, place: int) -> int:
        """Go to a place by unpacking all before it."""
        if place < self._at:
            self._begin()
        while self._at < place and self.read(min(_BLOCK, place - self._at)):
            pass
        return self._at

    def read(self, wanted: int) -> bytes:
        """Return as many of the next bytes, fewer only at the end."""
        if wanted > LARGEST_MEMBER + 1:
            raise TooLarge(f"is larger than {LARGEST_MEMBER // 1024**2} MB")
        parts: list[bytes] = []
        while wanted > 0 and (block := self._some(wanted)):
            parts.append(block)
            wanted -= len(block)
        return b"".join(parts)

    def _some(self, most: int) -> bytes:
        while True:
            if self._decoder.eof:
                if not (rest := self._decoder.unused_data or self._file.read(_BLOCK)).strip(b"\x00"):
                    return b""
                self._decoder, self._pending = self._new_decoder(), rest
            elif not self._pending and self._decoder.needs_input:
                self._pending = self._file.read(_BLOCK)
                self._packed += len(self._pending)
                if not self._pending:
                    raise EOFError("it was cut off")
            data = self._decoder.decompress(self._pending, most)
            self._pending = b""
            if data:
                self._at += len(data)
                if self._at > MOST_BYTES:
                    raise TooLarge(f"unpacks to more than {MOST_BYTES // 1024**2:,} MB")
                if self._at > max(_LEAST_TO_JUDGE, MOST_PACKED * self._packed):
                    raise TooLarge(f"is packed more than {MOST_PACKED} times, which no text is")
                return data


class _Gzip:
    """What unpacks one part of a gzip file, with the interface of the other two."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, most: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, most)


_Decoder = _Gzip | bz2.BZ2Decompressor | lzma.LZMADecompressor
