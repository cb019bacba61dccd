"""A question that is answered by a line of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.app.widgets.cells import shown

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class AskScreen(ModalScreen[str | None]):
    """Hands back what was typed; None when it was left. ``first`` stands in the line at the beginning."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave")]

    def __init__(self, question: str, first: str = "") -> None:
        super().__init__()
        self._question = question
        self._first = first

    def compose(self) -> ComposeResult:
        """Lay out question, line and keys."""
        with Vertical(id="ask-box"):
            yield Static(Content.styled(shown(self._question), "bold"), markup=False)
            yield Input(self._first, id="ask-line", compact=True)
            yield Static("enter take   esc leave", id="ask-words", markup=False)

    def on_mount(self) -> None:
        """Take the keys."""
        self.set_focus(self.query_one(Input))

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.dismiss(message.value)
