"""How long a search may take, and whether anyone still waits for it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TIME_LIMIT = 2.0  # seconds


def never() -> bool:
    """Say that a search was not cancelled."""
    return False


class Cancelled(Exception):
    """Nobody waits for the answer any more; never leaves the index."""


class Deadline:
    """The time of one search; reading stops when it is spent, and the answer is then a part."""

    now = staticmethod(time.monotonic)  # in seconds; tests give their own

    def __init__(self, seconds: float = TIME_LIMIT, cancelled: Callable[[], bool] = never) -> None:
        self._end = self.now() + seconds
        self._cancelled = cancelled
        self.cut_short = False  # time ran out before all was read
        self.left_out = ""  # a sentence about words that a prefix stands for but that were not searched

    def spent(self) -> bool:
        """Tell whether the time is up; raises Cancelled when nobody waits."""
        if self._cancelled():
            raise Cancelled
        if not self.cut_short and self.now() > self._end:
            self.cut_short = True
        return self.cut_short
