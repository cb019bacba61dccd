"""What comes near the words of a query is lifted: the best hits are put in order once more by it.

Of two words that follow each other in the query, the narrowest gap in the text and in the title counts, by
its inverse and by how rare the words are (in the manner of the pairwise proximity of Rasolofo and Savoy,
"Term proximity scoring for keyword-based retrieval systems", ECIR 2003).
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

from index.query.tree import Word, found_leaves

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.query.tree import Node
    from index.reader import IndexReader

RAISED = 50  # best hits that are looked at
_SHARE = 0.3  # of the rarity of a word that a neighbour in the text is worth
_FARTHEST = 5  # words from one to the other
_FIELDS = ("text", "title")
_MOST_PAIRS = 16  # of a query


def pairs_of(node: Node) -> list[tuple[str, str]]:
    """Return the neighbours among the plain words of a query, each pair once."""
    words = [
        leaf.term
        for leaf in found_leaves(node)
        if isinstance(leaf, Word) and leaf.field in {None, "text", "title"}
    ]
    pairs = dict.fromkeys((one, other) for one, other in pairwise(words) if one != other)
    return list(pairs)[:_MOST_PAIRS]


def nearness(
    reader: IndexReader, pairs: Sequence[tuple[str, str]], documents: Sequence[int]
) -> dict[int, float]:
    """Return what is to be added to the scores of ``documents`` (ascending)."""
    from index.positions import places_in

    added: dict[int, float] = {}
    terms = {term for pair in pairs for term in pair}
    for field in _FIELDS:
        places = {term: places_in(reader, field, term, documents) for term in terms}
        for one, other in pairs:
            worth = _SHARE * min(_rarity(reader, one), _rarity(reader, other))
            for number, gap in _gaps(places[one], places[other]).items():
                if gap <= _FARTHEST:
                    added[number] = added.get(number, 0.0) + worth / gap
    return added


def _rarity(reader: IndexReader, term: str) -> float:
    return log(1.0 + (reader.count + 1.0) / (reader.document_frequency("text", term) + 0.5))


def _gaps(one: Mapping[int, Sequence[int]], other: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return for each document how many words the second stands behind the first, at the nearest.

    Before it, it is one farther than it looks.
    """
    return {number: _narrowest(one[number], other[number]) for number in one if number in other}


def _narrowest(firsts: Sequence[int], seconds: Sequence[int]) -> int:
    narrowest = _FARTHEST + 1
    for place in firsts:
        at = bisect_left(seconds, place)
        if at < len(seconds) and seconds[at] > place:
            narrowest = min(narrowest, seconds[at] - place)
        if at:
            narrowest = min(narrowest, place - seconds[at - 1] + 1)
    return narrowest
