"""Near copies among the hits: each text is listed once, at the place of its best copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple

from index.prints import NEAR, likeness, print_terms
from index.sets import Found

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.reading import IndexReader
    from index.sets import Sets

MOST_COPIES = 200  # of one text that are listed with it


class Listed(NamedTuple):
    """A document in its place among the hits, with the other hits that are near copies of it."""

    number: int
    copies: tuple[int, ...]


class Copies(Generic[Found]):
    """Finds the near copies of hits among all that a search found."""

    def __init__(self, reader: IndexReader, sets: Sets[Found], found: Found) -> None:
        self._reader = reader
        self._sets = sets
        self._found = found

    def listed(self, ordered: Iterable[int], until: int) -> list[Listed]:
        """Walk through hits in their order and list at most ``until``, each with its copies.

        A document that is a copy of one before it is left out. Walking always from the first hit on keeps
        pages stable.
        """
        listed: list[Listed] = []
        taken: set[int] = set()
        for number in ordered:
            if number in taken:
                continue
            if len(listed) == until:
                break
            copies = [other for other in self.of(number) if other not in taken]
            taken.update(copies)
            listed.append(Listed(number, tuple(copies)))
        return listed

    def of(self, number: int) -> list[int]:
        """Return the other hits whose text is nearly the same, in the order of their numbers."""
        reader, sets = self._reader, self._sets
        sketch = reader.stored(number).sketch
        terms = [term for term in print_terms(sketch) if reader.document_frequency("prints", term) > 1]
        if not terms:
            return []
        met = sets.documents(sets.within(sets.marked("prints", terms), self._found))
        near = (
            other
            for other in sorted(met)
            if other != number and likeness(sketch, reader.stored(other).sketch) >= NEAR
        )
        return [other for other, _ in zip(near, range(MOST_COPIES), strict=False)]
