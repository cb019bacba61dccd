from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema  # type: ignore[import-untyped]  # has no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import Malformed
from sources.importing import import_paths
from sources.model import Ref, Span
from sources.text.cleaning import clean_text
from tui.services.audit import audit_text, overrule
from tui.services.config import parse_config
from tui.services.lint import KINDS, LEVELS, Level, Linted, Places, claims_something, lint, totals
from tui.services.sarif import sarif

if TYPE_CHECKING:
    from sources.library import Library

MILL = """The paper mill in Ostwick will close on 3 March, its owner said. About 240 people work there.
The owner, Tarn Paper, lost 18 million euros last year."""
OVEN = "The bakery in Ostwick bought a new oven for 900 euros. It bakes 400 loaves a day."
DRAFT = """# What is known

The paper mill in Ostwick will close on 3 March [1]. The owner, Tarn Paper,
lost 28 million euros last year [1]. Surgeons in Lisbon praised the new ward [1].
The bakery in Ostwick bought a new oven for 900 euros. Who knows?
"""
GERMAN = """Das Papierwerk in Ostwick wird im März geschlossen, und das hat der Eigentümer gesagt.
Etwa 240 Menschen arbeiten dort, und die Gewerkschaft ist mit dem Eigentümer nicht zufrieden.
"""


@pytest.fixture
def mill(library: Library, tmp_path: Path) -> Library:
    paths = []
    for number, text in enumerate((MILL, OVEN), start=1):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(f"Ostwick {number}\n\n{text}\n", encoding="utf-8")
    assert not import_paths(library, [str(path) for path in paths], story="mill").failed
    return library


def linted(library: Library, written: str = DRAFT, path: str = "draft.md", **levels: Level) -> Linted:
    found = lint(library, path, written, ["mill"], levels=levels)
    assert found is not None
    return found


def test_each_finding_says_what_the_source_has_and_where_it_is_in_the_file(mill: Library) -> None:
    figure, unsupported, uncited = linted(mill).findings
    assert (figure.kind, figure.level) == ("figure", Level.ERROR)
    assert figure.message == "mill/1 says “18 million euros”, not “28 million euros”"
    assert figure.place == (4, 6, 4, 22)
    assert figure.ref == Ref("mill", 1)
    assert figure.words == "18 million euros"
    assert (unsupported.kind, unsupported.level) == ("unsupported", Level.WARNING)
    assert unsupported.message.startswith("mill/1 does not say it")
    assert (unsupported.place.line, unsupported.place.column) == (4, 38)
    assert (uncited.kind, uncited.level) == ("uncited", Level.NOTE)
    assert uncited.message == "cites nothing; mill/2 says it"
    assert (uncited.place.line, uncited.place.column) == (5, 1)


def test_a_detail_is_missing_only_where_no_cited_source_has_it(mill: Library) -> None:
    written = "About 240 people work at the mill in Ostwick, which is 97 metres long [{}]."
    (missing,) = [one for one in linted(mill, written.format("1")).findings if one.kind == "missing"]
    assert missing.message == "“97 metres” is not in mill/1"
    assert missing.level is Level.WARNING
    assert linted(mill, "About 240 people work at the mill [1].").findings == ()


def test_a_number_without_a_source_and_an_unread_marker_are_told(mill: Library, tmp_path: Path) -> None:
    written = "The paper mill in Ostwick will close on 3 March [1, 7]."
    (absent,) = linted(mill, written).findings
    assert (absent.kind, absent.message) == ("absent", "cites 7, which is not there")
    assert written[absent.place.column - 1 : absent.place.end_column - 1].strip() == "[1, 7]"
    for number in range(3, 13):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"Weather {number}\n\nIt rained on day {number}.\n")
        import_paths(mill, [str(path)], story="mill")
    glued = "The paper mill in Ostwick will close on 3 March 12. The bakery bought a new oven 2."
    kinds = {one.kind: one.message for one in linted(mill, glued).findings}
    assert "12 may be" in kinds["ambiguous"]


def test_what_the_user_decided_is_not_found_again(mill: Library) -> None:
    before = audit_text(mill, "draft.md", DRAFT, ["mill"])
    assert before is not None
    overrule(mill, before, 2, "supported")
    overrule(mill, before, 3, "contradicted", "asked the ward")
    overruled, uncited = linted(mill).findings
    assert (overruled.kind, overruled.message) == ("overruled", "you found it contradicted: asked the ward")
    assert uncited.kind == "uncited"


