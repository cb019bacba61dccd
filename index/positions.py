"""Positions of terms in documents: phrases, near words, and the boost of terms that are close together.

Of two words that follow each other in the query, the smallest gap in the text and in the title counts, by its
inverse and by how rare the words are (in the manner of the pairwise proximity of Rasolofo and Savoy, "Term
proximity scoring for keyword-based retrieval systems", ECIR 2003).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import pairwise, repeat
from math import log
from typing import TYPE_CHECKING, TypeAlias

from index.query.tree import Near, Word, positive_leaves

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence

    from index.interface import Deadline
    from index.query.tree import Node, Phrase
    from index.reader import IndexReader, Part
    from index.whoosh_engine.segment import Field, Run

# The words of a phrase: how far each is from the first, and all terms that it may be.
PhraseWords: TypeAlias = "Sequence[tuple[int, Sequence[str]]]"

# Chosen with the weights of BM25F, by nDCG@10 on Cranfield, MEDLINE and CISI (benchmarks.ranking).
RERANKED = 50  # best hits that are looked at
_SHARE = 0.3  # of the rarity of a word that a neighbour in the text is worth
FARTHEST = 5  # words from one to the other
_FIELDS = ("text", "title")
_MOST_PAIRS = 16  # of a query
_RUN_PORTION = 1024  # postings between two looks at the clock
PORTION = 64  # documents between two looks at the clock


def term_counts(
    reader: IndexReader, field: str, terms: Iterable[str], deadline: Deadline
) -> dict[int, float]:
    """Return how often any of ``terms`` is in each document."""
    counts: dict[int, float] = {}
    for term in terms:
        postings = reader.postings(field, term, deadline)
        for number, frequency in zip(postings.ids, postings.frequencies, strict=True):
            counts[number] = counts.get(number, 0.0) + frequency
    return counts


def positions_by_document(
    reader: IndexReader, field: str, words: Sequence[Sequence[str]], deadline: Deadline
) -> dict[int, list[Sequence[int]]]:
    """Return for each document that holds all ``words`` the positions of each of them, in their order.

    Each word is given with all terms that it may be.
    """
    lists = [[run for term in terms for run in reader.runs(field, term)] for terms in words]
    found: dict[int, list[Sequence[int]]] = {}
    for part in reader.parts:
        here = [[run for run in runs if run[0] is part] for runs in lists]
        if deadline.spent():
            break
        if not all(here):
            continue
        together = set.intersection(*({one for run in runs for one in _ids(run)} for runs in here))
        together.difference_update(part.deleted)
        of_part: dict[int, list[Sequence[int]]] = {number: [] for number in sorted(together)}
        for place, runs in enumerate(here):
            for run in runs:
                for number, positions in _positions_in(run, of_part, deadline):
                    known = of_part[number]
                    if len(known) > place:
                        known[place] = [*known[place], *positions]
                    else:
                        known.append(positions)
        deadline.spent()  # raises when nobody waits
        # When the time was up some have not all their positions.
        found.update(
            (number + part.offset, positions)
            for number, positions in of_part.items()
            if len(positions) == len(words)
        )
    return found


def _ids(run: tuple[Part, Field, Run]) -> Sequence[int]:
    _, field, (_, start, end) = run
    return field.documents(start, end)


def _positions_in(
    run: tuple[Part, Field, Run], wanted: Container[int], deadline: Deadline
) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield those of ``wanted`` that hold a term, each with its positions, until the time is up."""
    _, field, where = run
    begin, end = field.position_range(where)
    counts = field.position_counts[where.start : where.end] if begin < end else repeat(0)
    for done, (number, count) in enumerate(zip(_ids(run), counts, strict=False)):
        if done % _RUN_PORTION == 0 and deadline.spent():
            return
        stop = begin + int(count)
        if number in wanted:
            # Many lists of numbers would make the collector of garbage stop everything again and again.
            yield (
                number,
                array(field.positions.format, field.positions[begin:stop].tobytes()) if count else (),
            )
        begin = stop


