"""A figure in its sentence: its value, what it may stand for, its slots, and what the text says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sources.evidence.figure_matrix.measures import Cue
    from sources.evidence.figure_matrix.slots import Slots
    from sources.evidence.figures import Figure, FigureKind
    from sources.model import Ref, Span


class Measured(NamedTuple):
    """Of what a measure is, in small letters: ``of`` it, and by preposition what else stands beside it."""

    of: frozenset[str] = frozenset()
    beside: tuple[tuple[str, frozenset[str]], ...] = ()


@dataclass(slots=True)
class FigureInContext:
    """A figure in its sentence; ``value`` is a number or an ISO 8601 day, ``bounds`` what it may stand for.

    ``widest`` is all that it does not exclude. ``thing`` is what it is a share or number of; ``before`` tells
    that it is what was; ``pair`` is the place in the list of the figure that it is said to have been before
    or after; ``order`` counts the sentences of the source; ``beside`` is what the other figures of its unit
    in the sentence may stand for; ``taken_up`` the figure before it that it puts another value to;
    ``persons`` are those whom the sentence names; ``quoted`` tells that it
    stands in quotation marks; ``denied`` are values that it says are wrong: "two, not
    three"; ``measured`` is of what its measure is.
    """

    ref: Ref
    date: str | None
    figure: Figure
    kind: FigureKind
    value: float | str
    bounds: tuple[float, float]
    widest: tuple[float, float]
    sentence: Span
    order: int
    wording: str
    slots: Slots
    thing: str | None
    thing_words: str
    before: bool
    terms: dict[str, float] = field(default_factory=dict)
    spelling: dict[str, str] = field(default_factory=dict)
    pair: int | None = None
    contrasted: bool = False
    beside: tuple[tuple[float, float], ...] = ()
    taken_up: Figure | None = None
    denied: frozenset[float] = frozenset()
    quoted: bool = False
    persons: frozenset[str] = frozenset()
    measured: Measured = field(default_factory=Measured)

    @property
    def measure(self) -> str | None:
        """Return what is measured, None where no word says so."""
        return self.slots.measure

    @property
    def cue(self) -> Cue | None:
        """Return the word that says what is measured."""
        return self.slots.cue


def same_unit(one: FigureInContext, other: FigureInContext) -> bool:
    """Tell whether two figures are of one kind and unit."""
    return one.kind == other.kind and one.figure.unit == other.figure.unit
