"""Pages and times: wherever a passage is cited, its place in the original is named."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

    Crossread = Callable[..., Answer]

SRT = """\
1
00:00:01,000 --> 00:00:03,500
"We did not look for a buyer," said Ada Moss.

2
00:03:15,600 --> 00:03:19,000
The harbour was sold for $4.2 billion, said Lin Okafor on Thursday.
"""
QUOTE = "We did not look for a buyer"


@pytest.fixture
def interview(crossread: Crossread, tmp_path: Path) -> Path:
    path = tmp_path / "interview.srt"
    path.write_text(SRT)
    assert crossread("add", path, "--story", "harbour").status == 0
    return path


@pytest.fixture
def noted(crossread: Crossread, interview: Path) -> Path:
    assert crossread("note", "add", "harbour/1", "--quote", QUOTE, "--text", "Who did?").status == 0
    assert crossread("note", "add", "harbour/1", "--whole", "--text", "All of it").status == 0
    return interview


@pytest.mark.usefixtures("noted")
def test_a_note_names_the_place_of_its_passage(crossread: Crossread) -> None:
    note, whole = crossread("note", "list", "--json").json["notes"]
    assert (note["place"], note["targets"][0]["place"]) == ("00:00:01", "00:00:01")
    assert whole["place"] is None
    assert f"harbour/1, 00:00:01: “{QUOTE}”" in crossread("note", "list").out


@pytest.mark.usefixtures("noted")
def test_a_passage_over_two_parts_names_both(crossread: Crossread) -> None:
    made = crossread("note", "add", "harbour/1", "--start", 30, "--end", 60, "--text", "x", "--json")
    assert made.json["notes"][0]["place"] == "00:00:01–00:03:15"


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("markdown", "> — 00:00:01"),
        ("html", '<p class="facts" dir="auto">00:00:01</p>'),
        ("jsonld", '"crossread:place": "00:00:01"'),
        ("bibtex", "annote = {00:00:01: “We did not look for a buyer” Who did?}"),
        ("ris", "N1  - 00:00:01: “We did not look for a buyer” Who did?"),
    ],
)
def test_exports_of_notes_name_it(crossread: Crossread, form: str, words: str) -> None:
    assert words in crossread("export", "notes", "--format", form).out


@pytest.mark.usefixtures("noted")
def test_tables_and_csl_have_it_in_fields_of_their_own(crossread: Crossread) -> None:
    table = csv.DictReader(io.StringIO(crossread("export", "notes", "--format", "csv").out))
    assert [row["place"] for row in table] == ["", "00:00:01"]
    whole, item = json.loads(crossread("export", "notes", "--format", "csl").out)
    assert (item["id"], item["locator"], item["custom"]) == (
        "harbour/1#note-1", "00:00:01", {"label": "timestamp"},
    )  # fmt: skip
    assert "locator" not in whole


@pytest.mark.usefixtures("interview")
def test_quotes_figures_and_hits_name_it(crossread: Crossread) -> None:
    assert "= 1, 00:00:01" in crossread("quotes", "harbour").out
    variants = crossread("quotes", "harbour", "--json").json["families"][0]["variants"]
    assert [one["place"] for one in variants] == ["00:00:01"]
    (mention,) = [
        mention
        for row in crossread("figures", "harbour", "--json").json["rows"]
        for value in row["values"]
        for mention in value["mentions"]
        if row["kind"] == "money"
    ]
    assert mention["place"] == "00:03:15"
    found = crossread("search", "sold")
    assert "harbour/1 · 00:03:15" in found.out
    (hit,) = crossread("search", "sold", "--json").json["hits"]
    start, end = hit["passage"]
    text = crossread("show", "harbour/1", "--json").json["text"]
    assert (hit["place"], text[start:end]) == ("00:03:15", "sold")


@pytest.mark.usefixtures("interview")
def test_an_audit_and_where_else_it_is_name_it(crossread: Crossread, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("The harbour was sold for $4.2 billion [1].\n")
    assert "source 1, 00:03:15 “" in crossread("audit", draft, "--against", "harbour").out
    asked = ("elsewhere", "--quote", "The harbour was sold for $4.2 billion")
    assert "harbour/1, 00:03:15" in crossread(*asked).out
    assert crossread(*asked, "--json").json["places"][0]["place"] == "00:03:15"


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("form", ["markdown", "html", "json"])
def test_a_dossier_names_it_and_is_intact(crossread: Crossread, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"dossier.{form}"
    assert crossread("export", "story", "harbour", "--format", form, "--output", path).status == 0
    assert "00:00:01" in path.read_text()
    if form == "html":
        assert "[1, 00:00:01]" in path.read_text()
        assert crossread("verify", path).status == 0


def test_a_text_without_places_has_none(crossread: Crossread, tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text(f'"{QUOTE}," said Ada Moss.\n')
    crossread("add", path, "--story", "plain")
    made = crossread("note", "add", "plain/1", "--quote", QUOTE, "--text", "x", "--json").json["notes"][0]
    assert made["place"] is None
    assert "place" not in crossread("quotes", "plain", "--json").json["families"][0]["variants"][0]
