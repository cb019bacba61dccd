"""Access to what the app works with: the library, its evidence and its index, as they are opened."""

from __future__ import annotations

import contextlib
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sources import logs
from sources.errors import CrossreadError, LibraryError, UnknownReference
from sources.library import Library

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from index import SearchIndex
    from sources.evidence_cache import EvidenceCache
    from tui.services.actions import Action
    from tui.services.config import Config


def library_in(folder: Path) -> Library:
    """Open the library in a folder, a new one where there is none; raises LibraryError."""
    return Library.open(folder)


def evidence_of(library: Library) -> EvidenceCache:
    """Return what answers about the evidence in a library."""
    from sources.evidence_cache import EvidenceCache

    return EvidenceCache(library)


@dataclass(slots=True)
class Services:
    """What is open by now, and what the user configured; ``index_note`` is the state of the index."""

    config: Config
    commands: tuple[Action, ...]
    library: Library | None = None
    evidence_cache: EvidenceCache | None = None
    index: SearchIndex | None = None
    index_note: str = ""
    troubles: list[Exception] = field(default_factory=list)

    def require_library(self) -> Library:
        """Return the library; raises LibraryError before it is open."""
        if self.library is None:
            raise LibraryError("The library is not open yet.")
        return self.library

    def require_evidence_cache(self) -> EvidenceCache:
        """Return the evidence cache; raises LibraryError before the library is open."""
        if self.evidence_cache is None:
            raise LibraryError("The library is not open yet.")
        return self.evidence_cache

    def log_trouble(self, error: Exception) -> None:
        """Log what went wrong where there is nothing to say about it."""
        if not isinstance(error, UnknownReference):  # removed meanwhile, which is no trouble
            self.log(error)

    def log(self, error: Exception) -> str:
        """Log what went wrong; return one sentence that says so, and where the log is."""
        self.troubles.append(error)
        return logs.record(error, "The app was open.")

    def close(self) -> None:
        """Close index and library."""
        for held in (self.index, self.library):
            with contextlib.suppress(CrossreadError):
                if held is not None:
                    held.close()


def opened(index: SearchIndex | None) -> AbstractContextManager[SearchIndex]:
    """Return the app's index for one search; raises IndexTrouble while there is none."""
    if index is None:
        from sources.errors import IndexTrouble

        raise IndexTrouble("The index is still being opened; try again in a moment.")
    return nullcontext(index)
