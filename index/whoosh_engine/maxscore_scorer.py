"""The operations of ``sets.Sets`` on arrays, with queries of plain words answered by their bounds.

What a plan finds is scored as a whole only when something else is asked of it than its best, its number,
or some documents of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.evaluation import term_query_of
from index.whoosh_engine.array_scorer import ArrayScorer, ScoredDocs
from index.whoosh_engine.maxscore import TermQueryDocs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from index.deadline import Deadline
    from index.query.tree import Node
    from index.scorers import PhraseTerms
    from index.whoosh_engine.array_scorer import ReaderArrays

MaxscoreScorer = ScoredDocs | TermQueryDocs


def _whole(found: MaxscoreScorer) -> ScoredDocs:
    return found.ranked() if isinstance(found, TermQueryDocs) else found


class MaxscoreOperations:
    """Sets as arrays, or as plans that were not carried out yet."""

    def __init__(self, arrays: ReaderArrays, deadline: Deadline) -> None:
        self._arrays = arrays
        self._deadline = deadline
        self._sets = ArrayScorer(arrays, deadline)

    def planned(self, node: Node, whole: Callable[[], MaxscoreScorer]) -> MaxscoreScorer:
        """Return what ``node`` finds, by a plan where there is one."""
        plan = term_query_of(node)
        if plan is None:
            return whole()
        return TermQueryDocs(self._arrays, plan, self._deadline, lambda: _whole(whole()))

    # What the index holds

    def words(self, terms: Mapping[str, Sequence[str]]) -> MaxscoreScorer:
        """Return what holds any of ``terms`` (by field), scored as if they were one word."""
        return self._sets.words(terms)

    def phrase(self, fields: Sequence[str], terms: PhraseTerms) -> MaxscoreScorer:
        """Return what holds all terms at their distances in one of ``fields``, scored as one word."""
        return self._sets.phrase(fields, terms)

    def weighed(self, counted: Mapping[str, Mapping[int, float]]) -> MaxscoreScorer:
        """Return what was counted elsewhere (by field and document), scored as one word."""
        return self._sets.weighed(counted)

    def marked(self, field: str, terms: Iterable[str]) -> MaxscoreScorer:
        """Return what holds any of ``terms``, without scores."""
        return self._sets.marked(field, terms)

    def everything(self) -> MaxscoreScorer:
        """Return all documents, without scores."""
        return self._sets.everything()

    # Combinations

    def added(self, found: Sequence[MaxscoreScorer]) -> MaxscoreScorer:
        """Return what any of the sets holds, with the sum of the scores."""
        return self._sets.added([_whole(one) for one in found])

    def common(self, found: Sequence[MaxscoreScorer]) -> MaxscoreScorer:
        """Return what all of the sets hold, with the sum of the scores."""
        return self._sets.common([_whole(one) for one in found])

    def without(self, found: MaxscoreScorer, others: MaxscoreScorer) -> MaxscoreScorer:
        """Return what is in ``found`` and not in ``others``."""
        return self._sets.without(_whole(found), _whole(others))

    def within(self, found: MaxscoreScorer, others: MaxscoreScorer) -> MaxscoreScorer:
        """Return what is in both, with the scores of ``found``."""
        if isinstance(found, TermQueryDocs):
            if isinstance(others, ScoredDocs):
                scores, there = found.scores_of(others.ids)
                return ScoredDocs(others.ids[there], scores[there])
            found = found.ranked()
        if isinstance(others, TermQueryDocs):
            there = others.scores_of(found.ids)[1]
            return ScoredDocs(found.ids[there], found.scores[there])
        return self._sets.within(found, others)

    def times(self, found: MaxscoreScorer, factor: float) -> MaxscoreScorer:
        """Return the same documents with ``factor`` times their scores."""
        return self._sets.times(_whole(found), factor)

    def lifted(self, found: MaxscoreScorer, others: Sequence[MaxscoreScorer], lift: float) -> MaxscoreScorer:
        """Return ``found`` with ``lift`` added to the scores of what all ``others`` hold."""
        return self._sets.lifted(_whole(found), [_whole(one) for one in others], lift)

    # Answers

    def highest(self, found: MaxscoreScorer) -> float:
        """Return the highest score; 0 of an empty set."""
        return self._sets.highest(_whole(found))

    def count(self, found: MaxscoreScorer) -> int:
        """Return the number of documents."""
        return found.count() if isinstance(found, TermQueryDocs) else self._sets.count(found)

    def documents(self, found: MaxscoreScorer) -> list[int]:
        """Return all documents."""
        return self._sets.documents(_whole(found))

    def holding(self, found: MaxscoreScorer, documents: Sequence[int]) -> list[int]:
        """Return those of ``documents`` (ascending) that were found."""
        if not isinstance(found, TermQueryDocs):
            return self._sets.holding(found, documents)
        asked = np.array(documents, np.intp)
        held: list[int] = asked[found.scores_of(asked)[1]].tolist()
        return held

    def scores(self, found: MaxscoreScorer, documents: Sequence[int]) -> list[float]:
        """Return the scores of some of the documents that were found."""
        if not isinstance(found, TermQueryDocs):
            return self._sets.scores(found, documents)
        asked = np.array(documents, np.intp)
        order = np.argsort(asked, kind="stable")
        scores = np.empty(len(asked))
        scores[order] = found.scores_of(asked[order])[0]
        listed: list[float] = scores.tolist()
        return listed

    def best(self, found: MaxscoreScorer, count: int) -> list[tuple[int, float]]:
        """Return the ``count`` best with their scores, and all that score as the last; unordered."""
        return found.best(count) if isinstance(found, TermQueryDocs) else self._sets.best(found, count)
