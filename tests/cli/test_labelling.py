"""The ``labels`` commands, as two coders use them on the bundled story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("story")
QUOTE = "did not look for a buyer"
REF = "harbour-deal/4"


@pytest.fixture
def labels(crossread: Callable[..., Any]) -> Callable[..., Any]:
    def call(*words: str) -> Any:
        return crossread("labels", *words)

    for name in ("claim", "doubt"):
        assert call("add", name).status == 0
    return call


def mark(labels: Callable[..., Any], coder: str, label: str, *place: str) -> int:
    answer = labels("mark", REF, *(place or ("--quote", QUOTE)), "--label", label, "--coder", coder, "--json")
    assert answer.status == 0, answer.err
    return int(answer.json["spans"][0]["id"])


def quotes(labels: Callable[..., Any], *filters: str) -> list[tuple[str, str, str]]:
    answer = labels("show", *filters, "--json")
    assert answer.status == (0 if answer.json["spans"] else 1)
    return [(span["label"], span["coder"], span["quote"]) for span in answer.json["spans"]]


def test_a_codebook_is_made_and_changed(labels: Callable[..., Any]) -> None:
    assert labels("add", "sharp doubt", "--parent", "doubt", "--key", "s").status == 0
    assert labels("move", "sharp-doubt", "--before", "claim").status == 0
    assert labels("edit", "sharp-doubt", "--name", "scorn", "--colour", "red").status == 0
    listed = labels("list", "--json")
    assert [(label["name"], label["parent"], label["colour"]) for label in listed.json["labels"]] == [
        ("scorn", None, "red"),
        ("claim", None, None),
        ("doubt", None, None),
    ]
    assert listed.json["schema"] == "crossread/labels/1"
    removed = labels("remove", "claim")
    assert "undo it with: crossread labels undo" in removed.out
    assert labels("undo").out == "Undone: label claim removed\n"
    assert len(labels("list", "--json").json["labels"]) == 3


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("add", "../../x"), "cannot name a label"),
        (("add", "claim"), "has the name"),
        (("edit", "claim"), "nothing to change"),
        (("edit", "nothing", "--key", "x"), "no label nothing"),
        (("move", "claim", "--under", "claim"), "cannot be under itself"),
        (("move", "claim"), "say where"),
        (("mark", REF, "--quote", QUOTE, "--label", "rumour"), "no label rumour"),
        (("mark", REF, "--label", "claim"), "say which passage"),
        (("mark", "harbour-deal", "--quote", QUOTE, "--label", "claim"), "is a story"),
        (("mark", REF, "9", "3", "--label", "claim"), "no passage from 9 to 3"),
        (("unmark", "77"), "no labelled span 77"),
        (("show", "no-such-story"), "no story"),
        (("agreement", "harbour-deal"), "at least two coders"),
        (("settle", "harbour-deal", "1"), "say what holds"),
        (("suggest", "claim"), "say from what"),
        (("suggest", "claim", "--search", 'an "open quote'), "quot"),
        (("suggest", "claim", "--entity", "Ada Moss"), "needs --story"),
        (("accept",), "say which"),
        (("unsettle", "5"), "no settlement 5"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    labels: Callable[..., Any], words: tuple[str, ...], reason: str
) -> None:
    answer = labels(*words)
    assert answer.status == 2
    assert reason in answer.err
    assert "Traceback" not in answer.err
    assert quotes(labels) == []


def test_labels_are_marked_shown_counted_and_taken_away(labels: Callable[..., Any]) -> None:
    first = mark(labels, "Ada", "claim")
    assert mark(labels, "Ada", "claim") == first
    mark(labels, "Ada", "doubt", "350", "360")
    mark(labels, "Ben", "doubt")
    assert quotes(labels, "harbour-deal", "--coder", "Ben") == [("doubt", "Ben", QUOTE)]
    assert quotes(labels, REF, "--label", "claim") == [("claim", "Ada", QUOTE)]
    counted = labels("count", "harbour-deal", "--by", "coder", "--json").json
    assert [(each["name"], each["spans"]) for each in counted["counts"]] == [("Ada", 2), ("Ben", 1)]
    together = labels("together", "harbour-deal", "--json").json
    assert together["pairs"] == [{"labels": ["claim", "doubt"], "overlaps": 1, "sentences": 1}]
    assert labels("unmark", str(first)).status == 0
    assert labels("count", "--json").json["counts"] == [{"name": "doubt", "spans": 2, "characters": 34}]
    labels("undo")
    assert len(quotes(labels)) == 3


def test_a_parent_stands_for_what_is_under_it(
    labels: Callable[..., Any], crossread: Callable[..., Any]
) -> None:
    labels("add", "scorn", "--parent", "doubt")
    mark(labels, "Ada", "scorn")
    assert quotes(labels, "--label", "doubt") == [("scorn", "Ada", QUOTE)]
    found = crossread("search", "label:doubt", "--json").json
    assert [hit["ref"] for hit in found["hits"]] == [REF]
    assert crossread("search", "label:claim").status == 1


def test_the_coder_is_named_by_the_call_the_environment_or_the_settings(
    labels: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.toml"
    monkeypatch.setattr("sources.places.config_file", lambda: settings)
    words = ("mark", REF, "--quote", QUOTE, "--label", "claim")
    monkeypatch.delenv("CROSSREAD_CODER", raising=False)
    labels(*words)
    settings.write_text('coder = "Cleo"\n')
    labels(*words)
    monkeypatch.setenv("CROSSREAD_CODER", "Ben")
    labels(*words)
    labels(*words, "--coder", "Ada")
    assert [coder for _, coder, _ in quotes(labels)] == ["me", "Cleo", "Ben", "Ada"]


def test_disagreements_are_listed_and_settled(labels: Callable[..., Any]) -> None:
    ada, ben = mark(labels, "Ada", "claim"), mark(labels, "Ben", "doubt")
    agreement = labels("agreement", "harbour-deal", "--unit", "sentences", "--json").json
    assert agreement["coders"] == ["Ada", "Ben"]
    assert agreement["sources"] == [REF]
    assert agreement["overall"]["pairs"][0]["exact"]["f1"] == 0
    (found,) = labels("disagreements", "harbour-deal", "--json").json["disagreements"]
    assert (found["id"], found["kind"], found["settled"]) == (min(ada, ben), "label", None)
    settled = labels("settle", "harbour-deal", str(ada), "--as", "Ada", "--coder", "Cleo", "--json").json
    assert settled["settlements"][0]["by"] == "Cleo"
    assert labels("disagreements", "harbour-deal", "--open").status == 1
    assert "settled by Cleo" in labels("disagreements", "harbour-deal").out
    assert quotes(labels, "--status", "settled") == [("claim", "Cleo", QUOTE)]
    assert labels("unsettle", str(settled["settlements"][0]["id"])).status == 0
    assert labels("disagreements", "harbour-deal", "--open").status == 0
    again = labels("settle", "harbour-deal", str(ben), "--span", "350", "360", "doubt", "--coder", "Cleo")
    assert "doubt: “did not lo”" in again.out
    assert labels("settle", "harbour-deal", str(ben), "--span", "9", "3", "doubt").status == 2


def test_coders_who_say_the_same_agree(labels: Callable[..., Any]) -> None:
    mark(labels, "Ada", "claim")
    mark(labels, "Ben", "claim")
    overall = labels("agreement", "harbour-deal", "--json").json["overall"]
    assert overall["alpha"] == overall["pairs"][0]["kappa"] == overall["pairs"][0]["exact"]["f1"] == 1
    assert labels("disagreements", "harbour-deal").status == 1


def test_a_search_suggests_sentences_or_words(labels: Callable[..., Any]) -> None:
    answer = labels("suggest", "claim", "--search", '"golden share"', "--story", "harbour-deal", "--json")
    spans = answer.json["spans"]
    assert spans
    assert all("golden share" in span["quote"] and span["quote"] != "golden share" for span in spans)
    assert {span["origin"] for span in spans} == {'search: "golden share"'}
    assert quotes(labels) == []
    words = labels("suggest", "doubt", "--search", '"golden share"', "--extent", "words", "--json").json
    assert {span["quote"] for span in words["spans"]} == {"golden share"}
    assert labels("suggest", "claim", "--search", '"golden share"').status == 1


def test_suggestions_are_accepted_one_by_one_or_all_and_taken_back(labels: Callable[..., Any]) -> None:
    found = labels("suggest", "claim", "--entity", "Meridian Fund", "--story", "harbour-deal", "--json").json
    first, second, *others = [span["id"] for span in found["spans"]]
    assert others
    assert labels("accept", str(first), "--coder", "Ada").status == 0
    assert len(quotes(labels)) == 1
    assert labels("dismiss", str(second)).status == 0
    assert labels("accept", "--label", "claim", "--coder", "Ada").status == 0
    assert len(quotes(labels)) == 1 + len(others)
    assert labels("accept", "--all").status == 1
    labels("undo")
    assert len(quotes(labels)) == 1
    assert len(quotes(labels, "--status", "suggested")) == len(others)


def test_words_that_are_hostile_stay_words(labels: Callable[..., Any]) -> None:
    evil = "\x1b]0;x\x07=cmd()[/red]"
    mark(labels, evil, "claim")
    shown = labels("show")
    assert "\x1b" not in shown.out
    assert "=cmd()[/red]" in shown.out
    labels("edit", "claim", "--meaning", evil)
    assert "\x1b" not in labels("list").out
