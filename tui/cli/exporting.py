"""``export notes``: notes as Markdown or JSON, to standard output or a file that is never overwritten."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import RequestError, StorageFailed
from sources.notes.export import FORMATS
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
    name = f"{arguments.story or 'all-stories'}-notes-{time.strftime('%Y-%m-%d-%H%M%S')}{form.suffix}"
    path = _written(_place(arguments.output, folder, name), text)
    if console.as_json:
        console.document(answer | {"path": str(path)})
    console.say(f"Wrote {path}")
    return ExitCode.DONE if notes else ExitCode.NOTHING_FOUND


def _place(output: str, library_folder: Path, name: str) -> Path:
    """Return the file to write: a given file, a given folder's, or one in the library's exports."""
    if output == _DEFAULT_PLACE:
        folder = exports_folder(library_folder)
        with suppress(OSError):  # whatever it was, writing the file will say it
            folder.mkdir(mode=0o700, exist_ok=True)
        return _free(folder / name)
    path = Path(output).expanduser()
    return _free(path / name) if path.is_dir() else path


def _free(path: Path) -> Path:
    """Return ``path``, or with a number when the second before has taken the name."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found


def _written(path: Path, text: str) -> Path:
    """Write a new file that only the user may read; raises RequestError when there is one already."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise RequestError(f"{path} is there already; an export never overwrites a file.") from None
    except OSError as error:
        raise StorageFailed(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise StorageFailed(f"{path} cannot be written: {error.strerror}.") from error
    return path


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
