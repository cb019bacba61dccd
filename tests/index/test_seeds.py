"""Searching whole stories: the bundled one, and the texts that development is measured on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from index import SearchIndex
from sources import sample
from sources.importing import import_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sources.library import Library


class Story(NamedTuple):
    searched: SearchIndex
    word: str
    other: str
    publisher: str


@pytest.fixture(params=["bundled", "seeds"])
def story(
    request: pytest.FixtureRequest, library: Library, folder: Path, shared: Callable[[str], list[Path]]
) -> Iterator[Story]:
    if request.param == "bundled":
        paths, words = (
            [sample.page_path(), sample.article_path()],
            ("auditor", "Meridian", "Quayside Monitor"),
        )
    else:
        paths, words = shared("seeds/*.txt"), ("superintelligence", "Reuters", "TechCrunch")
    import_paths(library, [str(path) for path in paths])
    with SearchIndex.open(folder, library) as index:
        yield Story(index, *words)


def test_a_quoted_word_is_found_as_written_and_highlighted(story: Story) -> None:
    results = story.searched.search(f'"{story.word}"')
    assert results.total > 1
    for hit in results.hits:
        marked = [hit.snippet[start:end].casefold() for start, end in hit.highlights]
        assert marked or story.word in (hit.title or "").casefold()
        assert all(word.startswith(story.word) for word in marked)


def test_a_word_and_a_publisher(story: Story) -> None:
    hits = story.searched.search(f'{story.other} AND publisher:"{story.publisher}"').hits
    assert hits
    assert {hit.publisher for hit in hits} == {story.publisher}


def test_nothing(story: Story) -> None:
    assert story.searched.search("nosuchword").total == 0
    assert story.searched.problems() == ()
