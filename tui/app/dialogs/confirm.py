"""A question whose answer cannot be taken back: what would happen, and yes or no."""

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
    from textual.app import ComposeResult
    from textual.binding import BindingType

_NO, _YES = "no", "yes"


class ConfirmScreen(ModalScreen[bool]):
    """Hands back whether the user said yes; the answer that is offered first is no."""

    CSS_PATH = "confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n,q", "answer(False)", "No"),
        Binding("y", "answer(True)", "Yes"),
    ]

    def __init__(self, question: str, consequences: str, yes: str) -> None:
        super().__init__()
        self._question = question
        self._consequences = consequences
        self._yes = yes

    def compose(self) -> ComposeResult:
        """Lay out the question, what follows, and the answers."""
        with Vertical(id="confirm-box"):
            yield Static(Content.styled(shown(self._question), "bold"), markup=False)
            words = "\n".join(map(shown, self._consequences.split("\n")))
            yield Static(Content(words), id="confirm-words", markup=False)
            answers = (Row(_NO, Content("Keep it"), hint="n"), Row(_YES, Content(self._yes), hint="y"))
            yield VirtualList(answers, id="confirm-answers")

    def on_mount(self) -> None:
        """Take the keys."""
        self.set_focus(self.query_one(VirtualList))

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001 - a binding hands it over so
        """Hand the answer back."""
        self.dismiss(answer)

    @on(VirtualList.Chosen)
    def _chosen(self, message: VirtualList.Chosen) -> None:
        message.stop()
        self.dismiss(message.key == _YES)
