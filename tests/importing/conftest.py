from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.importing.ferry import BRIDGE, FERRY, fill

if TYPE_CHECKING:
    from sources.library import Library


@pytest.fixture
def ferry(library: Library) -> Library:
    fill(library, FERRY, BRIDGE)
    return library
