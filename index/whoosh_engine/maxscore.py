"""Answering plain words: the best hits and the number of all, without scoring what cannot be among the best.

Bounds of the scores are summed up in an array over the documents of a segment, with the number of words
above them; only what reaches the worst of the best so far is scored exactly. So is one word on its own, by
its bounds where they lie. (In the manner of MaxScore, Turtle and Flood, "Query evaluation: strategies and
optimizations", 1995, over whole arrays in the place of single documents.)
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.whoosh_engine.segment_arrays import BestDocs, ScoredDocs
from index.whoosh_engine.segment_terms import KnownTerms, SegmentTerm, TermWeight, bound_above, term_weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from index.interface import Deadline
    from index.query.tree import TermQuery
    from index.whoosh_engine.segment_arrays import Postings, ReaderArrays, SegmentArrays

_BITS = 26  # of a sum of bounds; the number of words stands above them
_ONE = 1 << _BITS
_BELOW = _ONE - 1
_STEP = _ONE // 255
_FEW = 256  # documents that are scored without a look at their bounds
_RARE = 1000  # documents of the rarest of several words up to which the others are looked up
_COLUMNS = 1024  # maxima by which the best bounds are guessed


class _Here(NamedTuple):
    """The words of a query in one segment."""

    segment: SegmentArrays
    words: list[SegmentTerm]


class TermQueryDocs:
    """What a query of plain words finds; nothing when the time was up before it was known."""

    def __init__(self, arrays: ReaderArrays, plan: TermQuery, deadline: Deadline) -> None:
        self._arrays = arrays
        self._plan = plan
        self._deadline = deadline
        self._parts: list[_Here] = []
        self._weighings: list[TermWeight] = []
        self._totals: list[int] = []
        self._full_ones: dict[int, NDArray[Any]] = {}
        self._lift: float | None = None
        self._prepare()

    @cached_property
    def ids(self) -> NDArray[Any]:
        """All documents that were found, ascending."""
        found = [self._found(here) + here.segment.offset for here in self._parts_in_time()]
        return np.concatenate(found) if found else np.empty(0, np.intp)

    @cached_property
    def scores(self) -> NDArray[Any]:
        """The scores of all documents that were found."""
        return self.scores_of(self.ids)[0]

    def _prepare(self) -> None:
        known = self._arrays.reader.derived(KnownTerms, KnownTerms)
        for segment in self._arrays.segments:
            words = []
            for wanted in self._plan.words:
                if self._deadline.spent():
                    self._parts = []
                    return
                words.append(known.term(segment, wanted, self._arrays.member))
            self._parts.append(_Here(segment, words))
        documents = self._arrays.reader.count
        self._weighings = [
            term_weight([here.words[place] for here in self._parts], wanted, documents)
            for place, wanted in enumerate(self._plan.words)
        ]
        most = sum(stem + typed for stem, typed in self._weighings)
        # Rounding up adds less than 1 for each list that is added.
        self._scale = (_BELOW - 64 * len(self._weighings)) / most

    # Answers

    def count(self) -> int:
        """Return the number of documents."""
        if self._is_single():
            return sum(here.words[0].count for here in self._parts)
        if not self._totals:
            for here in self._parts:
                if self._deadline.spent():
                    return 0
                self._totals.append(self._total(here))
        return sum(self._totals)

    def best(self, count: int) -> ScoredDocs:
        """Return the ``count`` best, and all that score as the last; unordered."""
        if not self._is_single():
            return self._sums(count)
        best = BestDocs(count)
        for here in self._parts_in_time():
            self._single(here, best)
        return best.reached()

    def scores_of(self, documents: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the scores of some documents (ascending), and which of them were found."""
        scores = np.zeros(len(documents))
        found = np.zeros(len(documents), bool)
        for here in self._parts:
            offset = here.segment.offset
            first, last = documents.searchsorted([offset, offset + here.segment.count])
            if first < last:
                some, there = self._scored(here, documents[first:last] - offset)
                found[first:last] = there > 0 if not self._plan.every else there == len(here.words)
                if self._plan.lifted:
                    some[there == len(here.words)] += self._lifted()
                scores[first:last] = some
        return scores, found

    def _is_single(self) -> bool:
        return len(self._plan.words) == 1 and all(here.words[0].same for here in self._parts)

    def _scored(self, here: _Here, documents: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return exact scores, not lifted, and how many of the words each document has."""
        scores = np.zeros(len(documents))
        words = np.zeros(len(documents), np.int8)
        for word, weight in zip(here.words, self._weighings, strict=True):
            added, there = word.scores(weight, documents)
            scores += added
            words += there
        return scores, words

    def _lifted(self) -> float:
        """Return by how much a text with all words is lifted: the sum of what each is worth at most."""
        if self._lift is None:
            self._lift = 0.0
            for place, weight in enumerate(self._weighings):
                highest = 0.0
                for here in self._parts:
                    highest = here.words[place].highest(weight, highest)
                self._lift += highest
        return self._lift

    # One word

    def _single(self, here: _Here, best: BestDocs) -> None:
        """Add what one word has among the best in a segment."""
        word, weight = here.words[0], self._weighings[0]
        offset = here.segment.offset
        if len(word.side):
            best.add(word.side + offset, word.side_scores(weight))
        worth = weight.stem + weight.typed
        for postings in word.lists:
            bounds = postings.bounds
            if bounds is None:
                continue
            done = 256
            few = len(bounds) <= _FEW
            cut = 0 if few else _cut(bounds, best.count) - 1
            cut = max(cut, bound_above(postings, worth, best.least))
            # Once for what is likely to be best, and once for what is as good as the worst of it.
            while cut < done:
                stay = bounds >= cut
                if done < 256:
                    stay &= bounds < done
                chosen = stay.nonzero()[0]
                if len(chosen):
                    self._take(best, here, postings, chosen)
                done = cut
                cut = bound_above(postings, worth, best.least)

    def _take(self, best: BestDocs, here: _Here, postings: Postings, chosen: NDArray[Any]) -> None:
        """Add some postings of a list, but those at the side."""
        word = here.words[0]
        scores = self._weighings[0].scores(postings.shares(chosen), None)
        documents = postings.ids.take(chosen)
        stay = scores >= best.least
        if len(word.side):
            at = word.side.searchsorted(documents)
            stay &= word.side.take(at, mode="clip") != documents
        best.add(documents[stay] + np.intp(here.segment.offset), scores[stay])

    # Several words

    def _total(self, here: _Here) -> int:
        if self._plan.every:
            return len(self._with_all(here))
        return int(np.count_nonzero(self._summed(here) != 0))

    def _found(self, here: _Here) -> NDArray[Any]:
        """Return the documents that were found in a segment."""
        if self._plan.every:
            return self._with_all(here)
        return here.words[0].documents() if self._is_single() else self._summed(here).nonzero()[0]

    def _full(self) -> int:
        return len(self._plan.words) << _BITS

    def _with_all(self, here: _Here) -> NDArray[Any]:
        """Return the documents that have all words."""
        offset = here.segment.offset
        known = self._full_ones.get(offset)
        if known is None:
            known = self._looked_up(here)
            if known is None:
                known = (self._summed(here) >= self._full()).nonzero()[0]
            self._full_ones[offset] = known
        return known

    def _looked_up(self, here: _Here) -> NDArray[Any] | None:
        """Return the documents with all words where the rarest is rare; None where it is not."""
        words = sorted(here.words, key=SegmentTerm.size)
        if words[0].size() > _RARE or words[0].size() * 4 > words[-1].size():
            return None
        documents = words[0].documents()
        for word in words[1:]:
            if not len(documents):
                break
            documents = documents[word.there(documents)]
        return documents

    def _sums(self, count: int) -> ScoredDocs:
        """Return the best of several words, or of one whose typed form is one of several."""
        best = BestDocs(count)
        if not (self._plan.every or self._plan.lifted):
            for here in self._parts_in_time():
                self._choose(here, best, self._summed(here))
            return best.reached()
        if self._plan.lifted:
            return self._lifting(count)
        for here in self._parts_in_time():
            self._choose_full(here, best, self._with_all(here))
        return best.reached()

    def _lifting(self, count: int) -> ScoredDocs:
        """Return the best where what has all words is lifted above all that has not."""
        best, others = BestDocs(count), BestDocs(count)
        full = 0
        for here in self._parts_in_time():
            sums = self._summed(here)
            whole = sums >= self._full()
            here_full = int(np.count_nonzero(whole))
            full += here_full
            if full >= count:
                self._choose_full(here, best, whole.nonzero()[0])
            else:
                self._choose_both(here, (best, others), sums, whole, here_full)
        documents, scores = best.reached()
        if full:
            scores = scores + self._lifted()
        if full >= count:
            return ScoredDocs(documents, scores)
        more, their_scores = others.reached()
        spare = len(more) - (count - full)
        if spare > 0:
            stay = their_scores >= np.partition(their_scores, spare)[spare]
            more, their_scores = more[stay], their_scores[stay]
        return ScoredDocs(np.concatenate((documents, more)), np.concatenate((scores, their_scores)))

    def _choose_both(
        self, here: _Here, best: tuple[BestDocs, BestDocs], sums: NDArray[Any], whole: NDArray[Any], full: int
    ) -> None:
        """Add all ``full`` that have all words to one, and the best of what has not to the other."""
        keys = sums & _BELOW
        cut = max(_cut(keys, best[1].count + full) - _STEP, self._floor(best[1]), 1)
        documents = ((keys >= cut) | whole).nonzero()[0]
        if not len(documents):
            return
        scores, words = self._scored(here, documents)
        documents = documents + here.segment.offset
        if full:
            has_all = words == len(here.words)
            best[0].add(documents[has_all], scores[has_all])
            has_not = ~has_all
            documents, scores = documents[has_not], scores[has_not]
        best[1].add(documents, scores)
        least = max(self._floor(best[1]), 1)
        if least < cut:
            self._score(here, best[1], ((keys >= least) & (keys < cut) & ~whole).nonzero()[0])

    def _parts_in_time(self) -> Iterator[_Here]:
        return (here for here in self._parts if not self._deadline.spent())

    def _summed(self, here: _Here) -> NDArray[Any]:
        """Return the sum of the bounds for each document, and above it the number of words."""
        sums, made = self._arrays.sums_of(here.segment, self)
        if made:
            return sums
        sums.fill(0)
        for word, weight in zip(here.words, self._weighings, strict=True):
            side = sums.take(word.side)
            for postings in word.lists:
                worth = weight.stem + weight.typed if word.same else weight.stem
                self._add(sums, postings, worth, _ONE)
            for postings in word.typed_lists:
                self._add_typed(sums, postings, weight.typed, word)
            if len(word.side):
                side += _ONE + 1
                side += np.ceil(word.side_scores(weight) * self._scale).astype(np.int32)
                sums[word.side] = side
        return sums

    def _add(self, sums: NDArray[Any], postings: Postings, worth: float, more: int) -> None:
        table = postings.field.capped_kinds * (worth * self._scale)
        np.ceil(table, table)
        table += more
        bounds: Any = postings.bounds  # there are some, or it would not be asked
        np.add.at(sums, postings.ids.astype(np.intp, copy=False), table.astype(np.int32).take(bounds))

    def _add_typed(self, sums: NDArray[Any], postings: Postings, worth: float, word: SegmentTerm) -> None:
        """Add the typed form, which may stand where its stem does not (``also`` of ``analysis.forms``)."""
        alone = np.flatnonzero(~word.has_stem(postings.ids.astype(np.intp, copy=False), self._arrays.member))
        self._add(sums, postings, worth, 0)
        if len(alone):
            np.add.at(sums, postings.ids[alone].astype(np.intp, copy=False), np.int32(_ONE))

    def _choose_full(self, here: _Here, best: BestDocs, documents: NDArray[Any]) -> None:
        """Add what is among the best of those with all words."""
        if len(documents) > _FEW:
            keys = self._summed(here)[documents] & _BELOW
            cut = max(_cut(keys, best.count) - _STEP, self._floor(best))
            self._score(here, best, documents[keys >= cut])
            documents = documents[(keys < cut) & (keys >= self._floor(best))]
        self._score(here, best, documents)

    def _choose(self, here: _Here, best: BestDocs, sums: NDArray[Any]) -> None:
        """Add what is among the best, whichever words it has."""
        keys = sums & _BELOW
        done = _ONE
        # Mostly bounds are too high by less than a step each, so that one look is enough.
        cut = max(_cut(keys, best.count) - _STEP, self._floor(best), 1)
        while cut < done:
            self._score(here, best, ((keys >= cut) & (keys < done)).nonzero()[0])
            done = cut
            cut = max(self._floor(best), 1)

    def _floor(self, best: BestDocs) -> int:
        """Return the least sum that can be among the best."""
        return int(best.least * self._scale) - 2

    def _score(self, here: _Here, best: BestDocs, documents: NDArray[Any]) -> None:
        if len(documents):
            best.add(documents + here.segment.offset, self._scored(here, documents)[0])


def _cut(bounds: NDArray[Any], count: int) -> int:
    """Return a bound that ``count`` of the documents reach, and seldom many more; 0 of too few."""
    rows = len(bounds) // _COLUMNS
    if count * 4 > _COLUMNS or rows < 4:
        if len(bounds) <= count:
            return 0
        kept = bounds.copy()
        kept.partition(len(bounds) - count)
        return int(kept[len(bounds) - count])
    # Of each column there is one that reaches its maximum.
    highest: NDArray[Any] = np.maximum.reduce(bounds[: rows * _COLUMNS].reshape(rows, _COLUMNS))
    highest.partition(_COLUMNS - count)
    return int(highest[_COLUMNS - count])
