"""Where a statement claims more than the one that it leans on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.evidence.credit_chains.strength import (
    DONE,
    PLANNED,
    Strength,
    count_of_people,
    figures_of,
    hedges_of,
    is_confirming,
    strength_of,
)
from sources.evidence.credit_chains.values import Drift, DriftKind
from sources.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.credit_chains.statements import Statement

_AROUND = 48  # characters on either side of the shared words that still belong to what is stated


def drifts_between(earlier: Statement, later: Statement) -> tuple[Drift, ...]:
    """Return how ``later`` claims more than ``earlier``, on which it leans."""
    shared = earlier.words.keys() & later.words.keys()
    before, after = _about(earlier, shared), _about(later, shared)
    return tuple(
        Drift(kind, earlier.text[a.start : a.end], later.text[b.start : b.end] if b != later.span else "",
              earlier.ref, a, later.ref, b)
        for kind, a, b in _found(earlier, later, before, after)
    )  # fmt: skip


def _about(one: Statement, shared: set[str]) -> Span:
    """Return the part of a statement that is about what both say."""
    places = [one.words[word] for word in shared]
    if not places:
        return one.span
    start = max(one.span.start, min(start for start, _ in places) - _AROUND)
    return Span(start, min(one.span.end, max(end for _, end in places) + _AROUND))


def _found(
    earlier: Statement, later: Statement, before: Span, after: Span
) -> Iterator[tuple[DriftKind, Span, Span]]:
    was = strength_of(earlier.text, before, earlier.credit.span)
    now = strength_of(later.text, after, later.credit.span)
    hedges = hedges_of(earlier.text, before, earlier.credit.span)
    kept = hedges_of(later.text, after, later.credit.span)
    if was is not None and now is not None and now.level > was.level and not kept:
        yield _kind(was, now), was.span, now.span
    elif hedges and not kept:
        yield DriftKind.HEDGE, hedges[0], later.span
    figures = figures_of(later.text, later.span, later.credit.span)
    for figure, (hedged, span) in figures_of(earlier.text, earlier.span, earlier.credit.span).items():
        if hedged and figure in figures and not figures[figure][0]:
            yield DriftKind.HEDGE, span, figures[figure][1]
    people = _people(earlier), _people(later)
    if people[0] is not None and people[1] is not None and people[1] > people[0]:
        yield DriftKind.PEOPLE, earlier.credit.span, later.credit.span
    if is_confirming(later.credit.cue) and not is_confirming(earlier.credit.cue):
        yield DriftKind.CONFIRMED, earlier.credit.span, later.credit.span


def _kind(was: Strength, now: Strength) -> DriftKind:
    return DriftKind.FACT if now.level == DONE and was.level <= PLANNED else DriftKind.FIRMER


def _people(one: Statement) -> int | None:
    """Return how many people a statement's text says it stands on."""
    return count_of_people(one.voices[-1].name)
