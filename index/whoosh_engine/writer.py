"""Writes segments into a Whoosh index: whole documents, bulk building, merging."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.writing import SegmentWriter

from index.whoosh_engine.codec import SectionCodec, SectionSegment, decoder
from index.whoosh_engine.merge_policy import (
    MOST_DOCUMENTS,
    SegmentSize,
    find_forced_merges,
    find_small_merges,
)
from index.whoosh_engine.segment import SegmentFile
from index.whoosh_engine.segment_builder import Posting, SegmentBuilder
from index.whoosh_engine.segment_merger import merge_segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import BinaryIO

    from index.whoosh_engine.merge_policy import Policy
    from index.whoosh_engine.segment_builder import Chunk

MOST_BUFFERED = 1_000_000  # pieces of text and postings that are held in memory


class NotAnalysed(Exception):
    """A field of a document cannot be taken apart; the cause says why."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class DocumentBuffer:
    """Takes documents in as the fields of ``schema`` say, and writes them as segments.

    A field whose value is a text and that is ``divisible`` is given to ``analyse`` by the pieces between
    white space; one that has ``terms_of`` says by that which terms there are; all others say themselves what
    their postings are.
    """

    def __init__(self, schema: Any, analyse: Callable[[str], Chunk | str]) -> None:
        self._schema = schema
        self._builder = SegmentBuilder(analyse)
        self._decoders: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self._builder)

    @property
    def is_full(self) -> bool:
        """Whether what was gathered should be written before more is."""
        return self._builder.size >= MOST_BUFFERED or len(self._builder) >= MOST_DOCUMENTS

    def add(self, fields: dict[str, Any]) -> None:
        """Take in a document; values are what the fields' ``index`` takes, ``_stored_F`` what is kept.

        Raises NotAnalysed; then nothing of the document was taken in.
        """
        stored = {}
        taken: list[Callable[[], None]] = []
        for name, value in fields.items():
            if value is None or name.startswith("_"):
                continue
            kind: Any = self._schema[name]
            if kind.indexed:
                try:
                    taken.append(self._taken_apart(name, kind, value))
                except Exception as error:  # whatever a text makes a pattern raise
                    raise NotAnalysed(name) from error
            if kind.stored:
                stored[name] = fields.get(f"_stored_{name}", value)
        for take_in in taken:
            take_in()
        self._builder.finish(stored)

    def _taken_apart(self, name: str, kind: Any, value: Any) -> Callable[[], None]:
        """Take a value apart, and return what takes it in."""
        if isinstance(value, str) and getattr(kind, "divisible", False):
            return partial(self._builder.add_pieces, name, self._builder.pieces(value))
        terms_of = getattr(kind, "terms_of", None)
        if terms_of is not None:
            return partial(self._builder.add_terms, name, terms_of(value))
        decode = self._decoders.get(name)
        if decode is None:
            decode = self._decoders[name] = decoder(name, kind)
        length = 0
        postings = []
        for term, frequency, weight, encoded in kind.index(value):
            length += frequency
            postings.append(Posting(term, weight, decode(encoded)))
        return partial(self._builder.add_postings, name, postings, length if kind.scorable else None)

    def write(self, file: BinaryIO) -> int:
        """Write what was gathered as a segment and begin again; return the number of documents."""
        return self._builder.write(file)

    def forget(self) -> None:
        """Let go of what was gathered and of what is remembered of documents before."""
        self._builder.forget()


# The engine's writers have no types.
# mypy: allow-untyped-calls, disable-error-code="misc"


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
        self._gatherer = DocumentBuffer(self.schema, analyse)
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
        self, *, replaces: bool = False, apart: bool = False, merging: Policy = find_small_merges
    ) -> None:
        """Make what was written valid; ``replaces`` drops all that was there before.

        Segments are merged as ``merging`` says; the rest is left for another time.
        ``apart`` puts the new ones among those that are merged only with one another.
        """
        self._check_state()
        try:
            self._flush()
            self._gatherer.forget()
            built = self._merge_groups(self._built, find_forced_merges(self._weights(self._built)))
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

    def _weights(self, segments: Iterable[SectionSegment]) -> list[SegmentSize]:
        return [
            SegmentSize(segment.doc_count(), segment.doc_count_all(), self._path(segment).stat().st_size)
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
