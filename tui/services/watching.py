"""Watched folders: what appears in them comes in, what changes is a new version, what vanishes is marked."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sources.errors import NotFoundInput, RequestError, UnknownReference
from sources.formats import plug_ins
from sources.importing import import_paths
from sources.importing.files import shown, storable
from sources.importing.listing import known_suffixes
from sources.importing.placing import checked_slug
from sources.importing.watching import FileMark, FolderChanges, Sightings, folder_changes
from tui.services.opening import WATCHED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sources.importing import ImportReport
    from sources.importing.report import FileReport
    from sources.library import Library
    from sources.model import Ref


class Now:
    """The time of the machine."""

    def now(self) -> float:
        """Return seconds to measure others from."""
        return time.monotonic()

    def wall(self) -> float:
        """Return seconds since 1970, as files are dated."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        time.sleep(seconds)


def sightings() -> Sightings:
    """Return what keeps, as long as somebody looks, which files are not settled yet."""
    return Sightings(Now())


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder that is watched, the story that its files go to, and how they were when they were read."""

    folder: str  # absolute
    story: str | None = None
    marks: Mapping[str, FileMark] = field(default_factory=dict)
    vanished: int = 0  # files

    @property
    def files(self) -> int:
        """Return how many files of it were read and are there."""
        return len(self.marks)

    @property
    def there(self) -> bool:
        """Tell whether the folder is there."""
        return Path(self.folder).is_dir()


@dataclass(frozen=True, slots=True)
class FileChange:
    """What became of a file of a watched folder, and of the sources that are from it.

    ``kind`` is added, changed, back, renamed, vanished or failed; or folder-gone and folder-back, of a
    folder itself. ``former`` is the path of a renamed file, ``reason`` why one could not be read.
    """

    kind: str
    path: str
    refs: tuple[Ref, ...] = ()
    former: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a folder brought: changes, what is waited for, and the import that it led to."""

    folder: str
    changes: tuple[FileChange, ...] = ()
    waiting: tuple[str, ...] = ()
    report: ImportReport | None = None
    there: bool = True

    @property
    def failed(self) -> bool:
        """Tell whether something could not be read."""
        return any(change.kind in {"failed", "folder-gone"} for change in self.changes)


def watched_folders(library: Library) -> tuple[WatchedFolder, ...]:
    """Return the folders that are watched, by their paths; settings that cannot be read are left out."""
    found = []
    for name, value in library.settings(WATCHED).items():
        folder = name.removeprefix(WATCHED)
        try:
            read = json.loads(value)
            marks = {
                path: FileMark(int(size), int(at), str(sum_))
                for path, (size, at, sum_) in read["files"].items()
            }
            story = None if read["story"] is None else str(read["story"])
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
        found.append(WatchedFolder(folder, story, marks, len(library.vanished_files(folder))))
    return tuple(found)


def watched_folder(library: Library, folder: str) -> WatchedFolder:
    """Return one watched folder; raises UnknownReference."""
    wanted = storable(Path(folder).expanduser())
    found = next((one for one in watched_folders(library) if one.folder == wanted), None)
    if found is None:
        raise UnknownReference(f"{shown(folder)} is not watched; list what is with: crossread watch --list")
    return found


def watch(library: Library, folder: str, story: str | None = None) -> WatchedFolder:
    """Keep that a folder is watched; raises NotFoundInput where it is none, and RequestError.

    A folder in another watched one, or around one, is refused: a file would come in twice.
    """
    path = Path(folder).expanduser()
    if not folder.strip() or not path.is_dir():
        why = "is a file; only folders are watched" if path.is_file() else "there is no such folder"
        raise NotFoundInput(why, path=shown(folder))
    slug = None if not story else checked_slug(story)
    wanted = storable(path)
    known = {one.folder: one for one in watched_folders(library)}
    for other in known:
        if Path(other) in Path(wanted).parents or Path(wanted) in Path(other).parents:
            raise RequestError(f"{shown(other)} is watched already, and all below it; stop that one first.")
    found = known.get(wanted, WatchedFolder(wanted))
    found = replace(found, story=slug or found.story)
    _keep(library, found)
    return found


def stop(library: Library, folder: str) -> WatchedFolder:
    """Forget that a folder is watched; its sources stay. Raises UnknownReference."""
    found = watched_folder(library, folder)
    library.drop_setting(WATCHED + found.folder)
    library.forget_vanished(found.folder)
    return found


def follow_story(library: Library, slug: str, new: str) -> None:
    """Let folders whose files go to a story follow it to another slug."""
    for one in watched_folders(library):
        if one.story == slug:
            _keep(library, replace(one, story=new))


