"""Near copies among the hits: each text is listed once, at the place of its best copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_COPIES = 200  # of one text that are named with it


class Listed(NamedTuple):
    """A document in its place among the hits, with the other hits that are near copies of it."""

    number: int
    copies: tuple[int, ...]


class Copies:
    """Collapses hits: of each group of near copies only the first in the order of the hits is listed."""

    def __init__(self, heads: Mapping[int, int], held: Iterable[int]) -> None:
        """Take the groups of all documents (see ``kinship``), and those of ``heads`` that are hits."""
        self._heads = heads
        self._groups: dict[int, list[int]] = {}
        self.left_out = 0  # hits that are not listed, since one of their group is
        for number in held:
            group = self._groups.setdefault(heads[number], [])
            self.left_out += bool(group)
            group.append(number)

    def listed(self, ordered: Sequence[int]) -> list[Listed]:
        """Return the hits to list, in order; walking from the first hit on keeps pages stable."""
        if not self.left_out:
            return [Listed(number, ()) for number in ordered]
        listed: list[Listed] = []
        seen: set[int] = set()
        for number in ordered:
            head = self._heads.get(number)
            if head is None:
                listed.append(Listed(number, ()))
            elif head not in seen:
                seen.add(head)
                others = [other for other in self._groups[head] if other != number]
                listed.append(Listed(number, tuple(others[:MOST_COPIES])))
        return listed
