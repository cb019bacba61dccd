"""Quote families: the bundled story as its truth tells it, and each rule by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.evidence.entities.finder import find_entities
from sources.evidence.quote_families.families import find_families
from sources.evidence.quotes import find_quotes
from sources.evidence_cache import EvidenceCache
from tests.evidence.stories import source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.evidence.quote_families import QuoteFamily, QuoteVariant
    from sources.library import Library


def families(*texts: str) -> tuple[QuoteFamily, ...]:
    sources = [source(text, number) for number, text in enumerate(texts, 1)]
    return find_families([(one, find_quotes(one)) for one in sources], find_entities(sources))


def changed(family: QuoteFamily, *texts: str) -> list[list[str]]:
    return [
        [texts[(variant.ref.number or 0) - 1][span.start : span.end] for span in variant.altered]
        for variant in family.variants
    ]


def test_the_bundled_story_has_the_families_of_its_truth(
    sample_library: Library, sample_truth: dict[str, Any]
) -> None:
    found = {family.text: family for family in EvidenceCache(sample_library).quote_families("harbour-deal")}
    assert found.keys() == {row["text"] for row in sample_truth["quotes"]}
    for row in sample_truth["quotes"]:
        family = found[row["text"]]
        assert family.speaker == (row["speaker"] or "One crane driver")
        wanted = {
            (14 if one["number"] == "article" else one["number"]): (
                one["text"], one["speaker"] or "One crane driver", one["cue"], one["kind"]
            )
            for one in row["variants"]
        }  # fmt: skip
        got = {one.ref.number: (one.text, one.speaker, one.cue, str(one.kind)) for one in family.variants}
        assert got == wanted, row["id"]
        assert not any(one.shift or one.altered for one in family.variants)


def test_later_copies_of_a_text_are_known_as_such(sample_library: Library) -> None:
    (family,) = [
        one for one in EvidenceCache(sample_library).quote_families("harbour-deal") if "cousin" in one.text
    ]
    assert {one.ref.number: one.copied for one in family.variants} == {2: False, 7: True, 10: True}


def test_altered_and_dropped_words_are_marked() -> None:
    texts = (
        '"We will never sell the old harbour to anybody," said Ada Moss.',
        '"We will not sell the harbour to anybody," said Ada Moss.',
        '"We will never sell the old harbour to anybody," Moss said. Ada Moss smiled.',
    )
    (family,) = families(*texts)
    assert family.text == "We will never sell the old harbour to anybody."
    assert changed(family, *texts) == [[], ["not"], []]
    assert [family.text[start:end] for start, end in family.variants[1].left_out] == ["never", "old"]


def test_the_same_words_given_to_another_speaker_are_a_shift() -> None:
    (family,) = families(
        '"Nobody asked the people who catch the heavy ropes," said Petra Holm.',
        '"Nobody asked the people who catch the heavy ropes," Petra Holm said.',
        '"Nobody asked the people who catch the heavy ropes," said Lin Okafor.',
    )
    assert family.speaker == "Petra Holm"
    assert [(one.speaker, one.shift) for one in family.variants] == [
        ("Petra Holm", False), ("Petra Holm", False), ("Lin Okafor", True)
    ]  # fmt: skip


def test_what_two_persons_say_alike_stays_apart() -> None:
    alike = families(
        '"We are very pleased with the result," said Petra Holm.',
        '"We are very pleased with this result," said Lin Okafor.',
    )
    assert [family.speaker for family in alike] == ["Petra Holm", "Lin Okafor"]
    both = families(
        '"The northern harbour wall must be rebuilt by spring," said Petra Holm. '
        '"The northern harbour wall must be rebuilt by spring," said Lin Okafor.',
        '"The northern harbour wall must be rebuilt by spring," said Lin Okafor.',
    )
    assert [(family.speaker, len(family.variants)) for family in both] == [
        ("Petra Holm", 1),
        ("Lin Okafor", 2),
    ]


def test_sentences_that_merely_share_words_stay_apart() -> None:
    assert len(families(
        '"The price of the harbour is far too low for what it is," said Ada Moss.',
        '"The harbour is what it is, and too low a price is far from us," said Ada Moss.',
    )) == 2  # fmt: skip


def test_a_fragment_goes_with_its_own_speaker() -> None:
    found = families(
        '"We will fight this sale in every court of the land," said Ada Moss.',
        'Lin Okafor said that they would "fight this sale" as long as they could.',
        'Ada Moss said that they would "fight this sale in every court" there is.',
    )
    assert [(family.speaker, [one.ref.number for one in family.variants]) for family in found] == [
        ("Ada Moss", [1, 3]), ("Lin Okafor", [2])
    ]  # fmt: skip


def test_an_office_is_whom_the_others_name() -> None:
    (family,) = families(
        '"Nobody asked the people who catch the ropes," said Petra Holm, the head of the union.',
        '"Nobody asked the people who catch the ropes," the head of the union said.',
    )
    assert [(one.speaker, one.named, one.shift) for one in family.variants] == [
        ("Petra Holm", "Petra Holm", False), ("Petra Holm", "the head of the union", False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "speaker"),
    [
        ("“It came like a train,” said Ada Moss, a baker.", "Ada Moss"),
        ("“It came like a train,” said Ada Moss, a baker. Lin Okafor, a baker, fled.", None),
        ("“It came like a train,” said Ada Moss, a miller.", None),
    ],
)
def test_a_description_is_whom_another_source_calls_so(other: str, speaker: str | None) -> None:
    text = "Ada Moss owns the shop.\n\nIt rained for days. “We sat on the roof all night,” the baker said."
    (family,) = (one for one in families(other, text) if "roof" in one.text)
    assert family.variants[0].speaker == (speaker or "the baker")


def test_a_name_in_another_spelling_is_no_shift() -> None:
    (family,) = families(
        '"Neutral water is the only thing we sell these days," said Jonah Vance.',
        '"Neutral water is the only thing we sell these days," stated Jonah Vence.',
    )
    assert [(one.speaker, one.shift) for one in family.variants] == [
        ("Jonah Vance", False), ("Jonah Vence", False)
    ]  # fmt: skip


def test_words_in_marks_that_nobody_said_are_in_no_family() -> None:
    assert families('The so-called "ghost port" opened.', 'A "ghost port" is a port.') == ()


@pytest.mark.long
def test_thousands_of_quotes_are_put_together_in_order() -> None:
    texts = [
        "".join(
            f'"Quay {number} of harbour {number % 7} is sold to buyer {place}," said Ada Moss.\n'
            for number in range(300)
        )
        for place in range(10)
    ]
    assert sum(len(family.variants) for family in families(*texts)) == 3000


words = st.sampled_from(
    ["the", "harbour", "is", "sold", "to", "nobody", "we", "catch", "ropes", "will", "港", "", "''", ",", "."]
)
credit = st.sampled_from(['" said Ada Moss. ', '," Lin Okafor said. ', '" ', '," he said.\n', ".\n"])


def _texts(drawn: list[list[tuple[list[str], str]]]) -> Iterator[str]:
    for quotes in drawn:
        yield "".join(f'"{" ".join(said)}{ending}' for said, ending in quotes)


@pytest.mark.long
@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.tuples(st.lists(words, max_size=9), credit), max_size=4), max_size=4))
def test_every_direct_quote_with_words_is_in_a_family_and_all_spans_are_true(
    drawn: list[list[tuple[list[str], str]]],
) -> None:
    texts = list(_texts(drawn))
    found = families(*texts)
    placed: set[tuple[object, int]] = set()
    for family in found:
        for one in family.variants:
            _is_true(one, texts[(one.ref.number or 0) - 1], family.text)
            placed.add((one.ref, one.start))
    for number, text in enumerate(texts, 1):
        for quote in find_quotes(source(text, number)):
            start, _ = quote.words(text)
            assert not quote.direct or (source(text, number).ref, start) in placed


def _is_true(one: QuoteVariant, text: str, whole: str) -> None:
    assert one.text == text[one.start : one.end]
    assert one.start <= one.part.start < one.part.end <= one.end
    assert all(one.part.start <= start < end <= one.part.end for start, end in one.altered)
    assert all(0 <= start < end <= len(whole) for start, end in one.left_out)
