"""Properties of which each example is dear: few examples each time, many where CROSSREAD_EXAMPLES says so."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

_Test = TypeVar("_Test", bound="Callable[..., object]")
_TIMES = int(os.environ.get("CROSSREAD_EXAMPLES", "1"))


def dear(examples: int) -> Callable[[_Test], _Test]:
    """Mark a property that is tried with so many examples each time, and with more in ``make properties``."""

    def mark(test: _Test) -> _Test:
        marked: _Test = pytest.mark.property(settings(max_examples=examples * _TIMES, deadline=None)(test))
        return marked

    return mark
