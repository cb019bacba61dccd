"""Importing notes and labels of other programs from inside the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from tui.app.dialogs.add import PathInput, PathSuggester
from tui.app.dialogs.dialog import Dialog
from tui.app.dialogs.label_form import CompletedInput
from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.services.note_import import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.services import NoteImport

    TakeIn = Callable[
        [str, str | None, Callable[[NoteImport], None], Callable[[Exception], None]],
        None,
    ]


class ImportScreen(Dialog[None]):
    """Takes a file in and lists what was refused or kept aside, and why; stays open for the next one."""

    CSS_PATH = "export.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close")]

    def __init__(self, take_in: TakeIn) -> None:
        super().__init__()
        self._take_in = take_in

    def compose(self) -> ComposeResult:
        """Lay out the lines and the report."""
        with Vertical(id="import-box"):
            yield Static(Content.styled("Import notes and labels", "bold"), markup=False)
            with Horizontal(classes="export-row"):
                yield Static("path    ", markup=False)
                yield PathInput(
                    id="import-path", compact=True, placeholder="a file", suggester=PathSuggester()
                )
            with Horizontal(classes="export-row"):
                yield Static("format  ", markup=False)
                yield CompletedInput(
                    id="import-format",
                    compact=True,
                    placeholder=f"empty: what it looks like; {', '.join(FORMATS)}",
                    suggester=SuggestFromList(FORMATS),
                )
            yield Static("", id="import-words", markup=False)
            yield VirtualList(id="import-report")
            yield Static("enter import   tab complete, next line   esc close", id="import-keys", markup=False)

    def on_mount(self) -> None:
        """Begin with the path."""
        self.set_focus(self.query_one("#import-path"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Import the file."""
        event.stop()
        path = self.query_one("#import-path", Input).value.strip()
        form = self.query_one("#import-format", Input).value.strip()
        if not path:
            self._say("Which file?")
        elif form and form not in FORMATS:
            self._say(f"✗ There is no format {form}; there are {', '.join(FORMATS)}.")
        else:
            self._say("Reading…")
            self._take_in(path, form or None, self.heard(self._done), self.heard(self._failed))

    def _done(self, found: NoteImport) -> None:
        self._say(
            f"{len(found.added)} notes and {len(found.labelled)} labelled spans added, "
            f"{found.unchanged} unchanged, {len(found.unmatched)} kept aside, {len(found.refused)} refused"
            f" ({found.format})"
        )
        rows = report_rows(found)
        report = self.query_one("#import-report", VirtualList)
        report.display = bool(rows)
        report.set_rows(rows)

    def _failed(self, error: Exception) -> None:
        self._say(f"✗ {error}")

    def _say(self, words: str) -> None:
        self.query_one("#import-words", Static).update(Content(shown(words)))

    def action_close(self) -> None:
        """Close; what is under way goes on."""
        self.dismiss(None)


def report_rows(found: NoteImport) -> list[Row]:
    """Return what was refused and what was kept aside, each with its place and the reason."""
    rows = []
    for sign, parts in (("✗", found.refused), ("…", found.unmatched)):
        rows += [
            Row(f"{sign}{number}", Content.assemble((f"{sign} {part.place}: ", "bold"), part.reason))
            for number, part in enumerate(parts)
        ]
    if found.unmatched_path is not None:
        rows.append(Row("aside", Content(f"kept aside in {found.unmatched_path}")))
    return rows
