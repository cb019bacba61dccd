"""Answers as CSV, for spreadsheets: no cell of a text that others wrote may become a formula there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.notes.export.as_csv import write_table
from sources.text.cleaning import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def sheet(headings: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> str:
    """Return a table as CSV (RFC 4180), with headings; a cell that would be a formula begins with ``'``."""
    shown = ([cell if isinstance(cell, int | float) else printable(cell) for cell in row] for row in rows)
    return write_table(headings, shown)
