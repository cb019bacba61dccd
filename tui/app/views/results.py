"""The search results and their facets, under the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.app.views.library import short_publisher
from tui.app.views.pane import ListPane, bindings_for
from tui.app.widgets.cells import cells
from tui.app.widgets.virtual_list import Row, VirtualList

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.model import Ref
    from tui.app.state import SearchState
    from tui.services import Facet, Hit

_AHEAD = 5  # hits before the last that was asked for at which the next page is asked for


class ResultsPane(ListPane):
    """The hits of the search that is on, their near copies, and what is to be said of them as a whole."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("results")
    pane_title = "Results"
    hints = (("enter", "open"), ("n", "next hit"), ("F", "filter"), ("S", "order"), ("z", "copies"))
    list_id = "results-list"

    class MoreWanted(Message):
        """The list is near the end of the hits that were asked for."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._search: SearchState | None = None
        self._open: Ref | None = None
        self._width = 0

    def compose(self) -> ComposeResult:
        """Lay out title, notice and list."""
        yield self.heading
        yield Static(id="results-notice", markup=False)
        yield VirtualList(id=self.list_id)

    def show(self, search: SearchState, shown: Ref | None, state: str) -> None:
        """Show the results of a search; ``shown`` is what is open, ``state`` why there may be none yet."""
        self._search, self._open = search, shown
        results = search.results
        notice = state
        if results is not None:
            sources = "1 source" if results.total == 1 else f"{results.total:,} sources"
            at_least = "" if results.whole else "at least "
            self.heading.info = at_least + sources if results.total else "nothing"
            if results.total:
                notice = "\n".join(
                    part for part in (place_in_results(search), state or results.state) if part
                )
            else:
                notice = "Nothing found."
                if results.suggestion:
                    notice += f" Did you mean “{results.suggestion}”? ctrl+y searches for it."
        line = self.query_one("#results-notice", Static)
        line.update(Content(notice))
        line.display = bool(notice)
        self._draw()

    def _draw(self) -> None:
        search = self._search
        if search is None:
            return
        self._width = self.size.width
        rows = result_rows(search, self._open, self._width)
        following = None
        if self.listing.highlighted_key == MORE:
            # The row for further hits is at the end again; one was waiting for what came in its place.
            place = len(self.listing.rows) - 1
            following = rows[place].key if place < len(rows) else None
        self.listing.set_rows(rows, highlight=following)

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap the snippets again."""
        if self.size.width != self._width:
            self._draw()

    @on(VirtualList.Highlighted)
    def _highlighted(self, message: VirtualList.Highlighted) -> None:
        search = self._search
        last = [str(hit.ref) for hit in search.hits[-_AHEAD:]] if search is not None else []
        if message.key == MORE or message.key in last:
            self.post_message(self.MoreWanted())

    @on(VirtualList.EndShown)
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


# How the hits of a search and what they have in common look as rows of a list.

MORE = "more"
COPIES = "copies:"
FACET = "facet:"
_FACET_TITLES = {
    "story": "Stories",
    "publisher": "Publishers",
    "month": "Months",
    "entity": "Names",
    "tag": "Tags",
}


def result_rows(search: SearchState, shown_in: Ref | None, width: int) -> list[Row]:
    """Return the rows of a search's hits: a title line, the snippet on up to two lines, near copies."""
    rows = []
    for hit in search.hits:
        new = "new" if not search.new.isdisjoint((hit.ref, *hit.copies)) else ""
        hint = f"{new} {short_publisher(hit.publisher)}".strip()
        rows.append(Row(str(hit.ref), _title(hit.ref, hit.title, shown_in), hint=hint))
        place = Content.styled(f"{hit.place}  ", "dim") if hit.place else Content("")
        lines = highlighted(hit.snippet, hit.highlights).wrap(max(10, width - 6 - cells(place.plain)))
        rows.extend(
            Row(f"{hit.ref}#{number}", Content.assemble("  ", "" if number else place, line), disabled=True)
            for number, line in enumerate(_around_first_hit(lines))
        )
        if hit.copies:
            rows.extend(_copy_rows(hit, search, shown_in))
    if search.left:
        rows.append(Row(MORE, Content.styled(f"… {search.left:,} more", "italic")))
    return rows


def _copy_rows(hit: Hit, search: SearchState, shown_in: Ref | None) -> Iterable[Row]:
    unfolded = hit.ref in search.unfolded
    count = "1 near copy" if len(hit.copies) == 1 else f"{len(hit.copies)} near copies"
    sign = "▾" if unfolded else "▸"
    folded_in = shown_in in hit.copies and not unfolded
    before = ("»" if folded_in else " ", "$accent")
    yield Row(f"{COPIES}{hit.ref}", Content.assemble(before, f" {sign} ", (f"≈ {count}", "italic")))
    if unfolded:
        for ref in hit.copies:
            title, publisher = search.named.get(ref, (None, None))
            cells = _title(ref, title or ("…" if ref not in search.named else None), shown_in, indent=4)
            yield Row(str(ref), cells, hint=f"≈ {short_publisher(publisher)}".strip())


def _title(ref: Ref, title: str | None, shown_in: Ref | None, indent: int = 0) -> Content:
    name = "summary" if ref.number is None else str(ref.number)
    return Content.assemble(
        " " * indent,
        ("»" if ref == shown_in else " ", "$accent"),
        (f"{name} ", "bold"),
        (title or "(no title)", "" if indent else "bold"),
    )


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> Content:
    """Return a snippet on one line with its highlights reversed; offsets stay true."""
    content = Content(text.replace("\n", " ").replace("\t", " "))
    for start, end in spans:
        content = content.stylize("reverse", start, end)
    return content


def _around_first_hit(lines: Sequence[Content]) -> list[Content]:
    """Return the two lines of a snippet that show why it was found."""
    first = next((place for place, line in enumerate(lines) if line.spans), 0)
    start = max(0, min(first, len(lines) - 2))
    shown = list(lines[start : start + 2])
    if start:
        shown[0] = Content("…") + shown[0]
    return shown


def facet_rows(facets: Sequence[Facet], chosen: Collection[str]) -> list[Row]:
    """Return the rows of facets, a heading each; ``chosen`` is what the query is narrowed by already."""
    rows: list[Row] = []
    for facet in facets:
        if not facet.values:
            continue
        title = Content.styled(_FACET_TITLES.get(facet.name, facet.name), "underline")
        rows.append(Row(f"heading:{facet.name}", title, disabled=True))
        for value in facet.values:
            on = value.query in chosen
            cells = Content.assemble(("✓ " if on else "  ", "$accent"), (value.value, "bold" if on else ""))
            rows.append(Row(f"{FACET}{value.query}", cells, hint=f"{value.hits:,}"))
    return rows


# What the hits of the search have in common, to narrow the search by.


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
