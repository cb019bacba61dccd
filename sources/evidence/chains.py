"""The longest chain of a sequence that keeps its order, in the time of a sort."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def rising_chain(places: Sequence[int]) -> list[int]:
    """Return which of ``places`` make its longest strictly rising chain, as indices in order.

    Patience sorting: for each length, the smallest place in which a chain of it can end.
    """
    ends: list[int] = []
    last: list[int] = []  # which place that is
    earlier: list[int] = []
    for number, place in enumerate(places):
        length = bisect_left(ends, place)
        earlier.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[length] = place
            last[length] = number
    chain: list[int] = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(number)
        number = earlier[number]
    return chain[::-1]
