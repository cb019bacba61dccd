"""The near copies of hits: unfolded under them, and named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import UnknownReference
from sources.model import Ref
from tui.app.controllers.base import Controller
from tui.app.messages import ResultsMarked
from tui.app.views.result_rows import COPIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.messages import UnfoldCopies
    from tui.app.workers import Job


class CopiesController(Controller):
    """Unfolds and folds the near copies of a hit."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"copies": self.toggle_copies}

    def toggle_copies(self) -> None:
        """Unfold or fold the near copies of the hit that is highlighted, or that is open."""
        key = self.panes.results_pane.listing.highlighted_key or ""
        ref = Ref.parse(key.removeprefix(COPIES))
        place = self.state.search.place_of(ref)
        if place:
            self.toggle(self.state.search.hits[place - 1].ref)

    def asked(self, wish: UnfoldCopies) -> None:
        """Unfold or fold the near copies of a hit as the message says."""
        self.toggle(wish.hit)

    def toggle(self, best: Ref | None) -> None:
        """Unfold or fold the near copies of a hit, and name them."""
        search = self.state.search
        hit = next((hit for hit in search.hits if hit.ref == best), None)
        if hit is None or not hit.copies:
            self.say("Nothing found here is nearly the same as this one.")
            return
        search.unfolded ^= {hit.ref}
        listing = self.panes.results_pane.listing
        self.emit(ResultsMarked())
        listing.highlight(f"{COPIES}{hit.ref}")
        unnamed = [ref for ref in hit.copies if ref not in search.named]
        if hit.ref not in search.unfolded or not unnamed:
            return
        library = self.services.require_library()

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
            self.emit(ResultsMarked())

        self.workers.queue("copies", work, done)
