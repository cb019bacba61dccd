"""Dialogs: screens that ask over the main one, with a list of rows to take one or some of."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from sources.text.folding import fold
from tui.app.views.label_rows import code_row
from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import Row, VirtualList

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ParamSpec

    _Words = ParamSpec("_Words")
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.model import Codebook


_Result = TypeVar("_Result")


class Dialog(ModalScreen[_Result]):
    """Hears answers as long as it is open, and tells its keys where none is typed into a line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark", "app.tell_keys", "Its keys", id="help")]
    places: ClassVar[tuple[str, ...]] = ()  # of the registry, where it has the keys of this dialog

    @property
    def told(self) -> tuple[str, str]:
        """The heading, and the line at the bottom: keys with what they do, three blanks between them."""
        return "", ""

    @property
    def answers(self) -> Mapping[str, str]:
        """The keys that are answered without a binding, with what they do."""
        return {}

    @property
    def is_open(self) -> bool:
        """Tell whether it was not closed yet; Textual calls a screen mounted also after it was removed."""
        return self.is_attached and self in self.app.screen_stack

    def heard(self, callback: Callable[_Words, None]) -> Callable[_Words, None]:
        """Return what calls ``callback`` while this is open, and does nothing afterwards."""

        def while_open(*args: _Words.args, **kwargs: _Words.kwargs) -> None:
            if self.is_open:
                callback(*args, **kwargs)

        return while_open


# The list dialog: a question over rows, of which one is taken with Enter; or some, ticked with space.


YES = "yes"


class ListDialog(Dialog[str | None]):
    """Hands back the key of the row that was chosen; None when it was left. ``first`` is highlighted.

    ``words`` stand above the list and ``keys`` below it; ``shortcuts`` are keys with what they hand back.
    ``size`` are classes of the style sheet: ``wide`` or ``widest``, and ``tall`` for all the height there is.
    """

    CSS_PATH = "list_dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", "Leave")]

    def __init__(
        self,
        heading: str,
        rows: Sequence[Row] = (),
        *,
        words: Content | None = None,
        keys: str = "enter choose   esc leave",
        first: str = "",
        shortcuts: Mapping[str, str | None] | None = None,
        size: str = "",
    ) -> None:
        super().__init__(classes=size)
        self._heading = heading
        self._rows = rows
        self._words = words
        self._keys = keys
        self._first = first
        self._shortcuts = shortcuts or {}

    def compose(self) -> ComposeResult:
        """Lay out heading, words, list and keys."""
        with Vertical(id="list-box"):
            yield Static(Content.styled(shown(self._heading), "bold"), markup=False)
            if self._words is not None:
                yield Static(self._words, id="list-words", markup=False)
            yield from self.above()
            yield VirtualList(self._rows, classes="" if self._words is not None else "apart")
            if self._keys:
                yield Static(Content(self._keys), id="list-keys", markup=False)

    def above(self) -> ComposeResult:
        """Lay out what else stands above the list."""
        yield from ()

    def on_mount(self) -> None:
        """Take the keys."""
        if self._first:
            self.listing.highlight(self._first)
        self.set_focus(self.query("Input, VirtualList").first())

    listing = query_one(VirtualList)

    @property
    def told(self) -> tuple[str, str]:
        """The heading, and the keys below the list."""
        line = next(iter(self.query("#list-keys").results(Static)), None)
        return self._heading, str(line.content) if line is not None else self._keys

    @property
    def answers(self) -> Mapping[str, str]:
        """The keys of rows, and those that close the dialog."""
        rows = {row.hint: row.cells.plain for row in self._rows}
        return {key: rows.get(key, "Leave") for key in self._shortcuts}

    def on_key(self, event: events.Key) -> None:
        """Hand back what a key stands for."""
        if event.key in self._shortcuts:
            event.stop()
            self.dismiss(self._shortcuts[event.key])

    def action_leave(self) -> None:
        """Leave without a choice."""
        self.dismiss(None)

    @on(VirtualList.Chosen)
    def _chosen(self, message: VirtualList.Chosen) -> None:
        message.stop()
        self.taken(message.key)

    def taken(self, key: str) -> None:
        """Hand back the row that was chosen, or what its key stands for."""
        self.dismiss(self._shortcuts.get(key, key))


