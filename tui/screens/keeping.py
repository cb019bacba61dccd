"""Searches to come back to: those that were kept under a name, and those of before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.kept_screen import KeptScreen
from tui.screens.searching import SORTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.saved import SavedSearch
    from sources.library import Library
    from tui.screens.frame import Frame

MOST_REMEMBERED = 100


class Keeping:
    """Keeps searches in the library's settings, where the command line finds them, too."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"kept-searches": self.show, "keep-search": lambda: self.show(naming=True)}

    # The searches of before

    def restore(self) -> None:
        """Offer the searches of the last session in the search line."""
        self._frame.search_line.input.history = self._frame.app.session.searches

    def remember(self, query: str) -> None:
        """Offer a search again when the user goes up in the search line."""
        query = " ".join(query.split())
        if not query:
            return
        session = self._frame.app.session
        others = (other for other in session.searches if other != query)
        session.searches = [query, *others][:MOST_REMEMBERED]
        self._frame.search_line.input.history = session.searches

    # The searches under a name

    def show(self, *, naming: bool = False) -> None:
        """Show the kept searches; with ``naming``, ask for a name for the present one."""
        frame, search = self._frame, self._frame.desk.search
        query = "" if search.error is not None else search.query
        if naming and not query.strip():
            frame.say("There is no search to keep: / begins one.")
            return
        screen = KeptScreen(" ".join(query.split()), search.sort, self._change, naming=naming)

        def closed(chosen: SavedSearch | None) -> None:
            if chosen is not None:
                self.ask(chosen)

        frame.app.push_screen(screen, closed)

    def ask(self, kept: SavedSearch) -> None:
        """Search for what was kept; its story becomes part of the query."""
        from index.query.narrowing import narrowed  # noqa: PLC0415 - loaded beside the screen

        frame = self._frame
        frame.desk.search.sort = kept.sort if kept.sort in SORTS else SORTS[0]
        frame.searching.ask(narrowed(kept.query, f"story:{kept.story}") if kept.story else kept.query)
        frame.searching.left()

    def _change(
        self,
        change: Callable[[Library], object],
        done: Callable[[tuple[SavedSearch, ...]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Change what is kept beside the screen, then hand all kept searches over."""
        library = self._frame.app.require_library()

        def work(_job: object) -> tuple[SavedSearch, ...]:
            from index.saved import saved_searches  # noqa: PLC0415 - loaded beside the screen

            change(library)
            return saved_searches(library)

        self._frame.app.background.queue("writing", work, done, failed)
