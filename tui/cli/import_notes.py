"""``import notes``: notes and labelled spans of other programs, on the sources that they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.cli.command import Command, ExitCode
from tui.cli.opening import open_library
from tui.services.note_import import FORMATS, take_in_notes

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence

    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import NoteImport, Refused

_SHOWN = 20  # reasons that are told one by one


def _import_notes(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with open_library(call) as library:
        done = take_in_notes(library, arguments.file, arguments.format)
    _tell(console, done.refused)
    _tell(console, done.unmatched)
    if done.unmatched_path is not None:
        console.say(f"Kept aside in {done.unmatched_path}; import that file when their sources are there")
    if console.as_json:
        console.document(_document(done))
    else:
        labels = f", {len(done.labelled)} labelled spans" if done.labelled else ""
        console.line(
            f"{len(done.added)} notes{labels} added, {done.unchanged} unchanged, "
            f"{len(done.unmatched)} kept aside, {len(done.refused)} refused ({done.format})"
        )
    if done.refused:
        return ExitCode.INPUT
    return ExitCode.DONE if done.added or done.labelled or done.unchanged else ExitCode.NOTHING_FOUND


def _tell(console: Console, parts: Sequence[Refused]) -> None:
    for part in parts[:_SHOWN]:
        console.say(f"{part.place}: {part.reason}")
    if len(parts) > _SHOWN:
        console.say(f"and {len(parts) - _SHOWN} more")


def _document(done: NoteImport) -> dict[str, Any]:
    return {
        "format": done.format,
        "added": [note.id for note in done.added],
        "labelled": [span.id for span in done.labelled],
        "unchanged": done.unchanged,
        "refused": [{"place": part.place, "reason": part.reason} for part in done.refused],
        "aside": [{"place": part.place, "reason": part.reason} for part in done.unmatched],
        "aside_path": None if done.unmatched_path is None else str(done.unmatched_path),
    }


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the file")
    parser.add_argument(
        "--format",
        choices=sorted(FORMATS),
        metavar="F",
        help="; ".join(f"{form.name}: {form.description}" for form in FORMATS.values())
        + " (default: what it looks like)",
    )


COMMANDS = {
    "import notes": Command(
        description="Take in notes that were written elsewhere. They are matched with the sources of the\n"
        "library by address or text; what matches none is kept aside, and nothing is imported twice.",
        examples=(
            "crossread import notes hypothesis.json",
            "crossread import notes readwise.csv --format readwise",
        ),
        run=_import_notes,
        configure=_configure,
        empty={
            "format": None, "added": [], "labelled": [], "unchanged": 0, "refused": [], "aside": [],
            "aside_path": None,
        },
    ),
}  # fmt: skip
