"""The figure matrix of a story: one row a thing that is measured, with what each source gives for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.evidence.figures import FigureKind
    from sources.model import Ref

__all__ = ["MatrixMention", "MatrixRow", "MatrixValue", "Status"]


class Status(StrEnum):
    """What the sources make of one thing that is measured."""

    CONFLICT = "conflict"  # two sources give values of which one excludes the other, of just the same thing
    POSSIBLE = "possible"  # the same, but that they mean the same thing is not proved
    UPDATED = "updated"  # a value that has moved from one report to the next
    BEFORE_AFTER = "before-after"  # a value, and what it was before
    AGREE = "agree"  # at least two say it in words of their own
    NEARBY = "nearby"  # like figures, of which it is not known that they are about one thing
    SINGLE = "single"  # one says it, or one and its copies


@dataclass(frozen=True, slots=True)
class MatrixMention:
    """A place where a value stands; ``copied`` where an earlier source has the sentence word for word."""

    ref: Ref
    start: int
    end: int
    copied: bool = False


@dataclass(frozen=True, slots=True)
class MatrixValue:
    """A value of a row and where it stands.

    ``before`` is set where it is what was before, ``dissents`` where it contradicts what most sources give.
    ``value``, ``low`` and ``high`` are numbers in single units (see `sources.evidence.figures.Figure`), for
    dates ISO 8601 days. ``text`` is how the first mention puts it.
    """

    value: float | str
    unit: str
    low: float | str | None
    high: float | str | None
    hedge: str | None
    text: str
    before: bool
    dissents: bool
    mentions: tuple[MatrixMention, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A thing that is measured: ``subject`` names it in words of the texts; ``id`` is unique within a story.

    ``values`` begin with the one that most sources give; those of before come last.
    """

    id: str
    kind: FigureKind
    subject: str
    status: Status
    values: tuple[MatrixValue, ...]

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Return the sources that give a value, each once, in order."""
        refs = {mention.ref for value in self.values for mention in value.mentions}
        return tuple(sorted(refs, key=lambda ref: (ref.number is None, ref.number or 0)))
