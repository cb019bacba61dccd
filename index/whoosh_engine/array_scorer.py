"""ArrayScorer: sets of scored documents as numpy arrays, each operation over all documents at once.

Scores are what ``scorers.DictScorer`` computes, posting by posting, up to the rounding of sums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from index.bm25f import FIELD_WEIGHTS, LENGTH_SHARE, SATURATION, idf
from index.whoosh_engine.postings import documents_of, live_postings
from index.whoosh_engine.segment_terms import PostingsReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from index.interface import Deadline
    from index.query.tree import TermQuery
    from index.reader import IndexReader, Part
    from index.scorers import PhraseTerms
    from index.whoosh_engine.segment import Field, Run, SegmentFile


def phrase_occurrences(
    segment: SegmentFile, name: str, terms: PhraseTerms, live: NDArray[Any] | None
) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """Count in each document of a segment where all terms stand at their distances from one another.

    ``live`` tells which documents are not deleted; None when all are there. Returns documents and
    counts; None when a term is not there at all.
    """
    lists: list[tuple[int, Field, Run]] = []
    for distance, term in terms:
        found = segment.run(name, term.encode("utf-8", "replace"))
        if found is None:
            return None
        lists.append((distance, *found))
    lists.sort(key=lambda entry: entry[2].end - entry[2].start)
    _, field, run = lists[0]
    ids, frequencies = live_postings(field, run, live)
    if len(lists) == 1:
        return ids, frequencies
    for _, field, run in lists[1:]:
        others = documents_of(field, run.start, run.end)
        at = np.minimum(others.searchsorted(ids.astype(others.dtype)), len(others) - 1)
        ids = ids[others[at] == ids]
    farthest = max(distance for distance, _, _ in lists)
    starts: NDArray[Any] | None = None
    for distance, field, run in lists:
        here = _packed_positions(field, run, ids, farthest - distance)
        starts = here if starts is None else np.intersect1d(starts, here, assume_unique=True)
    counts = np.bincount((starts if starts is not None else ids) >> 32, minlength=0)
    there = np.flatnonzero(counts)
    return ids[there], counts[there]


def _packed_positions(field: Field, run: Run, ids: NDArray[Any], moved: int) -> NDArray[Any]:
    """Return the positions of a run's term in documents that have it, ``moved`` on.

    Each is packed with the place of its document in ``ids``: ``document << 32 | place``.
    """
    start, end = field.position_range(run)
    if start == end:
        return np.empty(0, np.int64)
    documents = documents_of(field, run.start, run.end)
    at = documents.searchsorted(ids.astype(documents.dtype))
    counts = np.asarray(field.position_counts[run.start : run.end])
    ends = np.cumsum(counts, dtype=np.int64)[at]
    sizes = counts[at].astype(np.int64)
    offsets = np.repeat(start + ends - sizes - (np.cumsum(sizes) - sizes), sizes)
    positions = np.asarray(field.positions)[offsets + np.arange(len(offsets))].astype(np.int64)
    owners = np.repeat(np.arange(len(ids), dtype=np.int64), sizes)
    packed: NDArray[Any] = (owners << 32) | (positions + moved)
    return packed


# Arrays as
# long as there are documents are kept and reused between operations; they hold the same value everywhere
# when no operation is under way.

_SPARSE = 12  # how many times fewer documents make bisection cheaper than a table of all
_RARE = 100  # how many times fewer documents make sorting cheaper than a look at all
_MANY = 8  # terms from which on neighbours in the dictionary are looked for


class Docs(Protocol):
    """Documents in ascending order, and their scores; perhaps worked out when they are asked for."""

    @property
    def ids(self) -> NDArray[Any]: ...  # noqa: D102 - the class says it

    @property
    def scores(self) -> NDArray[Any]: ...  # noqa: D102 - the class says it


class ScoredDocs(NamedTuple):
    """Documents in ascending order, and their scores."""

    ids: NDArray[Any]
    scores: NDArray[Any]


_NONE = ScoredDocs(np.empty(0, np.int64), np.empty(0, np.float64))


class ReaderArrays:
    """What one reader's segments hold, as arrays; made once for a reader."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        count = reader.all_count
        self.sums = np.zeros(count, np.float64)
        self.member = np.zeros(count, bool)
        self.place = np.full(count, -1, np.int32)
        self._live: dict[int, NDArray[Any]] = {}
        self._scales: dict[tuple[int, str], NDArray[Any] | float] = {}
        self._lookups: list[PostingsReader] | None = None
        self._sums: dict[int, tuple[object, NDArray[Any]]] = {}

    def lookups(self) -> list[PostingsReader]:
        """Return what finds postings in each segment."""
        if self._lookups is None:
            self._lookups = [PostingsReader(self.reader, part, self.live(part)) for part in self.reader.parts]
        return self._lookups

    def sums_of(self, lookup: PostingsReader, owner: object) -> tuple[NDArray[Any], bool]:
        """Return numbers for all documents of a segment, and whether ``owner`` asked for them last."""
        before, sums = self._sums.get(lookup.part.offset, (None, None))
        if sums is None:
            sums = np.zeros(lookup.count, np.int32)
        self._sums[lookup.part.offset] = (owner, sums)
        return sums, before is owner

    def live(self, part: Part) -> NDArray[Any] | None:
        """Return which documents of a part are not deleted; None when all are there."""
        if not part.deleted:
            return None
        known = self._live.get(part.offset)
        if known is None:
            known = self._live[part.offset] = np.ones(part.segment.count, bool)
            known[list(part.deleted)] = False
        return known

    def scale(self, part: Part, field: Field) -> NDArray[Any] | float:
        """Return by what a frequency is divided in each document of a part: its share of the length."""
        key = (part.offset, field.name)
        known = self._scales.get(key)
        if known is None:
            share = LENGTH_SHARE[field.name]
            if field.lengths is None or not share:
                known = 1.0 - share
            else:
                per_word = share / self.reader.average_length(field.name)
                known = 1.0 - share + per_word * np.asarray(field.lengths)
            self._scales[key] = known
        return known


