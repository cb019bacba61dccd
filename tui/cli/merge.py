"""``merge``, ``export library`` and ``import library``: what two libraries have becomes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import CrossreadError
from tui.cli.command import Command, ExitCode, arg
from tui.cli.documents import to_json
from tui.services.access import evidence_of
from tui.services.merging import merge_library
from tui.services.search import bring_index_up

if TYPE_CHECKING:
    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Merged

_SHOWN = 20  # conflicts that are told one by one
_EMPTY = {
    "stories": [], "notes": 0, "spans": 0, "labels": 0, "corrections": 0, "decisions": 0, "conflicts": [],
    "left_out": [], "backup": None,
}  # fmt: skip


def _merge(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    with call.library() as library:
        cache = evidence_of(library)
        done = merge_library(cache, arguments.library_file, coder=arguments.coder, progress=console.progress)
        console.end_progress()
        if console.as_json:
            backup = None if done.backup is None else str(done.backup)
            console.document(to_json(done.merged) | {"backup": backup})
        else:
            _tell(console, done.merged)
            if done.backup is not None:
                console.say(f"The library as it was before is in {done.backup}")
        try:
            bring_index_up(console, library)
        except CrossreadError as error:
            console.say(f"crossread: All is merged, but {str(error)[:1].lower()}{str(error)[1:]}")
            return ExitCode.STORAGE
    return ExitCode.DONE


def _tell(console: Console, merged: Merged) -> None:
    for story in merged.stories:
        counts = (
            f"{len(story.added):,} added", f"{len(story.changed):,} changed",
            f"{len(story.unchanged):,} unchanged",
        )  # fmt: skip
        theirs = "" if story.theirs == story.story else f" (there {story.theirs})"
        console.line(f"{story.story}{theirs}: {', '.join(counts)}")
    counted = [
        f"{number:,} {name}"
        for name in ("notes", "spans", "labels", "corrections", "decisions")
        if (number := getattr(merged, name))
    ]
    if counted:
        console.line(f"Taken over: {', '.join(counted)}")
    for one in merged.conflicts[:_SHOWN]:
        console.line(f"{one.kind} of {one.subject}: here “{_short(one.ours)}”, there “{_short(one.theirs)}”")
    if len(merged.conflicts) > _SHOWN:
        console.line(f"and {len(merged.conflicts) - _SHOWN:,} more that differ (--json names them all)")
    if merged.conflicts:
        console.say("Where the two differ, what is in this library stays.")
    for sentence in merged.left_out[:_SHOWN]:
        console.say(f"crossread: left out: {sentence}")


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 60 else f"{flat[:59]}…"


def _export_library(call: Invocation) -> ExitCode:
    from tui.services.maintenance import back_up

    with call.library() as library:
        path, size = back_up(library, call.arguments.output)
    return call.answer({"path": path, "bytes": size}, show=f"Wrote {path} ({size:,} bytes)")


_PLACE = (
    arg("library_file LIBRARY", "the folder of a library, or a file that export library or backup wrote"),
    arg("--coder NAME", "what whoever the other library calls “me” is called here"),
)
COMMANDS = {
    "merge": Command(
        _merge,
        "Take over what another library has and this one has not: sources with their versions, notes,\n"
        "labels, corrections and decisions, nothing twice. Where the two differ, what is here stays, and\n"
        "the difference is told. The other library is only read.",
        ("crossread merge ~/laptop-library", "crossread merge colleague.db --coder Ada"),
        _PLACE,
        _EMPTY,
    ),
    "import library": Command(
        _merge,
        "Take in the file of a colleague's library, as merge does.",
        ("crossread import library colleague.db --coder Ada",),
        _PLACE,
        _EMPTY,
    ),
    "export library": Command(
        _export_library,
        "Write the whole library into one new file, for a colleague: import library takes it in.",
        ("crossread export library --output harbour.db",),
        (arg("--output FILE", "the file to write; it must not be there yet", required=True),),
        {"path": None, "bytes": 0},
    ),
}
