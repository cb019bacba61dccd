"""The library: SQLite, the schema and its migrations, and one class for everything that a user has."""

from __future__ import annotations

import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from sources.errors import LibraryError, StorageFailed
from sources.library import (
    audit_choice_repository,
    codebook_repository,
    correction_repository,
    journal,
    label_repository,
    note_rows,
    placement,
    reanchoring,
    source_edits,
    source_rows,
)
from sources.library.audit_choice_repository import AuditChoiceRepository
from sources.library.codebook_repository import CodebookRepository
from sources.library.correction_repository import CorrectionRepository
from sources.library.database import Database, translated
from sources.library.draft_repository import DraftRepository
from sources.library.file_repository import FileRepository
from sources.library.label_repository import LabelRepository
from sources.library.migrations import back_up
from sources.library.note_repository import NoteRepository
from sources.library.placement import PlacementRepository
from sources.library.reanchoring import Owner
from sources.library.source_edits import EditRepository
from sources.library.source_repository import SourceRepository

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sources.library.journal import Entry
    from sources.library.reanchoring import Reanchor


DATABASE = "library.db"

# Each brings one thing of its kind to the fields that it is given, as `note_rows.bring_to` does.
_OWNERS: dict[str, Callable[[sqlite3.Connection, int, dict[str, Any]], None]] = {
    note_rows.KIND: note_rows.bring_to,
    codebook_repository.KIND: codebook_repository.bring_to,
    label_repository.KIND: label_repository.bring_to,
    label_repository.SETTLEMENT: label_repository.bring_settlement_to,
    source_edits.KIND: placement.bring_to,
    source_edits.STORY: placement.bring_story_to,
    "correction": partial(placement.bring_named_to, kind="correction"),
    correction_repository.KIND: correction_repository.bring_to,
    audit_choice_repository.KIND: audit_choice_repository.bring_to,
    "story note": partial(placement.bring_named_to, kind="story note"),
}
# What has places in texts, and the field of its steps that holds them.
_PLACED: dict[str, tuple[Callable[[int], Owner], str]] = {
    note_rows.KIND: (Owner.note, "targets"),
    label_repository.KIND: (Owner.label_span, "place"),
}


def moment_now() -> str:
    """Return this moment in UTC as ISO 8601, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


class Library(
    SourceRepository,
    FileRepository,
    PlacementRepository,
    EditRepository,
    NoteRepository,
    DraftRepository,
    CodebookRepository,
    LabelRepository,
    CorrectionRepository,
    AuditChoiceRepository,
):
    """The library in one folder: the repositories of all subjects, undo, settings and care.

    It may be used by several threads, and by several processes at once; each call is one transaction.
    Every method may raise the errors of LibraryError.
    """

    @classmethod
    def open(cls, folder: Path, *, clock: Callable[[], str] = moment_now) -> Self:
        """Open the library in ``folder``, or make it; ``clock`` gives ISO 8601 moments in UTC."""
        library = cls(Database(folder / DATABASE), folder, clock)
        with suppress(LibraryError):  # whoever opens it next will do it
            library.empty_source_bin()
        return library

    def close(self) -> None:
        """Let the files go, with a last copy of the notes if they changed; closing twice does no harm."""
        self._copy_in_peace()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def undo(self, reanchor: Reanchor) -> Entry | None:
        """Take back the newest change that stands and say which; None when there is nothing to take back.

        ``reanchor`` finds the passages of an earlier text in the text as it is now.
        """
        with self._changing() as connection:
            entry = journal.newest_standing(connection)
            if entry is not None:
                for step in reversed(entry.steps):
                    _OWNERS[step.kind](connection, step.id, step.before)
                _reanchor_places(connection, entry, reanchor)
                journal.mark(connection, entry, undone=True)
            return entry

    def redo(self, reanchor: Reanchor) -> Entry | None:
        """Do the change again that was taken back last and say which; None when there is none.

        ``reanchor`` is as for `undo`.
        """
        with self._changing() as connection:
            entry = journal.oldest_undone(connection)
            if entry is not None:
                for step in entry.steps:
                    _OWNERS[step.kind](connection, step.id, step.after)
                _reanchor_places(connection, entry, reanchor)
                journal.mark(connection, entry, undone=False)
            return entry

    def journal(self, limit: int = 100) -> tuple[Entry, ...]:
        """List the newest changes, the newest first, with those that were taken back."""
        with self._database.reading() as connection:
            return journal.entries(connection, limit)

    def setting(self, name: str) -> str | None:
        """Return a setting of the library; None when it was never set."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
            return None if row is None else str(row[0])

    def settings(self, beginning: str) -> dict[str, str]:
        """Return the settings whose names begin so, in the order of their names."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT name, value FROM settings WHERE substr(name, 1, ?) = ? ORDER BY name",
                (len(beginning), beginning),
            )
            return {str(name): str(value) for name, value in rows}

    def drop_setting(self, name: str) -> None:
        """Forget a setting of the library, if there is one of that name."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM settings WHERE name = ?", (name,))

    def moment(self) -> str:
        """Return this moment, as what is kept here is dated."""
        return self._clock()

    def last_changes(self, stories: Sequence[str]) -> dict[str, str]:
        """Return when a text last came into each of some stories, those that are there."""
        with self._database.reading() as connection:
            return {
                slug: str(moment)
                for slug in stories
                for (moment,) in connection.execute(
                    "SELECT MAX(versions.added) FROM stories JOIN sources ON sources.story_id = stories.id"
                    " JOIN versions ON versions.source_id = sources.id WHERE stories.slug = ?",
                    (slug,),
                )
                if moment is not None
            }

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of the library."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the library, a sentence each; nothing when all is well."""
        from sources.library import health

        with self._database.reading() as connection:
            return health.problems(connection, self._database.path)

    def backup(self, path: Path) -> None:
        """Copy the library to file ``path``, which must not be there yet; raises StorageFailed."""
        if path.exists() or path.is_symlink():
            raise StorageFailed(f"{path} is there already; a backup never replaces a file.")
        if not path.parent.is_dir():
            raise StorageFailed(f"{path} cannot be written: there is no folder {path.parent}.")
        with translated(path):
            back_up(self._database.path, path)


def _reanchor_places(connection: sqlite3.Connection, entry: Entry, reanchor: Reanchor) -> None:
    for source in source_rows.sources_of(connection, placement.refs_of(connection, entry)):
        reanchoring.reanchor_lost(connection, source.ref, source.text, reanchor)
    for step in entry.steps:
        owner_of, field = _PLACED.get(step.kind, (None, ""))
        if owner_of is not None and field in step.before:
            owner = owner_of(step.id)
            for source in source_rows.sources_of(connection, reanchoring.refs_of(connection, owner)):
                reanchoring.reanchor_lost(connection, source.ref, source.text, reanchor, owner)
