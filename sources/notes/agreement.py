"""How the labels of several coders compare: agreement beyond chance, equal spans, company of labels.

What coders judged once is a unit: a character of a text, or a sentence; its value is the set of labels that
the coder gave it, empty where none. What is in muted zones is no unit, and neither is white space between
sentences; spans that are orphans give nothing a label. Over all labels, kappa asks whether two sets are the
same, alpha counts sets that share labels as nearer (MASI). For one label, the value is whether the unit has
it.

Stretches that nobody labelled cannot be counted as spans, so agreement by chance is near none, and the
F-measure of one coder against the other says what is left: G. Hripcsak and A. Rothschild, Agreement, the
F-measure, and reliability in information retrieval, JAMIA 12 (2005). It is the same in both directions.

Labels keep company where two are on the same words or in the same sentence. Only spans of one coder count,
since two coders' spans on the same words are their agreement.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from enum import StrEnum
from heapq import heappop, heappush
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sources.frozen import frozen
from sources.model import NoteState, Ref, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sources.model import LabelSpan


Judged: TypeAlias = "tuple[frozenset[str], ...]"


class UnitKind(StrEnum):
    """What is judged: each character by itself, or each sentence as a whole."""

    CHARACTERS = "characters"
    SENTENCES = "sentences"


@frozen
class LabelledText:
    """A text that coders labelled: its sentences outside muted zones, and each coder's spans.

    ``coders`` holds whoever read the text, with no span where nothing was labelled.
    """

    ref: Ref
    sentences: tuple[Span, ...]
    coders: Mapping[str, tuple[LabelSpan, ...]]


class Unit(NamedTuple):
    """A unit, or a run of units that were judged alike: how many, and each coder's set of labels."""

    weight: int
    values: Judged


def units_of(text: LabelledText, coders: Sequence[str], kind: UnitKind) -> Iterator[Unit]:
    """Yield the units of a text as ``coders``, who all read it, judged them, in their order."""
    spans = [text.coders[coder] for coder in coders]
    if kind is UnitKind.SENTENCES:
        given = [labels_by_sentence(text.sentences, each) for each in spans]
        for place in range(len(text.sentences)):
            yield Unit(1, tuple(labels.get(place, frozenset()) for labels in given))
        return
    yield from _characters(text.sentences, spans)


def labels_by_sentence(sentences: Sequence[Span], spans: Iterable[LabelSpan]) -> dict[int, frozenset[str]]:
    """Return the labels of the sentences that spans touch, by the sentence's place."""
    starts = [sentence.start for sentence in sentences]
    found: defaultdict[int, set[str]] = defaultdict(set)
    for span in standing(spans):
        place = max(0, bisect_right(starts, span.span.start) - 1)
        while place < len(sentences) and sentences[place].start < span.span.end:
            if sentences[place].overlaps(span.span):
                found[place].add(span.label)
            place += 1
    return {place: frozenset(labels) for place, labels in found.items()}


def standing(spans: Iterable[LabelSpan]) -> list[LabelSpan]:
    """Return the spans whose words are in the text as it is now."""
    return [span for span in spans if span.target.state is not NoteState.ORPHAN]


def _characters(sentences: Sequence[Span], coders: Sequence[Sequence[LabelSpan]]) -> Iterator[Unit]:
    """Yield runs of characters between the places where anything begins or ends."""
    turns: defaultdict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for coder, spans in enumerate(coders):
        for span in standing(spans):
            turns[span.span.start].append((coder, span.label, 1))
            turns[span.span.end].append((coder, span.label, -1))
    borders = {border for sentence in sentences for border in sentence}
    starts = [sentence.start for sentence in sentences]
    active: list[Counter[str]] = [Counter() for _ in coders]
    values: Judged = tuple(frozenset() for _ in coders)
    before = 0
    for place in sorted(borders | set(turns)):
        inside = bisect_right(starts, before) - 1
        if place > before and inside >= 0 and before < sentences[inside].end:
            yield Unit(place - before, values)
        for coder, label, step in turns.get(place, ()):
            active[coder][label] += step
        if place in turns:
            values = tuple(frozenset(label for label, count in each.items() if count) for each in active)
        before = place


Distance: TypeAlias = "Callable[[Any, Any], float]"


def nominal_distance(a: Hashable, b: Hashable) -> float:
    """Return 0 for the same value and 1 for any other."""
    return 0.0 if a == b else 1.0


def masi_distance(a: AbstractSet[str], b: AbstractSet[str]) -> float:
    """Return how far two sets of labels are apart, 0 to 1: sets that share labels are nearer than others."""
    if a == b:
        return 0.0
    shared = len(a & b)
    monotonic = 2 / 3 if a <= b or b <= a else 1 / 3
    return 1.0 - shared / len(a | b) * (monotonic if shared else 0.0)


