"""What a command of the command line is, and what it is given when it runs."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sources.frozen import frozen

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Mapping

    from tui.cli.console import Console
    from tui.cli.exit_codes import ExitCode

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
