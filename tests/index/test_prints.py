"""Prints of texts: the same for a text, whichever others are printed with it."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from index.minhash import FEWEST, print_terms, similarity, sketches_of_texts

WORDS = [*"abcdefgh", "harbour", "Café", "ſ", "İ", "字", "9_", "𝔸", "\ud800", "—", "\n"]
SKETCHES = [
    "UeBGf8coUX_VJIX7C1sxO4MpLSz_WFuLRO3pwzbM_ARR4EZ_",
    "",
    "1kR1zkFN85Ctd2CC7Xnu2yLaa1bVVY5tGW9rOPMhiN0PjRj2",
]  # of another version, as indexes may hold them
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=3 * FEWEST).map(" ".join), max_size=6)


@given(TEXTS)
def test_company_does_not_change_a_print(texts: list[str]) -> None:
    assert sketches_of_texts(texts) == [sketch for text in texts for sketch in sketches_of_texts([text])]


def test_prints_stay_what_they_were() -> None:
    text = " ".join(f"the {number} cranes of quay {number % 7} stand still," for number in range(40))
    assert sketches_of_texts(["Quay 7.", "…", text]) == SKETCHES


def test_a_text_with_a_few_other_words_is_like_it() -> None:
    words = [f"word{number * number % 911}" for number in range(400)]
    one, other = sketches_of_texts([" ".join(words), " ".join([*words[:200], "another", *words[200:]])])
    assert similarity(one, other) > 0.9


def test_of_texts_that_share_seven_of_ten_runs_98_in_100_meet() -> None:
    chance = random.Random(2)  # noqa: S311 - not for secrets
    tries, met = 20_000, 0
    for _ in range(tries):
        one = [f"{number:02}" for number in range(24)]
        other = [own if chance.random() < 0.7 else "__" for own in one]
        met += not set(print_terms("".join(one))).isdisjoint(print_terms("".join(other)))
    assert 0.978 < met / tries < 0.986
