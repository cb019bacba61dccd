"""The results of a search: what was found, what it is filtered by, and the text of the highlighted hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.containers import Container
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Static

from sources.model import Ref
from tui.app.key_order import key_of
from tui.app.views.pane import ListPane, Pane, bindings_for
from tui.app.views.preview import Preview
from tui.app.views.result_rows import COPIES, MORE, facet_rows, result_rows
from tui.app.widgets.chips import Chips
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from tui.app.state import SearchState
    from tui.services import Facet

_AHEAD = 5  # hits before the last that was asked for at which the next page is asked for
BESIDE = 100  # cells from which the text of a hit stands beside the results, and filters in a column
BELOW = 32  # lines of results and text from which the text stands below
_TALL = 28  # lines from which a snippet has two of them


class FacetsPane(ListPane):
    """Stories, publishers, months, names and tags of all hits, counted; a chosen one has a tick."""

    pane_title = "Filter by"
    hints = (("enter", "filter on, off"), ("F", "fold away"), ("S", "order"))
    list_id = "facets-list"

    def show(self, facets: Sequence[Facet], chosen: Collection[str], placeholder: str) -> None:
        """Show counted values; ``placeholder`` is what to say when there are none."""
        self.listing.placeholder = placeholder
        self.listing.set_rows(facet_rows(facets, chosen))
        self.heading.info = f"✓{len(chosen)}" if chosen else ""


class ResultsPane(Pane):
    """The hits of the search that is on, their near copies, and what is to be said of them as a whole."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("results")
    pane_title = "Results"
    hints = (("enter", "open"), ("F", "filter"), ("S", "order"), ("za", "copies"), ("esc", "back"))
    filtered_hints = (("enter", "open"), ("x", "drop filter"), *hints[1:])

    class MoreWanted(Message):
        """The list is near the end of the hits that were asked for."""

    class Pointed(Message):
        """Another hit is highlighted, or there is room for its text now."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._search: SearchState | None = None
        self._open: Ref | None = None
        self._drawn: tuple[int, int] = (0, 0)  # cells of the list, and lines of a snippet
        self._facets_wanted = self.facets_asked = False

    def compose(self) -> ComposeResult:
        """Lay out title, chips, notice, and under them filters, list and preview."""
        yield self.heading
        yield Chips(id="results-chips")
        yield Static(id="results-notice", markup=False)
        with Container(id="results-body"):
            yield FacetsPane(id="facets")
            yield VirtualList(id="results-list")
            yield Preview(id="results-preview")

    listing = query_one("#results-list", VirtualList)
    facets = query_one(FacetsPane)
    chips = query_one(Chips)
    preview = query_one(Preview)

    def on_mount(self) -> None:
        """Begin with the hits alone."""
        self.chips.display = self.facets.display = self.preview.display = False

    @property
    def current_hints(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that are of use just now."""
        hints = self.filtered_hints if self.chips.display else self.hints
        over = self._search is not None and self._search.followed
        return (*hints[:-1], ("esc", "end search")) if over else hints

    @property
    def focus_target(self) -> Widget:
        """Return the list of hits, or the filters where they have its place."""
        return self.listing if self.listing.display else self.facets.listing

    @property
    def highlighted_ref(self) -> Ref | None:
        """Return the source that is highlighted, the best one of near copies on their row."""
        return Ref.parse((self.listing.highlighted_key or "").removeprefix(COPIES))

    # What it shows

    def show(
        self, search: SearchState, shown: Ref | None, words: str, filters: Sequence[str], state: str
    ) -> None:
        """Show the results of a search.

        ``shown`` is what is open, ``words`` and ``filters`` are what was searched for, ``state`` says why
        there may be no results yet.
        """
        self._search, self._open = search, shown
        self.chips.words = tuple(filters)
        self.chips.display = bool(filters)
        results, notice = search.results, state
        self.heading.title, self.heading.info = self.pane_title, ""
        if results is not None:
            at_least = "" if results.whole else "at least "
            found = f"{at_least}{results.total:,} found" if results.total else ""
            said = (f"“{words}”" if words else "", found)
            self.heading.title = " · ".join(filter(None, said)) or self.pane_title
            if results.total:
                self.heading.info = place_in_results(search)
                notice = state or results.state
            elif not state:
                notice = "Nothing found."
                if results.suggestion:
                    key = key_of(self, "accept-suggestion")
                    notice += f" Did you mean “{results.suggestion}”? {key} searches for it."
                elif filters:
                    notice += f" {key_of(self, 'drop-filter')} takes the last filter off."
        line = self.query_one("#results-notice", Static)
        line.update(Content(notice))
        line.display = bool(notice)
        self._draw()

    def _draw(self) -> None:
        search = self._search
        if search is None:
            return
        self._drawn = self._room()
        rows = result_rows(search, self._open, *self._drawn)
        following = None
        if self.listing.highlighted_key == MORE:
            # The row for further hits is at the end again; one was waiting for what came in its place.
            place = len(self.listing.rows) - 1
            following = rows[place].key if place < len(rows) else None
        self.listing.set_rows(rows, highlight=following)

    # How it is arranged

    @property
    def is_wide(self) -> bool:
        """Tell whether filters and text have columns of their own."""
        return self.size.width >= BESIDE

    def ask_for_facets(self, *, wanted: bool, asked: bool) -> None:
        """Show the filters or fold them away: where they have a column if they are ``wanted`` at all.

        Else they take the place of the hits, while they are ``asked`` for.
        """
        self._facets_wanted, self.facets_asked = wanted, asked
        self._arrange()

    def leave_facets(self) -> None:
        """Give the hits their place back."""
        if self.facets_asked:
            self.ask_for_facets(wanted=self._facets_wanted, asked=False)

    def _arrange(self) -> None:
        wide, tall = self.is_wide, self.size.height >= BELOW
        facets = self._facets_wanted and (wide or self.facets_asked)
        if facets:
            self.facets.display = True
        self.listing.display = wide or not facets
        self.facets.display = facets
        self.preview.display = self.listing.display and (wide or tall)
        self.query_one("#results-body").set_class(wide, "-beside")
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Wrap the snippets again where there is another width for them."""
        if self._drawn != self._room():
            self._draw()
        self.post_message(self.Pointed())

    def _room(self) -> tuple[int, int]:
        return self.listing.size.width or self.size.width, 2 if self.size.height >= _TALL else 1

    def on_resize(self, _event: events.Resize) -> None:
        """Arrange the parts again."""
        self._arrange()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Light the title for the hits alone; the filters have one of their own."""
        event.prevent_default()
        self.heading.lit = self.listing.has_focus

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Put the title's light out."""
        event.prevent_default()
        self.heading.lit = self.listing.has_focus

    @on(VirtualList.Highlighted, "#results-list")
    def _highlighted(self, message: VirtualList.Highlighted) -> None:
        search = self._search
        last = [str(hit.ref) for hit in search.hits[-_AHEAD:]] if search is not None else []
        if message.key == MORE or message.key in last:
            self.post_message(self.MoreWanted())
        self.post_message(self.Pointed())

    @on(VirtualList.EndShown, "#results-list")
    def _end_shown(self) -> None:
        self.post_message(self.MoreWanted())


def place_in_results(search: SearchState) -> str:
    """Return in what order the hits are, how many near copies stand behind them, how many are listed."""
    parts = [f"{search.sort} first" if search.sort in {"newest", "oldest"} else search.sort]
    copies = sum(len(hit.copies) for hit in search.hits)
    if copies:
        parts.append(f"+{copies:,} {'copy' if copies == 1 else 'copies'}")
    if search.left:
        parts.append(f"1–{len(search.hits):,}")
    return " · ".join(parts)
