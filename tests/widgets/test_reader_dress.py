"""A text as it is meant: what is hidden of it, tables and lists, and that offsets stay true."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sources.text.markdown import markdown_pieces
from tests.properties import dear
from tests.text.test_markdown_pieces import PARTS
from tui.app.widgets.cells import HIDDEN, cells, joins_previous
from tui.app.widgets.reader_dress import Dress, dress
from tui.app.widgets.reader_layout import Layout, Line, lay_out
from tui.app.widgets.reader_marks import MarkKind
from tui.app.widgets.text_cursor import Motion, TextCursor


def _dressed(text: str, numbers: bool = False) -> Dress:  # noqa: FBT001, FBT002
    pieces = markdown_pieces(text)
    links = [piece.start for piece in pieces if piece.kind == "link"]
    return dress(
        text, pieces, (), {start: number for number, start in enumerate(links, 1)} if numbers else {}
    )


def _drawn(layout: Layout, line: Line) -> str:
    said, at = line.lead, line.start
    for put in line.puts:
        said += layout.text[at : put.at] + put.what
        at = put.at
    return (said + layout.text[at : line.end]).replace(HIDDEN, "").rstrip()


def _screen(text: str, width: int, *, numbers: bool = False) -> list[str]:
    shown = _dressed(text, numbers)
    layout = lay_out(shown.text or text, width, (), shown.shape)
    return [_drawn(layout, line) for line in layout.lines]


def test_marks_are_hidden_and_signs_stay() -> None:
    text = '# A *b*\n\n**Bold**, `code` and [the port](https://a.example "t").\n\n- one\n\n---'
    assert _screen(text, 60) == ["# A b", "", "Bold, `code` and the port.", "", "• one", "", "───"]


def test_links_are_numbered_behind_their_words_and_the_numbers_have_room() -> None:
    text = "[the port](https://a.example) and [a mill](https://b.example)"
    assert _screen(text, 26, numbers=True) == ["the port[1] and a mill[2]"]
    assert _screen(text, 25, numbers=True) == ["the port[1] and a mill[2]"]
    assert _screen(text, 24, numbers=True) == ["the port[1] and a", "mill[2]"]


def test_the_lines_of_an_item_hang_below_its_words() -> None:
    assert _screen("- one two three\n  1. four five six", 11) == [
        "• one two", "  three", "  1. four", "     five", "     six"
    ]  # fmt: skip
    assert _screen("12. one two", 8) == ["12. one", "    two"]
    assert _screen("12. one two", 7) == ["12. one", "two"]  # no more than half of a line is left empty


TABLE = "| Paper | Price |\n|--|--:|\n| The *Mail* | 4 |\n| 港湾 | **120** |"


def test_a_table_stands_in_columns_where_it_fits() -> None:
    columns = ["Paper    │ Price", "─────────┼──────", "The Mail │     4", "港湾     │   120"]
    assert _screen(TABLE, 16) == columns
    assert _screen(TABLE, 80) == columns


def test_a_table_that_is_too_wide_keeps_its_rows() -> None:
    assert _screen(TABLE, 15) == ["Paper │ Price", "─" * 15, "The Mail │ 4", "港湾 │ 120"]


def test_rows_may_have_fewer_or_more_cells_and_no_outer_lines() -> None:
    assert _screen("a | b\n-|-\nc\\|c | d | e\nf", 40) == ["a   │ b", "────┼───┼──", "c|c │ d │ e", "f"]
    assert _screen("| a | |\n|-|-|\n| | b |", 40) == ["a │", "──┼──", "  │ b"]


TEXTS = st.lists(PARTS.map(lambda part: part.replace("\u0301", "e\u0301")), max_size=40).map("".join)


@given(TEXTS, st.integers(4, 40))
@dear(200)
def test_an_offset_means_the_same_in_what_is_shown(text: str, width: int) -> None:
    shown = _dressed(text, numbers=True)
    drawn = shown.text or text
    assert len(drawn) == len(text)
    layout = lay_out(drawn, width, (), shown.shape)
    starts = [line.start for line in layout.lines]
    assert starts == sorted(starts)
    assert all(line.start <= line.end <= len(text) for line in layout.lines)
    # All that is shown is in exactly one line, but for the white space at which lines are broken.
    covered = {place for line in layout.lines for place in range(line.start, line.end)}
    assert all(
        place in covered or drawn[place].isspace() or cells(drawn[place]) == 0 for place in range(len(text))
    )
    for marks in shown.marks.values():
        assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)


@given(TEXTS, st.integers(4, 40))
@dear(200)
def test_the_cursor_walks_all_that_is_shown_and_back_and_stops_at_nothing_hidden(
    text: str, width: int
) -> None:
    shown = _dressed(text, numbers=True)
    drawn = shown.text or text
    layout = lay_out(drawn, width, (), shown.shape)
    cursor = TextCursor(drawn)
    places = [0]
    cursor.place(0)
    for motion in (Motion.RIGHT, Motion.LEFT):
        for _ in range(2 * len(text) + 2):
            before = cursor.offset
            cursor.move(motion, layout, 10)
            assert cursor.offset == len(text) or drawn[cursor.offset] != HIDDEN
            index, column = layout.place_of(cursor.offset)
            back = layout.offset_at(index, column)
            assert layout.line_of(back) == index
            if cursor.offset == before:
                break
            places.append(cursor.offset)
        else:
            raise AssertionError(motion)
    stops = {place for place in range(len(text)) if cells(drawn[place]) and not joins_previous(drawn, place)}
    in_lines = {place for line in layout.lines for place in range(line.start, line.end)}
    assert stops & in_lines <= set(places)


def test_what_is_selected_has_no_marks_at_its_ends() -> None:
    text = "So **bold** it [was](https://a.example)."
    shown = _dressed(text)
    layout = lay_out(shown.text, 40)
    cursor = TextCursor(shown.text)
    cursor.place(text.index("**"))
    assert text[cursor.offset] == "b"
    cursor.anchor = cursor.offset
    cursor.move(Motion.WORD_END, layout, 10)
    assert cursor.selection is not None
    assert cursor.selection.of(text) == "bold"
    cursor.anchor = None
    cursor.move(Motion.NEXT_WORD, layout, 10)
    assert text[cursor.offset : cursor.offset + 2] == "it"


def test_looks_are_marks_of_their_kind_from_what_is_shown_on() -> None:
    text = "[**b**](https://a.example) *c*"
    marks = _dressed(text).marks
    assert [text[mark.start : mark.end] for mark in marks[MarkKind.LINK]] == ["b**"]
    assert [text[mark.start : mark.end] for mark in marks[MarkKind.EMPHASIS]] == ["c"]
