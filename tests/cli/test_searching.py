from __future__ import annotations

import json
import shutil
import threading
from functools import partialmethod
from typing import TYPE_CHECKING, Any

import pytest

from index import SearchIndex
from sources.importing import import_paths
from sources.library import Library
from tests.waiting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index import CatchUp, Results

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


def test_a_first_search_that_takes_long_does_not_speak_of_an_index_before_it(
    crossread: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.services.search.PATIENCE", 0.0)
    shutil.rmtree(folder / "index", ignore_errors=True)
    assert "built again" not in crossread("search", "harbour").err
    for manifest in (folder / "index").glob("manifest-*.json"):
        manifest.write_text("{", "utf-8")
    assert "built again" in crossread("search", "harbour").err


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


def test_near_copies_are_listed_together_unless_all_are_wanted(crossread: Callable[..., Any]) -> None:
    together = crossread("search", '"glass wall"', "--json", "--limit", 50).json
    apart = crossread("search", '"glass wall"', "--json", "--limit", 50, "--all-copies").json
    copies = [ref for hit in together["hits"] for ref in hit["copies"]]
    assert copies
    assert {hit["ref"] for hit in apart["hits"]} == {hit["ref"] for hit in together["hits"]} | set(copies)
    assert together["total"] == len(together["hits"]) == apart["total"] - len(copies)
    assert "nearly the same: " in crossread("search", '"glass wall"').out


def test_facets_are_counted_when_asked_for(crossread: Callable[..., Any]) -> None:
    assert crossread("search", "harbour", "--json").json["facets"] == []
    facets = {
        facet["name"]: facet["values"]
        for facet in crossread("search", "harbour", "--json", "--facets").json["facets"]
    }
    assert set(facets) == {"story", "publisher", "month", "entity", "tag"}
    assert facets["story"][0]["value"] == "harbour-deal"
    (entity, *_) = facets["entity"]
    narrowed = crossread("search", f"harbour {entity['query']}", "--json", "--all-copies").json
    assert narrowed["total"] >= entity["count"]
    assert "\nentity: " in crossread("search", "harbour", "--facets").out


def test_a_search_is_saved_and_asked_again(crossread: Callable[..., Any]) -> None:
    assert crossread("searches").status == 1
    assert crossread("searches", "--json").json["searches"] == []
    first = crossread("search", "speaker:moss", "--sort", "newest", "--save", "by Moss", "--json")
    assert first.status == 0
    assert "by Moss" in first.err
    again = crossread("search", "--saved", "BY MOSS", "--json")
    assert again.json["hits"] == first.json["hits"]
    narrower = crossread("search", "--saved", "by moss", "golden", "--json").json
    assert 0 < narrower["total"] < first.json["total"]
    (kept,) = crossread("searches", "--json").json["searches"]
    assert kept == {"name": "by Moss", "query": "speaker:moss", "story": None, "sort": "newest", "new": 0}
    assert "speaker:moss" in crossread("searches").out
    assert crossread("searches", "--remove", "by moss").status == 0
    assert crossread("search", "--saved", "by moss").status == 2


def test_what_cannot_be_saved_is_said(crossread: Callable[..., Any]) -> None:
    assert crossread("search").status == 2
    assert crossread("search", "title:(", "--save", "x").status == 2
    assert crossread("search", "-", "--save", "x", stdin="port\n").status == 2
    assert crossread("searches", "--remove", "x").status == 2
    assert crossread("searches", "--json").json["searches"] == []


@pytest.mark.parametrize(
    ("query", "position", "hint"),
    [
        ("harbour *", 8, "harb*"),
        ("title:a..b", 6, "date:"),
        ("harbour [a TO b]", 8, "date:2031-05..2031-06"),
        ("speaker:moss quote:", 19, "quote:buyer"),
    ],
)
@pytest.mark.usefixtures("story")
def test_a_refused_query_is_answered_with_its_place_and_a_way_out(
    crossread: Callable[..., Any], query: str, position: int, hint: str
) -> None:
    answer = crossread("search", query, "--json")
    assert answer.status == 2
    document = answer.json
    assert (document["query"], document["total"], document["hits"]) == (query, 0, [])
    assert document["error"]["position"] == position
    assert hint in document["error"]["hint"]
    shown = crossread("search", query)
    assert hint in shown.err
    assert shown.out == ""


@pytest.mark.usefixtures("story")
def test_an_answer_that_is_a_part_says_so(
    crossread: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert crossread("search", "harbour", "--json").json["whole"] is True
    whole = SearchIndex.search
    monkeypatch.setattr(SearchIndex, "search", partialmethod(whole, deadline=-1.0))
    document = crossread("search", "harbour", "--json").json
    assert document["whole"] is False
    assert "time" in document["state"]
    assert "time" in crossread("search", "harbour").err


def slow_to_catch_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the index be brought in step only once the first search was answered."""
    answered = threading.Event()
    catch_up, search = SearchIndex.catch_up, SearchIndex.search

    def waiting(self: SearchIndex, **options: Any) -> CatchUp:
        assert answered.wait(PATIENCE)
        return catch_up(self, **options)

    def answering(self: SearchIndex, query: str, **options: Any) -> Results:
        results = search(self, query, **options)
        answered.set()
        return results

    monkeypatch.setattr("tui.services.search.PATIENCE", 0.05)
    monkeypatch.setattr(SearchIndex, "catch_up", waiting)
    monkeypatch.setattr(SearchIndex, "search", answering)


def test_a_search_does_not_wait_for_the_index_to_be_brought_in_step(
    crossread: Callable[..., Any], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new.txt").write_text("The harbour pilots met at the semaphore.", "utf-8")
    with Library.open(folder) as library:
        import_paths(library, [str(tmp_path / "new.txt")])
    with monkeypatch.context() as slow:
        slow_to_catch_up(slow)
        answer = crossread("search", "harbour", "--json")
        assert answer.status == 0
        assert "from before" in answer.json["state"]
    # It was brought in step after the answer.
    with Library.open(folder) as library, SearchIndex(folder / "index", library) as index:
        assert index.freshness().behind == 0
    assert crossread("search", "semaphore", "--json").json["total"] == 1


def test_a_damaged_index_is_searched_while_it_is_built_anew(
    crossread: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for segment in (folder / "index").glob("*.seg"):
        segment.write_bytes(b"nothing")
    with monkeypatch.context() as slow:
        slow_to_catch_up(slow)
        answer = crossread("search", "harbour", "--json")
        assert (answer.status, answer.json["total"] > 0) == (0, True)
    assert crossread("search", "harbour", "--json").json["state"] == ""
