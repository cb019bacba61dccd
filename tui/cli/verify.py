"""``verify``: whether a dossier is what it was when it was made."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.command import Command, ExitCode, arg
from tui.services.dossier.verification import verify_file

if TYPE_CHECKING:
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services.dossier.verification import Verification

_MOST_TOLD = 20


def _verify(call: Invocation) -> ExitCode:
    found = verify_file(Path(call.arguments.dossier).expanduser())
    document = {
        "path": found.path, "intact": found.intact, "passages": found.passages, "failed": found.failed,
        "seal": found.seal,
    }  # fmt: skip
    call.answer(document, show=partial(_show, call.console, found))
    return ExitCode.DONE if found.intact else ExitCode.NOTHING_FOUND


def _show(console: Console, found: Verification) -> None:
    if found.intact:
        console.line(f"{found.path}: intact, {found.passages:,} passages in {found.texts:,} texts")
        console.line(f"seal {found.seal}")
        return
    console.line(f"{found.path}: NOT INTACT")
    for one in found.failed[:_MOST_TOLD]:
        console.folded(one.reason if one.ref is None else f"{one.ref}: {one.reason}", lead="  ")
    if len(found.failed) > _MOST_TOLD:
        console.line(f"  and {len(found.failed) - _MOST_TOLD:,} more")


COMMANDS = {
    "verify": Command(
        _verify,
        "Check a dossier that `export story --format html` made, without the library that it came from:\n"
        "that every passage is in the texts that it carries, that these have the recorded SHA-256, and that\n"
        "not a byte of the file was changed. It cannot tell who made it; for that, compare the seal with\n"
        "the one that the sender sees. The exit status is 1 where the dossier is not intact.",
        ("crossread verify harbour.html",),
        (arg("dossier DOSSIER", "the file"),),
        {"path": None, "intact": False, "passages": 0, "failed": []},
    ),
}
