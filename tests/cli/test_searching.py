from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("story")


def test_a_wrong_query_is_shown_with_a_caret_under_its_place(crossread: Callable[..., Any]) -> None:
    answer = crossread("search", "title:(")
    assert answer.status == 2
    first, query, caret = answer.err.splitlines()[:3]
    assert first.startswith("crossread: ")
    assert query == "  title:("
    assert caret.strip() == "^"
    position = crossread("search", "title:(", "--json").json["error"]["position"]
    assert caret.index("^") == 2 + position


def test_the_caret_stands_under_the_place_after_wide_characters(crossread: Callable[..., Any]) -> None:
    answer = crossread("search", "港町 title:(")
    query, caret = answer.err.splitlines()[1:3]
    position = crossread("search", "港町 title:(", "--json").json["error"]["position"]
    assert caret.index("^") == 2 + position + sum(1 for sign in query[2 : 2 + position] if sign in "港町")


def test_nothing_found_is_an_answer(crossread: Callable[..., Any]) -> None:
    answer = crossread("search", "zzqqxyzzy")
    assert answer.status == 1
    assert answer.out == ""
    assert "Nothing found" in answer.err
    answer = crossread("search", "zzqqxyzzy", "--json")
    assert answer.status == 1
    assert answer.json["total"] == 0
    assert answer.json["hits"] == []


def test_hits_are_shown_with_title_ref_and_marked_words(crossread: Callable[..., Any]) -> None:
    answer = crossread("search", '"golden share"')
    assert answer.status == 0
    assert (
        "Northport sells 49% of its harbour to Meridian Fund  harbour-deal/1 · The Saltmarsh Courier"
        in answer.out
    )
    assert "«golden share»" in answer.out or "«golden» «share»" in answer.out
    assert "\x1b" not in answer.out


def test_pages_of_hits_follow_each_other(crossread: Callable[..., Any]) -> None:
    every = crossread("search", "Northport", "--json").json
    assert every["total"] == len(every["hits"]) > 8
    pages = [
        crossread("search", "Northport", "--json", "--limit", 4, "--offset", offset).json
        for offset in (0, 4, 8)
    ]
    assert [hit["ref"] for page in pages for hit in page["hits"]] == [hit["ref"] for hit in every["hits"]][
        :12
    ]
    assert {page["total"] for page in pages} == {every["total"]}
    beyond = crossread("search", "Northport", "--offset", 500)
    assert beyond.status == 0
    assert "none from place 501 on" in beyond.err


def test_a_query_may_come_in_several_words_or_after_dashes(crossread: Callable[..., Any]) -> None:
    assert (
        crossread("search", "golden", "share", "--json").json["hits"]
        == crossread("search", "golden share", "--json").json["hits"]
    )
    assert crossread("search", "--json", "--", "Northport -Blackfen").json["total"] > 0


def test_only_one_story_is_searched_when_it_is_named(crossread: Callable[..., Any]) -> None:
    assert crossread("search", "harbour", "--story", "harbour-deal").status == 0
    answer = crossread("search", "harbour", "--story", "elsewhere")
    assert answer.status == 2
    assert "elsewhere" in answer.err


def test_queries_from_standard_input_are_answered_line_by_line(crossread: Callable[..., Any]) -> None:
    lines = ["golden share", "title:(", "zzqqxyzzy", '"fish hall"']
    answer = crossread("search", "-", stdin="".join(f"{line}\n" for line in lines))
    assert answer.status == 0
    documents = [json.loads(line) for line in answer.out.splitlines()]
    assert [document["query"] for document in documents] == lines
    assert {document["schema"] for document in documents} == {"crossread/search/1"}
    assert [document.get("total", "none") for document in documents][1:] == ["none", 0, 1]
    assert documents[1]["error"].keys() == {"message", "position"}
    assert documents[3]["hits"][0]["ref"] == "harbour-deal/13"
    assert crossread("search", "-", stdin="zzqqxyzzy\n").status == 1
    assert crossread("search", "-").out == ""
