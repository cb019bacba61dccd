"""Widths of text on a terminal: cutting, padding and wrapping to a width, with marked runs kept."""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from sources.text.cleaning import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.model import Span

_ZERO_WIDTH_CATEGORIES = frozenset({"Mn", "Me", "Cf", "Cc"})
_BLANKS = re.compile(r"\s+")


def terminal_columns() -> int:
    """Return how wide the terminal is: as COLUMNS says, else as it says itself, else 80."""
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdigit() and int(said) > 0:
        return int(said)
    for stream in (1, 2, 0):
        try:
            return os.get_terminal_size(stream).columns or 80
        except OSError:
            continue
    return 80


def cell_width(text: str) -> int:
    """Return how many columns ``text`` takes: wide East Asian characters two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def fitted(text: str, width: int) -> str:
    """Return ``text``, cut with an ellipsis where it is wider than ``width`` columns."""
    if cell_width(text) <= width:
        return text
    used, end = 0, 0
    for end, character in enumerate(text):  # noqa: B007 - the place where it stopped is the answer
        used += _character_width(character)
        if used > width - 1:
            break
    return text[:end].rstrip() + "…" if width > 0 else ""


def padded(text: str, width: int) -> str:
    """Return ``text`` with blanks after it up to ``width`` columns."""
    return text + " " * max(0, width - cell_width(text))


def one_line(text: str) -> str:
    """Return ``text`` with every run of white space as one blank."""
    return _BLANKS.sub(" ", text).strip()


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of ``text`` at most ``width`` columns wide, broken at blanks where there are any."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for word in paragraph.split():
            piece, long = word, cell_width(word)
            if line and used + 1 + long > width:
                lines.append(line)
                line, used = "", 0
            while long > width:
                cut = _cut(piece, width)
                lines.append(piece[:cut])
                piece = piece[cut:]
                long = cell_width(piece)
            line, used = (f"{line} {piece}", used + 1 + long) if line else (piece, long)
        lines.append(line)
    return lines


def _cut(text: str, width: int) -> int:
    used = 0
    for place, character in enumerate(text):
        used += _character_width(character)
        if used > width:
            return max(1, place)
    return len(text)


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    if unicodedata.category(character) in _ZERO_WIDTH_CATEGORIES:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


# Text with marked stretches, wrapped to a width without losing what is marked.

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
