"""Finds passages that two texts share although words were shuffled, replaced or translated back and forth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sources.evidence.lineage import SharedPassage
from sources.evidence.shared_passages import Shingles, shared_runs
from sources.model import Span
from sources.text.sentences import split_sentences
from sources.text.tokens import norms, tokenize
from sources.text.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


class Thresholds(NamedTuple):
    """What counts: ``alike`` and ``shared`` for two sentences, ``whole`` for two passages, all 0 to 1.

    ``gap`` is how many sentences may lie between two seeds of one passage, ``shortest`` the code points of
    a passage in either text, ``verbatim`` the code points of runs that are taken to the letter.
    """

    alike: float = 0.33
    shared: float = 0.33
    whole: float = 0.34
    gap: int = 4
    shortest: int = 150
    verbatim: int = 250


DEFAULT = Thresholds()
_FEWEST_WORDS = 3  # of a sentence that stands for itself
_BLOCK = 256  # sentences compared at once, which bounds the memory


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of one text, a row each.

    ``weighted`` and ``present`` have a column for each stem that both texts have: its count by its rarity,
    and whether it is there; ``lengths`` and ``distinct`` are of all stems of a sentence, shared or not.
    """

    spans: list[Span]
    weighted: NDArray[np.float32]
    lengths: NDArray[np.float32]
    present: NDArray[np.float32]
    distinct: NDArray[np.float32]


