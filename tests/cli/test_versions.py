"""What a publisher changed, and the versions of a text wherever one is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Call = Callable[..., Answer]

WAS = "Blast at mill\n\nThe blast at the mill killed 12 people, police said. The road stays closed.\n"
NOW = "Blast at mill\n\nThe blast at the mill killed 15 people, police said.\n"


@pytest.fixture
def mill(crossread: Call, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(WAS, encoding="utf-8")
    crossread("add", file, "--story", "mill")
    crossread("note", "add", "mill/1", "--quote", "The road stays closed", "--text", "Until when?")
    file.write_text(NOW, encoding="utf-8")
    crossread("add", file, "--story", "mill")


@pytest.mark.usefixtures("mill")
def test_what_changed_is_listed_with_figures_first(crossread: Call) -> None:
    first, second = crossread("versions", "mill/1", "--json").json["versions"]
    assert (first["number"], first["changed"]) == (1, None)
    (figure,) = second["changed"]["figures"]
    assert (figure["was"]["text"], figure["now"]["text"]) == ("12 people", "15 people")
    assert [one["kind"] for one in second["changed"]["sentences"]] == ["edited", "removed"]
    lines = crossread("versions", "mill/1").out.splitlines()
    told = next(place for place, line in enumerate(lines) if line.startswith("mill/1@2"))
    assert "changed 1 figure, 2 sentences" in lines[told]
    assert lines[told + 1] == "  figure  12 people → 15 people"


@pytest.mark.usefixtures("mill")
def test_a_version_is_named_wherever_a_text_is_read(crossread: Call) -> None:
    shown = crossread("show", "mill/1@1", "--json").json
    assert (shown["ref"], shown["version"], "12 people" in shown["text"]) == ("mill/1@1", 1, True)
    compared = crossread("compare", "mill/1@1", "mill/1@2", "--json").json
    assert compared["refs"] == ["mill/1@1", "mill/1@2"]
    for version, toll in ((1, 12), (2, 15)):
        (row,) = crossread("figures", f"mill/1@{version}", "--json").json["rows"]
        (value,) = row["values"]
        assert (value["value"], value["mentions"][0]["ref"]) == (toll, f"mill/1@{version}")
    assert crossread("quotes", "mill/1@1").status == crossread("quotes", "mill/1").status


@pytest.mark.usefixtures("mill")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "mill/1@3"), "There is no version 3 of mill/1"),
        (("show", "mill/1@0"), "neither a story nor a source"),
        (("show", "mill@1"), "neither a story nor a source"),
        (("edit", "mill/1@1", "--title", "T"), "leave out @1"),
        (("remove", "mill/1@1"), "leave out @1"),
        (("note", "add", "mill/1@1", "--quote", "police", "--text", "t"), "leave out @1"),
        (("versions", "mill/1@1"), "leave out @1"),
        (("versions", "mill"), "is a story"),
        (("compare", "mill/1@1", "mill/1@1"), "at least two different sources"),
    ],
)
def test_a_version_that_makes_no_sense_is_a_usage_error(
    crossread: Call, words: tuple[str, ...], said: str
) -> None:
    answer = crossread(*words)
    assert answer.status == 2
    assert said in answer.err


@pytest.mark.usefixtures("mill")
def test_a_note_says_in_which_version_its_passage_was(crossread: Call) -> None:
    assert "mill/1 (orphan, in version 1)" in crossread("note", "list").out
    assert "1 note: crossread note list --ref mill/1\n" in crossread("show", "mill/1@1").out
    assert crossread("show", "mill/1@2", "--json").json["notes"] == 0


@pytest.mark.usefixtures("mill")
def test_a_note_says_in_which_of_several_versions_its_passage_stands(crossread: Call, tmp_path: Path) -> None:
    crossread("note", "add", "mill/1", "--quote", "police said", "--text", "Which police?")
    assert "mill/1, version 2 of 2: “police said”" in crossread("note", "list").out
    _, note = crossread("note", "list", "--json").json["notes"]
    assert (note["source_version"], note["newest_version"]) == (2, 2)
    file = tmp_path / "b.txt"
    file.write_text("Only once\n\nThe tide came in.\n", encoding="utf-8")
    crossread("add", file, "--story", "tide")
    crossread("note", "add", "tide/1", "--quote", "The tide", "--text", "When?")
    assert "tide/1: “The tide”" in crossread("note", "list", "--story", "tide").out
