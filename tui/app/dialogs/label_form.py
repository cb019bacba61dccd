"""Forms of the codebook: a label is written or changed, chosen by name, or suggested for passages."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from sources.model import COLOURS
from sources.text.folding import fold
from tui.app.dialogs.dialog import Dialog
from tui.app.views.label_rows import code_row
from tui.app.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.model import Codebook

    Answers = dict[str, str]
    Save = Callable[[Answers, Callable[[], None], Callable[[Exception], None]], None]


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


class Closed(StrEnum):
    """How a form was left."""

    SAVED = "saved"
    LEFT = "left"


class LinesForm(Dialog[Closed]):
    """Some lines to fill in; stays open with what is wrong until what they say could be kept.

    ``lines`` are the names of the lines with what stands in them, their placeholder and what completes them.
    """

    CSS_PATH = "label_form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("down", "app.focus_next", "Next line"),
        Binding("up", "app.focus_previous", "Line before"),
    ]

    def __init__(
        self, heading: str, lines: Sequence[tuple[str, str, str, Sequence[str]]], save: Save
    ) -> None:
        super().__init__()
        self._heading = heading
        self._lines = lines
        self._save = save

    def compose(self) -> ComposeResult:
        """Lay out the lines, what is wrong, and the keys."""
        width = max(len(name) for name, *_ in self._lines) + 2
        with Vertical(id="form-box"):
            yield Static(Content.styled(self._heading, "bold"), markup=False)
            for name, value, placeholder, known in self._lines:
                with Horizontal(classes="form-row"):
                    yield Static(f"{name:<{width}}", markup=False)
                    suggester = SuggestFromList(known, case_sensitive=False) if known else None
                    yield CompletedInput(
                        value, id=f"form-{name}", compact=True, placeholder=placeholder, suggester=suggester
                    )
            yield Static("", id="form-trouble", markup=False)
            yield Static(
                "enter save   tab complete, next line   ↑ ↓ line   esc leave", id="form-keys", markup=False
            )

    def on_mount(self) -> None:
        """Begin with the first line."""
        self.set_focus(self.query(CompletedInput).first())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what the lines say."""
        event.stop()
        answers = {name: self.query_one(f"#form-{name}", Input).value.strip() for name, *_ in self._lines}
        self._save(answers, self.heard(self._saved), self.heard(self._failed))

    def _saved(self) -> None:
        self.dismiss(Closed.SAVED)

    def _failed(self, error: Exception) -> None:
        trouble = self.query_one("#form-trouble", Static)
        trouble.display = True
        trouble.update(Content(str(error)))

    def action_leave(self) -> None:
        """Leave without a change."""
        self.dismiss(Closed.LEFT)


def label_lines(
    codebook: Codebook, *, name: str = "", under: str = ""
) -> tuple[tuple[str, str, str, Sequence[str]], ...]:
    """Return the lines for a label: the one of that name, or a new one."""
    label = codebook.named(name) if name else None
    above = codebook.parent_of(label) if label is not None else None
    names = [other.name for other in codebook]
    return (
        ("name", label.name if label else "", "one word, as a tag", ()),
        ("key", (label.key or "") if label else "", "one character that gives it", ()),
        ("colour", (label.colour or "") if label else "", ", ".join(COLOURS), COLOURS),
        ("parent", above.name if above else under, "the label that it stands under", names),
        ("meaning", label.meaning if label else "", "when it is given, and when not", ()),
    )


class PickLabel(Dialog[str | None]):
    """Hands back the name of a label of the codebook; typing narrows the list."""

    CSS_PATH = "label_form.tcss"
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
