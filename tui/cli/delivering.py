"""Where the answer of an export goes: standard output, a new file, or a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.library.repository import moment_now
from sources.notes.export import Shape
from sources.notes.export.saving import named_path, save, save_bytes
from sources.places import exports_folder
from tui.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from pathlib import Path

    from sources.notes.export import ExportFormat, NoteCollection
    from tui.cli.command import Invocation

_LIBRARY_PLACE = ""


def configure_output(parser: ArgumentParser) -> None:
    """Declare ``--output``."""
    parser.add_argument(
        "--output",
        metavar="PATH",
        nargs="?",
        const=_LIBRARY_PLACE,
        help="a new file, or a folder; without PATH a file in the library's exports folder, named by story\n"
        "and time; without --output, or with -, the text goes to standard output",
    )


def deliver(
    call: Invocation,
    form: ExportFormat,
    collection: NoteCollection,
    *,
    what: str,
    library: Path,
    answer: dict[str, object],
) -> None:
    """Write ``collection`` to where the call says; ``answer`` is what its JSON document tells besides.

    Raises RequestError and StorageFailed.
    """  # fmt: skip
    output = call.arguments.output
    if output in {None, "-"}:
        if form.shape is not Shape.TEXT:
            thing = "folder" if form.shape is Shape.FOLDER else "file"
            raise RequestError(f"{form.name} makes a {thing}; say where with --output PATH.")
        _print(call, form.write(collection), answer)
        return
    place = named_path(output)
    path = save(form, collection, place, folder=exports_folder(library), what=what, moment=moment_now())
    _tell(call, path, answer)


def deliver_text(
    call: Invocation, text: str, *, suffix: str, what: str, library: Path, answer: dict[str, object]
) -> None:
    """Write ``text`` to where the call says, as `deliver` does."""
    output = call.arguments.output
    if output in {None, "-"}:
        _print(call, text, answer)
        return
    path = save_bytes(
        text.encode("utf-8", "replace"),
        named_path(output),
        suffix=suffix,
        folder=exports_folder(library),
        what=what,
        moment=moment_now(),
    )
    _tell(call, path, answer)


def status(found: object) -> ExitCode:
    """Return the status of an export: something was found, or nothing."""
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND


def _print(call: Invocation, text: str, answer: dict[str, object]) -> None:
    if call.console.as_json:
        call.console.document(answer | {"path": None, "text": text})
    else:
        call.console.raw(text)


def _tell(call: Invocation, path: Path, answer: dict[str, object]) -> None:
    if call.console.as_json:
        call.console.document(answer | {"path": str(path)})
    call.console.say(f"Wrote {path}")
