from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import STEM_MARK, analyse, fingerprint, tokens
from index.interface import ANALYSIS


def written(text: str) -> list[str]:
    return [token.written for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Harbour's gates", ["the", "harbour", "gates"]),
        ("Łódź, naïve São Paulo", ["lodz", "naive", "sao", "paulo"]),
        ("C++ and C#, g++", ["c++", "and", "c#", "g++"]),
        ("R&D at AT&T", ["r&d", "at", "at&t"]),
        ("the U.S. port", ["the", "u.s", "port"]),
        ("GPT-4o", ["gpt", "4o"]),
        ("US$14.3bn or 49%", ["us", "$14.3", "bn", "or", "49%"]),
        ("14,300 and 14,3", ["14300", "and", "14,3"]),
        ("ties.OpenAI", ["ties", "openai"]),
        ("#tag @name a@b.org", ["#tag", "@name", "a", "b", "org"]),
        ("don’t", ["don't"]),
        ("港口都", ["港口", "口都", "都"]),
    ],
)
def test_words_as_they_are_written(text: str, words: list[str]) -> None:
    assert written(text) == words


def test_initials_are_found_without_their_periods_too() -> None:
    assert "us" in analyse("The U.S. port").positions


def test_stems_are_kept_beside_the_words() -> None:
    analysed = analyse("selling sells sell")
    assert analysed.positions["selling"] == [0]
    assert analysed.stems == {STEM_MARK + "sell": 2}


def test_length_counts_words() -> None:
    assert analyse("one two-three 4.5%").length == 4
    assert analyse("").length == 0


@given(st.text(st.characters(exclude_categories=()), max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_taken_apart(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end <= len(text)
        assert token.norm
        last = token.end
    analysed = analyse(text)
    assert all(places == sorted(places) for places in analysed.positions.values())


@given(st.text("ab .,'-&+#$%5é港", max_size=40))
@settings(max_examples=300, deadline=None)
def test_a_text_falls_apart_in_the_same_way_between_its_spaces(text: str) -> None:
    whole = [token.written for token in tokens(text)]
    assert whole == [token.written for part in text.split(" ") for token in tokens(part)]


def test_an_index_made_by_another_analysis_is_noticed() -> None:
    # When this fails, texts are taken apart in another way than before: put the new name into the constant.
    assert fingerprint() == ANALYSIS
