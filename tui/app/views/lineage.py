"""The boxes of a story's lineage: its origins, the overlap of its texts, who stems from whom, odd names."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from sources.evidence.lineage import origins_told
from sources.evidence.lineage.drawing import Relation, heat_map, lineage_trees
from sources.model import Ref
from tui.app.messages import ChooseScope, CompareSources, OpenSource
from tui.app.views.pane import StoryBox, blank, section
from tui.app.widgets.heat_map import HeatMapView
from tui.app.widgets.virtual_list import Row
from tui.services.wording import counted, flat, numbers_of, share_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual.app import ComposeResult

    from sources.evidence.lineage import Lineage, RetellingLink, ReusePair
    from sources.evidence.lineage.drawing import HeatCell, HeatMap, TreeNode
    from tui.app.views.pane import Hints


LEGEND = '░ <30%  ▒ <60%  ▓ <90%  █ more   " only quotes   R rewrite   ~ common origin'


class LineageBox(StoryBox):
    """What the boxes of lineage have in common: they wait for it, and show it."""

    def wait(self, words: str) -> None:
        """Say that nothing is known yet, or why nothing can be."""
        self.heading.info = ""
        self.listing.set_rows(())
        self.listing.placeholder = words

    def show(self, lineage: Lineage, titles: Mapping[Ref, str]) -> None:
        """Show what this box has to say of a lineage."""
        raise NotImplementedError


class OriginsBox(LineageBox):
    """On how many independent origins a story stands, and which of its texts are the same."""

    pane_title: ClassVar[str] = "Origins"
    full_hints: ClassVar[Hints] = (("enter", "read the first"), ("esc", "page"))
    list_id = "origins-list"

    def show(self, lineage: Lineage, titles: Mapping[Ref, str]) -> None:
        """List the origins."""
        self.listing.placeholder = "Nothing is told here."
        self.listing.set_rows(origin_rows(lineage, titles))
        self.heading.info = origins_told(lineage.origins).partition(" independent")[0]

    def offer_choice(self) -> None:
        """Offer to choose again which sources are held against each other."""
        again = Row("scope:ask", Content("Choose other sources…"))
        self.listing.set_rows([again, *self.listing.rows], highlight=self.listing.highlighted_key)

    def ask_scope(self, words: str, choices: Sequence[Row]) -> None:
        """Ask which sources are to be held against each other."""
        self.heading.info = "a choice"
        rows = [Row("ask", Content(words), disabled=True), *choices]
        self.listing.set_rows(rows)

    def enter(self, key: str) -> None:
        """Take a choice in either size."""
        if key.startswith("scope:"):
            self.ask(ChooseScope(key.partition(":")[2]))
        else:
            super().enter(key)

    def choose(self, key: str) -> None:
        """Read the first text of an origin."""
        ref = Ref.parse(key.rpartition(":")[2])
        if ref is not None:
            self.ask(OpenSource(ref))


class TreeBox(LineageBox):
    """Who stems from whom: under each origin its texts, under a text its copies and rewrites."""

    pane_title: ClassVar[str] = "Lineage"
    full_hints: ClassVar[Hints] = (
        ("enter", "compare with what it stems from"), ("space", "mark"), ("esc", "page"),
    )  # fmt: skip
    list_id = "lineage-list"

    def show(self, lineage: Lineage, titles: Mapping[Ref, str]) -> None:
        """List the trees."""
        self.listing.placeholder = "Nothing is told here."
        self.listing.set_rows(tree_rows(lineage, titles))
        copied = len(lineage.listed) - len(lineage.groups)
        self.heading.info = f"{copied} of {len(lineage.listed)} copied" if copied else ""

    @property
    def highlighted_ref(self) -> Ref | None:
        """Return the source whose row is highlighted."""
        key = self.listing.highlighted_key or ""
        return Ref.parse(key.split(":")[1]) if key.startswith("node:") else None

    def choose(self, key: str) -> None:
        """Compare a text with the one above it; read one that has none."""
        _, ref, above = (*key.split(":"), "", "")[:3]
        child, parent = Ref.parse(ref), Ref.parse(above)
        if child is not None and parent is not None:
            self.ask(CompareSources((parent, child)))
        elif child is not None:
            self.ask(OpenSource(child))


class OddNamesBox(LineageBox):
    """What makes a text look like a rewrite: odd names, and what texts share beside their words."""

    pane_title: ClassVar[str] = "Altered names"
    full_hints: ClassVar[Hints] = (("enter", "open the place, compare the pair"), ("esc", "page"))
    list_id = "odd-names-list"

    def show(self, lineage: Lineage, titles: Mapping[Ref, str]) -> None:
        """List the odd names, then the kin."""
        del titles
        odd, kin = suspicion_rows(lineage), kin_rows(lineage)
        self.listing.placeholder = "No odd names, and no texts that say the same in other words."
        between = [blank("kin"), section("kin", "Paraphrased pairs")]
        self.listing.set_rows([*odd, *(between if odd and kin else ()), *kin])
        told = ((len(odd), "altered"), (len(kin), "paraphrased"))
        self.heading.info = ", ".join(f"{count} {what}" for count, what in told if count)

    def choose(self, key: str) -> None:
        """Open an odd name, or compare kin."""
        kind, first, second = (*key.split(":"), "", "")[:3]
        a, b = Ref.parse(first), Ref.parse(second)
        if kind == "odd" and a is not None:
            self.ask(OpenSource(a, int(second)))
        elif a is not None and b is not None:
            self.ask(CompareSources((a, b)))


class OverlapBox(LineageBox):
    """How much of each text is in each other one, as a map with a cursor."""

    pane_title: ClassVar[str] = "Overlap"
    full_hints: ClassVar[Hints] = (
        ("enter", "compare the pair"), ("n N", "next overlap"), ("%", "numbers"), ("esc", "page"),
    )  # fmt: skip

    _lineage: Lineage | None = None
    _drawn: HeatMap | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, map, what the cursor stands on, and what the blocks mean."""
        yield self.heading
        yield Static("", id="overlap-notice", classes="notice", markup=False)
        yield HeatMapView(id="overlap-map")
        yield Static("", id="overlap-cell", markup=False)
        yield Static(LEGEND, id="overlap-legend", markup=False)

    map = query_one(HeatMapView)

    def _notice(self, words: str) -> None:
        notice = self.query_one("#overlap-notice", Static)
        notice.update(Content(words))
        notice.display = bool(words)
        for part in (self.map, self.query_one("#overlap-cell")):
            part.display = not words

    def wait(self, words: str) -> None:
        """Say that nothing is known yet."""
        self._lineage = None
        self.heading.info = ""
        self._notice(words)

    def show(self, lineage: Lineage, titles: Mapping[Ref, str]) -> None:
        """Draw the map."""
        self._lineage, self._drawn = lineage, heat_map(lineage)
        self._notice("" if len(lineage.listed) > 1 else "A story of one text overlaps with nothing.")
        self.map.show(self._drawn, [titles.get(ref) or "" for ref in lineage.listed])
        self.heading.info = f"{len(lineage.listed)} × {len(lineage.listed)}"
        self._describe()

    def _describe(self) -> None:
        if self._lineage is not None and self._drawn is not None and self._drawn.refs:
            words = cell_words(self._lineage, self._drawn, self.map.row, self.map.column)
            self.query_one("#overlap-cell", Static).update(Content(words))

    @on(HeatMapView.Moved)
    def _moved(self, message: HeatMapView.Moved) -> None:
        message.stop()
        self._describe()

    @on(HeatMapView.Chosen)
    def _cell_chosen(self, message: HeatMapView.Chosen) -> None:
        message.stop()
        self.enter(f"{message.row}:{message.column}")

    def choose(self, key: str) -> None:
        """Compare the pair of a cell."""
        row, column = map(int, key.split(":"))
        if self._drawn is None:
            return
        a, b = self._drawn.refs[row], self._drawn.refs[column]
        self.ask(OpenSource(a) if a == b else CompareSources((a, b)))


