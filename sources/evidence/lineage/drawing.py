"""What a lineage looks like: the overlap of all texts as a matrix, and who stems from whom as trees.

Screens, tables and pictures are all drawn from these plain values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sources.evidence.lineage.values import KinLink, Lineage, ReusePair, StoryOrigin
    from sources.model import Ref

_STEPS = (0.1, 0.3, 0.6, 0.9)
_BLOCKS = " ░▒▓█"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How much of the text of a row stands in the text of a column.

    ``share`` is 0 to 1, outside headings and muted zones; ``kind`` is ``copy``, ``partial``, ``quotes``,
    ``rewrite``, ``kin`` for a link without shared words, ``self`` on the diagonal, None for nothing.
    """

    share: float
    kind: str | None


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The matrix of a story: ``cells[row][column]`` for the texts ``refs[row]`` and ``refs[column]``."""

    refs: tuple[Ref, ...]
    cells: tuple[tuple[HeatCell, ...], ...]


class Relation(StrEnum):
    """How a text of a tree belongs to what stands above it."""

    STANDS_ON = "stands on"
    COPY = "copy"
    PARTIAL = "partial"
    REWRITE = "rewrite"


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A text, and the texts that stem from it; ``share`` is how much of it stands in the text above."""

    ref: Ref
    relation: Relation
    share: float
    children: tuple[TreeNode, ...]


@dataclass(frozen=True, slots=True)
class OriginTree:
    """An origin and the texts that stand on it; each text of a story is in one tree, once."""

    name: str
    basis: str
    children: tuple[TreeNode, ...]


def heat_map(lineage: Lineage) -> HeatMap:
    """Return the matrix of all listed texts."""
    place = {ref: number for number, ref in enumerate(lineage.listed)}
    count = len(place)
    cells = [[HeatCell(0.0, None)] * count for _ in range(count)]
    for number in range(count):
        cells[number][number] = HeatCell(1.0, "self")
    for link in lineage.links:
        a, b = place[link.a], place[link.b]
        cells[a][b] = cells[b][a] = HeatCell(0.0, "kin")
    for pair in lineage.pairs:
        a, b = place[pair.a], place[pair.b]
        cells[a][b] = HeatCell(pair.containment.a_in_b, str(pair.kind))
        cells[b][a] = HeatCell(pair.containment.b_in_a, str(pair.kind))
    return HeatMap(lineage.listed, tuple(map(tuple, cells)))


def block_of(cell: HeatCell) -> str:
    """Return the character that stands for a cell: a block by its share, ``·`` on the diagonal.

    ``"`` stands for shared quotes, ``R`` for a rewrite and ``~`` for kin, so that a map needs no colour.
    """
    signs = {"self": "·", "quotes": '"', "rewrite": "R", "kin": "~"}
    if cell.kind in signs:
        return signs[cell.kind]
    if cell.kind is None:
        return _BLOCKS[0]
    return _BLOCKS[max(1, sum(cell.share >= step for step in _STEPS))]


def lineage_trees(lineage: Lineage) -> tuple[OriginTree, ...]:
    """Return a tree for each origin: its distinct texts, their copies, and what was rewritten from them."""
    pairs = {frozenset((pair.a, pair.b)): pair for pair in lineage.pairs}
    heads = {ref: _head(group, pairs) for group in lineage.groups for ref in group}
    parents = _rewritten_from(lineage, heads)
    return tuple(
        OriginTree(origin.name, origin.basis, tuple(_tops(lineage, origin, heads, parents, pairs)))
        for origin in lineage.origins
    )


def _head(group: Sequence[Ref], pairs: Mapping[frozenset[Ref], ReusePair]) -> Ref:
    """Return the text of a group under which the others stand: the earliest, else the first that is whole."""
    later = set()
    for pair in pairs.values():
        if pair.direction is not None and pair.a in group and pair.b in group:
            later.add(pair.direction.later)
    return next((ref for ref in group if ref not in later), group[0])


def _rewritten_from(lineage: Lineage, heads: Mapping[Ref, Ref]) -> dict[Ref, tuple[Ref, float]]:
    """Return for the head of each rewritten text the head that it was made from, and the link's score."""
    parents: dict[Ref, tuple[Ref, float]] = {}
    for link in sorted(lineage.links, key=lambda one: -one.score):
        if not link.rewrite:
            continue
        earlier, later = _order(link)
        child, parent = heads[later], heads[earlier]
        if child != parent and child not in parents and not _is_above(child, parent, parents):
            parents[child] = (parent, link.score)
    return parents


def _order(link: KinLink) -> tuple[Ref, Ref]:
    """Return which of two kin was rewritten into which: by odd names, then dates, then the list."""
    if link.suspicions:
        spun = link.suspicions[0].place.ref
        return (link.b, link.a) if spun == link.a else (link.a, link.b)
    if link.direction is not None:
        return link.direction.earlier, link.direction.later
    return link.a, link.b


def _is_above(child: Ref, parent: Ref, parents: Mapping[Ref, tuple[Ref, float]]) -> bool:
    at: Ref | None = parent
    while at is not None:
        if at == child:
            return True
        at = parents[at][0] if at in parents else None
    return False


def _tops(
    lineage: Lineage,
    origin: StoryOrigin,
    heads: Mapping[Ref, Ref],
    parents: Mapping[Ref, tuple[Ref, float]],
    pairs: Mapping[frozenset[Ref], ReusePair],
) -> Iterator[TreeNode]:
    here = {heads[ref] for ref in origin.refs}
    for group in lineage.groups:
        head = heads[group[0]]
        # A rewrite stands below what it was made from, whatever it credits itself.
        if head in here and head not in parents:
            yield _node(lineage, head, (Relation.STANDS_ON, 0.0), (heads, parents, pairs))


_Family = tuple["Mapping[Ref, Ref]", "Mapping[Ref, tuple[Ref, float]]", "Mapping[frozenset[Ref], ReusePair]"]


def _node(lineage: Lineage, head: Ref, relation: tuple[Relation, float], family: _Family) -> TreeNode:
    heads, parents, pairs = family
    children: list[TreeNode] = []
    for ref in lineage.listed:
        if ref != head and heads[ref] == head:
            pair = pairs.get(frozenset((ref, head)))
            copied = Relation.COPY if pair is not None and pair.kind == "copy" else Relation.PARTIAL
            children.append(TreeNode(ref, copied, _share_in(pair, ref), ()))
    for child, (parent, score) in parents.items():
        if parent == head:
            children.append(_node(lineage, child, (Relation.REWRITE, score), family))
    return TreeNode(head, relation[0], relation[1], tuple(children))


def _share_in(pair: ReusePair | None, ref: Ref) -> float:
    if pair is None:
        return 0.0
    return pair.containment.a_in_b if pair.a == ref else pair.containment.b_in_a
