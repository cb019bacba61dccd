"""A cursor in a text: its place, the selection it drags along, and the motions it knows by name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from enum import StrEnum
from typing import TYPE_CHECKING

from sources.model import Span
from tui.app.widgets.cells import HIDDEN, joins_previous

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.app.widgets.reader_layout import Layout


# Where a cursor goes in a text: words, sentences, paragraphs. Pure functions on offsets.


_WORD = re.compile(rf"\w+(?:['’]\w+)*|[^\w\s{HIDDEN}]+")
_PARAGRAPH_END = re.compile(r"\n\s*")
_LOOK_BACK = 400


def next_word(text: str, offset: int) -> int:
    """Return the start of the next word, or the end of the text."""
    here = _word_around(text, offset)
    found = _WORD.search(text, here[1] if here else offset)
    return found.start() if found else len(text)


def word_end(text: str, offset: int) -> int:
    """Return the last character of this word, or of the next one when already there."""
    here = _word_around(text, offset)
    if here and offset < here[1] - 1:
        return here[1] - 1
    found = _WORD.search(text, here[1] if here else offset)
    return found.end() - 1 if found else max(0, len(text) - 1)


def previous_word(text: str, offset: int) -> int:
    """Return the start of this word, or of the one before when already there."""
    low = max(0, offset - _LOOK_BACK)
    place = low
    for found in _WORD.finditer(text, low, offset):
        place = found.start()
    return place


def _word_around(text: str, offset: int) -> tuple[int, int] | None:
    for found in _WORD.finditer(text, max(0, offset - _LOOK_BACK), min(len(text), offset + _LOOK_BACK)):
        if found.start() <= offset < found.end():
            return found.span()
        if found.start() > offset:
            break
    return None


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Return the word at ``offset``, or the single character there."""
    return _word_around(text, offset) or (offset, min(offset + 1, len(text)))


def plain_word_at(text: str, offset: int) -> Span:
    """Return the letters and digits around ``offset``; of what is none nothing."""
    start = end = offset
    while start > 0 and text[start - 1].isalnum() and text[offset : offset + 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return Span(start, end)


def is_whole(text: str, span: Span) -> bool:
    """Tell whether no letter or digit goes on before or behind a span."""
    return (
        not text[max(0, span.start - 1) : span.start].isalnum()
        and not text[span.end : span.end + 1].isalnum()
    )


def next_sentence(sentences: Sequence[Span], offset: int, length: int) -> int:
    """Return the start of the first sentence behind ``offset``, or ``length``."""
    place = bisect_right(sentences, offset, key=lambda span: span.start)
    return sentences[place].start if place < len(sentences) else length


def previous_sentence(sentences: Sequence[Span], offset: int) -> int:
    """Return the start of this sentence, or of the one before when already there."""
    place = bisect_left(sentences, offset, key=lambda span: span.start)
    return sentences[place - 1].start if place else 0


def sentence_at(sentences: Sequence[Span], offset: int) -> Span | None:
    """Return the sentence at ``offset``, or the last one before it."""
    place = bisect_right(sentences, offset, key=lambda span: span.start)
    return sentences[place - 1] if place else None


def next_paragraph(text: str, offset: int) -> int:
    """Return the start of the next paragraph, or the end of the text."""
    found = _PARAGRAPH_END.search(text, offset)
    return found.end() if found else len(text)


def previous_paragraph(text: str, offset: int) -> int:
    """Return the start of this paragraph, or of the one before when already there."""
    end = offset
    while end > 0 and text[end - 1].isspace():
        end -= 1
    start = text.rfind("\n", 0, end) + 1
    while start < end and text[start].isspace():
        start += 1
    return start


# The cursor.


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
    LINE_TEXT = "first of the line"
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
        while offset < len(self.text) and self.text[offset] == HIDDEN:
            offset += 1
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
            last = following - 1
            while last > self.offset and (self.text[last].isspace() or self.text[last] == HIDDEN):
                last -= 1
            if last > self.offset:
                return last
        return self.offset

    def _destination(self, motion: Motion, layout: Layout, offset: int) -> int:
        text = self.text
        if self.sentences and motion is Motion.NEXT_SENTENCE:
            return next_sentence(self.sentences, offset, len(text))
        if self.sentences and motion is Motion.PREVIOUS_SENTENCE:
            return previous_sentence(self.sentences, offset)
        if motion in _IN_TEXT:
            return _IN_TEXT[motion](text, offset)
        return _IN_LAYOUT[motion](layout, offset)


def _line_text(layout: Layout, offset: int) -> int:
    """Return the first character of the line that is no blank."""
    line = layout.lines[layout.line_of(offset)]
    words = layout.text[line.start : line.end]
    return line.start + len(words) - len(words.lstrip()) if words.strip() else line.start


def _line_end(layout: Layout, offset: int) -> int:
    line = layout.lines[layout.line_of(offset)]
    last = layout.previous_offset(line.end)
    return max(line.start, last)


_UNITS = frozenset({Motion.NEXT_WORD, Motion.NEXT_SENTENCE, Motion.NEXT_PARAGRAPH})
_IN_TEXT: dict[Motion, Callable[[str, int], int]] = {
    Motion.TOP: lambda _text, _offset: 0,
    Motion.NEXT_WORD: next_word,
    Motion.PREVIOUS_WORD: previous_word,
    Motion.WORD_END: word_end,
    Motion.NEXT_SENTENCE: next_paragraph,  # where sentences are not known
    Motion.PREVIOUS_SENTENCE: previous_paragraph,
    Motion.NEXT_PARAGRAPH: next_paragraph,
    Motion.PREVIOUS_PARAGRAPH: previous_paragraph,
}
_IN_LAYOUT: dict[Motion, Callable[[Layout, int], int]] = {
    Motion.LEFT: lambda layout, offset: layout.previous_offset(offset),
    Motion.RIGHT: lambda layout, offset: layout.next_offset(offset),
    Motion.LINE_START: lambda layout, offset: layout.lines[layout.line_of(offset)].start,
    Motion.LINE_TEXT: _line_text,
    Motion.LINE_END: _line_end,
    Motion.BOTTOM: lambda layout, _offset: layout.lines[layout.text_line(len(layout) - 1, -1)].start,
}
