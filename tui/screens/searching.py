"""Searching the library while one types, and finding in the open text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import QueryError
from sources.model import Ref
from tui.desk import Sought

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from index import Results
    from tui.background import Job
    from tui.screens.frame import Frame

PAUSE = 0.12  # seconds without a key before the search begins
FIRST_PAGE = 50
LONG = 200_000  # code points from which finding waits for the keys to pause
_OPENING = "The index is being opened…"
_SEARCHING = "Searching…"
_NO_QUERY = "This is no query yet; the line below says why."


class Searching:
    """Keeps the results in step with the search line."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._timer: Timer | None = None
        self._find_timer: Timer | None = None
        self._limit = FIRST_PAGE
        self._wanted = False  # whether Enter was pressed before the answer was there

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"search": self.begin, "find": self.begin_finding, "accept-suggestion": self.accept_suggestion}

    # The search of the library

    def begin(self) -> None:
        """Put the cursor into the search line."""
        frame = self._frame
        frame.arranging.maximised = None
        frame.arranging.apply()
        frame.set_focus(frame.search_line.input)

    def typed(self, query: str) -> None:
        """Take notice of another query; the search begins when the keys pause."""
        self._frame.desk.search.query = query
        self._limit = FIRST_PAGE
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._frame.set_timer(PAUSE, self.run)

    def run(self) -> None:
        """Search for what stands in the line."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        frame, search = self._frame, self._frame.desk.search
        index, query, limit = frame.app.index, search.query, self._limit
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
            return index.search(query, limit=limit, cancelled=lambda: job.cancelled)

        def done(results: Results) -> None:
            search.results, search.error = results, None
            frame.search_line.complain("")
            self.redraw()
            if self._wanted:
                self._wanted = False
                self.to_results()

        frame.app.background.run("search", work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        frame, search = self._frame, self._frame.desk.search
        self._wanted = False
        if isinstance(error, QueryError):
            search.error = error
            frame.search_line.complain(str(error), error.position)
            self.redraw()
        else:
            frame.search_line.complain(str(error))
            frame.app.log_trouble(error)

    def redraw(self) -> None:
        """Show the results as they are, with what is open by now."""
        frame, search = self._frame, self._frame.desk.search
        frame.results_pane.display = search.on
        if search.on:
            state = "" if search.results else _NO_QUERY if search.error else _SEARCHING
            frame.results_pane.show(search, frame.desk.ref, state)
        results = search.results
        frame.search_line.inform(
            f" {results.total:,} found " if results and search.on and results.total else ""
        )

    def end(self) -> None:
        """Search for nothing any more."""
        frame, search = self._frame, self._frame.desk.search
        frame.app.background.drop("search")
        had_focus = frame.arranging.focused_pane is frame.results_pane
        search.query, search.results, search.error = "", None, None
        frame.search_line.set_quietly("")
        frame.search_line.complain("")
        frame.desk.spans = ()
        frame.reading.mark_hits()
        self.redraw()
        frame.refresh_status()
        if had_focus:
            frame.arranging.focus_main()

    def left(self) -> None:
        """Go from the search line to the results, once they are there."""
        if self._timer is not None or self._frame.app.background.busy("search"):
            self._wanted = True
            if self._timer is not None:
                self.run()
        else:
            self.to_results()

    def to_results(self) -> None:
        """Give the results the focus, if there are any."""
        frame = self._frame
        if frame.desk.search.hits:
            frame.arranging.focus_pane(frame.results_pane)

    def choose(self, key: str) -> None:
        """Open a hit, or show more of them."""
        if key == "more":
            self._limit *= 4
            self.run()
            return
        ref = Ref.parse(key)
        if ref is not None:
            self._frame.desk.sought = Sought.SEARCH
            self._frame.reading.open(ref, hit=1)

    def accept_suggestion(self) -> None:
        """Search for what was suggested."""
        frame, results = self._frame, self._frame.desk.search.results
        if results is not None and results.suggestion:
            frame.search_line.set_quietly(results.suggestion)
            frame.search_line.input.cursor_position = len(results.suggestion)
            self.typed(results.suggestion)
        else:
            frame.say("Nothing is suggested.")

    def restore(self, query: str) -> None:
        """Search for what was searched for last time."""
        if query.strip():
            self._frame.search_line.set_quietly(query)
            self._frame.desk.search.query = query
            self.run()

    # Finding in the open text

    def begin_finding(self) -> None:
        """Put the cursor into the line for finding; among the notes, into their filter."""
        frame = self._frame
        if frame.view == "notes":
            frame.set_focus(frame.notes_view.filter_line.input)
            return
        if frame.desk.source is None:
            frame.say("Open a source first; / searches the whole library.")
            return
        if frame.view != "read":
            frame.arranging.show_view("read")
        frame.find_line.display = True
        frame.set_focus(frame.find_line.input)
        if frame.find_line.value:
            self.found(frame.find_line.value)

    def find_typed(self) -> None:
        """Find what stands in the line; in a long text, when the keys pause."""
        source = self._frame.desk.source
        if self._find_timer is not None:
            self._find_timer.stop()
            self._find_timer = None
        if source is not None and len(source.text) > LONG:
            self._find_timer = self._frame.set_timer(PAUSE, self.find_now)
        else:
            self.find_now()

    def find_now(self) -> None:
        """Find what stands in the line at once."""
        if self._find_timer is not None:
            self._find_timer.stop()
            self._find_timer = None
        self.found(self._frame.find_line.value)

    def find_left(self) -> None:
        """Go from the line to the text, at the first place that was found."""
        if self._find_timer is not None:
            self.find_now()
        self._frame.arranging.focus_main()

    def found(self, needle: str) -> None:
        """Mark and count what is looked for in the open text."""
        frame = self._frame
        frame.desk.sought = Sought.FIND if needle else Sought.SEARCH
        frame.reader.find(needle)
        self.show_find_state()

    def show_find_state(self) -> None:
        """Say which of how many places one is at."""
        reader, line = self._frame.reader, self._frame.find_line
        if not line.value:
            line.inform("")
        elif reader.find_count:
            line.inform(f" {reader.find_position}/{reader.find_count} ")
        else:
            line.inform(" not in this text ")

    def end_finding(self) -> None:
        """Put the line for finding away."""
        frame = self._frame
        frame.find_line.display = False
        frame.find_line.set_quietly("")
        frame.reader.find("")
        frame.desk.sought = Sought.SEARCH
        frame.arranging.focus_main()
