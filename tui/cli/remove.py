"""``remove``: takes a source or a story out; notes on it stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import IndexTrouble
from tui.cli.command import Command, ExitCode
from tui.cli.documents import to_json
from tui.cli.opening import open_library, target
from tui.services.access import evidence_of
from tui.services.adding import take_out
from tui.services.search import bring_index_up

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tui.cli.command import Invocation


def _remove(call: Invocation) -> ExitCode:
    wanted = target(call.arguments.target)
    with open_library(call) as library:
        removal = take_out(evidence_of(library), wanted)
        if call.console.as_json:
            call.console.document(to_json(removal))
        else:
            call.console.line(f"removed {wanted}: {', '.join(map(str, removal.refs))}")
        if removal.orphaned_notes:
            call.console.say(f"{removal.orphaned_notes} notes lost their passage; they are kept as orphans")
        try:
            bring_index_up(call.console, library)
        except IndexTrouble as error:
            call.console.say(f"crossread: It is removed, but {str(error)[:1].lower()}{str(error)[1:]}")
            return ExitCode.STORAGE
    return ExitCode.DONE


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("target", metavar="REF|STORY", help="STORY/N, STORY/summary or STORY")


COMMANDS = {
    "remove": Command(
        description="Take a source or a whole story out of the library. Notes on it stay, as orphans,\n"
        "and find their passage again when the source comes back.",
        examples=("crossread remove harbour-deal/14", "crossread remove harbour-deal"),
        run=_remove,
        configure=_configure,
        empty={"removed": [], "orphaned_notes": 0},
    ),
}
