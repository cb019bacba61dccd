"""The texts that development is measured on, where they are there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import SearchIndex
from sources.importing import import_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.library import Library

SEEDS = sorted((Path(__file__).parents[3] / "shared/seeds").glob("*.txt"))


@pytest.fixture
def seeds(library: Library, folder: Path) -> Iterator[SearchIndex]:
    if not SEEDS:
        pytest.skip("the seeds are not here")
    import_paths(library, [str(path) for path in SEEDS])
    with SearchIndex.open(folder, library) as index:
        yield index


def test_a_quoted_word_is_found_as_written_and_highlighted(seeds: SearchIndex) -> None:
    results = seeds.search('"superintelligence"')
    assert results.total > 1
    for hit in results.hits:
        marked = [hit.snippet[start:end].casefold() for start, end in hit.highlights]
        assert marked or "superintelligence" in (hit.title or "").casefold()
        assert all(word.startswith("superintelligence") for word in marked)


def test_a_word_and_a_publisher(seeds: SearchIndex) -> None:
    hits = seeds.search("Reuters AND publisher:TechCrunch").hits
    assert hits
    assert {hit.publisher for hit in hits} == {"TechCrunch"}


def test_nothing(seeds: SearchIndex) -> None:
    assert seeds.search("nosuchword").total == 0
    assert seeds.problems() == ()
