"""How much of its words makes two quotes one utterance: an example at either side of every edge."""

from __future__ import annotations

import pytest

from sources.evidence.entities.finder import find_entities
from sources.evidence.quote_families.families import find_families
from sources.evidence.quotes import find_quotes
from tests.evidence.stories import source

UTTERANCE = [
    "harbour", "cranes", "lifted", "seven", "rusty", "anchors", "while", "gulls", "circled", "above",
    "frozen", "decks", "until", "pilots", "finally", "rang", "brass", "bells", "twice",
]  # fmt: skip
ROPES = "nobody paid a penny for the new ropes of the eastern quay"
OTHERS = ["lemon", "violet", "copper", "thunder", "meadow", "pepper"]


def quote(same: int, said: str) -> str:
    """Return a quote that has the first ``same`` of the twenty words of the utterance, and others then."""
    return f'"We {" ".join([*UTTERANCE[: same - 1], *OTHERS[: 20 - same]])}," {said}.'


def count(*texts: str) -> int:
    sources = [source(text, number) for number, text in enumerate(texts, 1)]
    return len(find_families([(one, find_quotes(one)) for one in sources], find_entities(sources)))


@pytest.mark.parametrize(("same", "families"), [(15, 1), (14, 2)])
def test_three_quarters_of_the_words_are_enough_of_one_speaker(same: int, families: int) -> None:
    assert count(quote(20, "said Ada Moss"), quote(same, "said Ada Moss")) == families


@pytest.mark.parametrize(("same", "families"), [(17, 1), (16, 2)])
def test_someone_without_a_name_needs_more_of_them(same: int, families: int) -> None:
    assert count(quote(20, "said Ada Moss"), quote(same, "one docker said")) == families


@pytest.mark.parametrize(("same", "families"), [(18, 1), (17, 2)])
def test_another_speaker_needs_nine_tenths_of_them(same: int, families: int) -> None:
    assert count(quote(20, "said Ada Moss"), quote(same, "said Lin Okafor")) == families


@pytest.mark.parametrize(("same", "families"), [(19, 1), (18, 2)])
def test_one_source_says_it_twice_only_in_nearly_the_same_words(same: int, families: int) -> None:
    assert count(f"{quote(20, 'said Ada Moss')} {quote(same, 'said Ada Moss')}") == families


@pytest.mark.parametrize(
    ("words", "families"),
    [
        ("Nobody asked the people about ropes", 1),
        ("Nobody asked people about ropes", 2),
        ("We asked the people about ropes", 1),
        ("We asked the people about it", 2),
    ],
    ids=["six words", "five", "three that tell", "two"],
)
def test_few_words_of_another_speaker_are_no_shift(words: str, families: int) -> None:
    assert count(f'"{words}," said Ada Moss.', f'"{words}," said Lin Okafor.') == families


@pytest.mark.parametrize(
    ("words", "families"),
    [
        ("seven rusty anchors fell", 2),
        ("lifted seven rusty anchors", 1),
        ("lifted seven rusty lemon anchors", 2),
    ],
    ids=["four words and one of its own", "four that are all in a row", "five and one of its own"],
)
def test_a_short_fragment_has_no_words_of_its_own(words: str, families: int) -> None:
    assert count(quote(20, "said Ada Moss"), f"Ada Moss said they “{words}” that day.") == families


@pytest.mark.parametrize(("same", "kinds"), [(8, ["full", "merged"]), (7, ["full"])])
def test_a_sentence_is_merged_from_what_it_has_much_of(same: int, kinds: list[str]) -> None:
    first = quote(20, "said Ada Moss")
    second = f'"{ROPES.capitalize()} this year," said Ada Moss.'
    joined = f'"{" ".join(UTTERANCE[:same])} and {ROPES}," said Ada Moss.'
    sources = [source(text, number) for number, text in enumerate((f"{first} {second}", joined), 1)]
    found = find_families([(one, find_quotes(one)) for one in sources], find_entities(sources))
    assert [str(variant.kind) for variant in found[0].variants] == kinds


def test_a_sentence_that_two_sources_quote_is_merged_from_nothing() -> None:
    whole = f'"{" ".join(UTTERANCE[:8])} and {ROPES}," said Ada Moss.'
    parts = f'{quote(20, "said Ada Moss")} "{ROPES.capitalize()}," said Ada Moss.'
    sources = [source(text, number) for number, text in enumerate((parts, whole, f"Hours later. {whole}"), 1)]
    found = find_families([(one, find_quotes(one)) for one in sources], find_entities(sources))
    assert not any(str(variant.kind) == "merged" for family in found for variant in family.variants)


def test_a_firm_and_the_person_who_speaks_for_it_are_no_two_speakers() -> None:
    def shifts(first: str, second: str) -> list[bool]:
        texts = [quote(20, f"said {first}"), quote(20, f"said {second}")]
        sources = [source(text, number) for number, text in enumerate(texts, 1)]
        found = find_families([(one, find_quotes(one)) for one in sources], find_entities(sources))
        return [variant.shift for family in found for variant in family.variants]

    assert shifts("Ada Moss", "Northport Holdings Inc.") == [False, False]
    assert shifts("Ada Moss", "Lin Okafor") == [False, True]