def confirmation(question: str, consequences: str, yes: str, *, no: str = "Keep it") -> ListDialog:
    """Return a question whose answer changes much; only `YES` is a yes, and no is offered first."""
    return ListDialog(
        question,
        (Row("n", Content(no), hint="n"), Row("y", Content(yes), hint="y")),
        words=Content("\n".join(map(shown, consequences.split("\n")))),
        keys="",
        shortcuts={"n": None, "y": YES},
        size="question",
    )


class TickDialog(ListDialog):
    """Hands back the keys that were ticked, parted by blanks, in the order of the list.

    ``choices`` are keys with their words; ``least`` to ``most`` of them can be taken.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "tick", "Tick")]

    def __init__(self, question: str, choices: Sequence[tuple[str, str]], *, least: int, most: int) -> None:
        super().__init__(question, keys=" ", size="wide")
        self._choices = choices
        self._least, self._most = least, most
        self._ticked = {key for key, _ in choices[:most]}

    def on_mount(self) -> None:
        """Show the first ones ticked, and take the keys."""
        self._draw()
        super().on_mount()

    def _draw(self, complaint: str = "") -> None:
        self.listing.set_rows(
            [
                Row(
                    key,
                    Content.assemble(("◆ " if key in self._ticked else "· ", "$accent"), f"{key}  {words}"),
                )
                for key, words in self._choices
            ]
        )
        words = complaint or f"{len(self._ticked)} of up to {self._most}"
        self.query_one("#list-keys", Static).update(
            Content(f"{words}   space tick   enter go on   esc leave")
        )

    def action_tick(self) -> None:
        """Tick the highlighted one, or take its tick off."""
        key = self.listing.highlighted_key
        if key is None:
            return
        if key not in self._ticked and len(self._ticked) >= self._most:
            self._draw(f"No more than {self._most}: take a tick off first.")
            return
        self._ticked ^= {key}
        self._draw()

    def taken(self, _key: str) -> None:
        """Hand back what is ticked, if it is enough."""
        if len(self._ticked) < self._least:
            self._draw(f"It takes at least {self._least}.")
            return
        self.dismiss(" ".join(key for key, _ in self._choices if key in self._ticked))


class NarrowedDialog(ListDialog, inherit_bindings=False):
    """A list that typing narrows: ``rows_for`` gives the rows for what is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("down", "step(1)", "Down"),
        Binding("up", "step(-1)", "Up"),
    ]

    def __init__(
        self, heading: str, rows_for: Callable[[str], list[Row]], *, hint: str, none: str, keys: str
    ) -> None:
        super().__init__(heading, rows_for(""), keys=keys, size="wide")
        self._rows_for, self._hint, self._none = rows_for, hint, none

    def above(self) -> ComposeResult:
        """Lay out the line that is typed in."""
        yield Input(compact=True, placeholder=self._hint)

    def on_mount(self) -> None:
        """Say what it means that there are no rows."""
        self.listing.placeholder = self._none

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self.narrow()

    def narrow(self) -> None:
        """List what answers to what is typed."""
        self.listing.set_rows(self._rows_for(self.query_one(Input).value.strip()))
        self.listing.action_first()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the row that is highlighted."""
        event.stop()
        self.listing.action_choose()

    def action_step(self, count: int) -> None:
        """Highlight the next row or the one before."""
        self.listing.action_move_by(count)


def pick_label(labels_key: str, codebook: Codebook) -> NarrowedDialog:
    """Return the list of the codebook's labels, of which one is to be given."""

    def rows_for(part: str) -> list[Row]:
        return [code_row(codebook, label, {}) for label in codebook if fold(part) in fold(label.name)]

    return NarrowedDialog(
        "Give a label", rows_for, hint="a part of its name", keys="enter give   ↑ ↓ choose   esc leave",
        none=f"No such label; {labels_key} shows the codebook, a there makes one.",
    )  # fmt: skip