def cohen_kappa(units: Iterable[tuple[int, Hashable, Hashable]]) -> float | None:
    """Return kappa, at most 1, of units ``(weight, one coder's value, the other's)``; None as said above."""
    first: Counter[Hashable] = Counter()
    second: Counter[Hashable] = Counter()
    total = same = 0
    for weight, a, b in units:
        first[a] += weight
        second[b] += weight
        total += weight
        same += weight if a == b else 0
    # In whole numbers, so that perfect agreement is exactly 1 and swapped coders agree exactly alike.
    by_chance = sum(count * second[value] for value, count in first.items())
    if total * total == by_chance:
        return None
    return (same * total - by_chance) / (total * total - by_chance)


def krippendorff_alpha(
    units: Iterable[tuple[int, Sequence[Hashable]]], distance: Distance = nominal_distance
) -> float | None:
    """Return alpha, at most 1, of units ``(weight, the values of those who judged it)``.

    A unit with fewer than two values says nothing of agreement and is left out. None as said above.
    """
    counts: Counter[Hashable] = Counter()
    coincidences: defaultdict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for (values, judged), weight in _alike(units).items():
        for value, count in values:
            counts[value] += weight * count
            for other, others in values:
                if other != value:
                    coincidences[value, other] += weight * count * others / (judged - 1)
    total = sum(counts.values())
    observed = sum(count * distance(a, b) for (a, b), count in coincidences.items())
    # Distances are the same in both directions, and each is asked for once.
    expected = 2 * sum(counts[a] * counts[b] * distance(a, b) for a, b in combinations(counts, 2))
    if not expected:
        return None
    return 1.0 - (total - 1) * observed / expected


def _alike(
    units: Iterable[tuple[int, Sequence[Hashable]]],
) -> Counter[tuple[tuple[tuple[Hashable, int], ...], int]]:
    """Put units together that were judged alike: by how often each value was given, and by how many."""
    found: Counter[Any] = Counter()
    for weight, values in units:
        if len(values) > 1:
            found[frozenset(Counter(values).items()), len(values)] += weight
    return Counter({(tuple(values), judged): weight for (values, judged), weight in found.items()})


_Grouped: TypeAlias = "Mapping[tuple[Ref, str], list[Span]]"


@frozen
class SpanMatch:
    """How many spans of each coder the other has too, of how many; ``f1`` is None where neither has any."""

    first_matched: int
    first_spans: int
    second_matched: int
    second_spans: int

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both shares, 0 to 1."""
        if not self.first_spans and not self.second_spans:
            return None
        if not self.first_matched or not self.second_matched:
            return 0.0
        # As one fraction of whole numbers, so that it is the same with the coders swapped.
        matched = 2 * self.first_matched * self.second_matched
        return matched / (self.first_matched * self.second_spans + self.second_matched * self.first_spans)


def exact_match(first: Iterable[LabelSpan], second: Iterable[LabelSpan]) -> SpanMatch:
    """Count the spans with the same label, start and end in the same source."""
    ours, theirs = (
        {(span.ref, span.label, span.span) for span in standing(spans)} for spans in (first, second)
    )
    both = len(ours & theirs)
    return SpanMatch(both, len(ours), both, len(theirs))


def overlapping_match(first: Iterable[LabelSpan], second: Iterable[LabelSpan]) -> SpanMatch:
    """Count the spans that share at least one character with a span of the other's of the same label."""
    ours, theirs = _grouped(first), _grouped(second)
    return SpanMatch(_touched(ours, theirs), _size(ours), _touched(theirs, ours), _size(theirs))


def _grouped(spans: Iterable[LabelSpan]) -> dict[tuple[Ref, str], list[Span]]:
    found: defaultdict[tuple[Ref, str], set[Span]] = defaultdict(set)
    for span in standing(spans):
        found[span.ref, span.label].add(span.span)
    return {place: sorted(each) for place, each in found.items()}


def _size(spans: _Grouped) -> int:
    return sum(map(len, spans.values()))


def _touched(spans: _Grouped, others: _Grouped) -> int:
    return sum(
        sum(_is_touched(span, merged) for span in each)
        for place, each in spans.items()
        if (merged := _merged(others.get(place, [])))
    )


def _merged(spans: list[Span]) -> list[Span]:
    """Return sorted spans as stretches that do not overlap."""
    found: list[Span] = []
    for span in spans:
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _is_touched(span: Span, stretches: list[Span]) -> bool:
    place = bisect_left(stretches, Span(span.end, 0)) - 1
    return place >= 0 and stretches[place].overlaps(span)


_Value: TypeAlias = "Callable[[frozenset[str]], Hashable]"


@frozen
class PairAgreement:
    """How far two coders agree in the texts that both read; ``kappa`` is None where it cannot be told."""

    first: str
    second: str
    kappa: float | None
    exact: SpanMatch
    overlapping: SpanMatch


@frozen
class LabelAgreement:
    """How far coders agree on a label, or with ``label`` None on all of them together."""

    label: str | None
    alpha: float | None
    pairs: tuple[PairAgreement, ...]


@frozen
class Agreement:
    """How far coders agree; ``units`` is how many units of ``refs`` at least two of them judged."""

    unit: UnitKind
    units: int
    refs: tuple[Ref, ...]
    coders: tuple[str, ...]
    overall: LabelAgreement
    labels: tuple[LabelAgreement, ...]


