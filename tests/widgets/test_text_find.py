from __future__ import annotations

from hypothesis import given

from sources.model import Span
from tests.widgets.strategies import texts
from tui.widgets.text_find import find_spans, folded


def found(text: str, needle: str) -> list[str]:
    return [span.of(text) for span in find_spans(text, needle)]


def test_case_accents_and_apostrophes_do_not_matter() -> None:
    assert found("The Café, a CAFE’s café", "cafe") == ["Café", "CAFE", "café"]
    assert found("the port’s", "port's") == ["port’s"]
    assert found("the port's", "PORT’S") == ["port's"]


def test_a_phrase_is_found_across_line_ends() -> None:
    assert found("sold the\nharbour", "the  harbour") == ["the\nharbour"]


def test_signs_mean_themselves() -> None:
    assert find_spans("a.c abc [red]", "a.c") == (Span(0, 3),)
    assert found("a.c abc [red]", "[red]") == ["[red]"]


def test_nothing_is_found_for_nothing() -> None:
    assert find_spans("abc", "  ") == ()


@given(texts)
def test_folding_moves_no_offset(text: str) -> None:
    assert len(folded(text)) == len(text)
