"""How two aligned texts become rows that stand level with each other.

The order is that of the left text; what only the right text says stands where it comes there. Rows whose
right side is out of order are moved. Nothing here knows styles or widgets.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Span, Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence.alignment import AlignedRow, Alignment
    from sources.evidence.edits import Edit

SIGNS = {"same": "=", "edited": "~", "paraphrase": "≈"}
_WRITTEN = re.compile(r"\S(?:.*\S)?")


class Role(StrEnum):
    """What a stretch of a side is, which decides how it looks."""

    PLAIN = "plain"
    HEADING = "heading"
    MUTED = "muted"
    AGAIN = "again"  # stands beside another row already
    DELETED = "deleted"
    INSERTED = "inserted"


class Run(NamedTuple):
    """A stretch of a text, ``text[start:end]``, with one role."""

    start: int
    end: int
    role: Role


class RowKind(StrEnum):
    """How the two sides of a row go together."""

    SAME = "same"
    EDITED = "edited"
    PARAPHRASE = "paraphrase"
    ONLY_LEFT = "only left"
    ONLY_RIGHT = "only right"
    MUTED = "muted"  # stands on one side only and is no evidence: a caption, a credit, furniture


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """Two stretches that stand beside each other; a side that says nothing has no runs."""

    kind: RowKind
    left: tuple[Run, ...] = ()
    right: tuple[Run, ...] = ()
    score: float = 0.0
    moved: bool = False
    opens_paragraph: bool = True

    @property
    def differs(self) -> bool:
        """Tell whether the row is a difference that a reader would want to see."""
        return self.kind not in {RowKind.SAME, RowKind.MUTED}

    @property
    def sign(self) -> str:
        """The sign for the gutter: how the sides go together, and whether they moved."""
        return SIGNS.get(self.kind.value, "") + ("↕" if self.moved else "")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts with its zones."""

    text: str
    zones: Sequence[Zone] = ()

    def role_at(self, offset: int) -> Role:
        """Return how text that starts at ``offset`` looks by its zone."""
        place = bisect_left(self.zones, offset + 1, key=lambda zone: zone.end)
        kind = self.zones[place].kind if place < len(self.zones) else ZoneKind.BODY
        if kind.muted:
            return Role.MUTED
        return Role.HEADING if kind is ZoneKind.HEADING else Role.PLAIN


def comparison_rows(left: Side, right: Side, alignment: Alignment) -> tuple[ComparisonRow, ...]:
    """Return all rows in reading order; every written stretch of both texts is in one of them."""
    pairs = sorted(alignment.rows, key=lambda row: (row.a, row.b))
    groups = _mark_moved(_left_rows(left, right, pairs, alignment.only_a))
    rights = _one_sided(right, [row.b for row in pairs], alignment.only_b)
    rows: list[ComparisonRow] = []
    waiting = [_right_row(right, span) for span in rights]
    for group in groups:
        if group.right and not group.moved and group.right[0].role is not Role.AGAIN:
            while waiting and waiting[0].right[0].start < group.right[0].start:
                rows.append(waiting.pop(0))
        rows.append(group)
    return (*rows, *waiting)


def _left_rows(
    left: Side, right: Side, pairs: Sequence[AlignedRow], only: Iterable[Span]
) -> list[ComparisonRow]:
    """Return the rows that have a left side, in order; sentences of one partner in a row are joined."""
    alone = [(span, None) for span in _one_sided(left, [row.a for row in pairs], only)]
    rows: list[ComparisonRow] = []
    partner: Span | None = None
    seen: set[Span] = set()
    last_left: Span | None = None
    for span, pair in sorted([*alone, *((row.a, row) for row in pairs)], key=lambda unit: unit[0]):
        opens = span.start == 0 or "\n" in left.text[rows[-1].left[-1].end : span.start] if rows else True
        if pair is None:
            rows.append(_left_row(left, span, opens=opens))
        elif partner == pair.b and rows:
            # Several sentences here say together what one says there.
            rows[-1] = _joined(rows[-1], _pair_row(left, right, pair))
        elif span == last_left and rows:
            # One sentence here says what several say there.
            rows[-1] = _with_more_right(rows[-1], _pair_row(left, right, pair))
        else:
            row = replace(_pair_row(left, right, pair), opens_paragraph=opens)
            again = tuple(run._replace(role=Role.AGAIN) for run in row.right)
            rows.append(replace(row, right=again) if pair.b in seen else row)
        partner = pair.b if pair else None
        last_left = span
        if pair:
            seen.add(pair.b)
    return rows


