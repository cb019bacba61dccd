"""Vowel signs of Indic scripts as terminals count them: a cell each, where Rich counts none.

Rich takes a letter with its signs for one character of one cell. The C library gives each spacing sign a
cell of its own, and tmux, xterm, VTE and most others go by that; a row that was measured otherwise is too
long by a cell for each sign, and what stands right of it is shifted.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from rich import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAST = 0x3000  # beyond it are tone marks of Korean, which stand on a letter


def is_spacing_mark(character: str) -> bool:
    """Tell whether a character belongs to the one before it and has a cell of its own."""
    return "\u0900" <= character < chr(_LAST) and unicodedata.category(character) == "Mc"


def _widths(table: cells.CellTable) -> Iterator[tuple[int, int, int]]:
    """Yield the ranges of a table without those marks: what is in no range has one cell."""
    for start, end, width in table.widths:
        if width or start >= _LAST:
            yield start, end, width
            continue
        begun = start
        for code in range(start, end + 1):
            if is_spacing_mark(chr(code)):
                if begun < code:
                    yield begun, code - 1, width
                begun = code + 1
        if begun <= end:
            yield begun, end, width


def count_spacing_marks() -> None:
    """Have Rich, and so all of Textual, count them from now on."""
    measuring: Any = cells  # the module names what it measures with, and does not export it
    table = measuring.load_cell_table("auto")
    counted = cells.CellTable(table.unicode_version, tuple(_widths(table)), table.narrow_to_wide)

    def load(_version: str = "auto") -> cells.CellTable:
        return counted

    measuring.load_cell_table = load
    cells.get_character_cell_size.cache_clear()
    cells.cached_cell_len.cache_clear()
