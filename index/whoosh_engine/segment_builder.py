"""Gathering documents, and making a segment of them."""

from __future__ import annotations

import json
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.whoosh_engine.postings import FieldPostings, expand_ranges, write_segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import BinaryIO

    from numpy.typing import NDArray

_MOST_CHUNKS = 600_000  # distinct pieces of text that are remembered; natural text has far fewer
_LOW = np.uint64(0xFFFFFFFF)


class Chunk(NamedTuple):
    """What a piece of text between white space stands for.

    ``words`` is by how many positions it moves on, ``placed`` are terms with their positions from its start,
    and ``without_positions`` are terms that count but have no place.
    """

    words: int
    placed: Sequence[tuple[str, int]]
    without_positions: Sequence[str]


class Posting(NamedTuple):
    """One term of one document, taken apart elsewhere; ``positions`` is empty or ascending."""

    term: bytes
    weight: float
    positions: Sequence[int]


class _Chunks(dict[str, int]):
    """Numbers of the pieces of text seen so far; what they stand for lies in growing arrays."""

    def __init__(self, analyse: Callable[[str], Chunk | str], number: Callable[[str], int]) -> None:
        super().__init__()
        self._analyse = analyse
        self._number = number
        self.words = array("i")
        self.ends = array("q")
        self.terms = array("i")
        self.positions = array("i")  # -1 for none

    def __missing__(self, raw: str) -> int:
        chunk = self._analyse(raw)
        if isinstance(chunk, str):
            number = self[raw] = self[chunk]
            return number
        for term, place in chunk.placed:
            self.terms.append(self._number(term))
            self.positions.append(place)
        for term in chunk.without_positions:
            self.terms.append(self._number(term))
            self.positions.append(-1)
        number = self[raw] = len(self.words)
        self.words.append(chunk.words)
        self.ends.append(len(self.terms))
        return number


class _FieldParts:
    """What was gathered of one field."""

    def __init__(self) -> None:
        self.text_documents = array("i")
        self.text_sizes = array("i")
        self.chunks = array("i")
        self.documents = array("i")
        self.terms = array("i")
        self.weights = array("d")
        self.position_counts = array("i")
        self.positions = array("I")
        self.lengths: dict[int, int] | None = None


