"""What it takes to be a copy, one text, one passage, a credit or a lead: both sides of every edge."""

from __future__ import annotations

import pytest

from sources.evidence.lineage import Lineage, ReuseKind
from sources.evidence.lineage.finder import LineageStory, find_lineage
from sources.evidence.lineage.text_reuse import places_of, reuse_of
from sources.model import Origin, Ref, Source


def words(name: str, count: int) -> str:
    """Return words that no other name has."""
    return " ".join(f"{name}{number}" for number in range(count))


def source(text: str, number: int, publisher: str | None = None) -> Source:
    origin = Origin(None, str(number), "text")
    return Source(Ref("story", number), None, publisher, None, None, None, None, text, (), origin)


def lineage_of(*texts: str, publisher: str | None = None) -> Lineage:
    return find_lineage(
        LineageStory(tuple(source(text, number, publisher) for number, text in enumerate(texts, 1)))
    )


@pytest.mark.parametrize(("part", "kind"), [(80, ReuseKind.COPY), (79, ReuseKind.PARTIAL)])
def test_a_copy_shares_four_fifths_of_either_text(part: int, kind: ReuseKind) -> None:
    whole, piece = words("w", 100), words("w", part)
    for texts in ((whole, piece), (piece, whole)):
        (pair,) = lineage_of(*texts).pairs
        assert pair.kind is kind


@pytest.mark.parametrize(("shared", "groups"), [(50, 2), (51, 1)])
def test_two_texts_are_one_from_more_than_half_of_either(shared: int, groups: int) -> None:
    texts = [f"{words('w', shared)} {words(own, 100 - shared)}" for own in "ab"]
    assert len(lineage_of(*texts).groups) == groups


@pytest.mark.parametrize(("differing", "passages"), [(4, 1), (5, 2)])
def test_a_passage_goes_on_after_four_other_words(differing: int, passages: int) -> None:
    changed = f"{words('a', 20)} {words('new', differing)} {words('b', 20)}"
    (pair,) = lineage_of(f"{words('a', 20)} {words('b', 20)}", changed).pairs
    assert len(pair.passages) == passages


@pytest.mark.parametrize(("credit", "kind"), [(7, ReuseKind.QUOTES), (8, ReuseKind.PARTIAL)])
def test_seven_words_between_two_quotes_are_their_credit(credit: int, kind: ReuseKind) -> None:
    quotes = f"“{words('a', 20)},” {words('said', credit)}, “{words('b', 20)}.”"
    (pair,) = lineage_of(f"{quotes} {words('x', 60)}", f"{quotes} {words('y', 60)}").pairs
    assert pair.kind is kind


@pytest.mark.parametrize(("lead", "background"), [(14, False), (15, True)])
def test_what_an_outlet_repeats_in_its_lead_is_no_background(lead: int, background: bool) -> None:  # noqa: FBT001
    texts = [f"{words(own, lead)} {words('w', 40)} {words(own * 2, 60 - lead)}" for own in "ab"]
    (pair,) = lineage_of(*texts, publisher="The Courier").pairs
    assert pair.background is background


@pytest.mark.parametrize(("count", "least", "most"), [(50, 50 * 49 // 2, 50 * 49 // 2), (51, 0, 9)])
def test_what_more_than_fifty_texts_say_tells_nothing(count: int, least: int, most: int) -> None:
    # A few pairs are left: beside own words a passage may have a fingerprint in two texts alone.
    owns = [chr(97 + number % 20) + chr(97 + number // 20) for number in range(count)]
    texts = [f"{words(own, 20)} {words('w', 12)}" for own in owns]
    assert least <= len(lineage_of(*texts).pairs) <= most


@pytest.mark.parametrize(("length", "shared", "found"), [(20, 10, 1), (20, 9, 0), (40, 12, 1), (40, 11, 0)])
def test_a_passage_stands_elsewhere_by_half_of_it_or_twelve_words(
    length: int, shared: int, found: int
) -> None:
    passage = words("w", length)
    text = f"{words('x', 30)} {words('w', shared)} {words('y', 30)}"
    assert len(list(places_of(passage, [source(text, 1)]))) == found


@pytest.mark.parametrize(("between", "found"), [(6, 1), (7, 0)])
def test_one_place_may_have_six_other_words_in_it(between: int, found: int) -> None:
    passage = f"{words('a', 5)} {words('b', 5)} {words('c', 10)}"
    text = f"{words('a', 5)} {words('new', between)} {words('b', 5)} {words('y', 30)}"
    assert len(list(places_of(passage, [source(text, 1)]))) == found


@pytest.mark.parametrize(("shared", "share"), [(30, 0.3), (29, None)])
def test_three_tenths_of_a_new_text_elsewhere_are_told(shared: int, share: float | None) -> None:
    text = f"{words('w', shared)} {words('own', 100 - shared)}"
    found = reuse_of(source(text, 1), [source(f"{words('w', shared)} {words('y', 200)}", 2)])
    assert (found and found.share) == share
