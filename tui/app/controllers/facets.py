"""Narrowing the search by what its hits have in common; the query line is what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.controllers.base import Controller
from tui.app.messages import SearchFor

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.controllers.base import Context
    from tui.app.workers import Job
    from tui.services import Results

VALUES = 12  # of each facet
_COUNTING = "Counting…"
_NOTHING = "Nothing to narrow by."


class FacetsController(Controller):
    """Keeps the facets in step with the results while they are shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown = False

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"facets": self.toggle}

    def toggle(self) -> None:
        """Show the facets and give them the focus; with the focus, fold them away."""
        if not self.state.search.on:
            self.say("Search for something first; F then narrows the search.")
            return
        pane = self.panes.facets_pane
        if self.shown and self.panes.focused_pane is pane:
            self._show(shown=False)
            if self.state.search.hits:
                self.layout.focus_pane(self.panes.results_pane)
            return
        self._show(shown=True)
        self.layout.focus_pane(pane)
        self.count()

    def _show(self, *, shown: bool) -> None:
        self.shown = shown
        self.panes.facets_pane.display = shown
        self.layout.apply()

    def count(self) -> None:
        """Count what the hits have in common, when it is shown."""
        search = self.state.search
        index = self.services.index
        if not self.shown or index is None or search.results is None:
            return
        self.panes.facets_pane.display = True
        query = search.results.query
        if not search.facets:
            self._draw(_COUNTING)

        def work(job: Job) -> Results:
            job.still_wanted()
            return index.search(
                query, limit=0, all_copies=True, facets=VALUES, cancelled=lambda: job.cancelled
            )

        def done(answer: Results) -> None:
            search.facets = answer.facets
            self._draw(_NOTHING)

        self.workers.run("facets", work, done)

    def _draw(self, placeholder: str) -> None:
        from tui.services.queries import conditions

        search = self.state.search
        known = {value.query for facet in search.facets for value in facet.values}
        chosen = known.intersection(conditions(search.query))
        self.panes.facets_pane.show(search.facets, chosen, placeholder)

    def choose(self, condition: str) -> None:
        """Narrow the search by a condition, or take it off again."""
        from tui.services.queries import conditions, narrowed, widened

        query = self.state.search.query
        change = widened if condition in conditions(query) else narrowed
        self.emit(SearchFor(change(query, condition)))

    def end(self) -> None:
        """Show no facets: nothing is searched for."""
        self.workers.drop("facets")
        self.state.search.facets = ()
        if self.panes.facets_pane.display:
            self.panes.facets_pane.display = False
            self.layout.apply()
