"""``reindex``, ``doctor`` and ``backup``: care of the library."""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index import SearchIndex
from index.stored_fields import LACKS_EVIDENCE, LACKS_WORDS
from sources import logs
from sources.errors import CrossreadError, LibraryDamaged, LibraryError
from sources.evidence_cache import EvidenceCache
from sources.library import Library
from sources.library.note_backups import newest
from sources.notes.anchoring import find_anchor
from sources.places import library_folder
from tui.cli.command import Command, ExitCode
from tui.cli.opening import open_library
from tui.services.search import INDEX_FOLDER, rebuild

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator

    from tui.cli.command import Invocation
    from tui.cli.console import Console


_LACKS = {
    LACKS_EVIDENCE: "{} could not be read for names, quotes and figures; it is found by its words alone",
    LACKS_WORDS: "{} could not be taken apart; it is found by its title, or by what else could be read",
}


@dataclass(frozen=True, slots=True)
class _Finding:
    """One line of the doctor's: what was looked at, whether it is well, and what was found."""

    name: str
    well: bool
    message: str
    ref: str = ""  # the text that it is about, if it is about one


def _reindex(call: Invocation) -> ExitCode:
    console = call.console
    with open_library(call) as library:
        indexed = rebuild(console, library)
    if console.as_json:
        console.document({"indexed": indexed})
    else:
        console.line(f"The index was built anew: {indexed} texts")
    return ExitCode.DONE


def _doctor(call: Invocation) -> ExitCode:
    console = call.console
    folder = library_folder(call.library_option)
    repaired: list[str] = []
    findings = [_folder_finding(folder)]
    if folder.exists():
        if call.arguments.repair:
            repaired += _set_damaged_aside(folder)
        try:
            with Library.open(folder) as library:
                if call.arguments.repair:
                    repaired += _repair(console, library)
                findings += _library_findings(library)
                findings += _index_findings(library)
                findings += _cache_findings(library)
        except LibraryError as error:
            findings.append(_Finding("library", well=False, message=str(error)))
    console.end_progress()
    well = all(finding.well for finding in findings)
    if console.as_json:
        checks = [{"name": item.name, "ok": item.well, "message": item.message} for item in findings]
        unread = [{"ref": item.ref, "message": item.message} for item in findings if item.ref]
        console.document(
            {"library": str(folder), "ok": well, "checks": checks, "repaired": repaired, "unread": unread}
        )
    else:
        for line in repaired:
            console.line(f"repaired: {line}")
        for item in findings:
            console.line(f"{'ok' if item.well else '!!'}  {item.name}: {item.message}")
        console.line(
            "All is well."
            if well
            else "Something is wrong. Index, cache, lost notes: crossread doctor --repair"
        )
    return ExitCode.DONE if well else ExitCode.STORAGE


def _folder_finding(folder: Path) -> _Finding:
    if not folder.exists():
        above = next((place for place in folder.parents if place.exists()), folder)
        if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
            return _Finding(
                "folder", well=False, message=f"{folder} cannot be made: {above} is no folder to write in"
            )
        return _Finding(
            "folder", well=True, message=f"{folder} is not there yet; it is made when it is needed"
        )
    if not folder.is_dir():
        return _Finding("folder", well=False, message=f"{folder} is a file, not a folder")
    about = folder.stat()
    if hasattr(os, "geteuid") and about.st_uid != os.geteuid():
        return _Finding("folder", well=False, message=f"{folder} belongs to another user")
    mode = stat.S_IMODE(about.st_mode)
    if mode & 0o077:
        return _Finding(
            "folder", well=False, message=f"{folder} can be read by others ({mode:04o}); chmod 700 it"
        )
    return _Finding("folder", well=True, message=f"{folder} is yours alone")


def _library_findings(library: Library) -> Iterator[_Finding]:
    problems = library.check()
    for problem in problems:
        yield _Finding("library", well=False, message=problem)
    if not problems:
        if lost := len(library.lost_notes()):
            message = f"{lost} notes are missing that a copy in {library.folder / 'notes'} holds"
            yield _Finding("notes", well=False, message=message)
        stories = library.stories()
        texts, notes = len(library.refs()), len(library.notes())
        yield _Finding("library", well=True, message=f"{len(stories)} stories, {texts} texts, {notes} notes")


def _index_findings(library: Library) -> Iterator[_Finding]:
    folder = library.folder / INDEX_FOLDER
    if not folder.exists():
        yield _Finding("index", well=True, message="not there yet; it is made when it is needed")
        return
    # Not opened as a search opens it, because that would repair what is to be reported.
    with SearchIndex(folder, library) as index:
        problems = index.problems()
        note = "" if problems else index.freshness().note
        lacking = () if problems else index.lacking()
    for problem in problems:
        yield _Finding("index", well=False, message=problem)
    if not problems:
        yield _Finding("index", well=True, message=note)
    for ref, what in lacking:
        yield _Finding("text", well=False, message=_LACKS[what].format(ref), ref=str(ref))


def _cache_findings(library: Library) -> Iterator[_Finding]:
    problems = EvidenceCache(library).problems()
    for problem in problems:
        yield _Finding("cache", well=False, message=problem)
    if not problems:
        yield _Finding("cache", well=True, message="cached evidence can be read")


def _repair(console: Console, library: Library) -> list[str]:
    """Make anew what can be made from the library, and bring lost notes back from their copies."""
    done = []
    if lost := library.lost_notes():
        count = library.bring_back_notes(lost)
        for _ in library.find_orphans_again(find_anchor):
            pass
        done.append(f"{count} notes brought back from their copies")
    rebuild(console, library)
    done.append("index built anew")
    cache = EvidenceCache(library)
    cache.clear()
    for story in library.stories():
        console.progress(f"reading {story.slug} for names, quotes and figures")
        try:
            cache.prepare(story.slug)
        except CrossreadError:
            raise
        except Exception as error:  # whatever one text makes the evidence raise, the other stories go on
            console.say(f"{story.slug}: {logs.record(error, f'The evidence of {story.slug} was made.')}")
    console.end_progress()
    done.append("cached evidence made anew")
    return done


def _set_damaged_aside(folder: Path) -> list[str]:
    """Make room for a new database where the old one is none any more, if copies of the notes are there."""
    try:
        Library.open(folder).close()
    except LibraryDamaged:
        if newest(folder) is None:
            return []
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        for tail in ("", "-wal", "-shm"):
            path = folder / f"library.db{tail}"
            if path.exists():
                path.rename(folder / f"library.db.damaged-{stamp}{tail}")
        return [f"the damaged database is kept as library.db.damaged-{stamp}; add your files again"]
    except LibraryError:
        return []
    return []


def _backup(call: Invocation) -> ExitCode:
    path = Path(call.arguments.file).expanduser()
    with open_library(call) as library:
        library.backup(path)
    size = path.stat().st_size
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
