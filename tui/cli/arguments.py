"""From the words of a call to a command and its arguments, and the answers to a call without a command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NoReturn

from sources.errors import RequestError
from tui.cli.command import ENTRIES, Argument, ExitCode, members
from tui.cli.console import terminal_columns, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.command import Command, Entry


class UsageProblem(RequestError):
    """The command's arguments make no sense; ``command`` is its name."""

    def __init__(self, message: str, *, command: str = "") -> None:
        super().__init__(message)
        self.command = command


class _Parser(argparse.ArgumentParser):
    """argparse, except that an error is raised instead of printed."""

    def error(self, message: str) -> NoReturn:
        name = self.prog.partition(" ")[2]
        raise UsageProblem(message, command=name)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """The help of a command, at most 100 columns wide and with a narrow left column."""

    def __init__(self, prog: str) -> None:
        width = min(100, terminal_columns())
        super().__init__(prog, max_help_position=26, width=max(40, width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Wrap prose that is too wide; lines that are set out stay as they are."""
        fitted = "\n\n".join(self._fitted(block, width) for block in text.split("\n\n"))
        return super()._fill_text(fitted, width, indent)

    @staticmethod
    def _fitted(block: str, width: int) -> str:
        lines = block.split("\n")
        if any(line.startswith(" ") for line in lines) or max(map(len, lines)) <= width:
            return block
        return "\n".join(wrapped(" ".join(lines), width))


class Call:
    """The words of a call, sorted: what stands before the command, and the command with the rest."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.before: list[str] = []
        self.wants_help = False
        self.wants_version = False


def sort_words(argv: Sequence[str]) -> Call:
    """Separate the options that may stand before the command from the command.

    Raises UsageProblem for an unknown option.
    """
    call = Call()
    words = list(argv)
    while words and words[0].startswith("-"):
        word = words.pop(0)
        if word in {"-h", "--help"}:
            call.wants_help = True
        elif word in {"-V", "--version"}:
            call.wants_version = True
        elif word == "--json" or word.startswith("--library="):
            call.before.append(word)
        elif word == "--library":
            if not words:
                raise UsageProblem("--library needs a folder")
            call.before.append(f"--library={words.pop(0)}")
        else:
            raise UsageProblem(f"there is no option {word}")
    call.words = words
    return call


def command_parser(name: str, command: Command) -> argparse.ArgumentParser:
    """Return the parser of one command, with the options that all commands have."""
    examples = "\n".join(f"  {example}" for example in command.examples)
    label = "example" if len(command.examples) == 1 else "examples"
    parser = _Parser(
        prog=f"crossread {name}".rstrip(),
        description=command.description,
        epilog=f"{label}:\n{examples}",
        formatter_class=_Formatter,
        allow_abbrev=False,
        add_help=False,
    )
    for argument in command.arguments:
        if isinstance(argument, Argument):
            parser.add_argument(argument.name, **argument.options)
            continue
        either = parser.add_mutually_exclusive_group()
        for each in argument:
            either.add_argument(each.name, **each.options)
    general = parser.add_argument_group("general")
    general.add_argument(
        "--library",
        metavar="DIR",
        help="the library's folder (else $CROSSREAD_LIBRARY, else your data folder)",
    )
    general.add_argument("--json", action="store_true", help="print one JSON document instead")
    general.add_argument("-h", "--help", action="help", help="show this help")
    return parser


# The answers to a call without a command: the help as a whole, the version, a word of advice.


def answer_without_command(call: Call) -> str:
    """Return what is printed; raises UsageProblem with advice where ``call`` names no command."""
    if call.wants_version:
        return version_line()
    if not call.words:
        return general_help()
    first, second = call.words[0], call.words[1] if len(call.words) > 1 else ""
    family = members(first)
    if family and (call.wants_help or second in {"-h", "--help"}):
        return family_help(first)
    if family and (not second or second.startswith("-")):
        names = ", ".join(entry.name.split()[1] for entry in family)
        raise UsageProblem(f"{first} what? One of: {names}", command=first)
    from difflib import get_close_matches  # only for a word that is misspelt

    name = f"{first} {second}" if family else first
    near = get_close_matches(name, [entry.name for entry in ENTRIES], n=1)
    raise UsageProblem(f"no such command: {name}" + (f" (did you mean {near[0]}?)" if near else ""))


def general_help() -> str:
    """Return what ``crossread --help`` prints."""
    codes = "\n".join(f"  {code.value:<4}{code.meaning}" for code in ExitCode)
    return f"""usage: crossread [--library DIR] [COMMAND …]

Read the sources of a story against each other. Without a command the app opens.

commands:
{_listed(ENTRIES)}

general:
  --library DIR   the library's folder (else $CROSSREAD_LIBRARY, else your data folder)
  --json          print one JSON document instead
  -h, --help      show this help, or that of a command
  -V, --version   show the version

exit status:
{codes}

examples:
  crossread add ~/sources/*.txt
  crossread search '"golden share" OR dredg*'
  crossread
"""


def family_help(family: str) -> str:
    """Return what ``crossread note --help`` prints."""
    return f"usage: crossread {family} COMMAND …\n\ncommands:\n{_listed(members(family))}\n"


def version_line() -> str:
    """Return what ``crossread --version`` prints."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"crossread {version('crossread')}\n"
    except PackageNotFoundError:
        return "crossread (not installed)\n"


def _listed(entries: tuple[Entry, ...]) -> str:
    longest = max(len(entry.name) for entry in entries)
    return "\n".join(f"  {entry.name:<{longest}}  {entry.summary}" for entry in entries)
