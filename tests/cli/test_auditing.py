from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources import places, sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer

MILL = (
    "The paper mill in Ostwick will close on 3 March, its owner said. About 240 people work there. "
    "The owner, Tarn Paper, lost 18 million euros last year."
)
DRAFT = """\
The paper mill in Ostwick will close on 3 March [1]. The owner, Tarn Paper, lost 28 million euros
last year [1].

Bakers in Lisbon praised a new oven [1]. Its owner is Tarn Paper.
"""


@pytest.fixture
def mill(crossread: Callable[..., Answer], tmp_path: Path) -> Path:
    """Give a library with a story of one source, and the place for drafts."""
    source = tmp_path / "source.txt"
    source.write_text(f"The mill\n\n{MILL}\n", encoding="utf-8")
    assert crossread("add", source, "--story", "mill").status == 0
    return tmp_path


def draft(folder: Path, written: str = DRAFT, name: str = "draft.txt") -> Path:
    path = folder / name
    path.write_text(written, encoding="utf-8")
    return path


# audit: what people see.


def test_people_see_counts_and_one_short_passage_a_source(
    mill: Path, crossread: Callable[..., Answer]
) -> None:
    answer = crossread("audit", draft(mill), "--against", "mill")
    assert answer.status == 0
    lines = answer.out.splitlines()
    assert lines[0].split() == ["VERDICT", "SENTENCES"]
    assert ["≠", "contradicted", "1"] in [line.split() for line in lines]
    assert "figure: “28 million euros” here, “18 million euros” there" in answer.out
    assert "«18 million euros»" in answer.out
    assert "source 1 does not mention it" in answer.out
    assert max(map(len, lines)) < 220


def test_only_chosen_sentences_are_shown(mill: Path, crossread: Callable[..., Answer]) -> None:
    wanted = ["--against", "mill", "--only", "contradicted, uncited"]
    found = crossread("audit", draft(mill), *wanted, "--json").json["sentences"]
    assert [(one["number"], one["verdict"]) for one in found] == [(2, "contradicted"), (4, "uncited")]
    assert crossread("audit", draft(mill), "--against", "mill", "--only", "partial").status == 1
    answer = crossread("audit", draft(mill), "--against", "mill", "--only", "wrong")
    assert answer.status == 2
    assert "not 'wrong'" in answer.err


def test_a_hostile_source_and_draft_steer_nothing(mill: Path, crossread: Callable[..., Answer]) -> None:
    source = mill / "hostile.txt"
    source.write_text(f"<script>alert(1)</script>\x1b[2J\n\n{MILL}\n", encoding="utf-8")
    crossread("add", source, "--story", "hostile")
    answer = crossread(
        "audit", draft(mill, "\x1b[31mAbout 240 people work there [1].\n"), "--against", "hostile"
    )
    assert answer.status == 0
    assert "\x1b" not in answer.out


# audit: the whole library.


def test_better_sources_are_found_in_other_stories(mill: Path, crossread: Callable[..., Answer]) -> None:
    other = mill / "ward.txt"
    other.write_text("The new ward\n\nBakers in Lisbon praised a new oven, the guild said on Monday.\n")
    assert crossread("add", other, "--story", "ward").status == 0
    call = ["audit", draft(mill), "--against", "mill", "--sentence", 3]
    assert "ward/1" not in crossread(*call).out
    answer = crossread(*call, "--everywhere")
    assert "not cited, but says it: ward/1" in answer.out
    assert "source 1 does not mention it" in answer.out
    (found,) = crossread(*call, "--everywhere", "--json").json["sentences"]
    assert [one["ref"] for one in found["best"]] == ["ward/1"]


def test_a_draft_is_held_against_the_whole_library(mill: Path, crossread: Callable[..., Answer]) -> None:
    answer = crossread("audit", "-", "--against", "all", "--json", stdin="About 240 people work in Ostwick.")
    assert answer.status == 0
    (found,) = answer.json["sentences"]
    assert [one["ref"] for one in found["checks"]] == ["mill/1"]
    source = mill / "all.txt"
    source.write_text("All\n\nNobody in the story of this name knows of a mill in Ostwick.\n")
    crossread("add", source, "--story", "all")
    found = crossread(
        "audit", "-", "--against", "all", "--json", stdin="About 240 people work in Ostwick."
    ).json
    assert {check["ref"] for one in found["sentences"] for check in one["checks"]} <= {"all/1"}


