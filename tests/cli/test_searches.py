"""Saved searches on the command line are those that the app keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources.errors import RequestError, UnknownReference
from tui.services.queries import SavedSearch, rename_search, save_search, saved_searches

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.library import Library
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
    assert done.json["searches"] == [{"name": "cranes", "query": "crane", "story": None, "sort": "newest"}]
    refused = crossread("searches", "--rename", "one", "two")
    assert refused.status == 2
    assert "There is no saved search 'one'" in refused.err
