"""Brings the index in step with the library: what changed, or all of it again.

One process writes at a time; the others go on reading the generation that is there. A healthy index is
rebuilt in place, as one new generation; where there is none, or a damaged one, a new one is built in a
folder beside and renamed into place when it is whole.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from index.interface import CatchUp, IndexProgress, schema_name
from index.manifest import Examined, Manifest, examine, is_trusted, quarantine, write_lock
from index.whoosh_engine.merge_policy import SegmentSize, find_merges
from sources import logs
from sources.errors import CrossreadError, IndexTrouble, LibraryError, UnknownReference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.reader import IndexReader
    from index.whoosh_engine.index_writer import WriteJob
    from sources.library import Library
    from sources.library.source_rows import Changes
    from sources.model import Ref

_DAMAGED = Examined(None, None, None, readable=False)
_NAME_SETTING = "library name in the index"
READ_AT_ONCE = 1000  # texts up to which their evidence is read before they are found; of more it follows
WAIT = 1.5  # seconds for another process that writes while there is an index to answer from
WAIT_FOR_FIRST = 20.0  # seconds when there is none yet
_FAILED = "The search index could not be brought in step ({}); the answers are from before."
_BUSY = "Another process is writing the search index; the answers are from before."


class IndexSync:
    """Keeps the index in ``folder`` in step with ``library``."""

    def __init__(self, folder: Path, library: Library) -> None:
        self._folder = folder
        self._library = library

    def examined(self) -> Examined:
        """Look at what is there; raises IndexTrouble for an index of another user."""
        if not is_trusted(self._folder, self._library.folder):
            return Examined(None, None, "Others could write to the search index.", readable=False)
        return examine(self._folder, self._library.setting(_NAME_SETTING))

    def catch_up(self, progress: Callable[[IndexProgress], None] | None = None) -> CatchUp:
        """Do what is needed, and no more; raises IndexTrouble when there is no index to answer from."""
        found = self.examined()
        if found.manifest is not None and found.manifest.change == self._library.change_number:
            return CatchUp()
        usable = found.manifest is not None
        with write_lock(self._folder, WAIT if usable else WAIT_FOR_FIRST) as held:
            if not held:
                if usable:
                    return CatchUp(reason=_BUSY)
                raise IndexTrouble(
                    f"Another process is building the search index in {self._folder}; try again in a moment."
                )
            return self._bring(self.examined(), progress)

    def rebuild(self, reason: str, progress: Callable[[IndexProgress], None] | None = None) -> CatchUp:
        """Make the index again, whatever is there; raises IndexTrouble."""
        with write_lock(self._folder, WAIT_FOR_FIRST) as held:
            if not held:
                raise IndexTrouble(f"Another process is writing the search index in {self._folder}.")
            return self._anew(self.examined(), reason, progress)

    def replace_damaged(
        self, reason: str, progress: Callable[[IndexProgress], None] | None = None
    ) -> CatchUp:
        """Put an index aside that turned out to be damaged while it was read, and make a new one.

        Nothing is done when what is there now is sound, since another process has seen to it.
        """
        with write_lock(self._folder, WAIT_FOR_FIRST) as held:
            if not held:
                raise IndexTrouble(f"Another process is writing the search index in {self._folder}.")
            if self._is_sound():
                return CatchUp()
            return self._anew(_DAMAGED, reason, progress)

    def read_evidence(
        self, most: int, progress: Callable[[IndexProgress], None] | None = None
    ) -> tuple[int, int]:
        """Read the names, quotes and figures of ``most`` of the texts whose words alone are indexed.

        Returns how many were read and how many are left; (0, ...) when another process is writing or the
        index is behind the library. Raises OSError.
        """
        from index.documents import Depth
        from index.whoosh_engine.index_writer import WriteJob, force_merge, unread_refs, write_changes

        with write_lock(self._folder, WAIT) as held:
            manifest = self.examined().manifest
            if manifest is None or not manifest.unread_texts:
                return 0, 0
            if not held or manifest.change != self._library.change_number:
                return 0, manifest.unread_texts
            refs = unread_refs(self._folder, manifest, most)
            told = _teller(progress, len(refs), "The texts are read for names, quotes and figures.")
            next_manifest = self._next_manifest(manifest.change, manifest.texts, manifest.files)
            write_changes(
                self._folder, WriteJob(self._library, refs, Depth.EVIDENCE, told), (), next_manifest
            )
            after = self.examined().manifest
            left = 0 if after is None else after.unread_texts
            if after is not None and not left:
                # Each segment has a dictionary of its own, and each takes a search time of its own.
                force_merge(self._folder, self._next_manifest(after.change, after.texts, after.files))
            return manifest.unread_texts - left, left

    def rescued(self, seconds: float) -> IndexReader:
        """Return a reader of what can be searched while there is no whole index; raises CrossreadError."""
        from index.fallback_reader import open_fallback

        if not is_trusted(self._folder, self._library.folder):
            raise IndexTrouble("Others could write to the search index, so that it is not read.")
        try:
            return open_fallback(self._folder, self._library, self._library.setting(_NAME_SETTING), seconds)
        except OSError as error:
            raise IndexTrouble(
                f"There is no search index, and none can be made ({error.strerror})."
            ) from error

    def rest(self) -> None:
        """Let processes go that were kept to write more."""
        if portions := sys.modules.get("index.whoosh_engine.parallel_build"):
            portions.shut_down()

    def tidy(self) -> None:
        """Merge segments that small commits left behind; does nothing while another process writes."""
        from index.whoosh_engine.index_writer import maybe_merge

        with write_lock(self._folder, 0.0) as held:
            manifest = self.examined().manifest if held else None
            if manifest is not None and needs_merging(manifest):
                maybe_merge(
                    self._folder, self._next_manifest(manifest.change, manifest.texts, manifest.files)
                )

    def is_damage(self, error: Exception) -> bool:
        """Tell whether reading the index failed because its files are damaged; otherwise it is a bug.

        What a damaged file makes a reader raise is of every kind, so the files themselves are asked: they are
        compared with their checksums.
        """
        from index.reader import NotUsable
        from index.whoosh_engine.sections import DamagedSegment

        return isinstance(error, (NotUsable, DamagedSegment, OSError)) or not self._is_sound()

    def _is_sound(self) -> bool:
        from index.reader import CHECKED_IN_FULL, NotUsable, open_newest

        try:
            reader, _ = open_newest(self._folder, self.examined, read_up_to=CHECKED_IN_FULL)
        except NotUsable:
            return False
        reader.close()
        return True

    # With the lock held

    def _bring(self, found: Examined, progress: Callable[[IndexProgress], None] | None) -> CatchUp:
        manifest = found.manifest
        if manifest is None:
            return self._anew(found, found.reason or "", progress)
        number = self._library.change_number
        if manifest.change > number:
            return self._anew(found, "The search index was ahead of the library.", progress)
        if manifest.change == number:
            return CatchUp()
        try:
            return self._changes(manifest, progress)
        except OSError as error:
            reason = _FAILED.format(error.strerror)
            return CatchUp(reason=reason, failed=True)
        except _OutOfStep:
            return self._anew(found, "The search index did not agree with the library.", progress)
        except (LibraryError, IndexTrouble):
            raise
        except Exception as error:
            if self.is_damage(error):
                return self._anew(_DAMAGED, "The search index was damaged.", progress)
            reason = _FAILED.format(logs.record(error, "The search index was brought in step."))
            return CatchUp(reason=reason, failed=True)

    def _changes(self, manifest: Manifest, progress: Callable[[IndexProgress], None] | None) -> CatchUp:
        from index.whoosh_engine.index_writer import write_changes

        changes = self._library.changes_since(manifest.change)
        next_manifest = self._next_manifest(changes.number, manifest.texts, manifest.files)
        told = _teller(progress, len(changes.changed), "The library has changed.")
        order = self._order(changes.changed, told, self._siblings(changes))
        count = write_changes(self._folder, order, changes.removed, next_manifest)
        if self._library.change_number == changes.number and count != self._library.count():
            raise _OutOfStep
        return CatchUp(changed=len(changes.changed), removed=len(changes.removed))

    def _siblings(self, changes: Changes) -> list[Ref]:
        """Return the other texts of small stories that changed: their names are told by the whole story."""
        from index.evidence_fields import WHOLE_STORIES

        changed = set(changes.changed)
        siblings: list[Ref] = []
        for slug in sorted({ref.story for ref in (*changes.changed, *changes.removed)}):
            try:
                if self._library.count(slug) <= WHOLE_STORIES:
                    siblings += [ref for ref in self._library.refs(slug) if ref not in changed]
            except UnknownReference:
                continue  # all of it went
        return siblings

    def _order(
        self, refs: Sequence[Ref], told: Callable[[int], None], siblings: Sequence[Ref] = ()
    ) -> WriteJob:
        """Ask for texts to be written; of very many the evidence is left for later."""
        from index.documents import Depth
        from index.whoosh_engine.index_writer import WriteJob

        if len(refs) + len(siblings) <= READ_AT_ONCE:
            return WriteJob(self._library, refs, Depth.EVIDENCE, told, siblings)
        return WriteJob(self._library, (*refs, *siblings), Depth.WORDS, told)

    def _anew(
        self, found: Examined, reason: str, progress: Callable[[IndexProgress], None] | None
    ) -> CatchUp:
        """Build all of the index; in place when what is there can be read, else beside."""
        next_manifest = self._next_manifest(self._library.change_number, 0, {})
        refs = self._library.refs()
        order = self._order(refs, _teller(progress, len(refs), reason))
        try:
            if found.readable and found.generation is not None:
                try:
                    return self._in_place(next_manifest, reason, order)
                except (OSError, CrossreadError):
                    raise
                except Exception as error:  # an index that only looked readable is made beside, as any other
                    logs.record(error, "The search index was built again in its place.")
            return self._beside(next_manifest, reason, order)
        except OSError as error:
            raise IndexTrouble(
                f"The search index could not be written to {self._folder} ({error.strerror})."
            ) from error

    def _put_aside(self) -> None:
        """Make room for a new index, as late as can be; what holds nothing is not worth keeping."""
        if self._folder.exists() and not any(self._folder.iterdir()):
            self._folder.rmdir()
        else:
            quarantine(self._folder)

    def _in_place(self, next_manifest: Manifest, reason: str, order: WriteJob) -> CatchUp:
        from index.whoosh_engine.index_writer import write_all

        count = write_all(self._folder, order, next_manifest)
        return CatchUp(rebuilt=True, reason=reason, changed=count)

    def _beside(self, next_manifest: Manifest, reason: str, order: WriteJob) -> CatchUp:
        import shutil

        from index.whoosh_engine.index_writer import create, write_all

        for left in self._folder.parent.glob(f"{self._folder.name}.building-*"):
            shutil.rmtree(left, ignore_errors=True)
        beside = self._folder.with_name(f"{self._folder.name}.building-{os.getpid()}")
        beside.mkdir(mode=0o700)
        try:
            create(beside, next_manifest)
            count = write_all(beside, order, next_manifest)
            self._put_aside()
            beside.rename(self._folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        return CatchUp(rebuilt=True, reason=reason, changed=count)

    def _next_manifest(self, change: int, count: int, files: dict[str, tuple[int, int]]) -> Manifest:
        name = self._library.setting(_NAME_SETTING)
        if name is None:
            name = os.urandom(16).hex()
            self._library.set_setting(_NAME_SETTING, name)
        return Manifest(schema_name(), name, change, count, files, ())


def needs_merging(manifest: Manifest) -> bool:
    """Tell whether there are segments that should be merged while nobody waits."""
    read: list[SegmentSize] = []
    unread: list[SegmentSize] = []
    for name, count, deleted in manifest.segments:
        weight = SegmentSize(count - len(deleted), count, manifest.files.get(name, (0, 0))[0])
        (unread if name in manifest.unread else read).append(weight)
    return bool(find_merges(read) or find_merges(unread))


class _OutOfStep(Exception):
    """The index holds another number of texts than the library."""


def _teller(
    progress: Callable[[IndexProgress], None] | None, total: int, reason: str
) -> Callable[[int], None]:
    """Return what tells ``progress`` how many of ``total`` are done."""
    if progress is None:
        return lambda _: None
    return lambda done: progress(IndexProgress(done, max(total, done), reason))