# audit: what the user decides.


@pytest.mark.long
@pytest.mark.usefixtures("story")
def test_a_reading_is_chosen_kept_over_an_import_and_taken_back(
    crossread: Callable[..., Answer],
) -> None:
    found = crossread("audit", sample.STORY, "--only", "ambiguous", "--json").json["sentences"]
    number, marker = found[0]["number"], found[0]["marker"]
    other = next(one for one in marker["readings"] if one != marker["chosen"])
    one = ["audit", sample.STORY, "--sentence", number]
    answer = crossread(*one, "--reading", ",".join(map(str, other)), "--json")
    assert answer.status == 0
    (changed,) = answer.json["sentences"]
    assert (changed["marker"]["chosen"], changed["settled"]) == (other, True)
    assert crossread("remove", sample.STORY).status == 0
    assert crossread("add", sample.page_path(), "--story", sample.STORY).status == 0
    (again,) = crossread(*one, "--json").json["sentences"]
    assert again["marker"]["chosen"] == other
    (back,) = crossread(*one, "--undo", "--json").json["sentences"]
    assert back["marker"]["chosen"] == marker["chosen"]
    assert crossread(*one, "--undo").status == 2


@pytest.mark.usefixtures("story")
def test_a_verdict_is_overruled_with_a_note(crossread: Callable[..., Answer]) -> None:
    one = ["audit", sample.STORY, "--sentence", 2]
    assert crossread(*one, "--json").json["sentences"][0]["overruled"] is None
    crossread(*one, "--verdict", "unsupported", "--note", "the page changed")
    (found,) = crossread(*one, "--json").json["sentences"]
    assert found["overruled"] == {"verdict": "unsupported", "note": "the page changed"}
    answer = crossread("audit", sample.STORY, "--only", "overruled")
    assert "overruled: unsupported (the page changed)" in answer.out
    assert crossread("audit", sample.STORY, "--undo").status == 0
    assert crossread("audit", sample.STORY, "--only", "overruled").status == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--sentence", 3, "--reading", "1,x"], "--reading is numbers"),
        (["--sentence", 3, "--reading", "3"], "can only be read as"),
        (["--reading", "1,2"], "--sentence N"),
        (["--sentence", 99, "--verdict", "partial"], "has no sentence 99"),
        (["--sentence", 3, "--verdict", "partial", "--undo"], "one of"),
        (["--note", "why"], "--note goes with"),
        (["--undo"], "no decision to undo"),
    ],
)
@pytest.mark.usefixtures("story")
def test_what_makes_no_sense_is_said(
    crossread: Callable[..., Answer], words: list[object], said: str
) -> None:
    answer = crossread("audit", sample.STORY, *words, "--json")
    assert answer.status == 2
    assert said in answer.err
    assert answer.json["sentences"] == []


def test_a_choice_whose_sentence_is_gone_is_listed(mill: Path, crossread: Callable[..., Answer]) -> None:
    call = ["audit", draft(mill), "--against", "mill"]
    crossread(*call, "--sentence", 1, "--verdict", "partial", "--note", "asked")
    draft(mill, "Nothing is left of it [1]. " + DRAFT.partition("]. ")[2])
    (orphan,) = crossread(*call, "--json").json["orphans"]
    assert (orphan["kind"], orphan["value"], orphan["note"]) == ("verdict", "partial", "asked")
    assert "not there any more" in crossread(*call).out


