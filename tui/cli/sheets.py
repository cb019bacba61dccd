"""Answers as CSV, for spreadsheets: no cell of a text that others wrote may become a formula there."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from sources.text.cleaning import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def sheet(headings: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> str:
    """Return a table as CSV (RFC 4180), with headings; a cell that would be a formula begins with ``'``."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([cell if isinstance(cell, int | float) else _safe(cell) for cell in row])
    return written.getvalue()


def _safe(cell: str) -> str:
    shown = printable(cell)
    return f"'{shown}" if shown.lstrip(" ").startswith(_BEGINS_FORMULA) else shown
