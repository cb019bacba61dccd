"""Rows of a list: headings and remarks, words over several rows, and counts as a row of blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tui.app.widgets.cells import cells, shown_content
from tui.app.widgets.virtual_list import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LEAST = 12  # cells that a line of words has at least


def section(key: str, title: str) -> Row:
    """Return the heading of a part of a list."""
    return Row(f"section:{key}", Content.styled(title, "bold"), disabled=True)


def remark(key: str, words: str) -> Row:
    """Return a row that says something and cannot be chosen."""
    return Row(f"remark:{key}", Content.styled(words, "italic"), disabled=True)


def blank(key: str) -> Row:
    """Return an empty row, which parts what is before from what is behind."""
    return Row(f"blank:{key}", Content(""), disabled=True)


def wrapped(content: Content, width: int) -> list[Content]:
    """Return ``content`` in lines of at most ``width`` cells, broken between words where it can be."""
    rest, lines = shown_content(content), []
    room = max(_LEAST, width)
    while cells(rest.plain) > room:
        cut = _cut(rest.plain, room)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:]
        rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
    return [*lines, rest]


def _cut(plain: str, room: int) -> int:
    """Return where to break ``plain`` so that what stands before fits ``room`` cells."""
    end, used = 0, 0
    while end < len(plain) and used + cells(plain[end]) <= room:
        used += cells(plain[end])
        end += 1
    space = plain.rfind(" ", 0, end + 1)
    return space if space > room // 3 else max(1, end)


def rows_of(key: str, lead: Content, words: Content, width: int, *, hint: str = "") -> list[Row]:
    """Return ``words`` behind ``lead`` as a row that goes on over as many lines as it takes."""
    indent = cells(lead.plain)
    lines = wrapped(words, width - indent - (cells(hint) + 1 if hint else 0))
    first = Row(key, Content.assemble(lead, lines[0]), hint=hint)
    return [first, *going_on(key, [Content.assemble(" " * indent, line) for line in lines[1:]])]


def going_on(key: str, lines: Sequence[Content]) -> list[Row]:
    """Return further lines of the row ``key``."""
    return [Row(f"{key}+{number}", line, goes_on=True) for number, line in enumerate(lines, 1)]


# Small heat: counts as a row of blocks, one cell each.

_BLOCKS = "▁▂▃▄▅▆▇█"
_NONE = "·"


def spark(counts: Sequence[int]) -> str:
    """Return a block for each count, as high as it is among the others; ``·`` for none."""
    most = max(counts, default=0)
    return "".join(_BLOCKS[(count * len(_BLOCKS) - 1) // most] if count else _NONE for count in counts)


def heat(places: Iterable[int], length: int, width: int) -> list[int]:
    """Return how many of ``places`` in a text of ``length`` code points fall into each of ``width`` parts."""
    counts = [0] * width
    for place in places:
        counts[min(width - 1, place * width // max(1, length))] += 1
    return counts
