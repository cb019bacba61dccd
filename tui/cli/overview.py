"""The answers to a call without a command: the help as a whole, the version, a word of advice."""

from __future__ import annotations

import difflib
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from tui.cli.arguments import UsageProblem
from tui.cli.command import ENTRIES, Entry, ExitCode, members

if TYPE_CHECKING:
    from tui.cli.arguments import Call


def answer(call: Call) -> str:
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
    name = f"{first} {second}" if family else first
    near = difflib.get_close_matches(name, [entry.name for entry in ENTRIES], n=1)
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
    try:
        return f"crossread {version('crossread')}\n"
    except PackageNotFoundError:
        return "crossread (not installed)\n"


def _listed(entries: tuple[Entry, ...]) -> str:
    longest = max(len(entry.name) for entry in entries)
    return "\n".join(f"  {entry.name:<{longest}}  {entry.summary}" for entry in entries)
