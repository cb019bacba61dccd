"""How fast something goes, and how long it will take: in words, for whoever waits."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.importing import ImportProgress

PATIENCE = 0.3  # seconds until there is anything to say: what is done sooner needs no progress
_TELLING = 2.0  # seconds until a rate says something about the rest
_LEAST_SHARE = 0.02  # of all, and as much of it


class Pace:
    """The pace of an import since this was made; ``clock`` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start = clock()

    def words(self, state: ImportProgress) -> str:
        """Return how far it is, how fast, and how long the rest takes; nothing in the first moments."""
        seconds = self._clock() - self._start
        if seconds < PATIENCE:
            return ""
        parts = [f"reading {min(state.done + 1, state.total):,} of {state.total:,}"]
        if state.sources:
            parts.append(f"{state.sources:,} {'source' if state.sources == 1 else 'sources'}")
        if seconds >= _TELLING:
            if state.sources:
                parts.append(f"{_rate(state.sources / seconds)} a second")
            if state.share is not None and state.share >= _LEAST_SHARE:
                parts.append(f"{_span(seconds * (1 - state.share) / state.share)} left")
        return f"{', '.join(parts)}: {state.path}"


def _rate(number: float) -> str:
    return f"{number:.1f}" if number < 10 else f"{number:,.0f}"


def _span(seconds: float) -> str:
    """Return a span of time roughly: ``40 s``, ``3 min``, ``2 h``."""
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds >= 1.5 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{max(1, round(seconds))} s"
