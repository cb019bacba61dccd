"""Care of a library: what is wrong with it, what of that can be made again, and a copy of it."""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.interface import LACKS_EVIDENCE, LACKS_WORDS
from sources import logs
from sources.errors import CrossreadError, LibraryDamaged, LibraryError
from sources.evidence_cache import EvidenceCache
from sources.library import Library
from sources.library.note_backups import newest
from tui.services.notes import find_lost
from tui.services.search import INDEX_FOLDER, index_of, rebuild

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.services.access import Audience

_LACKS = {
    LACKS_EVIDENCE: "{} could not be read for names, quotes and figures; it is found by its words alone",
    LACKS_WORDS: "{} could not be taken apart; it is found by its title, or by what else could be read",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is well, and what was found; ``ref`` is the text that it is about."""

    name: str
    well: bool
    message: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """What an examination of a library found, and what was repaired before."""

    folder: Path
    findings: tuple[Finding, ...]
    repaired: tuple[str, ...]

    @property
    def well(self) -> bool:
        """Tell whether nothing is wrong."""
        return all(finding.well for finding in self.findings)


def examine(folder: Path, audience: Audience, *, repair: bool = False) -> Examination:
    """Examine a library with its index and kept evidence; with ``repair``, mend first what can be mended."""
    repaired: list[str] = []
    findings = [_folder_finding(folder)]
    if folder.exists():
        if repair:
            repaired += _set_damaged_aside(folder)
        try:
            with Library.open(folder) as library:
                if repair:
                    repaired += _repair(audience, library)
                findings += _library_findings(library)
                findings += _index_findings(library)
                findings += _cache_findings(library)
        except LibraryError as error:
            findings.append(_wrong("library", str(error)))
    audience.end_progress()
    return Examination(folder, tuple(findings), tuple(repaired))


def back_up(library: Library, file: str) -> tuple[Path, int]:
    """Write a copy of the database into a new file; return its path and its bytes."""
    path = Path(file).expanduser()
    library.backup(path)
    return path, path.stat().st_size


def _well(name: str, message: str) -> Finding:
    return Finding(name, well=True, message=message)


def _wrong(name: str, message: str, ref: str = "") -> Finding:
    return Finding(name, well=False, message=message, ref=ref)


def _folder_finding(folder: Path) -> Finding:
    if not folder.exists():
        above = next((place for place in folder.parents if place.exists()), folder)
        if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
            return _wrong("folder", f"{folder} cannot be made: {above} is not a folder to write in")
        return _well("folder", f"{folder} is not there yet; it is made when it is needed")
    if not folder.is_dir():
        return _wrong("folder", f"{folder} is a file, not a folder")
    about = folder.stat()
    if hasattr(os, "geteuid") and about.st_uid != os.geteuid():
        return _wrong("folder", f"{folder} belongs to another user")
    mode = stat.S_IMODE(about.st_mode)
    if mode & 0o077:
        return _wrong("folder", f"{folder} can be read by others ({mode:04o}); chmod 700 it")
    return _well("folder", f"{folder} is yours alone")


def _library_findings(library: Library) -> Iterator[Finding]:
    problems = library.check()
    for problem in problems:
        yield _wrong("library", problem)
    if not problems:
        if lost := len(library.lost_notes()):
            message = f"{lost} notes are missing that a copy in {library.folder / 'notes'} holds"
            yield _wrong("notes", message)
        stories = library.stories()
        texts, notes = len(library.refs()), len(library.notes())
        yield _well("library", f"{len(stories)} stories, {texts} texts, {notes} notes")


def _index_findings(library: Library) -> Iterator[Finding]:
    folder = library.folder / INDEX_FOLDER
    if not folder.exists():
        yield _well("index", "not there yet; it is made when it is needed")
        return
    # Not opened as a search opens it, because that would repair what is to be reported.
    with index_of(library) as index:
        problems = index.problems()
        note = "" if problems else index.freshness().note
        lacking = () if problems else index.lacking()
    for problem in problems:
        yield _wrong("index", problem)
    if not problems:
        yield _well("index", note)
    for ref, what in lacking:
        yield _wrong("text", _LACKS[what].format(ref), ref=str(ref))


def _cache_findings(library: Library) -> Iterator[Finding]:
    problems = EvidenceCache(library).problems()
    for problem in problems:
        yield _wrong("cache", problem)
    if not problems:
        yield _well("cache", "cached evidence can be read")


def _repair(audience: Audience, library: Library) -> list[str]:
    """Make again what can be made from the library, and bring lost notes back from their copies."""
    done = []
    if lost := library.lost_notes():
        count = library.bring_back_notes(lost)
        find_lost(library, audience)
        done.append(f"{count} notes brought back from their copies")
    rebuild(audience, library)
    done.append("index built again")
    cache = EvidenceCache(library)
    cache.clear()
    for story in library.stories():
        audience.progress(f"reading {story.slug} for names, quotes and figures")
        try:
            cache.prepare(story.slug)
        except CrossreadError:
            raise
        except Exception as error:  # whatever one text makes the evidence raise, the other stories go on
            audience.say(f"{story.slug}: {logs.record(error, f'The evidence of {story.slug} was made.')}")
    audience.end_progress()
    done.append("cached evidence made again")
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
