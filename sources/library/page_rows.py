"""The rows of a story page: its text, and the lines of it or of a file that belong to no source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.library.encoding import page_zones_to_json, partition_fault
from sources.text.cleaning import sha256_of

if TYPE_CHECKING:
    import sqlite3

    from sources.model import ParsedFile


class _Lines(NamedTuple):
    """The statements that keep one kind of lines."""

    clear: str
    next_position: str
    insert: str


_RELATED = _Lines(
    "DELETE FROM related WHERE story_id = ? AND path IS ?",
    "SELECT COALESCE(MAX(position) + 1, 0) FROM related WHERE story_id = ?",
    """INSERT INTO related (story_id, path, position, text, sources, category, age)
    VALUES (?, ?, ?, ?, ?, ?, ?)""",
)
_MUTED = _Lines(
    "DELETE FROM muted WHERE story_id = ? AND path IS ?",
    "SELECT COALESCE(MAX(position) + 1, 0) FROM muted WHERE story_id = ?",
    "INSERT INTO muted (story_id, path, position, text, kind) VALUES (?, ?, ?, ?, ?)",
)


def _keep_page(
    connection: sqlite3.Connection, parsed_file: ParsedFile, story_id: int, path: str | None
) -> None:
    if parsed_file.page_text is None:
        return
    if fault := partition_fault(parsed_file.page_zones, len(parsed_file.page_text)):
        raise ValueError(f"page: {fault}")
    connection.execute(
        """INSERT OR REPLACE INTO pages (story_id, path, sha256, format, cut, zones, text)
        VALUES (?, ?, ?, ?, 0, ?, ?)""",
        (
            story_id,
            path,
            sha256_of(parsed_file.page_text),
            parsed_file.format,
            page_zones_to_json(parsed_file.page_zones),
            parsed_file.page_text,
        ),
    )


def keep(connection: sqlite3.Connection, parsed_file: ParsedFile, story_id: int, path: str | None) -> None:
    """Keep what belongs to no source: a page's replaces the page's, a file's replaces that file's."""
    paged = parsed_file.page_text is not None
    _keep_page(connection, parsed_file, story_id, path)
    related = [(line.text, line.sources, line.category, line.age) for line in parsed_file.related]
    muted = [(line.text, line.kind) for line in parsed_file.muted]
    for statements, rows in ((_RELATED, related), (_MUTED, muted)):
        if not paged and not rows:
            continue
        place = (story_id, "" if paged else path)
        connection.execute(statements.clear, place)
        (first,) = connection.execute(statements.next_position, (story_id,)).fetchone()
        connection.executemany(
            statements.insert, [(*place, first + step, *row) for step, row in enumerate(rows)]
        )
