"""The help: all keys, from the one registry, and what a search can say."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.app.dialogs.dialog import ListDialog
from tui.app.widgets.cells import cells
from tui.app.widgets.virtual_list import Row
from tui.services.actions import ACTIONS, groups

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.services import SyntaxEntry
    from tui.services.actions import Action


_KEYS_WIDTH = 18
_TEXT_WIDTH = 52  # fits the page on 80 columns

SIGNS = (
    ("»  ◆", "open; marked for comparing"),
    ("≈  ●  ✓", "the same text as another; has notes; read"),
    ("P O L T E ·", "person, organisation, place, product, event, other"),
    ("= ~ ≈ ∩", "when comparing: the same, edited, in other words, partly the same"),
    ("░", "kept but no evidence: captions, credits, page furniture"),
)


class HelpScreen(ModalScreen[None]):
    """A page to scroll; any of esc, q and ? closes it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss", "Close"),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
        Binding("ctrl+d", "scroll(10)", "Half a page down", show=False),
        Binding("ctrl+u", "scroll(-10)", "Half a page up", show=False),
        Binding("G", "scroll(100000)", "To the end", show=False),
        Binding("g", "scroll(-100000)", "To the beginning", show=False),
    ]

    def __init__(self, commands: Sequence[Action]) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        """Lay out one scrolling page."""
        with VerticalScroll(id="help-page"):
            yield Static(help_text(self._commands), markup=False)

    def on_mount(self) -> None:
        """Take the keys."""
        page = self.query_one(VerticalScroll)
        page.border_title = "Help"
        page.border_subtitle = "j k scroll · esc closes"
        self.set_focus(page)

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        page = self.query_one(VerticalScroll)
        page.scroll_to(y=page.scroll_y + lines, animate=False)


def help_text(commands: Sequence[Action] = ACTIONS) -> Content:
    """Return all keys by group, what a query can say, and what the signs mean."""
    parts: list[Content] = []
    for group, members in groups(commands).items():
        rows = [
            (
                command.shown_keys or "ctrl+p",
                f"{command.title}. {command.help}." if command.help else f"{command.title}.",
            )
            for command in members
        ]
        parts.append(_table(group, rows))
    parts += [_table("What a search can say", _query_signs()), _table("Signs", SIGNS)]
    return Content("\n\n").join(parts)


def _query_signs() -> list[tuple[str, str]]:
    from tui.services.queries import syntax

    return [
        (sign.write.replace("`", ""), f"{sign.finds.replace('`', '')}: {sign.example}") for sign in syntax()
    ]


def _table(title: str, rows: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Content:
    lines = [Content.styled(title, "bold underline")]
    for left, right in rows:
        first, *rest = textwrap.wrap(right, _TEXT_WIDTH)
        if cells(left) >= _KEYS_WIDTH:
            lines.append(Content.assemble("  ", (left, "bold")))
            rest = [first, *rest]
        else:
            lines.append(Content.assemble("  ", (left, "bold"), " " * (_KEYS_WIDTH - cells(left)), first))
        lines += [Content(" " * (_KEYS_WIDTH + 2) + line) for line in rest]
    return Content("\n").join(lines)


# What a search can say: a list of signs, each with an example to search for.


_SIGN_WIDTH = 66  # fits the box on 80 columns


def query_help(signs: Sequence[SyntaxEntry], examples: Mapping[str, str]) -> ListDialog:
    """Return the list of the signs of the query language; it hands back the name of the one to try."""
    return ListDialog(
        "What a search can say",
        sign_rows(signs, examples),
        keys="enter search for the example   j k move   esc close",
        shortcuts={"f1": None, "question_mark": None},
        size="wide tall",
    )


def sign_rows(signs: Sequence[SyntaxEntry], examples: Mapping[str, str]) -> list[Row]:
    """Return two or three rows a sign: how it is written, an example, and below what it finds."""
    rows = []
    for sign in signs:
        cells = Content.assemble(
            (sign.write.replace("`", ""), "bold"), "   ", (examples[sign.name], "$accent")
        )
        rows.append(Row(sign.name, cells))
        for number, line in enumerate(textwrap.wrap(sign.finds.replace("`", ""), _SIGN_WIDTH)):
            rows.append(Row(f"{sign.name}#{number}", Content(f"   {line}"), disabled=True))
    return rows