class ArrayScorer:
    """The operations of ``scorers.Scorer`` on arrays."""

    def __init__(self, arrays: ReaderArrays, deadline: Deadline) -> None:
        self._arrays = arrays
        self._reader = arrays.reader
        self._deadline = deadline
        self._known: dict[tuple[tuple[str, tuple[str, ...]], ...], ScoredDocs] = {}
        self._shares: dict[tuple[str, str], list[ScoredDocs]] = {}

    def term_query(self, _: TermQuery, evaluate: Callable[[], Docs]) -> Docs:
        """Return what ``evaluate`` returns."""
        return evaluate()

    # What the index holds

    def terms(self, terms: Mapping[str, Sequence[str]]) -> ScoredDocs:
        """Return what holds any of ``terms`` (by field), scored as if they were one word."""
        key = tuple((field, tuple(wanted)) for field, wanted in terms.items())
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._words(terms)
        return known

    def _words(self, terms: Mapping[str, Sequence[str]]) -> ScoredDocs:
        found: list[ScoredDocs] = []
        for field, wanted in terms.items():
            if len(wanted) > _MANY:
                found += self._shares_of_many(field, wanted)
                continue
            for term in wanted:
                shares = self._shares.get((field, term))
                if shares is None:
                    shares = self._shares[field, term] = self._shares_of(field, term)
                found += shares
        if self._deadline.spent():
            return _NONE
        return self._saturated(self._summed(found))

    def _shares_of(self, field: str, term: str) -> list[ScoredDocs]:
        """Return what a term adds in each document, by segment."""
        found = []
        for part, kept, run in self._reader.runs(field, term):
            ids, frequencies = live_postings(kept, run, self._arrays.live(part))
            share = self._share(part, kept, ids, frequencies)
            found.append(ScoredDocs(ids + part.offset if part.offset else ids, share))
        return found

    def _shares_of_many(self, field: str, terms: Sequence[str]) -> list[ScoredDocs]:
        """Return what many terms add, by segment; neighbours in the dictionary are read in one go."""
        found = []
        sums = self._arrays.sums
        for lookup in self._arrays.lookups():
            ranges = [where for term in terms for where in lookup.ranges((field,), term)]
            read = lookup.stretches(ranges)
            if not read or self._deadline.spent():
                continue
            here = np.concatenate([postings.ids for postings in read]).astype(np.intp)
            frequencies = np.concatenate([postings.frequencies for postings in read])
            shares = read[0].field.shares(here, frequencies)
            here += lookup.part.offset
            together = self._union([here])
            np.add.at(sums, here, shares)
            found.append(ScoredDocs(together, sums[together]))
            sums[together] = 0.0
        return found

    def _share(self, part: Part, field: Field, ids: NDArray[Any], frequencies: NDArray[Any]) -> NDArray[Any]:
        scale = self._arrays.scale(part, field)
        share: NDArray[Any] = FIELD_WEIGHTS[field.name] * frequencies
        share /= scale if isinstance(scale, float) else scale[ids]
        return share

    def _summed(self, found: Sequence[Docs]) -> ScoredDocs:
        """Add scores up by document; each of ``found`` holds no document twice."""
        some = [one for one in found if len(one.ids)]
        if len(some) < 2:
            return ScoredDocs(some[0].ids, some[0].scores) if some else _NONE
        together = self._union([one.ids for one in some])
        sums = self._arrays.sums
        for one in some:
            np.add.at(sums, one.ids, one.scores)
        total = sums[together]
        sums[together] = 0.0
        return ScoredDocs(together, total)

    def _union(self, ids: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """Return all documents of several lists, sorted."""
        member = self._arrays.member
        if sum(map(len, ids)) * _RARE < len(member):
            joined = np.sort(np.concatenate(ids))
            new = np.ones(len(joined), bool)
            new[1:] = joined[1:] != joined[:-1]
            return joined[new]
        for some in ids:
            member[some] = True
        together = np.flatnonzero(member)
        member[together] = False
        return together

    def _saturated(self, found: Docs) -> ScoredDocs:
        """Turn sums of shares into the score of one word."""
        count = len(found.ids)
        rarity = idf(count, self._reader.count)
        sums = found.scores
        return ScoredDocs(found.ids, rarity * sums * (SATURATION + 1.0) / (SATURATION + sums))

    def phrase(self, fields: Sequence[str], terms: PhraseTerms) -> ScoredDocs:
        """Return what holds all terms at their distances in one of ``fields``, scored as one word."""
        shares: list[ScoredDocs] = []
        for name in fields:
            for part in self._reader.parts:
                if self._deadline.spent():
                    return _NONE
                found = phrase_occurrences(part.segment, name, terms, self._arrays.live(part))
                field = part.segment.field(name)
                if found is not None and field is not None:
                    ids, counts = found
                    shares.append(ScoredDocs(ids + part.offset, self._share(part, field, ids, counts)))
        return self._saturated(self._summed(shares))

    def counts(self, counted: Mapping[str, Mapping[int, float]]) -> ScoredDocs:
        """Return what was counted elsewhere (by field and document), scored as one word."""
        shares: list[ScoredDocs] = []
        for name, counts in counted.items():
            documents = np.array(sorted(counts), np.int64)
            frequencies = np.array([counts[number] for number in documents.tolist()], np.float64)
            for part in self._reader.parts:
                field = part.segment.field(name)
                first, last = documents.searchsorted([part.offset, part.offset + part.segment.count])
                if field is not None and first < last:
                    some = documents[first:last]
                    share = self._share(part, field, some - part.offset, frequencies[first:last])
                    shares.append(ScoredDocs(some, share))
        return self._saturated(self._summed(shares))

    def filter(self, field: str, terms: Iterable[str]) -> ScoredDocs:
        """Return what holds any of ``terms``, without scores."""
        ids = []
        for term in terms:
            if self._deadline.spent():
                break
            for part, kept, run in self._reader.runs(field, term):
                ids.append(live_postings(kept, run, self._arrays.live(part))[0] + part.offset)
        return _unscored(self._union(ids)) if ids else _NONE

    def all_docs(self) -> ScoredDocs:
        """Return all documents, without scores."""
        ids = []
        for part in self._reader.parts:
            live = self._arrays.live(part)
            here = np.arange(part.segment.count) if live is None else np.flatnonzero(live)
            ids.append(here + part.offset)
        return _unscored(np.concatenate(ids)) if ids else _NONE

    # Combinations

    def union(self, found: Sequence[Docs]) -> ScoredDocs:
        """Return what any of the sets holds, with the sum of the scores."""
        return self._summed(found)

    def intersection(self, found: Sequence[Docs]) -> ScoredDocs:
        """Return what all of the sets hold, with the sum of the scores."""
        if not found:
            return _NONE
        order = sorted(range(len(found)), key=lambda place: len(found[place].ids))
        ids = found[order[0]].ids
        for place in order[1:]:
            ids = ids[self._locate(found[place].ids, ids) >= 0]
        scores: NDArray[Any] = np.zeros(len(ids))
        for one in found:
            scores = scores + one.scores[self._locate(one.ids, ids)]
        return ScoredDocs(ids, scores)

    def _locate(self, ids: NDArray[Any], wanted: NDArray[Any]) -> NDArray[Any]:
        """Return where each of ``wanted`` stands in ``ids``, -1 for what does not; both are sorted."""
        if len(ids) == 0:
            return np.full(len(wanted), -1, np.int64)
        if len(wanted) * _SPARSE < len(ids):
            at = np.minimum(ids.searchsorted(wanted), len(ids) - 1)
            found: NDArray[Any] = np.where(ids[at] == wanted, at, -1)
            return found
        place = self._arrays.place
        try:
            place[ids] = np.arange(len(ids), dtype=np.int32)
            found = place[wanted]
        finally:
            place[ids] = -1
        return found

    def difference(self, found: Docs, others: Docs) -> ScoredDocs:
        """Return what is in ``found`` and not in ``others``."""
        stay = self._locate(others.ids, found.ids) < 0
        return ScoredDocs(found.ids[stay], found.scores[stay])

    def restrict(self, found: Docs, others: Docs) -> ScoredDocs:
        """Return what is in both, with the scores of ``found``."""
        stay = self._locate(others.ids, found.ids) >= 0
        return ScoredDocs(found.ids[stay], found.scores[stay])

    def boost(self, found: Docs, factor: float) -> ScoredDocs:
        """Return the same documents with ``factor`` times their scores."""
        return ScoredDocs(found.ids, found.scores * factor)

    def lift(self, found: Docs, others: Sequence[Docs], lift: float) -> ScoredDocs:
        """Return ``found`` with ``lift`` added to the scores of what all ``others`` hold."""
        at = self._locate(found.ids, self.intersection(others).ids)
        scores = found.scores.copy()
        scores[at[at >= 0]] += lift
        return ScoredDocs(found.ids, scores)

    # Answers

    def max_score(self, found: Docs) -> float:
        """Return the highest score; 0 of an empty set."""
        return float(found.scores.max()) if len(found.scores) else 0.0

    def count(self, found: Docs) -> int:
        """Return the number of documents."""
        return len(found.ids)

    def documents(self, found: Docs) -> list[int]:
        """Return all documents."""
        listed: list[int] = found.ids.tolist()
        return listed

    def contained(self, found: Docs, documents: Sequence[int]) -> list[int]:
        """Return those of ``documents`` (ascending) that were found."""
        if not len(found.ids) or not documents:
            return []
        wanted = np.asarray(documents)
        at = np.searchsorted(found.ids, wanted).clip(max=len(found.ids) - 1)
        held: list[int] = wanted[found.ids[at] == wanted].tolist()
        return held

    def scores(self, found: Docs, documents: Sequence[int]) -> list[float]:
        """Return the scores of some of the documents that were found."""
        at = found.ids.searchsorted(np.array(documents, np.int64))
        listed: list[float] = found.scores[at].tolist()
        return listed

    def top(self, found: Docs, count: int) -> list[tuple[int, float]]:
        """Return the ``count`` best with their scores, and all that score as the last; unordered."""
        ids, scores = found.ids, found.scores
        if count <= 0:
            return []
        if len(ids) > count:
            least = np.partition(scores, len(scores) - count)[len(scores) - count]
            stay = np.flatnonzero(scores >= least)
            ids, scores = ids[stay], scores[stay]
        return list(zip(ids.tolist(), scores.tolist(), strict=True))


def _unscored(ids: NDArray[Any]) -> ScoredDocs:
    return ScoredDocs(ids, np.zeros(len(ids)))
