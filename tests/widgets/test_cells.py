from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size
from textual.content import Content, Span

from tests.widgets.strategies import HOSTILE, texts
from tui.app.widgets.cells import (
    NOT_PLAIN,
    cells,
    fit,
    joins_previous,
    offset_at_cell,
    shown,
    shown_content,
    truncated,
    truncated_content,
    wrapped_content,
)


def is_dangerous(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Cc", "Cs"}
        or 0x202A <= ord(character) <= 0x202E
        or 0x2066 <= ord(character) <= 0x2069
    )


@given(texts)
def test_nothing_that_steers_a_terminal_is_shown(text: str) -> None:
    assert not any(map(is_dangerous, shown(text)))


@given(texts)
def test_cells_are_those_that_the_terminal_takes(text: str) -> None:
    assert cells(text) == cell_len(shown(text))


@given(texts)
def test_what_fits_fits_and_no_more_would(text: str) -> None:
    for width in (0, 1, 2, 7, 40):
        end = fit(text, 0, len(text), width)
        assert cells(text, 0, end) <= width
        assert end == len(text) or cells(text, 0, end + 1) > width


def test_plain_characters_take_one_cell() -> None:
    plain = [chr(code) for code in range(0x11000) if NOT_PLAIN.match(chr(code)) is None]
    assert [character for character in plain if get_character_cell_size(character) != 1] == []
    assert not any(map(is_dangerous, plain))


def test_dangerous_characters_leave_a_visible_trace_of_one_cell() -> None:
    assert shown("a\x1b[2Jb") == "a�[2Jb"
    assert cells("a\x1b[2Jb") == 6
    assert shown("\u202e") == "�"


def test_emoji_sequences_are_shown_as_their_parts() -> None:
    assert shown("👩\u200d🚀") == "👩🚀"
    assert cells("👩\u200d🚀") == 4


@pytest.mark.parametrize(("cell", "offset"), [(0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (9, 3), (-3, 0)])
def test_a_wide_character_covers_both_its_cells(cell: int, offset: int) -> None:
    assert offset_at_cell("港は水", 0, 3, cell) == offset


def test_truncation_counts_cells_and_says_so() -> None:
    assert truncated("港は水", 6) == "港は水"
    assert truncated("港は水", 5) == "港は…"
    assert truncated("港は水", 4) == "港…"
    assert truncated("abc", 0) == ""


@given(texts)
def test_truncated_text_never_exceeds_its_width(text: str) -> None:
    for width in (0, 1, 5, 20):
        assert cell_len(truncated(text, width)) <= width
        assert cell_len(truncated_content(Content(text), width).plain) <= width


@given(texts, st.integers(1, 30), st.integers(1, 6))
def test_a_wrapped_row_says_all_that_fits_in_its_lines(text: str, width: int, most: int) -> None:
    lines = [line.plain for line in wrapped_content(Content(text), width, most)]
    assert 1 <= len(lines) <= most
    assert all(cell_len(line) <= max(width, 2) for line in lines)  # a wide character takes two cells
    said = "".join("".join(lines).split())
    every = "".join(shown_content(Content(text)).plain.split())
    assert said == every or (said.endswith("…") and len(lines) == most and every.startswith(said[:-1]))


def test_styles_stay_on_their_words_when_characters_are_replaced() -> None:
    content = Content("a\u200d\tb bold", spans=[Span(5, 9, "bold")])
    safe = shown_content(content)
    (span,) = safe.spans
    assert safe.plain[span.start : span.end] == "bold"


def test_hostile_content_keeps_only_its_letters() -> None:
    safe = shown_content(Content(HOSTILE)).plain
    assert "\x1b" not in safe
    assert "[red]no[/red]" in safe


@pytest.mark.parametrize(
    ("word", "taken"),
    [("हिन्दी", 5), ("समाचार", 6), ("தமிழ்", 4), ("বাংলা", 5), ("한국어", 6), ("café", 4), ("ไทย", 3)],
)
def test_a_spacing_vowel_sign_takes_a_cell_and_belongs_to_its_letter(word: str, taken: int) -> None:
    assert cells(word) == cell_len(word) == taken
    assert [place for place in range(len(word)) if joins_previous(word, place)] == [
        place for place, sign in enumerate(word) if unicodedata.category(sign) in {"Mc", "Mn"}
    ]
