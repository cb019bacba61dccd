"""Refining a search: searches kept under a name, the help on the query language, and facets to narrow by."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sources.model import SORTS
from tui.app.controllers.base import Controller
from tui.app.dialogs.help import query_help
from tui.app.dialogs.saved_searches import SavedSearchesScreen
from tui.app.messages import ResultsMarked, SearchFor, ShowResults
from tui.app.views.result_rows import FACET
from tui.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.model import Ref
    from tui.app.workers import Job
    from tui.services import Results
    from tui.services.queries import SavedSearch


class SavedSearchesController(Controller):
    """Keeps searches in the library's settings, where the command line finds them, too."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"kept-searches": self.show, "keep-search": lambda: self.show(naming=True)}

    # The searches under a name

    def show(self, *, naming: bool = False) -> None:
        """Show the kept searches; with ``naming``, ask for a name for the present one."""
        search = self.state.search
        query = "" if search.error is not None else search.spelled_out
        if naming and not query.strip():
            self.say(f"There is no search to save: {self.key('search')} begins one.")
            return
        screen = SavedSearchesScreen(" ".join(query.split()), search.sort, self.library, naming=naming)

        def closed(name: str | None) -> None:
            if chosen := next((each for each in screen.searches if each.name == name), None):
                self.ask(chosen)

        self.panes.app.push_screen(screen, closed)
        self._count(screen)

    def _count(self, screen: SavedSearchesScreen) -> None:
        """Count beside the screen how many hits of each search are new."""
        library, index = self.services.library, self.services.index
        if library is None or index is None:
            return

        def work(_job: Job) -> dict[str, int | None]:
            from tui.services.queries import saved_searches
            from tui.services.watch_lists import new_count

            return {one.name: new_count(index, library, one) for one in saved_searches(library)}

        self.workers.run(
            "news of searches", work, screen.heard(screen.show_counts), self.services.log_trouble
        )

    def ask(self, kept: SavedSearch) -> None:
        """Search for what was kept; its story becomes part of the query, and what is new is marked."""
        library, index = self.services.library, self.services.index
        if library is not None and index is not None:

            def look(_job: Job) -> frozenset[Ref]:
                from tui.services.watch_lists import look_at

                return look_at(index, library, kept)

            self.workers.run("new hits", look, partial(self._mark, kept), self.services.log_trouble)
        self._ask(kept)

    def _mark(self, kept: SavedSearch, refs: frozenset[Ref]) -> None:
        """Mark the hits that are new, and say how many there are."""
        self.state.search.new = refs
        self.emit(ResultsMarked())
        if refs:
            self.say(f"{counted(len(refs), 'hit')} new in {kept.name}")

    def _ask(self, kept: SavedSearch) -> None:
        from tui.services.queries import narrowed

        self.state.search.sort = kept.sort if kept.sort in SORTS else SORTS[0]
        query = narrowed(kept.query, f"story:{kept.story}") if kept.story else kept.query
        self.emit(SearchFor(query, "results"))


# The query language at hand: its signs, with examples taken from the story that is open.


class QueryHelpController(Controller):
    """Shows what a search can say."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"query-help": self.show}

    def known(self) -> dict[str, str]:
        """Return what the open source offers for examples, by kind; what is not known is left out."""
        source = self.state.source
        if source is None:
            return {}
        evidence = self.panes.evidence_pane.evidence
        named = sorted(evidence.entities, key=lambda entity: -entity.count)
        found = {
            "title": max((source.title or "").split(), key=len, default=""),
            "publisher": source.publisher or "",
            "author": source.author or "",
            "date": (source.date or "")[:7],
            "story": source.ref.story,
            "speaker": next((quote.speaker for quote in evidence.quotes if quote.speaker), ""),
            "quote": next((" ".join(quote.text.split()[:3]) for quote in evidence.quotes), ""),
            "percent": next((figure.text for figure in evidence.figures if figure.kind == "percent"), ""),
            "money": next((figure.text for figure in evidence.figures if figure.kind == "money"), ""),
            "name": next((entity.name for entity in named), ""),
        }
        kinds = {"person": "person", "organisation": "org", "place": "place"}
        for kind, field in kinds.items():
            found[field] = next((entity.name for entity in named if entity.kind == kind), "")
        return {name: text for name, text in found.items() if text}

    def show(self) -> None:
        """Show the signs; the example that is chosen is searched for."""
        from tui.services.queries import examples, syntax

        known = examples(self.known())

        def closed(sign: str | None) -> None:
            if sign is not None:
                self.emit(SearchFor(known[sign], "line"))

        self.panes.app.push_screen(query_help(syntax(), known), closed)


# Narrowing the search by what its hits have in common; the query line is what counts.


VALUES = 12  # of each facet
_COUNTING = "Counting…"
_NOTHING = "Nothing to filter by."


class FacetsController(Controller):
    """Keeps the facets in step with the results while they are shown."""

    shown = False

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"facets": self.toggle}

    def toggle(self) -> None:
        """Show the facets and give them the focus; with the focus, fold them away."""
        if not self.state.search.on:
            self.say(f"Search for something first; {self.key('facets')} then filters the search.")
            return
        pane = self.panes.facets_pane
        if self.panes.view != "results":
            self.emit(ShowResults())
        if self.shown and self.panes.focused_pane is pane:
            self.shown = False
            self.panes.results_pane.ask_for_facets(wanted=False, asked=False)
            self.layout.focus_pane(self.panes.results_pane)
            return
        self.shown = True
        self.panes.results_pane.ask_for_facets(wanted=True, asked=True)
        self.layout.focus_pane(pane)
        self.count()

    def count(self) -> None:
        """Count what the hits have in common, when it is shown."""
        search = self.state.search
        index = self.services.index
        if not self.shown or index is None or search.results is None:
            return
        pane = self.panes.results_pane
        pane.ask_for_facets(wanted=True, asked=pane.facets_asked)
        if not self.panes.facets_pane.display:
            return
        query, unfinished = search.results.query, search.unfinished
        if not search.facets:
            self._draw(_COUNTING)

        def work(job: Job) -> Results:
            job.still_wanted()
            return index.search(
                query,
                limit=0,
                all_copies=True,
                facets=VALUES,
                unfinished=unfinished,
                cancelled=lambda: job.cancelled,
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

    def choose(self, key: str) -> None:
        """Narrow the search by the condition of a row, or take it off again."""
        from tui.services.queries import conditions, narrowed, widened

        condition = key.removeprefix(FACET)
        search = self.state.search
        query, unfinished = search.query, search.unfinished
        if not conditions(query):  # it will stand in brackets, where its last word cannot go on
            query, unfinished = search.spelled_out, False
        change = widened if condition in conditions(query) else narrowed
        self.emit(SearchFor(change(query, condition), unfinished=unfinished))

    def end(self) -> None:
        """Show no facets: nothing is searched for."""
        self.workers.drop("facets")
        self.state.search.facets = ()
