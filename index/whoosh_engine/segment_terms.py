"""The terms of a query in one segment: their postings as arrays, counts and exact scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.bm25f import AS_TYPED, SATURATION, idf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.query.tree import WantedTerm
    from index.whoosh_engine.segment_arrays import Postings, SegmentArrays

_SPARSE = 12  # how many times fewer documents make bisection cheaper than a table of all
_REMEMBERED = 200_000  # documents scored beforehand that are kept in memory
_SMALL = 100  # of these take as much as the rest of a word
_NO_DOCUMENTS = np.empty(0, np.intp)
_NO_SHARES = np.empty(0)


class TermWeight(NamedTuple):
    """What a word is worth in a search: ``stem`` for its stem and ``typed`` for the form that was typed."""

    stem: float
    typed: float

    def scores(self, shares: NDArray[Any], typed: NDArray[Any] | None) -> NDArray[Any]:
        """Return the scores by the weights of stem and typed form; None when they are the same."""
        scores: NDArray[Any] = shares / (shares + SATURATION)
        if typed is None:
            scores *= self.stem + self.typed
            return scores
        scores *= self.stem
        if self.typed:
            scores += self.typed * (typed / (typed + SATURATION))
        return scores


class SegmentTerm:
    """A word in one segment; documents count from 0 there.

    ``lists`` are those with bounds, ``typed_lists`` the same of the typed form where that says something
    else (``same`` is false), and ``side`` the documents that were scored beforehand.
    """

    def __init__(self, segment: SegmentArrays, wanted: WantedTerm, member: NDArray[Any]) -> None:
        """Read where it stands; ``member`` is false for all documents, and is so again afterwards."""
        where = [place for term in wanted.terms for place in segment.ranges(wanted.fields, term)]
        typed_where = [] if wanted.typed is None else segment.ranges(wanted.fields, wanted.typed)
        self.same = wanted.typed is None or typed_where == where
        every = segment.postings(where)
        typed = [] if self.same else segment.postings(typed_where)
        self.lists = [postings for postings in every if postings.bounds is not None]
        self.typed_lists: list[Postings] = []
        others = [postings for postings in every if postings.bounds is None]
        typed_others: list[Postings] = []
        if not self.same:
            self.typed_lists = [postings for postings in typed if postings.bounds is not None]
            typed_others = [postings for postings in typed if postings.bounds is None]
        self.side = self._apart([*others, *typed_others], member)
        self.side_typed: NDArray[Any] | None = None
        # Whatever is in two of the lists is in ``side``.
        self.count = sum(len(postings.ids) for postings in self.lists)
        if len(self.side):
            self.side_shares, there = _shares((*self.lists, *others), self.side)
            self.count -= int(there.sum())
            if self.same:
                self.count += len(self.side)
            else:
                self.count += int(np.count_nonzero(self.side_shares))
                self.side_typed = _shares((*self.typed_lists, *typed_others), self.side)[0]
        else:
            self.side_shares = _NO_SHARES
            self.side_typed = None if self.same else _NO_SHARES
        self.typed_count = self.count if self.same else _union(typed)
        self._side_scores: tuple[TermWeight, NDArray[Any]] | None = None
        self._peaks: dict[int, int] = {}  # the highest of some bounds, by their identity

    def _apart(self, others: Sequence[Postings], member: NDArray[Any]) -> NDArray[Any]:
        """Return the documents that are scored beforehand, in ascending order."""
        found = [postings.ids.astype(np.intp, copy=False) for postings in others]
        for place, postings in enumerate(self.lists):
            found += [_common(postings.ids, other.ids, member) for other in self.lists[place + 1 :]]
        if len(found) < 2:
            return found[0] if found else _NO_DOCUMENTS
        return np.unique(np.concatenate(found))

    def scores(self, weighing: TermWeight, documents: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the exact scores of documents (ascending), and which of them have the word at all."""
        shares, _ = _shares(self.lists, documents)
        typed = None if self.same else _shares(self.typed_lists, documents)[0]
        if len(self.side):
            at = self.side.searchsorted(documents)
            beside = self.side.take(at, mode="clip") == documents
            shares = np.where(beside, self.side_shares.take(at, mode="clip"), shares)
            if typed is not None and self.side_typed is not None:
                typed = np.where(beside, self.side_typed.take(at, mode="clip"), typed)
        scores = weighing.scores(shares, typed)
        return scores, scores > 0.0

    def side_scores(self, weighing: TermWeight) -> NDArray[Any]:
        """Return the exact scores of what was scored beforehand."""
        if self._side_scores is None or self._side_scores[0] != weighing:
            self._side_scores = weighing, weighing.scores(self.side_shares, self.side_typed)
        return self._side_scores[1]

    def there(self, documents: NDArray[Any]) -> NDArray[Any]:
        """Return which of some documents (ascending) have the word."""
        found = np.zeros(len(documents), bool)
        for postings in (*self.lists, *self.typed_lists):
            found |= postings.locate(documents)[1]
        if len(self.side):
            at = self.side.searchsorted(documents)
            found |= self.side.take(at, mode="clip") == documents
        return found

    def has_stem(self, documents: NDArray[Any], member: NDArray[Any]) -> NDArray[Any]:
        """Return which of some documents have the stem; ``member`` as in making it."""
        lists = [postings.ids.astype(np.intp, copy=False) for postings in self.lists]
        lists.append(self.side[self.side_shares.nonzero()[0]])
        for ids in lists:
            member[ids] = True
        found: NDArray[Any] = member[documents]
        for ids in lists:
            member[ids] = False
        return found

    def size(self) -> int:
        """Return at most how many documents have the word."""
        return self.count if self.same else self.count + self.typed_count

    def documents(self) -> NDArray[Any]:
        """Return all documents that have the word, in ascending order."""
        lists = [postings.ids for postings in (*self.lists, *self.typed_lists)]
        if not len(self.side) and len(lists) == 1:
            return lists[0].astype(np.intp, copy=False)
        return np.unique(np.concatenate([self.side, *(ids.astype(np.intp, copy=False) for ids in lists)]))

    def highest(self, weighing: TermWeight, least: float) -> float:
        """Return the highest score; ``least`` when there is none above it."""
        if len(self.side):
            least = max(least, float(self.side_scores(weighing).max()))
        # What is in none of these lists cannot be typed in them either.
        beside = [weighing.typed * self._bound_of(postings) for postings in self.typed_lists]
        worth = weighing.stem + (weighing.typed if self.same else 0.0)
        for postings in self.lists:
            least = self._raised(weighing, postings, worth, least, sum(beside))
        for postings in self.typed_lists:
            # With the stem they were looked at before.
            least = self._raised(weighing, postings, weighing.typed, least, 0.0)
        return least

    def _raised(
        self, weighing: TermWeight, postings: Postings, worth: float, least: float, more: float
    ) -> float:
        bounds = postings.bounds
        if bounds is None or worth * self._bound_of(postings) + more <= least:
            return least
        best = (bounds == self._peaks[id(bounds)]).nonzero()[0][:4]
        least = max(least, self._highest_of(weighing, postings, best))
        some = (bounds >= bound_above(postings, worth, least - more)).nonzero()[0]
        return max(least, self._highest_of(weighing, postings, some)) if len(some) else least

    def _bound_of(self, postings: Postings) -> float:
        """Return the highest bound of a list, in shares of the worth of a word."""
        bounds = postings.bounds
        if bounds is None:
            return 0.0
        peak = self._peaks.get(id(bounds))
        if peak is None:
            peak = self._peaks[id(bounds)] = int(np.maximum.reduce(bounds))
        return float(postings.field.bound_kinds[peak])

    def _highest_of(self, weighing: TermWeight, postings: Postings, chosen: NDArray[Any]) -> float:
        if self.same and len(self.lists) == 1:
            # Documents at the side get too little here, and were looked at before.
            return float(weighing.scores(postings.shares(chosen), None).max())
        return float(self.scores(weighing, postings.ids[chosen].astype(np.intp, copy=False))[0].max())


