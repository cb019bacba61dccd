"""The text of the hit that is highlighted in the results, fetched beside the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.errors import UnknownReference
from tui.app.controllers.base import Controller
from tui.app.views.read import dressed_document, hits_in

if TYPE_CHECKING:
    from sources.model import Ref, Span
    from tui.app.widgets.text_view import ReaderDocument
    from tui.app.workers import Job


class _Shown(NamedTuple):
    ref: Ref
    query: str
    unfinished: bool


class PreviewController(Controller):
    """Keeps the preview in step with the highlighted hit, where there is room for one."""

    _shown: _Shown | None = None

    def point(self) -> None:
        """Show the highlighted hit, unless it is shown already."""
        pane, search, library = self.panes.results_pane, self.state.search, self.services.library
        ref = pane.highlighted_ref
        if library is None or not pane.preview.display or self.panes.view != "results":
            return
        if ref is None:
            if not search.hits:
                self._shown = None
                self.workers.drop("preview")
                pane.preview.clear()
            return
        wanted = _Shown(ref, search.query, search.unfinished)
        if wanted == self._shown:
            return
        self._shown = wanted
        best = search.passage_of(ref)

        def work(job: Job) -> tuple[ReaderDocument, tuple[Span, ...]] | None:
            job.still_wanted()
            try:
                source = library.source(ref)
            except UnknownReference:  # it went while the list was still there
                return None
            return dressed_document(source, ()), hits_in(
                wanted.query, source.text, unfinished=wanted.unfinished
            )

        def done(found: tuple[ReaderDocument, tuple[Span, ...]] | None) -> None:
            if found is None or self._shown != wanted:
                return
            document, hits = found
            at = best.start if best is not None else hits[0].start if hits else 0
            pane.preview.preview(document, hits, at)

        self.workers.run("preview", work, done)

    def forget(self) -> None:
        """Fetch the text again when it is wanted next: it may have changed."""
        self._shown = None
