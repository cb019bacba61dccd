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


# What lays texts side by side, and what is listed of a story.

LATER = """\
1
00:00:04,000 --> 00:00:07,500
The harbour was sold for $4.2 billion, said Lin Okafor on Thursday.

2
00:05:00,000 --> 00:05:03,000
"I heard of it from my brother, who mends nets at the old fish market," said Iris Vane.
"""
SOLD = "The harbour was sold for $4.2 billion, said Lin Okafor on Thursday."
TOLD = '"I heard of it from my brother, who mends nets at the old fish market," said Iris Vane.'


@pytest.fixture
def told_again(crossread: Crossread, interview: Path, tmp_path: Path) -> Path:
    """Give a story of two films and a page without times, which has another price."""
    (tmp_path / "later.srt").write_text(LATER)
    (tmp_path / "page.txt").write_text(f"{SOLD.replace('4.2', '4.8')}\n\nThe tide was low.\n")
    for name in ("later.srt", "page.txt"):
        assert crossread("add", tmp_path / name, "--story", "harbour").status == 0
    return interview


@pytest.mark.usefixtures("told_again")
def test_a_comparison_names_the_place_on_each_side(crossread: Crossread) -> None:
    pair, with_page, _ = crossread("compare", "harbour/1", "harbour/2", "harbour/3", "--json").json["pairs"]
    (row,) = pair["rows"]
    assert (row["a_place"], row["b_place"]) == ("00:03:15", "00:00:04")
    assert pair["only_a_places"] == ["00:00:01"]
    assert pair["only_b_places"] == ["00:05:00"]
    (row,) = with_page["rows"]
    assert row["a_place"] == "00:03:15"
    assert "b_place" not in row
    assert "only_b_places" not in with_page
    assert all("a_place" not in edit for edit in row["edits"])
    shown = crossread("compare", "harbour/1", "harbour/2").out
    assert f"  = {SOLD} — harbour/1, 00:03:15; harbour/2, 00:00:04\n" in shown
    assert f"{TOLD} — harbour/2, 00:05:00\n" in shown
    assert f"{TOLD} — harbour/2, 00:05:00\n" in crossread("compare", "--only", "harbour/1", "harbour/2").out


@pytest.mark.usefixtures("told_again")
def test_what_one_source_alone_says_names_it(crossread: Crossread) -> None:
    asked = ("compare", "harbour/1", "harbour/2", "--json")
    alone = {one["ref"]: one for one in crossread(*asked).json["said_alone"]}
    assert alone["harbour/2"]["places"] == ["00:05:00"]


@pytest.mark.usefixtures("told_again")
def test_passages_that_texts_share_name_it(crossread: Crossread) -> None:
    (pair,) = (
        one for one in crossread("lineage", "harbour", "--json").json["pairs"] if one["b"] == "harbour/2"
    )
    (passage,) = pair["passages"]
    assert (passage["a_place"], passage["b_place"]) == ("00:03:15", "00:00:04")


@pytest.mark.usefixtures("told_again")
@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("figures", "1, 00:03:15; 2, 00:00:04"),
        ("timeline", "1, 00:03:15; 2, 00:00:04"),
        ("blame", "1, 00:03:15; 2, 00:00:04"),
    ],
)
def test_lists_of_a_story_name_it_behind_each_line(crossread: Crossread, words: str, line: str) -> None:
    heading, *lines = crossread(words, "harbour").out.splitlines()
    assert heading.endswith("  WHERE")
    assert any(shown.endswith(f"  {line}") for shown in lines)


@pytest.mark.usefixtures("told_again")
@pytest.mark.parametrize(
    "words", ["figures harbour --csv", "timeline harbour --csv", "export figures harbour"]
)
def test_sheets_have_it_in_their_last_column(crossread: Crossread, words: str) -> None:
    table = list(csv.DictReader(io.StringIO(crossread(*words.split()).out)))
    assert {(row["ref"], row["place"]) for row in table} >= {
        ("harbour/1", "00:03:15"), ("harbour/2", "00:00:04"), ("harbour/3", ""),
    }  # fmt: skip


@pytest.mark.usefixtures("told_again")
def test_exported_figures_name_it(crossread: Crossread) -> None:
    rows = json.loads(crossread("export", "figures", "harbour", "--format", "json").out)["rows"]
    mentions = [mention for row in rows for value in row["values"] for mention in value["mentions"]]
    assert {mention.get("place") for mention in mentions} == {"00:03:15", "00:00:04", None}


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text("The harbour was sold for $4.9 billion on Thursday, Lin Okafor said [1].\n")
    return path


@pytest.mark.usefixtures("interview")
def test_an_audit_names_the_place_of_each_piece_of_evidence(crossread: Crossread, draft: Path) -> None:
    (sentence,) = crossread("audit", draft, "--against", "harbour", "--json").json["sentences"]
    assert sentence["checks"][0]["places"] == ["00:03:15"]


@pytest.mark.usefixtures("interview")
def test_a_finding_in_a_draft_names_it(crossread: Crossread, draft: Path) -> None:
    asked = ("lint", draft, "--against", "harbour")
    assert {one["place"] for one in crossread(*asked, "--json").json["findings"]} == {"00:03:15"}
    (line,) = crossread(*asked).out.splitlines()
    assert line.endswith("” — harbour/1, 00:03:15")
    (result,) = json.loads(crossread(*asked, "--sarif").out)["runs"][0]["results"]
    assert result["relatedLocations"][0]["message"]["text"] == "what harbour/1 says — harbour/1, 00:03:15"


def test_nothing_is_added_where_no_source_has_places(
    crossread: Crossread, tmp_path: Path, draft: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{SOLD}\n\nThe file is {name}, and nothing else is in it.\n")
        crossread("add", tmp_path / name, "--story", "plain")
    for words in (
        ("compare", "plain/1", "plain/2"), ("lineage", "plain"), ("figures", "plain"), ("timeline", "plain"),
        ("blame", "plain"), ("audit", draft, "--against", "plain"), ("lint", draft, "--against", "plain"),
    ):  # fmt: skip
        answer = crossread(*words, "--json").out
        assert 'place":' not in answer
        assert 'places":' not in answer
        assert "WHERE" not in crossread(*words).out
