"""Reads one generation of the index, and opens the newest one that is what its manifest says.

All of it is read from the segments that the manifest names, in place, and without loading Whoosh, which would
read the same files through ``whoosh_engine.whoosh_readers``. A reader is opened for one generation and never
updated.
"""

from __future__ import annotations

from heapq import merge
from typing import TYPE_CHECKING, Any, TypeVar

from index.interface import StoredFields
from index.manifest import Manifest, damaged_files, latest_generation
from index.whoosh_engine.sections import DamagedSegment
from index.whoosh_engine.segment import SegmentFile
from sources.errors import IndexTrouble

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from index.interface import Deadline
    from index.manifest import Examined
    from index.whoosh_engine.segment import Field, Run


CHECKED_AT_OPENING = 1 << 20  # bytes of a file up to which its contents are compared at each opening
CHECKED_IN_FULL = 1 << 50
_TRIES = 5


class NotUsable(Exception):
    """The index on disk is not what its manifest says; the text is a sentence about it."""


def open_newest(
    folder: Path, examined: Callable[[], Examined], *, read_up_to: int = CHECKED_AT_OPENING
) -> tuple[IndexReader, Manifest]:
    """Open the newest generation together with its manifest.

    Files of at most ``read_up_to`` bytes are compared with their checksums; of larger ones length and
    directory. Raises NotUsable.
    """
    for _ in range(_TRIES):  # another process may put a new generation there at any moment
        found = examined()
        if found.manifest is None or found.generation is None:
            raise NotUsable(found.reason)
        try:
            reader = _opened(folder, found.generation, found.manifest, read_up_to)
        except NotUsable:
            if latest_generation(folder) == found.generation:
                raise
            continue
        return reader, found.manifest
    raise IndexTrouble(f"The search index in {folder} changes all the time; try again in a moment.")


def _opened(folder: Path, generation: int, manifest: Manifest, read_up_to: int) -> IndexReader:
    names = [segment.name for segment in manifest.segments]
    if problems := damaged_files(folder, manifest, names, read_up_to=read_up_to):
        raise NotUsable(f"The search index was damaged: {problems[0]}.")
    try:
        reader = IndexReader(folder, generation, manifest)
    except DamagedSegment as error:
        raise NotUsable(f"The search index was damaged: {error}.") from error
    except OSError as error:
        raise NotUsable(f"The search index cannot be read ({error.strerror}).") from error
    if reader.count != manifest.texts:
        reader.close()
        raise NotUsable("The search index was damaged: it is not what its manifest says.")
    return reader


Derived = TypeVar("Derived")
_PORTION = 512  # terms between two looks at the clock
_NAMES = StoredFields._fields.index("names")
_MOST_STORED = 50_000  # documents whose stored values are kept in memory
_MANY = 8  # a share of all documents this small is cheaper to look up one by one
_REMEMBERED = 64  # parts of the dictionary that are kept in memory


class Part:
    """One segment of a generation: its documents count from ``offset``, those in ``deleted`` from 0."""

    def __init__(self, segment: SegmentFile, offset: int, deleted: frozenset[int]) -> None:
        self.segment = segment
        self.offset = offset
        self.deleted = deleted

    def check(self, count: int) -> None:
        """Make sure that it has ``count`` documents; raises DamagedSegment."""
        there = self.segment.count
        if there != count or any(number >= count for number in self.deleted):
            raise DamagedSegment(f"{self.segment.sections.name} has {there} documents instead of {count}")


