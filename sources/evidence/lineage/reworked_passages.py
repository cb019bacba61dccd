"""Finds passages that two texts share although words were shuffled, replaced or translated back and forth.

The texts of a story are read once, and only those are laid beside each other of which some sentences are
alike by their rarer words.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sources.evidence.lineage import PassageKind, SharedPassage
from sources.evidence.lineage.text_reuse import body_sentences, read_texts, shared_by
from sources.evidence.sparse_rows import Product, Rows, sum_cells
from sources.model import Span
from sources.text.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sources.evidence.lineage.text_reuse import ReadText
    from sources.model import Source

    Numbers = NDArray[np.int64]
    Weights = NDArray[np.float64]


class Thresholds(NamedTuple):
    """What counts: ``alike`` and ``shared`` for two sentences, ``whole`` for two passages, all 0 to 1.

    ``gap`` is how many sentences may lie between two seeds of one passage, ``shortest`` the code points of
    a passage in either text, ``single`` those of a passage of one sentence, since reports of one event have
    like sentences that stem from nobody but the event; ``verbatim`` are the code points of a passage that is
    taken to the letter.
    """

    alike: float = 0.33
    shared: float = 0.33
    whole: float = 0.34
    gap: int = 4
    shortest: int = 150
    single: int = 400
    verbatim: int = 250


DEFAULT = Thresholds()
_MOSTLY = 0.5  # of the words of a passage on either side; what is quoted that much is a shared quote
_LETTER = 0.9  # of a passage, from which it is the same
_FEWEST_WORDS = 3  # of a sentence that stands for itself
_HOPEFUL = 0.2  # likeness of two sentences, by how rare words are in the story, that is worth a closer look


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of one text: a cell for each stem of each, with how often it is there."""

    spans: list[Span]
    rows: Numbers
    stems: Numbers
    counts: Weights
    distinct: Weights  # stems of each sentence
    found_in: Weights  # sentences that have each stem of the story


class _Table(NamedTuple):
    """A row a sentence, a column for each stem that both texts have, weighted by how rare it is in them."""

    spans: list[Span]
    weighted: NDArray[np.float32]
    lengths: NDArray[np.float32]  # with all stems, shared or not
    present: NDArray[np.float32]
    distinct: NDArray[np.float32]


class _Seeds(NamedTuple):
    """Pairs of alike sentences by their numbers in the two texts."""

    a: Numbers
    b: Numbers


