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
from tui.cli.command import Command
from tui.cli.exit_codes import ExitCode
from tui.cli.opening import open_library

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tui.cli.command import Invocation

_ENDINGS = {"markdown": ".md", "json": ".json"}
_DEFAULT_PLACE = ""


def _export_notes(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with open_library(call) as library:
        notes = library.notes(story=arguments.story)
        text = FORMATS[arguments.format](library, notes)
        folder = library.folder
    if not notes:
        console.say("No notes to export")
    if arguments.output in {None, "-"}:
        console.raw(text if text.endswith("\n") else text + "\n")
        return ExitCode.DONE if notes else ExitCode.NOTHING_FOUND
    name = f"{arguments.story or 'all-stories'}-notes-{time.strftime('%Y-%m-%d-%H%M%S')}{_ENDINGS[arguments.format]}"
    path = _written(_place(arguments.output, folder, name), text)
    console.say(f"Wrote {path}")
    if console.as_json:
        console.document({"path": str(path), "format": arguments.format, "notes": len(notes)})
    return ExitCode.DONE if notes else ExitCode.NOTHING_FOUND


def _place(output: str, library_folder: Path, name: str) -> Path:
    """Return the file to write: a given file, a given folder's, or one in the library's exports."""
    if output == _DEFAULT_PLACE:
        folder = exports_folder(library_folder)
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
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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
