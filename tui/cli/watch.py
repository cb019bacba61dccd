"""``watch``: folders whose files come in by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import LibraryBusy, RequestError
from tui.cli.add import derive, say_some, tell_what_is_near
from tui.cli.command import Command, ExitCode, arg
from tui.cli.console import Column
from tui.cli.documents import to_json
from tui.services import watching
from tui.services.folder_events import Events, SystemEvents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.command import Invocation
    from tui.cli.console import Console
    from tui.services import Library, Sightings
    from tui.services.watching import Look, WatchedFolder

_NONE = "No folder is watched; watch one with: crossread watch FOLDER"
_SAID = 5  # warnings of one import
_PATIENCE = 10.0  # seconds that one look waits for files that are being written
_SOON = 0.5  # seconds to the next look while a file is waited for
_AT_LEAST_EVERY = 30.0  # seconds between two looks, since not every file system tells of changes


def _watch(call: Invocation) -> ExitCode:
    arguments, console = call.arguments, call.console
    if arguments.folder and arguments.stop:
        raise RequestError("Either a folder is watched, or no longer: give FOLDER or --stop FOLDER.")
    with call.library() as library:
        if arguments.stop:
            gone = watching.stop(library, arguments.stop)
            console.say(f"{gone.folder} is not watched any more; its sources stay.")
        folders: Sequence[WatchedFolder] = watching.watched_folders(library)
        if arguments.list or arguments.stop:
            status = call.answer(
                _EMPTY | {"folders": folders}, folders, _COLUMNS, "" if arguments.stop else _NONE
            )
            return ExitCode.DONE if arguments.stop else status
        if arguments.folder:
            folders = (watching.watch(library, arguments.folder, arguments.story),)
        elif arguments.story:
            raise RequestError("--story is for a folder: crossread watch FOLDER --story SLUG")
        if not folders:
            return call.answer(_EMPTY, nothing=_NONE, found=False)
        names = [one.folder for one in folders]
        if arguments.once:
            return _look_once(call, library, names)
        return follow(console, library, names, SystemEvents(), watching.sightings())


def _look_once(call: Invocation, library: Library, names: Sequence[str]) -> ExitCode:
    """Look until nothing is being written any more, though not for ever."""
    seen, looks = watching.sightings(), list[watching.Look]()
    end = seen.time.now() + _PATIENCE
    while True:
        found = _look(call.console, library, names, seen, lines=False)
        looks += found
        waiting = [path for one in found for path in one.waiting]
        if not waiting or seen.time.now() > end:
            break
        call.console.progress(f"waiting for {len(waiting)} files that are being written")
        seen.time.sleep(_SOON)
    call.console.end_progress()
    for path in waiting:
        call.console.say(f"still being written, and left for the next look: {path}")
    trouble = _take_over(call.console, library, looks)
    if call.console.as_json:
        changes = [change for one in looks for change in one.changes]
        call.console.document(
            _EMPTY
            | to_json(
                {
                    "folders": [one for one in watching.watched_folders(library) if one.folder in names],
                    "changes": changes,
                    "failed": [{"path": one.path, "reason": one.reason} for one in changes if one.reason],
                    "waiting": waiting,
                }
            )
        )
    if trouble:
        return ExitCode.STORAGE
    return ExitCode.INPUT if any(one.failed for one in looks) else ExitCode.DONE


def follow(
    console: Console, library: Library, names: Sequence[str], events: Events, seen: Sightings
) -> ExitCode:
    """Look whenever something happens, until it is interrupted or the folders are watched no more."""
    console.say(f"watching {', '.join(names)} (ctrl+c ends it)")
    while left := [one.folder for one in watching.watched_folders(library) if one.folder in names]:
        try:
            looks = _look(console, library, left, seen, lines=console.as_json)
            _take_over(console, library, looks)
        except LibraryBusy as error:  # somebody else writes for long; what there is to see stays there
            console.say(f"crossread: {error}")
            events.wait((), _SOON)
            continue
        soon = any(one.waiting for one in looks)
        events.wait([Path(folder) for folder in left], _SOON if soon else _AT_LEAST_EVERY)
    console.say("None of these folders is watched any more.")
    return ExitCode.DONE


def _look(
    console: Console, library: Library, names: Sequence[str], seen: Sightings, *, lines: bool
) -> list[Look]:
    """Look at the folders and tell what changed, a line each."""
    looks = []
    for watched in watching.watched_folders(library):
        if watched.folder not in names:
            continue
        found = watching.look(library, watched, seen)
        looks.append(found)
        for change in found.changes:
            console.end_progress()
            console.say(watching.told(change))
            if lines:
                line = {"schema": console.schema_name, "folder": watched.folder, **to_json(change)}
                console.raw(console.encoded(line) + "\n")
                console.out.flush()
        if found.report is not None and found.report.warnings:
            say_some(console, found.report.warnings, _SAID, "and {more} more warnings")
        if found.report is not None and found.report.interrupted:
            raise KeyboardInterrupt
    return looks


def _take_over(console: Console, library: Library, looks: Sequence[Look]) -> bool:
    """Bring index and evidence up to what came in, and tell what it is like; tell whether that failed."""
    trouble = False
    for one in looks:
        if one.report is not None and watching.new_refs([one]):
            tell_what_is_near(console, library, one.report)
            trouble = derive(console, library, one.report) or trouble
    return trouble


_COLUMNS = (
    Column("FOLDER", "folder", 20),
    Column("STORY", "story", 12),
    Column("FILES", "files", right=True),
    Column("VANISHED", lambda one: one.vanished or "", right=True),
    Column("", lambda one: "" if one.there else "is gone"),
)
_EMPTY: dict[str, object] = {"folders": [], "changes": [], "failed": [], "waiting": []}

COMMANDS = {
    "watch": Command(
        _watch,
        "Watch a folder: new files are added, changed ones become new versions, one that vanishes is\n"
        "marked and stays. A file that is still being written is waited for; a renamed one stays the same\n"
        "source. Watched folders are kept in the library, and the app looks at them, too. Without FOLDER\n"
        "all of them are watched. It says one line a change until ctrl+c, with --json as one JSON document\n"
        "a line; with --once, --list and --stop there is one document.",
        (
            "crossread watch ~/sources/harbour --story harbour-deal",
            "crossread watch --once",
            "crossread watch --list",
            "crossread watch --stop ~/sources/harbour",
        ),
        (
            arg("folder FOLDER?", "a folder, with all below it (default: all that are watched)"),
            arg(
                "--story SLUG", "the story that its files go to (default: one that is named like the folder)"
            ),
            arg("--once", "look once and end, for cron: 3 where something could not be read"),
            arg("--list", "list the folders that are watched"),
            arg("--stop FOLDER", "stop watching a folder; its sources stay"),
        ),
        _EMPTY,
    ),
}