class SegmentBuilder:
    """Takes documents in and writes them as one segment; afterwards it can be used for the next.

    ``analyse`` says what a piece of text between white space stands for, or which other piece stands for the
    same; it must not matter what stands beyond the white space.
    """

    def __init__(self, analyse: Callable[[str], Chunk | str]) -> None:
        self._analyse = analyse
        self._reset(everything=True)

    def _reset(self, *, everything: bool) -> None:
        if everything:
            self._numbers: dict[bytes, int] = {}
            self._sorted: list[int] = []  # the numbers of the first terms, by those
            self._chunks = _Chunks(self._analyse, self._number_of)
        self._fields: dict[str, _FieldParts] = {}
        self._stored: list[bytes] = []
        self.size = 0  # pieces and postings gathered

    def forget(self) -> None:
        """Let go of what is remembered of documents before, and of what was not written."""
        self._reset(everything=True)

    def _number_of(self, term: str) -> int:
        return self._numbers.setdefault(term.encode("utf-8", "replace"), len(self._numbers))

    def __len__(self) -> int:
        return len(self._stored)

    def _field(self, name: str) -> _FieldParts:
        parts = self._fields.get(name)
        if parts is None:
            parts = self._fields[name] = _FieldParts()
        return parts

    # Taking in; all of a document's fields, then ``finish``

    def add_text(self, name: str, text: str) -> None:
        """Take in a text as a field of the document under way; it counts as long as it has words."""
        self.add_pieces(name, self.pieces(text))

    def pieces(self, text: str) -> array[int]:
        """Take a text apart into the numbers of its pieces; raises what ``analyse`` raises."""
        return array("i", map(self._chunks.__getitem__, text.split()))

    def add_pieces(self, name: str, pieces: array[int]) -> None:
        """Take in a text that was taken apart as a field of the document under way."""
        parts = self._field(name)
        if parts.lengths is None:
            parts.lengths = {}
        parts.chunks.extend(pieces)
        parts.text_documents.append(len(self._stored))
        parts.text_sizes.append(len(pieces))
        self.size += len(pieces)

    def add_postings(self, name: str, postings: Iterable[Posting], length: int | None) -> None:
        """Take in terms as a field of the document under way; ``length`` is None when it has none."""
        document = len(self._stored)
        for posting in postings:
            self.add_posting(name, document, posting)
        if length is not None:
            self.add_length(name, document, length)

    def add_posting(self, name: str, document: int, posting: Posting) -> None:
        """Take in one term of any document."""
        parts = self._field(name)
        parts.documents.append(document)
        parts.terms.append(self._numbers.setdefault(posting.term, len(self._numbers)))
        parts.weights.append(posting.weight)
        parts.position_counts.append(len(posting.positions))
        parts.positions.extend(posting.positions)
        self.size += 1 + len(posting.positions)

    def add_terms(self, name: str, terms: Sequence[bytes]) -> None:
        """Take in different terms without positions as a field of the document, which gets no length."""
        parts = self._field(name)
        numbers = self._numbers
        parts.documents.extend([len(self._stored)] * len(terms))
        parts.terms.extend([numbers.setdefault(term, len(numbers)) for term in terms])
        parts.weights.extend([1.0] * len(terms))
        parts.position_counts.extend([0] * len(terms))
        self.size += len(terms)

    def add_length(self, name: str, document: int, length: int) -> None:
        """Add to the length of a field of any document."""
        parts = self._field(name)
        if parts.lengths is None:
            parts.lengths = {}
        parts.lengths[document] = parts.lengths.get(document, 0) + length

    def finish(self, stored: dict[str, Any]) -> None:
        """End the document under way; ``stored`` has to be fit for JSON."""
        self._stored.append(
            json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
            if stored
            else b""
        )

    # Writing

    def write(self, file: BinaryIO) -> int:
        """Write what was taken in as a segment and forget it; return the number of documents."""
        terms = list(self._numbers)  # by their numbers
        # What was sorted before takes no time to be sorted once more.
        self._sorted += range(len(self._sorted), len(terms))
        self._sorted.sort(key=terms.__getitem__)
        order = np.array(self._sorted, np.int64)
        rank = np.empty(len(terms), np.int64)
        rank[order] = np.arange(len(terms))
        gathered = {name: self._postings(parts, rank) for name, parts in sorted(self._fields.items())}
        # The dictionary holds only what this segment uses; the rest is from segments before.
        used = np.zeros(len(terms), bool)
        for postings in gathered.values():
            used[postings.terms] = True
        number = np.cumsum(used) - 1
        dictionary = [terms[number] for number in order[used].tolist()]
        fields = {
            name: replace(postings, terms=number[postings.terms]) for name, postings in gathered.items()
        }
        write_segment(file, dictionary, fields, self._stored)
        count = len(self._stored)
        self._reset(everything=len(self._chunks) > _MOST_CHUNKS)
        return count

    def _postings(self, parts: _FieldParts, rank: NDArray[Any]) -> FieldPostings:
        """Make arrays of what was gathered of a field; ``rank`` is the place of each term."""
        text, lengths = self._from_text(parts, rank)
        records = _from_records(parts, rank)
        if parts.lengths:
            at = np.fromiter(parts.lengths.keys(), np.int64, len(parts.lengths))
            lengths[at] += np.fromiter(parts.lengths.values(), np.int64, len(parts.lengths))
        if not records.ids.size:
            chosen = text
        elif not text.ids.size:
            chosen = records
        else:
            chosen = _by_term(
                *(np.concatenate(pair) for pair in zip(_columns(text), _columns(records), strict=True))
            )
        return replace(chosen, lengths=None if parts.lengths is None else lengths)

    def _from_text(self, parts: _FieldParts, rank: NDArray[Any]) -> tuple[FieldPostings, NDArray[Any]]:
        if not parts.chunks:
            return _NO_POSTINGS, np.zeros(len(self._stored), np.int64)
        known = self._chunks
        # Indexing with anything but the machine's own integers is several times as slow.
        chunks = np.frombuffer(parts.chunks, np.int32).astype(np.intp)
        sizes = np.array(parts.text_sizes, np.intp)
        owners = np.repeat(np.array(parts.text_documents, np.int32), sizes)
        words = np.frombuffer(known.words, np.int32).take(chunks)
        lengths = np.bincount(owners, weights=words, minlength=len(self._stored)).astype(np.int64)
        # The place of a chunk is the number of words before it in its text.
        before = np.cumsum(words, dtype=np.int32) - words
        text_starts = np.cumsum(sizes) - sizes
        first = np.append(before, np.int32(0))[np.minimum(text_starts, len(before))]
        before -= np.repeat(first, sizes)
        ends = np.frombuffer(known.ends, np.int64)
        starts = np.concatenate(([0], ends[:-1]))
        counts = (ends - starts).take(chunks)
        at = expand_ranges(starts.take(chunks), counts)
        terms = rank[np.frombuffer(known.terms, np.int32)].take(at)
        positions = np.frombuffer(known.positions, np.int32).take(at)
        positions += np.repeat(before, counts) * (positions >= 0)
        return _counted(terms, np.repeat(owners, counts), positions), lengths


