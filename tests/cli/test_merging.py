from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

QUAY = "The quay was closed\n\nThe quay was closed on Monday. The harbour master said nobody had been told.\n"


@pytest.fixture
def sent(crossread: Callable[..., Any], tmp_path: Path) -> Path:
    """A colleague's library as one file."""
    text = tmp_path / "quay.txt"
    text.write_text(QUAY, encoding="utf-8")
    theirs = ("--library", tmp_path / "theirs")
    assert crossread(*theirs, "add", text, "--story", "quay").status == 0
    added = crossread(*theirs, "note", "add", "quay/1", "--quote", "harbour master", "--text", "Who is that?")
    assert added.status == 0
    file = tmp_path / "sent.db"
    written = crossread(*theirs, "export", "library", "--output", file, "--json").json
    assert (written["schema"], written["path"]) == ("crossread/export/1", str(file))
    return file


@pytest.mark.usefixtures("story")
def test_a_colleagues_file_comes_in_and_is_found(crossread: Callable[..., Any], sent: Path) -> None:
    answer = crossread("import", "library", sent)
    assert (answer.status, answer.out.splitlines()) == (
        0,
        ["quay: 1 added, 0 changed, 0 unchanged", "Taken over: 1 notes"],
    )
    assert "as it was before is in" in answer.err
    assert [hit["ref"] for hit in crossread("search", "nobody told", "--json").json["hits"]][:1] == ["quay/1"]
    assert [note["text"] for note in crossread("note", "list", "--json").json["notes"]] == ["Who is that?"]
    again = crossread("merge", sent, "--json").json
    assert (again["notes"], again["stories"][0]["unchanged"], again["conflicts"]) == (0, ["quay/1"], [])
    assert Path(again["backup"]).is_file()


def test_what_differs_is_told(crossread: Callable[..., Any], sent: Path, tmp_path: Path) -> None:
    crossread("add", tmp_path / "quay.txt", "--story", "quay", "--publisher", "The Courier")
    crossread("--library", tmp_path / "theirs", "add", tmp_path / "quay.txt", "--publisher", "Courier")
    answer = crossread("merge", tmp_path / "theirs")
    assert "publisher of quay/1: here “The Courier”, there “Courier”" in answer.out
    assert "what is in this library stays" in answer.err
    assert sent.is_file()


def test_what_is_no_other_library_is_refused(
    crossread: Callable[..., Any], folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.db").write_text("no database " * 50, encoding="utf-8")
    assert crossread("merge", tmp_path / "nowhere").status == 3
    assert crossread("merge", tmp_path / "text.db").status in {3, 4}
    refused = crossread("merge", folder)
    assert (refused.status, "is the library that is open" in refused.err) == (2, True)


@pytest.mark.usefixtures("story")
def test_the_copy_from_before_a_merge_is_named_when_something_is_deleted(
    crossread: Callable[..., Any], sent: Path
) -> None:
    backup = crossread("merge", sent, "--json").json["backup"]
    told = crossread("remove", "harbour-deal/14", "--forever")
    assert Path(backup).name in told.err
