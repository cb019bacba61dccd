"""The one folding, and the way back from a place in folded text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sources.text.folding import Folded, fold
from tests.widgets.strategies import texts


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź", "lodz"),
        ("STRASSE Straße", "strasse strasse"),
        ("Ærø, Þór, đ, ħ, ŧ, ı, İ", "aero, thor, d, h, t, i, i"),
        ("œuvre ﬁn ŉ", "oeuvre fin 'n"),
        ("Ａｄａ１", "ada1"),
        ("‘a’ ‚b‛ `c´ ‹d› ʼ", "'a' 'b' 'c' 'd' '"),
        ("“a” „b‟ «c» ＂", '"a" "b" "c" "'),
        ("a‐b‑c–d—e―f−g", "a-b-c-d-e-f-g"),
        ("har\u00adbour a\u200bb\u2060\ufeff ❤\ufe0f", "harbour ab ❤"),
        ("ё й", "е и"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("क़लम", "क\u093cलम"),
        ("한국 が", "한국 か\u3099"),
        ("½ … m²", "1/2 ... m2"),
        ("", ""),
    ],
)
def test_folded_text_is_as_people_type_it(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(), st.text())
def test_each_character_is_folded_by_itself(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


@given(st.one_of(texts, st.text()))
@example("`Å ﷺ ǅ ᾳ")
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.long
def test_folding_any_character_again_changes_nothing() -> None:
    changed = [code for code in range(0x110000) if fold(fold(chr(code))) != fold(chr(code))]
    assert changed == []


@given(texts, st.data())
def test_every_place_has_one_in_the_text(text: str, data: st.DataObject) -> None:
    folded = Folded(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    span = folded.span(start, end)
    assert 0 <= span.start < span.end <= len(text)
    assert folded.text[start:end] in fold(span.of(text))
    # Nothing wider would do: without its first or last character that is not all there any more.
    assert len(fold(text[: span.start])) <= start < len(fold(text[: span.start + 1]))
    assert len(fold(text[: span.end])) >= end