def starts_of(leaf: Phrase | Near) -> Callable[[Sequence[Sequence[int]]], Collection[int]]:
    """Return what says where words begin that belong together, from the positions of each in a document."""
    if isinstance(leaf, Near):
        widest = len(leaf.terms) + leaf.within
        return lambda positions: [
            start for start, end in minimal_intervals(positions) if end - start <= widest
        ]
    return in_a_row([distance for distance, _ in leaf.terms])


def in_a_row(distances: Sequence[int]) -> Callable[[Sequence[Sequence[int]]], Collection[int]]:
    """Return what says where words begin that stand so far from the first."""
    return lambda positions: set.intersection(
        *({place - away for place in here} for away, here in zip(distances, positions, strict=True))
    )


def terms_of(leaf: Phrase | Near) -> list[str]:
    """Return the words of a phrase, or near words, in their order."""
    return list(leaf.terms) if isinstance(leaf, Near) else [term for _, term in leaf.terms]


def together_counts(
    reader: IndexReader,
    field: str,
    words: Sequence[Sequence[str]],
    starts: Callable[[Sequence[Sequence[int]]], Collection[int]],
    deadline: Deadline,
) -> dict[int, float]:
    """Count in each document how often words are together, each given with all terms that it may be.

    ``starts`` says where they begin together (``starts_of``, ``in_a_row``).
    """
    if len(words) == 1:
        return term_counts(reader, field, words[0], deadline)
    counted = {}
    for done, (number, positions) in enumerate(positions_by_document(reader, field, words, deadline).items()):
        if done % PORTION == 0 and deadline.spent():
            break
        if count := len(starts(positions)):
            counted[number] = float(count)
    return counted


def minimal_intervals(positions: Sequence[Sequence[int]]) -> Iterable[tuple[int, int]]:
    """Yield first and last (excluded) of the narrowest stretches that hold one place of each list."""
    events = sorted((place, which) for which, here in enumerate(positions) for place in here)
    last = [-1] * len(positions)
    for place, which in events:
        last[which] = place
        start = min(last)
        if start >= 0:
            yield start, place + 1
            last[last.index(start)] = -1  # the next stretch begins behind this one


def positions_in(
    reader: IndexReader, field: str, term: str, documents: Sequence[int]
) -> dict[int, Sequence[int]]:
    """Return the positions of a term in those of ``documents`` (ascending) that hold it."""
    found: dict[int, Sequence[int]] = {}
    for part, segment_field, run in reader.runs(field, term):
        place, end = segment_field.position_range(run)
        if place == end:
            continue
        counts, at = segment_field.position_counts, run.start
        for number in documents:
            if not part.offset <= number < part.offset + part.segment.count:
                continue
            wanted = number - part.offset
            there = segment_field.lower_bound(wanted, at, run.end)
            place += int(sum(counts[at:there]))
            at = there
            if there < run.end and segment_field.documents(there, there + 1)[0] == wanted:
                found[number] = segment_field.positions[place : place + int(counts[there])]
    return found


def adjacent_pairs(node: Node) -> list[tuple[str, str]]:
    """Return the neighbours among the plain words of a query, each pair once."""
    words = [
        leaf.term
        for leaf in positive_leaves(node)
        if isinstance(leaf, Word) and leaf.field in {None, "text", "title"}
    ]
    pairs = dict.fromkeys((one, other) for one, other in pairwise(words) if one != other)
    return list(pairs)[:_MOST_PAIRS]


def proximity_boosts(
    reader: IndexReader, pairs: Sequence[tuple[str, str]], documents: Sequence[int]
) -> dict[int, float]:
    """Return what is to be added to the scores of ``documents`` (ascending)."""
    added: dict[int, float] = {}
    terms = {term for pair in pairs for term in pair}
    for field in _FIELDS:
        positions = {term: positions_in(reader, field, term, documents) for term in terms}
        for one, other in pairs:
            worth = _SHARE * min(_rarity(reader, one), _rarity(reader, other))
            for number, gap in _gaps(positions[one], positions[other]).items():
                if gap <= FARTHEST:
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
    narrowest = FARTHEST + 1
    for place in firsts:
        at = bisect_left(seconds, place)
        if at < len(seconds) and seconds[at] > place:
            narrowest = min(narrowest, seconds[at] - place)
        if at:
            narrowest = min(narrowest, place - seconds[at - 1] + 1)
    return narrowest
