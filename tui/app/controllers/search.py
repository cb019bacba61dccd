"""Searching the library while one types: the answer to what stands in the line, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import QueryError, UnknownReference
from sources.model import Ref
from tui.app.state import Sought
from tui.app.views.results import COPIES, MORE

if TYPE_CHECKING:
    from collections.abc import Callable

    from index import Results
    from tui.app.clock import Appointment
    from tui.app.main_screen import MainScreen
    from tui.app.workers import Job

PAUSE = 0.12  # seconds without a key before the search begins
HALF_TYPED = 0.9  # seconds without a key after which what was typed is taken for the whole query
PAGE = 50  # hits
SLOW = 0.3  # seconds after which a search says that it is under way
SORTS = ("relevance", "newest", "oldest", "title", "publisher")
_OPENING = "The index is being opened…"
_SEARCHING = "Searching…"
_NO_QUERY = "This is no query yet; the line below says why."
_NOT_YET = "This is no query yet."


class SearchController:
    """Keeps the results in step with the search line."""

    def __init__(self, frame: MainScreen) -> None:
        self._frame = frame
        self._timer: Appointment | None = None
        self._slow: Appointment | None = None
        self._complaint: Appointment | None = None
        self._limit = PAGE
        self._paging = False
        self._wanted = False  # whether Enter was pressed before the answer was there

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "search": self.begin,
            "sort": self.next_sort,
            "copies": self.toggle_copies,
            "accept-suggestion": self.accept_suggestion,
        }

    def begin(self) -> None:
        """Put the cursor into the search line."""
        frame = self._frame
        frame.arranging.maximised = None
        frame.arranging.apply()
        frame.set_focus(frame.search_line.input)

    # From the line to the answer

    def typed(self, query: str) -> None:
        """Take notice of another query; the search begins when the keys pause."""
        self._frame.desk.search.query = query
        self._frame.app.background.drop("search")  # what is under way is not wanted any more
        self._frame.app.background.drop("facets")
        self._limit, self._paging = PAGE, False
        self._stop("_timer", "_slow", "_complaint")
        self._timer = self._frame.app.clock.after(self._frame, PAUSE, self.run)

    def ask(self, query: str) -> None:
        """Search for a query that was not typed, and show it in the line."""
        line = self._frame.search_line
        line.set_quietly(query)
        line.input.cursor_position = len(query)
        self.typed(query)
        self.run()

    def run(self) -> None:
        """Search for what stands in the line."""
        self._stop("_timer", "_slow")
        self._paging = False
        frame, search = self._frame, self._frame.desk.search
        index, query, sort, limit = frame.app.index, search.query, search.sort, self._limit
        if not search.on:
            self.end()
            return
        frame.reading.look_for_hits()
        frame.results_pane.display = True
        if index is None:
            frame.results_pane.show(search, frame.desk.ref, frame.app.index_note or _OPENING)
            return

        def work(job: Job) -> Results:
            job.still_wanted()
            return index.search(query, limit=limit, sort=sort, cancelled=lambda: job.cancelled)

        self._slow = frame.app.clock.after(frame, SLOW, self._say_slow)
        frame.app.background.run("search", work, self._answered, self._failed)

    def _answered(self, results: Results) -> None:
        search = self._frame.desk.search
        if search.results is None or search.results.query != results.query:
            search.unfolded.clear()
        search.results, search.error = results, None
        self._stop("_slow", "_complaint")
        self._frame.search_line.complain("")
        self.redraw()
        self._frame.narrowing.count()
        if self._wanted:
            self._wanted = False
            self.to_results()

    def _failed(self, error: Exception) -> None:
        frame, search = self._frame, self._frame.desk.search
        self._stop("_slow")
        self._paging = False
        if not isinstance(error, QueryError):
            self._wanted = False
            frame.search_line.complain(str(error))
            frame.app.log_trouble(error)
            self.redraw()
            return
        search.error = error
        if self._wanted or frame.search_line.complaining or not frame.search_line.has_focus_within:
            self._wanted = False
            self._complain()
        else:
            # Half a query is none yet: whoever goes on typing is not told so at every key.
            self._complaint = frame.app.clock.after(frame, HALF_TYPED, self._complain)
        self.redraw()

    def _complain(self) -> None:
        error = self._frame.desk.search.error
        self._stop("_complaint")
        if error is not None:
            self._frame.search_line.complain(error.message, error.position, error.hint)
            self.redraw()

    def _say_slow(self) -> None:
        self._frame.search_line.wait()

    def _stop(self, *timers: str) -> None:
        for name in timers:
            timer: Appointment | None = getattr(self, name)
            if timer is not None:
                timer.stop()
            setattr(self, name, None)

    def redraw(self) -> None:
        """Show the results as they are, with what is open by now."""
        frame, search = self._frame, self._frame.desk.search
        frame.results_pane.display = search.on
        if search.on:
            state = "" if search.results else _SEARCHING
            if search.error is not None:
                state = _NO_QUERY if frame.search_line.complaining else "" if search.results else _NOT_YET
            frame.results_pane.show(search, frame.desk.ref, state)
        frame.refresh_status()
        results = search.results
        frame.search_line.inform(
            f" {results.total:,} found " if results and search.on and results.total else ""
        )

    def end(self) -> None:
        """Search for nothing any more."""
        frame, search = self._frame, self._frame.desk.search
        frame.app.background.drop("search")
        self._stop("_timer", "_slow", "_complaint")
        had_focus = frame.arranging.focused_pane in {frame.results_pane, frame.facets_pane}
        search.query, search.results, search.error = "", None, None
        search.unfolded.clear()
        search.named.clear()
        frame.search_line.set_quietly("")
        frame.search_line.complain("")
        frame.desk.spans = ()
        frame.reading.mark_hits()
        frame.comparing.look_for_hits()
        frame.narrowing.end()
        self.redraw()
        frame.refresh_status()
        if had_focus:
            frame.arranging.focus_main()

    def left(self) -> None:
        """Go from the search line to the results, once they are there."""
        self._frame.keeping.remember(self._frame.desk.search.query)
        if self._timer is not None or self._frame.app.background.busy("search"):
            self._wanted = True
            if self._timer is not None:
                self.run()
        elif self._frame.desk.search.error is not None:
            self._complain()
        else:
            self.to_results()

    def to_results(self) -> None:
        """Give the results the focus, if there are any."""
        frame = self._frame
        if frame.desk.search.hits:
            frame.arranging.focus_pane(frame.results_pane)

    # What is done with the answer

    def choose(self, key: str) -> None:
        """Open a hit, unfold or fold its copies, or show more hits."""
        if key == MORE:
            self.more()
            return
        if key.startswith(COPIES):
            self._toggle(Ref.parse(key.removeprefix(COPIES)))
            return
        ref = Ref.parse(key)
        if ref is not None:
            self._frame.keeping.remember(self._frame.desk.search.query)
            self._frame.desk.sought = Sought.SEARCH
            self._frame.reading.open(ref, hit=1)

    def more(self, then: Callable[[], None] | None = None) -> None:
        """Ask for the next page; ``then`` is called when it is there."""
        frame, search = self._frame, self._frame.desk.search
        index, results = frame.app.index, search.results
        if self._paging or index is None or results is None or search.error or not search.left:
            return
        if self._timer is not None or results.query != search.query:
            return  # another search is about to begin
        self._paging = True
        query, sort, offset = search.query, search.sort, len(search.hits)

        def work(job: Job) -> Results:
            job.still_wanted()
            return index.search(query, limit=PAGE, offset=offset, sort=sort, cancelled=lambda: job.cancelled)

        def done(page: Results) -> None:
            self._paging = False
            search.add_page(page, PAGE)
            self._limit = max(PAGE, len(search.hits))
            self.redraw()
            if then is not None:
                then()

        frame.app.background.run("search", work, done, self._failed)

    def next_sort(self) -> None:
        """Put the hits into the next order."""
        frame, search = self._frame, self._frame.desk.search
        search.sort = SORTS[(SORTS.index(search.sort) + 1) % len(SORTS)]
        self._limit = PAGE
        if search.on:
            self.run()
        else:
            frame.say(f"Searches are ordered by {search.sort}.")

    def toggle_copies(self) -> None:
        """Unfold or fold the near copies of the hit that is highlighted, or that is open."""
        frame = self._frame
        key = frame.results_pane.listing.highlighted_key or ""
        ref = Ref.parse(key.removeprefix(COPIES))
        place = frame.desk.search.place_of(ref)
        if place:
            self._toggle(frame.desk.search.hits[place - 1].ref)

    def _toggle(self, best: Ref | None) -> None:
        frame, search = self._frame, self._frame.desk.search
        hit = next((hit for hit in search.hits if hit.ref == best), None)
        if hit is None or not hit.copies:
            frame.say("Nothing found here is nearly the same as this one.")
            return
        search.unfolded ^= {hit.ref}
        listing = frame.results_pane.listing
        self.redraw()
        listing.highlight(f"{COPIES}{hit.ref}")
        unnamed = [ref for ref in hit.copies if ref not in search.named]
        if hit.ref not in search.unfolded or not unnamed:
            return
        library = frame.app.require_library()

        def work(job: Job) -> dict[Ref, tuple[str | None, str | None]]:
            names: dict[Ref, tuple[str | None, str | None]] = {}
            for ref in unnamed:
                job.still_wanted()
                try:
                    source = library.source(ref)
                except UnknownReference:
                    names[ref] = ("(no longer in the library)", None)
                else:
                    names[ref] = (source.title, source.publisher)
            return names

        def done(names: dict[Ref, tuple[str | None, str | None]]) -> None:
            search.named.update(names)
            self.redraw()

        frame.app.background.queue("copies", work, done)

    def accept_suggestion(self) -> None:
        """Search for what was suggested."""
        results = self._frame.desk.search.results
        if results is not None and results.suggestion:
            self.ask(results.suggestion)
        else:
            self._frame.say("Nothing is suggested.")

    def restore(self, query: str) -> None:
        """Search for what was searched for last time."""
        if query.strip():
            self._frame.search_line.set_quietly(query)
            self._frame.desk.search.query = query
            self.run()
