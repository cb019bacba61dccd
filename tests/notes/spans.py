"""Labelled spans and texts in as few words as a test of labelling needs."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING

from sources.model import Anchor, LabelSpan, Ref, Span, SpanStatus, Target
from sources.notes.agreement import LabelledText

if TYPE_CHECKING:
    from collections.abc import Sequence

REF = Ref("made", 1)
_ids = count(1)


def labelled(coder: str, label: str, start: int, end: int, ref: Ref = REF) -> LabelSpan:
    target = Target(ref, Anchor(start, end, "x" * (end - start), "", ""))
    span_id = next(_ids)
    moment = "2031-06-01T10:00:00Z"
    return LabelSpan(
        span_id, str(span_id), hash(label), label, coder, target, SpanStatus.MARKED, "", None, moment, moment
    )


def text_of(spans: Sequence[LabelSpan], sentences: Sequence[tuple[int, int]], *readers: str) -> LabelledText:
    given: defaultdict[str, list[LabelSpan]] = defaultdict(list, {reader: [] for reader in readers})
    for span in spans:
        given[span.coder].append(span)
    return LabelledText(
        REF,
        tuple(Span(*sentence) for sentence in sentences),
        {coder: tuple(each) for coder, each in given.items()},
    )