def _shares(lists: Sequence[Postings], documents: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the weight of what is in any of the lists, in some documents, and in how many it is.

    Documents ascend; only lists with bounds are counted.
    """
    shares = there = None
    for postings in lists:
        if len(postings.ids) == len(documents) and postings.bounds is None:
            # Nothing else is at the side.
            found = postings.field.shares(documents, postings.frequencies)
        else:
            at, here = postings.locate(documents)
            found = postings.field.shares(documents, postings.frequencies.take(at, mode="clip") * here)
            if postings.bounds is not None:
                there = here.view(np.int8) if there is None else there + here
        shares = found if shares is None else shares + found
    nothing = np.zeros(len(documents), np.int8)
    return nothing * 1.0 if shares is None else shares, nothing if there is None else there


def bound_above(postings: Postings, worth: float, least: float) -> int:
    """Return the least bound that a posting may have whose score, of at most ``worth``, is ``least``."""
    kinds = postings.field.bound_kinds
    return int(kinds.searchsorted(min(least / worth, kinds[255])))


def term_weight(words: Sequence[SegmentTerm], wanted: WantedTerm, documents: int) -> TermWeight:
    """Return what a word is worth, by all segments; ``documents`` is how many texts there are."""
    worth = wanted.factor * (SATURATION + 1.0)
    count = sum(word.count for word in words)
    typed = 0.0
    if wanted.typed is not None:
        typed_count = sum(word.typed_count for word in words)
        typed = AS_TYPED * worth * idf(typed_count, documents)
    return TermWeight(worth * idf(count, documents), typed)


def _common(one: NDArray[Any], other: NDArray[Any], member: NDArray[Any]) -> NDArray[Any]:
    """Return what both lists hold."""
    few, many = sorted((one, other), key=len)
    if len(few) * _SPARSE < len(many):
        at = np.minimum(many.searchsorted(few), len(many) - 1)
        found: NDArray[Any] = few[many[at] == few].astype(np.intp, copy=False)
        return found
    places = many.astype(np.intp, copy=False)
    few = few.astype(np.intp, copy=False)
    member[places] = True
    both: NDArray[Any] = few[member[few]]
    member[places] = False
    return both


def _union(lists: Sequence[Postings]) -> int:
    """Return how many documents several lists hold together."""
    if not lists:
        return 0
    longest = max(lists, key=lambda postings: len(postings.ids))
    others = [postings.ids[~longest.locate(postings.ids)[1]] for postings in lists if postings is not longest]
    missing = [ids for ids in others if len(ids)]
    if len(missing) < 2:
        return len(longest.ids) + sum(map(len, missing))
    return len(longest.ids) + len(
        np.unique(np.concatenate([ids.astype(np.intp, copy=False) for ids in missing]))
    )


class KnownTerms:
    """The words that were looked up in the segments of a reader, as long as there is room for them."""

    def __init__(self) -> None:
        self._terms: dict[tuple[int, WantedTerm], SegmentTerm] = {}
        self._room = _REMEMBERED

    def term(self, segment: SegmentArrays, wanted: WantedTerm, member: NDArray[Any]) -> SegmentTerm:
        """Return a word in a segment; ``member`` as in making it."""
        key = segment.offset, wanted._replace(factor=1.0)  # it does not matter to it how often it was typed
        known = self._terms.get(key)
        if known is None:
            known = SegmentTerm(segment, wanted, member)
            self._room -= len(known.side) + _SMALL
            if self._room < 0:
                self._terms.clear()
                self._room = _REMEMBERED
            self._terms[key] = known
        return known
