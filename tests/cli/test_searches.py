"""Saved searches on the command line are those that the app keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sources.errors import RequestError, UnknownReference
from sources.library import Library
from tui.services.queries import SavedSearch, rename_search, save_search, saved_searches

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Answer


def test_a_kept_search_gets_another_name(library: Library) -> None:
    save_search(library, SavedSearch("one", "crane", None, "newest"))
    renamed = rename_search(library, "One", "  the  cranes ")
    assert saved_searches(library) == (renamed,) == (SavedSearch("the cranes", "crane", None, "newest"),)
    assert rename_search(library, "the cranes", "The Cranes").name == "The Cranes"


def test_a_name_that_is_taken_or_none_changes_nothing(library: Library) -> None:
    for name in ("one", "two"):
        save_search(library, SavedSearch(name, "crane", None, "relevance"))
    before = saved_searches(library)
    for new in ("TWO", "", "x" * 81):
        with pytest.raises(RequestError):
            rename_search(library, "one", new)
    with pytest.raises(UnknownReference):
        rename_search(library, "three", "four")
    assert saved_searches(library) == before


def test_searches_are_renamed_on_the_command_line(crossread: Callable[..., Answer]) -> None:
    crossread("search", "crane", "--save", "one", "--sort", "newest")
    done = crossread("searches", "--rename", "one", "cranes", "--json")
    assert done.json["searches"] == [
        {"name": "cranes", "query": "crane", "story": None, "sort": "newest", "new": 0}
    ]
    refused = crossread("searches", "--rename", "one", "two")
    assert refused.status == 2
    assert "There is no saved search 'one'" in refused.err


def test_a_saved_search_counts_and_shows_what_is_new_since_it_was_looked_at(
    crossread: Callable[..., Answer], tmp_path: Path
) -> None:
    def add(name: str, text: str) -> None:
        (tmp_path / name).write_text(text, "utf-8")
        assert crossread("add", tmp_path / name, "--story", "quays").status == 0

    def news(*, of: str = "cranes") -> int | None:
        found: list[dict[str, Any]] = crossread("searches", "--json").json["searches"]
        return next((row["new"] for row in found if row["name"] == of), None)

    add("a.txt", "The crane stays\n\nThe old crane on the quay of Dell is not sold after all.\n")
    crossread("search", "crane", "--save", "cranes")
    assert news() == 0
    add("b.txt", "A crane falls\n\nA crane fell into the dock at Oakmouth in the night to Tuesday.\n")
    add("c.txt", "Ferry back\n\nThe ferry to Saltmarsh runs again after nine days in the dock.\n")
    assert news() == 1
    assert crossread("search", "--saved", "cranes", "--json").json["total"] == 2
    assert news() == 1  # a search like any other has nothing seen
    found = crossread("search", "--saved", "cranes", "--new", "--json")
    assert (found.status, [hit["ref"] for hit in found.json["hits"]]) == (0, ["quays/2"])
    assert found.json["query"] == "crane"
    assert news() == 0
    again = crossread("search", "--saved", "cranes", "--new", "--json")
    assert (again.status, again.json["hits"]) == (1, [])
    add("a.txt", "The crane goes\n\nThe old crane on the quay of Dell is sold after all.\n")
    assert "1" in crossread("searches").out
    assert [
        hit["ref"] for hit in crossread("search", "--saved", "cranes", "--new", "--json").json["hits"]
    ] == ["quays/1"]


def test_what_was_never_looked_at_is_not_counted_but_shown(
    crossread: Callable[..., Answer], story: Path
) -> None:
    with Library.open(story) as opened:
        save_search(opened, SavedSearch("harbour", "harbour", None, "relevance"))
    (row,) = crossread("searches", "--json").json["searches"]
    assert row["new"] is None
    assert crossread("search", "--saved", "harbour", "--new", "--json").json["total"] > 3
    (row,) = crossread("searches", "--json").json["searches"]
    assert row["new"] == 0


def test_new_is_for_a_saved_search_as_it_is(crossread: Callable[..., Answer]) -> None:
    crossread("search", "crane", "--save", "cranes")
    for words in (("crane", "--new"), ("--saved", "cranes", "--new", "quay")):
        refused = crossread("search", *words)
        assert refused.status == 2
        assert "--new is for a saved search" in refused.err
