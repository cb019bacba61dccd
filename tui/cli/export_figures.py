"""``export figures``: the figures of a story as a table or a document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sources.workspace import Workspace
from tui.cli import figures
from tui.cli.command import Command
from tui.cli.delivering import configure_output, deliver_text, status
from tui.cli.opening import open_library
from tui.cli.sheets import sheet

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tui.cli.command import Invocation
    from tui.cli.exit_codes import ExitCode

_SCHEMA = "crossread/export-figures/1"


def _export_figures(call: Invocation) -> ExitCode:
    arguments = call.arguments
    with open_library(call) as library:
        library.entries(arguments.story)
        rows = Workspace(library).figure_matrix(arguments.story)
        folder = library.folder
    if arguments.kind:
        rows = tuple(row for row in rows if str(row.kind) == arguments.kind)
    if not rows:
        call.console.say(f"No figures found in {arguments.story}")
    if arguments.format == "csv":
        text = sheet(figures.HEADINGS, figures.cells(rows))
    else:
        document = {
            "schema": _SCHEMA,
            "story": arguments.story,
            "rows": [figures.row_document(row) for row in rows],
        }
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    deliver_text(
        call,
        text,
        suffix=f".{arguments.format}",
        what=f"{arguments.story}-figures",
        library=folder,
        answer={"format": arguments.format, "figures": len(rows)},
    )
    return status(rows)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="the story")
    parser.add_argument(
        "--kind", choices=figures.KINDS, metavar="KIND", help=f"only {', '.join(figures.KINDS)}"
    )
    parser.add_argument(
        "--format", choices=("csv", "json"), default="csv", metavar="F", help="csv (default) or json"
    )
    configure_output(parser)


COMMANDS = {
    "export figures": Command(
        description="Write the figures of a story out, a row a mention.",
        examples=("crossread export figures harbour-deal --kind money --output money.csv",),
        run=_export_figures,
        configure=_configure,
    ),
}
