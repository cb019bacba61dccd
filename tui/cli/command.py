"""A command of the command line, what it is given when it runs, and its exit codes."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sources.frozen import frozen

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Mapping

    from tui.cli.console import Console


_NOTHING: Mapping[str, Any] = MappingProxyType({})


@frozen
class Invocation:
    """One call of a command: its arguments, and where its answer goes."""

    arguments: Namespace
    console: Console

    @property
    def library_option(self) -> str | None:
        """Return the folder that ``--library`` named, if it did."""
        named: str | None = self.arguments.library
        return named


@frozen
class Command:
    """A command: how its arguments are declared, what runs, and what its help says beside them.

    ``empty`` holds the fields of its JSON document that are there even when it fails.
    """

    description: str
    examples: tuple[str, ...]
    run: Callable[[Invocation], ExitCode]
    configure: Callable[[ArgumentParser], None] | None = None
    empty: Mapping[str, Any] = _NOTHING


# What the command's exit status says.


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
