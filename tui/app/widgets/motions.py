"""Where a cursor goes in a text: words, sentences, paragraphs. Pure functions on offsets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.model import Span

_WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]+")
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
