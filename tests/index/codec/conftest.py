"""All tests of the codec once more as if two bits were all that documents have room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.codec import documents, postings, segment

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=[segment.UPPER, 4], scope="module", autouse=True)
def upper(request: pytest.FixtureRequest) -> Iterator[int]:
    """From which document on a bit more is needed."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (documents, postings, segment):
            patch.setattr(module, "UPPER", request.param)
        yield request.param
