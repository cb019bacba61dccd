from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sources import sample

if TYPE_CHECKING:
    from collections.abc import Callable

PASSAGE = "The promise has not settled nerves along the quay."


@pytest.mark.usefixtures("story")
def test_a_sentence_is_found_where_else_it_stands(crossread: Callable[..., Any]) -> None:
    text = crossread("show", "harbour-deal/2", "--json").json["text"]
    start = text.index(PASSAGE)
    by_place = crossread("elsewhere", "harbour-deal/2", start, start + len(PASSAGE), "--json").json
    assert by_place["passage"]["text"] == PASSAGE
    assert [row["ref"] for row in by_place["places"]] == ["harbour-deal/7", "harbour-deal/10"]
    for row in by_place["places"]:
        there = crossread("show", row["ref"], "--json").json["text"]
        assert there[row["start"] : row["end"]] == row["text"] == PASSAGE[:-1]
    by_quote = crossread("elsewhere", "harbour-deal/2", "--quote", PASSAGE, "--json").json
    assert by_quote["places"] == by_place["places"]
    anywhere = crossread("elsewhere", "--quote", PASSAGE, "--json").json
    assert {row["ref"] for row in anywhere["places"]} == {f"harbour-deal/{number}" for number in (2, 7, 10)}
    assert "100%" in crossread("elsewhere", "--quote", PASSAGE).out


@pytest.mark.usefixtures("story")
def test_what_stands_nowhere_else_is_nothing_found(crossread: Callable[..., Any]) -> None:
    answer = crossread("elsewhere", "harbour-deal/3", "--quote", "Petra Holm keeps a list of every promise")
    assert answer.status == 1
    assert "Not found elsewhere" in answer.err


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Say what to look for"),
        (("--quote", "too few words"), "it takes five words"),
        (("harbour-deal/2", "--quote", "not said there at all"), "does not say"),
        (("harbour-deal/2", "7"), "Say what to look for"),
        (("harbour-deal/2", "9", "7"), "has no passage"),
        (("harbour-deal/99", "0", "70"), "harbour-deal/99"),
    ],
)
def test_what_makes_no_sense_gets_a_clear_line(
    words: tuple[str, ...], said: str, crossread: Callable[..., Any]
) -> None:
    answer = crossread("elsewhere", *words)
    assert answer.status == 2
    assert said in answer.err


def test_adding_tells_whose_text_a_source_is(crossread: Callable[..., Any], tmp_path: Path) -> None:
    crossread("add", sample.page_path(), "--story", "first")
    text = crossread("show", "first/12", "--json").json["text"]
    part = tmp_path / "part.txt"
    part.write_text(text[len(text) // 3 :], encoding="utf-8")
    answer = crossread("add", part, "--story", "second")
    assert "100% of second/1 is in first/12" in answer.err
    other = tmp_path / "other.txt"
    other.write_text(text[: len(text) // 2] + " And so on. " * 20, encoding="utf-8")
    (row,) = crossread("add", other, "--story", "third", "--json").json["reuse"]
    assert (row["ref"], row["in"]) == ("third/1", "first/12")
    assert 0.5 < row["share"] < 1


SPUN = Path(__file__).parents[1] / "evidence" / "data" / "spun.json"


def test_adding_proposes_the_story_to_which_a_single_article_belongs(
    crossread: Callable[..., Any], tmp_path: Path
) -> None:
    medicine, sport = json.loads(SPUN.read_text(encoding="utf-8"))
    for name, text in (("medicine", medicine["original"]), ("sport", sport["original"])):
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        answer = crossread("add", path, "--story", name, "--json").json
        assert answer["proposed"] == []
    spun = tmp_path / "spun.txt"
    spun.write_text(medicine["spun"], encoding="utf-8")
    answer = crossread("add", spun, "--story", "alone")
    assert "alone/1 says the same as medicine/1: crossread story move alone/1 medicine" in answer.err
    spun.write_text(medicine["spun"] + " And so on.", encoding="utf-8")
    (row,) = crossread("add", spun, "--story", "alone", "--json").json["proposed"]
    assert (row["ref"], row["story"], row["kin"]) == ("alone/1", "medicine", "medicine/1")
    assert 0.15 <= row["score"] <= 1
    assert crossread("add", spun, "--story", "medicine", "--json").json["proposed"] == []


FERRY = (
    (
        "The ferry Ostrava ran aground off Saltmarsh, and 214 passengers were taken to Port Velden. "
        "Captain Ines Maruk told the Harbour Authority that the rudder had failed."
    ),
    (
        "All 214 passengers are safe, Ines Maruk said after her ship, the Ostrava, struck a bank near "
        "Saltmarsh. People in Port Velden gave them beds; the Harbour Authority wants to see the rudder."
    ),
)


def test_adding_several_articles_proposes_a_story_of_those_that_tell_one_event(
    crossread: Callable[..., Any], tmp_path: Path
) -> None:
    texts = {"ferry": FERRY[0], "rail": "Drivers of the Velden Railway stopped work.", "rudder": FERRY[1]}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(f"The {name} today\n\n{text}\n", encoding="utf-8")
    paths = [tmp_path / f"{name}.txt" for name in texts]
    answer = crossread("add", *paths, "--date", "2031-06-12", "--json")
    (group,) = answer.json["groups"]
    lead, other = group["stories"]
    assert {lead, other} == {"ferry-today", "rudder-today"}
    assert group["refs"] == [f"{lead}/1", f"{other}/1"]
    assert (group["into"], group["kin"]) == (lead, f"{lead}/1")
    assert group["title"] == f"The {lead.removesuffix('-today')} today"
    assert {"Saltmarsh", "Ostrava"} <= set(group["why"]["names"])
    assert group["why"]["figures"] == ["214 passengers"]
    assert group["command"] == f"crossread story merge {other} {lead}"
    assert f"2 of the new texts may be one story ({group['why']['names'][0]}, " in answer.err
    assert group["command"] in answer.err
    assert crossread(*group["command"].split()[1:], "--json").json["moved"]
    assert crossread("add", *paths, "--json").json["groups"] == []
