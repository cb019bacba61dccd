"""The folders whose files come in by themselves: added, stopped, looked at now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from tui.app.dialogs.dialog import ListDialog
from tui.app.dialogs.form import Answers, FormDialog, Line
from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import Row
from tui.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from tui.app.workers import LibraryWorkers
    from tui.services import Library
    from tui.services.watching import WatchedFolder

_KEYS = "a watch a folder   x stop watching   enter look now   esc close"
_NONE = "No folder is watched yet; a watches one."


class WatchedFoldersScreen(ListDialog):
    """A list of folders; ``look`` has them looked at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Watch a folder"),
        Binding("x,delete", "stop", "Stop watching"),
    ]
    awaited = ("writing",)  # the lane whose answers the next key acts on

    def __init__(self, library: LibraryWorkers, look: Callable[[], None]) -> None:
        super().__init__("Watched folders", words=Content(""), keys=_KEYS, size="wide tall")
        self._library = library
        self._look = look

    def on_mount(self) -> None:
        """Begin with the list."""
        super().on_mount()
        self.listing.placeholder = _NONE
        self.show_again()

    def show_again(self, words: str = "") -> None:
        """Show the folders as they are now."""
        self._change(lambda _library: None, self.heard(self._show), self.heard(self._failed))
        self._say(words)

    def _show(self, folders: tuple[WatchedFolder, ...]) -> None:
        rows = []
        for one in folders:
            state = counted(one.files, "file") if one.there else "is not there now; it is looked for again"
            parts = (one.story, state, f"{one.vanished:,} vanished" if one.vanished else "")
            cells = Content(shown(one.folder))
            rows.append(Row(one.folder, cells, hint=" · ".join(part for part in parts if part)))
        self.listing.set_rows(rows)

    def _say(self, sentence: str) -> None:
        self.query_one("#list-words", Static).update(Content(sentence))

    def _failed(self, error: Exception) -> None:
        self._say(str(error))

    def _change(
        self,
        change: Callable[[Library], object],
        done: Callable[[tuple[WatchedFolder, ...]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Change what is watched, then hand all folders over."""

        def work(library: Library) -> tuple[WatchedFolder, ...]:
            from tui.services.watching import watched_folders

            change(library)
            return watched_folders(library)

        self._library.write(work, done, failed)

    # What the keys do

    def taken(self, _key: str) -> None:
        """Look now."""
        self._say("Looking…")
        self._look()

    def action_add(self) -> None:
        """Ask for a folder, and watch it."""

        def submitted(form: FormDialog[str], answers: Answers) -> None:
            def add(library: Library) -> None:
                from tui.services.watching import watch

                watch(library, answers["path"], answers["story"] or None)

            def done(folders: tuple[WatchedFolder, ...]) -> None:
                form.dismiss(None)
                self._show(folders)
                self._say("Looking…")
                self._look()

            self._change(add, form.heard(done), form.heard(form.fail))

        lines = (
            Line("path", hint="a folder", is_path=True),
            Line("story", hint="leave empty for one that is named like the folder"),
        )
        keys = "enter watch it   tab complete   esc back"
        self.app.push_screen(FormDialog("Watch a folder", lines, submitted, keys=keys))

    def action_stop(self) -> None:
        """Watch the highlighted folder no longer."""
        folder = self.listing.highlighted_key
        if folder is None:
            return

        def stop(library: Library) -> None:
            from tui.services.watching import stop

            stop(library, folder)

        def done(folders: tuple[WatchedFolder, ...]) -> None:
            self._show(folders)
            self._say("It is not watched any more; its sources stay.")
            self._look()

        self._change(stop, self.heard(done), self.heard(self._failed))
