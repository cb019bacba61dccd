"""The engine's files: private, and on the disk before the generation that names them.

The engine itself never syncs. A commit becomes visible by renaming the new table of contents into
place, so that is where all files written since are synced, the manifest is written, and the folder is
synced after the rename.
"""

# The engine's storage has no types.
# mypy: allow-untyped-calls

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import FileStorage

from index.manifest import checksum, contents_name, files_now, generation_of, write_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from whoosh.filedb.structfile import StructFile

    from index.manifest import Manifest


class DurableStorage(FileStorage):
    """A folder of index files; ``promise`` is what the next generation will stand for.

    Its ``files`` are those of the generation before, whose checksums need not be taken again.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.place = folder
        self.promise: Manifest | None = None
        self._unsynced: set[str] = set()

    def create_file(self, name: str, *arguments: Any, **options: Any) -> StructFile:
        """Create a file that only its owner may read."""
        file: StructFile = super().create_file(name, *arguments, **options)
        (self.place / name).chmod(0o600)
        self._unsynced.add(name)
        return file

    def wrote(self, name: str) -> None:
        """Count a file that came about in another way among those of the next generation."""
        (self.place / name).chmod(0o600)
        self._unsynced.add(name)

    def lock(self, name: str) -> Any:
        """Return a lock whose file only its owner may read."""
        (self.place / name).touch(mode=0o600)
        return super().lock(name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 - the engine's
        """Rename; a table of contents only after all it stands on is on the disk."""
        generation = generation_of(newname)
        if generation is None:
            super().rename_file(oldname, newname, safe=safe)
            return
        for name in self._unsynced:
            with suppress(FileNotFoundError):
                _sync(self.place / name)
        self._unsynced.clear()
        if self.promise is not None:
            contents = self.place / oldname
            files = files_now(
                self.place, (segment.name for segment in self.promise.segments), self.promise.files
            )
            files[contents_name(generation)] = _entry(contents)
            write_manifest(self.place, generation, self.promise._replace(files=files))
        super().rename_file(oldname, newname, safe=safe)
        _sync(self.place)


def _entry(path: Path) -> tuple[int, int]:
    return path.stat().st_size, checksum(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