class _Seeds(NamedTuple):
    """Pairs of alike sentences by their numbers in the two texts."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]


def reworked_passages(a: str, b: str, thresholds: Thresholds = DEFAULT) -> tuple[SharedPassage, ...]:
    """Find the passages of ``a`` that stand in ``b`` in the same or in other words, in the order of ``a``."""
    found = _verbatim(a, b, thresholds)
    read = _read(a, b)
    if read is not None:
        extended = _extended(*read, thresholds)
        found += [one for one in extended if not any(one.a.overlaps(other.a) for other in found)]
    return tuple(sorted(found, key=lambda passage: passage.a))


def _extended(one: _Sentences, other: _Sentences, thresholds: Thresholds) -> list[SharedPassage]:
    """Return the passages that grow from seeds, none of which overlap in the first text."""
    seeds = _seeds(one, other, thresholds)
    clusters = _clusters(one, other, seeds, thresholds, thresholds.gap)
    found = (_passage(one, other, seeds, cluster) for cluster in clusters)
    return _without_overlap(
        [
            passage
            for passage in found
            if min(passage.a.end - passage.a.start, passage.b.end - passage.b.start) >= thresholds.shortest
        ]
    )


def _verbatim(a: str, b: str, thresholds: Thresholds) -> list[SharedPassage]:
    """Return the long runs of the same words, joined where only a little lies between them."""
    numbers: dict[str, int] = {}
    words_a, words_b = tokenize(a), tokenize(b)
    one = Shingles([numbers.setdefault(word.norm, len(numbers)) for word in words_a])
    other = Shingles([numbers.setdefault(word.norm, len(numbers)) for word in words_b])
    found: list[SharedPassage] = []
    for run in shared_runs(one, other):
        span_a = Span(words_a[run.a_start].start, words_a[run.a_start + run.length - 1].end)
        span_b = Span(words_b[run.b_start].start, words_b[run.b_start + run.length - 1].end)
        before = found[-1] if found else None
        if (
            before is not None
            and 0 <= span_a.start - before.a.end < 40
            and 0 <= span_b.start - before.b.end < 40
        ):
            found[-1] = SharedPassage(Span(before.a.start, span_a.end), Span(before.b.start, span_b.end))
        else:
            found.append(SharedPassage(span_a, span_b))
    return [passage for passage in found if passage.a.end - passage.a.start >= thresholds.verbatim]


def _read(a: str, b: str) -> tuple[_Sentences, _Sentences] | None:
    """Read the sentences of both texts over the stems that both have; None where that is nothing."""
    spans = [_merged(text) for text in (a, b)]
    stems = [[[stem(norm) for norm in norms(text, span)] for span in group]
             for text, group in zip((a, b), spans, strict=True)]  # fmt: skip
    frequency: dict[str, int] = {}
    for sentence in (*stems[0], *stems[1]):
        for one in set(sentence):
            frequency[one] = frequency.get(one, 0) + 1
    both = {one for sentence in stems[0] for one in sentence} & {
        one for sentence in stems[1] for one in sentence
    }
    if not both:
        return None
    number = {one: place for place, one in enumerate(sorted(both))}
    total = len(stems[0]) + len(stems[1])
    rarity = {one: float(np.log(total / count)) for one, count in frequency.items()}
    first, second = (
        _vectors(group, sentences, number, rarity) for group, sentences in zip(spans, stems, strict=True)
    )
    return first, second


def _vectors(
    spans: list[Span], stems: list[list[str]], number: dict[str, int], rarity: dict[str, float]
) -> _Sentences:
    weighted = np.zeros((len(spans), len(number)), dtype=np.float32)
    present = np.zeros((len(spans), len(number)), dtype=np.float32)
    lengths = np.zeros(len(spans), dtype=np.float32)
    distinct = np.zeros(len(spans), dtype=np.float32)
    for row, sentence in enumerate(stems):
        counts: dict[str, int] = {}
        for one in sentence:
            counts[one] = counts.get(one, 0) + 1
        lengths[row] = sum((count * rarity[one]) ** 2 for one, count in counts.items()) ** 0.5
        distinct[row] = len(counts)
        for one, count in counts.items():
            column = number.get(one)
            if column is not None:
                weighted[row, column] = count * rarity[one]
                present[row, column] = 1
    return _Sentences(spans, weighted, lengths, present, distinct)


def _merged(text: str) -> list[Span]:
    """Return the sentences, those of hardly any words together with the one after them."""
    merged: list[Span] = []
    start: int | None = None
    for span in split_sentences(text):
        begin = span.start if start is None else start
        if len(tokenize(text, Span(begin, span.end))) < _FEWEST_WORDS:
            start = begin
            continue
        merged.append(Span(begin, span.end))
        start = None
    return merged


def _seeds(one: _Sentences, other: _Sentences, thresholds: Thresholds) -> _Seeds:
    rows: list[NDArray[np.int64]] = []
    columns: list[NDArray[np.int64]] = []
    for start in range(0, len(one.spans), _BLOCK):
        part = slice(start, start + _BLOCK)
        lengths = np.maximum(np.outer(one.lengths[part], other.lengths), 1e-9)
        cosine = one.weighted[part] @ other.weighted.T / lengths
        sizes = np.maximum(one.distinct[part][:, None] + other.distinct[None, :], 1)
        dice = 2 * (one.present[part] @ other.present.T) / sizes
        row, column = np.nonzero((cosine > thresholds.alike) & (dice > thresholds.shared))
        rows.append(row + start)
        columns.append(column)
    return (
        _Seeds(np.concatenate(rows), np.concatenate(columns))
        if rows
        else _Seeds(np.empty(0, int), np.empty(0, int))
    )


def _clusters(
    one: _Sentences, other: _Sentences, seeds: _Seeds, thresholds: Thresholds, gap: int,
    within: NDArray[np.int64] | None = None,
) -> Iterator[NDArray[np.int64]]:  # fmt: skip
    """Yield groups of seeds that lie close together in both texts and are alike as wholes.

    A group that is not alike is looked at once more with smaller gaps.
    """
    start = np.arange(len(seeds.a)) if within is None else within
    for cluster in _close((seeds.a, seeds.b), start, gap):
        if _likeness(one, other, seeds, cluster) >= thresholds.whole:
            yield cluster
        elif gap > 0:
            yield from _clusters(one, other, seeds, thresholds, gap - 1, cluster)


def _close(
    sides: tuple[NDArray[np.int64], NDArray[np.int64]], group: NDArray[np.int64], gap: int, whole: int = 0
) -> Iterator[NDArray[np.int64]]:
    """Yield the largest groups in which no two neighbours are farther apart than ``gap`` in either text.

    ``sides`` are the sentences of the seeds in the text to split by next and in the other one; ``whole`` is
    how many times in a row splitting has left the group as it was.
    """
    if not len(group):
        return
    ordered = group[np.argsort(sides[0][group], kind="stable")]
    parts = np.split(ordered, np.nonzero(np.diff(sides[0][ordered]) > gap + 1)[0] + 1)
    if len(parts) == 1 and whole:
        yield group
        return
    for part in parts:
        yield from _close((sides[1], sides[0]), part, gap, len(parts) == 1)


def _likeness(one: _Sentences, other: _Sentences, seeds: _Seeds, cluster: NDArray[np.int64]) -> float:
    a = one.weighted[seeds.a[cluster].min() : seeds.a[cluster].max() + 1].sum(axis=0)
    b = other.weighted[seeds.b[cluster].min() : seeds.b[cluster].max() + 1].sum(axis=0)
    length = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / length if length else 0.0


def _passage(one: _Sentences, other: _Sentences, seeds: _Seeds, cluster: NDArray[np.int64]) -> SharedPassage:
    a, b = seeds.a[cluster], seeds.b[cluster]
    return SharedPassage(
        Span(one.spans[a.min()].start, one.spans[a.max()].end),
        Span(other.spans[b.min()].start, other.spans[b.max()].end),
    )


def _without_overlap(found: list[SharedPassage]) -> list[SharedPassage]:
    """Keep of passages that overlap in the first text the longest."""
    kept: list[SharedPassage] = []
    for passage in sorted(found, key=lambda one: one.a.start - one.a.end):
        if not any(passage.a.overlaps(other.a) for other in kept):
            kept.append(passage)
    return sorted(kept, key=lambda one: one.a)
