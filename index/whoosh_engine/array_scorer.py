"""ArrayScorer: sets of scored documents as numpy arrays, each operation over all documents at once.

Scores are what ``scorers.DictScorer`` computes, posting by posting, up to the rounding of sums.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.bm25f import SATURATION, idf
from index.whoosh_engine.maxscore import TermQueryDocs
from index.whoosh_engine.postings import documents_of, expand_ranges
from index.whoosh_engine.segment_arrays import ScoredDocs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from index.interface import Deadline
    from index.positions import PhraseWords
    from index.query.tree import TermQuery
    from index.whoosh_engine.segment import Field, Run
    from index.whoosh_engine.segment_arrays import ReaderArrays, SegmentArrays

    Docs = ScoredDocs | TermQueryDocs

_SPARSE = 12  # how many times fewer documents make bisection cheaper than a table of all
_RARE = 100  # how many times fewer documents make sorting cheaper than a look at all
_MANY = 8  # terms from which on neighbours in the dictionary are looked for
_NONE = ScoredDocs(np.empty(0, np.int64), np.empty(0, np.float64))


class ArrayScorer:
    """The operations of ``scorers.Scorer`` on arrays."""

    def __init__(self, arrays: ReaderArrays, deadline: Deadline) -> None:
        self._arrays = arrays
        self._deadline = deadline
        self._known: dict[tuple[tuple[str, tuple[str, ...]], ...], ScoredDocs] = {}
        self._shares: dict[tuple[str, str], list[ScoredDocs]] = {}

    # What the index holds

    def term_query(self, query: TermQuery) -> Docs:
        """Return what plain words find, answered by the bounds of their postings."""
        return TermQueryDocs(self._arrays, query, self._deadline)

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
        return self._saturated(found)

    def _shares_of(self, field: str, term: str) -> list[ScoredDocs]:
        """Return what a term adds in each document, by segment."""
        found = []
        for segment in self._arrays.segments:
            for postings in segment.postings(segment.ranges((field,), term)):
                # Indexing with anything but the machine's own integers is several times as slow.
                ids = postings.ids.astype(np.intp, copy=False)
                shares = postings.field.shares(ids, postings.frequencies)
                found.append(ScoredDocs(ids + segment.offset if segment.offset else ids, shares))
        return found

    def _shares_of_many(self, field: str, terms: Sequence[str]) -> list[ScoredDocs]:
        """Return what many terms add, by segment; neighbours in the dictionary are read in one go."""
        found = []
        sums = self._arrays.sums
        for segment in self._arrays.segments:
            read = segment.stretches([where for term in terms for where in segment.ranges((field,), term)])
            if not read or self._deadline.spent():
                continue
            here = np.concatenate([postings.ids for postings in read]).astype(np.intp)
            frequencies = np.concatenate([postings.frequencies for postings in read])
            shares = read[0].field.shares(here, frequencies)
            here += segment.offset
            together = self._union([here])
            np.add.at(sums, here, shares)
            found.append(ScoredDocs(together, sums[together]))
            sums[together] = 0.0
        return found

    def _union(self, ids: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """Return all documents of several lists, sorted."""
        member = self._arrays.member
        if sum(map(len, ids)) * _RARE < len(member):
            return _once(np.concatenate(ids))
        for some in ids:
            member[some] = True
        together = np.flatnonzero(member)
        member[together] = False
        return together

    def _saturated(self, shares: Sequence[ScoredDocs]) -> ScoredDocs:
        """Turn what was found of one word into its score."""
        ids, sums = self.union(shares)
        rarity = idf(len(ids), self._arrays.reader.count)
        return ScoredDocs(ids, rarity * sums * (SATURATION + 1.0) / (SATURATION + sums))

    def phrase(self, fields: Sequence[str], words: PhraseWords) -> ScoredDocs:
        """Return what holds all of a phrase in one of ``fields``, scored as one word."""
        if len(words) == 1:
            return self.terms(dict.fromkeys(fields, words[0][1]))
        shares: list[ScoredDocs] = []
        for name in fields:
            for segment in self._arrays.segments:
                if self._deadline.spent():
                    return _NONE
                found, field = _phrase_occurrences(segment, name, words), segment.field(name)
                if found is not None and field is not None:
                    shares.append(ScoredDocs(found[0] + segment.offset, field.shares(*found)))
        return self._saturated(shares)

    def counts(self, counted: Mapping[str, Mapping[int, float]]) -> ScoredDocs:
        """Return what was counted elsewhere (by field and document), scored as one word."""
        shares: list[ScoredDocs] = []
        for name, counts in counted.items():
            documents = np.array(sorted(counts), np.int64)
            frequencies = np.array([counts[number] for number in documents.tolist()], np.float64)
            for segment in self._arrays.segments:
                field = segment.field(name)
                first, last = documents.searchsorted([segment.offset, segment.offset + segment.count])
                if field is not None and first < last:
                    some = documents[first:last]
                    share = field.shares(some - segment.offset, frequencies[first:last])
                    shares.append(ScoredDocs(some, share))
        return self._saturated(shares)

    def filter(self, field: str, terms: Iterable[str]) -> ScoredDocs:
        """Return what holds any of ``terms``, without scores."""
        ids = []
        for term in terms:
            if self._deadline.spent():
                break
            for segment in self._arrays.segments:
                read = segment.postings(segment.ranges((field,), term))
                ids += [postings.ids.astype(np.intp, copy=False) + segment.offset for postings in read]
        return _unscored(self._union(ids)) if ids else _NONE

    def all_docs(self) -> ScoredDocs:
        """Return all documents, without scores."""
        ids = [
            segment.offset + (np.arange(segment.count) if segment.live is None else segment.live.nonzero()[0])
            for segment in self._arrays.segments
        ]
        return _unscored(np.concatenate(ids)) if ids else _NONE

    # Combinations

    def union(self, found: Sequence[Docs]) -> ScoredDocs:
        """Return what any of the sets holds, with the sum of the scores."""
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
        """Return where each of ``wanted`` is in ``ids``, -1 for what is not; both are sorted."""
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
        if isinstance(found, TermQueryDocs):
            scores, stay = found.scores_of(others.ids)
            return ScoredDocs(others.ids[stay], scores[stay])
        if isinstance(others, TermQueryDocs):
            stay = others.scores_of(found.ids)[1]
        else:
            stay = self._locate(others.ids, found.ids) >= 0
        return ScoredDocs(found.ids[stay], found.scores[stay])

    def boost(self, found: Docs, factor: float) -> ScoredDocs:
        """Return the same documents with ``factor`` times their scores."""
        return ScoredDocs(found.ids, found.scores * factor)

    def ranked(self, found: Sequence[Docs]) -> ScoredDocs:
        """Return the union, in which what all of the sets hold is lifted above all the rest."""
        ids, scores = self.union(found)
        scores = scores.copy()
        scores[ids.searchsorted(self.intersection(found).ids)] += sum(
            one.scores.max(initial=0.0) for one in found
        )
        return ScoredDocs(ids, scores)

    # Answers

    def count(self, found: Docs) -> int:
        """Return the number of documents."""
        return found.count()

    def documents(self, found: Docs) -> list[int]:
        """Return all documents."""
        listed: list[int] = found.ids.tolist()
        return listed

    def contained(self, found: Docs, documents: Sequence[int]) -> list[int]:
        """Return those of ``documents`` (ascending) that were found."""
        asked = np.array(documents, np.intp)
        held: list[int] = asked[found.scores_of(asked)[1]].tolist()
        return held

    def scores(self, found: Docs, documents: Sequence[int]) -> list[float]:
        """Return the scores of some of the documents that were found."""
        order = np.argsort(documents, kind="stable")
        scores = np.empty(len(documents))
        scores[order] = found.scores_of(np.array(documents, np.intp)[order])[0]
        listed: list[float] = scores.tolist()
        return listed

    def top(self, found: Docs, count: int) -> list[tuple[int, float]]:
        """Return the ``count`` best with their scores, and all that score as the last; unordered."""
        ids, scores = found.best(count) if count > 0 else _NONE
        return list(zip(ids.tolist(), scores.tolist(), strict=True))


def _unscored(ids: NDArray[Any]) -> ScoredDocs:
    return ScoredDocs(ids, np.zeros(len(ids)))


def _phrase_occurrences(
    segment: SegmentArrays, name: str, words: PhraseWords
) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """Return the documents of a segment that hold a phrase, and how often; None without one of its words."""
    field = segment.segment.field(name)
    if field is None:
        return None
    lists: list[tuple[int, list[Run]]] = []
    for distance, terms in words:
        found = (segment.segment.run(name, term.encode("utf-8", "replace")) for term in terms)
        runs = [one[1] for one in found if one is not None]
        if not runs:
            return None
        lists.append((distance, runs))
    lists.sort(key=lambda entry: sum(run.end - run.start for run in entry[1]))
    ids = _documents_of_any(field, lists[0][1])
    if segment.live is not None:
        ids = ids[segment.live[ids]]
    for _, runs in lists[1:]:
        if len(runs) == 1:  # of a word that may be many the positions tell as soon
            others = documents_of(field, runs[0].start, runs[0].end)
            at = np.minimum(others.searchsorted(ids.astype(others.dtype)), len(others) - 1)
            ids = ids[others[at] == ids]
    if not len(ids):
        return ids, ids
    farthest = max(distance for distance, _ in lists)
    starts: NDArray[Any] | None = None
    for distance, runs in sorted(lists, key=lambda entry: len(entry[1])):
        if len(runs) == 1:
            packed = _packed_positions(field, runs[0], ids, farthest - distance)
        else:
            # Few documents are left of those that hold all other words of the phrase.
            place = np.full(segment.segment.count, -1, np.int64)
            left = np.arange(len(ids)) if starts is None else np.flatnonzero(np.bincount(starts >> 32))
            place[ids[left]] = left
            packed = _once(_packed_of_many(field, runs, place, farthest - distance))
        starts = packed if starts is None else np.intersect1d(starts, packed, assume_unique=True)
    counts = np.bincount((starts if starts is not None else ids) >> 32, minlength=0)
    there = np.flatnonzero(counts)
    return ids[there], counts[there]


def _once(numbers: NDArray[Any]) -> NDArray[Any]:
    """Return each number once, sorted; numpy's own way takes several times as long."""
    ordered = np.sort(numbers)
    new = np.ones(len(ordered), bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]


