"""How sources look as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tui.screens.library_rows import named, short_publisher, signs_before
from tui.widgets.line_list import Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sources.model import Ref, SourceEntry
    from tui.screens.library_rows import Signs

_TABLE_FIXED = 22  # cells of the source table for signs, gaps, words and notes
_WORDS, _TITLE = 6, 12  # cells of the words, and what a title needs beside them


def source_table(
    entries: Sequence[SourceEntry], signs: Signs, width: int, names: Mapping[Ref, str]
) -> list[Row]:
    """Return the story view's table of sources: number, title, publisher, date, words and notes.

    Where little room is left for the titles, the words are left out.
    """
    digits = len(str(max((entry.ref.number or 0 for entry in entries), default=1)))
    wide = width >= 90
    by_width = (22 if wide else 3) * any(entry.publisher for entry in entries)
    date_width = 10 * any(entry.date for entry in entries)
    room = width - _TABLE_FIXED - digits - by_width - date_width
    words_width = _WORDS if room >= _TITLE else 0
    room = max(12, room if words_width else room + _WORDS + 2)

    def line(title: Content, by: str, date: str, words: str) -> Content:
        columns = [title.truncate(room, ellipsis=True, pad=True)]
        if by_width:
            columns.append(Content(by).truncate(by_width, ellipsis=True, pad=True))
        if date_width:
            columns.append(Content.styled(f"{date[:10]:<10}", "dim"))
        if words_width:
            columns.append(Content.styled(f"{words:>{words_width}}", "dim"))
        return Content("  ").join(columns)

    head = line(Content("title"), "publisher" if wide else "by", "date", "words")
    rows = [Row("head", Content.assemble(" " * (digits + 3), head), disabled=True)]
    for entry in entries:
        title = named(entry.title, names.get(entry.ref))
        if entry.ref == signs.open:
            title = title.stylize("bold")
        by = (entry.publisher or "") if wide else short_publisher(entry.publisher)
        cells = Content.assemble(
            signs_before(entry.ref, signs),
            (f"{entry.ref.number:>{digits}} ", "dim"),
            line(title, by, entry.date or "", f"{entry.words:,}"),
            (f" ●{entry.notes}" if entry.notes else "", "$accent"),
        )
        rows.append(Row(str(entry.ref), cells))
    return rows
