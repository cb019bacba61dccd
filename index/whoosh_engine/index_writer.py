"""Writing the index: all of it anew, or what changed; one commit each time.

A commit is whole or not there at all: new files are written beside the old and become valid by one
rename (see ``storage``). Small segments are merged with a commit; large ones while nobody waits.
"""

# The engine's writers are only partly typed.
# mypy: allow-untyped-calls

from __future__ import annotations

import shutil
from contextlib import ExitStack, suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from whoosh.index import FileIndex

from index.documents import Depth, add_analysable, documents, renamed_documents
from index.manifest import (
    INDEX_NAME,
    SegmentRecord,
    drop_other_manifests,
    latest_generation,
    read_manifest,
)
from index.stored_fields import StoredFields
from index.whoosh_engine import parallel_build
from index.whoosh_engine.merge_policy import gathered, merges, merges_at_once
from index.whoosh_engine.parallel_build import chunk
from index.whoosh_engine.schema import schema
from index.whoosh_engine.segment import SegmentFile
from index.whoosh_engine.storage import DurableStorage
from index.whoosh_engine.writer import SectionsWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from index.document_source import IndexedLibrary
    from index.manifest import Manifest
    from index.whoosh_engine.codec import SectionSegment
    from index.whoosh_engine.merge_policy import Policy
    from sources.model import Ref

_Files = list[tuple["SectionSegment", SegmentFile]]
SERIAL = 400  # texts up to which starting other processes is not worth their start
_WAIT = 5.0  # seconds for the engine's own lock


def create(folder: Path, promise: Manifest) -> None:
    """Make an empty index in ``folder``, which has to be there and empty."""
    storage = DurableStorage(folder)
    storage.promise = promise._replace(texts=0, files={}, segments=())
    FileIndex.create(storage, schema(), INDEX_NAME)


class Order(NamedTuple):
    """Texts of a library that are to be written, and how much of them.

    ``written`` is told how many of them are done; what it raises ends the writing. ``siblings`` are in the
    same stories and are written only where they name something else than before, now that the story changed.
    """

    library: IndexedLibrary
    refs: Sequence[Ref]
    depth: Depth
    written: Callable[[int], None]
    siblings: Sequence[Ref] = ()


def write_all(folder: Path, order: Order, promise: Manifest) -> int:
    """Replace everything by the texts of ``order`` in one commit; return their number."""
    return _commit(folder, order, (), promise, replaces=True)


def write_changes(folder: Path, order: Order, gone: Iterable[Ref], promise: Manifest) -> int:
    """Put texts in the place of those with their names, and take ``gone`` out; return the new number.

    ``promise.texts`` is the number of texts before.
    """
    return _commit(folder, order, gone, promise)


def merge_all(folder: Path, promise: Manifest) -> None:
    """Merge what small commits left to be merged, in one commit; raises OSError."""
    _commit(folder, None, (), promise, merging=merges)


def gather_all(folder: Path, promise: Manifest) -> None:
    """Make as few segments of all as the bounds allow, in one commit; raises OSError."""
    _commit(folder, None, (), promise, merging=gathered)


def unread_refs(folder: Path, manifest: Manifest, most: int) -> list[Ref]:
    """Return at most ``most`` of the texts whose evidence was not read yet."""
    refs: list[Ref] = []
    for name, count, deleted in manifest.segments:
        if name not in manifest.unread or len(refs) >= most:
            continue
        segment = SegmentFile(folder / name)
        gone = set(deleted)
        live = (number for number in range(count) if number not in gone)
        refs += [
            StoredFields(*segment.stored(number)["stored"]).ref for number in islice(live, most - len(refs))
        ]
        segment.close()
    return refs