def _keep(library: Library, watched: WatchedFolder) -> None:
    value = {"story": watched.story, "files": watched.marks}
    library.set_setting(WATCHED + watched.folder, json.dumps(value, ensure_ascii=True, sort_keys=True))


# One look.


def look(
    library: Library,
    watched: WatchedFolder,
    seen: Sightings,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Look:
    """Look at a watched folder, and take over into the library what changed; raises LibraryError."""
    formats = plug_ins.with_plug_ins(lambda _words: None)
    changes = folder_changes(
        Path(watched.folder), watched.marks, seen, suffixes=known_suffixes(formats), without=library.folder
    )
    was_there = watched.folder not in seen.away
    if not changes.there:
        seen.away.add(watched.folder)
        gone = (FileChange("folder-gone", watched.folder),) if was_there else ()
        return Look(watched.folder, gone, there=False)
    seen.away.discard(watched.folder)
    told = [] if was_there else [FileChange("folder-back", watched.folder)]
    told += [
        FileChange("renamed", path, library.file_renamed(former, path), former)
        for former, path in changes.renamed
    ]
    told += [
        FileChange("vanished", path, refs) for path in changes.gone if (refs := library.file_vanished(path))
    ]
    marked = set(library.vanished_files(watched.folder))
    wanted = {*changes.arrived, *_copies_of_gone(watched, changes)}
    report = None
    marks = dict(changes.marks)
    if wanted:
        report = import_paths(
            library, [watched.folder], story=watched.story, only=wanted, cancelled=cancelled
        )
        told += _became(report, marked)
        for file in report.files:
            name = storable(Path(file.path))
            if file.reason is not None and name in marks:
                # It is tried again when it changes, or when the folder is looked at next.
                seen.unread[name] = (marks[name].size, marks[name].written)
                del marks[name]
        # It may have been stopped before its end; of an archive its members are named.
        read = {storable(Path(file.path.partition("!/")[0])) for file in report.files}
        marks = {name: mark for name, mark in marks.items() if name not in wanted or name in read}
    closed = dict(changes.closed)
    told = [change for change in told if change.path not in closed]
    told += [
        FileChange("failed", path, reason=why) for path, why in closed.items() if path not in seen.closed
    ]
    seen.closed = seen.closed - {path for path in seen.closed if Path(watched.folder) in Path(path).parents}
    seen.closed |= closed.keys()
    if marks != watched.marks:
        _keep(library, replace(_as_kept(library, watched), marks=marks))
    return Look(watched.folder, tuple(told), changes.waiting, report)


def _as_kept(library: Library, watched: WatchedFolder) -> WatchedFolder:
    """Return a watched folder with the story that it has by now."""
    return next((one for one in watched_folders(library) if one.folder == watched.folder), watched)


def _copies_of_gone(watched: WatchedFolder, changes: FolderChanges) -> Iterator[str]:
    """Yield files of the same bytes as one that is gone: they are read again, and its source is theirs."""
    digests = {watched.marks[path].digest for path in changes.gone} - {""}
    return (name for name, mark in changes.marks.items() if mark.digest in digests)


def _became(report: ImportReport, marked: set[str]) -> Iterator[FileChange]:
    added = {ref for story in report.stories for ref in story.added}
    changed = {ref for story in report.stories for ref in story.changed}
    for file in report.files:
        kind, refs = _kind(file, added, changed, marked)
        if kind:
            yield FileChange(kind, file.path, refs, reason=file.reason)


def _kind(
    file: FileReport, added: set[Ref], changed: set[Ref], marked: set[str]
) -> tuple[str, tuple[Ref, ...]]:
    if file.reason is not None:
        return "failed", tuple(file.sources)
    if new := tuple(ref for ref in file.sources if ref in added):
        return "added", new
    if other := tuple(ref for ref in file.sources if ref in changed):
        return "changed", other
    return ("back", tuple(file.sources)) if storable(Path(file.path)) in marked else ("", ())


def told(change: FileChange) -> str:
    """Return a change as one line."""
    refs = ", ".join(map(str, change.refs))
    at = f": {refs}" if refs else ""
    said: Mapping[str, Any] = {
        "renamed": f"renamed {shown(change.former or '')} to {shown(change.path)}{at}",
        "failed": f"not read {shown(change.path)}: {change.reason}",
        "folder-gone": f"the folder {shown(change.path)} is gone; its sources stay, it is looked for again",
        "folder-back": f"the folder {shown(change.path)} is back",
    }
    return str(said.get(change.kind, f"{change.kind} {shown(change.path)}{at}"))


def new_refs(looks: Sequence[Look]) -> tuple[Ref, ...]:
    """Return the sources that came in or changed."""
    kinds = {"added", "changed"}
    return tuple(
        ref for one in looks for change in one.changes if change.kind in kinds for ref in change.refs
    )
