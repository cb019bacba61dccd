"""Did you mean: for words that stand nowhere, the nearest that do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.analysis import word_terms
from index.query.tree import TEXT_FIELDS, Word, found_leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.budget import Budget
    from index.query.tree import Node
    from index.reading import IndexReader

_SHORTEST = 4  # letters; shorter words have too many neighbours
_FIELDS = ("text", "title", "publisher", "author")
_MOST_TERMS = 60_000  # of the dictionary that one suggestion looks through
_MOST_WORDS = 3  # of a query that are looked up


def suggestion(query: str, node: Node, reader: IndexReader, budget: Budget) -> str | None:
    """Return ``query`` with its unknown words replaced by near ones; None when there are none."""
    replaced = query
    unknown = [leaf for leaf in found_leaves(node) if isinstance(leaf, Word) and _unknown(leaf, reader)]
    changed = False
    for word in sorted(unknown[:_MOST_WORDS], key=lambda leaf: -leaf.span.start):
        near = _nearest(word, reader, budget)
        if near is not None:
            replaced = replaced[: word.span.start] + near + replaced[word.span.end :]
            changed = True
    return replaced if changed else None


def _unknown(word: Word, reader: IndexReader) -> bool:
    fields = TEXT_FIELDS if word.field is None else (word.field,)
    terms = (word.term,) if word.exact else (word.term, *word_terms(word.term))
    return not any(reader.document_frequency(field, term) for field in fields for term in terms)


def _nearest(word: Word, reader: IndexReader, budget: Budget) -> str | None:
    """Return the nearest term of the dictionary; of equally near ones the most frequent."""
    term = word.term
    if len(term) < _SHORTEST or not term.isalpha():
        return None
    # Loading the library of distances takes longer than most searches, which never come here.
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    farthest = 1 if len(term) <= 7 else 2
    fields = _FIELDS if word.field is None else (word.field,)
    for start in (term[0], ""):  # few typing errors are in the first letter
        best: tuple[int, int, str] | None = None
        for field in fields:
            for candidate in _candidates(reader, field, start, len(term), budget):
                far = OSA.distance(term, candidate, score_cutoff=farthest)
                if far > farthest or (best is not None and far > best[0]):
                    continue
                rank = (far, -reader.document_frequency(field, candidate), candidate)
                if best is None or rank < best:
                    best = rank
        if best is not None:
            return best[2]
    return None


def _candidates(reader: IndexReader, field: str, start: str, length: int, budget: Budget) -> Iterator[str]:
    for scanned, term in enumerate(reader.terms(field, start, budget)):
        if scanned > _MOST_TERMS:
            return
        if abs(len(term) - length) <= 2 and term.isalpha():  # stems have a mark that is no letter
            yield term
