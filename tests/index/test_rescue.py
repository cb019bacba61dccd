"""What a search answers while a damaged index is being built again."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

import index.search_index
import index.whoosh_engine.merge_policy
from index import CatchUp, SearchIndex
from index.index_sync import IndexSync
from index.manifest import latest_generation, read_manifest
from sources.errors import IndexTrouble
from tests.index.shelf import put_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sources.library import Library

TEXTS = 6


@pytest.fixture
def several(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SearchIndex]:
    """Give an index of several segments of one text each."""
    monkeypatch.setattr(index.whoosh_engine.merge_policy, "_TOGETHER", TEXTS + 1)
    monkeypatch.setattr(index.search_index, "_PATIENCE", 0.01)
    with SearchIndex.open(folder, library) as opened:
        for number in range(TEXTS):
            put_texts(library, f"s{number}", {"a": f"The ferry number{number} sails."})
            opened.catch_up()
        yield opened


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hold the building of a new index up until the event is set."""
    may_build = threading.Event()
    real: Callable[..., CatchUp] = IndexSync.replace_damaged

    def slow(upkeep: IndexSync, *arguments: object) -> CatchUp:
        assert may_build.wait(60)
        return real(upkeep, *arguments)

    monkeypatch.setattr(IndexSync, "replace_damaged", slow)
    yield may_build
    may_build.set()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def segments(folder: Path) -> list[Path]:
    generation = latest_generation(folder)
    assert generation is not None
    manifest = read_manifest(folder, generation)
    assert manifest is not None
    return [folder / record.name for record in manifest.segments]


def mended(opened: SearchIndex, builds: threading.Event) -> None:
    """Let the new index be built, and see that all is found again."""
    builds.set()
    assert opened.catch_up().rebuilt
    results = opened.search("ferry", all_copies=True)
    assert (results.total, results.state) == (TEXTS, "")
    assert opened.problems() == ()


@pytest.mark.usefixtures("several")
def test_segments_that_are_whole_are_searched(
    library: Library, folder: Path, builds: threading.Event
) -> None:
    cut(segments(folder)[2])
    with SearchIndex(folder, library) as other:
        results = other.search("ferry", all_copies=True)
        assert results.total == TEXTS - 1
        assert "being built again. 5 of 6 texts were searched" in results.state
        assert other.search("number2").total == 0
        assert other.search("number3").total == 1
        mended(other, builds)
    assert len(list(folder.parent.glob("index.damaged-*"))) == 1


@pytest.mark.usefixtures("several")
def test_texts_are_searched_when_nothing_of_the_index_is_whole(
    library: Library, folder: Path, builds: threading.Event
) -> None:
    for path in segments(folder):
        cut(path)
    with SearchIndex(folder, library) as other:
        results = other.search('"ferry number4"')
        assert [str(hit.ref) for hit in results.hits] == ["s4/1"]
        assert "6 of 6 texts were searched" in results.state
        mended(other, builds)


def test_texts_are_searched_before_there_is_an_index(
    library: Library, folder: Path, builds: threading.Event
) -> None:
    put_texts(library, "s", {"a": "The ferry sails."})
    with SearchIndex(folder, library) as other:
        results = other.search("ferry")
        assert results.total == 1
        assert results.state
        builds.set()
        other.catch_up()
        assert other.search("ferry").state == ""


@pytest.mark.usefixtures("several")
def test_an_index_that_cannot_be_mended_is_no_reason_not_to_answer(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> CatchUp:
        raise IndexTrouble("The search index could not be written (No space left on device).")

    monkeypatch.setattr(IndexSync, "replace_damaged", full)
    cut(segments(folder)[0])
    with SearchIndex(folder, library) as other:
        results = other.search("ferry", all_copies=True)
        assert results.total == TEXTS - 1
        assert "No space left" in results.state
