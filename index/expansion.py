"""Expands a query's terms by the dictionary: prefixes, fuzzy words, amounts, and "did you mean"."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from index.analysis import CAPITALS_MARK, STEM_MARK, amount_of, tokens, unit_term, word_terms
from index.query.tree import STAR, Near, Phrase, Prefix, Word, fields_of, positive_leaves
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.interface import Deadline
    from index.query.tree import Figures, Fuzzy, Leaf, Node
    from index.reader import IndexReader

# Bounds of the time and memory of one query, not measured one by one; an answer says where one was reached.
MOST_EXPANSIONS = 256  # words that one prefix stands for
MOST_WHILE_TYPING = 128  # words that one stands for while it is still being typed,
MOST_POSTINGS = 150_000  # with so many postings
MOST_BEGUN_IN_PHRASE = 256  # words that the last one of a phrase stands for then,
MOST_POSTINGS_IN_PHRASE = 500_000  # with so many postings, most of which are not weighed
MOST_FUZZY = 48  # words that one fuzzy word stands for
MOST_COMPARED = 200_000  # words of the dictionary that a fuzzy word is compared with
_PORTION = 20_000  # words compared between two looks at the clock
MOST_AMOUNTS = 100_000  # different amounts of a unit that a range looks through
SHORTEST_SUGGESTED = 4  # letters; shorter words have too many neighbours
_FIELDS = ("text", "title", "publisher", "author")
_MOST_TERMS = 60_000  # of the dictionary that one suggestion looks through
_MOST_WORDS = 3  # of a query that are looked up


def first_letter_edits(word: str, letters: Iterable[str]) -> set[str]:
    """Return words that differ from ``word`` in their first letter or by one, or in the order of two.

    ``letters`` are those that may stand there. The word has three letters at least, and nothing that is
    returned begins like it.
    """
    found = {word[1:], word[1] + word[0] + word[2:]}
    for letter in letters:
        found |= {letter + word, letter + word[1:]}
    return {other for other in found if other[0] != word[0]}


def expand_prefix(
    reader: IndexReader, prefix: Prefix, fields: Iterable[str], deadline: Deadline
) -> list[str]:
    """Return the words that begin so, the most frequent where there are very many.

    Of a word that is still being typed they are few enough for an answer at every key.
    """
    if not prefix.unfinished:
        return _begun(reader, prefix.start, fields, MOST_EXPANSIONS, deadline, prefix.text)
    return _begun(reader, prefix.start, fields, MOST_WHILE_TYPING, deadline, postings=MOST_POSTINGS)


def expand_phrase(
    reader: IndexReader, phrase: Phrase, fields: Sequence[str], deadline: Deadline
) -> list[tuple[int, Sequence[str]]]:
    """Return the words of a phrase, each with its distance from the first and all that it may be."""
    begun = partial(_begun, reader, fields=fields, deadline=deadline)
    if phrase.unfinished:
        begun = partial(begun, most=MOST_BEGUN_IN_PHRASE, postings=MOST_POSTINGS_IN_PHRASE)
    else:
        begun = partial(begun, most=MOST_EXPANSIONS, said=phrase.text)
    return [
        (distance, begun(term.removesuffix(STAR)) if term.endswith(STAR) else (term,))
        for distance, term in phrase.terms
    ]


def _begun(
    reader: IndexReader,
    start: str,
    fields: Iterable[str],
    most: int,
    deadline: Deadline,
    said: str = "",
    postings: int = sys.maxsize,
) -> list[str]:
    """Return at most ``most`` words that begin so, with so many ``postings``, the most frequent first.

    What is left out is noted: with a sentence about what was typed (``said``), or without one.
    """
    frequent: Counter[str] = Counter()
    whole = True
    for field in fields:
        if deadline.spent():
            break
        counts, are_all = reader.most_frequent(field, start, most)
        whole = whole and are_all
        frequent.update(counts)
    terms = sorted(frequent, key=lambda term: (-frequent[term], term))[:most]
    sums = list(accumulate(frequent[term] for term in terms))
    terms = terms[: max(1, bisect_right(sums, postings))]
    if not whole or len(terms) < len(frequent):
        deadline.left_some = deadline.left_some or not said
        if said:
            deadline.left_out = (
                f"{said} stands for very many words; the {len(terms)} most frequent were searched."
            )
    return terms


def expand_fuzzy(reader: IndexReader, fuzzy: Fuzzy, fields: Sequence[str], deadline: Deadline) -> list[str]:
    """Return the words that differ in few letters, the nearest first.

    They begin with the same letter, or differ in nothing but their beginning: in the first letter, or by one
    letter before it or without it, or by the first two swapped.
    """
    # Loading the library of distances takes longer than most searches, which never come here.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    word, edits = fuzzy.term, fuzzy.edits
    words = reader.dictionary(word[0], deadline)[:MOST_COMPARED]
    frequent: dict[str, int] = {}
    distances: dict[str, int] = {}
    for start in range(0, len(words), _PORTION):
        if deadline.spent():
            break
        portion = words[start : start + _PORTION]
        for term, distance, _ in process.extract(
            word, portion, scorer=OSA.distance, score_cutoff=edits, limit=None
        ):
            count = sum(reader.document_frequency(field, term) for field in fields)
            if count and not term.startswith((STEM_MARK, CAPITALS_MARK)):
                frequent[term] = count
                distances[term] = int(distance)
    for term in first_letter_edits(word, reader.initials()):
        count = sum(reader.document_frequency(field, term) for field in fields)
        if count:
            frequent[term] = count
            distances[term] = 1
    nearest = sorted(frequent, key=lambda term: (distances[term], -frequent[term], term))
    if len(nearest) > MOST_FUZZY:
        deadline.left_out = (
            f"{fuzzy.text} stands for very many words; the {MOST_FUZZY} nearest were searched."
        )
    return nearest[:MOST_FUZZY]


def expand_amounts(reader: IndexReader, figures: Figures, deadline: Deadline) -> list[str]:
    """Return the terms of all amounts that lie in a range, or of ranges that overlap it."""
    low = float("-inf") if figures.low is None else figures.low
    high = float("inf") if figures.high is None else figures.high
    start = "" if figures.unit is None else unit_term(figures.unit)
    found = []
    for scanned, term in enumerate(reader.terms("figure", start, deadline)):
        if scanned == MOST_AMOUNTS:
            deadline.left_out = f"{figures.text} was looked for among {MOST_AMOUNTS} different amounts only."
            break
        amount = amount_of(term)
        if amount is None:
            continue
        if amount.low > high and start:
            break  # the others are greater still
        if amount.low <= high and amount.high >= low:
            found.append(term)
    return found


def only_begun(query: str, node: Node, reader: IndexReader) -> tuple[Word, ...]:
    """Return the last word of an unfinished query if it is none in the texts, but the beginning of some."""
    if not any(_begins_a_word(leaf, reader) for leaf in positive_leaves(node)):
        return ()
    words = (word for word in _words(query, node) if word.span.end == len(query))
    return tuple(word for word in words if _unknown(word, reader))


def suggest(query: str, node: Node, reader: IndexReader, deadline: Deadline) -> str | None:
    """Return ``query`` with its unknown words replaced by near ones; None when there are none."""
    replaced = query
    begun = only_begun(query, node, reader)
    unknown = [word for word in _words(query, node) if word not in begun and _unknown(word, reader)]
    changed = False
    for word in sorted(unknown[:_MOST_WORDS], key=lambda leaf: -leaf.span.start):
        near = _nearest(word, reader, deadline)
        if near is not None:
            replaced = replaced[: word.span.start] + near + replaced[word.span.end :]
            changed = True
    return replaced if changed else None


def _words(query: str, node: Node) -> Iterator[Word]:
    """Yield the words of a query, those within phrases as well, where the index has words at all."""
    for leaf in positive_leaves(node):
        if isinstance(leaf, Word) and fields_of(leaf.field):
            yield leaf
        elif isinstance(leaf, Phrase | Near) and fields_of(leaf.field):
            for token in tokens(query, *leaf.span):
                span = Span(token.start, token.end)
                yield Word(span.of(query), span, leaf.field, token.written, exact=True)


def _unknown(word: Word, reader: IndexReader) -> bool:
    fields = fields_of(word.field)
    terms = (word.term,) if word.exact else (word.term, *word_terms(word.term))
    return not any(reader.document_frequency(field, term) for field in fields for term in terms)


def _begins_a_word(leaf: Leaf, reader: IndexReader) -> bool:
    match leaf:
        case Prefix(start=start, unfinished=True):
            pass
        case Phrase(terms=(*_, (_, last)), unfinished=True):
            start = last.removesuffix(STAR)
        case _:
            return False
    return any(reader.most_frequent(field, start, 1)[0] for field in fields_of(leaf.field))


def _nearest(word: Word, reader: IndexReader, deadline: Deadline) -> str | None:
    """Return the nearest term of the dictionary; of equally near ones the most frequent."""
    term = word.term
    if len(term) < SHORTEST_SUGGESTED or not term.isalpha():
        return None
    # Loading the library of distances takes longer than most searches, which never come here.
    from rapidfuzz.distance import OSA

    farthest = 1 if len(term) <= 7 else 2
    fields = _FIELDS if word.field is None else fields_of(word.field)
    for start in (term[0], ""):  # few typing errors are in the first letter
        best: tuple[int, int, str] | None = None
        for field in fields:
            for candidate in _candidates(reader, field, start, len(term), deadline):
                far = OSA.distance(term, candidate, score_cutoff=farthest)
                if far > farthest or (best is not None and far > best[0]):
                    continue
                rank = (far, -reader.document_frequency(field, candidate), candidate)
                if best is None or rank < best:
                    best = rank
        if best is not None:
            return best[2]
    return None


def _candidates(
    reader: IndexReader, field: str, start: str, length: int, deadline: Deadline
) -> Iterator[str]:
    for scanned, term in enumerate(reader.terms(field, start, deadline)):
        if scanned > _MOST_TERMS:
            return
        if abs(len(term) - length) <= 2 and term.isalpha():  # stems have a mark that is no letter
            yield term
