"""The codebook's dialogs: the lines of a label, and the choice of one by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from sources.model import COLOURS
from sources.text.folding import fold
from tui.app.dialogs.dialog import Dialog
from tui.app.dialogs.form import Line
from tui.app.views.label_rows import code_row
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.model import Codebook


def label_lines(codebook: Codebook, *, name: str = "", under: str = "") -> tuple[Line, ...]:
    """Return the lines for a label: the one of that name, or a new one."""
    label = codebook.named(name) if name else None
    above = codebook.parent_of(label) if label is not None else None
    names = [other.name for other in codebook]
    return (
        Line("name", label.name if label else "", "one word, as a tag"),
        Line("key", (label.key or "") if label else "", "one character that gives it"),
        Line("colour", (label.colour or "") if label else "", ", ".join(COLOURS), COLOURS),
        Line("parent", above.name if above else under, "the label that it stands under", names),
        Line("meaning", label.meaning if label else "", "when it is given, and when not"),
    )


class PickLabel(Dialog[str | None]):
    """Hands back the name of a label of the codebook; typing narrows the list."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("down", "step(1)", "Down"),
        Binding("up", "step(-1)", "Up"),
    ]

    def __init__(self, codebook: Codebook) -> None:
        super().__init__()
        self._codebook = codebook

    def compose(self) -> ComposeResult:
        """Lay out the line and the list."""
        with Vertical(id="form-box"):
            yield Static(Content.styled("Give a label", "bold"), markup=False)
            yield Input(id="pick-line", compact=True, placeholder="a part of its name")
            yield VirtualList(
                id="pick-list", placeholder="No such label; I shows the codebook, n there makes one."
            )
            yield Static("enter give   ↑ ↓ choose   esc leave", id="form-keys", markup=False)

    def on_mount(self) -> None:
        """Show all labels."""
        self._draw("")
        self.set_focus(self.query_one("#pick-line"))

    def _draw(self, part: str) -> None:
        rows = [
            code_row(self._codebook, label, {}) for label in self._codebook if fold(part) in fold(label.name)
        ]
        self.query_one(VirtualList).set_rows(rows)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self._draw(event.value.strip())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the label that is highlighted."""
        event.stop()
        self._take(self.query_one(VirtualList).highlighted_key)

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        """Give the label that was clicked."""
        message.stop()
        self._take(message.key)

    def _take(self, key: str | None) -> None:
        if key is not None:
            self.dismiss(key.partition(":")[2])

    def action_step(self, count: int) -> None:
        """Highlight the next label or the one before."""
        self.query_one(VirtualList).action_move_by(count)

    def action_leave(self) -> None:
        """Leave without a choice."""
        self.dismiss(None)
