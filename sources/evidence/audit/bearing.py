"""Whether a source bears a sentence out, in part or as a whole: weighed from what it has of it.

The two rows of numbers are fitted (logistic regression) on 166 labelled pairs of a sentence and a source that
it cites, and on 686 of a sentence and one that says nothing of it; 66 other pairs were held against them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Coverage(NamedTuple):
    """What a source has of a statement.

    ``content`` is the share of its words and figures, by weight, that the passage has in some form,
    ``strong`` the share that it has by the same word or one of its family, ``single`` the share that one
    sentence has; ``same`` is how many words and figures are the same, ``named`` the share of its names that
    the source has anywhere, ``absent`` how many figures the passage lacks. ``weight`` is the statement's.
    """

    weight: float
    content: float
    strong: float
    single: float
    same: int
    named: float
    absent: int


class _Row(NamedTuple):
    content: float
    strong: float
    single: float
    same: float
    named: float
    absent: float
    base: float

    def of(self, told: Coverage) -> float:
        """Return how likely it is, 0 to 1."""
        total = (
            self.base
            + self.content * told.content
            + self.strong * told.strong
            + self.single * told.single
            + self.same * math.log1p(told.same)
            + self.named * told.named
            + self.absent * told.absent
        )
        return 1.0 / (1.0 + math.exp(-total))


_IN_PART = _Row(content=2.5, strong=3.1, single=3.9, same=1.3, named=1.5, absent=-0.25, base=-5.8)
_AS_A_WHOLE = _Row(content=3.2, strong=2.7, single=1.7, same=1.2, named=2.1, absent=-0.8, base=-6.5)


class Bearing(NamedTuple):
    """How likely a source says something of a sentence, and all of it, details apart: 0 to 1 each."""

    in_part: float
    as_a_whole: float


def bearing_of(told: Coverage) -> Bearing:
    """Return how likely a source bears out what it has so much of."""
    return Bearing(_IN_PART.of(told), _AS_A_WHOLE.of(told))


def together(statements: Sequence[Coverage]) -> Coverage:
    """Return what a source has of a sentence by what it has of each statement."""
    whole = sum(one.weight for one in statements) or 1.0

    def mean(values: Sequence[float]) -> float:
        return sum(value * one.weight for value, one in zip(values, statements, strict=True)) / whole

    return Coverage(
        whole,
        mean([one.content for one in statements]),
        mean([one.strong for one in statements]),
        mean([one.single for one in statements]),
        sum(one.same for one in statements),
        mean([one.named for one in statements]),
        sum(one.absent for one in statements),
    )
