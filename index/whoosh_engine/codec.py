"""The Whoosh codec: Whoosh's record of a segment, and how its own writers write one and its readers open one.

It holds any field with frequencies, with or without positions, and stored values that are fit for JSON; it
has no columns and no term vectors.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh import formats
from whoosh.codec import base

from index.whoosh_engine.segment import SegmentFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.whoosh_engine.segment_builder import SegmentBuilder

# The engine's base classes have no types, and say what their methods do.
# mypy: allow-untyped-calls, allow-untyped-defs, disable-error-code="misc, abstract"
# ruff: noqa: D102, ARG002


EXTENSION = ".seg"


class UnsupportedField(Exception):
    """A field keeps what this codec has no place for; the text names it."""


class SectionSegment(base.Segment):
    """The engine's record of one segment, kept in its table of contents."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._count = 0
        self._deleted: set[int] = set()

    def codec(self) -> SectionCodec:
        return SectionCodec()

    def should_assemble(self) -> bool:
        return False  # it is one file already

    def set_doc_count(self, doccount: int) -> None:
        self._count = doccount

    def doc_count_all(self) -> int:
        return self._count

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._deleted)

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002 - the engine's
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def file_name(self) -> str:
        """Return the name of the segment's file."""
        return str(self.make_filename(EXTENSION))


class SectionCodec(base.Codec):
    """Writes and reads segments of sections."""

    length_stats = False

    def __init__(self) -> None:
        self._builders: dict[str, SegmentBuilder] = {}

    def new_segment(self, storage, indexname):
        return SectionSegment(indexname)

    def _builder(self, segment: SectionSegment) -> SegmentBuilder:
        from index.whoosh_engine.segment_builder import Chunk, SegmentBuilder

        key = segment.segment_id()
        if key not in self._builders:
            self._builders[key] = SegmentBuilder(lambda _: Chunk(0, (), ()))
        return self._builders[key]

    def per_document_writer(self, storage, segment):
        return _DocumentWriter(self._builder(segment))

    def field_writer(self, storage, segment):
        return _PostingWriter(self._builder(segment), storage, segment)

    def postings_writer(self, dbfile, byteids=False):  # noqa: FBT002 - the engine's
        raise NotImplementedError  # the engine asks for it only to keep term vectors

    def postings_reader(self, dbfile, terminfo, format_, term=None, scorer=None):
        raise NotImplementedError  # as above

    def terms_reader(self, storage, segment):
        from index.whoosh_engine.whoosh_readers import TermsReader

        return TermsReader(_opened(storage, segment))

    def per_document_reader(self, storage, segment):
        from index.whoosh_engine.whoosh_readers import DocumentReader

        return DocumentReader(_opened(storage, segment), segment)


def _opened(storage: Any, segment: SectionSegment) -> SegmentFile:
    return SegmentFile(Path(storage.folder) / segment.file_name())


# Writing, one posting at a time


class _DocumentWriter(base.PerDocumentWriter):
    def __init__(self, builder: SegmentBuilder) -> None:
        self._builder = builder
        self._stored: dict[str, Any] = {}
        self.is_closed = False

    def start_doc(self, docnum):
        self._stored = {}

    def add_field(self, fieldname, fieldobj, value, length):
        if value is not None:
            self._stored[fieldname] = value
        if length:
            self._builder.add_length(fieldname, len(self._builder), int(length))

    def finish_doc(self):
        self._builder.finish(self._stored)

    def cancel_doc(self):
        self._stored = {}

    def close(self):
        self.is_closed = True


class _PostingWriter(base.FieldWriter):
    def __init__(self, builder: SegmentBuilder, storage: Any, segment: SectionSegment) -> None:
        self._builder = builder
        self._storage = storage
        self._segment = segment
        self._name = ""
        self._term = b""
        self._decode: Any = None
        self.is_closed = False

    def start_field(self, fieldname, fieldobj):
        self._name = fieldname
        self._decode = decoder(fieldname, fieldobj)

    def start_term(self, text):
        self._term = text

    def add(self, docnum, weight, vbytes, length):
        from index.whoosh_engine.segment_builder import Posting

        self._builder.add_posting(self._name, docnum, Posting(self._term, weight, self._decode(vbytes)))

    def finish_term(self):
        pass

    def close(self):
        self.is_closed = True
        if len(self._builder):
            file = self._storage.create_file(self._segment.file_name())
            try:
                self._builder.write(file)
            finally:
                file.close()


def decoder(name: str, field: Any) -> Any:
    """Return what takes the positions out of a posting's value; raises UnsupportedField."""
    kept = field.format
    if isinstance(kept, formats.Characters | formats.PositionBoosts):
        raise UnsupportedField(f"the field {name} keeps more than positions, which has no place here")
    return kept.decoder("positions") if kept.supports("positions") else lambda _: ()
