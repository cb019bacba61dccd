"""Did you mean: for words that stand nowhere, the nearest that do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.analysis import tokens, word_terms
from index.query.tree import Near, Phrase, Word, fields_of, found_leaves
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.deadline import Deadline
    from index.query.tree import Node
    from index.reader import IndexReader

_SHORTEST = 4  # letters; shorter words have too many neighbours
_FIELDS = ("text", "title", "publisher", "author")
_MOST_TERMS = 60_000  # of the dictionary that one suggestion looks through
_MOST_WORDS = 3  # of a query that are looked up


def suggestion(query: str, node: Node, reader: IndexReader, budget: Deadline) -> str | None:
    """Return ``query`` with its unknown words replaced by near ones; None when there are none."""
    replaced = query
    unknown = [word for word in _words(query, node) if _unknown(word, reader)]
    changed = False
    for word in sorted(unknown[:_MOST_WORDS], key=lambda leaf: -leaf.span.start):
        near = _nearest(word, reader, budget)
        if near is not None:
            replaced = replaced[: word.span.start] + near + replaced[word.span.end :]
            changed = True
    return replaced if changed else None


def _words(query: str, node: Node) -> Iterator[Word]:
    """Yield the words of a query, those within phrases as well, where the index has words at all."""
    for leaf in found_leaves(node):
        if isinstance(leaf, Word) and fields_of(leaf):
            yield leaf
        elif isinstance(leaf, Phrase | Near) and fields_of(leaf):
            for token in tokens(query, *leaf.span):
                span = Span(token.start, token.end)
                yield Word(span.of(query), span, leaf.field, token.written, exact=True)


def _unknown(word: Word, reader: IndexReader) -> bool:
    fields = fields_of(word)
    terms = (word.term,) if word.exact else (word.term, *word_terms(word.term))
    return not any(reader.document_frequency(field, term) for field in fields for term in terms)


def _nearest(word: Word, reader: IndexReader, budget: Deadline) -> str | None:
    """Return the nearest term of the dictionary; of equally near ones the most frequent."""
    term = word.term
    if len(term) < _SHORTEST or not term.isalpha():
        return None
    # Loading the library of distances takes longer than most searches, which never come here.
    from rapidfuzz.distance import OSA

    farthest = 1 if len(term) <= 7 else 2
    fields = _FIELDS if word.field is None else fields_of(word)
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


def _candidates(reader: IndexReader, field: str, start: str, length: int, budget: Deadline) -> Iterator[str]:
    for scanned, term in enumerate(reader.terms(field, start, budget)):
        if scanned > _MOST_TERMS:
            return
        if abs(len(term) - length) <= 2 and term.isalpha():  # stems have a mark that is no letter
            yield term
