"""From spans to units that every coder judged once: the characters of a text, or its sentences.

A unit's value is the set of labels that the coder gave it, empty where none. What is in muted zones is
no unit, and neither is white space between sentences; spans that are orphans give nothing a label.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sources.frozen import frozen
from sources.model import NoteState, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.model import LabelSpan, Ref

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
