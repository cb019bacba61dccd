"""Writing the index: all of it anew, or what changed; one commit each time.

A commit is whole or not there at all: new files are written beside the old and become valid by one
rename (see ``storage``). Small segments are merged with a commit; large ones while nobody waits.
"""

# The engine's writers are only partly typed.
# mypy: allow-untyped-calls

from __future__ import annotations

import shutil
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any

from whoosh.index import FileIndex

from index.analysis import analyse
from index.codec.building import Chunk
from index.codec.policy import MOST_AT_ONCE, MOST_DOCUMENTS
from index.codec.segment import SegmentFile
from index.codec.writer import SectionsWriter
from index.manifest import INDEX_NAME, SegmentRecord, drop_other_manifests, latest_generation
from index.preparing import prepared
from index.schema import schema
from index.storage import DurableStorage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from index.codec.engine import SectionSegment
    from index.evidence_fields import Described
    from index.manifest import Manifest
    from sources.model import Ref

_WAIT = 5.0  # seconds for the engine's own lock


def create(folder: Path, promise: Manifest) -> None:
    """Make an empty index in ``folder``, which has to be there and empty."""
    storage = DurableStorage(folder)
    storage.promise = promise._replace(texts=0, files={}, segments=())
    FileIndex.create(storage, schema(), INDEX_NAME)


def write_all(
    folder: Path, texts: Iterable[Described], promise: Manifest, written: Callable[[int], None]
) -> int:
    """Replace everything by ``texts`` in one commit; return their number.

    ``written`` is told after each text how many are done; what it raises ends the writing.
    """
    return _commit(folder, texts, (), promise, written, replaces=True)


def write_changes(
    folder: Path,
    texts: Iterable[Described],
    gone: Iterable[Ref],
    promise: Manifest,
    written: Callable[[int], None],
) -> int:
    """Put ``texts`` in the place of those with their names, and take ``gone`` out; return the new number.

    ``promise.texts`` is the number of texts before.
    """
    return _commit(folder, texts, gone, promise, written, replaces=False)


def merge_all(folder: Path, promise: Manifest) -> None:
    """Merge what small commits left to be merged, in one commit; raises OSError."""
    _commit(folder, (), (), promise, lambda _: None, replaces=False, merging=MOST_DOCUMENTS)


def _commit(
    folder: Path,
    texts: Iterable[Described],
    gone: Iterable[Ref],
    promise: Manifest,
    written: Callable[[int], None],
    *,
    replaces: bool,
    merging: int = MOST_AT_ONCE,
) -> int:
    _sweep(folder)
    storage = DurableStorage(folder)
    index = FileIndex(storage, schema=schema(), indexname=INDEX_NAME)

    def published(segments: Sequence[SectionSegment]) -> None:
        records = tuple(_record(segment) for segment in segments)
        storage.promise = promise._replace(texts=count, segments=records)

    writer = SectionsWriter(index, chunk, published, timeout=_WAIT)
    try:
        if replaces:
            count = _add(writer, texts, written, replaced=lambda _: 0)
        else:
            count = promise.texts + _exchange(writer, folder, texts, gone, written)
        writer.commit_sections(replaces=replaces, merging=merging)
    except BaseException:
        with suppress(Exception):  # on a full disk taking back fails as well
            if not writer.is_closed:
                writer.cancel()
        raise
    generation = latest_generation(folder)
    if generation is not None:
        drop_other_manifests(folder, generation)
    return count


def _record(segment: SectionSegment) -> SegmentRecord:
    deleted = tuple(sorted(segment.deleted_docs()))
    return SegmentRecord(segment.file_name(), segment.doc_count_all(), deleted)


def chunk(raw: str) -> Chunk:
    """Take a piece of text between white space apart; no word reaches across white space."""
    analysed = analyse(raw)
    placed = [(term, place) for term, places in analysed.places.items() for place in places]
    stems = [stem for stem, count in analysed.stems.items() for _ in range(count)]
    return Chunk(analysed.length, placed, stems)


def _add(
    writer: Any, texts: Iterable[Described], written: Callable[[int], None], replaced: Callable[[Ref], int]
) -> int:
    """Add ``texts``, each in the place of what has its name; return by how many they became more."""
    more = 0
    for done, (ref, fields) in enumerate(prepared(texts), 1):
        more += 1 - replaced(ref)
        writer.add_document(**fields)
        written(done)
    return more


def _exchange(
    writer: SectionsWriter,
    folder: Path,
    texts: Iterable[Described],
    gone: Iterable[Ref],
    written: Callable[[int], None],
) -> int:
    """Take ``gone`` out and put ``texts`` in; return by how many texts they became more."""
    segments: list[SectionSegment] = writer.segments
    with ExitStack() as opened:
        files = []
        for segment in segments:
            file = SegmentFile(folder / segment.file_name())
            opened.callback(file.close)
            files.append((segment, file))
        fewer = sum(_delete(files, ref) for ref in gone)
        return _add(writer, texts, written, lambda ref: _delete(files, ref)) - fewer


def _delete(files: Iterable[tuple[SectionSegment, SegmentFile]], ref: Ref) -> int:
    """Mark the documents of that name as deleted; return how many there were."""
    deleted = 0
    for segment, file in files:
        found = file.run("ref", str(ref).encode())
        if found is None:
            continue
        field, run = found
        for number in field.ids[run.start : run.end]:
            if not segment.is_deleted(number):
                segment.delete_document(number)
                deleted += 1
    return deleted


def _sweep(folder: Path) -> None:
    """Take away what a writer that was killed left behind."""
    shutil.rmtree(folder / f"{INDEX_NAME}.tmp", ignore_errors=True)
    for left in folder.glob(f"_{INDEX_NAME}_*.toc.*"):
        left.unlink(missing_ok=True)
