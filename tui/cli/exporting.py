"""``export notes``: notes as Markdown or JSON, to standard output or a file that is never overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sources.library.repository import moment_now
from sources.notes.export import FORMATS
from sources.notes.export.files import export_stem, write_into, write_new
from sources.places import exports_folder
from sources.workspace import Workspace
from tui.cli.command import Command
from tui.cli.exit_codes import ExitCode
from tui.cli.opening import open_library

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tui.cli.command import Invocation

_DEFAULT_PLACE = ""


def _export_notes(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    form = FORMATS[arguments.format]
    with open_library(call) as library:
        if arguments.story:
            library.entries(arguments.story)
        notes = library.notes(story=arguments.story)
        text = form.write(Workspace(library).collect(notes))
        folder = library.folder
    if not notes:
        console.say("No notes to export")
    answer: dict[str, object] = {"format": form.name, "notes": len(notes)}
    if arguments.output in {None, "-"}:
        if console.as_json:
            console.document(answer | {"path": None, "text": text})
        else:
            console.raw(text)
        return ExitCode.DONE if notes else ExitCode.NOTHING_FOUND
    path = _written(arguments.output, folder, arguments.story or "all-stories", form.suffix, text)
    if console.as_json:
        console.document(answer | {"path": str(path)})
    console.say(f"Wrote {path}")
    return ExitCode.DONE if notes else ExitCode.NOTHING_FOUND


def _written(output: str, library_folder: Path, what: str, suffix: str, text: str) -> Path:
    """Write to the file that was named, into the folder that was named, or into the library's exports."""
    path = Path(output).expanduser() if output != _DEFAULT_PLACE else exports_folder(library_folder)
    if output == _DEFAULT_PLACE or path.is_dir():
        return write_into(path, export_stem(f"{what}-notes", moment_now()), suffix, text)
    return write_new(path, text)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("--story", metavar="SLUG", help="only notes on this story")
    parser.add_argument(
        "--format",
        choices=sorted(FORMATS),
        default="markdown",
        metavar="F",
        help="markdown (default) or json",
    )
    parser.add_argument(
        "--output",
        metavar="PATH",
        nargs="?",
        const=_DEFAULT_PLACE,
        help="a new file, or a folder; without PATH a file in the library's exports folder, named by story\n"
        "and time; without --output, or with -, the text goes to standard output",
    )


COMMANDS = {
    "export notes": Command(
        description="Write notes out, with their passages and sources.",
        examples=(
            "crossread export notes --story harbour-deal > notes.md",
            "crossread export notes --format json --output",
        ),
        run=_export_notes,
        configure=_configure,
    ),
}
