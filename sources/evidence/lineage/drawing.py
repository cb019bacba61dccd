"""Draws a lineage: the overlap of all texts as a matrix, who stems from whom as trees, both as SVG."""

from __future__ import annotations

import html
import re
from enum import StrEnum
from typing import TYPE_CHECKING

from sources.evidence.lineage import origins_told
from sources.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sources.evidence.lineage import Lineage, RetellingLink, ReusePair, StoryOrigin
    from sources.model import Ref

_STEPS = (0.1, 0.3, 0.6, 0.9)
_BLOCKS = " ░▒▓█"


@frozen
class HeatCell:
    """How much of the text of a row stands in the text of a column.

    ``share`` is 0 to 1, outside headings and muted zones; ``kind`` is ``copy``, ``partial``, ``quotes``,
    ``rewrite``, ``kin`` for a link without shared words, ``self`` on the diagonal, None for nothing.
    """

    share: float
    kind: str | None


@frozen
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


@frozen
class TreeNode:
    """A text, and the texts that stem from it; ``share`` is how much of it stands in the text above."""

    ref: Ref
    relation: Relation
    share: float
    children: tuple[TreeNode, ...]


@frozen
class OriginTree:
    """An origin and the texts that stand on it."""

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
        if pair.kind == "partial" and not pair.containment.larger:
            continue  # only reworked passages, of which no share of words can be told
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


def _order(link: RetellingLink) -> tuple[Ref, Ref]:
    """Return which of two kin was rewritten into which: by odd names, then dates, then the list."""
    if link.name_mismatches:
        spun = link.name_mismatches[0].place.ref
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


# The heat map and the trees of a lineage as one SVG picture; the same lineage gives the same bytes.
#
# All text is escaped, and nothing in the picture refers to anything outside it.

_CELL = 22  # pixels, as all below
_LINE = 20
_INDENT = 18
_MARGIN = 24
_LEFT = 40  # for the numbers of rows
_LETTER = 7.3
_LONGEST_TITLE = 70  # characters
# XML 1.0 has no place for these, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLOURS = {"quotes": "#c9b458", "rewrite": "#b5651d", "kin": "#d9a679", "self": "#e4e4e4"}


def lineage_svg(lineage: Lineage, *, heading: str, titles: Mapping[Ref, str]) -> str:
    """Return the picture as text; ``titles`` are shown beside the texts of the trees where they are given."""
    top = _MARGIN + 2 * _LINE
    matrix = list(_matrix(lineage, top))
    below = top + _CELL * (len(lineage.listed) + 1) + _LINE
    legend = "share of the row's text in the column's; \" quotes only, R rewrite, ~ same origin"
    lines = [(0, legend), (0, ""), *_tree_lines(lineage, titles)]
    height = below + _LINE * len(lines) + _MARGIN
    widest = max((len(text) * _LETTER + depth * _INDENT for depth, text in [(0, heading), *lines]))
    width = max(_LEFT + _CELL * len(lineage.listed), int(widest)) + 2 * _MARGIN
    counts = (
        f"{len(lineage.listed)} listed, {len(lineage.groups)} distinct texts, {origins_told(lineage.origins)}"
    )
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="monospace" font-size="12">',
        f"<title>{_safe(heading)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(_MARGIN, _MARGIN, heading, bold=True),
        _text(_MARGIN, _MARGIN + _LINE, counts),
        *matrix,
        *(
            _text(_MARGIN + depth * _INDENT, below + number * _LINE, text)
            for number, (depth, text) in enumerate(lines)
            if text
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _matrix(lineage: Lineage, top: int) -> Iterator[str]:
    drawn = heat_map(lineage)
    for number, ref in enumerate(drawn.refs):
        along = _MARGIN + _LEFT + number * _CELL
        yield _text(along + 3, top + _CELL - 6, _number(ref))
        yield _text(_MARGIN, top + (number + 2) * _CELL - 7, _number(ref))
    for row, cells in enumerate(drawn.cells):
        for column, cell in enumerate(cells):
            x, y = _MARGIN + _LEFT + column * _CELL, top + (row + 1) * _CELL
            told = f"{drawn.refs[row]} in {drawn.refs[column]}: {cell.share:.0%}"
            yield (
                f'<rect x="{x}" y="{y}" width="{_CELL - 2}" height="{_CELL - 2}" fill="{_colour(cell)}">'
                f"<title>{_safe(told)}</title></rect>"
            )
            if cell.kind in ("quotes", "rewrite", "kin"):
                yield _text(x + 6, y + 14, block_of(cell))


def _colour(cell: HeatCell) -> str:
    if cell.kind in _COLOURS:
        return _COLOURS[cell.kind]
    if cell.kind is None:
        return "#f6f6f6"
    red, green, blue = (round(230 - cell.share * way) for way in (200, 150, 60))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _tree_lines(lineage: Lineage, titles: Mapping[Ref, str]) -> Iterator[tuple[int, str]]:
    for tree in lineage_trees(lineage):
        yield 0, f"{tree.name} ({tree.basis})"
        for node in tree.children:
            yield from _node_lines(node, 1, titles)


def _node_lines(node: TreeNode, depth: int, titles: Mapping[Ref, str]) -> Iterator[tuple[int, str]]:
    title = titles.get(node.ref, "")
    shown = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"
    relation = "" if depth == 1 else f"{node.relation}, {node.share:.0%}: "
    yield depth, f"{relation}{node.ref} {shown}".rstrip()
    for child in node.children:
        yield from _node_lines(child, depth + 1, titles)


def _number(ref: Ref) -> str:
    return "S" if ref.number is None else str(ref.number)


def _text(x: float, y: float, text: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}"{weight} xml:space="preserve">{_safe(text)}</text>'


def _safe(text: str) -> str:
    return html.escape(_NO_XML.sub("\ufffd", " ".join(text.split())), quote=False)
