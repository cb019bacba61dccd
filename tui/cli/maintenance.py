"""``reindex``, ``doctor`` and ``backup``: care of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.command import Command, ExitCode, arg
from tui.cli.documents import to_json
from tui.services.maintenance import back_up, examine
from tui.services.search import rebuild

if TYPE_CHECKING:
    from tui.cli.command import Invocation


def _reindex(call: Invocation) -> ExitCode:
    with call.library() as library:
        indexed = rebuild(call.console, library)
    return call.answer({"indexed": indexed}, show=f"The index was built again: {indexed} texts")


def _doctor(call: Invocation) -> ExitCode:
    console = call.console
    found = examine(call.folder, console, repair=call.arguments.repair)
    document = {
        "library": found.folder,
        "ok": found.well,
        "checks": found.findings,
        "repaired": found.repaired,
        "unread": [to_json(finding, "Unread") for finding in found.findings if finding.ref],
    }

    def show() -> None:
        for line in found.repaired:
            console.line(f"repaired: {line}")
        for item in found.findings:
            console.line(f"{'ok' if item.well else '!!'}  {item.name}: {item.message}")
        wrong = "Something is wrong. Index, cache, lost notes: crossread doctor --repair"
        console.line("All is well." if found.well else wrong)

    call.answer(document, show=show)
    return ExitCode.DONE if found.well else ExitCode.STORAGE


def _backup(call: Invocation) -> ExitCode:
    with call.library() as library:
        path, size = back_up(library, call.arguments.file)
    return call.answer({"path": path, "bytes": size}, show=f"Wrote {path} ({size:,} bytes)")


COMMANDS = {
    "reindex": Command(_reindex, "Build the search index again from the library.", ("crossread reindex",)),
    "doctor": Command(
        _doctor,
        "Check the library, its search index, the cached evidence and the folders' permissions.",
        ("crossread doctor", "crossread doctor --repair"),
        (arg("--repair", "make index and cached evidence again; bring lost notes back"),),
    ),
    "backup": Command(
        _backup,
        "Write a copy of the library's database. To go back to it, put it in the library's\n"
        "folder as library.db; index and cached evidence are made from it again.",
        ("crossread backup ~/crossread-2031-06-12.db",),
        (arg("file FILE", "the file to write; it must not be there yet"),),
    ),
}
