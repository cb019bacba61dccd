"""Writes the index: all of it, or what changed, in one commit each time.

A commit is whole or not there at all: new files are written beside the old and become valid by renaming the
new table of contents into place. Whoosh itself never syncs, so that is where all files written since are
synced and the manifest is written, and the folder is synced after the rename. Small segments are merged with
a commit; large ones while nobody waits.
"""

# Whoosh's storage and writers are only partly typed.
# mypy: allow-untyped-calls

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from index.documents import Depth, add_analysable, documents, renamed_documents
from index.interface import StoredFields
from index.manifest import (
    INDEX_NAME,
    SegmentRecord,
    checksum,
    contents_name,
    drop_other_manifests,
    files_now,
    generation_of,
    latest_generation,
    read_manifest,
    write_manifest,
)
from index.whoosh_engine import parallel_build
from index.whoosh_engine.merge_policy import find_forced_merges, find_merges, find_small_merges
from index.whoosh_engine.parallel_build import analyse_piece
from index.whoosh_engine.schema import schema
from index.whoosh_engine.segment import SegmentFile
from index.whoosh_engine.writer import SectionsWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from whoosh.filedb.structfile import StructFile

    from index.manifest import Manifest
    from index.whoosh_engine.codec import SectionSegment
    from index.whoosh_engine.merge_policy import Policy
    from sources.library import Library
    from sources.model import Ref


class DurableStorage(FileStorage):
    """A folder of index files; ``next_manifest`` is what the next generation will stand for.

    Its ``files`` are those of the generation before, whose checksums need not be taken again.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.place = folder
        self.next_manifest: Manifest | None = None
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
        if self.next_manifest is not None:
            contents = self.place / oldname
            files = files_now(
                self.place,
                (segment.name for segment in self.next_manifest.segments),
                self.next_manifest.files,
            )
            files[contents_name(generation)] = _entry(contents)
            write_manifest(self.place, generation, self.next_manifest._replace(files=files))
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


_Files = list[tuple["SectionSegment", SegmentFile]]
SERIAL = 400  # texts up to which starting other processes is not worth their start
_WAIT = 5.0  # seconds for the engine's own lock


def create(folder: Path, next_manifest: Manifest) -> None:
    """Make an empty index in ``folder``, which has to be there and empty."""
    storage = DurableStorage(folder)
    storage.next_manifest = next_manifest._replace(texts=0, files={}, segments=())
    FileIndex.create(storage, schema(), INDEX_NAME)


class WriteJob(NamedTuple):
    """Texts of a library that are to be written, and how much of them.

    ``written`` is told how many of them are done; what it raises ends the writing. ``siblings`` are in the
    same stories and are written only where they name something else than before, now that the story changed.
    """

    library: Library
    refs: Sequence[Ref]
    depth: Depth
    written: Callable[[int], None]
    siblings: Sequence[Ref] = ()


def write_all(folder: Path, order: WriteJob, next_manifest: Manifest) -> int:
    """Replace everything by the texts of ``order`` in one commit; return their number."""
    return _commit(folder, order, (), next_manifest, replaces=True)


def write_changes(folder: Path, order: WriteJob, gone: Iterable[Ref], next_manifest: Manifest) -> int:
    """Put texts in the place of those with their names, and take ``gone`` out; return the new number.

    ``next_manifest.texts`` is the number of texts before.
    """
    return _commit(folder, order, gone, next_manifest)


def maybe_merge(folder: Path, next_manifest: Manifest) -> None:
    """Merge what small commits left to be merged, in one commit; raises OSError."""
    _commit(folder, None, (), next_manifest, merging=find_merges)


def force_merge(folder: Path, next_manifest: Manifest) -> None:
    """Make as few segments of all as the bounds allow, in one commit; raises OSError."""
    _commit(folder, None, (), next_manifest, merging=find_forced_merges)


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
    order: WriteJob | None,
    gone: Iterable[Ref],
    next_manifest: Manifest,
    *,
    replaces: bool = False,
    merging: Policy = find_small_merges,
) -> int:
    _sweep(folder)
    storage = DurableStorage(folder)
    index = FileIndex(storage, schema=schema(), indexname=INDEX_NAME)
    count = 0 if replaces else next_manifest.texts

    def published(segments: Sequence[SectionSegment]) -> None:
        records = tuple(_record(segment) for segment in segments)
        storage.next_manifest = next_manifest._replace(
            texts=count, segments=records, unread=tuple(sorted(writer.apart))
        )

    writer = SectionsWriter(index, analyse_piece, published, timeout=_WAIT)
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


def _write(writer: SectionsWriter, folder: Path, order: WriteJob, replaced: Callable[[Ref], int]) -> int:
    """Write texts, each in the place of what has its name; return by how many they became more."""
    executor = parallel_build.executor() if len(order.refs) > SERIAL else None
    if executor is not None:
        try:
            parts, refs = parallel_build.build_segments(
                executor, order.library.folder, order.refs, folder, order.depth, order.written
            )
        except BaseException:
            parallel_build.shut_down()
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
