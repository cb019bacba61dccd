"""One word in other spellings: whatever finds it, everything else that looks for words finds it too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = (
    "The mill’s owners met in Łódź – a city of looms – on Monday. “We sold nothing there,” said Zoë Ørsted,"
    " and added that the offer had gone to somebody else."
)
LONG = "the mill's owners met in lodz - a city of looms - on monday"


@pytest.fixture(autouse=True)
def mill(crossread: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "mill.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert crossread("add", path, "--story", "mill").status == 0


@pytest.mark.parametrize("typed", ["Lodz", "łódź", "LODZ", "Ło\u0301dz\u0301"])
def test_a_name_is_found_however_it_is_typed(crossread: Callable[..., Any], typed: str) -> None:
    (hit,) = crossread("search", typed, "--json").json["hits"]
    assert [hit["snippet"][start:end] for start, end in hit["highlights"]] == ["Łódź"]
    (note,) = crossread("note", "add", "mill/1", "--quote", typed, "--text", "x", "--json").json["notes"]
    assert note["quote"] == "Łódź"
    assert crossread("labels", "add", "place").status == 0
    marked = crossread("labels", "mark", "mill/1", "--quote", typed, "--label", "place", "--json")
    assert [span["quote"] for span in marked.json["spans"]] == ["Łódź"]


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("quote", "there"),
    [(LONG, TEXT[: TEXT.index(". “")]), ('"We sold nothing there," said Zoe Orsted', TEXT[61:101])],
)
def test_notes_from_elsewhere_find_their_passage(
    crossread: Callable[..., Any], tmp_path: Path, quote: str, there: str, *, named: bool
) -> None:
    selector = {"type": "TextQuoteSelector", "exact": quote}
    source = "urn:crossread:source:mill/1" if named else "https://nobody.example/knows"
    target = {"source": source, "selector": selector}
    path = tmp_path / "notes.jsonld"
    path.write_text(json.dumps([{"id": "urn:x:1", "type": "Annotation", "bodyValue": "x", "target": target}]))
    assert crossread("import", "notes", path).status == 0
    (note,) = crossread("note", "list", "--json").json["notes"]
    assert note["quote"] == there


def test_a_short_quote_is_no_part_of_another_word(crossread: Callable[..., Any], tmp_path: Path) -> None:
    selector = {"type": "TextQuoteSelector", "exact": "BODY"}
    target = {"source": "urn:crossread:source:mill/1", "selector": selector}
    path = tmp_path / "notes.jsonld"
    path.write_text(json.dumps([{"id": "urn:x:1", "type": "Annotation", "bodyValue": "x", "target": target}]))
    crossread("import", "notes", path)
    assert crossread("note", "list", "--json").json["notes"] == []


def test_a_speaker_is_found_however_the_name_is_typed(crossread: Callable[..., Any]) -> None:
    answer = crossread("quotes", "mill", "--speaker", "zoe orsted", "--json")
    assert [family["speaker"] for family in answer.json["families"]] == ["Zoë Ørsted"]


def test_a_passage_is_looked_for_elsewhere_in_any_spelling(crossread: Callable[..., Any]) -> None:
    answer = crossread("elsewhere", "mill/1", "--quote", LONG, "--json")
    assert answer.json["passage"]["text"] == TEXT[: len(LONG)]
