"""Marks: spans of a text that the reader makes stand out, and how they are found by place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


class MarkKind(StrEnum):
    """What a mark says about its span; where marks overlap, later kinds are drawn over earlier ones."""

    SIGN = "sign"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    LINK = "link"
    SHARED = "shared"
    ENTITY = "entity"
    FIGURE = "figure"
    DISSENT = "dissent"
    QUOTE = "quote"
    CITATION = "citation"
    LABEL = "label"
    SUGGESTION = "suggestion"
    NOTE = "note"
    HIT = "hit"
    FIND = "find"


_LOOKS = frozenset({MarkKind.SIGN, MarkKind.STRONG, MarkKind.EMPHASIS, MarkKind.CODE})  # lead nowhere


@dataclass(frozen=True, slots=True)
class Mark:
    """A span with a kind; ``tag`` is a letter for the margin, such as P for a person.

    ``colour`` is one of `sources.model.COLOURS`, or nothing for the colour of its kind.
    """

    start: int
    end: int
    kind: MarkKind
    tag: str = ""
    colour: str = ""


class MarkRow:
    """The marks of one kind in one text, ordered by place."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.marks = tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))
        self._starts = [mark.start for mark in self.marks]
        self._furthest: list[int] = []  # the largest end among the marks up to this one
        furthest = 0
        for mark in self.marks:
            furthest = max(furthest, mark.end)
            self._furthest.append(furthest)

    def __len__(self) -> int:
        return len(self.marks)

    def within(self, start: int, end: int) -> Iterator[Mark]:
        """Yield the marks that share a code point with ``start`` to ``end``, last first."""
        place = bisect_left(self._starts, end) - 1
        while place >= 0 and self._furthest[place] > start:
            mark = self.marks[place]
            if mark.end > start:
                yield mark
            place -= 1

    def after(self, offset: int) -> Mark | None:
        """Return the first mark that starts behind ``offset``."""
        place = bisect_right(self._starts, offset)
        return self.marks[place] if place < len(self.marks) else None

    def before(self, offset: int) -> Mark | None:
        """Return the last mark that starts before ``offset``."""
        place = bisect_left(self._starts, offset) - 1
        return self.marks[place] if place >= 0 else None


class MarkTable:
    """All marks of one text by kind, and which kinds are hidden."""

    def __init__(self) -> None:
        self._rows: dict[MarkKind, MarkRow] = {}
        self.hidden: frozenset[MarkKind] = frozenset()

    def put(self, kind: MarkKind, marks: Sequence[Mark]) -> None:
        """Replace the marks of one kind."""
        self._rows[kind] = MarkRow(marks)

    def of_kind(self, kind: MarkKind) -> tuple[Mark, ...]:
        """Return the marks of one kind in order of place."""
        row = self._rows.get(kind)
        return row.marks if row else ()

    def clear(self) -> None:
        """Forget all marks; hidden kinds stay hidden."""
        self._rows.clear()

    def toggle(self, kind: MarkKind) -> None:
        """Hide a kind, or show it again."""
        self.hidden ^= {kind}

    def within(self, start: int, end: int) -> list[Mark]:
        """Return the marks on show that touch a span, ordered by kind, then by place."""
        found: list[Mark] = []
        for kind in MarkKind:
            if kind in self._rows and kind not in self.hidden:
                found.extend(reversed(list(self._rows[kind].within(start, end))))
        return found

    def reached(self, start: int, end: int) -> list[Mark]:
        """Return the marks on show that touch a span and are more than looks."""
        return [mark for mark in self.within(start, end) if mark.kind not in _LOOKS]

    def at(self, offset: int) -> list[Mark]:
        """Return the marks on show at an offset that are more than looks, the narrowest first, links last."""
        found = self.reached(offset, offset + 1)
        return sorted(found, key=lambda mark: (mark.end - mark.start, mark.kind is MarkKind.LINK))

    def beside(self, offset: int, kinds: Collection[MarkKind], direction: int) -> Mark | None:
        """Return the next (1) or previous (-1) mark of these kinds, going round at the ends."""
        rows = [self._rows[kind] for kind in MarkKind if kind in kinds and self._rows.get(kind)]
        if direction > 0:
            ahead = [mark for row in rows if (mark := row.after(offset))]
            ahead = ahead or [row.marks[0] for row in rows]
            return min(ahead, key=lambda mark: mark.start, default=None)
        behind = [mark for row in rows if (mark := row.before(offset))]
        behind = behind or [row.marks[-1] for row in rows]
        return max(behind, key=lambda mark: mark.start, default=None)
