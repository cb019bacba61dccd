"""The modules of the house, what each says it is and imports, and a picture of the rooms made from that.

A room is a package directly on a floor (or in ``tui/app``), with all modules in it, or one of the single
modules of ``sources``. Nothing is imported: all is read from the source, so that imports inside functions
and those for types count as well.
"""

from __future__ import annotations

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("tui", "index", "sources")  # from the top

_NO_ROOMS = frozenset({"", "sources", "tui"})  # the way in, and the floors themselves

Graph = dict[str, set[str]]

_WIDTH, _ROW, _BOX, _LETTER, _GAP = 1180, 74, 44, 7.2, 22
_LABELS = 76  # of a floor, on the left
_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" \
font-size="13" fill="#222222">
<title>The rooms of crossread and what each imports from</title>
<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" \
orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="#5a6b7a"/></marker></defs>
<rect width="{width}" height="{height}" fill="#ffffff"/>"""


def modules() -> dict[str, Path]:
    """Return the file of every module by its name, in the order of the floors and of names."""
    files = [ROOT / "crossread.py"]
    for floor in FLOORS:
        files += sorted((ROOT / floor).rglob("*.py"))
    return {_name(file): file for file in files}


def _name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports() -> Graph:
    """Return for each module the modules of the house that its source imports, wherever it does."""
    known = modules()
    return {name: set(_imported(file, known)) - {name} for name, file in known.items()}


def _imported(file: Path, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found = whole if whole in known else node.module
                if found in known:
                    yield found


def circle(graph: Graph) -> list[str]:
    """Return the names on a way through the graph that comes back to where it began; empty without one."""
    try:
        TopologicalSorter({name: sorted(graph[name]) for name in sorted(graph)}).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found[::-1]
    return []


def room_of(module: str) -> str:
    """Return the room that a module is in; `crossread` is in none, and gives an empty string."""
    parts = module.split(".")
    if parts[0] not in FLOORS:
        return ""
    depth = 3 if parts[:2] == ["tui", "app"] else 2
    if parts[0] != "sources" and not (ROOT / Path(*parts[:depth])).is_dir():
        depth -= 1
    return ".".join(parts[:depth])


def rooms() -> tuple[Graph, dict[str, int]]:
    """Return which rooms each room imports from, and how many modules with code it has."""
    graph: Graph = {}
    sizes: dict[str, int] = {}
    for module, wanted in imports().items():
        room = room_of(module)
        if room in _NO_ROOMS:
            continue
        sizes[room] = sizes.get(room, 0) + 1
        graph.setdefault(room, set()).update(
            {room_of(name) for name in wanted} - {room, "", "sources", "tui"}
        )
    return graph, sizes


def module_list() -> str:
    """Return every module with the line that it says about itself, a table for each room, as Markdown."""
    tables: dict[str, list[str]] = {}
    for name, file in modules().items():
        said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        summary = said.split("\n\n")[0].replace("\n", " ").replace("|", "\\|").replace("``", "`")
        room = room_of(name)
        heading = room if (ROOT / room.replace(".", "/")).is_dir() and room else name.split(".")[0]
        tables.setdefault(heading, []).append(f"| `{name}` | {summary} |")
    return "\n".join(
        "\n".join([f"### {heading}", "", "| module | is |", "|---|---|", *rows, ""])
        for heading, rows in tables.items()
    )


def picture() -> str:
    """Return the rooms as an SVG: a band for each floor, and an arrow where a room imports from another.

    An arrow that a way of other arrows already tells is left out; rooms that import from one another have
    one with two heads.
    """
    graph, sizes = rooms()
    places, bands, height = _placed(graph, sizes)
    parts = [_HEAD.format(width=_WIDTH, height=height)]
    for floor, top, bottom in bands:
        parts.append(
            f'<rect x="8" y="{top}" width="{_WIDTH - 16}" height="{bottom - top}" rx="8" fill="#f1f4f7"/>'
            f'<text x="20" y="{top + 24}" font-weight="bold">{floor}/</text>'
        )
    for above, below in arrows(graph):
        parts.append(_arrow(places[above], places[below], both=above in graph[below]))
    for room, (x, y, width) in sorted(places.items()):
        count = f"{sizes[room]} module{'s' if sizes[room] > 1 else ''}"
        parts.append(
            f'<g><rect x="{x:.0f}" y="{y}" width="{width:.0f}" height="{_BOX}" rx="5" fill="#ffffff" '
            f'stroke="#5a6b7a"/><text x="{x + width / 2:.0f}" y="{y + 18}" text-anchor="middle">'
            f'{escape(_label(room))}</text><text x="{x + width / 2:.0f}" y="{y + 34}" text-anchor="middle" '
            f'font-size="10" fill="#5a6b7a">{count}</text></g>'
        )
    return "\n".join([*parts, "</svg>\n"])


def _label(room: str) -> str:
    return room.partition(".")[2] or room


def _placed(
    graph: Graph, sizes: Mapping[str, int]
) -> tuple[dict[str, tuple[float, int, float]], list[tuple[str, int, int]], int]:
    """Return left, top and width of each room, each floor's band, and the height of all."""
    places: dict[str, tuple[float, int, float]] = {}
    bands = []
    y = 8
    for floor in FLOORS:
        top = y
        y += 14
        for row in _rows(graph, [room for room in sizes if room.split(".")[0] == floor]):
            widths = [max(len(_label(room)) * _LETTER + 20, 74) for room in row]
            space = (_WIDTH - _LABELS - 24 - sum(widths)) / (len(row) + 1)
            x = _LABELS + space
            for room, width in zip(row, widths, strict=True):
                places[room] = (x, y, width)
                x += width + max(space, 4)
            y += _ROW
        bands.append((floor, top, y - (_ROW - _BOX) + 14))
        y += _GAP
    return places, bands, y - _GAP - (_ROW - _BOX) + 22