def _commit(
    folder: Path,
    order: Order | None,
    gone: Iterable[Ref],
    promise: Manifest,
    *,
    replaces: bool = False,
    merging: Policy = merges_at_once,
) -> int:
    _sweep(folder)
    storage = DurableStorage(folder)
    index = FileIndex(storage, schema=schema(), indexname=INDEX_NAME)
    count = 0 if replaces else promise.texts

    def published(segments: Sequence[SectionSegment]) -> None:
        records = tuple(_record(segment) for segment in segments)
        storage.promise = promise._replace(texts=count, segments=records, unread=tuple(sorted(writer.apart)))

    writer = SectionsWriter(index, chunk, published, timeout=_WAIT)
    try:
        writer.apart = set() if replaces else _unread(folder)
        with ExitStack() as opened:
            files = [] if replaces else _opened(writer, folder, opened)
            count -= sum(_delete(files, ref) for ref in gone)
            if order is not None:
                count += _write(writer, folder, order, lambda ref: _delete(files, ref))
                for ref, fields in renamed_documents(
                    order.library, order.siblings, lambda ref: _named(files, ref)
                ):
                    _delete(files, ref)
                    add_analysable(writer.add_fields, fields)
        words_alone = order is not None and order.depth is Depth.WORDS
        writer.commit_sections(replaces=replaces, apart=words_alone, merging=merging)
    except BaseException:
        with suppress(Exception):  # on a full disk taking back fails as well
            if not writer.is_closed:
                writer.cancel()
        _sweep(folder)
        raise
    generation = latest_generation(folder)
    if generation is not None:
        drop_other_manifests(folder, generation)
    return count


def _unread(folder: Path) -> set[str]:
    """Return the names of the segments whose evidence was not read."""
    generation = latest_generation(folder)
    manifest = None if generation is None else read_manifest(folder, generation)
    return set() if manifest is None else set(manifest.unread)


def _opened(writer: SectionsWriter, folder: Path, opened: ExitStack) -> _Files:
    files: _Files = []
    for segment in writer.segments:
        file = SegmentFile(folder / segment.file_name())
        opened.callback(file.close)
        files.append((segment, file))
    return files


def _record(segment: SectionSegment) -> SegmentRecord:
    deleted = tuple(sorted(segment.deleted_docs()))
    return SegmentRecord(segment.file_name(), segment.doc_count_all(), deleted)


def _write(writer: SectionsWriter, folder: Path, order: Order, replaced: Callable[[Ref], int]) -> int:
    """Write texts, each in the place of what has its name; return by how many they became more."""
    executor = parallel_build.executor() if len(order.refs) > SERIAL else None
    if executor is not None:
        try:
            parts, refs = parallel_build.written(
                executor, order.library.folder, order.refs, folder, order.depth, order.written
            )
        except BaseException:
            parallel_build.dismiss()
            raise
        for part in parts:
            writer.adopt(*part)
        return sum(1 - replaced(ref) for ref in refs)
    more = 0
    for done, (ref, fields) in enumerate(documents(order.library, order.refs, order.depth), 1):
        more += 1 - replaced(ref)
        add_analysable(writer.add_fields, fields)
        order.written(done)
    return more


def _delete(files: _Files, ref: Ref) -> int:
    """Mark the documents of that name as deleted; return how many there were."""
    found = list(_found(files, ref))
    for segment, _, number in found:
        segment.delete_document(number)
    return len(found)


def _named(files: _Files, ref: Ref) -> str:
    """Return the print of what the document of that name names; empty for none."""
    for _, file, number in _found(files, ref):
        return StoredFields(*file.stored(number)["stored"]).named
    return ""


def _found(files: _Files, ref: Ref) -> Iterator[tuple[SectionSegment, SegmentFile, int]]:
    """Yield where the documents of that name are that are not deleted."""
    for segment, file in files:
        found = file.run("ref", str(ref).encode())
        if found is not None:
            field, run = found
            for number in field.documents(run.start, run.end):
                if not segment.is_deleted(number):
                    yield segment, file, number


def _sweep(folder: Path) -> None:
    """Take away what a writer that was killed or that failed left behind."""
    for left in folder.glob(f"{parallel_build.PART}*"):
        left.unlink(missing_ok=True)
    shutil.rmtree(folder / f"{INDEX_NAME}.tmp", ignore_errors=True)
    for left in folder.glob(f"_{INDEX_NAME}_*.toc.*"):
        left.unlink(missing_ok=True)
