"""A line to type in: where one searches, finds, filters; with what is wrong under its place."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Static

from tui.app.widgets.cells import cells
from tui.app.workers import clock_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.app.workers import Appointment

_SIGN_CELLS = 3  # before the input
_TURNING = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_TURN = 0.1  # seconds


class LineInput(Input):
    """A line of input without a box; ``up`` goes to earlier lines, ``down`` back, or on to what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "recall(1)", "Earlier", show=False),
        Binding("down", "recall(-1)", "To the results", show=False),
    ]

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, compact=True)
        self.history: Sequence[str] = ()  # the newest first
        self.has_help = False
        self._recalled = 0  # how far back in the history one is
        self._begun = ""  # what was in the line before

    class HelpWanted(Message):
        """A question mark was typed where it can be no question."""

    async def _on_key(self, event: events.Key) -> None:
        if event.character == "?" and self.has_help and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.HelpWanted())
            return
        if event.is_printable or event.key in {"backspace", "delete"}:
            self._recalled = 0
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        """Put all lines that were pasted into the one; a headline may be of several."""
        event.stop()
        event.prevent_default()
        self._recalled = 0
        self.replace(" ".join(event.text.split()), *self.selection)

    async def action_recall(self, back: int) -> None:
        """Go back in the history, or forward; forward of the newest leaves the line."""
        place = self._recalled + back
        if place < 0:
            await self.action_submit()
            return
        if place > len(self.history):
            return
        if not self._recalled:
            self._begun = self.value
        self._recalled = place
        self.value = self.history[place - 1] if place else self._begun
        self.cursor_position = len(self.value)


class PromptLine(Vertical):
    """A sign, a line of input, and under it what is wrong with it and where."""

    class Changed(Message):
        """Something was typed."""

        def __init__(self, line: PromptLine, value: str) -> None:
            super().__init__()
            self.line = line
            self.value = value

        @property
        def control(self) -> PromptLine:
            """Return the line, so that handlers can choose by selector."""
            return self.line

    class Resized(Message):
        """The line has more lines for what is wrong with it or fewer, or comes or goes."""

    class Submitted(Changed):
        """The line was left with Enter or the arrow down."""

    def __init__(self, sign: str, placeholder: str, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._sign = sign
        self._placeholder = placeholder
        self._turning: Appointment | None = None

    def compose(self) -> ComposeResult:
        """Lay out sign, input, info and the lines for errors."""
        with Horizontal(classes="prompt-row"):
            yield Static(f" {self._sign} ", classes="prompt-sign", markup=False)
            yield LineInput(self._placeholder)
            yield Static("", classes="prompt-info", markup=False)
        yield Static("", classes="prompt-error", markup=False)

    def on_resize(self) -> None:
        """Tell that there is more or less room for the others."""
        self.post_message(self.Resized())

    on_show = on_hide = on_resize

    input = query_one(LineInput)

    @property
    def value(self) -> str:
        """Return what is typed."""
        return self.input.value

    @property
    def complaining(self) -> bool:
        """Tell whether the line says that something is wrong."""
        return bool(self.query_one(".prompt-error", Static).display)

    def set_quietly(self, value: str) -> None:
        """Put text into the line without telling anybody."""
        with self.prevent(Input.Changed):
            self.input.value = value

    def inform(self, text: str) -> None:
        """Say something at the end of the line."""
        if self._turning is not None:
            self._turning.stop()
            self._turning = None
        self.query_one(".prompt-info", Static).update(Content(text))

    def wait(self) -> None:
        """Show at the end of the line that something is under way, until there is something to say."""
        info, turn = self.query_one(".prompt-info", Static), 0

        def show() -> None:
            nonlocal turn
            turn += 1
            info.update(Content(f" {_TURNING[turn % len(_TURNING)]} searching "))

        if self._turning is None:
            show()
            self._turning = clock_of(self).every(self, _TURN, show)

    def complain(self, message: str, position: int | None = None, hint: str = "") -> None:
        """Show what is wrong under its place, and what would be right; an empty message clears the line."""
        line = self.query_one(".prompt-error", Static)
        line.display = bool(message)
        if not message:
            return
        scrolled = int(self.input.scroll_offset.x)
        place = None if position is None else _SIGN_CELLS + cells(self.value[:position]) - scrolled
        line.update(Content(complaint(message, hint, place, max(20, self.size.width))))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what was typed."""
        event.stop()
        self.post_message(self.Changed(self, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass on that the line was left."""
        event.stop()
        self.post_message(self.Submitted(self, event.value))


def complaint(message: str, hint: str, place: int | None, width: int) -> str:
    """Return an error with a caret at its place, in cells; on more lines where one is too narrow."""
    words = f"{message}: {hint}" if hint else message
    caret = place is not None and 0 <= place < width
    if caret and place is not None and place + 2 + cells(words) <= width:
        return f"{' ' * place}^ {words}"
    lines = textwrap.wrap(words, width - _SIGN_CELLS, initial_indent="   ", subsequent_indent="   ")
    return "\n".join([f"{' ' * place}^", *lines] if caret and place is not None else lines)
