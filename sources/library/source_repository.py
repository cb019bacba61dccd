"""Stories and sources in the library: read, counted, ingested, moved and removed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sources.library import source_rows
from sources.library.database import Repository
from sources.model import Ref, StoryEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sources.library.ingest import IngestResult
    from sources.library.reanchoring import Reanchor
    from sources.library.source_rows import Changes
    from sources.model import Locator, ParsedFile, Source, SourceEntry, SourceVersion, Story


class SourceRepository(Repository):
    """The stories and sources of a library; each call is one transaction.

    Every method may raise the errors of LibraryError.
    """

    @property
    def change_number(self) -> int:
        """The number of the last change to any source; it only grows."""
        with self._database.reading() as connection:
            return source_rows.change_number(connection)

    def changes_since(self, number: int) -> Changes:
        """Return the refs that changed or went after change ``number``, each once."""
        with self._database.reading() as connection:
            return source_rows.changes_since(connection, number)

    def stories(self) -> tuple[StoryEntry, ...]:
        """List the stories by slug."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT slug, stories.title, SUM(number > 0), COALESCE(SUM(number = 0), 0) > 0, added
                FROM stories LEFT JOIN sources ON sources.story_id = stories.id
                GROUP BY stories.id ORDER BY slug"""
            )
            return tuple(
                StoryEntry(slug, title, count or 0, bool(has), added)
                for slug, title, count, has, added in rows
            )

    def has_story(self, slug: str) -> bool:
        """Tell whether there is a story of that name."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT 1 FROM stories WHERE slug = ?", (slug,)).fetchone()
            return row is not None

    def story(self, slug: str) -> Story:
        """Return a story with all that its page held; raises UnknownReference."""
        with self._database.reading() as connection:
            return source_rows.story(connection, slug)

    def entries(self, slug: str | None = None) -> tuple[SourceEntry, ...]:
        """List the numbered sources of a story, or of all, without texts; raises UnknownReference."""
        with self._database.reading() as connection:
            return source_rows.entries(connection, slug)

    def source(self, ref: Ref, *, version: int | None = None) -> Source:
        """Return a source or a summary with its newest or an earlier text; raises UnknownReference."""
        with self._database.reading() as connection:
            return source_rows.source(connection, ref, version)

    def versions(self, ref: Ref) -> tuple[SourceVersion, ...]:
        """Return the texts that a source or a summary has had, the first first; raises UnknownReference."""
        with self._database.reading() as connection:
            return source_rows.versions(connection, ref)

    def sources(self, refs: Sequence[Ref]) -> tuple[Source, ...]:
        """Return those of ``refs`` that are there, in any order, each with its newest text."""
        with self._database.reading() as connection:
            return source_rows.sources(connection, refs)

    def locators(self, refs: Iterable[Ref]) -> dict[Ref, tuple[Locator, ...]]:
        """Return where pages and the like begin in the texts of ``refs``, without those that have none."""
        with self._database.reading() as connection:
            return source_rows.locators(connection, refs)

    def refs(self, slug: str | None = None) -> tuple[Ref, ...]:
        """List all refs by story: its numbered sources, then its summary; raises UnknownReference."""
        with self._database.reading() as connection:
            return source_rows.refs(connection, slug)

    def count(self, slug: str | None = None) -> int:
        """Return how many refs `refs` lists; raises UnknownReference."""
        with self._database.reading() as connection:
            if slug is None:
                return int(connection.execute("SELECT COUNT(*) FROM sources").fetchone()[0])
            story_id = source_rows.story_row(connection, slug)[0]
            row = connection.execute(
                "SELECT COUNT(*) FROM sources WHERE story_id = ?", (story_id,)
            ).fetchone()
            return int(row[0])

    def texts(self, slug: str | None = None) -> Iterator[Source]:
        """Yield the sources with their texts in the order of `refs`; one that goes meanwhile is left out.

        Raises UnknownReference for a story that is not there.
        """
        return self._texts(self.refs(slug))

    def _texts(self, wanted: Sequence[Ref]) -> Iterator[Source]:
        # In portions, so that neither all texts are held at once nor one state of the file for long.
        for start in range(0, len(wanted), 100):
            with self._database.reading() as connection:
                portion = list(source_rows.sources_of(connection, wanted[start : start + 100]))
            yield from portion

    def text_sums(self) -> frozenset[str]:
        """Return the SHA-256 sums of all texts as they are now, summaries included."""
        with self._database.reading() as connection:
            return frozenset(sha256 for (sha256,) in connection.execute("SELECT sha256 FROM sources"))

    def story_of_path(self, path: str) -> str | None:
        """Return the slug of the story that was read from file ``path``; None when none was."""
        with self._database.reading() as connection:
            row = connection.execute(
                """SELECT slug FROM (
                    SELECT story_id, 1 AS rank FROM sources WHERE path = ?1
                    UNION SELECT story_id, 0 FROM pages WHERE path = ?1
                ) JOIN stories ON stories.id = story_id ORDER BY rank, story_id LIMIT 1""",
                (path,),
            ).fetchone()
            return None if row is None else str(row[0])

    def format_of_path(self, path: str) -> str | None:
        """Return the name of the format in which file ``path`` was read; None where it was not."""
        with self._database.reading() as connection:
            row = connection.execute(
                """SELECT format FROM (
                    SELECT format, 1 AS rank FROM sources WHERE path = ?1
                    UNION SELECT format, 0 FROM pages WHERE path = ?1
                ) ORDER BY rank LIMIT 1""",
                (path,),
            ).fetchone()
            return None if row is None else str(row[0])

    def ingest(
        self,
        parsed_file: ParsedFile,
        *,
        slug: str,
        path: str | None,
        reanchor: Reanchor,
        recognised: Mapping[int, Ref] | None = None,
    ) -> IngestResult:
        """Put what a file held into story ``slug``, all of it or nothing.

        ``path`` is the file, None for standard input; ``reanchor`` finds a note's anchor in a new text.
        ``recognised`` is as for `ingest.ingest`. Raises RequestError for a slug that is not valid.
        """
        # Only taking in needs the analysis of words, and a search should not pay for loading it.
        from sources.library import ingest

        with self._database.writing() as connection:
            return ingest.ingest(
                connection,
                parsed_file,
                slug=slug,
                path=path,
                reanchor=reanchor,
                moment=self._clock(),
                recognised=recognised,
            )

    @contextmanager
    def together(self) -> Iterator[None]:
        """Save what this thread takes in meanwhile at once, which is quicker; an error takes all of it back.

        Others cannot write in the meantime, so that it has to be short.
        """
        with self._database.together():
            yield