# How the lineage of a story looks as rows of lists: its origins, its trees, its odd names.


_SIGNS = {Relation.STANDS_ON: " ", Relation.COPY: "≈", Relation.PARTIAL: "~", Relation.REWRITE: "R"}
BASES = {
    "credited": "credited",
    "wire line": "a text says that it is theirs",
    "main credit": "main credited source",
    "statement": "texts on one statement",
    "own": "cites no other source",
}
KINDS = {
    "copy": "copy",
    "partial": "partial copy",
    "quotes": "only quotes shared",
    "rewrite": "rewrite",
    "kin": "common origin",
}


def counts_line(lineage: Lineage) -> str:
    """Return how many sources are listed, how many texts they are, and on how many origins they stand."""
    return " → ".join(
        (
            f"{len(lineage.listed):,} listed",
            counted(len(lineage.groups), "distinct text"),
            origins_told(lineage.origins),
        )
    )


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
        rows += [blank("same"), section("same", "The same text")]
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
        rows.append(section("alone", "Each on its own"))
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
                (f"“{flat(one.place.text)}”", "bold"),
                (" here, ", "dim"),
                f"“{flat(one.usual)}”",
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
            (", ".join(flat(one) for one in found[:12]), "dim"),
        )
        rows.append(Row(f"kin:{link.a}:{link.b}", cells, hint=share_words(link.score)))
    return rows


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


def column_share(pair: ReusePair | None, ref: Ref, there: Ref, *, alike: bool = True) -> str:
    """Return how much of ``ref`` is in ``there``, with and without quotes.

    ``alike`` tells whether any sentences of the two say the same.
    """
    if pair is None:
        return f"no {'passage' if alike else 'sentence'} shared with {_short(there, ref)}"
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
    reworked = counted(sum(str(one.kind) == "reworked" for one in pair.passages), "reworked passage")
    if str(pair.kind) == "rewrite" or reworked.startswith("0 "):
        return KINDS[str(pair.kind)]
    return f"{KINDS[str(pair.kind)]}, {reworked}" if pair.containment.larger else reworked


def kin_words(link: RetellingLink) -> str:
    """Return what makes two texts kin."""
    kind = KINDS["rewrite" if link.rewrite else "kin"]
    odd = f", {counted(len(link.name_mismatches), 'odd name')}" if link.name_mismatches else ""
    return f"{kind}, {share_words(link.score)} alike in figures and names{odd}"


def pair_words(pair: ReusePair, first: Ref) -> str:
    """Return what two texts share, with and without quotes, seen from ``first``: both shares and the kind."""
    whole, outside = pair.containment, pair.outside_quotes
    one, other = (pair.a, pair.b) if pair.a == first else (pair.b, pair.a)
    shares = {pair.a: (whole.a_in_b, outside.a_in_b), pair.b: (whole.b_in_a, outside.b_in_a)}
    told = [
        f"{share_words(shares[ref][0])} of {ref.number} is in {there.number}"
        f", {share_words(shares[ref][1])} outside quotes"
        for ref, there in ((one, other), (other, one))
    ]
    return " · ".join((*told, _kind_words(pair)))
