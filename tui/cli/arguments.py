"""From the words of the call to a command and its arguments."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NoReturn

from sources.errors import RequestError
from tui.cli.console import terminal_columns, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.cli.command import Command


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

    Raises UsageProblem for an option there that is none.
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
    if command.configure:
        command.configure(parser)
    general = parser.add_argument_group("general")
    general.add_argument(
        "--library",
        metavar="DIR",
        help="the library's folder (else $CROSSREAD_LIBRARY, else your data folder)",
    )
    general.add_argument("--json", action="store_true", help="print one JSON document instead")
    general.add_argument("-h", "--help", action="help", help="show this help")
    return parser


def whole_number(least: int) -> Callable[[str], int]:
    """Return a reader of arguments: whole numbers from ``least`` on."""

    def read(word: str) -> int:
        if not (word.isascii() and word.isdigit()) or int(word) < least:
            raise argparse.ArgumentTypeError(f"{word!r} is no whole number from {least} on")
        return int(word)

    return read
