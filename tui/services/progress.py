"""Whoever looks on while a service works, and is told how far it is."""

from __future__ import annotations

from typing import Protocol


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
