"""A library to try out what an import would do, beside the real one, which is only read."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sources.library import DATABASE, Library, moment_now
from sources.library.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.library.ingest import IngestResult
    from sources.model import ParsedFile, Ref, Source, SourceEntry, Story

_FIRST_ID = 1 << 40  # of what is new here, above all that comes over from the real library
# What an import can meet in a story, each by the story's slug. Of notes and labels only those on sources that
# are gone: no new source is given the number that they speak of.
_GONE = """SELECT * FROM {} AS gone WHERE story = ? AND number > (SELECT COALESCE(MAX(sources.number), 0)
    FROM sources JOIN stories ON stories.id = sources.story_id WHERE stories.slug = gone.story)"""
_ROWS = {
    "stories": "SELECT * FROM stories WHERE slug = ?",
    "sources": "SELECT sources.* FROM sources JOIN stories ON stories.id = story_id WHERE slug = ?",
    "versions": """SELECT versions.* FROM versions JOIN sources ON sources.id = versions.source_id
        AND sources.version = versions.version JOIN stories ON stories.id = story_id WHERE slug = ?""",
    "pages": "SELECT pages.* FROM pages JOIN stories ON stories.id = story_id WHERE slug = ?",
    "departed": "SELECT * FROM departed WHERE story = ?",
    "targets": _GONE.format("targets"),
    "label_spans": _GONE.format("label_spans"),
}


@contextmanager
def rehearsal(folder: Path) -> Iterator[Library]:
    """Give a library that answers an import as the one in ``folder`` would, and keeps nothing.

    What is there is only read; where there is no library none is made. Raises the errors of LibraryError.
    """
    with tempfile.TemporaryDirectory(prefix="crossread-") as place:
        real = Library.open(folder) if (folder / DATABASE).exists() else None
        try:
            with _Rehearsal(real, Path(place)) as library:
                yield library
        finally:
            if real is not None:
                real.close()


class _Rehearsal(Library):
    """An empty library into which the stories that are asked for come over from ``real``."""

    def __init__(self, real: Library | None, place: Path) -> None:
        super().__init__(Database(place / DATABASE), place, moment_now)
        self._real = real
        self._here: set[str] = set()
        with self._database.reading() as connection:
            pass
        for pragma in ("foreign_keys = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)",
                [(table, _FIRST_ID) for table in ("stories", "sources")],
            )

    def _bring(self, slug: str) -> None:
        if self._real is None or slug in self._here:
            return
        self._here.add(slug)
        with self._real._database.reading() as real, self._database.writing() as connection:  # noqa: SLF001 - another of its kind
            for table, statement in _ROWS.items():
                for found in real.execute(statement, (slug,)):
                    row = (
                        (None, *found[1:]) if table == "versions" else found
                    )  # where nothing speaks of its id
                    places = ", ".join("?" * len(row))
                    connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({places})", row)  # noqa: S608 - a table of ours

    @contextmanager
    def together(self) -> Iterator[None]:
        """As in any library; what came over meanwhile goes with an error too, and comes once more."""
        here = set(self._here)
        try:
            with super().together():
                yield
        except BaseException:
            self._here = here
            raise

    def story_of_path(self, path: str) -> str | None:
        """Return the story that was read from file ``path``, here or in the real library."""
        here = super().story_of_path(path)
        if here is not None or self._real is None:
            return here
        there = self._real.story_of_path(path)
        return None if there in self._here else there  # what is here has changed since it came over

    def format_of_path(self, path: str) -> str | None:
        """Return the format in which file ``path`` was read, here or in the real library."""
        here = super().format_of_path(path)
        return here if here is not None or self._real is None else self._real.format_of_path(path)

    def has_story(self, slug: str) -> bool:
        """Tell whether there is a story of that name, here or in the real library."""
        self._bring(slug)
        return super().has_story(slug)

    def story(self, slug: str) -> Story:
        """Return a story as it would be; raises UnknownReference."""
        self._bring(slug)
        return super().story(slug)

    def entries(self, slug: str | None = None) -> tuple[SourceEntry, ...]:
        """List the sources of a story as they would be; raises UnknownReference."""
        if slug is not None:
            self._bring(slug)
        return super().entries(slug)

    def source(self, ref: Ref, *, version: int | None = None) -> Source:
        """Return a source as it would be; raises UnknownReference."""
        self._bring(ref.story)
        return super().source(ref, version=version)

    def ingest(self, parsed_file: ParsedFile, *, slug: str, **how: Any) -> IngestResult:
        """Take in what a file holds, here alone."""
        self._bring(slug)
        return super().ingest(parsed_file, slug=slug, **how)
