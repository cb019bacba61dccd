"""How many terminal cells a code point takes, and what may safely stand for it on the screen."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from rich.cells import get_character_cell_size
from rich.style import Style
from textual.content import Content, Span
from textual.dom import DOMNode
from textual.message import Message

from tui.app.widgets.spacing_marks import count_spacing_marks, is_spacing_mark

if TYPE_CHECKING:
    from textual.widget import Widget


count_spacing_marks()

STAND_IN = "�"
HIDDEN = "\u2060"  # the word joiner: stands for what is not shown, takes no cell, and no cursor stops at it
TAB_CELLS = 4
_HIDDEN = re.compile(f"{HIDDEN}+")
_ALONE = frozenset(("\n", HIDDEN))  # of no width, and yet neither a part of other characters nor with parts

# Joiners and variation selectors change widths in one terminal and not in another; without them every
# code point keeps its own width everywhere.
_LAYOUT_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")

# Code points that take one cell and are harmless: what nearly all text is made of, so a search for
# anything else decides quickly whether offsets and cells are the same thing.
NOT_PLAIN = re.compile(
    "[^\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038e-\u03a1\u03a3-\u0482"
    "\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2199\u2500-\u25fc\u2800-\u28ff]"
)


def _is_variation_selector(code: int) -> bool:
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180F


def _shown_character(character: str) -> str:
    if character == "\t":
        return " " * TAB_CELLS
    if character == "\n" or _is_variation_selector(ord(character)):
        return ""
    category = unicodedata.category(character)
    if character in _LAYOUT_CONTROLS or category in {"Cc", "Cs", "Cn"}:
        return STAND_IN
    if category in {"Zl", "Zp"}:
        return " "
    if category == "Cf" and character not in _VISIBLE_FORMATS:
        return ""
    return character


class _ShownTable(dict[int, str]):
    """A table for ``str.translate`` that fills itself, one code point at a time."""

    def __missing__(self, code: int) -> str:
        shown = self[code] = _shown_character(chr(code))
        return shown


class _WidthTable(dict[str, int]):
    """Cells by character, filled as characters are met."""

    def __missing__(self, character: str) -> int:
        shown = _SHOWN[ord(character)]
        width = self[character] = sum(get_character_cell_size(one) for one in shown)
        return width


_SHOWN = _ShownTable()
WIDTHS = _WidthTable()


def shown(text: str) -> str:
    """Return what the screen may show for ``text``; its cells are ``cells(text)``."""
    return text if NOT_PLAIN.search(text) is None else text.translate(_SHOWN)


def cells(text: str, start: int = 0, end: int | None = None) -> int:
    """Count the cells that ``text[start:end]`` takes on the screen."""
    stop = len(text) if end is None else end
    first = NOT_PLAIN.search(text, start, stop)
    if first is None:
        return max(0, stop - start)
    widths = WIDTHS
    return first.start() - start + sum(widths[character] for character in text[first.start() : stop])


def fit(text: str, start: int, end: int, width: int) -> int:
    """Return the largest offset up to ``end`` so that ``text[start:offset]`` fits ``width`` cells.

    Combining marks stay with the character they belong to.
    """
    widths = WIDTHS
    offset, left = start, width
    while offset < end:
        found = NOT_PLAIN.search(text, offset, min(end, offset + left + 1))
        if found is None:
            return min(end, offset + left)
        left -= found.start() - offset
        offset = found.start()
        while offset < end and text[offset] != HIDDEN:
            left -= widths[text[offset]]
            if left < 0:
                return offset
            offset += 1
        if (hidden := _HIDDEN.match(text, offset, end)) is not None:
            offset = hidden.end()
    return end


def offset_at_cell(text: str, start: int, end: int, cell: int) -> int:
    """Return the offset of the character in ``text[start:end]`` that covers ``cell``, or ``end``."""
    if cell < 0:
        return start
    offset = fit(text, start, end, cell)
    while offset < end and WIDTHS[text[offset]] == 0:
        offset += 1
    return offset


def joins_previous(text: str, offset: int) -> bool:
    """Tell whether the character at ``offset`` is drawn in the cells of the one before it."""
    if not 0 < offset < len(text) or (WIDTHS[text[offset]] and not is_spacing_mark(text[offset])):
        return False
    return text[offset] not in _ALONE and text[offset - 1] not in _ALONE


def truncated(text: str, width: int) -> str:
    """Return ``text`` as shown, cut to ``width`` cells with an ellipsis when it is longer."""
    if cells(text) <= width:
        return shown(text)
    if width <= 0:
        return ""
    return shown(text[: fit(text, 0, len(text), width - 1)]) + "…"


def shown_content(content: Content) -> Content:
    """Return ``content`` with every character replaced by what may be shown, styles in their place."""
    plain = content.plain
    if NOT_PLAIN.search(plain) is None:
        return content
    pieces = [" " if character == "\n" else _SHOWN[ord(character)] for character in plain]
    places = [0, *accumulate(map(len, pieces))]
    spans = [
        Span(places[span.start], places[min(span.end, len(plain))], span.style) for span in content.spans
    ]
    return Content("".join(pieces), spans)


def truncated_content(content: Content, width: int) -> Content:
    """Return ``content`` as shown, cut to ``width`` cells with an ellipsis when it is longer."""
    safe = shown_content(content)
    plain = safe.plain
    if cells(plain) <= width:
        return safe
    if width <= 0:
        return Content("")
    return safe[: fit(plain, 0, len(plain), width - 1)].append("…")


def wrapped_content(content: Content, width: int, most: int) -> list[Content]:
    """Return ``content`` as shown on up to ``most`` lines of ``width`` cells, broken at blanks if it has any.

    The last line ends with an ellipsis when there is more.
    """
    safe = shown_content(content)
    plain, start = safe.plain, 0
    lines: list[Content] = []
    while cells(plain, start) > width > 0 and len(lines) < most - 1:
        end = max(start + 1, fit(plain, start, len(plain), width))
        blank = plain.rfind(" ", start + 1, end + 1)
        if blank > start and plain[start:blank].strip():
            end = blank
        lines.append(safe[start:end])
        start = end
        while start < len(plain) and plain[start] == " ":
            start += 1
    return [*lines, truncated_content(safe[start:], width)]


# The styles of a widget's parts, as its style sheet has them, ready to be laid over a line's own style.


class ComponentStyles:
    """Looks up what the sheets say of ``PREFIX--NAME``; only what they set for a part is in its style.

    A part is no component class of its widget: Textual styles those of all widgets each time that it styles
    the widgets, seen or not. Colours that let the background shine through are mixed with it first, since a
    cell has no such colour.
    """

    def __init__(self, widget: Widget, prefix: str) -> None:
        self._widget = widget
        self._prefix = prefix
        self._found: dict[str, Style] = {}

    def forget(self) -> None:
        """Look everything up again: theme, focus or style sheet changed."""
        self._found.clear()

    @property
    def base(self) -> Style:
        """The style of the widget itself."""
        return self._widget.visual_style.rich_style

    def __getitem__(self, name: str) -> Style:
        style = self._found.get(name)
        if style is None:
            style = self._found[name] = self._look_up(f"{self._prefix}--{name}")
        return style

    def _look_up(self, component: str) -> Style:
        part = DOMNode(classes=component)
        part._attach(self._widget)  # noqa: SLF001 - as Textual makes the nodes of component classes
        self._widget.app.stylesheet.apply(part)
        rules, mixed = part.styles, part.rich_style
        coloured = rules.has_rule("color") or (rules.has_rule("auto_color") and rules.auto_color)
        return (
            Style(
                color=mixed.color if coloured else None,
                bgcolor=mixed.bgcolor if rules.has_rule("background") else None,
            )
            + rules.text_style
        )


# What widgets that draw their own lines share: the styles of their parts, and their messages.


if TYPE_CHECKING:
    from textual.widget import Widget as _Widget
else:
    _Widget = object  # a second widget among the bases would take the style sheet of the first away


class WidgetMessage(Message):
    """Something that happened in a widget; of messages that tell the ``latest`` state the last is enough."""

    latest: ClassVar[bool] = False

    def __init__(self, widget: _Widget) -> None:
        super().__init__()
        self._widget = widget

    @property
    def control(self) -> _Widget:
        """The widget it happened in."""
        return self._widget

    def can_replace(self, message: Message) -> bool:
        """Tell whether a message that waits may be left out in favour of this one."""
        return self.latest and type(message) is type(self) and message.control is self.control


class Drawn(_Widget):
    """Has the styles of its parts, and lines that one can go to by their numbers.

    A widget puts it before its other bases. In the sheets its parts are called ``STYLES--PART``.
    """

    STYLES: ClassVar[str] = ""

    @cached_property
    def _parts(self) -> ComponentStyles:
        return ComponentStyles(self, self.STYLES)

    def notify_style_update(self) -> None:
        """Draw again when theme or focus changed how things look."""
        super().notify_style_update()
        self._parts.forget()
        self.refresh()

    def go_to_line(self, number: int) -> None:
        """Go to the line or row of this number, from 1, or to the last one."""
        raise NotImplementedError
