from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.model import Zone, ZoneKind
from tests.widgets.strategies import texts
from tui.app.widgets.cells import WIDTHS, cells, joins_previous
from tui.app.widgets.reader_layout import NARROWEST, Layout, lay_out

PARAGRAPH = (
    "The port was sold on Thursday, said two people familiar with the matter, who did not say more. " * 3
)


def lines_of(layout: Layout) -> list[str]:
    return [line.lead + layout.text[line.start : line.end] + line.tail for line in layout.lines]


@st.composite
def zoned_texts(draw: st.DrawFn) -> tuple[str, tuple[Zone, ...]]:
    text = draw(texts)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)) | {0, len(text)})
    kinds = st.sampled_from(list(ZoneKind))
    return text, tuple(Zone(draw(kinds), low, high) for low, high in pairwise(cuts))


@given(zoned_texts(), st.integers(NARROWEST, 60))
def test_everything_written_is_shown_exactly_once(case: tuple[str, tuple[Zone, ...]], width: int) -> None:
    text, zones = case
    layout = lay_out(text, width, zones)
    shown = [offset for line in layout.lines for offset in range(line.start, line.end)]
    assert shown == sorted(set(shown))
    left_out = set(range(len(text))) - set(shown)
    assert all(text[offset] in " \t\n" for offset in left_out)


@given(zoned_texts(), st.integers(12, 60))
def test_no_line_is_wider_than_asked(case: tuple[str, tuple[Zone, ...]], width: int) -> None:
    text, zones = case
    layout = lay_out(text, width, zones)
    for line in layout.lines:
        assert cells(line.lead) + cells(text, line.start, line.end) + cells(line.tail) <= width


@given(zoned_texts(), st.integers(NARROWEST, 60))
def test_offsets_and_cells_lead_to_each_other(case: tuple[str, tuple[Zone, ...]], width: int) -> None:
    text, zones = case
    layout = lay_out(text, width, zones)
    for index, line in enumerate(layout.lines):
        for offset in range(line.start, line.end):
            assert layout.line_of(offset) == index
            place, column = layout.place_of(offset)
            if WIDTHS[text[offset]]:
                assert layout.offset_at(place, column) == offset


@given(zoned_texts(), st.integers(NARROWEST, 60))
def test_a_cursor_walks_the_whole_text_both_ways(case: tuple[str, tuple[Zone, ...]], width: int) -> None:
    text, zones = case
    layout = lay_out(text, width, zones)
    place, forward = 0, [0]
    while place < len(text):
        following = layout.next_offset(place)
        assert following > place
        place = following
        forward.append(place)
    seen = {offset for offset in forward if offset < len(text)}
    for line in layout.lines:
        for offset in range(line.start, line.end):
            assert offset in seen or WIDTHS[text[offset]] == 0 or joins_previous(text, offset)
    while place > 0:
        before = layout.previous_offset(place)
        assert before < place or layout.line_of(place) == 0
        if before >= place:
            break
        place = before


def test_words_are_not_broken_where_there_is_room() -> None:
    layout = lay_out("alpha beta gamma", 11)
    assert lines_of(layout) == ["alpha beta", "gamma"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert lines_of(lay_out("x" * 25, 10)) == ["x" * 10, "x" * 10, "x" * 5]


def test_a_compound_is_broken_behind_its_hyphen_but_a_figure_is_not() -> None:
    assert lines_of(lay_out("a data-labelling firm", 10)) == ["a data-", "labelling", "firm"]
    assert lines_of(lay_out("grew by -14 points", 10)) == ["grew by", "-14 points"]


def test_east_asian_text_breaks_anywhere_but_before_a_full_stop() -> None:
    assert lines_of(lay_out("港は売却された。水は", 16)) == ["港は売却された。", "水は"]
    assert lines_of(lay_out("港は売却された。水は", 14)) == ["港は売却され", "た。水は"]


def test_paragraphs_of_one_line_each_get_a_blank_line_between() -> None:
    layout = lay_out(f"{PARAGRAPH}\n{PARAGRAPH}", 2000)
    assert lines_of(layout) == [PARAGRAPH.strip(), "", PARAGRAPH.strip()]
    assert layout.lines[1].spacer


def test_a_text_with_its_own_blank_lines_is_left_as_it_is() -> None:
    assert lines_of(lay_out("one\n\n\n\ntwo\nthree", 20)) == ["one", "", "two", "three"]


def test_muted_zones_stand_between_signs_on_lines_of_their_own() -> None:
    text = "Body. Photo: the harbour authority More body."
    zones = (Zone(ZoneKind.BODY, 0, 6), Zone(ZoneKind.CAPTION, 6, 35), Zone(ZoneKind.BODY, 35, len(text)))
    layout = lay_out(text, 20, zones)
    assert lines_of(layout) == ["Body.", "░ Photo: the", "░ harbour", "░ authority ░", "More body."]


def test_an_empty_text_has_one_empty_line() -> None:
    layout = lay_out("", 20)
    assert lines_of(layout) == [""]
    assert layout.place_of(0) == (0, 0)
    assert layout.next_offset(0) == 0


def test_offsets_of_white_space_at_a_break_belong_to_the_line_before() -> None:
    layout = lay_out("alpha   beta", 6)
    assert layout.place_of(6) == (0, 5)
    assert layout.place_of(8) == (1, 0)


@pytest.mark.long
def test_a_megabyte_in_one_line_and_in_many_is_laid_out_whole() -> None:
    one_line = "word and more " * 75_000
    for text in (
        one_line,
        one_line.replace("more ", "more\n"),
        "港" * 350_000,
        "é" * 400_000,
        "\u0301" * 50_000,
    ):
        layout = lay_out(text, 80)
        assert layout.lines[-1].end >= len(text) - 1
        assert max(cells(text, line.start, line.end) for line in layout.lines[::50]) <= 80


@given(st.text(st.sampled_from("ab  -é"), min_size=1, max_size=200), st.integers(NARROWEST, 40))
def test_both_ways_to_break_a_paragraph_come_to_the_same_lines(text: str, width: int) -> None:
    # A character of no cell is not simple: such a text goes the general way.
    general = lines_of(lay_out(f"{text} b\u200b", width))
    assert lines_of(lay_out(f"{text} b", width)) == [line.rstrip("\u200b") for line in general]


@given(st.text(st.sampled_from("ab  é"), min_size=1, max_size=200), st.integers(NARROWEST, 40))
def test_a_line_takes_all_words_that_it_has_room_for(text: str, width: int) -> None:
    text = " ".join(text.split())  # more than one blank takes more room
    lines = [line for line in lines_of(lay_out(text, width)) if line.strip()]
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line, following in pairwise(lines):
        assert len(line) <= width
        # What was cut within a word has no room left either.
        assert len(line.rstrip()) + 1 + len(following.split()[0]) > width
