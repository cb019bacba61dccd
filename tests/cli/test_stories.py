"""Stories put in order, and what is removed and brought back, as the command does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Call = Callable[..., Answer]

TEXTS = {
    "ferry": "Ferry late again\n\nThe ferry to Saltmarsh ran aground with 212 passengers on board.\n",
    "bridge": "Bridge to close\n\nThe old bridge will close in May, the council said.\n",
    "market": "Fish market\n\nStallholders want the fish market back, the council heard.\n",
}


@pytest.fixture
def marsh(crossread: Call, tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        crossread("add", tmp_path / f"{name}.txt", "--story", "fish" if name == "market" else "marsh")
    crossread("note", "add", "marsh/2", "--quote", "old bridge", "--text", "How old?")


def found(crossread: Call, query: str) -> list[str]:
    return sorted(hit["ref"] for hit in crossread("search", query, "--json").json["hits"])


def noted(crossread: Call) -> list[tuple[str, str]]:
    notes = crossread("note", "list", "--json").json["notes"]
    return [(note["ref"], note["state"]) for note in notes]


@pytest.mark.usefixtures("marsh")
def test_sources_move_with_notes_and_index_and_back(crossread: Call) -> None:
    done = crossread("story", "move", "marsh/2", "fish", "--json").json
    assert done["moved"] == [{"from": "marsh/2", "to": "fish/2"}]
    assert noted(crossread) == [("fish/2", "anchored")]
    assert found(crossread, "council") == ["fish/1", "fish/2"]
    crossread("undo")
    assert noted(crossread) == [("marsh/2", "anchored")]
    assert found(crossread, "council") == ["fish/1", "marsh/2"]


@pytest.mark.usefixtures("marsh")
def test_a_source_that_returns_gets_its_number_again(crossread: Call) -> None:
    crossread("story", "move", "marsh/1", "fish")
    assert crossread("story", "move", "fish/2", "marsh").out == "fish/2 is marsh/1 now\n"


@pytest.mark.usefixtures("marsh")
def test_stories_are_split_merged_and_renamed(crossread: Call) -> None:
    assert (
        crossread("story", "split", "marsh", "marsh/2", "--into", "bridges").out
        == "marsh/2 is bridges/1 now\n"
    )
    (story, *_) = crossread("stories", "--json").json["stories"]
    assert (story["story"], story["title"]) == ("bridges", "Bridge to close")
    told = crossread("story", "merge", "bridges", "fish", "marsh").out
    assert told == "bridges/1 is marsh/2 now\nfish/1 is marsh/3 now\n"
    assert found(crossread, "council") == ["marsh/2", "marsh/3"]
    assert crossread("story", "rename", "marsh", "fen", "--json").json["moved"][1]["to"] == "fen/2"
    for _ in range(3):
        crossread("undo")
    assert found(crossread, "council") == ["fish/1", "marsh/2"]
    assert noted(crossread) == [("marsh/2", "anchored")]


@pytest.mark.usefixtures("story")
def test_a_summary_that_cites_what_moved_is_told(crossread: Call) -> None:
    told = crossread("story", "split", "harbour-deal", "harbour-deal/8", "--into", "dredging").err
    assert "the summary of harbour-deal cites 8, which it has no longer" in told


@pytest.mark.usefixtures("marsh")
def test_what_is_removed_is_in_the_bin_and_comes_back(crossread: Call) -> None:
    told = crossread("remove", "marsh/2")
    assert "in the bin for 30 days: crossread restore marsh/2" in told.err
    assert found(crossread, "council") == ["fish/1"]
    assert noted(crossread) == [("marsh/2", "orphan")]
    (entry,) = crossread("sources", "--removed", "--json").json["sources"]
    assert (entry["ref"], entry["title"]) == ("marsh/2", "Bridge to close")
    assert crossread("restore", "marsh/2", "--json").json["restored"] == ["marsh/2"]
    assert found(crossread, "council") == ["fish/1", "marsh/2"]
    assert noted(crossread) == [("marsh/2", "anchored")]
    assert crossread("sources", "--removed").status == 1
    crossread("remove", "marsh")
    crossread("undo")
    assert found(crossread, "council") == ["fish/1", "marsh/2"]


@pytest.mark.usefixtures("marsh")
def test_what_is_removed_forever_is_in_no_file_of_the_library(crossread: Call, folder: Path) -> None:
    crossread("remove", "marsh/1")
    told = crossread("remove", "marsh/1", "--forever")
    assert "copies made before still hold it" in told.err
    assert crossread("restore", "marsh/1").status == 2
    held = [path for path in folder.rglob("*") if path.is_file() and b"passengers" in path.read_bytes()]
    assert held == []
    assert crossread("doctor").status == 0


@pytest.mark.usefixtures("marsh")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("story", "move", "marsh/1"), "needs sources, and the story"),
        (("story", "move", "marsh/1", "nowhere"), "There is no story nowhere"),
        (("story", "move", "marsh/1", "marsh"), "to another story"),
        (("story", "merge", "marsh"), "needs the stories that are merged"),
        (("story", "merge", "marsh/1", "fish"), "name a story"),
        (("story", "merge", "marsh", "marsh"), "into itself"),
        (("story", "split", "marsh", "fish/1", "--into", "new"), "is not a source of marsh"),
        (("story", "split", "marsh", "marsh/1", "--into", "fish"), "There is a story fish already"),
        (("story", "split", "marsh", "marsh/1", "--into", "The Fen"), "cannot name a story"),
        (("story", "rename", "marsh", "fish"), "There is a story fish already"),
        (("restore", "marsh/1"), "nothing of marsh/1 in the bin"),
        (("remove", "marsh/9", "--forever"), "There is no source marsh/9"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error_and_moves_nothing(
    crossread: Call, words: tuple[str, ...], said: str
) -> None:
    before = crossread("sources", "--json").out
    answer = crossread(*words)
    assert answer.status == 2
    assert said in answer.err
    assert crossread("sources", "--json").out == before
