from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("story")
QUOTE = "did not look for a buyer"


def annotation(number: int, quote: str = QUOTE, address: str = "urn:crossread:source:harbour-deal/4") -> Any:
    selector = {"type": "TextQuoteSelector", "exact": quote}
    return {
        "id": f"urn:x:{number}",
        "type": "Annotation",
        "bodyValue": "\x1b]52;c;x\x07 said",
        "target": {"source": address, "selector": selector},
    }


def file_of(folder: Path, *annotations: Any) -> Path:
    path = folder / "notes.jsonld"
    path.write_text(json.dumps(list(annotations)), encoding="utf-8")
    return path


def test_notes_are_imported_once_and_told(crossread: Callable[..., Any], tmp_path: Path) -> None:
    path = file_of(tmp_path, annotation(1))
    answer = crossread("import", "notes", path)
    assert (answer.status, answer.out) == (
        0,
        "1 notes added, 0 unchanged, 0 kept aside, 0 refused (jsonld)\n",
    )
    (note,) = crossread("note", "list", "--json").json["notes"]
    assert note["quote"] == QUOTE
    assert note["ref"] == "harbour-deal/4"
    assert "\x1b" not in note["text"]
    again = crossread("import", "notes", path, "--json").json
    assert (again["added"], again["unchanged"]) == ([], 1)


def test_what_cannot_be_read_is_told_and_the_rest_is_done(
    crossread: Callable[..., Any], tmp_path: Path
) -> None:
    path = file_of(tmp_path, annotation(1), "nonsense", annotation(2, "unheard of", "https://away.example/"))
    answer = crossread("import", "notes", path, "--json")
    assert answer.status == 3
    assert answer.json["schema"] == "crossread/import/1"
    assert len(answer.json["added"]) == 1
    assert [part["place"] for part in answer.json["refused"]] == ["annotation 2"]
    assert answer.json["aside"] == [
        {"place": "annotation 3", "reason": "there is no source https://away.example/"}
    ]
    assert Path(answer.json["aside_path"]).read_text().count("\n") == 1
    assert "annotation 3: there is no source https://away.example/" in answer.err


@pytest.mark.parametrize("content", [None, "", "no notes at all", "{"])
def test_a_file_that_is_none_is_refused_in_one_line(
    content: str | None, crossread: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "notes.json"
    if content is not None:
        path.write_text(content)
    answer = crossread("import", "notes", path)
    assert answer.status == 3
    assert len(answer.err.splitlines()) == 1


def test_nothing_that_matches_is_nothing_found(crossread: Callable[..., Any], tmp_path: Path) -> None:
    answer = crossread("import", "notes", file_of(tmp_path, annotation(1, address="https://away.example/")))
    assert answer.status == 1
    assert "Kept aside in" in answer.err


def test_labels_go_out_and_come_in(crossread: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "spans.jsonl"
    text = crossread("show", "harbour-deal/4", "--json").json["text"]
    start = text.index(QUOTE)
    path.write_text(
        json.dumps({"id": "harbour-deal/4", "text": text, "label": [[start, start + 24, "denial"]]})
    )
    assert len(crossread("import", "notes", path, "--json").json["labelled"]) == 1
    (line,) = crossread("export", "labels").out.splitlines()
    assert json.loads(line)["label"] == [[start, start + 24, "denial"]]
    assert crossread("export", "labels", "--coder", "nobody").status == 1
    assert crossread("export", "labels", "--query", "number:4").status == 0
    assert crossread("export", "labels", "--query", "number:5").status == 1


def test_a_folder_is_refused_by_its_name(crossread: Callable[..., Any], tmp_path: Path) -> None:
    answer = crossread("import", "notes", tmp_path, "--json")
    assert answer.status == 3
    assert answer.err == f"crossread: {tmp_path}: is a folder\n"
    assert answer.json["added"] == []
