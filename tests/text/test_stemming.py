"""Stems: those of the Snowball project, for the index and the evidence alike."""

from __future__ import annotations

import pytest
import snowballstemmer  # type: ignore[import-untyped]  # no stubs are published
from hypothesis import example, given
from hypothesis import strategies as st

from sources.text import words
from sources.text.words import LONG_WORD, stem
from tests.properties import dear

_THEIRS = snowballstemmer.stemmer("english").stemWord
_ENDINGS = sorted(
    {
        *("s", "es", "ies", "ied", "y", "ly", "e", "l", "ll", "ed", "ing", "'", "'s", "'s'", "yy"),
        *words._AFTER_VERBS,
        *words._SECOND_ENDS,
        *words._THIRD_ENDS,
        *words._FOURTH_ENDS,
        *words._DOUBLES,
    }
)
_BEGINNINGS = ["", "'", "y", "add", "dy", *words._BEGINNINGS, *words._UNLIKE, *["succ", "proc", "exc"]]
_BEGINNINGS += ["even", "cann", "inn", "earr", "herr", "out"]


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("selling", "sell"),
        ("added", "add"),
        ("ad", "ad"),
        ("international", "internat"),
        ("intern", "intern"),
        ("news", "news"),
        ("dying", "die"),
        ("succeed", "succeed"),
        ("o'neill's", "o'neil"),
        ("well-selling", "well-sel"),
    ],
)
def test_stems_join_the_forms_of_a_word_and_no_others(word: str, root: str) -> None:
    assert stem(word) == root


@pytest.mark.parametrize(
    "word", ["港", "łódź", "u.s", "c++", "$1400s", "us", "", "s" * (LONG_WORD + 1), "gpt-4s"]
)
def test_what_is_no_english_word_is_its_own_stem(word: str) -> None:
    assert stem(word) == word


def test_a_word_of_the_longest_length_still_has_a_stem() -> None:
    assert stem("a" * (LONG_WORD - 4) + "bing") == "a" * (LONG_WORD - 4) + "b"


@given(
    st.tuples(
        st.sampled_from(_BEGINNINGS),
        st.text("abcdegilmnoprstuvwxyz'-", max_size=7),
        st.lists(st.sampled_from(_ENDINGS), max_size=3).map("".join),
    )
    .map("".join)
    .filter(lambda word: 2 < len(word) <= LONG_WORD)
)
@example("early")
@example("communes")
@example("outing")
@dear(250)
def test_stems_are_those_of_the_snowball_project(word: str) -> None:
    assert stem(word) == _THEIRS(word)
