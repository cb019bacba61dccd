from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from tui.cli.command import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "=The mill burned on 31 February 1809. It was rebuilt last year.\n"


@pytest.mark.usefixtures("story")
def test_sentences_of_events_hold_their_dates(crossread: Callable[..., Any]) -> None:
    document = crossread("timeline", "harbour-deal", "--json").json
    texts = {
        entry["ref"]: crossread("show", entry["ref"], "--json").json["text"]
        for entry in crossread("sources", "harbour-deal", "--json").json["sources"]
    }
    assert document["story"] == "harbour-deal"
    mentions = [mention for event in document["events"] for mention in event["mentions"]]
    assert len(mentions) > 30
    for mention in mentions:
        start, end = mention["sentence"]
        assert start <= mention["start"] < mention["end"] <= end
        assert texts[mention["ref"]][mention["start"] : mention["end"]] == mention["text"]
    dated = [event["start"] or event["end"] for event in document["events"] if event["status"] != "open"]
    assert dated == sorted(dated)
    assert {"1874-01-01", "2030-01-01"} <= set(dated)


def test_relative_dates_count_from_the_date_of_the_source(crossread: Callable[..., Any]) -> None:
    crossread("add", "-", "--story", "mill", "--date", "2031-06-18", stdin=TEXT)
    last_year, never = crossread("timeline", "mill", "--json").json["events"]
    assert (last_year["start"], last_year["end"]) == ("2030-01-01", "2030-12-31")
    assert (never["status"], never["mentions"][0]["open_because"]) == ("open", "there is no such day")
    sheet = list(csv.reader(io.StringIO(crossread("timeline", "mill", "--csv").out)))
    assert len(sheet) == 3
    assert not [cell for line in sheet for cell in line if cell.startswith("=")]


def test_nothing_found_and_no_such_story(crossread: Callable[..., Any]) -> None:
    crossread("add", "-", "--story", "mill", stdin="Nothing happened.\n")
    nothing = crossread("timeline", "mill")
    assert (nothing.status, nothing.out) == (ExitCode.NOTHING_FOUND, "")
    assert crossread("timeline", "nowhere").status == ExitCode.USAGE
    assert crossread("timeline", "nowhere", "--json").json["events"] == []
