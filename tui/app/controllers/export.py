"""Exports and imports from inside the app: gathered, written and read beside the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.controllers.base import Controller
from tui.app.messages import NotesChanged
from tui.services.access import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.services import Library, NoteImport, SearchIndex
    from tui.services.exports import Delivered, ExportRequest


class ExportController(Controller):
    """Runs the screens of export and import."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"export": self.show_export, "import-notes": self.show_import}

    def show_export(self) -> None:
        """Ask what to export, how, and where to."""
        from tui.app.dialogs.file_forms import export_form

        if self.services.library is not None:
            story = self.state.ref.story if self.state.ref is not None else ""
            known = tuple(each.slug for each in self.state.listing.stories)
            self.panes.app.push_screen(export_form(self.export, story, known))

    def show_import(self) -> None:
        """Ask for a file of notes."""
        from tui.app.dialogs.file_forms import note_import_form

        if self.services.library is not None:
            self.panes.app.push_screen(note_import_form(self.take_in))

    def export(
        self,
        request: ExportRequest,
        output: str,
        done: Callable[[Delivered], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Write an export beside the screen."""
        library, index = self.services.require_library(), self.services.index
        self.workers.queue("export", lambda _job: write_export(library, index, request, output), done, failed)

    def take_in(
        self,
        path: str,
        form: str | None,
        done: Callable[[NoteImport], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Import a file of notes beside the screen."""
        from tui.services.note_import import take_in_notes

        def taken(found: NoteImport) -> None:
            done(found)
            self.emit(NotesChanged())

        self.write(lambda library: take_in_notes(library, path, form), taken, failed)


def write_export(
    library: Library, index: SearchIndex | None, request: ExportRequest, output: str
) -> Delivered:
    """Write what a request asks for; raises CrossreadError."""
    from tui.services.exports import Delivered, gather, save_export

    export = gather(library, request, lambda: opened(index))
    return Delivered(save_export(export, library.folder, output), export.count, export.state)
