"""The library: everything that a user has, behind one door."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from sources.errors import StorageFailed
from sources.library import change_log, source_repository
from sources.library.corrections import CorrectionRepository
from sources.library.database import Database, translated
from sources.library.label_repository import LabelRepository
from sources.library.migrations import back_up
from sources.library.note_repository import NoteRepository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sources.library.outcomes import Changes, IngestResult, Removal
    from sources.library.reanchoring import Reanchor
    from sources.model import ParsedFile, Ref, Source, SourceEntry, Story, StoryEntry

DATABASE = "library.db"


def moment_now() -> str:
    """Return this moment in UTC as ISO 8601, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


class Library(NoteRepository, LabelRepository, CorrectionRepository):
    """One folder's library; what it does with notes stands in `NoteKeeping`, with labels in `LabelKeeping`.

    It may be used by several threads, and by several processes at once; each call is one transaction.
    Every method may raise the errors of LibraryError.
    """

    def __init__(self, database: Database, folder: Path, clock: Callable[[], str]) -> None:
        self._database = database
        self._clock = clock
        self.folder = folder

    @classmethod
    def open(cls, folder: Path, *, clock: Callable[[], str] = moment_now) -> Self:
        """Open the library in ``folder``, or make it; ``clock`` gives ISO 8601 moments in UTC."""
        return cls(Database(folder / DATABASE), folder, clock)

    def close(self) -> None:
        """Let the files go, with a last copy of the notes if they changed; closing twice does no harm."""
        self._copy_in_peace()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def change_number(self) -> int:
        """The number of the last change to any source; it only grows."""
        with self._database.reading() as connection:
            return change_log.change_number(connection)

    def changes_since(self, number: int) -> Changes:
        """Return the refs that changed or went after change ``number``, each once."""
        with self._database.reading() as connection:
            return change_log.changes_since(connection, number)

    def stories(self) -> tuple[StoryEntry, ...]:
        """List the stories by slug."""
        with self._database.reading() as connection:
            return source_repository.stories(connection)

    def has_story(self, slug: str) -> bool:
        """Tell whether there is a story of that name."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT 1 FROM stories WHERE slug = ?", (slug,)).fetchone()
            return row is not None

    def story(self, slug: str) -> Story:
        """Return a story with all that its page held; raises UnknownReference."""
        with self._database.reading() as connection:
            return source_repository.story(connection, slug)

    def entries(self, slug: str | None = None) -> tuple[SourceEntry, ...]:
        """List the numbered sources of a story, or of all, without texts; raises UnknownReference."""
        with self._database.reading() as connection:
            return source_repository.entries(connection, slug)

    def source(self, ref: Ref, *, version: int | None = None) -> Source:
        """Return a source or a summary with its newest or an earlier text; raises UnknownReference."""
        with self._database.reading() as connection:
            return source_repository.source(connection, ref, version)

    def sources(self, refs: Sequence[Ref]) -> tuple[Source, ...]:
        """Return those of ``refs`` that are there, in any order, each with its newest text."""
        with self._database.reading() as connection:
            return source_repository.sources_among(connection, refs)

    def refs(self, slug: str | None = None) -> tuple[Ref, ...]:
        """List all refs by story: its numbered sources, then its summary; raises UnknownReference."""
        with self._database.reading() as connection:
            return source_repository.refs(connection, slug)

    def count(self, slug: str | None = None) -> int:
        """Return how many refs `refs` lists; raises UnknownReference."""
        with self._database.reading() as connection:
            return source_repository.count(connection, slug)

    def texts(self, slug: str | None = None) -> Iterator[Source]:
        """Yield the sources with their texts in the order of `refs`; one that goes meanwhile is left out.

        Raises UnknownReference for a story that is not there.
        """
        return self._texts(self.refs(slug))

    def _texts(self, wanted: Sequence[Ref]) -> Iterator[Source]:
        # In portions, so that neither all texts are held at once nor one state of the file for long.
        for start in range(0, len(wanted), 100):
            with self._database.reading() as connection:
                portion = list(source_repository.sources_of(connection, wanted[start : start + 100]))
            yield from portion

    def text_sums(self) -> frozenset[str]:
        """Return the SHA-256 sums of all texts as they are now, summaries included."""
        with self._database.reading() as connection:
            return frozenset(sha256 for (sha256,) in connection.execute("SELECT sha256 FROM sources"))

    def story_of_path(self, path: str) -> str | None:
        """Return the slug of the story that was read from file ``path``; None when none was."""
        with self._database.reading() as connection:
            return source_repository.story_of_path(connection, path)

    def ingest(
        self, parsed_file: ParsedFile, *, slug: str, path: str | None, reanchor: Reanchor
    ) -> IngestResult:
        """Put what a file held into story ``slug``, all of it or nothing.

        ``path`` is the file, None for standard input; ``reanchor`` finds a note's anchor in a new text.
        Raises RequestError for a slug that is none.
        """
        # Only taking in needs the analysis of words, and a search should not pay for loading it.
        from sources.library import ingest

        with self._database.writing() as connection:
            return ingest.ingest(
                connection, parsed_file, slug=slug, path=path, reanchor=reanchor, moment=self._clock()
            )

    @contextmanager
    def together(self) -> Iterator[None]:
        """Save what this thread takes in meanwhile at once, which is quicker; an error takes all of it back.

        Others cannot write in the meantime, so that it has to be short.
        """
        with self._database.together():
            yield

    def remove(self, target: Ref | str) -> Removal:
        """Remove a source, or a story by its slug, with all versions; raises UnknownReference.

        The notes on it stay, as orphans with their quotes, and find it again when it comes back.
        """
        from sources.library import source_repository

        with self._database.writing() as connection:
            removed = source_repository.remove(connection, target)
        self._database.forget_traces()
        return removed

    def setting(self, name: str) -> str | None:
        """Return a setting of the library; None when it was never set."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
            return None if row is None else str(row[0])

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
