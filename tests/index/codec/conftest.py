"""All tests of the codec once more as if documents had room for two bits, and merging for a few terms."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.whoosh_engine import postings, segment, segment_merger

if TYPE_CHECKING:
    from collections.abc import Iterator


_TWO_BYTES = segment.UPPER


@pytest.fixture(params=[_TWO_BYTES, 4], scope="module", autouse=True)
def upper(request: pytest.FixtureRequest) -> Iterator[int]:
    """From which document on a bit more is needed."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (postings, segment):
            patch.setattr(module, "UPPER", request.param)
        if request.param < _TWO_BYTES:
            patch.setattr(segment_merger, "_TERMS_AT_ONCE", 6)
            patch.setattr(segment_merger, "_AT_ONCE", 5)
        yield request.param


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Give a folder for all examples of a module."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
