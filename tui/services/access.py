"""What the front ends work with: library, evidence and index, who codes, and who is told of progress."""

from __future__ import annotations

import contextlib
import os
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from sources import logs, places
from sources.errors import CrossreadError, LibraryError, UnknownReference
from sources.model import DEFAULT_CODER

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from index import SearchIndex
    from sources.evidence_cache import EvidenceCache
    from sources.library import Library
    from tui.services.actions import Action
    from tui.services.config import Config


def library_in(folder: Path) -> Library:
    """Open the library in a folder, a new one where there is none; raises LibraryError."""
    from sources.library import Library

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


# Whose labels are made: named by the call, else by the environment, else in the settings, else "me".


CODER = "CROSSREAD_CODER"


def coder_name(named: str | None = None) -> str:
    """Return the name of the coder who is at work; ``named`` is what ``--coder`` says."""
    wanted = named or os.environ.get(CODER, "").strip()
    if wanted:
        return wanted
    # Only here, because reading the settings loads all keys.
    from tui.services.config import read_config

    return read_config(places.config_file()).coder or DEFAULT_CODER


# Whoever looks on while a service works, and is told how far it is.


class Audience(Protocol):
    """What a service tells while it works; the console of the command line is one."""

    def progress(self, text: str, /) -> None:
        """Show what is being done, in the place of what was shown before."""

    def end_progress(self) -> None:
        """Take away what `progress` showed."""

    def say(self, text: str, /) -> None:
        """Tell something that stays."""

    def answered(self) -> None:
        """Let whoever waits have the answer now: what follows may take time."""
