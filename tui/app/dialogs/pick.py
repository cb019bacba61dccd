"""A choice of one of several, taken with Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.app.widgets.virtual_list import Row


class PickScreen(ModalScreen[str | None]):
    """Hands back the key of the row that was chosen; None when it was left. ``first`` is highlighted."""

    CSS_PATH = "pick.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", "Leave")]

    def __init__(self, question: str, rows: Sequence[Row], first: str = "") -> None:
        super().__init__()
        self._question = question
        self._rows = rows
        self._first = first

    def compose(self) -> ComposeResult:
        """Lay out question, list and keys."""
        with Vertical(id="pick-box"):
            yield Static(Content.styled(shown(self._question), "bold"), markup=False)
            yield VirtualList(self._rows, id="pick-list")
            yield Static("enter take   esc leave", id="pick-words", markup=False)

    def on_mount(self) -> None:
        """Take the keys."""
        listing = self.query_one(VirtualList)
        listing.highlight(self._first)
        self.set_focus(listing)

    def action_leave(self) -> None:
        """Leave without a choice."""
        self.dismiss(None)

    @on(VirtualList.Chosen)
    def _chosen(self, message: VirtualList.Chosen) -> None:
        message.stop()
        self.dismiss(message.key)
