"""Operations on sets of scored documents, and the scorer that needs nothing but Python: ``DictScorer``.

``Evaluator`` says what a query means in terms of these operations only. There are two scorers, since each
answers some searches much sooner (CPU ms for count and best hits, medians at 10,000 texts of 400 words; the
last column is ArrayScorer where a query is of plain words, which it answers by bounds of their scores):

    query         DictScorer   ArrayScorer   by bounds
    rare word           0.11          0.09        0.16
    common word         1.64          0.37        0.17
    two words, AND      1.73          0.63        0.25
    three words         3.12          0.79        0.40

- ``DictScorer`` loads nothing. One search in a process of its own would pay more for loading numpy.
- ``ArrayScorer`` (``whoosh_engine.array_scorer``) has every operation on numpy arrays, and answers plain
  words without scoring every document (``whoosh_engine.maxscore``).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from index.analysis import word_terms
from index.bm25f import FIELD_WEIGHTS, LENGTH_SHARE, SATURATION, idf
from index.positions import in_a_row, together_counts
from index.query.tree import TEXT_FIELDS, Near, Phrase, Word, positive_leaves

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from index.interface import Deadline
    from index.positions import PhraseWords
    from index.query.tree import Leaf, Node, TermQuery
    from index.reader import IndexReader, Postings

Found = TypeVar("Found")


class Scorer(Protocol[Found]):
    """The operations on sets of documents; a set is never changed once it was returned."""

    def term_query(self, query: TermQuery) -> Found | None:
        """Return what a query of plain words finds; None where the other operations are as quick."""

    def terms(self, terms: Mapping[str, Sequence[str]]) -> Found:
        """Return what holds any of ``terms`` (by field), scored as if they were one word."""

    def phrase(self, fields: Sequence[str], words: PhraseWords) -> Found:
        """Return what holds all of a phrase in one of ``fields``, scored as one word."""

    def counts(self, counted: Mapping[str, Mapping[int, float]]) -> Found:
        """Return what was counted elsewhere (by field and document), scored as one word."""

    def filter(self, field: str, terms: Iterable[str]) -> Found:
        """Return what holds any of ``terms``, without scores."""

    def all_docs(self) -> Found:
        """Return all documents, without scores."""

    def union(self, found: Sequence[Found]) -> Found:
        """Return what any of the sets holds, with the sum of the scores."""

    def intersection(self, found: Sequence[Found]) -> Found:
        """Return what all of the sets hold, with the sum of the scores."""

    def difference(self, found: Found, others: Found) -> Found:
        """Return what is in ``found`` and not in ``others``."""

    def restrict(self, found: Found, others: Found) -> Found:
        """Return what is in both, with the scores of ``found``."""

    def boost(self, found: Found, factor: float) -> Found:
        """Return the same documents with ``factor`` times their scores."""

    def ranked(self, found: Sequence[Found]) -> Found:
        """Return the union, in which what all of the sets hold is lifted above all the rest."""

    def count(self, found: Found) -> int:
        """Return the number of documents."""

    def documents(self, found: Found) -> list[int]:
        """Return all documents."""

    def contained(self, found: Found, documents: Sequence[int]) -> list[int]:
        """Return those of ``documents`` (ascending) that were found."""

    def scores(self, found: Found, documents: Sequence[int]) -> list[float]:
        """Return the scores of some of the documents that were found."""

    def top(self, found: Found, count: int) -> list[tuple[int, float]]:
        """Return the ``count`` best with their scores, and all that score as the last; unordered."""


class DictScorer:
    """Sets as dictionaries from documents to scores."""

    def __init__(self, reader: IndexReader, deadline: Deadline) -> None:
        self._reader = reader
        self._deadline = deadline
        self._known: dict[tuple[str, str], Postings] = {}
        self._words: dict[Hashable, dict[int, float]] = {}

    def term_query(self, _: TermQuery) -> None:
        """Return None."""

    # What the index holds

    def terms(self, terms: Mapping[str, Sequence[str]]) -> dict[int, float]:
        """Return what holds any of ``terms`` (by field), scored as if they were one word."""
        read = {field: [self._postings(field, term) for term in wanted] for field, wanted in terms.items()}
        # A stem often says what its only form says.
        where = tuple((field, tuple(some.where for some in found)) for field, found in read.items())
        known = self._words.get(where)
        if known is None:
            known = self._words[where] = self._weighed(read)
        return known

    def _weighed(self, read: Mapping[str, Sequence[Postings]]) -> dict[int, float]:
        counted = {}
        for field, found in read.items():
            counts: dict[int, float] = {}
            for postings in found:
                if counts:
                    for number, frequency in zip(postings.ids, postings.frequencies, strict=True):
                        counts[number] = counts.get(number, 0.0) + frequency
                else:
                    counts = dict(zip(postings.ids, postings.frequencies, strict=True))
            counted[field] = counts
        return self.counts(counted)

    def phrase(self, fields: Sequence[str], words: PhraseWords) -> dict[int, float]:
        """Return what holds all of a phrase in one of ``fields``, scored as one word."""
        reader, deadline = self._reader, self._deadline
        terms, starts = [terms for _, terms in words], in_a_row([distance for distance, _ in words])
        return self.counts(
            {field: together_counts(reader, field, terms, starts, deadline) for field in fields}
        )

    def counts(self, counted: Mapping[str, Mapping[int, float]]) -> dict[int, float]:
        """Return what was counted elsewhere (by field and document), scored as one word."""
        reader = self._reader
        sums: dict[int, float] = {}
        for field, counts in counted.items():
            share = LENGTH_SHARE[field]
            per_word = share / reader.average_length(field)
            least = 1.0 - share
            weight = FIELD_WEIGHTS[field]
            lengths = reader.lengths_of(field, counts)
            parts = {
                number: weight * frequency / (least + per_word * length)
                for (number, frequency), length in zip(counts.items(), lengths, strict=True)
            }
            if not sums:
                sums = parts
                continue
            for number, part in parts.items():
                sums[number] = sums.get(number, 0.0) + part
        rarity = idf(len(sums), reader.count)
        return {
            number: rarity * total * (SATURATION + 1.0) / (SATURATION + total)
            for number, total in sums.items()
        }

    def filter(self, field: str, terms: Iterable[str]) -> dict[int, float]:
        """Return what holds any of ``terms``, without scores."""
        found: dict[int, float] = {}
        for term in terms:
            found.update(dict.fromkeys(self._postings(field, term).ids, 0.0))
        return found

    def all_docs(self) -> dict[int, float]:
        """Return all documents, without scores."""
        return dict.fromkeys(self._reader.documents(), 0.0)

    def _postings(self, field: str, term: str) -> Postings:
        known = self._known.get((field, term))
        if known is None:
            known = self._known[field, term] = self._reader.postings(field, term, self._deadline)
        return known

    # Combinations

    def union(self, found: Sequence[dict[int, float]]) -> dict[int, float]:
        """Return what any of the sets holds, with the sum of the scores."""
        total: dict[int, float] = {}
        for scores in found:
            if not total:
                total = dict(scores)
                continue
            for number, score in scores.items():
                total[number] = total.get(number, 0.0) + score
        return total

    def intersection(self, found: Sequence[dict[int, float]]) -> dict[int, float]:
        """Return what all of the sets hold, with the sum of the scores."""
        everywhere = min(found, key=len, default={})
        return {
            number: sum(scores[number] for scores in found)
            for number in everywhere
            if all(number in scores for scores in found)
        }

    def difference(self, found: dict[int, float], others: dict[int, float]) -> dict[int, float]:
        """Return what is in ``found`` and not in ``others``."""
        return {number: score for number, score in found.items() if number not in others}

    def restrict(self, found: dict[int, float], others: dict[int, float]) -> dict[int, float]:
        """Return what is in both, with the scores of ``found``."""
        if len(others) < len(found):
            return {number: found[number] for number in others if number in found}
        return {number: score for number, score in found.items() if number in others}

    def boost(self, found: dict[int, float], factor: float) -> dict[int, float]:
        """Return the same documents with ``factor`` times their scores."""
        return {number: score * factor for number, score in found.items()}

    def ranked(self, found: Sequence[dict[int, float]]) -> dict[int, float]:
        """Return the union, in which what all of the sets hold is lifted above all the rest."""
        complete = self.intersection(found)
        lift = sum(max(scores.values(), default=0.0) for scores in found)
        return {
            number: score + lift if number in complete else score
            for number, score in self.union(found).items()
        }

    # Answers

    def count(self, found: dict[int, float]) -> int:
        """Return the number of documents."""
        return len(found)

    def documents(self, found: dict[int, float]) -> list[int]:
        """Return all documents."""
        return list(found)

    def contained(self, found: dict[int, float], documents: Sequence[int]) -> list[int]:
        """Return those of ``documents`` (ascending) that were found."""
        return [number for number in documents if number in found]

    def scores(self, found: dict[int, float], documents: Sequence[int]) -> list[float]:
        """Return the scores of some of the documents that were found."""
        return [found[number] for number in documents]

    def top(self, found: dict[int, float], count: int) -> list[tuple[int, float]]:
        """Return the ``count`` best with their scores, and all that score as the last; unordered."""
        if count <= 0:
            return []
        highest = sorted(found.values(), reverse=True)[:count]
        least = highest[-1] if highest else 0.0
        return [(number, score) for number, score in found.items() if score >= least]


# Arrays are many times as quick over many documents, but loading numpy takes longer than most searches.
# So one search in a process of its own does without, unless there is much to weigh.

WORTH_ARRAYS = 60_000  # postings that take about as long without numpy as loading it does
_LARGE = 5_000  # documents from which on a second search is taken as a sign of more to come


def choose_scorer(reader: IndexReader, node: Node, deadline: Deadline) -> Scorer[Any]:
    """Return the operations on scorer that answer ``node`` soonest."""
    reader.searches += 1
    if (
        "numpy" in sys.modules
        or (reader.searches > 1 and reader.all_count > _LARGE)
        or (reader.all_count > _LARGE and _postings(reader, node) > WORTH_ARRAYS)
    ):
        from index.whoosh_engine.array_scorer import ArrayScorer
        from index.whoosh_engine.segment_arrays import ReaderArrays

        return ArrayScorer(reader.derived(ReaderArrays, lambda: ReaderArrays(reader)), deadline)
    return DictScorer(reader, deadline)


def _postings(reader: IndexReader, node: Node) -> int:
    """Return about how many postings there are to read for a query."""
    return sum(_postings_of(reader, leaf) for leaf in positive_leaves(node))


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
