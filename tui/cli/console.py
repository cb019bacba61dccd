"""Where answers go: data to standard output, narration and progress to standard error."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from functools import lru_cache
from io import TextIOWrapper
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TextIO

from sources.frozen import frozen
from sources.text.cleaning import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sources.model import Span


_STYLES = {"bold": "1", "dim": "2", "italic": "3", "reverse": "7"}
_GAP = "  "
# JSON may hold these as they are, but a terminal that shows the JSON would obey them.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff]")


@frozen
class Column:
    """A column of a table: its heading, the value of an item, and how many columns it may shrink to.

    ``value`` is a function, or the path of an attribute; None is written as nothing.
    """

    heading: str
    value: str | Callable[[Any], object]
    least: int = 0  # 0: never cut
    right: bool = False

    def of(self, item: object) -> str:
        """Return the cell of an item."""
        value = attrgetter(self.value)(item) if isinstance(self.value, str) else self.value(item)
        return "" if value is None else one_line(printable(str(value)))


class Console:
    """The two streams of one call and how to write to them.

    ``schema`` names the JSON document, the command's first word; ``width`` is None where lines need not
    be cut, because no person looks at them.
    """

    def __init__(
        self, *, out: TextIO, err: TextIO, schema: str, as_json: bool, colour: bool, width: int | None
    ) -> None:
        self.out = out
        self.err = err
        self.schema = schema
        self.as_json = as_json
        self.colour = colour
        self.width = width
        self._progress_width = 0

    @classmethod
    def on(cls, out: TextIO, err: TextIO, *, schema: str, as_json: bool) -> Console:
        """Make the console that suits the streams and the environment."""
        terminal = out.isatty() and os.environ.get("TERM", "") != "dumb"
        return cls(
            out=out,
            err=err,
            schema=schema,
            as_json=as_json,
            colour=terminal and not os.environ.get("NO_COLOR"),
            width=max(20, terminal_columns()) if terminal else None,
        )

    def document(self, body: Mapping[str, Any]) -> None:
        """Write one JSON document; on a terminal it is indented."""
        self._in_utf8()
        self.out.write(self.encoded({"schema": self.schema_name, **body}, indented=self.out.isatty()) + "\n")

    @property
    def schema_name(self) -> str:
        """Return what the documents of this command call their form."""
        return f"crossread/{self.schema}/1"

    def encoded(self, value: object, *, indented: bool = False) -> str:
        """Return ``value`` as JSON that steers no terminal."""
        text = json.dumps(value, ensure_ascii=False, indent=2 if indented else None, allow_nan=False)
        return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)

    def line(self, text: str = "") -> None:
        """Write one line for people; what could steer the terminal is taken out."""
        self.out.write(printable(text) + "\n")

    def folded(self, text: str, *, lead: str = "", under: str = "    ", style: str = "") -> None:
        """Write ``text`` after ``lead``; on a terminal it goes on below itself, after ``under``."""
        flat = one_line(printable(text))
        room = None if self.width is None else self.width - max(cell_width(lead), cell_width(under))
        for number, line in enumerate([flat] if room is None else wrapped(flat, max(10, room))):
            shown = (under if number else lead) + line
            self.write_styled(self.styled(shown, style) if style else shown)

    def raw(self, text: str) -> None:
        """Write a text that was made elsewhere and is meant to be read by a program."""
        self._in_utf8()
        self.out.write(text)

    def _in_utf8(self) -> None:
        """Write in UTF-8 from here on, whatever the terminal's encoding: it is what programs read."""
        if isinstance(self.out, TextIOWrapper):
            self.out.reconfigure(encoding="utf-8", errors="backslashreplace")

    def styled(self, text: str, style: str) -> str:
        """Return ``text`` in a style, for `write_styled`; without colour it is just the text."""
        return f"\x1b[{_STYLES[style]}m{printable(text)}\x1b[0m" if self.colour else printable(text)

    def write_styled(self, *parts: str) -> None:
        """Write one line of parts that `styled` or `plain` made safe."""
        self.out.write("".join(parts) + "\n")

    @staticmethod
    def plain(text: str) -> str:
        """Return ``text`` on one line and safe for `write_styled`."""
        return one_line(printable(text))

    def table(self, columns: Sequence[Column], items: Iterable[Any]) -> None:
        """Write a table of items for people; columns that may shrink do so until it fits the terminal."""
        cells = [[column.of(item) for column in columns] for item in items]
        widths = self._column_widths(columns, cells)
        self.write_styled(self.styled(_row([column.heading for column in columns], columns, widths), "bold"))
        for row in cells:
            self.write_styled(_row(row, columns, widths))

    def say(self, text: str) -> None:
        """Tell the person something on standard error, on a line of its own."""
        self.end_progress()
        self.err.write(printable(text) + "\n")

    def answered(self) -> None:
        """Hand out what is written so far: what follows may take time."""
        self.out.flush()

    def progress(self, text: str) -> None:
        """Show what is being done in one line that is written over; silent where no terminal looks on."""
        if not self.err.isatty() or os.environ.get("TERM", "") == "dumb":
            return
        limit = max(10, terminal_columns() - 1)
        shown = fitted(one_line(printable(text)), limit)
        self.err.write("\r" + padded(shown, self._progress_width))
        self.err.flush()
        self._progress_width = cell_width(shown)

    def end_progress(self) -> None:
        """Take the progress line away."""
        if self._progress_width:
            self.err.write("\r" + " " * self._progress_width + "\r")
            self.err.flush()
            self._progress_width = 0

    def _column_widths(self, columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[int]:
        widths = [
            max(cell_width(text) for text in (column.heading, *(row[place] for row in cells)))
            for place, column in enumerate(columns)
        ]
        if self.width is None:
            return widths
        surplus = sum(widths) + len(_GAP) * (len(columns) - 1) - self.width
        while surplus > 0:
            room = [
                widths[place] - column.least if column.least else 0 for place, column in enumerate(columns)
            ]
            widest = max(range(len(columns)), key=room.__getitem__)
            if room[widest] <= 0:
                break
            step = max(1, min(surplus, room[widest] // 2))
            widths[widest] -= step
            surplus -= step
        return widths


def _row(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    shown = []
    for cell, column, width in zip(cells, columns, widths, strict=True):
        text = fitted(cell, width)
        shown.append(" " * (width - cell_width(text)) + text if column.right else padded(text, width))
    return _GAP.join(shown).rstrip()


# Widths of text on a terminal: cutting, padding and wrapping to a width, with marked runs kept.


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