class Postings:
    """The documents of a term in ascending order, and how often it occurs in each."""

    def __init__(self, runs: list[tuple[Part, Field, Run]]) -> None:
        self._runs = runs
        self.ids: list[int] = []
        self.frequencies: list[float] = []
        for part, field, run in runs:
            ids = list(field.documents(run.start, run.end))
            frequencies = field.weights[run.start : run.end].tolist()
            if part.deleted:
                kept = [place for place, number in enumerate(ids) if number not in part.deleted]
                ids = [ids[place] for place in kept]
                frequencies = [frequencies[place] for place in kept]
            self.ids += [number + part.offset for number in ids] if part.offset else ids
            self.frequencies += frequencies

    @property
    def where(self) -> tuple[tuple[int, int, int], ...]:
        """Where the postings lie: two of a field that lie at the same positions are the same."""
        return tuple((part.offset, run.start, run.end) for part, _, run in self._runs)


class IndexReader:
    """One generation, as it was when it was opened. Not for several threads at once."""

    def __init__(self, folder: Path, generation: int, manifest: Manifest) -> None:
        """Open all segments; raises DamagedSegment, or OSError when one is missing."""
        self.folder = folder
        self.generation = generation
        self.parts: list[Part] = []
        self.searches = 0
        self._derived: dict[type, object] = {}
        self._lengths: dict[str, float] = {}
        self._stored: dict[int, StoredFields] = {}
        self._dictionaries: dict[str, list[str]] = {}
        self._initials: frozenset[str] | None = None
        offset = 0
        try:
            for name, count, deleted in manifest.segments:
                part = Part(SegmentFile(folder / name), offset, frozenset(deleted))
                self.parts.append(part)
                part.check(count)
                offset += count
        except BaseException:
            self.close()
            raise
        self.all_count = offset
        self.count = offset - sum(len(part.deleted) for part in self.parts)

    def close(self) -> None:
        """Let the files go."""
        for part in self.parts:
            part.segment.close()

    def check(self) -> None:
        """Make sure that no file was cut off since; raises DamagedSegment."""
        for part in self.parts:
            part.segment.sections.check()

    def derived(self, kind: type[Derived], make: Callable[[], Derived]) -> Derived:
        """Return the one value of a class that is derived from this generation; made when first asked for."""
        known = self._derived.get(kind)
        if not isinstance(known, kind):
            known = self._derived[kind] = make()
        return known

    # Postings

    def runs(self, field: str, term: str) -> list[tuple[Part, Field, Run]]:
        """Return where the postings of ``term`` stand, by segment."""
        encoded = term.encode("utf-8", "replace")
        found = []
        for part in self.parts:
            run = part.segment.run(field, encoded)
            if run is not None:
                found.append((part, *run))
        return found

    def postings(self, field: str, term: str, deadline: Deadline) -> Postings:
        """Return where ``term`` stands; empty when it does not, or when the time is up."""
        return Postings([] if deadline.spent() else self.runs(field, term))

    def document_frequency(self, field: str, term: str) -> int:
        """Return in how many documents ``term`` stands, deleted ones included."""
        return sum(run.end - run.start for _, _, run in self.runs(field, term))

    def has(self, field: str, term: str) -> bool:
        """Tell whether ``term`` is in the dictionary of ``field``."""
        return bool(self.runs(field, term))

    def terms(self, field: str, start: str, deadline: Deadline) -> Iterator[str]:
        """Yield the terms of ``field`` that begin with ``start`` in order, until the time is up."""
        return (term for term, _ in self.counted_terms(field, start, deadline))

    def counted_terms(self, field: str, start: str, deadline: Deadline) -> Iterator[tuple[str, int]]:
        """Yield the terms that begin with ``start`` in order, each with its document frequency."""
        encoded = start.encode("utf-8", "replace")
        iterators = [
            ((term, run.end - run.start) for term, run in part.segment.terms_from(field, encoded))
            for part in self.parts
        ]
        last: bytes | None = None
        frequency = 0
        for count, (term, here) in enumerate(iterators[0] if len(iterators) == 1 else merge(*iterators)):
            if count % _PORTION == 0 and deadline.spent():
                return
            if term == last:
                frequency += here
                continue
            if last is not None:
                yield last.decode("utf-8", "replace"), frequency
            last = None
            if not term.startswith(encoded):
                return
            last, frequency = term, here
        if last is not None:
            yield last.decode("utf-8", "replace"), frequency

    def most_frequent(self, field: str, start: str, most: int) -> tuple[dict[str, int], bool]:
        """Return terms that begin with ``start`` and how many documents they are in; tell whether all do.

        Of very many terms they are the ``most`` frequent ones of each segment.
        """
        encoded = start.encode("utf-8", "replace")
        found: dict[str, int] = {}
        whole = True
        for part in self.parts:
            here, there_are = part.segment.most_frequent(field, encoded, most)
            whole = whole and len(here) == there_are
            for term, count in here.items():
                word = term.decode("utf-8", "replace")
                found[word] = found.get(word, 0) + count
        return found, whole

    def dictionary(self, start: str, deadline: Deadline) -> list[str]:
        """Return the terms of all fields that begin with ``start``, some of them only in deleted texts.

        When the time is up it is those of some segments only.
        """
        known = self._dictionaries.get(start)
        if known is None:
            encoded = start.encode("utf-8", "replace")
            terms: set[bytes] = set()
            for part in self.parts:
                if deadline.spent():
                    break
                terms.update(part.segment.terms_begun_by(encoded))
            known = [term.decode("utf-8", "replace") for term in terms]
            if not deadline.spent():
                if len(self._dictionaries) >= _REMEMBERED:
                    self._dictionaries.clear()
                self._dictionaries[start] = known
        return known

    def initials(self) -> frozenset[str]:
        """Return the letters and digits that terms of any field begin with."""
        if self._initials is None:
            found = (part.segment.initials() for part in self.parts)
            self._initials = frozenset(letter for here in found for letter in here if letter.isalnum())
        return self._initials

    def documents(self) -> list[int]:
        """Return all documents."""
        return [
            number + part.offset
            for part in self.parts
            for number in range(part.segment.count)
            if number not in part.deleted
        ]

    # Lengths

    def length(self, field: str, document: int) -> int:
        """Return the length of a field of a document, in words."""
        part = self._part(document)
        return part.segment.length(field, document - part.offset)

    def lengths_of(self, field: str, documents: Collection[int]) -> list[int]:
        """Return the lengths of a field of some documents, in words."""
        if len(self.parts) == 1:
            there = self.parts[0].segment.field(field)
            if there is None or there.lengths is None:
                return [0] * len(documents)
            return list(map(there.lengths.__getitem__, documents))
        if len(documents) * _MANY > self.all_count:
            return list(map(self.lengths(field).__getitem__, documents))
        return [self.length(field, document) for document in documents]

    def lengths(self, field: str) -> list[int]:
        """Return the lengths of a field of all documents, deleted ones included, in words."""
        found: list[int] = []
        for part in self.parts:
            there = part.segment.field(field)
            known = None if there is None else there.lengths
            found += [0] * part.segment.count if known is None else known.tolist()
        return found

    def average_length(self, field: str) -> float:
        """Return the mean length of a field over all documents, deleted ones included; at least 1."""
        known = self._lengths.get(field)
        if known is None:
            found = (part.segment.field(field) for part in self.parts)
            total = sum(one.total_length for one in found if one is not None)
            known = self._lengths[field] = max(total / max(self.all_count, 1), 1.0)
        return known

    def _part(self, document: int) -> Part:
        for part in reversed(self.parts):
            if document >= part.offset:
                return part
        raise IndexError(document)

    # Stored values

    def stored(self, document: int) -> StoredFields:
        """Return what is stored of a document."""
        known = self._stored.get(document)
        if known is None:
            part = self._part(document)
            values: list[Any] = part.segment.stored(document - part.offset)["stored"]
            values[_NAMES] = tuple(values[_NAMES])
            known = StoredFields._make(values)
            if len(self._stored) >= _MOST_STORED:
                self._stored.clear()
            self._stored[document] = known
        return known
