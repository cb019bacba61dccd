"""What the index answers with, and what it needs of a library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sources.model import Ref, Source, Span

SORTS = ("relevance", "newest", "oldest", "title", "publisher")


@dataclass(frozen=True, slots=True)
class Hit:
    """A source that was found; ``highlights`` are spans of ``snippet``, in code points.

    ``copies`` are the other sources whose text is letter for letter the same; they are hits as well.
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


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits; ``total`` counts all of them.

    ``state`` is empty when the answer is whole and in step with the library, and else a sentence about
    what is missing; ``whole`` is false when the time was up, so that ``total`` is a lower bound.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    suggestion: str | None
    state: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How many of the sources to index are done, and what for."""

    done: int
    total: int
    reason: str


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What was done to bring the index in step.

    ``reason`` is a sentence that says why it was built anew, or why it could not be brought in step.
    """

    rebuilt: bool
    reason: str | None
    changed: int
    removed: int

    @property
    def nothing(self) -> bool:
        """Tell whether there was nothing to do and nothing to say."""
        return not (self.rebuilt or self.reason or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How many texts are indexed, how many changes of the library are not, and a sentence about it."""

    indexed: int
    behind: int
    note: str


class ChangedRefs(Protocol):
    """Which texts changed or went since some change of the library, up to change ``number``."""

    @property
    def number(self) -> int: ...  # noqa: D102 - the class says it

    @property
    def changed(self) -> tuple[Ref, ...]: ...  # noqa: D102 - the class says it

    @property
    def removed(self) -> tuple[Ref, ...]: ...  # noqa: D102 - the class says it


class IndexedLibrary(Protocol):
    """What the index needs of the library; ``sources.library.Library`` is one."""

    @property
    def folder(self) -> Path:
        """The folder that holds all of it."""

    @property
    def change_number(self) -> int:
        """The number of the last change; it only grows."""

    def changes_since(self, number: int) -> ChangedRefs:
        """Return what happened after change ``number``."""

    def refs(self) -> tuple[Ref, ...]:
        """Return the names of all texts."""

    def source(self, ref: Ref) -> Source:
        """Return one text; raises UnknownReference."""

    def texts(self) -> Iterator[Source]:
        """Yield all texts."""

    def setting(self, name: str) -> str | None:
        """Return a setting of the library; None when it was never set."""

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of the library."""
