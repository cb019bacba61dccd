"""The form dialog: lines to fill in, which tab completes; what came of it is told below them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple, TypeAlias, TypeVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import Suggester, SuggestFromList
from textual.widgets import Input, Static

from tui.app.dialogs.dialog import Dialog
from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import Row, VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

_Result = TypeVar("_Result")
Answers: TypeAlias = dict[str, str]


class Line(NamedTuple):
    """A line of a form: what is in it at first, a hint while it is empty, and the words that complete it."""

    name: str
    value: str = ""
    hint: str = ""
    known: Sequence[str] = ()
    is_path: bool = False  # completed by what is on disk

    @property
    def suggester(self) -> Suggester | None:
        """What completes the line."""
        if self.is_path:
            return PathSuggester()
        return SuggestFromList(self.known, case_sensitive=False) if self.known else None


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


class CompletedInput(Input):
    """A line that tab completes, or leaves for the next one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "Complete", show=False)]

    def action_complete(self) -> None:
        """Take the completion over, or go on to the next line."""
        if self._suggestion and self.cursor_at_end and self._suggestion != self.value:
            self.value = self._suggestion
            self.cursor_position = len(self.value)
        else:
            self.screen.focus_next()


class FormDialog(Dialog["_Result | None"], Generic[_Result]):
    """Asks for some lines; stays open until ``submitted`` dismisses it, or it is left, which gives None.

    ``submitted`` is called with the form and what the lines say, by their names; with ``choices``, a list
    above the lines, also with the ``choice`` that is highlighted there.
    """

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("down", "app.focus_next", "Next line"),
        Binding("up", "app.focus_previous", "Line before"),
    ]

    def __init__(
        self,
        heading: str,
        lines: Sequence[Line],
        submitted: Callable[[FormDialog[_Result], Answers], None],
        *,
        keys: str,
        choices: Sequence[Row] = (),
    ) -> None:
        super().__init__()
        self._heading = heading
        self._lines = lines
        self._submitted = submitted
        self._keys = keys
        self._choices = choices
        self._result: _Result | None = None

    def compose(self) -> ComposeResult:
        """Lay out the choices, the lines, what came of it, and the keys."""
        width = max(len(line.name) for line in self._lines) + 2
        with Vertical(id="form-box"):
            yield Static(Content.styled(shown(self._heading), "bold"), markup=False)
            if self._choices:
                yield VirtualList(self._choices, id="form-choices")
            for line in self._lines:
                with Horizontal(classes="form-row"):
                    yield Static(f"{line.name:<{width}}", markup=False)
                    yield CompletedInput(
                        line.value,
                        id=f"form-{line.name}",
                        compact=True,
                        placeholder=line.hint,
                        suggester=line.suggester,
                    )
            yield Static("", id="form-words", markup=False)
            yield VirtualList(id="form-report")
            yield Static(self._keys, id="form-keys", markup=False)

    def on_mount(self) -> None:
        """Begin with the choices, or with the first line."""
        self.set_focus(self.query("#form-choices, CompletedInput").first())

    def say(self, words: str) -> None:
        """Tell how far it is, or what came of it."""
        self.query_one("#form-words", Static).update(Content(shown(words)))

    def fail(self, error: Exception) -> None:
        """Tell what is wrong."""
        self.say(f"✗ {error}")

    def report(self, rows: Sequence[Row], result: _Result | None = None, *, focus: bool = False) -> None:
        """List what came of it; enter in the list hands back ``result``."""
        self._result = result
        listing = self.query_one("#form-report", VirtualList)
        listing.display = bool(rows)
        listing.set_rows(rows)
        if focus:
            self.set_focus(listing)

    def finish(self, result: _Result) -> None:
        """Hand back a result."""
        self.dismiss(result)

    def _submit(self) -> None:
        answers = {
            line.name: self.query_one(f"#form-{line.name}", Input).value.strip() for line in self._lines
        }
        if self._choices:
            answers["choice"] = self.query_one("#form-choices", VirtualList).highlighted_key or ""
        self._submitted(self, answers)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what the lines say."""
        event.stop()
        self._submit()

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Take a choice, or hand back what was reported."""
        message.stop()
        if message.control.id == "form-choices":
            self._submit()
        elif self._result is not None:
            self.dismiss(self._result)

    def action_leave(self) -> None:
        """Leave; what is under way goes on."""
        self.dismiss(None)
