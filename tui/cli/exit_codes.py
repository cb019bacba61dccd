"""What the command's exit status says."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit statuses of ``crossread``, the same for every command."""

    DONE = 0
    NOTHING_FOUND = 1
    USAGE = 2
    INPUT = 3
    STORAGE = 4
    INTERRUPTED = 130

    @property
    def meaning(self) -> str:
        """Return what the status says, as the help prints it."""
        return _MEANINGS[self]


_MEANINGS = {
    ExitCode.DONE: "done",
    ExitCode.NOTHING_FOUND: "done, but nothing was found",
    ExitCode.USAGE: "the command or the query makes no sense",
    ExitCode.INPUT: "some input could not be read; the rest was done",
    ExitCode.STORAGE: "trouble with the library or its index",
    ExitCode.INTERRUPTED: "interrupted",
}
