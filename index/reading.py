"""Reading one generation of the index: postings, dictionary, lengths and what is stored of a source.

All searching goes through IndexReader, so that another way of keeping postings has to replace only this
module, ``schema`` and ``storage``. Readers are opened fresh for each generation, never refreshed: the
engine's own refreshing brings deleted documents back.
"""

# The engine's readers are only partly typed.
# mypy: allow-untyped-calls

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from whoosh.index import FileIndex
from whoosh.reading import TermNotFound

from index.manifest import INDEX_NAME
from index.schema import Stored, schema
from index.storage import DurableStorage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.budget import Budget

_PORTION = 512  # postings or terms between two looks at the clock


class Postings(NamedTuple):
    """The documents of a term in ascending order, how often it occurs in each, and its encoded places."""

    ids: list[int]
    frequencies: list[float]
    places: list[bytes]


class IndexReader:
    """One generation, as it was when it was opened. Not for several threads at once."""

    def __init__(self, folder: Path) -> None:
        index = FileIndex(DurableStorage(folder), schema=schema(), indexname=INDEX_NAME)
        self._reader: Any = index.reader()
        generation = self._reader.generation()
        # The engine's reader of an index without any text knows no generation.
        self.generation = index.latest_generation() if generation is None else generation
        self._leaves: list[tuple[Any, int]] = [
            (leaf, offset) for leaf, offset in self._reader.leaf_readers() if leaf.doc_count_all()
        ]
        self.count = int(self._reader.doc_count())
        self._all = max(int(self._reader.doc_count_all()), 1)
        self._lengths: dict[str, dict[int, int]] = {}
        self._stored: dict[int, Stored] = {}

    def close(self) -> None:
        """Let the files go."""
        self._reader.close()

    def segment_files(self) -> list[str]:
        """Return the names of the files that this generation is read from."""
        segments = [leaf.segment() for leaf, _ in self._leaves]
        return [segment.make_filename(segment.COMPOUND_EXT) for segment in segments if segment is not None]

    # Postings

    def postings(self, field: str, term: str, budget: Budget) -> Postings:
        """Return where ``term`` stands; empty when it does not, or when the time is up."""
        found = Postings([], [], [])
        encoded = term.encode("utf-8", "replace")
        for leaf, offset in self._leaves:
            try:
                matcher = leaf.postings(field, encoded)
            except TermNotFound:
                continue
            _gather(matcher, offset, found, budget)
        return found

    def document_frequency(self, field: str, term: str) -> int:
        """Return in how many documents ``term`` stands, deleted ones included."""
        return int(self._reader.doc_frequency(field, term.encode("utf-8", "replace")))

    def has(self, field: str, term: str) -> bool:
        """Tell whether ``term`` is in the dictionary of ``field``."""
        return (field, term.encode("utf-8", "replace")) in self._reader

    def terms(self, field: str, start: str, budget: Budget) -> Iterator[str]:
        """Yield the terms of ``field`` that begin with ``start`` in order, until the time is up."""
        encoded = start.encode("utf-8", "replace")
        for count, term in enumerate(self._reader.expand_prefix(field, encoded)):
            if count % _PORTION == 0 and budget.spent():
                return
            yield term.decode("utf-8", "replace")

    def documents(self) -> list[int]:
        """Return all documents."""
        return list(self._reader.all_doc_ids())

    # Lengths

    def length(self, field: str, document: int) -> int:
        """Return the length of a field of a document, in words, as exact as the engine keeps it."""
        known = self._lengths.setdefault(field, {})
        length = known.get(document)
        if length is None:
            length = known[document] = int(self._reader.doc_field_length(document, field) or 0)
        return length

    def average_length(self, field: str) -> float:
        """Return the mean length of a field over all documents; at least 1."""
        return max(float(self._reader.field_length(field)) / self._all, 1.0)

    # Stored values

    def stored(self, document: int) -> Stored:
        """Return what is stored of a document."""
        known = self._stored.get(document)
        if known is None:
            known = self._stored[document] = Stored(*self._reader.stored_fields(document)["stored"])
        return known


def _gather(matcher: Any, offset: int, found: Postings, budget: Budget) -> None:
    """Append all postings of one segment."""
    ids, frequencies, places = found
    read: Callable[[], int] = matcher.id
    weight: Callable[[], float] = matcher.weight
    value: Callable[[], bytes] = matcher.value
    count = 0
    while matcher.is_active():
        if count % _PORTION == 0 and budget.spent():
            return
        count += 1
        ids.append(read() + offset)
        frequencies.append(weight())
        places.append(value())
        matcher.next()
