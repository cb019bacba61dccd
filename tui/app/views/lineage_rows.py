"""How the lineage of a story looks as rows of lists: its origins, its trees, its odd names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sources.evidence.lineage import origins_told
from sources.evidence.lineage.drawing import Relation, lineage_trees
from sources.model import Ref
from tui.app.widgets.virtual_list import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sources.evidence.lineage import Lineage, RetellingLink, ReusePair
    from sources.evidence.lineage.drawing import HeatCell, HeatMap, TreeNode

_SIGNS = {Relation.STANDS_ON: " ", Relation.COPY: "≈", Relation.PARTIAL: "~", Relation.REWRITE: "R"}
BASES = {
    "credited": "credited",
    "wire line": "a text says that it is theirs",
    "main credit": "whom the texts credit most",
    "statement": "texts on one statement",
    "own": "credits nobody else",
}
KINDS = {
    "copy": "copy",
    "partial": "partial copy",
    "quotes": "only quotes shared",
    "rewrite": "rewrite",
    "kin": "common origin",
}


def share_words(share: float) -> str:
    """Return a share in percent; one that is not nothing is never 0%."""
    return f"{round(100 * share)}%" if share >= 0.005 or not share else "<1%"


def count_words(number: int, what: str) -> str:
    """Return ``1 text`` or ``12 texts``."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def counts_line(lineage: Lineage) -> str:
    """Return how many sources are listed, how many texts they are, and on how many origins they stand."""
    return " → ".join(
        (
            f"{len(lineage.listed):,} listed",
            count_words(len(lineage.groups), "distinct text"),
            origins_told(lineage.origins),
        )
    )


def numbers_of(refs: Sequence[Ref]) -> str:
    """Return the numbers of sources, runs of them in short: ``2, 7-10``."""
    numbers = sorted(ref.number for ref in refs if ref.number is not None)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def origin_rows(lineage: Lineage, titles: Mapping[Ref, str]) -> list[Row]:
    """Return the origins with the sources that stand on each, and then the texts that are the same."""
    rows = [
        Row(
            f"origin:{number}:{origin.refs[0] if origin.refs else ''}",
            Content.assemble(
                (f"{len(origin.refs):>3} ", "$accent"),
                (origin_name(origin.name, titles), "bold"),
                (f"  {BASES.get(origin.basis, origin.basis)}", "dim"),
            ),
            hint=numbers_of(origin.refs),
        )
        for number, origin in enumerate(sorted(lineage.origins, key=lambda one: -len(one.refs)))
    ]
    same = [group for group in lineage.groups if len(group) > 1]
    if same:
        rows += [Row("blank:same", Content(""), disabled=True), _heading("same", "The same text")]
    for number, group in enumerate(same):
        cells = Content.assemble(("  ≈ ", "$accent"), titles.get(group[0]) or str(group[0]))
        rows.append(Row(f"group:{number}:{group[0]}", cells, hint=numbers_of(group)))
    return rows


def origin_name(name: str, titles: Mapping[Ref, str]) -> str:
    """Return the name of an origin; a text that credits nobody is named by its title."""
    ref = Ref.parse(name)
    return f"{ref.number} {titles.get(ref) or ''}".strip() if ref is not None else name


def tree_rows(lineage: Lineage, titles: Mapping[Ref, str]) -> list[Row]:
    """Return the trees: under each origin its texts, under a text its copies and rewrites.

    The key of a text ends with the ref of the text above it, if there is one.
    """
    rows: list[Row] = []
    alone: list[TreeNode] = []
    for number, tree in enumerate(lineage_trees(lineage)):
        if Ref.parse(tree.name) is not None:
            alone.extend(tree.children)
            continue
        if not tree.children:
            continue
        basis = BASES.get(tree.basis, tree.basis)
        cells = Content.assemble((origin_name(tree.name, titles), "bold"), (f"  {basis}", "dim"))
        rows.append(Row(f"tree:{number}", cells, disabled=True))
        rows.extend(_branches(tree.children, "", None, titles))
    if alone:
        rows.append(_heading("alone", "Each on its own"))
        rows.extend(_branches(alone, "", None, titles))
    return rows


def _branches(
    nodes: Sequence[TreeNode], lead: str, above: Ref | None, titles: Mapping[Ref, str]
) -> Iterator[Row]:
    for place, node in enumerate(nodes):
        last = place == len(nodes) - 1
        cells = Content.assemble(
            (f"{lead}{'└' if last else '├'}", "dim"),
            (_SIGNS[node.relation], "bold $accent"),
            (f"{node.ref.number} ", "dim"),
            titles.get(node.ref) or "",
        )
        told = "" if node.relation is Relation.STANDS_ON else f"{node.relation} {share_words(node.share)}"
        yield Row(f"node:{node.ref}:{above or ''}", cells, hint=told)
        yield from _branches(node.children, lead + ("  " if last else "│ "), node.ref, titles)


