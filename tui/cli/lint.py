"""``lint``: what is wrong with a draft, as compilers write it, for editors and continuous integration."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

from sources import places
from tui.cli.arguments import UsageProblem
from tui.cli.command import Command, ExitCode, arg, target
from tui.services.config import read_config
from tui.services.drafts import draft_at
from tui.services.lint import CHOOSABLE, Level, level_named, lint, totals
from tui.services.sarif import sarif

if TYPE_CHECKING:
    from tui.cli.command import Invocation
    from tui.services.lint import Linted


def _lint(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    if arguments.sarif and console.as_json:
        raise UsageProblem("give either --sarif or --json")
    against = [target(word) for word in arguments.against]
    levels = {kind: level_named(name) for kind, name in read_config(places.config_file()).lint.items()}
    _, text = draft_at(arguments.file, sys.stdin.buffer)
    with call.library() as library:
        found = lint(library, arguments.file, text, against, levels=levels)
    if found is None:
        raise AssertionError("nobody cancelled it")
    if found.unjudged is not None:
        console.say(found.unjudged)
    if arguments.sarif:
        console.raw(console.encoded(sarif(found, version("crossread")), indented=True) + "\n")
    else:
        call.answer(
            {"path": found.path, "findings": found.findings, "unjudged": found.unjudged},
            found.findings,
            lambda: _show(call, found),
            places=found.places,
        )
        if found.unjudged is None:
            console.say(totals(found.findings))
    if found.unjudged is not None:
        return ExitCode.INPUT
    least = level_named(arguments.level)
    return ExitCode.NOTHING_FOUND if found.worst >= least else ExitCode.DONE


def _show(call: Invocation, found: Linted) -> None:
    for one in found.findings:
        place, told = one.place, f"{one.message}{found.cited(one)}"
        call.console.line(call.console.plain(f"{found.path}:{place.line}:{place.column}: {one.kind}: {told}"))


COMMANDS = {
    "lint": Command(
        _lint,
        "Hold a draft against sources, and print a line for each thing that is wrong, with its line and\n"
        "column, for editors and continuous integration. The status is 1 where something was found of the\n"
        "level that --level names, or above it, and 0 else. Levels are set in config.toml: [lint].",
        (
            "crossread lint draft.md --against harbour-deal",
            "crossread lint draft.md --against harbour-deal --level error --sarif > draft.sarif",
            "crossread lint - --against harbour-deal/4 --json < draft.txt",
        ),
        (
            arg("file FILE", "a draft, Markdown or plain text; - is standard input"),
            arg("--against STORY|REF", "what to check it against; may be repeated", many=True),
            arg(
                "--level LEVEL",
                f"from which level on the status is 1: {', '.join(CHOOSABLE)}; else {Level.WARNING.word}",
                choices=CHOOSABLE,
                default=Level.WARNING.word,
            ),
            arg("--sarif", "SARIF 2.1.0"),
        ),
        {"path": "", "findings": []},
    ),
}
