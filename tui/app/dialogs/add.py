"""Adding files and folders to the library from inside the app."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Static

from tui.app.dialogs.dialog import Dialog
from tui.app.widgets.virtual_list import Row, VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.model import Ref
    from tui.services import ImportReport
    from tui.services.adding import Wanted

    TakeIn = Callable[
        [
            Wanted,
            Callable[[str], None],
            Callable[[ImportReport], None],
            Callable[[Exception], None],
        ],
        None,
    ]


_REPORT_WIDTH = 66  # cells; fits the box on 80 columns


class PathSuggester(Suggester):
    """Completes the path that is typed with the first name on disk that begins so."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the completed path; folders end in a slash."""
        folder, _, begun = value.rpartition("/")
        if not value:
            return None
        start = Path(os.path.expanduser(f"{folder}/" if folder or value.startswith("/") else "."))  # noqa: PTH111, ASYNC240 - keeps "~" alone, local disk
        try:
            with os.scandir(start) as found:
                names = sorted(
                    f"{entry.name}/" if entry.is_dir() else entry.name
                    for entry in found
                    if entry.name.startswith(begun)
                    and (begun.startswith(".") or not entry.name.startswith("."))
                )
        except OSError:
            return None
        return value[: len(value) - len(begun)] + names[0] if names else None


class PathInput(Input):
    """A line for a path, which tab completes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "Complete", show=False)]

    def action_complete(self) -> None:
        """Take the completion over, or go on to the next line."""
        if self._suggestion and self.cursor_at_end:
            self.value = self._suggestion
            self.cursor_position = len(self.value)
        else:
            self.screen.focus_next()


class AddScreen(Dialog["Ref | None"]):
    """Takes a path, imports it beside the screen, shows what came of it; hands back what to open."""

    CSS_PATH = "add.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close")]

    def __init__(self, take_in: TakeIn) -> None:
        super().__init__()
        self._take_in = take_in
        self._first: Ref | None = None

    def compose(self) -> ComposeResult:
        """Lay out the lines, the progress and the report."""
        with Vertical(id="add-box"):
            yield Static(Content.styled("Add sources", "bold"), markup=False)
            with Horizontal(classes="add-row"):
                yield Static("path  ", markup=False)
                yield PathInput(
                    id="add-path", compact=True, placeholder="a file or a folder", suggester=PathSuggester()
                )
            with Horizontal(classes="add-row"):
                yield Static("story ", markup=False)
                yield Input(id="add-story", compact=True, placeholder="leave empty to let the file say")
            yield Static("", id="add-progress", markup=False)
            yield VirtualList(id="add-report")
            yield Static("enter add   tab complete   esc close", id="add-keys", markup=False)

    def on_mount(self) -> None:
        """Begin with the path."""
        self.query_one("#add-report").display = False
        self.set_focus(self.query_one("#add-path"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Import what the path names."""
        event.stop()
        path = self.query_one("#add-path", Input).value.strip()
        story = self.query_one("#add-story", Input).value.strip()
        if not path:
            self._say("Which file or folder?")
            return
        self._say("Reading…")
        from tui.services.adding import Wanted

        expanded = os.path.expanduser(path)  # noqa: PTH111 - import_paths takes texts
        say, report, failed = self.heard(self._say), self.heard(self._report), self.heard(self._failed)
        self._take_in(Wanted([expanded], story or None), say, report, failed)

    def _say(self, words: str) -> None:
        self.query_one("#add-progress", Static).update(Content(words))

    def _failed(self, error: Exception) -> None:
        self._say(str(error))

    def _report(self, report: ImportReport) -> None:
        from tui.services.adding import new_refs

        rows = report_rows(report)
        taken = new_refs(report)
        self._first = next(iter(taken), self._first)
        added = sum(len(story.added) for story in report.stories)
        changed = sum(len(story.changed) for story in report.stories)
        unchanged = sum(len(story.unchanged) for story in report.stories)
        self._say(
            f"{added} added, {changed} changed, {unchanged} unchanged, {len(report.failed)} could not be read"
        )
        listing = self.query_one("#add-report", VirtualList)
        listing.display = bool(rows)
        listing.set_rows(rows)
        if not report.failed and taken:
            self.set_focus(listing)

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Open what was added."""
        message.stop()
        self.dismiss(self._first)

    def action_close(self) -> None:
        """Close; what is under way goes on."""
        self.dismiss(None)


def report_rows(report: ImportReport) -> list[Row]:
    """Return what an import did: a line a story, then what could not be read and what was odd."""
    rows = []
    for story in report.stories:
        count = len(story.added) + len(story.changed)
        title = Content.assemble((story.title or story.slug, "bold"))
        rows.append(
            Row(f"story:{story.slug}", title, hint=f"{count} new · enter opens" if count else "unchanged")
        )
    for number, item in enumerate(report.failed):
        rows.append(Row(f"failed:{number}", Content.assemble(("✗ ", "$error"), item.path), disabled=True))
        rows += _wrapped(f"reason:{number}", item.reason.removeprefix(f"{item.path}: "))
    for number, warning in enumerate(report.warnings):
        first, *rest = _wrapped(f"warning:{number}", warning)
        rows += [Row(first.key, Content("!") + first.cells[1:], disabled=True), *rest]
    return rows


def _wrapped(key: str, sentence: str) -> list[Row]:
    lines = textwrap.wrap(sentence, _REPORT_WIDTH) or [""]
    return [Row(f"{key}:{place}", Content(f"  {line}"), disabled=True) for place, line in enumerate(lines)]
