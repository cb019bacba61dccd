"""Tables as CSV (RFC 4180) that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Spreadsheets calculate what begins so, also after blanks and in its full-width forms.
_FORMULA = re.compile(r"\s*[=+\-@\t\r|%＝＋－＠]")


def write_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table with a header; None is an empty cell, and text that might be a formula gets a ``'``.

    `plain_cell` takes that sign away again.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def plain_cell(cell: str) -> str:
    """Return what a cell of `write_table` stands for."""
    return cell[1:] if cell[:1] == "'" and (cell[1:2] == "'" or _FORMULA.match(cell, 1)) else cell


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return str(value)
    # CSV readers end a row at a lone carriage return, and some stop at a null.
    text = value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return f"'{text}" if text[:1] == "'" or _FORMULA.match(text) else text
