"""What a search can say: a list of signs, each with an example to search for."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.app.widgets.virtual_list import Row, VirtualList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.services import SyntaxEntry

_TEXT_WIDTH = 66  # fits the box on 80 columns


class QueryHelp(ModalScreen["str | None"]):
    """Lists the signs of the query language; hands back the example that is to be searched for."""

    CSS_PATH = "query_help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f1,question_mark", "close", "Close")]

    def __init__(self, signs: Sequence[SyntaxEntry], examples: Mapping[str, str]) -> None:
        super().__init__()
        self._signs = signs
        self._examples = examples

    def compose(self) -> ComposeResult:
        """Lay out the list and the keys."""
        with Vertical(id="query-help-box"):
            yield Static(Content.styled("What a search can say", "bold"), markup=False)
            yield VirtualList(sign_rows(self._signs, self._examples), id="query-help-list")
            yield Static(
                "enter search for the example   j k move   esc close", id="query-help-keys", markup=False
            )

    def on_mount(self) -> None:
        """Take the keys."""
        self.set_focus(self.query_one(VirtualList))

    def action_close(self) -> None:
        """Search for nothing."""
        self.dismiss(None)

    @on(VirtualList.Chosen)
    def _chosen(self, message: VirtualList.Chosen) -> None:
        message.stop()
        self.dismiss(self._examples[message.key])


def sign_rows(signs: Sequence[SyntaxEntry], examples: Mapping[str, str]) -> list[Row]:
    """Return two or three rows a sign: how it is written, an example, and below what it finds."""
    rows = []
    for sign in signs:
        cells = Content.assemble(
            (sign.write.replace("`", ""), "bold"), "   ", (examples[sign.name], "$accent")
        )
        rows.append(Row(sign.name, cells))
        for number, line in enumerate(textwrap.wrap(sign.finds.replace("`", ""), _TEXT_WIDTH)):
            rows.append(Row(f"{sign.name}#{number}", Content(f"   {line}"), disabled=True))
    return rows
