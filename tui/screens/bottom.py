"""The lines at the bottom: where one searches and finds, and where the app says how things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.widgets.cells import cells, truncated

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class LineInput(Input):
    """A line of input without a box; ``down`` goes on to what it found."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "submit", "To the results", show=False)]


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

    class Submitted(Changed):
        """The line was left with Enter or the arrow down."""

    def __init__(self, sign: str, placeholder: str, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._sign = sign
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Lay out sign, input, info and the line for errors."""
        with Horizontal(classes="prompt-row"):
            yield Static(f" {self._sign} ", classes="prompt-sign", markup=False)
            yield LineInput(placeholder=self._placeholder, compact=True)
            yield Static("", classes="prompt-info", markup=False)
        yield Static("", classes="prompt-error", markup=False)

    @property
    def input(self) -> LineInput:
        """Return the input."""
        return self.query_one(LineInput)

    @property
    def value(self) -> str:
        """Return what is typed."""
        return self.input.value

    def set_quietly(self, value: str) -> None:
        """Put text into the line without telling anybody."""
        with self.prevent(Input.Changed):
            self.input.value = value

    def inform(self, text: str) -> None:
        """Say something at the end of the line."""
        self.query_one(".prompt-info", Static).update(Content(text))

    def complain(self, message: str, position: int | None = None) -> None:
        """Show what is wrong under its place; an empty message clears the line."""
        line = self.query_one(".prompt-error", Static)
        line.display = bool(message)
        if not message:
            return
        if position is None:
            line.update(Content(f"   {message}"))
            return
        place = 3 + cells(self.value[:position])
        width = max(20, self.size.width)
        after = place + 2 + cells(message)
        if after <= width:
            text = f"{' ' * place}^ {message}"
        else:
            before = truncated(message, max(1, place - 1))
            text = (
                f"{before:>{max(0, place - 1)}} ^" if place > width // 2 else truncated(f"^ {message}", width)
            )
        line.update(Content(text))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what was typed."""
        event.stop()
        self.post_message(self.Changed(self, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass on that the line was left."""
        event.stop()
        self.post_message(self.Submitted(self, event.value))


class StatusLine(Widget):
    """How things stand on the left, the keys of the focused pane on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--key", "status--text"}
    state: reactive[str] = reactive("")
    hints: reactive[tuple[tuple[str, str], ...]] = reactive(())

    def render(self) -> Content:
        """Draw as many hints as there is room for beside the state."""
        width = self.size.width - 2
        text = truncated(self.state, width)
        room = width - cells(text) - 2
        chosen: list[tuple[str, str]] = []
        for key, what in self.hints:
            needed = cells(f"{key} {what}") + (2 if chosen else 0)
            if needed > room:
                break
            room -= needed
            chosen.append((key, what))
        key_style = self.get_visual_style("status--key")
        hints = Content("  ").join(Content.assemble((key, key_style), f" {what}") for key, what in chosen)
        gap = " " * max(0, width - cells(text) - hints.cell_length)
        return Content.assemble(" ", (text, self.get_visual_style("status--text")), gap, hints, " ")
