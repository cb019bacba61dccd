"""Exporting from inside the app: what, in which format, of which story, filtered how, and where to."""

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
from tui.services.exports import FORMATS_OF, ExportRequest, What

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.services.exports import Delivered

    Export = Callable[[ExportRequest, str, Callable[[Delivered], None], Callable[[Exception], None]], None]


class ExportScreen(Dialog[None]):
    """Writes an export and says where it lies, or why it was refused; stays open for the next one."""

    CSS_PATH = "export.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close")]

    def __init__(self, export: Export, story: str, stories: Sequence[str]) -> None:
        super().__init__()
        self._export = export
        self._story = story
        self._stories = stories

    def compose(self) -> ComposeResult:
        """Lay out the formats, the lines, and what came of it."""
        with Vertical(id="export-box"):
            yield Static(Content.styled("Export", "bold"), markup=False)
            yield VirtualList(format_rows(), id="export-list")
            with Horizontal(classes="export-row"):
                yield Static("story   ", markup=False)
                suggester = SuggestFromList(self._stories)
                yield CompletedInput(
                    self._story, id="export-story", compact=True, placeholder="all", suggester=suggester
                )
            with Horizontal(classes="export-row"):
                yield Static("filter  ", markup=False)
                yield Input(
                    id="export-query", compact=True, placeholder="a query; for notes #tag and is:pinned, too"
                )
            with Horizontal(classes="export-row"):
                yield Static("path    ", markup=False)
                yield PathInput(
                    id="export-path",
                    compact=True,
                    placeholder="a new file or a folder; empty: the library's exports",
                    suggester=PathSuggester(),
                )
            yield Static("", id="export-words", markup=False)
            yield Static("enter export   tab complete, next line   esc close", id="export-keys", markup=False)

    def on_mount(self) -> None:
        """Begin with the formats."""
        self.set_focus(self.query_one(VirtualList))

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Export in the format that was chosen."""
        message.stop()
        self._run()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Export in the format that is highlighted."""
        event.stop()
        self._run()

    def _run(self) -> None:
        what, _, form = (self.query_one(VirtualList).highlighted_key or "").partition(":")
        if not form:
            return
        story, query, path = (
            self.query_one(f"#export-{name}", Input).value.strip() for name in ("story", "query", "path")
        )
        self._say("Writing…")
        request = ExportRequest(What(what), form, story or None, query)
        self._export(request, path, self.heard(self._done), self.heard(self._failed))

    def _done(self, delivered: Delivered) -> None:
        if delivered.path is None:
            words = "Nothing fits; no file was written."
        else:
            words = f"Wrote {delivered.path} ({delivered.size:,})"
        self._say(f"{words} {delivered.state}".rstrip())

    def _failed(self, error: Exception) -> None:
        self._say(f"✗ {error}")

    def _say(self, words: str) -> None:
        self.query_one("#export-words", Static).update(Content(shown(words)))

    def action_close(self) -> None:
        """Close; what is under way goes on."""
        self.dismiss(None)


def format_rows() -> list[Row]:
    """Return the formats in which notes, labels, sources and stories can be written."""
    rows = []
    for what, formats in FORMATS_OF.items():
        for form in formats.values():
            cells = Content.assemble((f"{what:<8}", "dim"), (f" {form.name:<10} ", "bold"), form.description)
            rows.append(Row(f"{what}:{form.name}", cells, hint=form.suffix or "folder"))
    return rows
