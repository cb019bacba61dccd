"""The heat map and the trees of a lineage as one SVG picture; the same lineage gives the same bytes.

All text is escaped, and nothing in the picture refers to anything outside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from sources.evidence.lineage.drawing import block_of, heat_map, lineage_trees

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sources.evidence.lineage.drawing import HeatCell, TreeNode
    from sources.evidence.lineage.values import Lineage
    from sources.model import Ref

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
        f"{len(lineage.listed)} listed, {len(lineage.groups)} distinct texts, "
        f"{len(lineage.origins)} independent origins"
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
    return escape(_NO_XML.sub("\ufffd", " ".join(text.split())))
