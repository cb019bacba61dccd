"""Opening a reader of the newest generation, and making sure that it is what its manifest says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.manifest import damaged_files
from index.reading import IndexReader
from sources.errors import IndexTrouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.freshness import Examined
    from index.manifest import Manifest

CHECKED_AT_OPENING = 8 << 20  # bytes of a file up to which its contents are compared at each opening
CHECKED_IN_FULL = 1 << 50
_TRIES = 5


class NotUsable(Exception):
    """The index on disk is not what its manifest says; the text is a sentence about it."""


def open_newest(
    folder: Path, examined: Callable[[], Examined], *, read_up_to: int = CHECKED_AT_OPENING
) -> tuple[IndexReader, Manifest]:
    """Open the newest generation together with its manifest.

    Files of at most ``read_up_to`` bytes are compared with their checksums. Raises NotUsable, and for a
    damaged file whatever the engine raises.
    """
    for _ in range(_TRIES):  # another process may put a new generation there at any moment
        found = examined()
        if found.manifest is None:
            raise NotUsable(found.reason)
        # Before the engine opens them, since it loses hold of the files that it stumbles over.
        there = [name for name in found.manifest.files if (folder / name).exists()]
        if problems := damaged_files(folder, found.manifest, there, read_up_to=read_up_to):
            raise NotUsable(f"The search index was damaged: {problems[0]}.")
        reader = IndexReader(folder)
        if reader.generation == found.generation:
            break
        reader.close()
    else:
        raise IndexTrouble(f"The search index in {folder} changes all the time; try again in a moment.")
    unlisted = [name for name in reader.segment_files() if name not in found.manifest.files]
    if unlisted or reader.count != found.manifest.count:
        reader.close()
        raise NotUsable("The search index was damaged: it is not what its manifest says.")
    return reader, found.manifest
