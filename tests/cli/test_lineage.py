from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("story")
STORY = "harbour-deal"


def test_people_see_counts_map_trees_and_odd_names(crossread: Callable[..., Any]) -> None:
    answer = crossread("lineage", STORY)
    assert answer.status == 0
    assert answer.out.startswith(f"{STORY}: 14 listed, 12 distinct texts, ")
    assert "  ├─ harbour-deal/7 (partial, 100%)" in answer.out.replace("│", " ")
    assert "Sable Level" in answer.out
    assert "Sable Point" in answer.out


def test_a_claim_is_followed_to_its_origin(crossread: Callable[..., Any]) -> None:
    claim = "Blackfen means to move its ships to Greywater"
    document = crossread("lineage", STORY, "--claim", claim, "--json").json
    assert [origin["name"] for origin in document["origins"]] == ["Ledger Wire"]
    texts = {row["ref"]: crossread("show", row["ref"], "--json").json["text"]
             for row in document["claim"]["sentences"]}  # fmt: skip
    assert texts.keys() >= {f"{STORY}/2", f"{STORY}/11", f"{STORY}/12"}
    for row in document["claim"]["sentences"]:
        assert texts[row["ref"]][row["start"] : row["end"]] == row["text"]
    answer = crossread("lineage", STORY, "--claim", claim)
    assert "1 independent origin\n" in answer.out
    assert "Ledger Wire" in answer.out


def test_a_sentence_is_asked_about_by_its_place(crossread: Callable[..., Any]) -> None:
    text = crossread("show", f"{STORY}/2", "--json").json["text"]
    at = text.index("means to move its ships")
    document = crossread("lineage", STORY, "--sentence", f"{STORY}/2", at, "--json").json
    assert document["claim"]["text"].startswith("Blackfen Shipping, the port's biggest customer")
    assert [origin["name"] for origin in document["origins"]] == ["Ledger Wire"]


def test_a_choice_of_sources_is_a_story_of_its_own(crossread: Callable[..., Any]) -> None:
    document = crossread("lineage", STORY, "--sources", "2,7,9-10", "--json").json
    assert (document["listed"], document["texts"]) == (4, 2)
    assert document["groups"] == [[f"{STORY}/2", f"{STORY}/7", f"{STORY}/10"], [f"{STORY}/9"]]


def test_the_picture_is_whole_always_the_same_and_never_over_a_file(
    crossread: Callable[..., Any], tmp_path: Path
) -> None:
    first, second = tmp_path / "first.svg", tmp_path / "second.svg"
    assert crossread("lineage", STORY, "--svg", first).status == 0
    assert crossread("lineage", STORY, "--svg", second).status == 0
    assert first.read_bytes() == second.read_bytes()
    told = "".join(ET.fromstring(first.read_text(encoding="utf-8")).itertext())  # noqa: S314 - our own
    assert "14 listed, 12 distinct texts" in told
    assert "harbour-deal/7 in harbour-deal/10: 100%" in told
    again = crossread("lineage", STORY, "--svg", first)
    assert again.status == 2
    assert "is there already" in again.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere",), "There is no story nowhere"),
        ((STORY, "--sources", "99"), "There is no source harbour-deal/99"),
        ((STORY, "--sources", "two"), "names no sources"),
        ((STORY, "--sources", "5-2"), "names no sources"),
        ((STORY, "--claim", " "), "The claim is empty"),
        ((STORY, "--claim", "a", "--sentence", f"{STORY}/1", "0"), "not about both"),
        ((STORY, "--sentence", f"{STORY}/1", "999999"), "There is no sentence at 999999"),
        ((STORY, "--sentence", "elsewhere/1", "0"), "is not in harbour-deal"),
    ],
)
def test_what_makes_no_sense_gets_a_clear_line(
    words: tuple[str, ...], said: str, crossread: Callable[..., Any]
) -> None:
    answer = crossread("lineage", *words)
    assert answer.status == 2
    assert said in answer.err
    assert answer.out == ""


@pytest.mark.parametrize("claim", ["Penguins dance in Antarctica", "the", "!!!"])
def test_a_claim_that_nobody_states_is_nothing_found(claim: str, crossread: Callable[..., Any]) -> None:
    answer = crossread("lineage", STORY, "--claim", claim, "--json")
    assert answer.status == 1
    assert answer.json["claim"]["sentences"] == answer.json["origins"] == []
