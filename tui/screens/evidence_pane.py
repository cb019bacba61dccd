"""The evidence of what is read, on the right: entities, figures and quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.screens.pane import Pane, bindings_for
from tui.screens.rows import KIND_LETTERS, entity_rows, figure_rows, quote_rows
from tui.widgets.line_list import LineList
from tui.widgets.reader import Mark, MarkKind

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.evidence.entities import Entity
    from sources.evidence.figures import Figure
    from sources.evidence.quotes import Quote
    from sources.model import Ref
    from tui.widgets.line_list import Row

TABS = ("entities", "figures", "quotes")
TAB_KINDS = {"entities": MarkKind.ENTITY, "figures": MarkKind.FIGURE, "quotes": MarkKind.QUOTE}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known from one text, or from the two that are compared."""

    refs: tuple[Ref, ...] = ()
    entities: tuple[Entity, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def entity_marks(self, ref: Ref, isolated: str | None) -> list[Mark]:
        """Return the marks of all entities in a text, or of one alone."""
        return [
            Mark(mention.start, mention.end, MarkKind.ENTITY, KIND_LETTERS.get(str(entity.kind), "·"))
            for entity in self.entities
            if isolated is None or entity.id == isolated
            for mention in entity.mentions
            if mention.ref == ref
        ]

    def figure_marks(self) -> list[Mark]:
        """Return the marks of the figures."""
        return [Mark(figure.start, figure.end, MarkKind.FIGURE) for figure in self.figures]

    def quote_marks(self) -> list[Mark]:
        """Return the marks of the quotes."""
        return [Mark(quote.start, quote.end, MarkKind.QUOTE) for quote in self.quotes]

    def entity_at(self, ref: Ref, offset: int) -> Entity | None:
        """Return the entity with a mention at an offset."""
        for entity in self.entities:
            if any(one.ref == ref and one.start <= offset < one.end for one in entity.mentions):
                return entity
        return None


class TabLine(Widget):
    """The names of the tabs on one line, the chosen one between brackets and reversed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tabs--chosen", "tabs--other"}
    chosen: reactive[str] = reactive(TABS[0])

    class Picked(Message):
        """A tab was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def render(self) -> Content:
        """Draw the names."""
        return Content(" ").join(
            Content.styled(
                f"[{tab.capitalize()}]" if tab == self.chosen else f" {tab.capitalize()} ",
                self.get_visual_style("tabs--chosen" if tab == self.chosen else "tabs--other"),
            )
            for tab in TABS
        )

    def on_click(self, event: events.Click) -> None:
        """Choose the tab under the mouse."""
        edge = 0
        for tab in TABS:
            edge += len(tab) + 3
            if event.x < edge:
                self.post_message(self.Picked(tab))
                return


class EvidencePane(Pane):
    """Tabs over one list; Enter goes to the next place of a row, space isolates an entity."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("evidence")
    pane_title = "Evidence"
    hints = (("enter", "jump"), ("space", "only this"), ("h", "marks on/off"), ("← →", "tabs"))

    class TabChanged(Message):
        """Another kind of evidence is looked at."""

    class Chosen(Message):
        """A row was chosen: ``key`` is ``entity:id``, ``figure:start`` or ``quote:start``."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.evidence = Evidence()
        self.isolated: str | None = None
        self.tab = TABS[0]
        self.hidden: frozenset[MarkKind] = frozenset()
        self._state = ""
        self._kept: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out title, tabs and list."""
        yield self.heading
        yield TabLine()
        yield LineList(id="evidence-list")

    @property
    def listing(self) -> LineList:
        """Return the list."""
        return self.query_one("#evidence-list", LineList)

    @property
    def kind(self) -> MarkKind:
        """Return the kind of mark that the chosen tab is about."""
        return TAB_KINDS[self.tab]

    def show(self, evidence: Evidence, state: str = "") -> None:
        """Show evidence; ``state`` says why there is none yet."""
        if self.isolated and all(entity.id != self.isolated for entity in evidence.entities):
            self.isolated = None
        self.evidence, self._state = evidence, state
        self.redraw()

    def choose_tab(self, tab: str) -> None:
        """Look at another kind of evidence."""
        if tab not in TABS:
            return
        if self.listing.highlighted_key:
            self._kept[self.tab] = self.listing.highlighted_key
        self.tab = tab
        self.redraw()
        if tab in self._kept:
            self.listing.highlight(self._kept[tab])
        self.post_message(self.TabChanged())

    def step_tab(self, direction: int) -> None:
        """Look at the tab beside."""
        self.choose_tab(TABS[(TABS.index(self.tab) + direction) % len(TABS)])

    def redraw(self) -> None:
        """Draw tabs, title and rows from what is known."""
        self.query_one(TabLine).chosen = self.tab
        rows = self._rows()
        self.listing.placeholder = self._state or f"No {self.tab} in this text."
        self.listing.set_rows(rows)
        self.heading.info = "marks off" if self.kind in self.hidden else str(len(rows) or "")

    def _rows(self) -> list[Row]:
        if self.tab == "entities":
            most = max((entity.count for entity in self.evidence.entities), default=1)
            return entity_rows(self.evidence.entities, self.isolated, len(str(most)))
        if self.tab == "figures":
            return figure_rows(self.evidence.figures)
        return quote_rows(self.evidence.quotes)

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        message.stop()
        self.post_message(self.Chosen(message.key))

    @on(TabLine.Picked)
    def _picked(self, message: TabLine.Picked) -> None:
        message.stop()
        self.choose_tab(message.tab)
