"""Narrowing the search by what its hits have in common; the query line is what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from index import Results
    from tui.app.main_screen import MainScreen
    from tui.app.workers import Job

VALUES = 12  # of each facet
_COUNTING = "Counting…"
_NOTHING = "Nothing to narrow by."


class FacetsController:
    """Keeps the facets in step with the results while they are shown."""

    def __init__(self, frame: MainScreen) -> None:
        self._frame = frame
        self.shown = False

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"facets": self.toggle}

    def toggle(self) -> None:
        """Show the facets and give them the focus; with the focus, fold them away."""
        frame = self._frame
        if not frame.desk.search.on:
            frame.say("Search for something first; F then narrows the search.")
            return
        pane = frame.facets_pane
        if self.shown and frame.arranging.focused_pane is pane:
            self._show(shown=False)
            frame.searching.to_results()
            return
        self._show(shown=True)
        frame.arranging.focus_pane(pane)
        self.count()

    def _show(self, *, shown: bool) -> None:
        self.shown = shown
        self._frame.facets_pane.display = shown
        self._frame.arranging.apply()

    def count(self) -> None:
        """Count what the hits have in common, when it is shown."""
        frame, search = self._frame, self._frame.desk.search
        index = frame.app.index
        if not self.shown or index is None or search.results is None:
            return
        self._frame.facets_pane.display = True
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

        frame.app.background.run("facets", work, done)

    def _draw(self, placeholder: str) -> None:
        from index.query.refinement import conditions

        search = self._frame.desk.search
        known = {value.query for facet in search.facets for value in facet.values}
        chosen = known.intersection(conditions(search.query))
        self._frame.facets_pane.show(search.facets, chosen, placeholder)

    def choose(self, condition: str) -> None:
        """Narrow the search by a condition, or take it off again."""
        from index.query.refinement import conditions, narrowed, widened

        query = self._frame.desk.search.query
        change = widened if condition in conditions(query) else narrowed
        self._frame.searching.ask(change(query, condition))

    def end(self) -> None:
        """Show no facets: nothing is searched for."""
        frame = self._frame
        frame.app.background.drop("facets")
        frame.desk.search.facets = ()
        if frame.facets_pane.display:
            frame.facets_pane.display = False
            frame.arranging.apply()
