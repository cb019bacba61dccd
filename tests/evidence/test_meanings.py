"""What words count as the same when sentences are compared."""

from __future__ import annotations

import pytest

from sources.evidence.alignment import align
from sources.evidence.synonyms import meaning, with_phrases
from sources.text.tokens import tokenize
from tests.evidence.stories import source


def meanings(text: str) -> list[str]:
    return [meaning(token.norm) for token in tokenize(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("eleven ships", "11 vessels"),
        ("15 percent", "15 percentage"),
        ("$14.3 billion", "14.3 billion"),
        ("thirty companies", "30 firms"),
        ("1,200 employees", "1200 workers"),
        ("purchases", "acquired"),
        ("the 3rd", "the three"),
        ("nurses were inoculated", "nurses were vaccinated"),
        ("the refusal", "the refused"),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert meanings(one) == meanings(other)


@pytest.mark.parametrize(("one", "other"), [("11", "12"), ("14.3", "143"), ("port", "part"), ("b12", "12")])
def test_not_the_same(one: str, other: str) -> None:
    assert meanings(one) != meanings(other)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("she turned the offer down", "refuse"),
        ("the mayor stepped down", "resign"),
        ("the mayor stepped lightly and quickly down", "stepped"),
        ("down she stepped", "stepped"),
    ],
)
def test_a_verb_with_its_particle_is_one_word(written: str, meant: str) -> None:
    read = with_phrases(written.split())
    assert [word for word in read if word not in written.split() or word == "stepped"] == [meant]


def test_a_sentence_is_found_though_hardly_a_word_is_shared() -> None:
    first = source("The firm will purchase the vessel in March for 90 million crowns.")
    second = source("Company buys ship; it pays 90 million crowns in March.", 2)
    assert [row.kind for row in align(first, second).rows] == ["paraphrase"]
