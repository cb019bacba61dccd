from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sources.model import Span
from sources.text.cleaning import printable
from tui.cli.console import cell_width, fitted, marked_runs, one_line, padded, wrapped, wrapped_runs

texts = st.text(max_size=60).map(printable)
alphabet = st.text(alphabet="ab é漢字\u0301 -", max_size=60)


def test_wide_and_combining_characters_take_their_columns() -> None:
    assert cell_width("Northport") == 9
    assert cell_width("漢字") == 4
    assert cell_width("e\u0301") == 1


@given(texts, st.integers(1, 30))
def test_a_fitted_text_fits(text: str, width: int) -> None:
    cut = fitted(text, width)
    assert cell_width(cut) <= width
    if cell_width(text) <= width:
        assert cut == text


@given(texts, st.integers(0, 40))
def test_padding_reaches_the_width_and_never_cuts(text: str, width: int) -> None:
    assert cell_width(padded(text, width)) == max(width, cell_width(text))


@given(alphabet, st.integers(2, 20))
def test_wrapping_keeps_every_character_but_blanks(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cell_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(alphabet, st.integers(0, 30), st.integers(0, 30), st.integers(2, 20))
def test_marks_survive_wrapping(text: str, one: int, other: int, width: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    lines = wrapped_runs(marked_runs(text, [Span(start, end)]), width)
    marked = "".join(run for line in lines for run, is_marked in line if is_marked)
    assert "".join(marked.split()) == "".join(text[start:end].split())


def test_one_line_has_one_blank_between_words() -> None:
    assert one_line(" a\n\tb  c ") == "a b c"
