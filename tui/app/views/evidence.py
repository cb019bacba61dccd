"""The evidence of what is read, on the right: entities, figures and quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from tui.app.views.evidence_rows import entity_rows, entity_words, figure_rows, hidden_rows, quote_rows
from tui.app.views.pane import ListPane, bindings_for
from tui.app.views.prompt_line import PromptLine
from tui.app.views.text_evidence import TextEvidence
from tui.app.widgets.reader import MarkKind
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.app.widgets.virtual_list import Row

TABS = ("entities", "figures", "quotes")
TAB_KINDS = {"entities": MarkKind.ENTITY, "figures": MarkKind.FIGURE, "quotes": MarkKind.QUOTE}


def tab_names(chosen: str, width: int) -> tuple[str, ...]:
    """Return what ``width`` cells have room for of the tabs' names, the ``chosen`` one in brackets."""
    names = {tab: tab.capitalize() for tab in TABS}
    ways = tuple(
        tuple(f"[{names[tab]}]" if tab == chosen else f"{pad}{names[tab][:most]}{pad}" for tab in TABS)
        for pad, most in ((" ", None), ("", None), ("", 3), ("", 1))
    )
    return next((names for names in ways if len(" ".join(names)) <= width), ways[-1])


class TabLine(Widget):
    """The names of the tabs on one line, the chosen one between brackets and bold."""

    chosen: reactive[str] = reactive(TABS[0])

    class Picked(Message):
        """A tab was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def render(self) -> Content:
        """Draw the names."""
        return Content(" ").join(
            Content.styled(name, "bold $foreground" if tab == self.chosen else "$foreground-muted")
            for tab, name in zip(TABS, tab_names(self.chosen, self.size.width), strict=True)
        )

    def on_click(self, event: events.Click) -> None:
        """Choose the tab under the mouse."""
        edge = 0
        for tab, name in zip(TABS, tab_names(self.chosen, self.size.width), strict=True):
            edge += len(name) + 1
            if event.x < edge:
                self.post_message(self.Picked(tab))
                return


class EvidencePane(ListPane):
    """Tabs over one list; Enter goes to the next place of a row, space isolates an entity.

    The keys of its rows are ``entity:id``, ``figure:start`` and ``quote:start``.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("evidence")
    pane_title = "Evidence"
    list_id = "evidence-list"
    hints = (
        ("enter", "jump"), ("} {", "in the story"), ("space", "only this"), ("f", "filter"), ("← →", "tabs"),
    )  # fmt: skip

    class TabChanged(Message):
        """Another kind of evidence is looked at."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.evidence = TextEvidence()
        self.isolated: str | None = None
        self.merging: str | None = None  # what is to be merged with the entity that is chosen next
        self.hidden_shown = False
        self.wanted = ""  # what the filter says
        self.tab = TABS[0]
        self.hidden: frozenset[MarkKind] = frozenset()
        self._state = "No source is open."
        self._kept: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out title, tabs and list."""
        yield self.heading
        yield TabLine()
        yield PromptLine("f", "filter", id="evidence-filter")
        yield VirtualList(id=self.list_id)
        yield Static("", id="evidence-foot", markup=False)

    def on_mount(self) -> None:
        """Begin without a filter."""
        self.filter_line.display = False

    filter_line = query_one("#evidence-filter", PromptLine)  # the line that filters what is listed

    @property
    def focus_target(self) -> VirtualList:
        """Return the list: the filter is reached by its own key."""
        return self.listing

    @property
    def highlighted_entity(self) -> str | None:
        """Return the id of the entity whose row is highlighted."""
        kind, _, identifier = (self.listing.highlighted_key or "").partition(":")
        return identifier if kind == "entity" else None

    @property
    def kind(self) -> MarkKind:
        """Return the kind of mark that the chosen tab is about."""
        return TAB_KINDS[self.tab]

    def show(self, evidence: TextEvidence, state: str = "") -> None:
        """Show evidence; ``state`` says why there is none yet."""
        if evidence.refs and self.isolated and evidence.entity(self.isolated) is None:
            self.isolated = None
        if self.highlighted_entity is not None:
            self._kept["entities"] = f"entity:{self.highlighted_entity}"
        self.evidence, self._state = evidence, state
        self.redraw()
        if self.tab == "entities" and "entities" in self._kept:
            # Between two texts the list is empty; who names the same entity finds it highlighted again.
            self.listing.highlight(self._kept["entities"])

    def choose_tab(self, tab: str) -> None:
        """Look at another kind of evidence."""
        if tab not in TABS:
            return
        if self.listing.highlighted_key:
            self._kept[self.tab] = self.listing.highlighted_key
        self.tab = tab
        self.redraw()
        first = next((row.key for row in self._rows() if not row.passed_over), "")
        self.listing.highlight(self._kept.get(tab, first))
        self.post_message(self.TabChanged())

    def begin_filter(self) -> None:
        """Let the user type what is to be listed."""
        self.filter_line.display = True
        self.screen.set_focus(self.filter_line.input)

    def end_filter(self) -> None:
        """List everything again."""
        self.filter_line.set_quietly("")
        self.filter_line.display = False
        self.wanted = ""
        self.redraw()
        self.screen.set_focus(self.listing)

    def step_tab(self, direction: int) -> None:
        """Look at the tab beside."""
        self.choose_tab(TABS[(TABS.index(self.tab) + direction) % len(TABS)])

    def redraw(self) -> None:
        """Draw tabs, title and rows from what is known."""
        self.query_one(TabLine).chosen = self.tab
        rows = self._rows()
        nothing = f"No {self.tab} with {self.wanted!r}." if self.wanted else f"No {self.tab} in this text."
        self.listing.placeholder = self._state or nothing
        self.listing.set_rows(rows)
        count = sum(not row.passed_over for row in rows)
        self.heading.info = "marks off" if self.kind in self.hidden else str(count or "")
        self._tell_more()

    def _rows(self) -> list[Row]:
        if self.tab == "entities":
            rows = entity_rows(
                self.evidence,
                self.wanted,
                isolated=self.isolated,
                merging=self.merging,
                width=self.size.width,
            )
            return [*rows, *hidden_rows(self.evidence.story.hidden)] if self.hidden_shown else rows
        story = self.evidence.story
        if self.tab == "figures":
            return figure_rows(self.evidence.figures, story, self.wanted)
        return quote_rows(self.evidence.quotes, story, self.wanted)

    def _tell_more(self) -> None:
        """Say at the foot where the highlighted entity is named."""
        foot, entity = self.query_one("#evidence-foot", Static), self.highlighted_entity
        foot.display = entity is not None
        if entity is not None:
            foot.update(entity_words(self.evidence, entity))

    def on_resize(self, _event: events.Resize) -> None:
        """Draw for the new width."""
        self.redraw()

    @on(VirtualList.Highlighted)
    def _highlighted(self, message: VirtualList.Highlighted) -> None:
        message.stop()
        self._tell_more()

    @on(PromptLine.Changed)
    def _filter_typed(self, message: PromptLine.Changed) -> None:
        message.stop()
        self.wanted = message.value
        self.redraw()

    @on(PromptLine.Submitted)
    def _filter_left(self, message: PromptLine.Submitted) -> None:
        message.stop()
        if not message.value.strip():
            self.end_filter()
        else:
            self.screen.set_focus(self.listing)

    @on(TabLine.Picked)
    def _picked(self, message: TabLine.Picked) -> None:
        message.stop()
        self.choose_tab(message.tab)
