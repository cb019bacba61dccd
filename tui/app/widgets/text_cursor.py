"""A cursor in a text: its place, the selection it drags along, and the motions it knows by name."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sources.model import Span
from tui.app.widgets import motions
from tui.app.widgets.cells import joins_previous

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.app.widgets.reader_layout import Layout


class Motion(StrEnum):
    """The ways a cursor moves."""

    DOWN = "down"
    UP = "up"
    LEFT = "left"
    RIGHT = "right"
    HALF_PAGE_DOWN = "half page down"
    HALF_PAGE_UP = "half page up"
    PAGE_DOWN = "page down"
    PAGE_UP = "page up"
    TOP = "top"
    BOTTOM = "bottom"
    LINE_START = "line start"
    LINE_END = "line end"
    NEXT_WORD = "next word"
    PREVIOUS_WORD = "previous word"
    WORD_END = "word end"
    NEXT_SENTENCE = "next sentence"
    PREVIOUS_SENTENCE = "previous sentence"
    NEXT_PARAGRAPH = "next paragraph"
    PREVIOUS_PARAGRAPH = "previous paragraph"


class TextCursor:
    """A place in a text; with an ``anchor``, everything from there to here is selected.

    A selection holds the characters under the cursor and under the anchor, whichever comes first.
    """

    def __init__(self, text: str = "", sentences: Sequence[Span] = ()) -> None:
        self.text = text
        self.sentences = sentences
        self.offset = 0
        self.anchor: int | None = None
        self._column: int | None = None  # where vertical motions want to be

    @property
    def selection(self) -> Span | None:
        """What is selected, None when nothing is."""
        if self.anchor is None:
            return None
        start, last = sorted((self.anchor, self.offset))
        return Span(start, self.character_end(last))

    def character_end(self, offset: int) -> int:
        """Return where the character at ``offset`` ends, combining marks included."""
        end = min(offset + 1, len(self.text))
        while joins_previous(self.text, end):
            end += 1
        return end

    def place(self, offset: int) -> None:
        """Put the cursor at ``offset``, or at the nearest place there is."""
        offset = min(max(offset, 0), len(self.text))
        while joins_previous(self.text, offset):
            offset -= 1
        self.offset = offset
        self._column = None

    def select(self, span: Span) -> None:
        """Select a span, with the cursor on its last character."""
        self.place(span.start)
        self.anchor = self.offset
        self.place(max(span.start, span.end - 1))

    def move(self, motion: Motion, layout: Layout, page: int) -> None:
        """Move the cursor; ``page`` is the number of lines in view."""
        rows = {
            Motion.DOWN: 1,
            Motion.UP: -1,
            Motion.HALF_PAGE_DOWN: max(1, page // 2),
            Motion.HALF_PAGE_UP: -max(1, page // 2),
            Motion.PAGE_DOWN: max(1, page - 2),
            Motion.PAGE_UP: -max(1, page - 2),
        }.get(motion)
        if rows is not None:
            self._move_rows(rows, layout)
        elif motion in _UNITS and self.anchor is not None and self.anchor <= self.offset:
            self.place(self._unit_end(motion, layout))
        else:
            self.place(self._destination(motion, layout, self.offset))

    def _move_rows(self, rows: int, layout: Layout) -> None:
        index, column = layout.place_of(self.offset)
        wanted = column if self._column is None else self._column
        direction = 1 if rows > 0 else -1
        target = layout.text_line(index + rows, direction)
        self.place(layout.offset_at(target, wanted))
        self._column = wanted

    def _unit_end(self, motion: Motion, layout: Layout) -> int:
        """Return the last character of this word, sentence or paragraph, of the next when already there.

        A selection that grows by units ends with one: the first letter of the next is not wanted.
        """
        following = self.offset
        while following < len(self.text):
            following = self._destination(motion, layout, following)
            last = len(self.text[:following].rstrip()) - 1
            if last > self.offset:
                return last
        return self.offset

    def _destination(self, motion: Motion, layout: Layout, offset: int) -> int:
        text = self.text
        if self.sentences and motion is Motion.NEXT_SENTENCE:
            return motions.next_sentence(self.sentences, offset, len(text))
        if self.sentences and motion is Motion.PREVIOUS_SENTENCE:
            return motions.previous_sentence(self.sentences, offset)
        if motion in _IN_TEXT:
            return _IN_TEXT[motion](text, offset)
        return _IN_LAYOUT[motion](layout, offset)


def _line_end(layout: Layout, offset: int) -> int:
    line = layout.lines[layout.line_of(offset)]
    last = layout.previous_offset(line.end)
    return max(line.start, last)


_UNITS = frozenset({Motion.NEXT_WORD, Motion.NEXT_SENTENCE, Motion.NEXT_PARAGRAPH})
_IN_TEXT: dict[Motion, Callable[[str, int], int]] = {
    Motion.TOP: lambda _text, _offset: 0,
    Motion.NEXT_WORD: motions.next_word,
    Motion.PREVIOUS_WORD: motions.previous_word,
    Motion.WORD_END: motions.word_end,
    Motion.NEXT_SENTENCE: motions.next_paragraph,  # where sentences are not known
    Motion.PREVIOUS_SENTENCE: motions.previous_paragraph,
    Motion.NEXT_PARAGRAPH: motions.next_paragraph,
    Motion.PREVIOUS_PARAGRAPH: motions.previous_paragraph,
}
_IN_LAYOUT: dict[Motion, Callable[[Layout, int], int]] = {
    Motion.LEFT: lambda layout, offset: layout.previous_offset(offset),
    Motion.RIGHT: lambda layout, offset: layout.next_offset(offset),
    Motion.LINE_START: lambda layout, offset: layout.lines[layout.line_of(offset)].start,
    Motion.LINE_END: _line_end,
    Motion.BOTTOM: lambda layout, _offset: layout.lines[layout.text_line(len(layout) - 1, -1)].start,
}
