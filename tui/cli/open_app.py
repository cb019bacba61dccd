"""Bare ``crossread`` and ``demo``: the two commands that open the app."""

from __future__ import annotations

import codecs
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from sources import places
from sources.errors import RequestError
from tui.cli.command import Command, ExitCode, arg
from tui.cli.interruption import run_interruptible
from tui.services.opening import Opening, has_own_stories

if TYPE_CHECKING:
    from pathlib import Path

    from tui.cli.command import Invocation


class NoTerminal(RequestError):
    """The app needs a terminal that can move its cursor, and there is none."""


def _open(call: Invocation) -> ExitCode:
    if call.console.as_json:
        raise RequestError("--json goes with a command; see crossread --help.")
    require_terminal()
    return _run_app(Opening(call.folder))


def _demo(call: Invocation) -> ExitCode:
    """Put the bundled story into a library of its own where it is missing, and open the app on it."""
    console = call.console
    if not console.as_json:
        require_terminal()
    folder, home = _demo_folder(call)
    # Loaded here and by name: whoever opens the app on his own library need not wait for the importer.
    prepared = import_module("tui.cli.add").prepare(console, folder)
    if console.as_json:
        return call.answer({"library": folder, **prepared})
    return _run_app(Opening(folder, demo=True, home=home, tour=call.arguments.tour))


def _demo_folder(call: Invocation) -> tuple[Path, Path]:
    """Return the library of the demo, which is none with true stories in it, and that of the user."""
    explicit = call.arguments.library
    if not explicit and not os.environ.get(places.LIBRARY_VARIABLE):
        return places.demo_library(), call.folder
    if not has_own_stories(call.folder):
        return call.folder, places.usual_library()
    if explicit:
        raise RequestError(
            f"{call.folder} has stories of its own, and the demo story is made up: leave --library out, "
            "or name a new folder."
        )
    return places.demo_library(), call.folder


def require_terminal() -> None:
    """Raise NoTerminal where the app could not draw."""
    if os.environ.get("TERM", "") == "dumb":
        raise NoTerminal(
            "the app needs a terminal that can move its cursor, and TERM is dumb; see crossread --help."
        )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal("the app needs a terminal; see crossread --help for the commands.")
    encoding = sys.stdout.encoding
    if codecs.lookup(encoding).name != "utf-8":
        raise NoTerminal(f"the app needs UTF-8, but the terminal is set to {encoding}: set LC_ALL=C.UTF-8.")


def _run_app(opening: Opening) -> ExitCode:
    """Open the app, and again as often as it is left for another library."""
    # By name, so that nothing of the command line depends on the screens: see the layer contracts.
    application = import_module("tui.app.application").CrossreadApp
    wanted: Opening | None = opening
    while wanted is not None:
        app = application(wanted.folder, demo=wanted.demo, home=wanted.home, tour=wanted.tour)
        run_interruptible(app.run)
        wanted = app.opens_next
    return ExitCode(app.return_code or 0)


COMMANDS = {
    "": Command(
        _open,
        "Open the app on the last story; in an empty library it offers the bundled one.",
        ("crossread", "crossread --library ~/harbour"),
    ),
    "demo": Command(
        _demo,
        "Open the app on the bundled fictional story, in a library of its own. With --json the\n"
        "library is only prepared.",
        ("crossread demo", "crossread demo --tour", "crossread demo --library /tmp/trial"),
        (arg("--tour", "begin with the tour: ten steps that you do"),),
    ),
}