def test_levels_are_the_users(mill: Library) -> None:
    found = linted(mill, figure=Level.NOTE, uncited=Level.OFF)
    assert [(one.kind, one.level) for one in found.findings] == [
        ("figure", Level.NOTE),
        ("unsupported", Level.WARNING),
    ]
    assert found.worst is Level.WARNING
    assert totals(found.findings) == "1 warning, 1 note"
    assert linted(mill, "About 240 people work there [1].").worst is Level.OFF


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The mill will close.", True),
        ("The mill will close [3].", True),
        ("The mill will close.³", True),
        ("The mill will close.34", True),
        ("“The mill will close.”", True),
        ("*The mill will close.*", True),
        ("Will the mill close?", False),
        ("“Will the mill close?” [3]", False),
        ("Will the mill close? (3)", False),
        ("What is known of the mill", False),
        ("Not so fast.", False),
        ("This is not so.", True),
        ("", False),
    ],
)
def test_what_claims_nothing_needs_no_source(text: str, claims: bool) -> None:  # noqa: FBT001 - the table's column
    assert claims_something(text) is claims


# Places in the file.


@pytest.mark.parametrize(
    ("written", "word", "place"),
    [
        ("One two.\nThree four.", "four", (2, 7, 2, 11)),
        ("One\r\ntwo\rthree four", "four", (3, 7, 3, 11)),
        ("One\u2028two three", "three", (1, 9, 1, 14)),  # an editor sees one line
        ("One\u200b \ufeffcafe\u0301 four", "four", (1, 13, 1, 17)),
        ("One \U0001f600 four", "four", (1, 7, 1, 11)),
        ("cafe\u0301", "caf\u00e9", (1, 1, 1, 6)),
        ("four", "four", (1, 1, 1, 5)),
        ("a\u202eb four", "four", (1, 5, 1, 9)),
    ],
)
def test_places_are_those_of_the_file(written: str, word: str, place: tuple[int, ...]) -> None:
    cleaned = clean_text(written)
    start = cleaned.index(word)
    assert Places(written, cleaned).of(Span(start, start + len(word))) == place


@given(st.text(alphabet="ab \n\r\u2028\u0301\ufeff\x00é😀", max_size=40), st.data())
def test_each_code_point_is_found_where_it_was_written(written: str, data: st.DataObject) -> None:
    cleaned = clean_text(written)
    if not cleaned:
        return
    at = data.draw(st.integers(0, len(cleaned) - 1))
    place = Places(written, cleaned).of(Span(at, at + 1))
    lines = written.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= place.line <= len(lines)
    if cleaned[at] != "\n":
        there = lines[place.line - 1][place.column - 1]
        assert unicodedata.normalize("NFD", there)[0] == unicodedata.normalize("NFD", cleaned[at])[0]


# Settings.


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('wrong = "off"', "finds nothing"),
        ('missing = "loud"', "missing is one of"),
        ("missing = 3", "missing is"),
    ],
)
def test_a_level_that_is_none_costs_only_itself(line: str, said: str, tmp_path: Path) -> None:
    config = parse_config(f'[lint]\n{line}\nuncited = "note"\n'.encode(), tmp_path / "config.toml")
    assert config.lint == {"uncited": "note"}
    (trouble,) = config.troubles
    assert said in trouble.reason
    assert trouble.line == 2


def test_lint_is_a_table(tmp_path: Path) -> None:
    (trouble,) = parse_config(b'lint = "error"\n', tmp_path / "config.toml").troubles
    assert "table" in trouble.reason


def test_a_web_page_is_not_linted_as_it_has_no_columns(mill: Library) -> None:
    with pytest.raises(Malformed, match="no line and column"):
        lint(mill, "page.html", "<p>The mill closes.</p>", ["mill"])


# SARIF.