class ReworkedSearch:
    """The search for reworked passages between the texts of a story; ``numbers`` are those of their words."""

    def __init__(
        self, texts: Sequence[ReadText], numbers: Mapping[str, int], thresholds: Thresholds = DEFAULT
    ) -> None:
        kinds: dict[str, int] = {}
        stems = np.array([kinds.setdefault(stem(word), len(kinds)) for word in numbers], dtype=np.int64)
        self._thresholds = thresholds
        self._width = max(1, len(kinds))
        self._read = texts
        self._texts = [_read(text, stems, self._width) for text in texts]

    def hopeful_pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of texts of which a sentence of each are alike, by their numbers, in order."""
        found_in = np.sum([text.found_in for text in self._texts], axis=0)
        many = np.array([len(text.spans) for text in self._texts], dtype=np.int64)
        rarity = np.log1p(many.sum() / np.maximum(found_in, 1))
        shared = found_in > 1
        rows = [_rare_cells(text, rarity, shared, self._width) for text in self._texts]
        for one, other in combinations(range(len(rows)), 2):
            if not many[one] or not many[other]:
                continue
            if Product(rows[one], rows[other]).block(0, int(many[one])).max(initial=0.0) >= _HOPEFUL:
                yield one, other

    def passages(
        self, one: int, other: int, verbatim: Sequence[SharedPassage] = ()
    ) -> tuple[SharedPassage, ...]:
        """Return the passages of text ``one`` that are in ``other``, in order, each once.

        Those that are ``verbatim`` are taken as they are; a short one that is part of a reworked passage is
        left to it.
        """
        limits = self._thresholds
        whole = [passage for passage in verbatim if _size(passage) >= limits.verbatim]
        found = [
            _as_verbatim(passage, verbatim)
            for passage in _extended(*_tables(self._texts[one], self._texts[other]), limits)
            if not any(_overlap(passage, known) for known in whole)
            and not (self._is_quoted(one, passage.a) and self._is_quoted(other, passage.b))
        ]
        short = [
            passage
            for passage in verbatim
            if _size(passage) < limits.verbatim and not any(_overlap(passage, known) for known in found)
        ]
        return tuple(sorted((*whole, *found, *short), key=lambda passage: (passage.a, passage.b)))

    def _is_quoted(self, text: int, span: Span) -> bool:
        """Tell whether a passage is mostly in quotation marks."""
        read = self._read[text]
        first, last = bisect_left(read.starts, span.start), bisect_left(read.starts, span.end)
        return sum(read.quoted[first:last]) > _MOSTLY * (last - first)


def reworked_passages(a: Source, b: Source) -> tuple[SharedPassage, ...]:
    """Find the passages of ``a`` that are in ``b`` in the same or in other words, in the order of ``a``."""
    numbers: dict[str, int] = {}
    texts = read_texts((a, b), numbers=numbers)
    pair = shared_by(*texts)
    return ReworkedSearch(texts, numbers).passages(0, 1, pair.passages if pair else ())


def _size(passage: SharedPassage) -> int:
    return passage.a.end - passage.a.start


def _as_verbatim(passage: SharedPassage, verbatim: Sequence[SharedPassage]) -> SharedPassage:
    """Return a passage as verbatim where hardly anything of it is not."""
    shared = sum(
        min(passage.a.end, known.a.end) - max(passage.a.start, known.a.start)
        for known in verbatim
        if _overlap(passage, known)
    )
    return replace(passage, kind=PassageKind.VERBATIM) if shared >= _LETTER * _size(passage) else passage


def _overlap(one: SharedPassage, other: SharedPassage) -> bool:
    return one.a.overlaps(other.a)


def _read(text: ReadText, stems: Numbers, width: int) -> _Sentences:
    """Read the sentences of a text, those of hardly any words together with the one after them."""
    starts = np.array(text.starts, dtype=np.int64)
    words = stems[np.array(text.shingles.words, dtype=np.int64)] if text.starts else np.empty(0, np.int64)
    spans: list[Span] = []
    firsts: list[int] = []
    begun: tuple[int, int] | None = None
    for span in body_sentences(text.source):
        first, last = np.searchsorted(starts, (span.start, span.end)).tolist()
        start, first = begun or (span.start, first)
        if last - first < _FEWEST_WORDS:
            begun = start, first
            continue
        spans.append(Span(start, span.end))
        firsts.append(first)
        begun = None
    ends = [*firsts[1:], len(words)] if firsts else []
    if begun is not None and ends:
        ends[-1] = begun[1]
    lengths = np.array([end - first for first, end in zip(firsts, ends, strict=True)], dtype=np.int64)
    rows = np.repeat(np.arange(len(spans)), lengths)
    words = words[firsts[0] : ends[-1]] if firsts else words[:0]
    rows, words, counts = sum_cells(rows, words, np.ones(len(rows)), width)
    distinct = np.bincount(rows, minlength=len(spans)).astype(np.float64)
    found_in = np.bincount(words, minlength=width).astype(np.float64)
    return _Sentences(spans, rows, words, counts, distinct, found_in)


def _rare_cells(text: _Sentences, rarity: Weights, shared: NDArray[np.bool_], width: int) -> Rows:
    """Return the sentences as rows of unit length, weighted by how rare each stem is in the story."""
    kept = shared[text.stems]
    weights = text.counts[kept] * rarity[text.stems[kept]]
    return Rows.made(len(text.spans), *sum_cells(text.rows[kept], text.stems[kept], weights, width))


def _tables(one: _Sentences, other: _Sentences) -> tuple[_Table, _Table]:
    """Return both texts over the stems that both have; a stem is rare that few of their sentences have."""
    total = len(one.spans) + len(other.spans)
    found_in = one.found_in + other.found_in
    rarity = np.log(max(total, 1) / np.maximum(found_in, 1))
    both = np.flatnonzero((one.found_in > 0) & (other.found_in > 0))
    column = np.full(len(found_in), -1, dtype=np.int64)
    column[both] = np.arange(len(both))
    return _table(one, rarity, column, len(both)), _table(other, rarity, column, len(both))


def _table(text: _Sentences, rarity: Weights, column: Numbers, width: int) -> _Table:
    many = len(text.spans)
    weights = text.counts * rarity[text.stems]
    lengths = np.sqrt(np.bincount(text.rows, weights * weights, minlength=many))
    columns = column[text.stems]
    kept = columns >= 0
    weighted = np.zeros((many, width), dtype=np.float32)
    present = np.zeros((many, width), dtype=np.float32)
    weighted[text.rows[kept], columns[kept]] = weights[kept]
    present[text.rows[kept], columns[kept]] = 1
    return _Table(text.spans, weighted, lengths.astype(np.float32), present, text.distinct.astype(np.float32))


def _extended(one: _Table, other: _Table, thresholds: Thresholds) -> list[SharedPassage]:
    """Return the passages that grow from seeds, none of which overlap in the first text."""
    seeds = _seeds(one, other, thresholds)
    clusters = _clusters(one, other, seeds, thresholds, thresholds.gap)
    found = (_passage(one, other, seeds, cluster, thresholds) for cluster in clusters)
    return _without_overlap([passage for passage in found if passage is not None])


_BLOCK = 256  # sentences compared at once, which bounds the memory


def _seeds(one: _Table, other: _Table, thresholds: Thresholds) -> _Seeds:
    rows: list[Numbers] = [np.empty(0, dtype=np.int64)]
    columns: list[Numbers] = [np.empty(0, dtype=np.int64)]
    for start in range(0, len(one.spans), _BLOCK):
        part = slice(start, start + _BLOCK)
        lengths = np.maximum(np.outer(one.lengths[part], other.lengths), 1e-9)
        cosine = one.weighted[part] @ other.weighted.T / lengths
        sizes = np.maximum(one.distinct[part][:, None] + other.distinct[None, :], 1)
        dice = 2 * (one.present[part] @ other.present.T) / sizes
        row, column = np.nonzero((cosine > thresholds.alike) & (dice > thresholds.shared))
        rows.append(row + start)
        columns.append(column)
    return _Seeds(np.concatenate(rows), np.concatenate(columns))


def _clusters(
    one: _Table, other: _Table, seeds: _Seeds, thresholds: Thresholds, gap: int,
    within: Numbers | None = None,
) -> Iterator[Numbers]:  # fmt: skip
    """Yield groups of seeds that lie close together in both texts and are alike as wholes.

    A group that is not alike is looked at once more with smaller gaps.
    """
    start = np.arange(len(seeds.a)) if within is None else within
    for cluster in _close((seeds.a, seeds.b), start, gap):
        if _likeness(one, other, seeds, cluster) >= thresholds.whole:
            yield cluster
        elif gap > 0:
            yield from _clusters(one, other, seeds, thresholds, gap - 1, cluster)


def _close(sides: tuple[Numbers, Numbers], group: Numbers, gap: int, whole: int = 0) -> Iterator[Numbers]:
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


def _likeness(one: _Table, other: _Table, seeds: _Seeds, cluster: Numbers) -> float:
    a = one.weighted[seeds.a[cluster].min() : seeds.a[cluster].max() + 1].sum(axis=0)
    b = other.weighted[seeds.b[cluster].min() : seeds.b[cluster].max() + 1].sum(axis=0)
    length = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / length if length else 0.0


def _passage(
    one: _Table, other: _Table, seeds: _Seeds, cluster: Numbers, thresholds: Thresholds
) -> SharedPassage | None:
    """Return the passage of a group of seeds; None where it is too short to tell anything."""
    a, b = seeds.a[cluster], seeds.b[cluster]
    least = thresholds.single if a.min() == a.max() or b.min() == b.max() else thresholds.shortest
    span_a = Span(one.spans[a.min()].start, one.spans[a.max()].end)
    span_b = Span(other.spans[b.min()].start, other.spans[b.max()].end)
    if min(span_a.end - span_a.start, span_b.end - span_b.start) < least:
        return None
    return SharedPassage(span_a, span_b, PassageKind.REWORKED)


def _without_overlap(found: list[SharedPassage]) -> list[SharedPassage]:
    """Keep of passages that overlap in the first text the longest."""
    kept: list[SharedPassage] = []
    for passage in sorted(found, key=lambda one: one.a.start - one.a.end):
        if not any(_overlap(passage, other) for other in kept):
            kept.append(passage)
    return sorted(kept, key=lambda one: one.a)