# audit: bad input.


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        ("empty.txt", b"", 3, "is empty"),
        ("page.html", b"<p hidden>The mill closes.</p>", 3, "is empty"),
        ("binary.txt", bytes(range(256)) * 4, 3, "not a text file"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(
    mill: Path, crossread: Callable[..., Answer], name: str, data: bytes, status: int, said: str
) -> None:
    (mill / name).write_bytes(data)
    answer = crossread("audit", mill / name, "--against", "mill")
    assert answer.status == status
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_file_without_sources_to_hold_it_against_is_asked_for_them(
    mill: Path, crossread: Callable[..., Answer]
) -> None:
    answer = crossread("audit", draft(mill))
    assert answer.status == 2
    assert "--against STORY" in answer.err


# lint.


def test_lint_writes_a_line_a_finding_and_its_status_is_by_level(
    mill: Path, crossread: Callable[..., Answer]
) -> None:
    path = draft(mill)
    call = ["lint", path, "--against", "mill"]
    answer = crossread(*call)
    assert answer.status == 1
    first, *_ = answer.out.splitlines()
    assert first == f"{path}:1:82: figure: mill/1 says “18 million euros”, not “28 million euros”"
    assert "1 error" in answer.err
    draft(mill, "About 240 people work there [1]. Its owner is Tarn Paper.")
    assert [(level, crossread(*call, "--level", level).status) for level in ("error", "warning", "note")] == [
        ("error", 0),
        ("warning", 0),
        ("note", 1),
    ]
    draft(mill, "About 240 people work there [1].")
    answer = crossread(*call, "--level", "note")
    assert (answer.status, answer.out) == (0, "")
    assert crossread(*call, "--json").json["findings"] == []


@pytest.mark.usefixtures("mill")
def test_lint_reads_standard_input_and_answers_programs(crossread: Callable[..., Answer]) -> None:
    answer = crossread("lint", "-", "--against", "mill/1", "--json", stdin=b"\xef\xbb\xbf" + DRAFT.encode())
    assert answer.json["path"] == "-"
    first = answer.json["findings"][0]
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (1, 82, 1, 98)
    assert (first["level"], first["kind"], first["ref"]) == ("error", "figure", "mill/1")
    source = crossread("show", "mill/1", "--json").json["text"]
    assert source[first["start"] : first["end"]] == "18 million euros"
    uncited = answer.json["findings"][-1]
    assert (uncited["kind"], uncited["start"], uncited["end"]) == ("uncited", None, None)
    log = crossread("lint", "-", "--against", "mill/1", "--sarif", stdin=DRAFT).json
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == [
        one["kind"] for one in answer.json["findings"]
    ]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--against", "mill", "--sarif", "--json"], 2, "either --sarif or --json"),
        ([], 2, "--against"),
        (["--against", "nowhere"], 2, "nowhere"),
        (["--against", "mill", "--level", "loud"], 2, "loud"),
    ],
)
def test_lint_says_what_makes_no_sense(
    mill: Path, crossread: Callable[..., Answer], words: list[str], status: int, said: str
) -> None:
    answer = crossread("lint", draft(mill), *words)
    assert answer.status == status
    assert said in answer.err
    assert crossread("lint", mill / "none.md", "--against", "mill").status == 3


def test_levels_are_set_in_the_users_settings(mill: Path, crossread: Callable[..., Answer]) -> None:
    file = places.config_file()
    file.parent.mkdir(parents=True)
    file.write_text('[lint]\nfigure = "note"\nunsupported = "off"\nuncited = "off"\n')
    answer = crossread("lint", draft(mill), "--against", "mill", "--json")
    assert answer.status == 0
    assert [(one["kind"], one["level"]) for one in answer.json["findings"]] == [("figure", "note")]


@pytest.mark.parametrize(
    ("settings", "level", "status"),
    [
        ("", "error", 1),
        ('figure = "warning"', "error", 0),
        ('figure = "warning"', "warning", 1),
        ("", None, 0),
    ],
)
def test_an_audit_has_the_status_of_lint_where_a_level_is_named(
    mill: Path, crossread: Callable[..., Answer], settings: str, level: str | None, status: int
) -> None:
    file = places.config_file()
    file.parent.mkdir(parents=True)
    file.write_text(f"[lint]\n{settings}\n")
    words = ["--level", level] if level else []
    answer = crossread("audit", draft(mill), "--against", "mill", *words)
    assert answer.status == status
    assert "28 million" in answer.out


@pytest.mark.usefixtures("mill")
def test_a_draft_that_cannot_be_judged_passes_no_check(crossread: Callable[..., Answer]) -> None:
    german = (
        "Das Papierwerk in Ostwick wird im März geschlossen, und das hat der Eigentümer gesagt. Etwa 240"
        " Menschen arbeiten dort, und die Gewerkschaft ist mit dem Eigentümer nicht zufrieden."
    )
    answer = crossread("lint", "-", "--against", "mill", stdin=german)
    assert answer.status == 3
    assert answer.out == ""
    assert "German" in answer.err
    assert crossread("audit", "-", "--against", "mill", stdin=german).out == ""
