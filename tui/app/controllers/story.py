"""The story as a whole: which one is meant, and showing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import Ref
from tui.app.controllers.base import Controller
from tui.app.messages import StoryShown
from tui.app.views.library import signs_of

if TYPE_CHECKING:
    from sources.model import Span, Story
    from tui.app.workers import Job


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
