from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from tui.cli.command import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NUMBER_OF_ARTICLE = 14  # the sample's article is added after the thirteen texts of its page


@pytest.fixture
def texts(story: Path, crossread: Callable[..., Any]) -> dict[int, str]:
    assert story.is_dir()
    return {
        number: crossread("show", f"harbour-deal/{number}", "--json").json["text"]
        for number in range(1, NUMBER_OF_ARTICLE + 1)
    }


def test_planted_rows_of_the_sample_are_found(
    texts: dict[int, str], crossread: Callable[..., Any], sample_truth: dict[str, Any]
) -> None:
    rows = crossread("figures", "harbour-deal", "--json").json["rows"]
    said: dict[tuple[str, str, int, int], float] = {}
    for row in rows:
        for value in row["values"]:
            for mention in value["mentions"]:
                said[row["id"], mention["ref"], mention["start"], mention["end"]] = value["value"]

    def holds(identifier: str, value: float, mention: dict[str, Any]) -> bool:
        number = NUMBER_OF_ARTICLE if mention["number"] == "article" else mention["number"]
        text, wanted = texts[number], mention["text"]
        starts = [place for place in range(len(text)) if text.startswith(wanted, place)]
        return any(
            said.get((identifier, f"harbour-deal/{number}", at, end)) == value
            for start in starts
            for at in range(start, start + 8)
            for end in range(at, start + len(wanted) + 1)
        )

    claimed = set()
    for planted in sample_truth["figures"]:
        held = [
            row
            for row in rows
            if all(
                holds(row["id"], value["value"], mention)
                for value in planted["values"]
                for mention in value["mentions"]
            )
        ]
        assert [row["status"] for row in held] == [planted["status"]], planted["id"]
        assert held[0]["kind"] == planted["kind"]
        claimed.add(held[0]["id"])
        before = [value["value"] for value in held[0]["values"] if value["before"]]
        assert before == ([planted["before"]] if "before" in planted else [])
    assert len(claimed) == len(sample_truth["figures"])


@pytest.mark.usefixtures("story")
def test_muted_figures_are_in_no_row(crossread: Callable[..., Any]) -> None:
    rows = crossread("figures", "harbour-deal", "--json").json["rows"]
    written = {value["text"] for row in rows for value in row["values"]}
    assert written.isdisjoint({"$35M", "$18.42", "$7.05", "+12.4%", "-1.8%", "7 tide tables"})


@pytest.mark.usefixtures("story")
def test_one_source_shows_the_rows_of_its_story(crossread: Callable[..., Any]) -> None:
    rows = crossread("figures", "harbour-deal/5", "--json").json["rows"]
    assert {mention["ref"] for row in rows for value in row["values"] for mention in value["mentions"]} == {
        "harbour-deal/5"
    }
    assert "conflict" in {row["status"] for row in rows}
    summary = crossread("figures", "harbour-deal/summary", "--json").json["rows"]
    assert {
        mention["ref"] for row in summary for value in row["values"] for mention in value["mentions"]
    } == {"harbour-deal/summary"}


@pytest.mark.usefixtures("story")
def test_a_kind_may_be_asked_for_and_nothing_found_says_so(crossread: Callable[..., Any]) -> None:
    rows = crossread("figures", "harbour-deal", "--kind", "percent", "--json").json["rows"]
    assert {row["kind"] for row in rows} == {"percent"}
    nothing = crossread("figures", "harbour-deal/3", "--kind", "money")
    assert (nothing.status, nothing.out) == (ExitCode.NOTHING_FOUND, "")
    assert crossread("figures", "nowhere").status == ExitCode.USAGE
    assert crossread("figures", "nowhere", "--json").json["rows"] == []


def test_no_cell_of_a_sheet_is_a_formula(crossread: Callable[..., Any]) -> None:
    text = "The stock (=HYPERLINK) rose +2.3% and fell -1.5% at @noon.\n"
    assert crossread("add", "-", "--story", "odd", stdin=text).status == 0
    sheet = crossread("figures", "odd", "--csv").out
    cells = [cell for line in csv.reader(io.StringIO(sheet)) for cell in line]
    assert {"'+2.3%", "'-1.5%"} <= set(cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == ["-1.5"]  # a number
