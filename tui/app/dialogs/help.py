"""The help: all keys, from the one registry, and what a search can say."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from textual.content import Content

from tui.app.dialogs.dialog import ListDialog
from tui.app.views.pane import blank, section
from tui.app.widgets.cells import cells
from tui.app.widgets.virtual_list import Row
from tui.services.actions import ACTIONS, groups

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.services import SyntaxEntry
    from tui.services.actions import Action


_KEYS_WIDTH = 18
_TEXT_WIDTH = 52  # fits the page on 80 columns

SIGNS = (
    ("»  ◆", "open; marked for comparing"),
    ("≈  ●  ✓", "the same text as another; has notes; read"),
    ("†", "its file is gone from a watched folder; the source stays"),
    ("P O L T E ·", "person, organisation, place, product, event, other"),
    ("= ~ ≈ ∩", "when comparing: the same, edited, in other words, partly the same"),
    ("░", "kept but no evidence: captions, credits, page furniture"),
)


def key_help(commands: Sequence[Action]) -> ListDialog:
    """Return the list of all keys, of what a search can say, and of the signs."""
    return ListDialog(
        "Help", help_rows(commands), keys="j k scroll   esc close", shortcuts={"question_mark": None},
        size="wide tall",
    )  # fmt: skip


def help_rows(commands: Sequence[Action] = ACTIONS) -> list[Row]:
    """Return the keys by group, what a query can say, and what the signs mean, each with what it is for."""
    rows: list[Row] = []
    for group, members in groups(commands).items():
        told = [
            (
                command.shown_keys or "ctrl+p",
                f"{command.title}. {command.help}." if command.help else f"{command.title}.",
            )
            for command in members
        ]
        rows += [*_table(group, told), blank(group)]
    return [*rows, *_table("What a search can say", _query_signs()), blank("signs"), *_table("Signs", SIGNS)]


def _query_signs() -> list[tuple[str, str]]:
    from tui.services.queries import syntax

    return [
        (sign.write.replace("`", ""), f"{sign.finds.replace('`', '')}: {sign.example}") for sign in syntax()
    ]


def _table(title: str, told: Sequence[tuple[str, str]]) -> list[Row]:
    rows = [section(title, title)]
    for number, (left, right) in enumerate(told):
        first, *rest = textwrap.wrap(right, _TEXT_WIDTH)
        beside = cells(left) < _KEYS_WIDTH
        filler = " " * (_KEYS_WIDTH - cells(left)) + first if beside else ""
        lines = [Content.assemble((left, "bold"), filler)]
        lines += [Content(" " * _KEYS_WIDTH + line) for line in (rest if beside else [first, *rest])]
        rows += [
            Row(f"{title}:{number}:{place}", line, goes_on=place > 0) for place, line in enumerate(lines)
        ]
    return rows


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
