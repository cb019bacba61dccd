"""The story as a whole: which one is meant, and showing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import Ref

if TYPE_CHECKING:
    from sources.model import Span, Story
    from tui.app.main_screen import MainScreen
    from tui.app.workers import Job


class StoryController:
    """Fills the story view."""

    def __init__(self, frame: MainScreen) -> None:
        self._frame = frame

    def slug(self) -> str | None:
        """Return the story that is meant: that of the highlighted row in the library, or the open one."""
        frame = self._frame
        key = frame.library_pane.listing.highlighted_key or ""
        ref = Ref.parse(key)
        highlighted = ref.story if ref else key.partition(":")[2]
        in_library = frame.arranging.focused_pane is frame.library_pane
        open_ref = frame.desk.ref or frame.desk.wanted
        if open_ref is None or in_library:
            return highlighted or (open_ref.story if open_ref else None)
        return open_ref.story

    def refresh(self) -> None:
        """Read the story beside the screen and show it."""
        frame, slug = self._frame, self.slug()
        if slug is None:
            return
        library, cache = frame.app.require_library(), frame.app.require_evidence_cache()

        def work(_job: Job) -> tuple[Story, tuple[Span, ...]]:
            story = library.story(slug)
            return story, cache.sentences(Ref(slug, None)) if story.summary else ()

        def done(answer: tuple[Story, tuple[Span, ...]]) -> None:
            frame.story_view.show(*answer, frame.shelving.signs(), frame.shelving.shelf.names)
            frame.tracing.show(answer[0], frame.shelving.shelf.names)
            frame.surveying.show(answer[0], frame.shelving.shelf.names)

        frame.app.background.run("story", work, done)

    def open_first(self, slug: str) -> None:
        """Open the first source of a story, unless something else was asked for meanwhile."""
        frame = self._frame
        library = frame.app.require_library()

        def done(refs: tuple[Ref, ...]) -> None:
            if refs and frame.desk.wanted is None:
                frame.reading.open(refs[0], focus=frame.view == "read")

        frame.app.background.run("first", lambda _job: library.refs(slug), done)
