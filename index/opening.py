"""Opening a reader of the newest generation, and making sure that it is what its manifest says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.codec.sections import DamagedSegment
from index.manifest import damaged_files, latest_generation
from index.reading import IndexReader
from sources.errors import IndexTrouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.freshness import Examined
    from index.manifest import Manifest

CHECKED_AT_OPENING = 1 << 20  # bytes of a file up to which its contents are compared at each opening
CHECKED_IN_FULL = 1 << 50
_TRIES = 5


class NotUsable(Exception):
    """The index on disk is not what its manifest says; the text is a sentence about it."""


def open_newest(
    folder: Path, examined: Callable[[], Examined], *, read_up_to: int = CHECKED_AT_OPENING
) -> tuple[IndexReader, Manifest]:
    """Open the newest generation together with its manifest.

    Files of at most ``read_up_to`` bytes are compared with their checksums; of larger ones length and
    directory. Raises NotUsable.
    """
    for _ in range(_TRIES):  # another process may put a new generation there at any moment
        found = examined()
        if found.manifest is None or found.generation is None:
            raise NotUsable(found.reason)
        try:
            reader = _opened(folder, found.generation, found.manifest, read_up_to)
        except NotUsable:
            if latest_generation(folder) == found.generation:
                raise
            continue
        return reader, found.manifest
    raise IndexTrouble(f"The search index in {folder} changes all the time; try again in a moment.")


def _opened(folder: Path, generation: int, manifest: Manifest, read_up_to: int) -> IndexReader:
    names = [segment.name for segment in manifest.segments]
    if problems := damaged_files(folder, manifest, names, read_up_to=read_up_to):
        raise NotUsable(f"The search index was damaged: {problems[0]}.")
    try:
        reader = IndexReader(folder, generation, manifest)
    except DamagedSegment as error:
        raise NotUsable(f"The search index was damaged: {error}.") from error
    except OSError as error:
        raise NotUsable(f"The search index cannot be read ({error.strerror}).") from error
    if reader.count != manifest.texts:
        reader.close()
        raise NotUsable("The search index was damaged: it is not what its manifest says.")
    return reader
