from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sources.model import Span
from tests.widgets.strategies import texts
from tui.app.widgets.reader_layout import lay_out
from tui.app.widgets.text_cursor import Motion, TextCursor

TEXT = "The port’s owner, Ada Moss, agreed.\nIt was sold. Nobody asked why.\n\nThe end."
SENTENCES = (Span(0, 35), Span(36, 48), Span(49, 66), Span(68, 76))


def walk(start: int, *path: Motion, width: int = 20) -> str:
    """Return what stands from the cursor on after some motions."""
    cursor = TextCursor(TEXT, SENTENCES)
    cursor.place(start)
    layout = lay_out(TEXT, width)
    for motion in path:
        cursor.move(motion, layout, 10)
    return TEXT[cursor.offset : cursor.offset + 7]


def test_words() -> None:
    assert walk(0, Motion.NEXT_WORD, Motion.NEXT_WORD) == "owner, "
    assert walk(0, Motion.NEXT_WORD, Motion.WORD_END) == "s owner"
    assert walk(20, Motion.PREVIOUS_WORD) == "Ada Mos"
    assert walk(18, Motion.PREVIOUS_WORD) == ", Ada M"


def test_sentences_and_paragraphs() -> None:
    assert walk(5, Motion.NEXT_SENTENCE, Motion.NEXT_SENTENCE) == "Nobody "
    assert walk(50, Motion.PREVIOUS_SENTENCE, Motion.PREVIOUS_SENTENCE) == "It was "
    assert walk(5, Motion.NEXT_PARAGRAPH, Motion.NEXT_PARAGRAPH) == "The end"
    assert walk(70, Motion.PREVIOUS_PARAGRAPH, Motion.PREVIOUS_PARAGRAPH) == "It was "


def test_lines_keep_the_wanted_column_over_short_lines() -> None:
    text = "abcdefgh\nxy\nabcdefgh"
    layout = lay_out(text, 20)
    cursor = TextCursor(text)
    cursor.place(6)
    cursor.move(Motion.DOWN, layout, 10)
    assert cursor.offset == 11
    cursor.move(Motion.DOWN, layout, 10)
    assert text[cursor.offset] == "g"


def test_line_ends_top_and_bottom() -> None:
    assert walk(5, Motion.LINE_END) == ", Ada M"
    assert walk(5, Motion.LINE_START) == "The por"
    assert walk(30, Motion.TOP) == "The por"
    assert walk(0, Motion.BOTTOM) == "The end"


def test_a_selection_holds_the_characters_at_both_its_ends() -> None:
    cursor = TextCursor(TEXT, SENTENCES)
    cursor.place(18)
    cursor.anchor = 18
    cursor.move(Motion.WORD_END, lay_out(TEXT, 20), 10)
    assert cursor.selection is not None
    assert cursor.selection.of(TEXT) == "Ada"
    cursor.place(14)
    assert cursor.selection.of(TEXT) == "er, A"


def test_combining_marks_belong_to_their_letter() -> None:
    text = "cafe\u0301 noir"
    cursor = TextCursor(text)
    cursor.place(4)
    assert cursor.offset == 3
    cursor.anchor = 3
    assert cursor.selection == Span(3, 5)


@given(texts, st.lists(st.sampled_from(list(Motion)), max_size=12), st.integers(0, 300))
def test_no_motion_leaves_the_text(text: str, path: list[Motion], start: int) -> None:
    layout = lay_out(text, 20)
    cursor = TextCursor(text)
    cursor.place(start)
    for motion in path:
        cursor.move(motion, layout, 10)
        assert 0 <= cursor.offset <= len(text)
