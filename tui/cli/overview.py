"""The help of the command as a whole, and of a family of commands such as ``note``."""

from __future__ import annotations

from tui.cli.exit_codes import ExitCode
from tui.cli.registry import ENTRIES, Entry, members


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
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - it takes longer than a search

    try:
        return f"crossread {version('crossread')}\n"
    except PackageNotFoundError:
        return "crossread (not installed)\n"


def _listed(entries: tuple[Entry, ...]) -> str:
    longest = max(len(entry.name) for entry in entries)
    return "\n".join(f"  {entry.name:<{longest}}  {entry.summary}" for entry in entries)
