"""Finding what was asked for in whatever spelling it was typed."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from index.analysis import tokens
from sources.model import Span
from sources.text.folding import find_spans, fold, loose, quoted_spans
from tests.widgets.strategies import texts


def found(text: str, needle: str) -> list[str]:
    return [span.of(text) for span in find_spans(text, needle)]


@pytest.mark.parametrize(
    ("text", "needle", "places"),
    [
        ("The Café, a CAFE’s café", "cafe", ["Café", "CAFE", "café"]),
        ("the port’s", "port's", ["port’s"]),
        ("the port's", "PORT’S", ["port's"]),
        ("from Łódź to Ærø", "lodz", ["Łódź"]),
        ("from Łódź to Ærø", "aero", ["Ærø"]),
        ("from Lodz", "Łódź", ["Lodz"]),
        ("die Straße dort", "strasse", ["Straße"]),
        ("an oﬀer", "offer", ["oﬀer"]),
        ("har\u00adbour", "harbour", ["har\u00adbour"]),
        ("cafe\u0301s", "cafe", ["cafe\u0301"]),
        ("2019–2031", "2019-2031", ["2019–2031"]),
        ("he said “no”", '"no"', ["“no”"]),
        ("Ａｄａ Moss", "ada", ["Ａｄａ"]),
        ("it cost 14,300 or 1,4300", "14300", ["14,300"]),
        ("it cost 14300.5", "14,300", ["14300"]),
        ("born 1999, 999", "999", ["999", "999"]),
        ("a.c abc [red]", "a.c", ["a.c"]),
        ("a.c abc [red]", "[red]", ["[red]"]),
        ("sold the\nharbour", "the  harbour", ["the\nharbour"]),
        ("abc", "  ", []),
        ("abc", "\u00ad", []),
    ],
)
def test_spelling_does_not_matter_but_words_and_signs_do(text: str, needle: str, places: list[str]) -> None:
    assert found(text, needle) == places


def test_both_letters_of_a_ligature_are_one_place() -> None:
    assert find_spans("ß", "s") == (Span(0, 1),)


def test_a_quote_is_first_looked_for_word_for_word() -> None:
    text = "Lodz is not Łódź"
    assert quoted_spans(text, "Łódź") == (Span(12, 16),)
    assert quoted_spans(text, "LODZ") == (Span(0, 4), Span(12, 16))


@given(texts, texts)
def test_places_are_in_order_and_say_what_was_asked_for(text: str, needle: str) -> None:
    for wanted in (needle[:3], text[2:8]):
        spans = find_spans(text, wanted)
        assert list(spans) == sorted(spans)
        for span in spans:
            assert 0 <= span.start < span.end <= len(text)
            assert loose(wanted) in loose(span.of(text))


@given(texts)
@example("Łódź’s R&D, U.S. l'Oréal C++ 港口 Straße ½ ﬁn")
@example("a\u0301\u00adb ʼn ŉ")
def test_whatever_word_search_knows_is_found_in_the_text(text: str) -> None:
    for token in tokens(text):
        raw = text[token.start : token.end]
        for typed in (raw, fold(raw)):
            if fold(typed).strip():  # marks without a letter are nothing to look for
                assert any(
                    span.start < token.end and token.start < span.end for span in find_spans(text, typed)
                )


@pytest.mark.parametrize("word", ["14300", "lodz", "harbour", "u.s", "r&d"])
def test_a_word_as_the_index_holds_it_is_found(word: str) -> None:
    text = "Łódź bought the Harbour’s U.S. R&D for $14,300."
    assert word in {token.norm for token in tokens(text)}
    assert find_spans(text, word)
