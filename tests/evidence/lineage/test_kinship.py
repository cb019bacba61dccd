"""Texts that were written by hand for this: they are no part of what the method was made on."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from sources.evidence.lineage.finder import LineageStory, find_lineage
from sources.evidence.lineage.odd_names import reworded_usual_names
from sources.evidence.lineage.retelling_links import LINKED_SCORE, StoryTraits
from sources.model import Origin, Ref, Source

SPUN: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "spun.json").read_text(encoding="utf-8")
)
TOWNS = ["Ardley", "Brockton", "Camber", "Dunmere", "Elsworth", "Farrow", "Gale", "Hexley", "Inver", "Jarrow"]
PEOPLE = ["Ann Bower", "Ben Cray", "Cleo Dorn", "Dan Esk", "Eve Farr", "Finn Gort", "Gus Hale", "Hope Ince"]


def source(text: str, number: int, **facts: str) -> Source:
    given: dict[str, Any] = {"publisher": None, "date": None, **facts}
    return Source(
        Ref("story", number), None, given["publisher"], None, given["date"], None, "en", text, (),
        Origin(None, str(number), "text"),
    )  # fmt: skip


def same_theme(number: int) -> str:
    """Write one of ten short articles on one theme, with facts of its own."""
    town, person = TOWNS[number], PEOPLE[number % len(PEOPLE)]
    return (
        f"The hospital in {town} will open a new ward in {2031 + number % 3}, the Ministry of Health said on"
        f" Monday. The building costs ${number * 7 + 11} million and has {number * 13 + 40} beds. {person},"
        f" the mayor of {town}, said that the Ministry of Health had paid {number * 3 + 21}% of it."
        f' "{town} has waited for this ward since the flood of {1990 + number}," {person.split()[1]} said.'
        " Vaccines are kept in refrigerators that are tested each month. Nurses asked for higher wages."
    )


@pytest.mark.parametrize("row", SPUN, ids=lambda row: str(row["field"]))
def test_a_spun_text_is_linked_to_its_kin_with_evidence_and_odd_names(row: dict[str, Any]) -> None:
    others = [source(same_theme(number), number + 3) for number in range(10)]
    texts = (source(row["original"], 1), source(row["spun"], 2), *others)
    lineage = find_lineage(LineageStory(texts))
    (link,) = lineage.links
    assert (link.a.number, link.b.number, link.rewrite) == (1, 2, True)
    assert link.score > 0.48
    assert len(link.evidence.figures) >= 4
    assert len(link.evidence.quotes) == 2
    found = {one.place.text: one.usual for one in link.name_mismatches}
    wanted = {odd: usual for odd, usual in row["substitutions"].items() if usual}
    assert found.items() >= wanted.items()
    for one in link.name_mismatches:
        for place in filter(None, (one.place, one.counterpart)):
            text = texts[(place.ref.number or 0) - 1].text
            assert text[place.start : place.end] == place.text
    (pair,) = (pair for pair in lineage.pairs if pair.a == link.a)
    assert str(pair.kind) == "rewrite"
    assert len(pair.passages) >= 5


def test_texts_on_one_theme_are_not_linked() -> None:
    texts = [source(same_theme(number), number + 1) for number in range(10)]
    story = StoryTraits([*texts, source(SPUN[0]["original"], 11), source(SPUN[1]["original"], 12)])
    scores = [story.overlap(one, other).score for one, other in combinations(range(12), 2)]
    assert max(scores) < 0.02 < LINKED_SCORE
    assert find_lineage(LineageStory(tuple(texts))).links == ()


def test_shared_quotes_alone_make_no_kin() -> None:
    said = '"We counted the vials twice and then we counted the days," Irma Tollefsen said in Ostermoor.'
    one = source(f"{said} The bridge over the Wend cost $40 million and opened in 2012.", 1)
    other = source(f"Halden has 9 schools and spent $3 million on them. {said}", 2)
    assert find_lineage(LineageStory((one, other))).links == ()


def test_the_later_of_two_kin_is_the_odd_one_when_nobody_else_speaks() -> None:
    row = SPUN[0]
    early, late = source(row["original"], 2, date="2034-09-01"), source(row["spun"], 1, date="2034-09-02")
    (link,) = find_lineage(LineageStory((late, early))).links
    assert {one.place.ref for one in link.name_mismatches} == {late.ref}
    assert link.direction is not None
    assert (link.direction.earlier, link.direction.later, link.direction.basis) == (
        early.ref,
        late.ref,
        "date",
    )


@pytest.mark.parametrize(
    ("said", "odd"),
    [
        (
            "The Global Commerce Group paid for the ward.",
            {"Global Commerce Group": "World Trade Organization"},
        ),
        ("The Euro Main Lender lent the rest.", {"Euro Main Lender": "European Central Bank"}),
        (
            "A letter to the Government Workplace of Investigation was lost.",
            {"Government Workplace of Investigation": "Federal Bureau of Investigation"},
        ),
        ("The World Trade Organisation paid for it.", {}),
        ("The European Main Bank lent the rest.", {}),
        ("The International Monetary Fund and the European Central Bank paid.", {}),
        ("They met at a global commerce group in Halden.", {}),
    ],
)
def test_a_usual_name_with_two_other_words_is_odd(said: str, odd: dict[str, str]) -> None:
    assert {one.place.text: one.usual for one in reworded_usual_names(source(said, 1))} == odd


@pytest.mark.parametrize(
    ("said", "rewrite"),
    [("The Global Commerce Group paid.", True), ("The World Trade Organization paid.", False)],
)
def test_a_long_text_of_the_same_matter_is_a_rewrite_where_a_usual_name_was_reworded(
    said: str,
    rewrite: bool,  # noqa: FBT001
) -> None:
    own = " ".join(
        f"A {one} is a thing that a nurse, in no hurry, may well {other}." for one in OWN for other in OWN
    )
    others = [source(same_theme(number), number + 3) for number in range(10)]
    longer = source(f"{SPUN[0]['spun']} {own} {said}", 2)
    (link,) = find_lineage(LineageStory((source(SPUN[0]["original"], 1), longer, *others))).links
    assert link.rewrite is rewrite


OWN = ("cup", "stove", "broom", "lamp", "towel")
