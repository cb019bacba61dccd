"""What a search can say: a list of signs, each with an example to search for."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from textual.content import Content

from tui.app.dialogs.list_dialog import ListDialog
from tui.app.widgets.virtual_list import Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.services import SyntaxEntry

_TEXT_WIDTH = 66  # fits the box on 80 columns


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
        for number, line in enumerate(textwrap.wrap(sign.finds.replace("`", ""), _TEXT_WIDTH)):
            rows.append(Row(f"{sign.name}#{number}", Content(f"   {line}"), disabled=True))
    return rows
