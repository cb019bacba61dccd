"""Where words stand in documents: how often they come near one another, and how close they come."""

from __future__ import annotations

from array import array
from itertools import repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from index.deadline import Deadline
    from index.reader import IndexReader, Part
    from index.whoosh_engine.segment import Field, Run

_RUN_PORTION = 1024  # postings between two looks at the clock
PORTION = 64  # documents between two looks at the clock


def frequencies(reader: IndexReader, field: str, terms: Iterable[str], budget: Deadline) -> dict[int, float]:
    """Return how often any of ``terms`` stands in each document."""
    counts: dict[int, float] = {}
    for term in terms:
        postings = reader.postings(field, term, budget)
        for number, frequency in zip(postings.ids, postings.frequencies, strict=True):
            counts[number] = counts.get(number, 0.0) + frequency
    return counts


def places_by_document(
    reader: IndexReader, field: str, terms: Sequence[str], budget: Deadline
) -> dict[int, list[Sequence[int]]]:
    """Return for each document that holds all ``terms`` the places of each of them, in their order."""
    lists = [reader.runs(field, term) for term in terms]
    found: dict[int, list[Sequence[int]]] = {}
    for part in reader.parts:
        here = [run for runs in lists for run in runs if run[0] is part]
        if budget.spent():
            break
        if len(here) < len(lists):
            continue
        together = set(_ids(here[0]))
        for run in here[1:]:
            together.intersection_update(_ids(run))
        together.difference_update(part.deleted)
        of_part: dict[int, list[Sequence[int]]] = {number: [] for number in sorted(together)}
        for run in here:
            for number, places in _places_in(run, of_part, budget):
                of_part[number].append(places)
        budget.spent()  # raises when nobody waits
        # When the time was up some have not all their places.
        found.update(
            (number + part.offset, places) for number, places in of_part.items() if len(places) == len(terms)
        )
    return found


def _ids(run: tuple[Part, Field, Run]) -> Sequence[int]:
    _, field, (_, start, end) = run
    return field.documents(start, end)


def _places_in(
    run: tuple[Part, Field, Run], wanted: Container[int], budget: Deadline
) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield those of ``wanted`` that hold a term, each with its places, until the time is up."""
    _, field, where = run
    begin, end = field.place_range(where)
    counts = field.place_counts[where.start : where.end] if begin < end else repeat(0)
    for done, (number, count) in enumerate(zip(_ids(run), counts, strict=False)):
        if done % _RUN_PORTION == 0 and budget.spent():
            return
        stop = begin + int(count)
        if number in wanted:
            # Many lists of numbers would make the collector of garbage stop everything again and again.
            yield number, array(field.places.format, field.places[begin:stop].tobytes()) if count else ()
        begin = stop


def phrases(
    reader: IndexReader, field: str, terms: Sequence[tuple[int, str]], budget: Deadline
) -> dict[int, float]:
    """Count in each document where all terms stand at their distances from one another."""
    counted = {}
    for number, places in places_by_document(reader, field, [term for _, term in terms], budget).items():
        starts = {place - terms[0][0] for place in places[0]}
        for (distance, _), here in zip(terms[1:], places[1:], strict=True):
            starts.intersection_update(place - distance for place in here)
        if starts:
            counted[number] = float(len(starts))
    return counted


def near(
    reader: IndexReader, field: str, terms: Sequence[str], within: int, budget: Deadline
) -> dict[int, float]:
    """Count in each document where all terms stand with at most ``within`` other words between them."""
    counted = {}
    widest = len(terms) + within
    for done, (number, places) in enumerate(places_by_document(reader, field, terms, budget).items()):
        if done % PORTION == 0 and budget.spent():
            break
        count = sum(end - start <= widest for start, end in stretches(places))
        if count:
            counted[number] = float(count)
    return counted


def stretches(places: Sequence[Sequence[int]]) -> Iterable[tuple[int, int]]:
    """Yield first and last (excluded) of the narrowest stretches that hold one place of each list."""
    events = sorted((place, which) for which, here in enumerate(places) for place in here)
    last = [-1] * len(places)
    for place, which in events:
        last[which] = place
        start = min(last)
        if start >= 0:
            yield start, place + 1
            last[last.index(start)] = -1  # the next stretch begins behind this one


def places_in(
    reader: IndexReader, field: str, term: str, documents: Sequence[int]
) -> dict[int, Sequence[int]]:
    """Return the places of a term in those of ``documents`` (ascending) that hold it."""
    found: dict[int, Sequence[int]] = {}
    for part, segment_field, run in reader.runs(field, term):
        place, end = segment_field.place_range(run)
        if place == end:
            continue
        counts, at = segment_field.place_counts, run.start
        for number in documents:
            if not part.offset <= number < part.offset + part.segment.count:
                continue
            wanted = number - part.offset
            there = segment_field.place_of(wanted, at, run.end)
            place += int(sum(counts[at:there]))
            at = there
            if there < run.end and segment_field.documents(there, there + 1)[0] == wanted:
                found[number] = segment_field.places[place : place + int(counts[there])]
    return found