def _pair_row(left: Side, right: Side, pair: AlignedRow) -> ComparisonRow:
    kind = RowKind(pair.kind)
    edits: Sequence[Edit] = pair.edits if kind is RowKind.EDITED else ()
    return ComparisonRow(
        kind,
        _runs(left, pair.a, [edit.a for edit in edits if edit.op != "equal"], Role.DELETED),
        _runs(right, pair.b, [edit.b for edit in edits if edit.op != "equal"], Role.INSERTED),
        pair.score,
    )


def _joined(row: ComparisonRow, more: ComparisonRow) -> ComparisonRow:
    kind = max(row.kind, more.kind, key=list(RowKind).index)
    kind = RowKind.EDITED if kind is RowKind.SAME else kind  # one is not the whole of the other
    return replace(row, kind=kind, left=(*row.left, *more.left), score=max(row.score, more.score))


def _with_more_right(row: ComparisonRow, more: ComparisonRow) -> ComparisonRow:
    kind = max(row.kind, more.kind, key=list(RowKind).index)
    kind = RowKind.EDITED if kind is RowKind.SAME else kind
    return replace(row, kind=kind, right=(*row.right, *more.right), score=max(row.score, more.score))


def _left_row(left: Side, span: Span, *, opens: bool) -> ComparisonRow:
    role = left.role_at(span.start)
    kind = RowKind.MUTED if role is Role.MUTED else RowKind.ONLY_LEFT
    return ComparisonRow(kind, left=(Run(*span, role),), opens_paragraph=opens)


def _right_row(right: Side, span: Span) -> ComparisonRow:
    role = right.role_at(span.start)
    kind = RowKind.MUTED if role is Role.MUTED else RowKind.ONLY_RIGHT
    return ComparisonRow(kind, right=(Run(*span, role),))


def _runs(side: Side, span: Span, changed: Iterable[Span], role: Role) -> tuple[Run, ...]:
    """Cut a span into runs, with ``changed`` stretches in ``role``, less the white space at their ends."""
    base = side.role_at(span.start)
    runs: list[Run] = []
    place = span.start
    for change in sorted(changed):
        written = _WRITTEN.search(side.text, max(change.start, place), min(change.end, span.end))
        if written is None:
            continue
        if place < written.start():
            runs.append(Run(place, written.start(), base))
        runs.append(Run(*written.span(), role))
        place = written.end()
    if place < span.end:
        runs.append(Run(place, span.end, base))
    return tuple(runs)


def _one_sided(side: Side, paired: Iterable[Span], only: Iterable[Span]) -> list[Span]:
    """Return the stretches without a partner: ``only``, and all else that no span accounts for."""
    alone = sorted(set(only))
    taken = sorted({*paired, *alone})
    place = 0
    rest: list[Span] = []
    for span in [*taken, Span(len(side.text), len(side.text))]:
        if span.start > place:
            rest.extend(_written_lines(side, place, span.start))
        place = max(place, span.end)
    return sorted([*alone, *rest])


def _written_lines(side: Side, start: int, end: int) -> list[Span]:
    """Return the written part of each line between two offsets, cut where zones meet."""
    borders = [zone.start for zone in side.zones if start < zone.start < end]
    found: list[Span] = []
    for low, high in zip([start, *borders], [*borders, end], strict=True):
        found.extend(Span(*match.span()) for match in _WRITTEN.finditer(side.text, low, high))
    return found


def _mark_moved(rows: list[ComparisonRow]) -> list[ComparisonRow]:
    """Mark the rows outside the longest run of rows whose right sides are in order."""
    paired = [index for index, row in enumerate(rows) if row.right and row.right[0].role is not Role.AGAIN]
    steady = _longest_ascent([rows[index].right[0].start for index in paired])
    moved = set(paired) - {paired[place] for place in steady}
    return [replace(row, moved=True) if index in moved else row for index, row in enumerate(rows)]


def _longest_ascent(values: Sequence[int]) -> set[int]:
    """Return the places of a longest strictly ascending subsequence (patience sorting).

    It is sought from the end, so that of several the one is taken whose rows come first.
    """
    tails: list[int] = []  # by length of an ascent, the largest value it can begin with, negated
    heads: list[int] = []
    after = [-1] * len(values)
    for place in reversed(range(len(values))):
        length = bisect_left(tails, -values[place])
        after[place] = heads[length - 1] if length else -1
        tails[length : length + 1] = [-values[place]]
        heads[length : length + 1] = [place]
    found: set[int] = set()
    place = heads[-1] if heads else -1
    while place >= 0:
        found.add(place)
        place = after[place]
    return found