def _rows(graph: Graph, floor: Sequence[str]) -> list[list[str]]:
    """Return the rooms of a floor in rows, each above all that it imports from; circles share a row."""
    ways = {room: reached(graph, room) for room in floor}
    ranks: dict[str, int] = {}

    def rank(room: str) -> int:
        if room not in ranks:
            below = [other for other in floor if other in ways[room] and room not in ways[other]]
            ranks[room] = 1 + max(map(rank, below), default=0)
        return ranks[room]

    rows: dict[int, list[str]] = {}
    for room in sorted(floor):
        rows.setdefault(rank(room), []).append(room)
    return [rows[number] for number in sorted(rows, reverse=True)]


def reached(graph: Graph, start: str) -> set[str]:
    """Return all that can be reached from ``start``."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        new = graph[ahead.pop()] - found
        found |= new
        ahead += new
    return found


def arrows(graph: Graph) -> Iterator[tuple[str, str]]:
    """Yield from where to where the arrows go: none that others imply, and one for both ways of a pair."""
    ways = {room: reached(graph, room) for room in graph}
    for room in sorted(graph):
        for other in sorted(graph[room]):
            if room in graph[other]:
                if room < other:
                    yield room, other
            elif not any(
                other in ways[between] and between not in ways[other] and room not in ways[between]
                for between in graph[room] - {other}
            ):
                yield room, other


def _arrow(above: tuple[float, int, float], below: tuple[float, int, float], *, both: bool) -> str:
    (x1, y1, width1), (x2, y2, width2) = above, below
    level = y1 == y2
    if level:
        left, right = sorted((above, below))
        start, end = (left[0] + left[2], y1 + _BOX / 2), (right[0], y2 + _BOX / 2)
        if above is right:
            start, end = end, start
    else:
        start, end = (x1 + width1 / 2, y1 + _BOX), (x2 + width2 / 2, y2)
        if y1 > y2:
            start, end = (x1 + width1 / 2, y1), (x2 + width2 / 2, y2 + _BOX)
    bend = 0 if level else (end[1] - start[1]) / 2
    heads = 'marker-start="url(#head)" ' if both else ""
    return (
        f'<path d="M{start[0]:.0f} {start[1]:.0f}C{start[0]:.0f} {start[1] + bend:.0f} {end[0]:.0f} '
        f'{end[1] - bend:.0f} {end[0]:.0f} {end[1]:.0f}" fill="none" stroke="#5a6b7a" {heads}'
        'marker-end="url(#head)"/>'
    )
