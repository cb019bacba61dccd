"""Watched folders: looked at beside the screen when the app opens, and as long as it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.controllers.base import Controller
from tui.app.dialogs.watched_folders import WatchedFoldersScreen
from tui.app.messages import FilesVanished, SourcesChanged
from tui.services.opening import watches
from tui.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.app.controllers.base import Context
    from tui.app.workers import Job
    from tui.services import Sightings
    from tui.services.watching import Look

EVERY = 5.0  # seconds between two looks
_TOLD = 3  # changes that are named


class WatchingController(Controller):
    """Takes in what appears in the watched folders."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._seen: Sightings | None = None
        self._screen: WatchedFoldersScreen | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"watched-folders": self.show}

    def show(self) -> None:
        """Show the folders that are watched."""
        if self.services.library is not None:
            self._screen = WatchedFoldersScreen(self.library, lambda: self.look(asked=True))
            self.panes.app.push_screen(self._screen)

    def look(self, *, asked: bool = False) -> None:
        """Look at the folders, unless that is under way; ``asked`` has it told that nothing is new."""
        library = self.services.library
        if library is None or (self.workers.busy("watch") and not asked):
            return

        def work(job: Job) -> tuple[Look, ...]:
            if not watches(library):
                return ()
            from tui.services import watching

            if self._seen is None:
                self._seen = watching.sightings()
            seen = self._seen
            return tuple(
                watching.look(library, one, seen, cancelled=lambda: job.cancelled)
                for one in watching.watched_folders(library)
            )

        # Queued, so that what one look took in is never forgotten for the next one.
        self.workers.queue("watch", work, lambda looks: self._looked(looks, asked=asked), self._failed)

    def _failed(self, error: Exception) -> None:
        self.services.log_trouble(error)  # the next look may go better, and nobody asked
        if self._screen is not None and self._screen.is_open:
            self._screen.show_again(str(error))

    def _looked(self, looks: Sequence[Look], *, asked: bool) -> None:
        if not looks and not asked:
            return
        from tui.services.watching import new_refs, told

        changes = [change for one in looks for change in one.changes]
        waiting = sum(len(one.waiting) for one in looks)
        if changes:
            more = f" and {len(changes) - _TOLD} more" if len(changes) > _TOLD else ""
            self.say("\n".join(told(change) for change in changes[:_TOLD]) + more)
        if refs := new_refs(looks):
            self._prepare(looks)
            self.emit(SourcesChanged(refs))
        elif changes or asked:
            self.emit(FilesVanished())
        if self._screen is not None and self._screen.is_open and (changes or asked):
            wait = f" {waiting} still being written." if waiting else ""
            self._screen.show_again(
                f"{counted(len(changes), 'change')}.{wait}" if changes else f"Nothing is new.{wait}"
            )

    def _prepare(self, looks: Sequence[Look]) -> None:
        cache = self.services.require_evidence_cache()

        def work(job: Job) -> None:
            from tui.services.adding import prepare

            for one in looks:
                if one.report is not None:
                    prepare(cache, one.report, cancelled=lambda: job.cancelled)

        self.workers.queue("preparing", work, lambda _none: None, self.services.log_trouble)
