"""The boxes of a story's lineage: its origins, the overlap of its texts, who stems from whom, odd names."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Static

from sources.evidence.lineage import origins_told
from sources.evidence.lineage.drawing import heat_map
from sources.model import Ref
from tui.app.messages import ChooseScope, CompareSources, OpenSource
from tui.app.views.lineage_rows import cell_words, kin_rows, origin_rows, suspicion_rows, tree_rows
from tui.app.views.story_box import StoryBox
from tui.app.widgets.heat_map import HeatMapView
from tui.app.widgets.virtual_list import Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from sources.evidence.lineage import Lineage
    from sources.evidence.lineage.drawing import HeatMap
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
        self.heading.info = f"{copied} of {len(lineage.listed)} copied"

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

    pane_title: ClassVar[str] = "Odd names and kin"
    full_hints: ClassVar[Hints] = (("enter", "open the place, compare kin"), ("esc", "page"))
    list_id = "odd-names-list"

    def show(self, lineage: Lineage, titles: Mapping[Ref, str]) -> None:
        """List the odd names, then the kin."""
        del titles
        odd, kin = suspicion_rows(lineage), kin_rows(lineage)
        self.listing.placeholder = "No odd names, and no texts that say the same in other words."
        between = [
            Row("blank:kin", Content(""), disabled=True),
            Row("section:kin", Content.styled("Told in other words", "bold"), disabled=True),
        ]
        self.listing.set_rows([*odd, *(between if odd and kin else ()), *kin])
        self.heading.info = f"{len(odd)} odd, {len(kin)} kin"

    def choose(self, key: str) -> None:
        """Open an odd name, or compare kin."""
        kind, first, second = (*key.split(":"), "", "")[:3]
        a, b = Ref.parse(first), Ref.parse(second)
        if kind == "odd" and a is not None:
            self.ask(OpenSource(a, int(second)))
        elif a is not None and b is not None:
            self.ask(CompareSources((a, b)))


class OverlapBox(LineageBox):
    """How much of each text stands in each other one, as a map with a cursor."""

    pane_title: ClassVar[str] = "Overlap"
    full_hints: ClassVar[Hints] = (
        ("enter", "compare the pair"), ("n N", "next overlap"), ("#", "numbers"), ("esc", "page"),
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

    @property
    def map(self) -> HeatMapView:
        """Return the map."""
        return self.query_one(HeatMapView)

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
