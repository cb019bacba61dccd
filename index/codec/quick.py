"""The operations of ``sets.Sets`` on arrays, with queries of plain words answered by their bounds.

What a plan finds is scored as a whole only when something else is asked of it than its best, its number,
or some documents of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.codec.arrays import ArraySets, Ranked
from index.codec.planned import Planned
from index.plans import plan_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from index.budget import Budget
    from index.codec.arrays import Arrays
    from index.query.tree import Node
    from index.sets import Terms

Quick = Ranked | Planned


def _whole(found: Quick) -> Ranked:
    return found.ranked() if isinstance(found, Planned) else found


class QuickSets:
    """Sets as arrays, or as plans that were not carried out yet."""

    def __init__(self, arrays: Arrays, budget: Budget) -> None:
        self._arrays = arrays
        self._budget = budget
        self._sets = ArraySets(arrays, budget)

    def planned(self, node: Node, whole: Callable[[], Quick]) -> Quick:
        """Return what ``node`` finds, by a plan where there is one."""
        plan = plan_of(node)
        if plan is None:
            return whole()
        return Planned(self._arrays, plan, self._budget, lambda: _whole(whole()))

    # What the index holds

    def words(self, terms: Mapping[str, Sequence[str]]) -> Quick:
        """Return what holds any of ``terms`` (by field), scored as if they were one word."""
        return self._sets.words(terms)

    def phrase(self, fields: Sequence[str], terms: Terms) -> Quick:
        """Return what holds all terms at their distances in one of ``fields``, scored as one word."""
        return self._sets.phrase(fields, terms)

    def weighed(self, counted: Mapping[str, Mapping[int, float]]) -> Quick:
        """Return what was counted elsewhere (by field and document), scored as one word."""
        return self._sets.weighed(counted)

    def marked(self, field: str, terms: Iterable[str]) -> Quick:
        """Return what holds any of ``terms``, without scores."""
        return self._sets.marked(field, terms)

    def everything(self) -> Quick:
        """Return all documents, without scores."""
        return self._sets.everything()

    # Combinations

    def added(self, found: Sequence[Quick]) -> Quick:
        """Return what any of the sets holds, with the sum of the scores."""
        return self._sets.added([_whole(one) for one in found])

    def common(self, found: Sequence[Quick]) -> Quick:
        """Return what all of the sets hold, with the sum of the scores."""
        return self._sets.common([_whole(one) for one in found])

    def without(self, found: Quick, others: Quick) -> Quick:
        """Return what is in ``found`` and not in ``others``."""
        return self._sets.without(_whole(found), _whole(others))

    def within(self, found: Quick, others: Quick) -> Quick:
        """Return what is in both, with the scores of ``found``."""
        if isinstance(found, Planned):
            if isinstance(others, Ranked):
                scores, there = found.places(others.ids)
                return Ranked(others.ids[there], scores[there])
            found = found.ranked()
        if isinstance(others, Planned):
            there = others.places(found.ids)[1]
            return Ranked(found.ids[there], found.scores[there])
        return self._sets.within(found, others)

    def times(self, found: Quick, factor: float) -> Quick:
        """Return the same documents with ``factor`` times their scores."""
        return self._sets.times(_whole(found), factor)

    def lifted(self, found: Quick, others: Sequence[Quick], lift: float) -> Quick:
        """Return ``found`` with ``lift`` added to the scores of what all ``others`` hold."""
        return self._sets.lifted(_whole(found), [_whole(one) for one in others], lift)

    # Answers

    def highest(self, found: Quick) -> float:
        """Return the highest score; 0 of an empty set."""
        return self._sets.highest(_whole(found))

    def count(self, found: Quick) -> int:
        """Return the number of documents."""
        return found.count() if isinstance(found, Planned) else self._sets.count(found)

    def documents(self, found: Quick) -> list[int]:
        """Return all documents."""
        return self._sets.documents(_whole(found))

    def holding(self, found: Quick, documents: Sequence[int]) -> list[int]:
        """Return those of ``documents`` (ascending) that were found."""
        if not isinstance(found, Planned):
            return self._sets.holding(found, documents)
        asked = np.array(documents, np.intp)
        held: list[int] = asked[found.places(asked)[1]].tolist()
        return held

    def scores(self, found: Quick, documents: Sequence[int]) -> list[float]:
        """Return the scores of some of the documents that were found."""
        if not isinstance(found, Planned):
            return self._sets.scores(found, documents)
        asked = np.array(documents, np.intp)
        order = np.argsort(asked, kind="stable")
        scores = np.empty(len(asked))
        scores[order] = found.places(asked[order])[0]
        listed: list[float] = scores.tolist()
        return listed

    def best(self, found: Quick, count: int) -> list[tuple[int, float]]:
        """Return the ``count`` best with their scores, and all that score as the last; unordered."""
        return found.best(count) if isinstance(found, Planned) else self._sets.best(found, count)