_NOTHING = np.empty(0, np.int64)
_NO_POSTINGS = FieldPostings(_NOTHING, np.zeros(1, np.int64), *(_NOTHING,) * 4, None)


def _counted(terms: NDArray[Any], documents: NDArray[Any], positions: NDArray[Any]) -> FieldPostings:
    """Make postings of single occurrences, which come by document and place."""
    # Sorting packed keys is several times as quick as sorting by several columns.
    key = (terms.astype(np.uint64) << np.uint64(32)) | np.arange(len(terms), dtype=np.uint64)
    key.sort()
    order = (key & _LOW).astype(np.int64)
    del key
    terms, documents, positions = terms[order], documents[order], positions[order]
    new = np.ones(len(terms), bool)
    new[1:] = (terms[1:] != terms[:-1]) | (documents[1:] != documents[:-1])
    firsts = np.flatnonzero(new)
    weights = np.diff(np.append(firsts, len(terms)))
    placed = positions >= 0
    position_counts = np.add.reduceat(placed, firsts, dtype=np.int64) if len(firsts) else weights
    return _runs(terms[firsts], documents[firsts], weights, position_counts, positions[placed])


def _from_records(parts: _FieldParts, rank: NDArray[Any]) -> FieldPostings:
    return _by_term(
        rank[np.array(parts.terms, np.int64)],
        np.array(parts.documents, np.int64),
        np.array(parts.weights, np.float64),
        np.array(parts.position_counts, np.int64),
        np.array(parts.positions, np.int64),
    )


def _by_term(*columns: NDArray[Any]) -> FieldPostings:
    """Make postings of the columns that `_runs` takes, in any order."""
    terms, documents, weights, position_counts, positions = columns
    order = np.lexsort((documents, terms))
    counts = position_counts[order]
    starts = (np.cumsum(position_counts) - position_counts)[order]
    at = expand_ranges(starts, counts)
    return _runs(terms[order], documents[order], weights[order], counts, positions[at])


def _runs(
    terms: NDArray[Any],
    documents: NDArray[Any],
    weights: NDArray[Any],
    position_counts: NDArray[Any],
    positions: NDArray[Any],
) -> FieldPostings:
    """Make postings of columns that are sorted by term and document."""
    new = np.ones(len(terms), bool)
    new[1:] = terms[1:] != terms[:-1]
    firsts = np.flatnonzero(new)
    return FieldPostings(
        terms[firsts], np.append(firsts, len(terms)), documents, weights, position_counts, positions, None
    )


def _columns(postings: FieldPostings) -> tuple[NDArray[Any], ...]:
    terms = np.repeat(postings.terms, np.diff(postings.starts))
    return terms, postings.ids, postings.weights, postings.position_counts, postings.positions
