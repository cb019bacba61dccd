"""What is said of a source can be put right, and all that depends on it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Call = Callable[..., Answer]

FERRY = "Ferry late again\n\nThe ferry ran aground yesterday. The council said so on Tuesday.\n"
BRIDGE = "Bridge to close\n\nThe bridge will close on 4 May 2031, the council said.\n"


@pytest.fixture
def marsh(crossread: Call, tmp_path: Path) -> None:
    for name, text in (("bridge", BRIDGE), ("ferry", FERRY)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        crossread("add", tmp_path / f"{name}.txt", "--story", "marsh")


def days(crossread: Call) -> list[str | None]:
    return [event["start"] for event in crossread("timeline", "marsh", "--json").json["events"]]


def newest(crossread: Call) -> list[str]:
    return [hit["ref"] for hit in crossread("search", "council", "--sort", "newest", "--json").json["hits"]]


@pytest.mark.usefixtures("marsh")
def test_a_day_that_is_put_right_moves_the_timeline_and_the_order_of_hits(crossread: Call) -> None:
    assert days(crossread) == ["2031-05-04", None, None]
    crossread("edit", "marsh/2", "--date", "15 May 2031")
    assert days(crossread) == ["2031-05-04", "2031-05-13", "2031-05-14"]
    crossread("edit", "marsh/1", "--date", "2031-05-14")
    assert newest(crossread) == ["marsh/2", "marsh/1"]
    crossread("edit", "marsh/1", "--date", "2031-05-16")
    assert newest(crossread) == ["marsh/1", "marsh/2"]
    assert crossread("undo").out.startswith("undone: date of marsh/1 edited, ")
    assert newest(crossread) == ["marsh/2", "marsh/1"]
    crossread("redo")
    assert newest(crossread) == ["marsh/1", "marsh/2"]


def test_a_toll_that_rises_is_an_update_once_the_days_are_known(crossread: Call, tmp_path: Path) -> None:
    for name, toll in (("a", 12), ("b", 15)):
        text = f"Blast kills {toll}\n\nThe blast at the mill killed {toll} people, police said.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        crossread("add", tmp_path / f"{name}.txt", "--story", "mill")
    (row,) = crossread("figures", "mill", "--json").json["rows"]
    assert row["status"] == "possible"
    crossread("edit", "mill/1", "--date", "2031-05-01")
    crossread("edit", "mill/2", "--date", "2031-05-03")
    (row,) = crossread("figures", "mill", "--json").json["rows"]
    assert row["status"] == "updated"


@pytest.mark.usefixtures("marsh")
def test_what_is_put_right_holds_when_the_file_comes_again(crossread: Call, tmp_path: Path) -> None:
    crossread("edit", "marsh/2", "--date", "2031-05-15", "--title", "Aground")
    (tmp_path / "ferry.txt").write_text(FERRY + "\nNobody was hurt.\n", encoding="utf-8")
    crossread("add", tmp_path / "ferry.txt")
    (_, entry) = crossread("sources", "marsh", "--json").json["sources"]
    assert (entry["title"], entry["date"], entry["version"]) == ("Aground", "2031-05-15", 2)


@pytest.mark.usefixtures("marsh")
def test_a_publisher_is_offered_to_the_others_of_its_domain(crossread: Call) -> None:
    crossread("edit", "marsh/1", "--url", "https://www.courier.example/bridge")
    crossread("edit", "marsh/2", "--url", "https://courier.example/ferry")
    told = crossread("edit", "marsh/2", "--publisher", "The Courier")
    assert "1 other source of courier.example has another publisher or none (marsh/1)" in told.err
    done = crossread("edit", "marsh/2", "--publisher", "The Courier", "--same-domain", "--json").json
    assert (done["changed"], done["unchanged"], done["same_domain"]) == (["marsh/1"], ["marsh/2"], None)
    assert {entry["publisher"] for entry in crossread("sources", "--json").json["sources"]} == {"The Courier"}


@pytest.mark.usefixtures("marsh")
def test_an_empty_value_takes_away_and_the_same_value_changes_nothing(crossread: Call) -> None:
    crossread("edit", "marsh/1", "marsh/2", "--publisher", "The Courier")
    assert crossread("edit", "marsh/1", "--publisher", "The Courier").out == "unchanged: marsh/1\n"
    assert crossread("edit", "marsh/1", "--publisher", "").out == "changed: marsh/1\n"
    assert crossread("show", "marsh/1", "--json").json["publisher"] is None


@pytest.mark.usefixtures("marsh")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("marsh/1",), "edit needs a detail to change"),
        (("marsh/1", "--date", "soon"), "'soon' is not a date"),
        (("marsh/1", "--date", "2031-02-30"), "'2031-02-30' is not a date"),
        (("marsh/1", "--url", "the paper"), "is not one that begins with http"),
        (("marsh/1", "--language", "english"), "is not a language code"),
        (("marsh/1", "--slug", "fen"), "a slug is a story's"),
        (("marsh", "--publisher", "P"), "name them as marsh/N"),
        (("marsh", "marsh/1", "--title", "T"), "one story, or any number of sources"),
        (("marsh", "--slug", "The Fen"), "cannot name a story"),
        (("marsh/1", "--title", "T", "--same-domain"), "goes with a publisher"),
        (("marsh/1", "--publisher", "P", "--same-domain"), "No address is known"),
        (("marsh/9", "--title", "T"), "There is no source marsh/9"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error_and_changes_nothing(
    crossread: Call, words: tuple[str, ...], said: str
) -> None:
    before = crossread("sources", "--json").out
    answer = crossread("edit", *words)
    assert answer.status == 2
    assert said in answer.err
    assert crossread("sources", "--json").out == before


@pytest.mark.parametrize(("said", "kept"), [("en", "en"), ("DE", "de"), ("pt-BR", "pt-BR")])
@pytest.mark.usefixtures("marsh")
def test_a_language_is_kept_by_its_code(crossread: Call, said: str, kept: str) -> None:
    crossread("edit", "marsh/1", "--language", said)
    assert crossread("show", "marsh/1", "--json").json["language"] == kept


@pytest.mark.usefixtures("marsh")
def test_a_renamed_story_keeps_its_notes_its_index_and_its_searches(crossread: Call) -> None:
    crossread("note", "add", "marsh/2", "--quote", "aground", "--text", "Where?")
    done = crossread("edit", "marsh", "--slug", "fen", "--json").json
    assert done["moved"] == [{"from": f"marsh/{n}", "to": f"fen/{n}"} for n in (1, 2)]
    assert crossread("note", "list", "--json").json["notes"][0]["ref"] == "fen/2"
    assert newest(crossread) == ["fen/1", "fen/2"]
    assert crossread("search", "council", "--story", "fen", "--json").json["total"] == 2
    crossread("undo")
    assert newest(crossread) == ["marsh/1", "marsh/2"]
    assert crossread("note", "list", "--json").json["notes"][0]["ref"] == "marsh/2"