def find_agreement(
    texts: Sequence[LabelledText], coders: Sequence[str], labels: Sequence[str], kind: UnitKind
) -> Agreement:
    """Measure how far ``coders`` agree on ``labels`` in the texts that at least two of them read.

    Spans of other labels are left out, as if they were not there.
    """
    shared = [_with_labels(text, labels) for text in texts if len(_readers(text, coders)) > 1]
    measured = _Measured(shared, coders, kind)
    return Agreement(
        unit=kind,
        units=measured.units,
        refs=tuple(text.ref for text in shared),
        coders=tuple(coders),
        overall=measured.overall(),
        labels=tuple(measured.on(label) for label in labels),
    )


class _Measured:
    """The judgements of some texts, made into units once for all labels."""

    def __init__(self, texts: Sequence[LabelledText], coders: Sequence[str], kind: UnitKind) -> None:
        self._texts = texts
        self._coders = coders
        self._judged = [
            (readers, list(units_of(text, readers, kind)))
            for text in texts
            for readers in [_readers(text, coders)]
        ]
        self.units = sum(unit.weight for _, units in self._judged for unit in units)

    def overall(self) -> LabelAgreement:
        """Return the agreement on sets of labels."""
        alpha = krippendorff_alpha(
            ((unit.weight, unit.values) for _, units in self._judged for unit in units), masi_distance
        )
        return LabelAgreement(None, alpha, self._pairs(lambda labels: labels, None))

    def on(self, label: str) -> LabelAgreement:
        """Return the agreement on one label."""
        alpha = krippendorff_alpha(
            (unit.weight, [label in labels for labels in unit.values])
            for _, units in self._judged
            for unit in units
        )
        return LabelAgreement(label, alpha, self._pairs(lambda labels: label in labels, label))

    def _pairs(self, value: _Value, label: str | None) -> tuple[PairAgreement, ...]:
        return tuple(self._pair(a, b, value, label) for a, b in combinations(self._coders, 2))

    def _pair(self, first: str, second: str, value: _Value, label: str | None) -> PairAgreement:
        both = [(readers, units) for readers, units in self._judged if {first, second} <= set(readers)]
        kappa = cohen_kappa(
            (unit.weight, value(unit.values[one]), value(unit.values[other]))
            for readers, units in both
            for one, other in [(readers.index(first), readers.index(second))]
            for unit in units
        )
        ours, theirs = (self._spans(coder, {first, second}, label) for coder in (first, second))
        return PairAgreement(first, second, kappa, exact_match(ours, theirs), overlapping_match(ours, theirs))

    def _spans(self, coder: str, readers: set[str], label: str | None) -> list[LabelSpan]:
        return [
            span
            for text in self._texts
            if readers <= set(text.coders)
            for span in text.coders[coder]
            if label in {None, span.label}
        ]


def _readers(text: LabelledText, coders: Sequence[str]) -> list[str]:
    return [coder for coder in coders if coder in text.coders]


def _with_labels(text: LabelledText, labels: Sequence[str]) -> LabelledText:
    wanted = set(labels)
    kept = {
        coder: tuple(span for span in spans if span.label in wanted) for coder, spans in text.coders.items()
    }
    return LabelledText(text.ref, text.sentences, kept)


@frozen
class CoOccurrence:
    """Two labels, by name: how many pairs of their spans overlap, and how many sentences have both."""

    first: str
    second: str
    overlaps: int
    sentences: int


def find_co_occurrences(texts: Sequence[LabelledText]) -> tuple[CoOccurrence, ...]:
    """Return the labels that stand together at least once, those that do so most first."""
    overlaps: Counter[tuple[str, str]] = Counter()
    sentences: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for spans in text.coders.values():
            overlaps.update(_overlapping(spans))
            for labels in labels_by_sentence(text.sentences, spans).values():
                sentences.update(combinations(sorted(labels), 2))
    pairs = overlaps.keys() | sentences.keys()
    found = [
        CoOccurrence(first, second, overlaps[first, second], sentences[first, second])
        for first, second in pairs
    ]
    return tuple(sorted(found, key=lambda each: (-each.overlaps, -each.sentences, each.first, each.second)))


def _overlapping(spans: Iterable[LabelSpan]) -> Counter[tuple[str, str]]:
    """Count the pairs of overlapping spans by their two labels, in one pass over their starts and ends."""
    found: Counter[tuple[str, str]] = Counter()
    active: defaultdict[str, int] = defaultdict(int)
    ends: list[tuple[int, str]] = []
    for span in sorted(standing(spans), key=lambda each: each.span):
        while ends and ends[0][0] <= span.span.start:
            active[heappop(ends)[1]] -= 1
        for label, count in active.items():
            if count and label != span.label:
                first, second = sorted((label, span.label))
                found[first, second] += count
        active[span.label] += 1
        heappush(ends, (span.span.end, span.label))
    return found
