"""Merging another library, or a file that a colleague wrote with `export library`, into this one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.importing.merging import Merged, merge, opened_library
from sources.library import DATABASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.evidence_cache import EvidenceCache


@dataclass(frozen=True, slots=True)
class MergedLibrary:
    """What came of a merge; ``backup`` is the library as it was before, None where it was empty."""

    merged: Merged
    backup: Path | None


def merge_library(
    cache: EvidenceCache,
    place: str,
    *,
    coder: str | None = None,
    progress: Callable[[str], None] = lambda _words: None,
) -> MergedLibrary:
    """Take over what the library at ``place``, a folder or a file, has and this one has not.

    Raises InputError for a place that holds none, RequestError for the library itself, and LibraryError.
    """
    library = cache.library
    path = Path(place).expanduser()
    if path.resolve() in {library.folder.resolve(), (library.folder / DATABASE).resolve()}:
        raise RequestError(f"{place} is the library that is open.")
    with opened_library(path) as other:
        backup = None
        if library.count():
            backup = _free_name(library.folder, library.moment())
            library.backup(backup)
        merged = merge(library, other, coder=coder, progress=progress)
    cache.tidy()
    return MergedLibrary(merged, backup)


def _free_name(folder: Path, moment: str) -> Path:
    """Return the file for the library as it was before a merge at ``moment``, which is not there yet."""
    stem = f"{DATABASE}.before-merge-{moment.replace('-', '').replace(':', '')}"
    names = (folder / f"{stem}{end}" for end in chain([""], (f"-{number}" for number in count(2))))
    return next(path for path in names if not path.exists())
