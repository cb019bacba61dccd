"""Writing segments of ours into a Whoosh index: whole documents, bulk building, merging."""

# The engine's writers have no types.
# mypy: allow-untyped-calls, disable-error-code="misc"

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.writing import SegmentWriter

from index.codec.building import Posting, SegmentBuilder
from index.codec.engine import SectionCodec, SectionSegment, decoder
from index.codec.merging import merge_segments
from index.codec.policy import MOST_AT_ONCE, MOST_DOCUMENTS, Weight, gathered, merges
from index.codec.segment import SegmentFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.codec.building import Chunk

MOST_GATHERED = 1_500_000  # pieces of text and postings that are held in memory


class SectionsWriter(SegmentWriter):
    """Whoosh's writer, except that documents become segments of sections without a detour.

    A field whose value is a text and that is ``divisible`` is given to ``analyse`` by the pieces between
    white space; all others say themselves what their postings are. ``published`` is told the segments of
    a generation before its table of contents is written.
    """

    def __init__(
        self,
        index: Any,
        analyse: Callable[[str], Chunk],
        published: Callable[[Sequence[SectionSegment]], None],
        *,
        timeout: float = 0.0,
    ) -> None:
        super().__init__(index, codec=SectionCodec(), compound=False, timeout=timeout)
        self._builder = SegmentBuilder(analyse)
        self._built: list[SectionSegment] = []
        self._published = published
        self._decoders: dict[str, Any] = {}

    def add_document(self, **fields: Any) -> None:
        """Take in a document; values are what the fields' ``index`` takes, ``_stored_F`` what is kept."""
        self._check_state()
        self._check_fields(self.schema, [name for name in fields if not name.startswith("_")])
        stored = {}
        for name, value in fields.items():
            if value is None or name.startswith("_"):
                continue
            kind: Any = self.schema[name]
            if kind.indexed:
                self._take_in(name, kind, value)
            if kind.stored:
                stored[name] = fields.get(f"_stored_{name}", value)
        self._builder.finish(stored)
        self._added = True
        self.docnum += 1
        if self._builder.size >= MOST_GATHERED or len(self._builder) >= MOST_DOCUMENTS:
            self._flush()

    def _take_in(self, name: str, kind: Any, value: Any) -> None:
        if isinstance(value, str) and getattr(kind, "divisible", False):
            self._builder.add_text(name, value)
            return
        decode = self._decoders.get(name)
        if decode is None:
            decode = self._decoders[name] = decoder(name, kind)
        length = 0
        postings = []
        for term, frequency, weight, encoded in kind.index(value):
            length += frequency
            postings.append(Posting(term, weight, decode(encoded)))
        self._builder.add_postings(name, postings, length if kind.scorable else None)

    def _flush(self) -> None:
        if not len(self._builder):
            return
        segment = self._new_segment()
        with self.storage.create_file(segment.file_name()) as file:
            segment.set_doc_count(self._builder.write(file))
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

    def commit_sections(self, *, replaces: bool = False, merging: int = MOST_AT_ONCE) -> None:
        """Make what was written valid; ``replaces`` drops all that was there before.

        Segments are merged, up to ``merging`` documents in one go; the rest is left for another time.
        """
        self._check_state()
        try:
            self._flush()
            self._builder.forget()
            built = self._merge_groups(self._built, gathered(self._weights(self._built)))
            kept = [] if replaces else [segment for segment in self.segments if segment.doc_count()]
            segments = kept + built
            segments = self._merge_groups(segments, merges(self._weights(segments), most=merging))
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