def _documents_of_any(field: Field, runs: Sequence[Run]) -> NDArray[Any]:
    """Return all documents of some runs, sorted."""
    found = [documents_of(field, run.start, run.end).astype(np.intp, copy=False) for run in runs]
    return found[0] if len(found) == 1 else _once(np.concatenate(found))


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
    return _packed(field, np.arange(len(ids), dtype=np.int64), start + ends - sizes, sizes, moved)


def _packed_of_many(field: Field, runs: Sequence[Run], place: NDArray[Any], moved: int) -> NDArray[Any]:
    """Return the same for many terms, unordered; ``place`` is -1 for documents that are not wanted."""
    found = []
    for run in runs:
        start, end = field.position_range(run)
        owners = place[documents_of(field, run.start, run.end)]
        there = np.flatnonzero(owners >= 0)
        if start == end or not len(there):
            continue
        counts = np.asarray(field.position_counts[run.start : run.end])
        ends = np.cumsum(counts, dtype=np.int64)[there]
        sizes = counts[there].astype(np.int64)
        found.append(_packed(field, owners[there], start + ends - sizes, sizes, moved))
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _packed(
    field: Field, owners: NDArray[Any], starts: NDArray[Any], sizes: NDArray[Any], moved: int
) -> NDArray[Any]:
    positions = np.asarray(field.positions)[expand_ranges(starts, sizes)].astype(np.int64)
    packed: NDArray[Any] = (np.repeat(owners, sizes) << 32) | (positions + moved)
    return packed
