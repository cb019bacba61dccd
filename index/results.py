"""What the index answers with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sources.model import Ref, Span

SORTS = ("relevance", "newest", "oldest", "title", "publisher")


class Hit(NamedTuple):
    """A source that was found; ``highlights`` are spans of ``snippet``, in code points.

    ``copies`` are the other hits whose text is nearly the same, at most 200; they are not listed themselves.
    """

    ref: Ref
    title: str | None
    publisher: str | None
    date: str | None
    url: str | None
    score: float
    snippet: str
    highlights: tuple[Span, ...]
    copies: tuple[Ref, ...]


class FacetValue(NamedTuple):
    """A value that hits have in common, how many have it, and what narrows a query to these."""

    value: str
    hits: int
    query: str


class Facet(NamedTuple):
    """The values of the hits in one respect: story, publisher, month, entity or tag."""

    name: str
    values: tuple[FacetValue, ...]


class Results(NamedTuple):
    """One page of hits; ``total`` counts all of them, near copies with the text that they are listed with.

    ``state`` is empty when the answer is whole and in step with the library, and else a sentence about
    what is missing; ``whole`` is false when the time was up, so that ``total`` is a lower bound. ``facets``
    are counted when they are asked for.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    suggestion: str | None
    state: str
    whole: bool = True
    facets: tuple[Facet, ...] = ()


class IndexProgress(NamedTuple):
    """How many of the sources to index are done, and what for."""

    done: int
    total: int
    reason: str


class CatchUp(NamedTuple):
    """What was done to bring the index in step.

    ``reason`` is a sentence that says why it was built anew, or why it could not be brought in step;
    ``failed`` when that was because it could not be written.
    """

    rebuilt: bool
    reason: str | None
    changed: int
    removed: int
    failed: bool = False

    @property
    def nothing(self) -> bool:
        """Tell whether there was nothing to do and nothing to say."""
        return not (self.rebuilt or self.reason or self.changed or self.removed)


class Freshness(NamedTuple):
    """How many texts are indexed, how many changes of the library are not, and a sentence about it.

    ``unread`` is of how many of the texts names, quotes and figures are still to be read.
    """

    indexed: int
    behind: int
    note: str
    unread: int = 0
