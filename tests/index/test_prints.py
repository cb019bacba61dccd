"""Prints of texts: the same for a text, whichever others are printed with it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.prints import FEWEST, likeness, sketches_of_texts

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
    assert likeness(one, other) > 0.9
