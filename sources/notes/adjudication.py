"""Where coders disagree, side by side, and what was settled there.

Spans are about the same passage where two coders gave the same label to stretches that overlap, or other
labels to stretches that share at least half of the longer one. What hangs together in that way is one
question; it is a disagreement unless every coder who read the text has the same spans in it.
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from sources.frozen import frozen
from sources.model import Ref, Span
from sources.notes.agreement import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.model import LabelSpan, Settlement
    from sources.notes.agreement import LabelledText

_Answer: TypeAlias = "frozenset[tuple[str, Span]]"


class DisagreementKind(StrEnum):
    """On what coders disagree: whether there is anything, where it begins and ends, what it is called."""

    PRESENCE = "presence"
    BORDERS = "borders"
    LABEL = "label"


@frozen
class CoderSpans:
    """What one coder says of a passage; no spans means: nothing here."""

    coder: str
    spans: tuple[LabelSpan, ...]


@frozen
class CodedPassage:
    """A passage that at least one coder labelled, and what each who read the text says of it.

    ``id`` is the smallest id of its spans; ``kind`` is None where all agree; ``span`` reaches from the
    first to the last character of any of them.
    """

    id: int
    ref: Ref
    span: Span
    kind: DisagreementKind | None
    coder_spans: tuple[CoderSpans, ...]
    settlement: Settlement | None

    @property
    def spans(self) -> tuple[LabelSpan, ...]:
        """All spans of all sides."""
        return tuple(span for given in self.coder_spans for span in given.spans)


def find_coded_passages(
    texts: Sequence[LabelledText], coders: Sequence[str], settlements: Iterable[Settlement] = ()
) -> tuple[CodedPassage, ...]:
    """Return the labelled passages of texts in their order, with what ``coders`` say of each."""
    settled = {span_id: settlement for settlement in settlements for span_id in settlement.about}
    found = []
    for text in texts:
        readers = [coder for coder in coders if coder in text.coders]
        spans = [span for coder in readers for span in standing(text.coders[coder])]
        for group in _groups(spans):
            coder_spans = tuple(
                CoderSpans(coder, tuple(span for span in group if span.coder == coder)) for coder in readers
            )
            found.append(_passage(text.ref, group, coder_spans, settled))
    return tuple(found)


def find_disagreements(
    texts: Sequence[LabelledText], coders: Sequence[str], settlements: Iterable[Settlement] = ()
) -> tuple[CodedPassage, ...]:
    """Return the questions on which ``coders`` disagree, those that were settled since too."""
    return tuple(
        passage for passage in find_coded_passages(texts, coders, settlements) if passage.kind is not None
    )


def find_agreed(passages: Iterable[CodedPassage]) -> tuple[LabelSpan, ...]:
    """Return the spans that hold: settled ones, and those of which all who read the text say the same.

    Open disagreements give none.
    """
    return tuple(span for passage in passages for span in _holding(passage))


def _holding(passage: CodedPassage) -> tuple[LabelSpan, ...]:
    if passage.settlement is not None:
        return passage.settlement.spans
    return passage.coder_spans[0].spans if passage.kind is None else ()


def _passage(
    ref: Ref, group: Sequence[LabelSpan], coder_spans: tuple[CoderSpans, ...], settled: dict[int, Settlement]
) -> CodedPassage:
    first = settled.get(group[0].id)
    about = set(first.about) if first is not None else set()
    return CodedPassage(
        id=min(span.id for span in group),
        ref=ref,
        span=Span(min(span.span.start for span in group), max(span.span.end for span in group)),
        kind=_kind(coder_spans),
        coder_spans=coder_spans,
        settlement=first if {span.id for span in group} <= about else None,
    )


def _kind(coder_spans: Sequence[CoderSpans]) -> DisagreementKind | None:
    answers: list[_Answer] = [
        frozenset((span.label, span.span) for span in given.spans) for given in coder_spans
    ]
    if len(set(answers)) == 1:
        return None
    if not all(answers):
        return DisagreementKind.PRESENCE
    labels = {frozenset(label for label, _ in answer) for answer in answers}
    return DisagreementKind.BORDERS if len(labels) == 1 else DisagreementKind.LABEL


def _groups(spans: Iterable[LabelSpan]) -> list[list[LabelSpan]]:
    """Return the spans that are about the same passage together, in the order of the text."""
    ordered = sorted(spans, key=lambda span: (span.span.start, span.span.end, span.label, span.id))
    leaders = list(range(len(ordered)))

    def leader(place: int) -> int:
        while leaders[place] != place:
            leaders[place] = leaders[leaders[place]]
            place = leaders[place]
        return place

    for one, other in _neighbours(ordered):
        if _about_the_same(ordered[one], ordered[other]):
            a, b = sorted((leader(one), leader(other)))
            leaders[b] = a
    groups: defaultdict[int, list[LabelSpan]] = defaultdict(list)
    for place, span in enumerate(ordered):
        groups[leader(place)].append(span)
    return [groups[place] for place in sorted(groups)]


def _neighbours(ordered: Sequence[LabelSpan]) -> Iterator[tuple[int, int]]:
    """Yield the places of spans that overlap, each pair once."""
    active: list[int] = []
    for place, span in enumerate(ordered):
        active = [other for other in active if ordered[other].span.end > span.span.start]
        for other in active:
            yield other, place
        active.append(place)


def _about_the_same(one: LabelSpan, other: LabelSpan) -> bool:
    a, b = one.span, other.span
    if one.coder == other.coder:
        return a == b
    if one.label == other.label:
        return True
    shared = min(a.end, b.end) - max(a.start, b.start)
    return 2 * shared >= max(a.end - a.start, b.end - b.start)
