from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from tui.cli.command import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_every_variant_stands_where_it_says(story: Path, crossread: Callable[..., Any]) -> None:
    assert story.is_dir()
    answer = crossread("quotes", "harbour-deal", "--json")
    assert answer.status == ExitCode.DONE
    texts: dict[str, str] = {}
    for family in answer.json["families"]:
        for one in family["variants"]:
            ref = one["ref"]
            text = texts.setdefault(ref, crossread("show", ref, "--json").json["text"])
            assert text[one["start"] : one["end"]] == one["text"]
    for one in answer.json["attributions"]:
        text = texts.setdefault(one["ref"], crossread("show", one["ref"], "--json").json["text"])
        assert one["credited"] in text[one["start"] : one["end"]]


def test_a_source_shows_its_own_variants_and_where_the_others_are(
    story: Path, crossread: Callable[..., Any]
) -> None:
    assert story.is_dir()
    families = crossread("quotes", "harbour-deal/6", "--json").json["families"]
    assert {one["ref"] for family in families for one in family["variants"]} == {"harbour-deal/6"}
    assert "harbour-deal/1" in families[0]["elsewhere"]


def test_only_one_speaker(story: Path, crossread: Callable[..., Any]) -> None:
    assert story.is_dir()
    families = crossread("quotes", "harbour-deal", "--speaker", "okafor", "--json").json["families"]
    assert {family["speaker"] for family in families} == {"Lin Okafor"}
    none = crossread("quotes", "harbour-deal", "--speaker", "nobody at all")
    assert (none.status, none.out) == (ExitCode.NOTHING_FOUND, "")


def test_no_cell_of_the_csv_is_a_formula(story: Path, tmp_path: Path, crossread: Callable[..., Any]) -> None:
    assert story.is_dir()
    (tmp_path / "one.txt").write_text('Title\n\n"=2+2 is what I would always say," said Ada Moss.\n', "utf-8")
    crossread("add", str(tmp_path / "one.txt"), "--story", "formula")
    answer = crossread("quotes", "formula", "--csv")
    heading, *rows = list(csv.reader(io.StringIO(answer.out)))
    assert rows[0][heading.index("variant")] == "'=2+2 is what I would always say,"
    assert rows[0][heading.index("said by")] == "Ada Moss"


def test_a_text_without_quotes_is_nothing_found(
    story: Path, tmp_path: Path, crossread: Callable[..., Any]
) -> None:
    assert story.is_dir()
    (tmp_path / "plain.txt").write_text("Nothing is said here. The harbour is calm.\n", "utf-8")
    crossread("add", str(tmp_path / "plain.txt"), "--story", "plain")
    answer = crossread("quotes", "plain", "--json")
    assert answer.status == ExitCode.NOTHING_FOUND
    assert (answer.json["families"], answer.json["attributions"]) == ([], [])


@pytest.mark.usefixtures("story")
def test_all_of_the_answer_is_about_the_speaker_that_was_asked_for(crossread: Callable[..., Any]) -> None:
    answer = crossread("quotes", "harbour-deal", "--speaker", "moss", "--json")
    assert answer.status == ExitCode.DONE
    assert all("Moss" in one["speaker"] for one in answer.json["families"])
    assert all("Moss" in one["credited"] for one in answer.json["attributions"])
    nobody = crossread("quotes", "harbour-deal", "--speaker", "nobody at all", "--json")
    assert nobody.status == ExitCode.NOTHING_FOUND
    assert (nobody.json["families"], nobody.json["attributions"], nobody.json["chains"]) == ([], [], [])
