"""Words that may be meant by one that was mistyped where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.amount_terms import amount_of, unit_term
from index.analysis import STEM_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.deadline import Deadline
    from index.query.tree import Figures, Fuzzy, Prefix
    from index.reader import IndexReader


def begun_otherwise(word: str, letters: Iterable[str]) -> set[str]:
    """Return words that differ from ``word`` in their first letter or by one, or in the order of two.

    ``letters`` are those that may stand there. The word has three letters at least, and nothing that is
    returned begins like it.
    """
    found = {word[1:], word[1] + word[0] + word[2:]}
    for letter in letters:
        found |= {letter + word, letter + word[1:]}
    return {other for other in found if other[0] != word[0]}


# The words of the dictionary that a prefix, a fuzzy word or a range of amounts stands for.

MOST_EXPANSIONS = 256  # words that one prefix stands for
MOST_SCANNED = 4096  # words looked at to choose them
MOST_FUZZY = 48  # words that one fuzzy word stands for
MOST_COMPARED = 200_000  # words of the dictionary that a fuzzy word is compared with
_PORTION = 20_000  # words compared between two looks at the clock
MOST_AMOUNTS = 100_000  # different amounts of a unit that a range looks through


def begun_by(reader: IndexReader, prefix: Prefix, fields: Iterable[str], budget: Deadline) -> list[str]:
    """Return the words that begin so, the most frequent where there are very many."""
    frequent: dict[str, int] = {}
    scanned = 0
    for field in fields:
        for term, count in reader.counted_terms(field, prefix.start, budget):
            scanned += 1
            if scanned > MOST_SCANNED:
                break
            frequent[term] = frequent.get(term, 0) + count
    terms = sorted(frequent, key=lambda term: (-frequent[term], term))[:MOST_EXPANSIONS]
    if len(terms) < len(frequent) or scanned > MOST_SCANNED:
        budget.left_out = (
            f"{prefix.text} stands for very many words; the {len(terms)} most frequent were searched."
        )
    return terms


def like(reader: IndexReader, fuzzy: Fuzzy, fields: Sequence[str], budget: Deadline) -> list[str]:
    """Return the words that differ in few letters, the nearest first.

    They begin with the same letter, or differ in nothing but their beginning: in the first letter, or by one
    letter before it or without it, or by the first two swapped.
    """
    # Loading the library of distances takes longer than most searches, which never come here.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    word, edits = fuzzy.term, fuzzy.edits
    words = reader.dictionary(word[0], budget)[:MOST_COMPARED]
    frequent: dict[str, int] = {}
    distances: dict[str, int] = {}
    for start in range(0, len(words), _PORTION):
        if budget.spent():
            break
        portion = words[start : start + _PORTION]
        for term, distance, _ in process.extract(
            word, portion, scorer=OSA.distance, score_cutoff=edits, limit=None
        ):
            count = sum(reader.document_frequency(field, term) for field in fields)
            if count and not term.startswith(STEM_MARK):
                frequent[term] = count
                distances[term] = int(distance)
    for term in begun_otherwise(word, reader.initials()):
        count = sum(reader.document_frequency(field, term) for field in fields)
        if count:
            frequent[term] = count
            distances[term] = 1
    nearest = sorted(frequent, key=lambda term: (distances[term], -frequent[term], term))
    if len(nearest) > MOST_FUZZY:
        budget.left_out = f"{fuzzy.text} stands for very many words; the {MOST_FUZZY} nearest were searched."
    return nearest[:MOST_FUZZY]


def amounts_within(reader: IndexReader, figures: Figures, budget: Deadline) -> list[str]:
    """Return the terms of all amounts that lie in a range, or of ranges that overlap it."""
    low = float("-inf") if figures.low is None else figures.low
    high = float("inf") if figures.high is None else figures.high
    start = "" if figures.unit is None else unit_term(figures.unit)
    found = []
    for scanned, term in enumerate(reader.terms("figure", start, budget)):
        if scanned == MOST_AMOUNTS:
            budget.left_out = f"{figures.text} was looked for among {MOST_AMOUNTS} different amounts only."
            break
        amount = amount_of(term)
        if amount is None:
            continue
        if amount.low > high and start:
            break  # the others are greater still
        if amount.low <= high and amount.high >= low:
            found.append(term)
    return found
