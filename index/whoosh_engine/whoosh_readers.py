"""Whoosh's view of a segment that is there: its terms, documents and postings, as its queries read them.

Lengths are given to Whoosh in its own rounding, so that its scores are what they are with its own codec. No
search of crossread comes here.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from whoosh.codec import base
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length, length_to_byte

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.whoosh_engine.segment import Field, Run, SegmentFile

# The engine's base classes have no types, and say what their methods do.
# mypy: allow-untyped-calls, allow-untyped-defs, disable-error-code="misc, abstract"
# ruff: noqa: D102


def engine_length(length: int) -> int:
    """Return a length as the engine rounds it."""
    return int(byte_to_length(length_to_byte(length)))


class TermsReader(base.TermsReader):
    """The dictionary of a segment."""

    def __init__(self, segment: SegmentFile) -> None:
        self._segment = segment

    def _run(self, name: str, term: bytes) -> tuple[Field, Run]:
        found = self._segment.run(name, term)
        if found is None:
            raise TermNotFound(f"No term {name}:{term!r}")
        return found

    def __contains__(self, term):
        return self._segment.run(*term) is not None

    def cursor(self, fieldname, fieldobj):
        return _Cursor(self._segment, fieldname, fieldobj)

    def terms(self):
        return self.terms_from("", b"")

    def terms_from(self, fieldname, prefix):
        return ((name, term) for name, term, _ in self._all_from(fieldname, prefix))

    def _all_from(self, start: str, prefix: bytes) -> Iterator[tuple[str, bytes, Run]]:
        for name in self._segment.field_names():
            if name >= start:
                for term, run in self._segment.terms_from(name, prefix if name == start else b""):
                    yield name, term, run

    def items(self):
        return self.items_from("", b"")

    def items_from(self, fieldname, prefix):
        return (
            ((name, term), self._info(name, run)) for name, term, run in self._all_from(fieldname, prefix)
        )

    def _info(self, name: str, run: Run) -> TermInfo:
        field = self._segment.field(name)
        if field is None:
            raise TermNotFound(f"No field {name}")
        return term_info(field, run)

    def term_info(self, fieldname, text):
        return term_info(*self._run(fieldname, text))

    def frequency(self, fieldname, text):
        found = self._segment.run(fieldname, text)
        return 0 if found is None else sum(found[0].weights[found[1].start : found[1].end])

    def doc_frequency(self, fieldname, text):
        found = self._segment.run(fieldname, text)
        return 0 if found is None else found[1].end - found[1].start

    def matcher(self, fieldname, text, format_, scorer=None):
        field, run = self._run(fieldname, text)
        return SectionMatcher(field, run, format_, (fieldname, text), scorer)

    def indexed_field_names(self):
        return self._segment.field_names()

    def close(self):
        self._segment.close()


def term_info(field: Field, run: Run) -> TermInfo:
    """Return what the engine wants to know of a term."""
    ids, weights = field.documents(run.start, run.end), field.weights[run.start : run.end]
    lengths = [0] if field.lengths is None else [field.lengths[document] for document in ids]
    return TermInfo(
        weight=float(sum(weights)),
        df=len(ids),
        minlength=engine_length(min(lengths)),
        maxlength=engine_length(max(lengths)),
        maxweight=float(max(weights)),
        minid=ids[0],
        maxid=ids[-1],
    )


class _Cursor(base.FieldCursor):
    def __init__(self, segment: SegmentFile, name: str, kind: Any) -> None:
        self._segment = segment
        self._field = segment.field(name)
        self._kind = kind
        self._place = 0

    def _count(self) -> int:
        return 0 if self._field is None else len(self._field.terms)

    def is_valid(self):
        return self._place < self._count()

    def first(self):
        self._place = 0
        return self.text()

    def find(self, string):
        if self._field is not None:
            term = string if isinstance(string, bytes) else self._kind.to_bytes(string)
            self._place = bisect_left(self._field.terms, self._segment.position(term))
        return self.text()

    def next(self):
        self._place += 1
        return self.text()

    def text(self):
        if self._field is None or not self.is_valid():
            return None
        return self._kind.from_bytes(self._segment.term(self._field.terms[self._place]))

    term = text

    def term_info(self):
        if self._field is None or not self.is_valid():
            raise TermNotFound("the cursor stands behind the last term")
        return term_info(self._field, self._field.run_at(self._place))


class DocumentReader(base.PerDocumentReader):
    """Lengths, stored values and deletions of a segment."""

    def __init__(self, segment: SegmentFile, record: base.Segment) -> None:
        self._segment = segment
        self._record = record

    def close(self):
        self._segment.close()

    def doc_count(self):
        return self._record.doc_count()

    def doc_count_all(self):
        return self._record.doc_count_all()

    def has_deletions(self):
        return self._record.has_deletions()

    def is_deleted(self, docnum):
        return self._record.is_deleted(docnum)

    def deleted_docs(self):
        return self._record.deleted_docs()

    def doc_field_length(self, docnum, fieldname, default=0):
        length = self._segment.length(fieldname, docnum)
        return engine_length(length) if length else default

    def field_length(self, fieldname):
        field = self._segment.field(fieldname)
        return 0 if field is None else field.total_length

    def min_field_length(self, fieldname):
        field = self._segment.field(fieldname)
        return 0 if field is None else engine_length(field.shortest)

    def max_field_length(self, fieldname):
        field = self._segment.field(fieldname)
        return 0 if field is None else engine_length(field.longest)

    def stored_fields(self, docnum):
        return self._segment.stored(docnum)


class SectionMatcher(LeafMatcher):
    """Goes through the postings of one term; all of them are one block to the engine."""

    def __init__(self, field: Field, run: Run, format_: Any, term: tuple[str, bytes], scorer: Any) -> None:
        self._field = field
        self._run = run
        self.format = format_
        self._term = term
        self.scorer = scorer
        self._ids = field.documents(run.start, run.end)
        self._weights = field.weights[run.start : run.end]
        self._heaviest: float | None = None
        self._position_ends: list[int] | None = None
        self._at = 0

    def is_active(self):
        return self._at < len(self._ids)

    def id(self):
        # Some of the engine's matchers ask once more after they have skipped beyond the end.
        return self._ids[min(self._at, len(self._ids) - 1)]

    def weight(self):
        return float(self._weights[self._at])

    def copy(self):
        other = SectionMatcher(self._field, self._run, self.format, self._term, self.scorer)
        other._at = self._at
        return other

    def reset(self):
        self._at = 0

    def next(self):
        self._need()
        self._at += 1
        return self._at >= len(self._ids)

    def skip_to(self, id):  # noqa: A002 - the engine's name
        self._need()
        self._at = bisect_left(self._ids, id, self._at)

    def skip_to_quality(self, minquality):
        if self.block_quality() > minquality:
            return 0
        self._at = len(self._ids)
        return 1

    def _need(self) -> None:
        if self._at >= len(self._ids):
            raise ReadTooFar

    def all_ids(self) -> Iterator[int]:
        return iter(self._ids)

    def block_min_id(self):
        return self._ids[0]

    def block_max_id(self):
        return self._ids[-1]

    def block_min_length(self):
        return engine_length(self._field.shortest)

    def block_max_length(self):
        return engine_length(self._field.longest)

    def block_max_weight(self):
        if self._heaviest is None:
            self._heaviest = float(max(self._weights))
        return self._heaviest

    def _positions(self) -> list[int]:
        first, last = self._field.position_range(self._run)
        if first == last:
            return []
        if self._position_ends is None:
            counts = self._field.position_counts[self._run.start : self._run.end]
            self._position_ends = [first, *accumulate(map(int, counts), initial=first)][1:]
        ends = self._position_ends
        return self._field.positions[ends[self._at] : ends[self._at + 1]].tolist()

    def value(self):
        return self.format.encode(self._positions()) if self.format.supports("positions") else b""

    def value_as(self, astype):
        if astype == "positions":
            return self._positions()
        if astype == "frequency":
            return int(self._weights[self._at])
        return self.weight() if astype == "weight" else self.format.decoder(astype)(self.value())
