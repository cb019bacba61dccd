"""``import notes``: notes and labelled spans of other programs, on the sources that they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.command import Command, ExitCode, arg
from tui.services.note_import import FORMATS, take_in_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Refused

_SHOWN = 20  # reasons that are told one by one


def _import_notes(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with call.library() as library:
        done = take_in_notes(library, arguments.file, arguments.format)
    _name(console, done.refused)
    _name(console, done.unmatched)
    if done.unmatched_path is not None:
        console.say(f"Kept aside in {done.unmatched_path}; import that file when their sources are there")
    labels = f", {len(done.labelled)} labelled spans" if done.labelled else ""
    said = (
        f"{len(done.added)} notes{labels} added, {done.unchanged} unchanged, "
        f"{len(done.unmatched)} kept aside, {len(done.refused)} refused ({done.format})"
    )
    document = {
        "format": done.format,
        "added": [note.id for note in done.added],
        "labelled": [span.id for span in done.labelled],
        "unchanged": done.unchanged,
        "refused": done.refused,
        "aside": done.unmatched,
        "aside_path": done.unmatched_path,
    }
    call.answer(document, show=said)
    if done.refused:
        return ExitCode.INPUT
    return ExitCode.DONE if done.added or done.labelled or done.unchanged else ExitCode.NOTHING_FOUND


def _name(console: Console, parts: Sequence[Refused]) -> None:
    for part in parts[:_SHOWN]:
        console.say(f"{part.place}: {part.reason}")
    if len(parts) > _SHOWN:
        console.say(f"and {len(parts) - _SHOWN} more")


COMMANDS = {
    "import notes": Command(
        _import_notes,
        "Take in notes that were written elsewhere. They are matched with the sources of the\n"
        "library by address or text; what matches none is kept aside, and nothing is imported twice.",
        (
            "crossread import notes hypothesis.json",
            "crossread import notes readwise.csv --format readwise",
        ),
        (
            arg("file FILE", "the file"),
            arg(
                "--format F",
                "; ".join(f"{form.name}: {form.description}" for form in FORMATS.values())
                + " (default: what it looks like)",
                choices=sorted(FORMATS),
            ),
        ),
        {
            "format": None, "added": [], "labelled": [], "unchanged": 0, "refused": [], "aside": [],
            "aside_path": None,
        },
    ),
}  # fmt: skip
