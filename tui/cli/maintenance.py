"""``reindex``, ``doctor`` and ``backup``: care of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.places import library_folder
from tui.cli.command import Command, ExitCode
from tui.cli.documents import to_json
from tui.cli.opening import open_library
from tui.services.maintenance import back_up, examine
from tui.services.search import rebuild

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from tui.cli.command import Invocation


def _reindex(call: Invocation) -> ExitCode:
    console = call.console
    with open_library(call) as library:
        indexed = rebuild(console, library)
    if console.as_json:
        console.document({"indexed": indexed})
    else:
        console.line(f"The index was built again: {indexed} texts")
    return ExitCode.DONE


def _doctor(call: Invocation) -> ExitCode:
    console = call.console
    found = examine(library_folder(call.library_option), console, repair=call.arguments.repair)
    if console.as_json:
        unread = [finding for finding in found.findings if finding.ref]
        console.document(
            {
                "library": str(found.folder),
                "ok": found.well,
                "checks": to_json(found.findings),
                "repaired": list(found.repaired),
                "unread": [to_json(finding, "Unread") for finding in unread],
            }
        )
    else:
        for line in found.repaired:
            console.line(f"repaired: {line}")
        for item in found.findings:
            console.line(f"{'ok' if item.well else '!!'}  {item.name}: {item.message}")
        console.line(
            "All is well."
            if found.well
            else "Something is wrong. Index, cache, lost notes: crossread doctor --repair"
        )
    return ExitCode.DONE if found.well else ExitCode.STORAGE


def _backup(call: Invocation) -> ExitCode:
    with open_library(call) as library:
        path, size = back_up(library, call.arguments.file)
    if call.console.as_json:
        call.console.document({"path": str(path), "bytes": size})
    else:
        call.console.line(f"Wrote {path} ({size:,} bytes)")
    return ExitCode.DONE


def _configure_doctor(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--repair",
        action="store_true",
        help="make index and cached evidence again; bring lost notes back",
    )


def _configure_backup(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the file to write; it must not be there yet")


COMMANDS = {
    "reindex": Command(
        description="Build the search index again from the library.",
        examples=("crossread reindex",),
        run=_reindex,
    ),
    "doctor": Command(
        description="Check the library, its search index, the cached evidence and the folders' permissions.",
        examples=("crossread doctor", "crossread doctor --repair"),
        run=_doctor,
        configure=_configure_doctor,
    ),
    "backup": Command(
        description="Write a copy of the library's database. To go back to it, put it in the library's\n"
        "folder as library.db; index and cached evidence are made from it again.",
        examples=("crossread backup ~/crossread-2031-06-12.db",),
        run=_backup,
        configure=_configure_backup,
    ),
}
