"""Adding to the library from inside the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources import sample
from tui.screens.add_screen import AddScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.importing import ImportProgress, ImportReport
    from sources.model import Ref
    from tui.background import Job
    from tui.screens.frame import Frame


class Adding:
    """Imports beside the screen."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"add": self.ask, "add-sample": self.add_sample}

    def ask(self) -> None:
        """Ask for a path."""
        if self._frame.app.library is not None:
            self._frame.app.push_screen(AddScreen(self.take_in), self._open)

    def add_sample(self) -> None:
        """Add the bundled story and open it."""
        paths = [str(sample.page_path()), str(sample.article_path())]

        def done(report: ImportReport) -> None:
            refs = [ref for story in report.stories for ref in (*story.added, *story.unchanged)]
            self._open(next(iter(refs), None))

        self._frame.say("Adding the bundled story…")
        self.take_in(paths, sample.STORY, lambda _words: None, done, self._frame.app.report)

    def _open(self, ref: Ref | None) -> None:
        if ref is not None:
            self._frame.reading.open(ref)

    def take_in(
        self,
        paths: list[str],
        story: str | None,
        say: Callable[[str], None],
        done: Callable[[ImportReport], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Import files and folders beside the screen; ``say`` hears how far it is."""
        frame = self._frame
        library, workspace = frame.app.require_library(), frame.app.require_workspace()

        def work(job: Job) -> ImportReport:
            from sources.importing import import_paths  # noqa: PLC0415 - only adding needs the formats

            def progress(state: ImportProgress) -> None:
                job.tell(lambda: say(progress_words(state)))

            return import_paths(
                library, paths, story=story, progress=progress, cancelled=lambda: job.cancelled
            )

        def finished(report: ImportReport) -> None:
            done(report)
            frame.shelving.follow()
            slugs = [one.slug for one in report.stories if one.added or one.changed]
            new = [ref for one in report.stories for ref in (*one.added, *one.changed)]
            if new:
                frame.locating.look_up(new)

            def prepare(job: Job) -> None:
                for slug in slugs:
                    workspace.prepare(slug, cancelled=lambda: job.cancelled)

            frame.app.background.queue("preparing", prepare, lambda _none: None, frame.app.log_trouble)

        frame.app.background.queue("import", work, finished, failed)


def progress_words(state: ImportProgress) -> str:
    """Return how far an import is, in a few words."""
    return f"Reading {state.done + 1:,} of {state.total:,}, {state.sources:,} sources so far: {state.path}"
