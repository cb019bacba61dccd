"""Draws the overlap of all texts of a story, and who stems from whom, as SVG inside a page.

The style of the page gives the colours, so that the pictures are dark where the page is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.evidence.lineage.drawing import block_of
from tui.services.dossier.markup import Markup, element

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sources.evidence.lineage.drawing import HeatMap, OriginTree, TreeNode
    from sources.model import Ref
    from tui.services.dossier.markup import Attributes

_CELL = 24  # pixels, as all below
_LABEL = 30
_LINE = 26
_INDENT = 26
_LETTER = 7.6
_LONGEST = 60  # characters of a title
_STEPS = (0.1, 0.3, 0.6, 0.9)  # shares from which a cell is a shade darker


def overlap_map(drawn: HeatMap) -> Markup:
    """Return the matrix: how much of the text of each row is in the text of each column."""
    side = _LABEL + _CELL * len(drawn.refs) + 2
    parts: list[Markup] = []
    for number, ref in enumerate(drawn.refs):
        along = _LABEL + number * _CELL + _CELL / 2
        parts.append(_numbered(ref, along, _LABEL - 9))
        parts.append(_numbered(ref, _LABEL / 2, along + 5))
    for row, cells in enumerate(drawn.cells):
        for column, cell in enumerate(cells):
            x, y = _LABEL + column * _CELL, _LABEL + row * _CELL
            kind = cell.kind or "none"
            told = f"{drawn.refs[row]} in {drawn.refs[column]}: {cell.share:.0%}, {kind}"
            shade = sum(cell.share >= step for step in _STEPS)
            name = f"cell {kind} shade{shade}" if kind in {"copy", "partial"} else f"cell {kind}"
            square: Attributes = {"class": name, "x": x, "y": y, "width": _CELL - 2, "height": _CELL - 2}
            parts.append(element("rect", square, element("title", None, told)))
            if cell.kind in {"quotes", "rewrite", "kin"}:
                mark: Attributes = {"class": "sign", "x": x + _CELL / 2 - 1, "y": y + 16}
                parts.append(element("text", mark, block_of(cell)))
    return _picture("How much of each text is in each other", side, side, parts)


def lineage_tree(trees: Sequence[OriginTree], titles: Mapping[Ref, str]) -> Markup:
    """Return the trees: each origin, the texts that stand on it, and what stems from those."""
    parts: list[Markup] = []
    lines: list[tuple[int, str]] = []
    for tree in trees:
        y = _y(len(lines))
        told = f"{tree.name} ({tree.basis})"
        parts.append(element("text", {"class": "origin", "x": 4, "y": y + 5}, told))
        lines.append((0, told))
        for node in tree.children:
            parts += _branch(node, 1, y, lines, titles)
    width = max((len(told) * _LETTER + depth * _INDENT + 50 for depth, told in lines), default=10)
    return _picture("Who stems from whom", int(width), len(lines) * _LINE + 8, parts)


def _branch(
    node: TreeNode, depth: int, above: float, lines: list[tuple[int, str]], titles: Mapping[Ref, str]
) -> Iterator[Markup]:
    y = _y(len(lines))
    left = (depth - 1) * _INDENT + 12
    title = titles.get(node.ref) or "without a title"
    shown = title if len(title) <= _LONGEST else title[: _LONGEST - 1] + "…"
    relation = "" if depth == 1 else f"{node.relation}, {node.share:.0%}: "
    lines.append((depth, f"{relation}{shown}"))
    yield element("path", {"class": "branch", "d": f"M{left} {above + 10}V{y}H{left + _INDENT - 10}"})
    yield _numbered(node.ref, left + _INDENT, y + 5)
    yield element("text", {"x": left + _INDENT + 16, "y": y + 5}, f"{relation}{shown}")
    for child in node.children:
        yield from _branch(child, depth + 1, y, lines, titles)


def _y(line: int) -> float:
    return line * _LINE + 16


def _numbered(ref: Ref, x: float, y: float) -> Markup:
    number = "S" if ref.number is None else str(ref.number)
    link = {"href": f"#{source_id(ref)}", "aria-label": f"source {number}"}
    return element("a", link, element("text", {"class": "number", "x": x, "y": y}, number))


def source_id(ref: Ref) -> str:
    """Return the anchor of a source in the page."""
    return f"source-{'summary' if ref.number is None else ref.number}"


def _picture(told: str, width: int, height: int, parts: Sequence[Markup]) -> Markup:
    attributes: Attributes = {
        "width": width, "height": height, "viewBox": f"0 0 {width} {height}", "role": "group",
        "aria-label": told,
    }  # fmt: skip
    return element("svg", attributes, parts)
