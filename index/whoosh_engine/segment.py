"""Reads one segment file without numpy: its dictionary, postings, lengths and stored values.

A segment is a file of sections (see ``sections``), each an array of little-endian numbers. ``u`` is the
smallest of 1, 2, 4 or 8 bytes that holds the section's greatest number.

    section           elements               bytes   what
    terms             bytes of all terms     1       the dictionary: UTF-8, sorted by bytes
    term ends         terms                  u       where each term ends in ``terms``
    stored            bytes of documents     1       JSON of each document
    stored ends       documents              u       where each document ends in ``stored``
    F/terms           terms of field F       u       their numbers in the dictionary, ascending
    F/starts          terms of F + 1         u       where the postings of each term begin
    F/ids             postings of F          u       documents, ascending for each term
    F/upper           postings of F / 8      1       one bit a posting: its document is 65,536 more
    F/weights         postings of F          u       frequencies; doubles (8) where one is no integer
    F/bounds          postings of F          1       bound of a word's score, in 255ths of its greatest
    F/lengths         documents              u       length of F in words
    F/place starts    terms of F + 1         u       where the positions of each term begin
    F/places          occurrences in F       u       positions, ascending for each posting
    F/place counts    postings of F          u       positions of each, where not as many as its weight
    F/shared, F/same  terms of F, some       u       a term without postings, and whose postings it has

``upper`` is there with 65,537 to 131,072 documents, where ``ids`` then take 2 bytes; ``bounds`` for ``text``
only; ``place counts``, ``shared`` and ``same`` where they are needed. The directory keeps for each field its
total, shortest and longest length and whether it has positions.

With 10,000 texts of 400 words a posting of ``text`` takes 4 bytes (document 2, weight 1, bound 1) and 2 for
each position; a term 9 in the dictionary, 4 for its end and 12 in ``text``; the JSON of a document 271.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from heapq import nlargest
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from index.whoosh_engine.sections import DamagedSegment, Sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

UPPER = 1 << 16  # what an upper bit stands for
_SELDOM = 64  # positions asked for up to which some of the dictionary in memory would not pay
_APART = 32  # terms between two that are kept in memory then
_REMEMBERED = 1 << 14  # terms of a segment whose numbers are kept in memory


class Run(NamedTuple):
    """The postings of a term in a field: its number there, and where they begin and end."""

    term: int
    start: int
    end: int


class Field:
    """One field of a segment."""

    def __init__(self, sections: Sections, name: str, about: dict[str, Any]) -> None:
        self.name = name
        self.total_length = int(about["total length"])
        self.shortest = int(about["shortest"])
        self.longest = int(about["longest"])
        self.has_positions = bool(about["has places"])
        self.terms = sections.section(f"{name}/terms")
        self.starts = sections.section(f"{name}/starts")
        self.ids = sections.section(f"{name}/ids")
        self.upper = sections.section(f"{name}/upper") if f"{name}/upper" in sections else None
        self.weights = sections.section(f"{name}/weights")
        self.lengths = sections.section(f"{name}/lengths") if f"{name}/lengths" in sections else None
        self.position_counts = self.weights
        self.bounds = sections.section(f"{name}/bounds") if f"{name}/bounds" in sections else None
        self.shared: Sequence[int] = ()
        self.same: Sequence[int] = ()
        if f"{name}/shared" in sections:
            self.shared = sections.section(f"{name}/shared")
            self.same = sections.section(f"{name}/same")
        if self.has_positions:
            self.position_starts = sections.section(f"{name}/place starts")
            self.positions = sections.section(f"{name}/places")
            if f"{name}/place counts" in sections:
                self.position_counts = sections.section(f"{name}/place counts")
        self._check(sections)

    def _check(self, sections: Sections) -> None:
        count = len(self.terms)
        whole = len(self.starts) == count + 1 and self.starts[count] == len(self.ids) == len(self.weights)
        if self.has_positions:
            whole = whole and len(self.position_starts) == count + 1
            whole = whole and self.position_starts[count] == len(self.positions)
            whole = whole and len(self.position_counts) == len(self.ids)
        whole = whole and len(self.shared) == len(self.same)
        whole = whole and (self.upper is None or len(self.upper) * 8 >= len(self.ids))
        whole = whole and (self.bounds is None or len(self.bounds) == len(self.ids))
        if not whole:
            raise DamagedSegment(f"{sections.name} does not agree with itself about the field {self.name}")

    def run(self, term: int) -> Run | None:
        """Return the postings of the term of that number in the dictionary; None when it has none."""
        place = bisect_left(self.terms, term)
        if place == len(self.terms) or self.terms[place] != term:
            return None
        return self.run_at(place)

    def run_at(self, place: int) -> Run:
        """Return the postings of the field's own term of that number; raises DamagedSegment."""
        start, end = self.starts[place], self.starts[place + 1]
        if start == end:
            at = bisect_left(self.shared, place)
            if at == len(self.shared) or self.shared[at] != place:
                raise DamagedSegment(f"the field {self.name} has a term without postings")
            same = self.same[at]
            start, end = self.starts[same], self.starts[same + 1]
        return Run(place, start, end)

    def documents(self, start: int, end: int) -> Sequence[int]:
        """Return the documents of the postings of one run, or of some that follow one another in it."""
        if self.upper is None:
            return self.ids[start:end]
        split = self.split(start, end)
        return self.ids[start:split].tolist() + [UPPER + low for low in self.ids[split:end]]

    def split(self, start: int, end: int) -> int:
        """Return where in a run the documents begin whose numbers take more than two bytes."""
        upper = self.upper
        if upper is None:
            return end
        return bisect_left(range(end), 1, lo=start, key=lambda at: upper[at >> 3] >> (at & 7) & 1)

    def lower_bound(self, document: int, start: int, end: int) -> int:
        """Return where a document stands or would be in a run, or in some of its postings."""
        if self.upper is None:
            return bisect_left(self.ids, document, start, end)
        split = self.split(start, end)
        if document < UPPER:
            return bisect_left(self.ids, document, start, split)
        return bisect_left(self.ids, document - UPPER, split, end)

    def positions_of(self, run: Run) -> list[list[int]]:
        """Return the positions of all postings of a run; empty ones when the term has none."""
        start, end = self.position_range(run)
        if start == end:
            return [[] for _ in range(run.end - run.start)]
        flat = self.positions[start:end].tolist()
        ends = list(accumulate(map(int, self.position_counts[run.start : run.end])))
        return [flat[begin:stop] for begin, stop in zip([0, *ends], ends, strict=False)]

    def position_range(self, run: Run) -> tuple[int, int]:
        """Return where the positions of a run begin and end; the same when it has none."""
        if not self.has_positions:
            return 0, 0
        return self.position_starts[run.term], self.position_starts[run.term + 1]


