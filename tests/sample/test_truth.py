"""The written truth has to be true of the bundled texts, or every test that stands on it stands on air."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

Truth = dict[str, Any]


@pytest.fixture
def bodies(sample_page: Path, sample_article: Path) -> dict[int | str, str]:
    blocks = re.findall(r"^\[(\d+)\]\n.+\n(.+)$", sample_page.read_text("utf-8"), re.MULTILINE)
    found: dict[int | str, str] = {int(number): body for number, body in blocks}
    found["article"] = sample_article.read_text("utf-8")
    return found


def test_the_page_announces_as_many_sources_as_it_has(sample_page: Path, sample_truth: Truth) -> None:
    first, *rest = sample_page.read_text("utf-8").splitlines()
    assert first == f"{sample_truth['listed']} Sources"
    assert [line for line in rest if re.fullmatch(r"\[\d+\]", line)] == [f"[{n}]" for n in range(1, 14)]


def test_titles_and_publishers_stand_on_the_page(sample_page: Path, sample_truth: Truth) -> None:
    lines = sample_page.read_text("utf-8").splitlines()
    for source in sample_truth["sources"]:
        listed = lines[lines.index(f"[{source['number']}]") + 1]
        assert listed == source["listed_title"]
        assert listed.startswith(source["title"])
        assert (source["publisher"] is None) == (listed == source["title"])
        assert listed.endswith(source["publisher"] or "")


def test_every_text_of_the_truth_stands_where_it_says(
    bodies: dict[int | str, str], sample_truth: Truth
) -> None:
    places = [*sample_truth["muted"], *sample_truth["attributions"]]
    places += [variant for quote in sample_truth["quotes"] for variant in quote["variants"]]
    for row in sample_truth["figures"]:
        places += [mention for value in row["values"] for mention in value["mentions"]]
    assert len(places) > 100
    for place in places:
        assert place["text"] in bodies[place["number"]], place


def test_entities_are_named_in_the_sources_listed_and_in_no_other(
    bodies: dict[int | str, str], sample_truth: Truth
) -> None:
    for entity in sample_truth["entities"]:
        names = "|".join(re.escape(name) for name in [entity["name"], *entity["aliases"]])
        found = [number for number, body in bodies.items() if re.search(rf"(?<!\w)(?:{names})(?!\w)", body)]
        assert found == entity["numbers"], entity["name"]


def test_copies_are_copies_and_the_part_is_a_part(bodies: dict[int | str, str], sample_truth: Truth) -> None:
    lineage = sample_truth["lineage"]
    for first, second in lineage["copies"]:
        assert (
            bodies[second].replace(".", ". ").split()[-300:]
            == bodies[first].replace(".", ". ").split()[-300:]
        )
    part, whole = lineage["partial"][0]["part"], lineage["partial"][0]["whole"]
    assert bodies[whole].endswith(bodies[part])
    assert 0.6 < len(bodies[part]) / len(bodies[whole]) < 0.8
    for glued in lineage["glued"]:
        assert glued["text"].split(".")[1] in bodies[glued["number"]]


def test_the_rewrite_shares_hardly_any_run_of_words_with_its_origin(
    bodies: dict[int | str, str], sample_truth: Truth
) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[\w$%.]+", re.sub(r"[\"“][^\"”]*[\"”]", "", text).lower())
        return set(zip(*(words[shift:] for shift in range(5)), strict=False))

    rewrite = sample_truth["lineage"]["rewrites"][0]
    spun, origin = runs(bodies[rewrite["rewrite"]]), runs(bodies[rewrite["of"]])
    assert len(spun & origin) < 0.03 * len(spun)


def test_markers_have_just_the_readings_written_down(sample_page: Path, sample_truth: Truth) -> None:
    def readings(digits: str, above: int = 0) -> list[list[int]]:
        if not digits:
            return [[]]
        found = []
        for length in (1, 2):
            head = digits[:length]
            if len(head) == length and head[0] != "0" and above < int(head) <= sample_truth["listed"]:
                found += [[int(head), *rest] for rest in readings(digits[length:], int(head))]
        return found

    page = sample_page.read_text("utf-8")
    ambiguous = [marker for marker in sample_truth["summary"]["markers"] if marker["ambiguous"]]
    assert {tuple(marker["chosen"]) for marker in ambiguous if marker["text"] == "12"} == {(1, 2), (12,)}
    for marker in sample_truth["summary"]["markers"]:
        assert marker["sentence"] in page
        assert sorted(readings(marker["text"])) == sorted(marker["readings"])
        assert marker["chosen"] in marker["readings"]
        assert marker["ambiguous"] == (len(marker["readings"]) > 1)


def test_the_summary_and_the_related_stories_stand_on_the_page_in_order(
    sample_page: Path, sample_truth: Truth
) -> None:
    page = sample_page.read_text("utf-8")
    summary = sample_truth["summary"]
    lines = [summary["lead"], *summary["paragraphs"], *(entry["text"] for entry in sample_truth["related"])]
    assert all(before < after for before, after in pairwise(page.index(f"\n{line}\n") for line in lines))
    for entry in sample_truth["related"]:
        tail = f"{entry['sources']} Sources\n{entry['category']}\n{entry['age']}\n"
        assert f"\n{entry['text']}\n{tail}{tail}" in page
