"""Writing segments of ours into a Whoosh index: whole documents, bulk building, merging."""

# The engine's writers have no types.
# mypy: allow-untyped-calls, disable-error-code="misc"

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.writing import SegmentWriter

from index.codec.engine import SectionCodec, SectionSegment
from index.codec.gathering import Gatherer
from index.codec.merging import merge_segments
from index.codec.policy import Weight, gathered, merges_at_once
from index.codec.segment import SegmentFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.codec.building import Chunk
    from index.codec.policy import Policy


class SectionsWriter(SegmentWriter):
    """Whoosh's writer, except that documents become segments of sections without a detour.

    Documents are gathered with ``analyse`` (see ``Gatherer``). ``published`` is told the segments of a
    generation before its table of contents is written. Segments whose file names are in ``apart`` are
    merged only with one another.
    """

    def __init__(
        self,
        index: Any,
        analyse: Callable[[str], Chunk | str],
        published: Callable[[Sequence[SectionSegment]], None],
        *,
        timeout: float = 0.0,
    ) -> None:
        super().__init__(index, codec=SectionCodec(), compound=False, timeout=timeout)
        self._gatherer = Gatherer(self.schema, analyse)
        self._built: list[SectionSegment] = []
        self._published = published
        self.apart: set[str] = set()

    def add_document(self, **fields: Any) -> None:
        """Take in a document; values are what the fields' ``index`` takes, ``_stored_F`` what is kept."""
        self.add_fields(fields)

    def add_fields(self, fields: dict[str, Any]) -> None:
        """Take in a document; raises NotAnalysed, and then nothing of it was taken in."""
        self._check_state()
        self._check_fields(self.schema, [name for name in fields if not name.startswith("_")])
        self._gatherer.add(fields)
        self._added = True
        self.docnum += 1
        if self._gatherer.is_full:
            self._flush()

    def _flush(self) -> None:
        if not len(self._gatherer):
            return
        segment = self._new_segment()
        with self.storage.create_file(segment.file_name()) as file:
            segment.set_doc_count(self._gatherer.write(file))
        self._built.append(segment)

    def _new_segment(self) -> SectionSegment:
        segment: SectionSegment = self.codec.new_segment(self.storage, self.indexname)
        return segment

    def adopt(self, path: Path, count: int) -> None:
        """Take over a segment of ``count`` documents that another process wrote."""
        segment = self._new_segment()
        path.rename(self._path(segment))
        self.storage.wrote(segment.file_name())
        segment.set_doc_count(count)
        self._built.append(segment)
        self._added = True

    # Ending

    def commit_sections(
        self, *, replaces: bool = False, apart: bool = False, merging: Policy = merges_at_once
    ) -> None:
        """Make what was written valid; ``replaces`` drops all that was there before.

        Segments are merged as ``merging`` says; the rest is left for another time.
        ``apart`` puts the new ones among those that are merged only with one another.
        """
        self._check_state()
        try:
            self._flush()
            self._gatherer.forget()
            built = self._merge_groups(self._built, gathered(self._weights(self._built)))
            if apart:
                self.apart.update(segment.file_name() for segment in built)
            kept = [] if replaces else [segment for segment in self.segments if segment.doc_count()]
            segments = self._merge_alike(kept + built, merging)
            self._close_segment()
            self._published(segments)
            self._commit_toc(segments)
        except BaseException:
            self._cleanup_on_error()
            raise
        self._finish()

    def _path(self, segment: SectionSegment) -> Path:
        return Path(self.storage.folder) / segment.file_name()

    def _weights(self, segments: Iterable[SectionSegment]) -> list[Weight]:
        return [
            Weight(segment.doc_count(), segment.doc_count_all(), self._path(segment).stat().st_size)
            for segment in segments
        ]

    def _merge_alike(self, segments: Sequence[SectionSegment], merging: Policy) -> list[SectionSegment]:
        """Merge what should be, those that are to stay apart and all others each among themselves."""
        merged: list[SectionSegment] = []
        for apart in (False, True):
            alike = [segment for segment in segments if (segment.file_name() in self.apart) is apart]
            done = self._merge_groups(alike, merging(self._weights(alike)))
            if apart:
                self.apart = {segment.file_name() for segment in done}
            merged += done
        return merged

    def _merge_groups(
        self, segments: Sequence[SectionSegment], groups: Sequence[Sequence[int]]
    ) -> list[SectionSegment]:
        """Return the segments with each group made one, at the place of its first."""
        merged: dict[int, SectionSegment] = {}
        gone: set[int] = set()
        for group in groups:
            merged[group[0]] = self._merge([segments[place] for place in group])
            gone.update(group)
        return [
            merged.get(place, segment)
            for place, segment in enumerate(segments)
            if place in merged or place not in gone
        ]

    def _merge(self, segments: Sequence[SectionSegment]) -> SectionSegment:
        opened: list[SegmentFile] = []
        merged = self._new_segment()
        try:
            opened.extend(SegmentFile(self._path(segment)) for segment in segments)
            deleted = [sorted(segment.deleted_docs()) for segment in segments]
            with self.storage.create_file(merged.file_name()) as file:
                merged.set_doc_count(merge_segments(file, opened, deleted))
        finally:
            for segment in opened:
                segment.close()
        # What was built for this commit only is in no generation, and nothing else would take it away.
        for old in segments:
            if old in self._built:
                with suppress(OSError):
                    self._path(old).unlink()
        return merged

    def cancel(self, **_: Any) -> None:
        """Forget what was written; the generation before stays valid."""
        for segment in self._built:
            with suppress(OSError):
                self._path(segment).unlink()
        super().cancel()
