"""What the index needs of a library, as types only; nothing has to load this to search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sources.model import Codebook, Note, Ref, Source


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

    def refs(self, slug: str | None = None) -> tuple[Ref, ...]:
        """Return the names of all texts, or of those of a story; raises UnknownReference."""

    def count(self, slug: str | None = None) -> int:
        """Return the number of all texts, or of those of a story; raises UnknownReference."""

    def source(self, ref: Ref) -> Source:
        """Return one text; raises UnknownReference."""

    def sources(self, refs: Sequence[Ref]) -> Iterable[Source]:
        """Return those of some texts that are there, in any order."""

    def texts(self) -> Iterator[Source]:
        """Yield all texts."""

    def notes(self) -> tuple[Note, ...]:
        """Return all notes that are not in the bin."""

    def codebook(self) -> Codebook:
        """Return the labels in the order of the tree."""

    def labelled_sources(self) -> tuple[tuple[Ref, int], ...]:
        """Return the sources with labelled spans, once with the id of each label."""

    def setting(self, name: str) -> str | None:
        """Return a setting of the library; None when it was never set."""

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of the library."""
