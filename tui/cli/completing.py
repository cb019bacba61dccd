"""``completion``: scripts that let a shell complete commands and options, made from the parsers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli import registry
from tui.cli.arguments import command_parser
from tui.cli.command import Command
from tui.cli.exit_codes import ExitCode
from tui.cli.shells import SHELLS, Described

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tui.cli.command import Invocation

_FILES = frozenset({"PATH", "FILE"})


def _completion(call: Invocation) -> ExitCode:
    shell = call.arguments.shell
    script = SHELLS[shell]([_described(entry) for entry in registry.ENTRIES])
    if call.console.as_json:
        call.console.document({"shell": shell, "script": script})
    else:
        call.console.raw(script)
    return ExitCode.DONE


def _described(entry: registry.Entry) -> Described:
    parser = command_parser(entry.name, entry.load())
    actions = parser._actions  # noqa: SLF001 - argparse tells nowhere else what a parser takes
    return Described(
        name=entry.name,
        summary=entry.summary,
        options=tuple(word for action in actions for word in action.option_strings if word.startswith("--")),
        choices={
            word: tuple(map(str, action.choices))
            for action in actions
            if action.choices
            for word in action.option_strings or [""]
        },
        takes_files=any(action.metavar in _FILES for action in actions if not action.option_strings),
    )


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("shell", choices=tuple(SHELLS), metavar="SHELL", help="bash, zsh or fish")


COMMANDS = {
    "completion": Command(
        description="Print a completion script for a shell.",
        examples=("source <(crossread completion bash)", "crossread completion fish | source"),
        run=_completion,
        configure=_configure,
    ),
}
