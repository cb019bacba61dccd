"""Sets of scored documents as arrays, and the best of what comes segment by segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class ScoredDocs(NamedTuple):
    """Documents in ascending order, and their scores."""

    ids: NDArray[Any]
    scores: NDArray[Any]

    def count(self) -> int:  # type: ignore[override]  # not of a value, as tuples count
        """Return the number of documents."""
        return len(self.ids)

    def best(self, count: int) -> ScoredDocs:
        """Return the ``count`` best, and all that score as the last; unordered."""
        ids, scores = self
        if len(ids) <= count:
            return self
        stay = np.flatnonzero(scores >= np.partition(scores, len(scores) - count)[len(scores) - count])
        return ScoredDocs(ids[stay], scores[stay])

    def scores_of(self, documents: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the scores of some documents (ascending), and which of them were found."""
        if not len(self.ids):
            return np.zeros(len(documents)), np.zeros(len(documents), bool)
        at = self.ids.searchsorted(documents).clip(max=len(self.ids) - 1)
        return self.scores[at], self.ids[at] == documents


class BestDocs:
    """The best scores so far."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.least = 0.0  # nothing below can be among the best
        self._documents: list[NDArray[Any]] = []
        self._scores: list[NDArray[Any]] = []
        self._top = np.empty(0)

    def add(self, documents: NDArray[Any], scores: NDArray[Any]) -> None:
        """Take in documents by their numbers in the whole index."""
        if not len(documents):
            return
        self._documents.append(documents)
        self._scores.append(scores)
        top = np.concatenate((self._top, scores))
        spare = len(top) - self.count
        if spare >= 0:
            top.partition(spare)
            top = top[spare:]
            self.least = float(top[0])
        self._top = top

    def reached(self) -> ScoredDocs:
        """Return the best, and all that score as the last of them."""
        if not self._documents:
            return ScoredDocs(np.empty(0, np.intp), np.empty(0))
        documents, scores = self._documents[0], self._scores[0]
        if len(self._documents) > 1:
            documents, scores = np.concatenate(self._documents), np.concatenate(self._scores)
        stay = scores >= self.least
        return ScoredDocs(documents[stay], scores[stay])
