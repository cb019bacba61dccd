"""Whether a search keeps its sets as dictionaries or as arrays.

Arrays are many times as quick over many documents, but loading numpy takes longer than most searches. So
one search in a process of its own does without, unless there is much to weigh.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from index.analysis import word_terms
from index.query.tree import TEXT_FIELDS, Near, Phrase, Word, found_leaves
from index.sets import PlainSets

if TYPE_CHECKING:
    from index.budget import Budget
    from index.query.tree import Leaf, Node
    from index.reading import IndexReader
    from index.sets import Sets

WORTH_ARRAYS = 60_000  # postings that take about as long without numpy as loading it does
_LARGE = 5_000  # documents from which on a second search is taken as a sign of more to come


def sets_for(reader: IndexReader, node: Node, budget: Budget) -> Sets[Any]:
    """Return the operations on sets that answer ``node`` soonest."""
    reader.searches += 1
    if (
        "numpy" in sys.modules
        or (reader.searches > 1 and reader.all_count > _LARGE)
        or (reader.all_count > _LARGE and _postings(reader, node) > WORTH_ARRAYS)
    ):
        from index.codec.arrays import Arrays  # noqa: PLC0415 - this is what the choice is about
        from index.codec.quick import QuickSets  # noqa: PLC0415 - as above

        arrays = reader.arrays
        if not isinstance(arrays, Arrays):
            arrays = reader.arrays = Arrays(reader)
        return QuickSets(arrays, budget)
    return PlainSets(reader, budget)


def _postings(reader: IndexReader, node: Node) -> int:
    """Return about how many postings there are to read for a query."""
    return sum(_postings_of(reader, leaf) for leaf in found_leaves(node))


def _postings_of(reader: IndexReader, leaf: Leaf) -> int:
    match leaf:
        case Word():
            terms = (leaf.term, *word_terms(leaf.term))
        case Phrase():
            terms = tuple(term for _, term in leaf.terms)
        case Near():
            terms = leaf.terms
        case _:
            return reader.all_count
    return sum(reader.document_frequency(field, term) for field in TEXT_FIELDS for term in terms)
