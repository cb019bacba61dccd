"""Searching the library while one types, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import QueryError
from sources.model import SORTS, Ref
from tui.app.controllers import base
from tui.app.controllers.base import Controller
from tui.app.messages import OpenSource, QueryChanged, SearchAnswered, SearchEnded, UnfoldCopies
from tui.app.state import Sought
from tui.app.views.result_rows import COPIES, MORE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.messages import SearchFor, SourceShown
    from tui.app.workers import Appointment, Job
    from tui.services import Results


PAUSE = base.PAUSE
HALF_TYPED = 0.9  # seconds without a key after which what was typed is taken for the whole query
PAGE = 50  # hits
SLOW = 0.3  # seconds after which a search says that it is under way
MOST_REMEMBERED = 100  # searches
_OPENING = "The index is being opened…"
_SEARCHING = "Searching…"
_INCOMPLETE = "Incomplete query · see below"


class SearchController(Controller):
    """Keeps the results in step with the search line."""

    _timer: Appointment | None = None
    _slow: Appointment | None = None
    _complaint: Appointment | None = None
    _limit = PAGE
    _paging = False
    _pending = False  # whether an answer is on its way; its work may be done before it is here
    _wanted = False  # whether Enter was pressed before the answer was there
    _before = "read"  # the view that the search began in

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "search": self.begin,
            "drop-filter": self.drop_last_filter,
            "sort": self.next_sort,
            "accept-suggestion": self.accept_suggestion,
        }

    def begin(self) -> None:
        """Put the cursor into the search line, under the results of the search that is on."""
        self.layout.maximised = None
        self.layout.apply()
        if self.state.search.on:
            self.show_results()
        self.panes.set_focus(self.panes.search_line.input)

    # The view of the results

    def show_results(self) -> None:
        """Show the results; the focus stays where it is."""
        self.state.search.reads_hit = False
        if self.panes.view != "results":
            self._before = self.panes.view
            self.layout.show_view("results", focus=False)

    def leave_line(self) -> None:
        """Step back from the search line: to the view in which the search began."""
        self.panes.search_line.complain("")
        if self.panes.view == "results":
            self.layout.show_view(self._before, recorded=False)
        else:
            self.panes.focus_main()

    def step_back(self) -> bool:
        """Go back from a hit to the results, from these to the view before; False elsewhere.

        Where a hit was opened, the search is over then.
        """
        search = self.state.search
        if self.panes.view == "results":
            if self.panes.focused_pane is self.panes.facets_pane:
                self.layout.focus_pane(self.panes.results_pane)
            elif search.followed:
                self.end()
            else:
                self.layout.show_view(self._before, recorded=False)
        elif self.panes.view == "read" and search.reads_hit:
            search.reads_hit = False
            self.layout.show_view("results", recorded=False)
        else:
            return False
        return True

    # From the line to the answer

    def typed(self, query: str) -> None:
        """Take notice of another query; the search begins when the keys pause."""
        self._change(query, unfinished=True)
        self._timer = self.clock.after(self.panes, PAUSE, self.run)

    def _change(self, query: str, *, unfinished: bool) -> None:
        """Take another query; what was said of the one before is true no more."""
        self.state.search.query, self.state.search.unfinished = query, unfinished
        self.state.search.error, self.state.search.new = None, frozenset()
        self._pending = False
        self.workers.drop("search")  # what is under way is not wanted any more
        self.workers.drop("facets")
        self._limit, self._paging = PAGE, False
        self._stop("_timer", "_slow", "_complaint")
        if self.panes.search_line.complaining:
            self.panes.search_line.complain("")
            self.redraw()

    def search_for(self, wish: SearchFor) -> None:
        """Search as the message says."""
        self.show_results()
        if wish.focus == "line":
            self.begin()
        self.ask(wish.query, unfinished=wish.unfinished)
        if wish.focus == "results":
            self.left()

    def source_shown(self, shown: SourceShown) -> None:
        """Point at the hit that is open now; what is no hit was gone to by another way, to stay there."""
        search = self.state.search
        if not search.place_of(shown.ref):
            search.reads_hit = search.followed = False
        self.panes.results_pane.listing.highlight(str(shown.ref))
        self.redraw()

    def ask(self, query: str, *, unfinished: bool = False) -> None:
        """Search for a query that was not typed, and show it in the line."""
        line = self.panes.search_line
        line.set_quietly(query)
        line.input.cursor_position = len(query)
        self._change(query, unfinished=unfinished)
        self.run()

    def run(self) -> None:
        """Search for what is in the line."""
        self._stop("_timer", "_slow")
        self._paging = False
        search = self.state.search
        index, query, sort, limit = self.services.index, search.query, search.sort, self._limit
        unfinished = search.unfinished
        if not search.on:
            self.end()
            return
        self.emit(QueryChanged())
        if self.panes.search_line.has_focus_within:
            self.show_results()
        if index is None:
            self._show(self.services.index_note or _OPENING)
            return

        def work(job: Job) -> Results:
            job.still_wanted()
            return index.search(
                query, limit=limit, sort=sort, unfinished=unfinished, cancelled=lambda: job.cancelled
            )

        self._slow = self.clock.after(self.panes, SLOW, self._say_slow)
        self._pending = True
        self.workers.run("search", work, self._answered, self._failed)

    def _answered(self, results: Results) -> None:
        search = self.state.search
        if search.results is None or search.results.query != results.query:
            search.unfolded.clear()
        another = search.results is not None and search.results.query != results.query
        search.results, search.error = results, None
        self._pending = False
        self._stop("_slow", "_complaint")
        self.panes.search_line.complain("")
        self.redraw()
        if another or self.panes.search_line.has_focus_within:
            self.panes.results_pane.listing.action_first()
        self.emit(SearchAnswered())
        if self._wanted:
            self._wanted = False
            self.to_results()

    def _failed(self, error: Exception) -> None:
        search = self.state.search
        self._pending = False
        self._stop("_slow")
        self._paging = False
        if not isinstance(error, QueryError):
            self._wanted = False
            self.panes.search_line.complain(str(error))
            self.services.log_trouble(error)
            self.redraw()
            return
        search.error = error
        if self._wanted or self.panes.search_line.complaining or not self.panes.search_line.has_focus_within:
            self._wanted = False
            self._complain()
        else:
            # Half a query is none yet: whoever goes on typing is not told so at every key.
            self._complaint = self.clock.after(self.panes, HALF_TYPED, self._complain)
        self.redraw()

    def _complain(self) -> None:
        error = self.state.search.error
        self._stop("_complaint")
        if error is not None:
            self.panes.search_line.complain(error.message, error.position, error.hint)
            self.redraw()

    def _say_slow(self) -> None:
        self.panes.search_line.wait()

    def _stop(self, *timers: str) -> None:
        for name in timers:
            timer: Appointment | None = getattr(self, name)
            if timer is not None:
                timer.stop()
            setattr(self, name, None)

    def redraw(self) -> None:
        """Show the results as they are, with what is open by now."""
        search = self.state.search
        if search.on:
            state = "" if search.results else _SEARCHING
            if search.error is not None:
                state = _INCOMPLETE if self.panes.search_line.complaining else ""
            self._show(state)
        self.refresh_status()
        results = search.results
        complaining = self.panes.search_line.complaining
        self.panes.search_line.inform(
            f" {results.total:,} found "
            if results and search.on and results.total and not complaining
            else ""
        )

    def _show(self, state: str) -> None:
        """Show the results as they are, and ``state`` where there are none yet."""
        from tui.services.queries import filters, without

        search = self.state.search
        query = search.results.query if search.results is not None else search.query
        found = filters(query)
        for one in reversed(found):
            query = without(query, one)
        words = " ".join(query.split())
        self.panes.results_pane.show(search, self.state.ref, words, [one.words for one in found], state)

    def end(self) -> None:
        """Search for nothing any more."""
        search = self.state.search
        self.workers.drop("search")
        self._stop("_timer", "_slow", "_complaint")
        search.query, search.results, search.error = "", None, None
        search.unfolded.clear()
        search.named.clear()
        self.panes.search_line.set_quietly("")
        self.panes.search_line.complain("")
        self.state.spans = ()
        self.emit(SearchEnded())
        self.redraw()
        self.refresh_status()
        search.reads_hit = search.followed = False
        if self.panes.view == "results":
            typing = self.panes.search_line.has_focus_within
            self.layout.show_view(self._before, focus=not typing, recorded=False)

    def left(self) -> None:
        """Go from the search line to the results, once they are there."""
        self._remember()
        if self._timer is not None or self._pending:
            self._wanted = True
            if self._timer is not None:
                self.run()
        elif self.state.search.error is not None:
            self._complain()
        else:
            self.to_results()

    def _remember(self) -> None:
        """Offer the search again when the user goes up in the search line."""
        query = " ".join(self.state.search.query.split())
        if query:
            others = (other for other in self.state.recent_searches if other != query)
            self.state.recent_searches = [query, *others][:MOST_REMEMBERED]
            self.panes.search_line.input.history = self.state.recent_searches

    def to_results(self) -> None:
        """Give the results the focus, if there are any."""
        if self.state.search.hits:
            self.show_results()
            self.layout.focus_pane(self.panes.results_pane)

    # What is done with the answer

    def choose(self, key: str) -> None:
        """Open a hit, unfold or fold its copies, or show more hits."""
        if key == MORE:
            self.more()
            return
        if key.startswith(COPIES):
            self.emit(UnfoldCopies(Ref.parse(key.removeprefix(COPIES))))
            return
        ref = Ref.parse(key)
        if ref is not None:
            self._remember()
            self.state.sought = Sought.SEARCH
            best = self.state.search.passage_of(ref)
            self.state.search.reads_hit = self.state.search.followed = self.panes.view == "results"
            self.emit(OpenSource(ref, best.start if best else None, hit=1))

    def drop_last_filter(self) -> None:
        """Take the last filter off the query."""
        self.drop_filter(-1)

    def drop_filter(self, place: int) -> None:
        """Take a filter off the query, by its place among the chips."""
        from tui.services.queries import filters, without

        search = self.state.search
        found = filters(search.query)
        if found:
            self.ask(without(search.query, found[place]), unfinished=search.unfinished)
        else:
            self.say("This search has no filter.")

    def more(self, then: Callable[[], None] | None = None) -> None:
        """Ask for the next page; ``then`` is called when it is there."""
        search = self.state.search
        index, results = self.services.index, search.results
        if self._paging or index is None or results is None or search.error or not search.left:
            return
        if self._timer is not None or results.query != search.query:
            return  # another search is about to begin
        self._paging = True
        query, sort, offset, unfinished = search.query, search.sort, len(search.hits), search.unfinished

        def work(job: Job) -> Results:
            job.still_wanted()
            return index.search(
                query,
                limit=PAGE,
                offset=offset,
                sort=sort,
                unfinished=unfinished,
                cancelled=lambda: job.cancelled,
            )

        def done(page: Results) -> None:
            self._paging = False
            search.add_page(page, PAGE)
            self._limit = max(PAGE, len(search.hits))
            self.redraw()
            if then is not None:
                then()

        self.workers.run("search", work, done, self._failed)

    def next_sort(self) -> None:
        """Put the hits into the next order."""
        search = self.state.search
        search.sort = SORTS[(SORTS.index(search.sort) + 1) % len(SORTS)]
        self._limit = PAGE
        if search.on:
            self.run()
        else:
            self.say(f"Searches are ordered by {search.sort}.")

    def accept_suggestion(self) -> None:
        """Search for what was suggested."""
        results = self.state.search.results
        if results is not None and results.suggestion:
            self.ask(results.suggestion)
        else:
            self.say("Nothing is suggested.")

    def restore(self, query: str, *, unfinished: bool) -> None:
        """Search for what was searched for last time."""
        self.panes.search_line.input.history = self.state.recent_searches
        if query.strip():
            self.panes.search_line.set_quietly(query)
            self._change(query, unfinished=unfinished)
            self.run()
