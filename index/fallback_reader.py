"""Answering while there is no whole index: from its segments that are whole, else from some of the texts."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from index.interface import schema_name
from index.manifest import (
    Manifest,
    SegmentRecord,
    damaged_files,
    latest_generation,
    read_manifest,
)
from index.reader import CHECKED_IN_FULL, IndexReader
from index.whoosh_engine.sections import DamagedSegment
from index.whoosh_engine.segment import SegmentFile

if TYPE_CHECKING:
    from sources.library import Library

_NOWHERE = -1  # the generation of a reader that is in no index


def open_fallback(folder: Path, library: Library, name: str | None, seconds: float) -> IndexReader:
    """Return a reader of what can be searched of a library without its index being whole.

    ``name`` is the library's name in the index; reading texts takes about ``seconds`` at most. Raises
    LibraryError, and OSError where nothing can be written at all.
    """
    return _of_whole_segments(folder, name) or _of_some_texts(library, seconds)


def _of_whole_segments(folder: Path, name: str | None) -> IndexReader | None:
    """Open those segments of the newest generation that are what was written; None without any."""
    generation = latest_generation(folder)
    manifest = None if generation is None else read_manifest(folder, generation)
    if manifest is None or manifest.schema != schema_name() or manifest.library != name:
        return None
    whole = tuple(record for record in manifest.segments if _is_whole(folder, manifest, record))
    return IndexReader(folder, _NOWHERE, manifest._replace(segments=whole)) if whole else None


def _is_whole(folder: Path, manifest: Manifest, record: SegmentRecord) -> bool:
    if damaged_files(folder, manifest, [record.name], read_up_to=CHECKED_IN_FULL):
        return False
    try:
        SegmentFile(folder / record.name).close()
    except (DamagedSegment, OSError):
        return False
    return True


def _of_some_texts(library: Library, seconds: float) -> IndexReader:
    """Make an index of as many texts as there is time for, which is on no disk for long."""
    from index.documents import Depth, add_analysable, documents
    from index.whoosh_engine.parallel_build import document_buffer

    until = time.monotonic() + seconds
    gathered = document_buffer()
    for _, fields in documents(library, library.refs(), Depth.WORDS):
        add_analysable(gathered.add, fields)
        if gathered.is_full or time.monotonic() > until:
            break
    place = Path(tempfile.mkdtemp(prefix="crossread-"))
    try:
        path = place / "some.seg"
        with path.open("wb") as file:
            count = gathered.write(file)
        records = (SegmentRecord(path.name, count, ()),)
        return IndexReader(place, _NOWHERE, Manifest(schema_name(), "", 0, count, {}, records))
    finally:
        shutil.rmtree(place, ignore_errors=True)  # what is open can still be read
