"""What the hits of a search have in common, counted: stories, publishers, months, names, tags."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from index.interface import Facet, FacetValue
from sources.errors import UnknownReference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.interface import Deadline
    from index.notes import NotedSources
    from index.reader import IndexReader
    from sources.library import Library
    from sources.model import Ref

_PORTION = 256  # hits between two looks at the clock
_MONTH = 7  # code points of a date: 2031-06


class Facets:
    """Counts the hits of one search; near copies count like any other hit."""

    def __init__(self, reader: IndexReader, library: Library, noted: NotedSources) -> None:
        self._reader = reader
        self._library = library
        self._noted = noted
        self._counts: dict[str, Counter[str]] = {
            name: Counter() for name in ("story", "publisher", "month", "entity", "tag")
        }
        self._examples: dict[str, Ref] = {}  # a source of each publisher

    def count(self, documents: Sequence[int], deadline: Deadline) -> None:
        """Count what is known of the hits, until the time is up."""
        counts, tags = self._counts, self._noted.tags()
        for done, number in enumerate(documents):
            if done % _PORTION == 0 and deadline.spent():
                return
            stored = self._reader.stored(number)
            ref = stored.ref
            counts["story"][stored.story] += 1
            if stored.publisher:
                counts["publisher"][stored.publisher] += 1
                self._examples.setdefault(stored.publisher, ref)
            if len(stored.date) >= _MONTH:
                counts["month"][stored.date[:_MONTH]] += 1
            counts["entity"].update(stored.names)
            counts["tag"].update(tags.get(ref, ()))

    def most_frequent(self, most: int) -> tuple[Facet, ...]:
        """Return at most ``most`` values of each facet, the most frequent first; months the newest first."""
        return tuple(Facet(name, tuple(self._values(name, most))) for name in self._counts)

    def _values(self, name: str, most: int) -> Iterable[FacetValue]:
        ordered = sorted(self._counts[name].items(), key=lambda item: (-item[1], item[0]))[:most]
        if name == "month":
            ordered.sort(reverse=True)
        for value, count in ordered:
            shown = self._publisher(value) if name == "publisher" else value
            yield FacetValue(shown, count, _narrowing(name, shown))

    def _publisher(self, folded: str) -> str:
        """Return a publisher's name as one of its sources has it."""
        try:
            return self._library.source(self._examples[folded]).publisher or folded
        except UnknownReference:
            return folded


def _narrowing(name: str, value: str) -> str:
    """Return what to add to a query so that only these hits remain."""
    field = "date" if name == "month" else name
    quoted = value if name in {"story", "month"} else f'"{value.replace(chr(34), " ")}"'
    return f"{field}:{quoted}"