def test_the_log_has_what_the_standard_requires(mill: Library) -> None:
    log = sarif(linted(mill, path="my drafts/a#1.md"), "1.2.3")
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("crossread", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == list(KINDS)
    assert {rule["defaultConfiguration"]["level"] for rule in driver["rules"]} <= {*LEVELS} - {"off"}
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "my%20drafts/a%231.md"
        region = location["physicalLocation"]["region"]
        assert 1 <= region["startLine"] <= region["endLine"]
        assert region["startColumn"] >= 1
    (related,) = run["results"][0]["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "crossread:mill/1"
    assert related["physicalLocation"]["region"]["snippet"]["text"] == "18 million euros"
    assert related["physicalLocation"]["region"]["charLength"] == len("18 million euros")
    assert "relatedLocations" not in run["results"][2]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("draft.md", "draft.md"),
        ("my drafts/Fähre #1 [x].md", "my%20drafts/F%C3%A4hre%20%231%20%5Bx%5D.md"),
        ("mailto:me.md", "mailto%3Ame.md"),
        ("-", "-"),
    ],
)
def test_the_log_is_as_the_specification_says(mill: Library, name: str, address: str) -> None:
    schema = json.loads((Path(__file__).parent / "data" / "sarif-parts.json").read_text(encoding="utf-8"))
    for written in (DRAFT, GERMAN):
        found = lint(mill, name, written, ["mill"])
        assert found is not None
        log = sarif(found, "1")
        jsonschema.validate(log, schema)
        places = [result["locations"][0]["physicalLocation"] for result in log["runs"][0]["results"]]
        assert {place["artifactLocation"]["uri"] for place in places} <= {address}
        assert bool(places) is (written == DRAFT)


def test_words_of_a_draft_are_no_links_of_the_log(mill: Library) -> None:
    written = "About 240 people work at the mill in Ostwick, 97 metres from [the pier](2) [1]."
    log = sarif(linted(mill, written), "1")
    texts = [result["message"]["text"] for result in log["runs"][0]["results"]]
    assert not any(re.search(r"(?<!\\)\[[^\[\]]*\]\(", text) for text in texts)


def test_columns_count_code_points_whatever_their_bytes(mill: Library) -> None:
    written = "„Élan“ 🚢 sank. The owner, Tarn Paper, lost 28 million euros last year [1]."
    (figure,) = [one for one in linted(mill, written).findings if one.kind == "figure"]
    (result,) = [
        one for one in sarif(linted(mill, written), "1")["runs"][0]["results"] if one["ruleId"] == "figure"
    ]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert written[region["startColumn"] - 1 : region["endColumn"] - 1] == "28 million euros"
    assert region["startColumn"] == figure.place.column


def test_the_problem_matcher_of_the_page_reads_what_lint_writes() -> None:
    page = (Path(__file__).parents[2] / "docs" / "auditing.md").read_text(encoding="utf-8")
    (settings,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    pattern = json.loads(settings)["tasks"][0]["problemMatcher"]["pattern"]
    found = re.search(pattern["regexp"], "my drafts/a.md:4:6: figure: mill/1 says “a: 1:2: b”, not “c”")
    assert found is not None
    assert found[pattern["file"]] == "my drafts/a.md"
    assert (found[pattern["line"]], found[pattern["column"]], found[pattern["code"]]) == ("4", "6", "figure")
    assert found[pattern["message"]] == "mill/1 says “a: 1:2: b”, not “c”"


@pytest.mark.skipif(shutil.which("vim") is None, reason="needs vim")
def test_the_quickfix_list_of_vim_goes_to_the_very_word(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "auditing.md").read_text(encoding="utf-8")
    (form,) = re.findall(r"setlocal (errorformat=.*)", page)
    line = "Die Fähre „Élan“ kostete viel. Then the sea."
    (tmp_path / "d.md").write_text(f"# Sea\n\n{line}\n", encoding="utf-8")
    finding = f"d.md:3:{line.index('Then') + 1}: figure: mill/1 says “a”, not “b: c”"
    script = (
        f"set encoding=utf-8 {form}\ncexpr '{finding}'\ncfirst\n"
        "call writefile([strpart(getline('.'), col('.') - 1, 4), getqflist()[0].text], 'out.txt')\nqa!\n"
    )
    (tmp_path / "run.vim").write_text(script, encoding="utf-8")
    subprocess.run(
        ["vim", "-u", "NONE", "-N", "-es", "-S", "run.vim", "d.md"], cwd=tmp_path, check=False, timeout=30
    )
    out = (tmp_path / "out.txt").read_text(encoding="utf-8").splitlines()
    assert out == ["Then", "figure: mill/1 says “a”, not “b: c”"]


def test_a_file_from_the_root_has_an_address_with_its_scheme(mill: Library) -> None:
    log = sarif(linted(mill, path="/drafts/draft.md"), "1")
    (result, *_) = log["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "file:///drafts/draft.md"


def test_a_draft_that_cannot_be_judged_has_no_findings_and_is_told(mill: Library) -> None:
    found = linted(mill, GERMAN)
    assert found.findings == ()
    assert found.unjudged is not None
    (invocation,) = sarif(found, "1")["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == found.unjudged
