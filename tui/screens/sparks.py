"""Small heat: counts as a row of blocks, one cell each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"
_NONE = "·"


def spark(counts: Sequence[int]) -> str:
    """Return a block for each count, as high as it is among the others; ``·`` for none."""
    most = max(counts, default=0)
    return "".join(_BLOCKS[(count * len(_BLOCKS) - 1) // most] if count else _NONE for count in counts)


def heat(places: Iterable[int], length: int, width: int) -> list[int]:
    """Return how many of ``places`` in a text of ``length`` code points fall into each of ``width`` parts."""
    counts = [0] * width
    for place in places:
        counts[min(width - 1, place * width // max(1, length))] += 1
    return counts
