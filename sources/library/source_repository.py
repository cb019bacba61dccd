"""Stories and sources in the library: read, counted, ingested, moved and removed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.frozen import frozen
from sources.library import reanchoring, source_rows
from sources.library.database import Repository
from sources.library.encoding import number_of, page_zones_from_json, page_zones_to_json
from sources.model import PageZone, Ref, StoryEntry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sources.library.ingest import IngestResult
    from sources.library.reanchoring import Reanchor
    from sources.library.source_rows import Changes
    from sources.model import ParsedFile, Source, SourceEntry, SourceVersion, Story


@frozen
class Removal:
    """What was removed, and how many notes lost a passage by it."""

    refs: tuple[Ref, ...]
    orphaned_notes: int


# Taking sources out: their texts go for good, the notes on them stay as orphans.


def _remove(connection: sqlite3.Connection, target: Ref | str) -> Removal:
    """Remove a source, or a whole story by its slug; raises UnknownReference.

    A story that is left with nothing goes with its last source.
    """
    slug = target if isinstance(target, str) else target.story
    if isinstance(target, str):
        gone = source_rows.refs(connection, target)
        story_id = source_rows.story_row(connection, target)[0]
    else:
        gone = (source_rows.source(connection, target).ref,)
        story_id = source_rows.story_row(connection, target.story)[0]
    bereft: set[int] = set()
    for ref in gone:
        bereft |= reanchoring.orphan(connection, ref)
        _depart(connection, story_id, ref)
    if isinstance(target, str) or _is_empty(connection, story_id):
        bereft |= _end_story(connection, slug, story_id)
    source_rows.record_change(connection, removed=gone)
    return Removal(gone, len(bereft))


def _end_story(connection: sqlite3.Connection, slug: str, story_id: int) -> set[int]:
    """Remove a story without sources; return the ids of the notes on it as a whole."""
    connection.execute("DELETE FROM stories WHERE id = ?", (story_id,))
    return reanchoring.orphan(connection, Ref.of_story(slug))


def _depart(connection: sqlite3.Connection, story_id: int, ref: Ref) -> None:
    place = (story_id, number_of(ref))
    _cut_source(connection, story_id, ref)
    connection.execute(
        """INSERT OR REPLACE INTO departed (story, number, path, key, sha256)
        SELECT ?, number, path, key, sha256 FROM sources WHERE story_id = ? AND number = ?""",
        (ref.story, *place),
    )
    connection.execute("DELETE FROM sources WHERE story_id = ? AND number = ?", place)


def _cut_source(connection: sqlite3.Connection, story_id: int, ref: Ref) -> None:
    """Take a source that leaves a story out of the page that it came with."""
    (page_number,) = connection.execute(
        "SELECT page_number FROM sources WHERE story_id = ? AND number = ?", (story_id, number_of(ref))
    ).fetchone()
    if ref.number is None:
        _cut_page(connection, story_id, lambda zone: zone.kind == "summary")
    elif page_number is not None:
        _cut_page(
            connection,
            story_id,
            lambda zone: zone.kind in {"number", "source"} and zone.number == page_number,
        )


def _move(connection: sqlite3.Connection, ref: Ref, slug: str, reanchor: Reanchor) -> Ref:
    """Give a source the next number of story ``slug``; raises UnknownReference and RequestError."""
    moving = source_rows.source(connection, ref)
    if ref.number is None or ref.story == slug:
        raise RequestError(f"{ref} cannot move to {slug}: only a source can, and to another story.")
    old_id, new_id = (
        source_rows.story_row(connection, ref.story)[0],
        source_rows.story_row(connection, slug)[0],
    )
    home = Ref(slug, reanchoring.free_number(connection, new_id, slug))
    _cut_source(connection, old_id, ref)
    connection.execute(
        "UPDATE sources SET story_id = ?, number = ?, page_number = NULL WHERE story_id = ? AND number = ?",
        (new_id, home.number, old_id, ref.number),
    )
    connection.execute("DELETE FROM departed WHERE story = ? AND number = ?", (slug, home.number))
    reanchoring.reanchor(connection, {ref: moving.text, home: moving.text}, {ref: home}, reanchor)
    if _is_empty(connection, old_id):
        _end_story(connection, ref.story, old_id)
    source_rows.record_change(connection, changed=(home,), removed=(ref,))
    return home


def _cut_page(connection: sqlite3.Connection, story_id: int, gone: Callable[[PageZone], bool]) -> None:
    row = connection.execute("SELECT text, zones FROM pages WHERE story_id = ?", (story_id,)).fetchone()
    if row is None:
        return
    text, zones = row[0], page_zones_from_json(row[1], len(row[0]))
    kept = [zone for zone in zones if not gone(zone)]
    if len(kept) == len(zones):
        return
    connection.execute(
        "UPDATE pages SET text = ?, zones = ?, cut = 1 WHERE story_id = ?",
        (
            "".join(text[zone.start : zone.end] for zone in kept),
            page_zones_to_json(_close_up(kept)),
            story_id,
        ),
    )


def _close_up(zones: Iterable[PageZone]) -> list[PageZone]:
    closed, position = [], 0
    for zone in zones:
        length = zone.end - zone.start
        closed.append(PageZone(zone.kind, position, position + length, zone.number))
        position += length
    return closed


def _is_empty(connection: sqlite3.Connection, story_id: int) -> bool:
    row = connection.execute("SELECT 1 FROM sources WHERE story_id = ?", (story_id,)).fetchone()
    return row is None


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
                """SELECT slug FROM stories WHERE id IN (
                    SELECT story_id FROM sources WHERE path = ?1
                    UNION SELECT story_id FROM pages WHERE path = ?1
                ) ORDER BY id LIMIT 1""",
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
        ``recognised`` is as for `ingest.ingest`. Raises RequestError for a slug that is none.
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

    def remove(self, target: Ref | str) -> Removal:
        """Remove a source, or a story by its slug, with all versions; raises UnknownReference.

        The notes on it stay, as orphans with their quotes, and find it again when it comes back.
        """
        with self._database.writing() as connection:
            removed = _remove(connection, target)
        self._database.forget_traces()
        return removed

    def move(self, ref: Ref, slug: str, reanchor: Reanchor) -> Ref:
        """Move a source to another story, with its notes and labels, and return what it is there.

        A story that is left with nothing goes. ``reanchor`` finds a note's anchor in the text. Raises
        UnknownReference, and RequestError for a summary and for the story that it is in.
        """
        with self._database.writing() as connection:
            return _move(connection, ref, slug, reanchor)