def suspicion_rows(lineage: Lineage) -> list[Row]:
    """Return the odd names of rewritten texts, each with what its kin says instead."""
    rows: list[Row] = []
    for link in lineage.links:
        for one in link.name_mismatches:
            cells = Content.assemble(
                (f"{one.place.ref.number:>3} ", "dim"),
                (f"“{_line(one.place.text)}”", "bold"),
                (" here, ", "dim"),
                f"“{_line(one.usual)}”",
                (f" in {one.counterpart.ref.number}" if one.counterpart else " elsewhere", "dim"),
            )
            rows.append(Row(f"odd:{one.place.ref}:{one.place.start}", cells))
    return rows


def kin_rows(lineage: Lineage) -> list[Row]:
    """Return the texts that tell the same in their own words, with what shows that."""
    rows: list[Row] = []
    for link in sorted(lineage.links, key=lambda one: -one.score):
        evidence = link.evidence
        found = (*evidence.figures, *(f"“{quote}”" for quote in evidence.quotes), *evidence.names)
        cells = Content.assemble(
            ("R " if link.rewrite else "~ ", "bold $accent"),
            (f"{link.a.number} and {link.b.number}  ", "bold"),
            (", ".join(_line(one) for one in found[:12]), "dim"),
        )
        rows.append(Row(f"kin:{link.a}:{link.b}", cells, hint=share_words(link.score)))
    return rows


def _line(text: str) -> str:
    return " ".join(text.split())


def _heading(key: str, title: str) -> Row:
    return Row(f"section:{key}", Content.styled(title, "bold"), disabled=True)


def cell_words(lineage: Lineage, drawn: HeatMap, row: int, column: int) -> str:
    """Return what a cell of the map says, in words."""
    a, b = drawn.refs[row], drawn.refs[column]
    if a == b:
        return f"{a.number} itself: move to another column"
    cell = drawn.cells[row][column]
    pair = next((one for one in lineage.pairs if {one.a, one.b} == {a, b}), None)
    link = next((one for one in lineage.links if {one.a, one.b} == {a, b}), None)
    return f"{a.number} and {b.number}: {_shared_words(a, pair, link, cell)}"


def _shared_words(a: Ref, pair: ReusePair | None, link: RetellingLink | None, cell: HeatCell) -> str:
    if pair is None and link is None:
        return "nothing in common"
    said = [KINDS.get(cell.kind or "", str(cell.kind))]
    if pair is not None:
        said = [pair_words(pair, a)]
        if pair.background:
            said.append("background of one outlet")
    if link is not None:
        said.append(f"alike {share_words(link.score)} by figures and names")
    return " · ".join(said)


def column_share(pair: ReusePair | None, ref: Ref, there: Ref) -> str:
    """Return how much of ``ref`` stands in ``there``, with and without quotes."""
    if pair is None:
        return f"no passage shared with {_short(there, ref)}"
    whole, outside = pair.containment, pair.outside_quotes
    shares = (whole.a_in_b, outside.a_in_b) if pair.a == ref else (whole.b_in_a, outside.b_in_a)
    told = f"{share_words(shares[0])} of {_short(ref, there)} in {_short(there, ref)}"
    return f"{told}, {share_words(shares[1])} outside quotes"


def _short(ref: Ref, beside: Ref) -> str:
    return str(ref.number or "summary") if ref.story == beside.story else str(ref)


def pair_kind(pair: ReusePair | None) -> str:
    """Return what sharing passages makes of two texts."""
    if pair is None:
        return "no shared passages"
    return _kind_words(pair) + (", background of one outlet" if pair.background else "")


def _kind_words(pair: ReusePair) -> str:
    """Return what sharing passages makes of two texts, and how many of these are reworked."""
    reworked = count_words(sum(str(one.kind) == "reworked" for one in pair.passages), "reworked passage")
    if str(pair.kind) == "rewrite" or reworked.startswith("0 "):
        return KINDS[str(pair.kind)]
    return f"{KINDS[str(pair.kind)]}, {reworked}" if pair.containment.larger else reworked


def kin_words(link: RetellingLink) -> str:
    """Return what makes two texts kin."""
    kind = KINDS["rewrite" if link.rewrite else "kin"]
    odd = f", {count_words(len(link.name_mismatches), 'odd name')}" if link.name_mismatches else ""
    return f"{kind}, {share_words(link.score)} alike in figures and names{odd}"


def pair_words(pair: ReusePair, first: Ref) -> str:
    """Return what two texts share, with and without quotes, seen from ``first``: both shares and the kind."""
    whole, outside = pair.containment, pair.outside_quotes
    one, other = (pair.a, pair.b) if pair.a == first else (pair.b, pair.a)
    shares = {pair.a: (whole.a_in_b, outside.a_in_b), pair.b: (whole.b_in_a, outside.b_in_a)}
    told = [
        f"{share_words(shares[ref][0])} of {ref.number} stands in {there.number}"
        f", {share_words(shares[ref][1])} outside quotes"
        for ref, there in ((one, other), (other, one))
    ]
    return " · ".join((*told, _kind_words(pair)))
