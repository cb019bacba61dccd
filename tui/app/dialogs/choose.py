"""A choice of some of many: they are ticked with space, and Enter takes those that are."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import Row, VirtualList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType


class ChooseScreen(ModalScreen[tuple[str, ...] | None]):
    """Hands back the keys that were ticked, in the order of the list; None when it was left.

    ``choices`` are keys with their words; ``least`` to ``most`` of them can be taken.
    """

    CSS_PATH = "choose.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Leave"),
        Binding("space", "tick", "Tick"),
    ]

    def __init__(self, question: str, choices: Sequence[tuple[str, str]], *, least: int, most: int) -> None:
        super().__init__()
        self._question = question
        self._choices = choices
        self._least, self._most = least, most
        self._ticked = {key for key, _ in choices[:most]}

    def compose(self) -> ComposeResult:
        """Lay out question, list and what can be done."""
        with Vertical(id="choose-box"):
            yield Static(Content.styled(shown(self._question), "bold"), markup=False)
            yield VirtualList(id="choose-list")
            yield Static("", id="choose-words", markup=False)

    def on_mount(self) -> None:
        """Show the first ones ticked, and take the keys."""
        self._draw()
        self.set_focus(self._list)

    @property
    def _list(self) -> VirtualList:
        return self.query_one(VirtualList)

    def _draw(self, complaint: str = "") -> None:
        self._list.set_rows(
            [
                Row(
                    key,
                    Content.assemble(("◆ " if key in self._ticked else "· ", "$accent"), f"{key}  {words}"),
                )
                for key, words in self._choices
            ]
        )
        words = complaint or f"{len(self._ticked)} of up to {self._most}"
        self.query_one("#choose-words", Static).update(
            Content(f"{words}   space tick   enter go on   esc leave")
        )

    def action_tick(self) -> None:
        """Tick the highlighted one, or take its tick off."""
        key = self._list.highlighted_key
        if key is None:
            return
        if key not in self._ticked and len(self._ticked) >= self._most:
            self._draw(f"No more than {self._most}: take a tick off first.")
            return
        self._ticked ^= {key}
        self._draw()

    def action_leave(self) -> None:
        """Leave without a choice."""
        self.dismiss(None)

    @on(VirtualList.Chosen)
    def _chosen(self, message: VirtualList.Chosen) -> None:
        message.stop()
        if len(self._ticked) < self._least:
            self._draw(f"It takes at least {self._least}.")
            return
        self.dismiss(tuple(key for key, _ in self._choices if key in self._ticked))
