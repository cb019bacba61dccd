"""Text with marked stretches, wrapped to a width without losing what is marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.text.cleaning import printable
from tui.cli.widths import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.model import Span

# No printable text holds these, so they can stand for the borders of a mark while lines are wrapped.
_OPEN, _CLOSE = "\x01", "\x02"
_BORDERS = re.compile(f"[{_OPEN}{_CLOSE}]")


def marked_runs(text: str, spans: Sequence[Span]) -> list[tuple[str, bool]]:
    """Cut ``text`` at ``spans`` (in order, not overlapping) into stretches with whether each is marked."""
    runs, at = [], 0
    for start, end in spans:
        runs += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [run for run in (*runs, (text[at:], False)) if run[0]]


def wrapped_runs(runs: Iterable[tuple[str, bool]], width: int | None) -> list[list[tuple[str, bool]]]:
    """Return the runs as lines at most ``width`` columns wide; None keeps the lines as they are."""
    text = "".join(f"{_OPEN}{printable(run)}{_CLOSE}" if marked else printable(run) for run, marked in runs)
    lines, marked = [], False
    for line in text.split("\n") if width is None else wrapped(text, width):
        pieces: list[tuple[str, bool]] = []
        at = 0
        for border in _BORDERS.finditer(line):
            pieces.append((line[at : border.start()], marked))
            marked = border[0] == _OPEN
            at = border.end()
        pieces.append((line[at:], marked))
        lines.append([piece for piece in pieces if piece[0]])
    return lines
