"""The lineage of a story for people: counts, heat map, trees, and what is suspicious."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.evidence.lineage.drawing import Relation, block_of, heat_map, lineage_trees
from tui.cli.console import Column
from tui.cli.widths import fitted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sources.evidence.lineage import ClaimOrigins, Lineage
    from sources.evidence.lineage.drawing import TreeNode
    from sources.model import Ref
    from tui.cli.console import Console

_MOST_MAPPED = 60  # texts; a larger map fits no terminal
_SIGNS = (
    'share of the row in the column: ░ <30% ▒ <60% ▓ <90% █ more, " only quotes, R rewrite, ~ same origin'
)


def show_lineage(console: Console, slug: str, lineage: Lineage, titles: Mapping[Ref, str]) -> None:
    """Write the lineage of a story."""
    counts = (
        f"{len(lineage.listed)} listed",
        f"{len(lineage.groups)} distinct {'text' if len(lineage.groups) == 1 else 'texts'}",
        f"{len(lineage.origins)} independent {'origin' if len(lineage.origins) == 1 else 'origins'}",
    )
    console.write_styled(console.styled(f"{slug}: {', '.join(counts)}", "bold"))
    if 1 < len(lineage.listed) <= _MOST_MAPPED:
        console.line()
        for line in _map_lines(lineage):
            console.line(line)
        console.folded(_SIGNS)
    console.line()
    for tree in lineage_trees(lineage):
        console.write_styled(console.styled(tree.name, "bold"), f" ({console.plain(tree.basis)})")
        for line in _branches(tree.children, "", titles):
            # Not folded: a line is a branch of the drawing.
            console.line(line if console.width is None else fitted(line, console.width))
    _show_pairs(console, lineage)
    _show_suspicions(console, lineage)


def show_claim(console: Console, found: ClaimOrigins, texts: Mapping[Ref, str]) -> None:
    """Write who states a claim and on which origins that stands."""
    refs = {stated.sentence.ref for stated in found.stated}
    many = len(found.origins)
    origins = f"{many} independent {'origin' if many == 1 else 'origins'}"
    console.folded(f"“{found.claim}”", under="", style="bold")
    console.line(f"stated in {len(refs)} {'source' if len(refs) == 1 else 'sources'}, {origins}")
    for origin in found.origins:
        console.folded(f"{origin.name} ({origin.basis}): {', '.join(map(str, origin.refs))}", lead="  ")
    if found.stated:
        console.line()
        columns = [Column("REF"), Column("STANDS ON", 12), Column("BASIS"), Column("SENTENCE", 24)]
        rows = [
            (
                str(stated.sentence.ref),
                stated.origin,
                stated.basis,
                stated.sentence.span.of(texts[stated.sentence.ref]),
            )
            for stated in found.stated
        ]
        console.table(columns, rows)


def _map_lines(lineage: Lineage) -> Iterator[str]:
    drawn = heat_map(lineage)
    names = [str(ref.number) for ref in drawn.refs]
    wide = max(map(len, names)) + 1
    yield " " * wide + "".join(name.rjust(wide) for name in names)
    for name, cells in zip(names, drawn.cells, strict=True):
        yield name.rjust(wide) + "".join(block_of(cell).rjust(wide) for cell in cells).rstrip()


def _branches(nodes: tuple[TreeNode, ...], lead: str, titles: Mapping[Ref, str]) -> Iterator[str]:
    for place, node in enumerate(nodes):
        last = place == len(nodes) - 1
        told = "" if node.relation is Relation.STANDS_ON else f" ({node.relation}, {node.share:.0%})"
        yield f"{lead}{'└─' if last else '├─'} {node.ref}{told}  {titles.get(node.ref, '')}".rstrip()
        yield from _branches(node.children, lead + ("   " if last else "│  "), titles)


def _show_pairs(console: Console, lineage: Lineage) -> None:
    if not lineage.pairs:
        return
    console.line()
    columns = [
        Column("A"), Column("B"), Column("A IN B", right=True), Column("B IN A", right=True),
        Column("OUTSIDE QUOTES", right=True), Column("KIND"),
    ]  # fmt: skip
    rows = [
        (
            str(pair.a),
            str(pair.b),
            f"{pair.containment.a_in_b:.0%}",
            f"{pair.containment.b_in_a:.0%}",
            f"{pair.outside_quotes.a_in_b:.0%}, {pair.outside_quotes.b_in_a:.0%}",
            f"{pair.kind}, background" if pair.background else str(pair.kind),
        )
        for pair in lineage.pairs
    ]
    console.table(columns, rows)
    for link in lineage.links:
        evidence = ", ".join((*link.evidence.figures, *link.evidence.names)[:8])
        console.folded(f"{link.a} ~ {link.b}  common origin, {link.score:.2f}: {evidence}")


def _show_suspicions(console: Console, lineage: Lineage) -> None:
    odd = [suspicion for link in lineage.links for suspicion in link.suspicions]
    if not odd:
        return
    console.line()
    columns = [Column("REF"), Column("SAYS", 10), Column("KIN"), Column("SAYS INSTEAD", 10)]
    rows = [(str(one.place.ref), one.place.text, str(one.kin.ref), one.kin.text) for one in odd]
    console.table(columns, rows)
