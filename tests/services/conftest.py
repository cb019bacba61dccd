from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from sources.library import Library


@pytest.fixture
def sample_library(sample_library: Library, sample_folder: Path) -> Library:
    """Give the library of the bundled story with the evidence that was kept of it."""
    shutil.copy(sample_folder / "cache.db", sample_library.folder)
    return sample_library
