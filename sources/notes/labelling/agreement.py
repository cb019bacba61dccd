"""How far coders agree, over all labels and label by label.

Over all labels, a unit's value is the set of labels that it has: kappa asks whether two sets are the same,
alpha counts sets that share labels as nearer (MASI). For one label, the value is whether the unit has it.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from sources.frozen import frozen
from sources.notes.labelling.agreement_coefficients import (
    SpanMatch,
    cohen_kappa,
    exact_match,
    krippendorff_alpha,
    masi_distance,
    overlapping_match,
)
from sources.notes.labelling.units import LabelledText, UnitKind, units_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from sources.labels import LabelSpan
    from sources.model import Ref

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