class SegmentFile:
    """One segment; its documents count from 0. Raises DamagedSegment or OSError when opened."""

    def __init__(self, path: Path) -> None:
        self.sections = Sections(path)
        try:
            about = self.sections.about
            self.count = int(about["count"])
            self._about: dict[str, dict[str, Any]] = about["fields"]
            self._text = self.sections.section("terms")
            self._ends = self.sections.section("term ends")
            self._stored = self.sections.section("stored")
            self._stored_ends = self.sections.section("stored ends")
            self._check()
        except (KeyError, TypeError, ValueError) as error:
            self.sections.close()
            raise DamagedSegment(f"{path.name} has a strange directory") from error
        except DamagedSegment:
            self.sections.close()
            raise
        self._fields: dict[str, Field] = {}
        self._numbers: dict[bytes, int] = {}
        self._asked = 0
        self._some: list[bytes] | None = None

    def _check(self) -> None:
        terms = len(self._ends)
        if (self._ends[terms - 1] if terms else 0) != len(self._text):
            raise DamagedSegment(f"{self.sections.name} has a damaged dictionary")
        stored = self._stored_ends
        if len(stored) != self.count or (stored[-1] if self.count else 0) != len(self._stored):
            raise DamagedSegment(f"{self.sections.name} has damaged stored values")

    def close(self) -> None:
        """Let the file go."""
        self.sections.close()

    def field_names(self) -> list[str]:
        """Return the names of all fields, sorted."""
        return sorted(self._about)

    def field(self, name: str) -> Field | None:
        """Return a field; None when no document has it."""
        known = self._fields.get(name)
        if known is None and name in self._about:
            known = self._fields[name] = Field(self.sections, name, self._about[name])
        return known

    # Dictionary

    def term(self, number: int) -> bytes:
        """Return a term of the dictionary by its number."""
        return bytes(self._text[self._ends[number - 1] if number else 0 : self._ends[number]])

    def term_count(self) -> int:
        """Return the number of terms in the dictionary."""
        return len(self._ends)

    def terms(self) -> list[bytes]:
        """Return the whole dictionary."""
        text = bytes(self._text)
        ends = self._ends.tolist()
        return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def position(self, term: bytes) -> int:
        """Return the number of the first term that is not before ``term``."""
        count = len(self._ends)
        if self._some is None:
            self._asked += 1
            if self._asked < _SELDOM:
                return self.lower_bound(term, 0, count)
            self._some = [self.term(number) for number in range(0, count, _APART)]
        low = max(bisect_right(self._some, term) - 1, 0) * _APART
        return self.lower_bound(term, low, min(low + _APART, count))

    def lower_bound(self, term: bytes, low: int, high: int) -> int:
        """Return the same for a term that is known to belong between two numbers."""
        return bisect_left(range(high), term, lo=low, key=self.term)

    def number(self, term: bytes) -> int:
        """Return the number of a term; -1 when it is not in the dictionary."""
        known = self._numbers.get(term)
        if known is None:
            place = self.position(term)
            known = place if place < len(self._ends) and self.term(place) == term else -1
            self._remember({term: known})
        return known

    def _remember(self, numbers: dict[bytes, int]) -> None:
        if len(self._numbers) > _REMEMBERED:
            self._numbers.clear()
        self._numbers.update(numbers)

    def run(self, name: str, term: bytes) -> tuple[Field, Run] | None:
        """Return the postings of a term in a field; None when there are none."""
        field = self.field(name)
        if field is None:
            return None
        number = self.number(term)
        run = field.run(number) if number >= 0 else None
        return None if run is None else (field, run)

    def terms_from(self, name: str, start: bytes) -> Iterator[tuple[bytes, Run]]:
        """Yield the terms of a field from ``start`` on, with their postings."""
        field = self.field(name)
        if field is None:
            return
        first = bisect_left(field.terms, self.position(start))
        size = 16
        while first < len(field.terms):
            numbers = field.terms[first : first + size].tolist()
            starts = field.starts[first : first + size + 1].tolist()
            terms = [self.term(number) for number in numbers]
            self._remember(dict(zip(terms, numbers, strict=True)))
            for place, term in enumerate(terms):
                if starts[place] < starts[place + 1]:
                    yield term, Run(first + place, starts[place], starts[place + 1])
                else:
                    yield term, field.run_at(first + place)
            first += size
            size = min(2 * size, _REMEMBERED)

    def most_frequent(self, name: str, start: bytes, most: int) -> tuple[dict[bytes, int], int]:
        """Return the ``most`` terms of a field that are in most documents, of all that begin so.

        Each comes with how many documents it is in, and all of them with how many terms begin so; the text
        of no other term is read.
        """
        field = self.field(name)
        if field is None:
            return {}, 0
        first = bisect_left(field.terms, self.position(start))
        last = bisect_left(field.terms, self.position(start + b"\xff"), first)  # which is not in UTF-8
        starts = field.starts[first : last + 1].tolist()
        counts = [after - before for before, after in pairwise(starts)]
        for place, count in enumerate(counts):
            if not count:
                run = field.run_at(first + place)
                counts[place] = run.end - run.start
        best = nlargest(most, range(len(counts)), key=counts.__getitem__)
        return {self.term(field.terms[first + place]): counts[place] for place in best}, len(counts)

    def terms_begun_by(self, start: bytes) -> list[bytes]:
        """Return the terms of the dictionary, of whatever field, that begin with ``start``."""
        return self.terms_between(self.position(start), self.position(start + b"\xff"))  # not in UTF-8

    def terms_between(self, first: int, last: int) -> list[bytes]:
        """Return the terms of the dictionary from one number up to another."""
        if first >= last:
            return []
        ends = self._ends[first:last].tolist()
        base = self._ends[first - 1] if first else 0
        text = bytes(self._text[base : ends[-1]])
        return [text[begin - base : end - base] for begin, end in zip([base, *ends], ends, strict=False)]

    def initials(self) -> list[str]:
        """Return the characters that terms begin with, in order."""
        found = []
        place = 0
        while place < self.term_count():
            letter = self.term(place).decode("utf-8", "replace")[:1]
            found.append(letter)
            after = letter.encode("utf-8", "replace") + b"\xff"  # which no text in UTF-8 holds
            place = max(self.lower_bound(after, place, self.term_count()), place + 1)
        return found

    # Documents

    def length(self, name: str, document: int) -> int:
        """Return the length of a field of a document; 0 when it has none."""
        field = self.field(name)
        return 0 if field is None or field.lengths is None else field.lengths[document]

    def stored(self, document: int) -> dict[str, Any]:
        """Return what is stored of a document."""
        data = self.stored_bytes(document)
        # The engine's own way to find out how bytes are encoded takes as long as reading them.
        read: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass")) if data else {}
        return read

    def stored_bytes(self, document: int) -> bytes:
        """Return what is stored of a document as it was written; nothing for nothing."""
        start = self._stored_ends[document - 1] if document else 0
        return bytes(self._stored[start : self._stored_ends[document]])
