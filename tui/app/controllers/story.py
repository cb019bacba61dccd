"""The story as a whole: which one is meant, and showing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import Ref
from tui.app.controllers.base import Controller
from tui.app.messages import StoryShown
from tui.app.views.evidence_boxes import CreditsBox, EvidenceBox, FiguresBox, QuotesBox, TimelineBox
from tui.app.views.library import signs_of
from tui.app.views.story_box import Passages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sources.model import Span, Story
    from tui.app.controllers.base import Context
    from tui.app.workers import Job
    from tui.services import EvidenceCache, Library


class StoryController(Controller):
    """Fills the story view."""

    def refresh(self) -> None:
        """Read the story beside the screen and show it."""
        slug = self.current.story()
        if slug is None:
            return
        library, cache = self.services.require_library(), self.services.require_evidence_cache()

        def work(_job: Job) -> tuple[Story, tuple[Span, ...]]:
            story = library.story(slug)
            return story, cache.sentences(Ref(slug, None)) if story.summary else ()

        def done(answer: tuple[Story, tuple[Span, ...]]) -> None:
            self.panes.story_view.show(*answer, signs_of(self.state), self.state.listing.names)
            self.emit(StoryShown(answer[0]))

        self.workers.run("story", work, done)


# Surveying: what the sources of the story shown tell, worked out beside the screen, box by box.


PROGRESS_AFTER = 0.3  # seconds that an answer may take before it is told how far it is


class StoryEvidenceController(Controller):
    """Fills the boxes of evidence."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown = ""  # the slug of the story whose evidence is in the boxes

    def story_shown(self, shown: StoryShown) -> None:
        """Fill the boxes for a story, one after the other; until then what is shown stays."""
        from tui.services.evidence import WHOLE_STORIES

        story, slug = shown.story, shown.story.slug
        if len(story.sources) > WHOLE_STORIES:
            self.workers.drop("survey")
            self._shown = ""
            self._wait(
                f"{len(story.sources):,} sources: figures, quotes and dates are held against each other "
                f"in stories of up to {WHOLE_STORIES}. Each text has its own beside it in Read."
            )
            return
        if not story.sources:
            self._wait("This story has no sources.")
            return
        if self._shown != slug:
            self._shown = slug
            self._wait("Reading what the sources tell…")
        titles = {
            entry.ref: entry.title or self.state.listing.names.get(entry.ref, "") for entry in story.sources
        }
        self.workers.run("survey", self._work(slug, titles), lambda _: None, self._failed)

    def _work(self, slug: str, titles: Mapping[Ref, str]) -> Callable[[Job], None]:
        view = self.panes.story_view
        library, cache = self.services.require_library(), self.services.require_evidence_cache()
        clock = self.clock
        began = clock.now()

        def work(job: Job) -> None:
            def begin(words: str) -> None:
                job.still_wanted()
                if clock.now() - began > PROGRESS_AFTER:
                    job.tell(lambda: self._wait_on(words))

            begin("Reading the texts…")
            passages = passages_of(library, cache, slug, titles)
            begin("Looking for names…")
            cache.entities(slug)
            begin("Laying figures side by side…")
            rows = cache.figure_matrix(slug)
            job.tell(lambda: view.query_one(FiguresBox).show(rows, passages))
            begin("Looking for quotes and their speakers…")
            families = cache.quote_families(slug)
            job.tell(lambda: view.query_one(QuotesBox).show(families, passages))
            begin("Following who leans on whom…")
            chains = cache.credit_chains(slug)
            job.tell(lambda: view.query_one(CreditsBox).show(chains, passages))
            begin("Putting dates in order…")
            events = cache.timeline(slug)
            job.tell(lambda: view.query_one(TimelineBox).show(events, passages))

        return work

    def _wait(self, words: str) -> None:
        """Say in all boxes that there is nothing to show."""
        for box in self.panes.story_view.query(EvidenceBox):
            box.wait(words)

    def _wait_on(self, words: str) -> None:
        """Say how far the work is where nothing is shown yet."""
        for box in self.panes.story_view.query(EvidenceBox):
            if box.waiting:
                box.wait(words)

    def _failed(self, error: Exception) -> None:
        self._shown = ""
        self._wait_on("The evidence could not be worked out; the log tells why.")
        self.services.log_trouble(error)


def passages_of(library: Library, cache: EvidenceCache, slug: str, titles: Mapping[Ref, str]) -> Passages:
    """Return the texts of a story's sources with their sentences."""
    texts = [text for text in library.texts(slug) if text.ref.number is not None]
    return Passages(
        tuple(text.ref for text in texts),
        titles,
        {text.ref: text.text for text in texts},
        {text.ref: cache.sentences(text.ref) for text in texts},
    )
