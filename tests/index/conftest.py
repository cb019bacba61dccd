from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from index import SearchIndex

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sources.library import Library


@pytest.fixture
def folder(library: Library) -> Path:
    """Give the place where the index of the empty library belongs."""
    return library.folder / "index"


@pytest.fixture
def sample_index(sample_library: Library, sample_folder: Path) -> Iterator[SearchIndex]:
    """Give the index of the bundled story."""
    shutil.copytree(sample_folder / "index", sample_library.folder / "index")
    with SearchIndex.open(sample_library.folder / "index", sample_library) as index:
        yield index
