"""The bin of sources and stories: each with all its rows, brought back with them, gone after a while."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.frozen import frozen
from sources.library import journal, note_rows, reanchoring, source_rows
from sources.library.encoding import (
    SUMMARY_NUMBER,
    number_of,
    page_zones_from_json,
    page_zones_to_json,
    ref_of,
)
from sources.library.source_edits import KIND, STORY
from sources.model import WHOLE_STORY, PageZone, Ref

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

# The rows that go with one of each kind: its table with the column of its id, then those that hang on it.
_ROWS = {
    KIND: (("sources", "id"), ("versions", "source_id")),
    STORY: (("stories", "id"), ("pages", "story_id"), ("related", "story_id"), ("muted", "story_id")),
}


@frozen
class Binned:
    """A source in the bin; ``removed`` is the ISO 8601 moment in UTC when it went there."""

    ref: Ref
    title: str | None
    publisher: str | None
    date: str | None
    words: int
    removed: str


def put_source(connection: sqlite3.Connection, source_id: int, moment: str) -> set[int]:
    """Put a source into the bin; return the notes, not in theirs, that lost a passage by it."""
    slug, number = connection.execute(
        "SELECT slug, number FROM sources JOIN stories ON stories.id = story_id WHERE sources.id = ?",
        (source_id,),
    ).fetchone()
    ref = ref_of(slug, number)
    bereft = reanchoring.orphan(connection, ref)
    connection.execute(
        """INSERT OR REPLACE INTO departed (story, number, path, key, sha256, page_number)
        SELECT ?, number, path, key, sha256, page_number FROM sources WHERE id = ?""",
        (slug, source_id),
    )
    _put(connection, KIND, source_id, (slug, number), moment)
    source_rows.record_change(connection, removed=(ref,))
    return bereft


def put_story(connection: sqlite3.Connection, story_id: int, moment: str) -> set[int]:
    """Put a story without sources into the bin; return the notes on it as a whole."""
    (slug,) = connection.execute("SELECT slug FROM stories WHERE id = ?", (story_id,)).fetchone()
    _put(connection, STORY, story_id, (slug, WHOLE_STORY), moment)
    return reanchoring.orphan(connection, Ref.of_story(slug))


def _put(
    connection: sqlite3.Connection, kind: str, thing_id: int, place: tuple[str, int], moment: str
) -> None:
    (table, column), *others = _ROWS[kind]
    (row,) = _read(connection, table, column, thing_id)
    rest = {name: _read(connection, name, own, thing_id) for name, own in others}
    connection.execute(
        "INSERT INTO binned (kind, id, story, number, removed, row, rest) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (kind, thing_id, *place, moment, _written(row), _written(rest)),
    )
    connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (thing_id,))  # noqa: S608 - constants


def _read(connection: sqlite3.Connection, table: str, column: str, owner: int) -> list[dict[str, Any]]:
    rows = connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (owner,))  # noqa: S608 - constants
    names = [each[0] for each in rows.description]
    kept = [dict(zip(names, row, strict=True)) for row in rows]
    if table == "versions":  # their own ids may be given to others meanwhile
        for row in kept:
            del row["id"]
    return kept


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def take_source(connection: sqlite3.Connection, source_id: int) -> Ref | None:
    """Take a source out of the bin, and its story where that is in it too; None for one that is not there.

    Its notes and labels are to be looked for in it again. Raises RequestError where its place is taken.
    """
    found = connection.execute(
        "SELECT story, number, row, rest FROM binned WHERE kind = ? AND id = ?", (KIND, source_id)
    ).fetchone()
    if found is None:
        return None
    slug, number, row, rest = found
    fields = json.loads(row)
    take_story(connection, fields["story_id"])
    ref = ref_of(slug, number)
    if connection.execute(
        "SELECT 1 FROM sources WHERE story_id = ? AND number = ?", (fields["story_id"], number)
    ).fetchone():
        raise RequestError(f"There is another {ref} in the library by now.")
    _take(connection, KIND, source_id, fields, json.loads(rest))
    connection.execute("DELETE FROM departed WHERE story = ? AND number = ?", (slug, number))
    source_rows.record_change(connection, changed=(ref,))
    return ref


def take_story(connection: sqlite3.Connection, story_id: int) -> None:
    """Take a story out of the bin, if it is there, without its sources; raises RequestError."""
    found = connection.execute(
        "SELECT story, row, rest FROM binned WHERE kind = ? AND id = ?", (STORY, story_id)
    ).fetchone()
    if found is None:
        return
    slug, row, rest = found
    if connection.execute("SELECT 1 FROM stories WHERE slug = ?", (slug,)).fetchone():
        raise RequestError(f"There is another story {slug} in the library by now; rename that one first.")
    _take(connection, STORY, story_id, json.loads(row), json.loads(rest))
    reanchoring.welcome_story(connection, slug)


def take_story_called(connection: sqlite3.Connection, slug: str) -> None:
    """Take the story of that name out of the bin, if it is there with a source; another may have its name."""
    row = connection.execute(
        """SELECT id FROM binned WHERE kind = ?1 AND story = ?2
            AND id IN (SELECT json_extract(row, '$.story_id') FROM binned WHERE kind = ?3 AND story = ?2)
            AND NOT EXISTS (SELECT 1 FROM stories WHERE slug = ?2)""",
        (STORY, slug, KIND),
    ).fetchone()
    if row is not None:
        take_story(connection, row[0])


def _take(
    connection: sqlite3.Connection,
    kind: str,
    thing_id: int,
    row: dict[str, Any],
    rest: dict[str, list[dict[str, Any]]],
) -> None:
    _insert(connection, _ROWS[kind][0][0], [row])
    for table, rows in rest.items():
        _insert(connection, table, rows)
    connection.execute("DELETE FROM binned WHERE kind = ? AND id = ?", (kind, thing_id))


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    # A row that was kept before a later version added a column leaves that to its default.
    for row in rows:
        names = ", ".join(row)
        places = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row.values()))  # noqa: S608 - names from this program


def sources_in(connection: sqlite3.Connection, slug: str | None, limit: str = "") -> tuple[Binned, ...]:
    """List the sources in the bin that went there after ``limit``, of a story or all, by their refs."""
    facts = ", ".join(f"json_extract(row, '$.{name}')" for name in ("title", "publisher", "date", "words"))
    rows = connection.execute(
        f"""SELECT story, number, {facts}, removed
        FROM binned WHERE kind = ? AND (?2 IS NULL OR story = ?2) AND removed > ?3
        ORDER BY story, number = 0, number""",  # noqa: S608 - constants
        (KIND, slug, limit),
    )
    return tuple(Binned(ref_of(story, number), *rest) for story, number, *rest in rows)


def ref_of_binned(connection: sqlite3.Connection, source_id: int) -> Ref:
    """Return what a source in the bin was."""
    statement = "SELECT story, number FROM binned WHERE kind = ? AND id = ?"
    return ref_of(*connection.execute(statement, (KIND, source_id)).fetchone())


def ids_of(connection: sqlite3.Connection, target: Ref | str) -> list[int]:
    """Return the ids of what is in the bin of a source, or of a story."""
    slug, number = (target, None) if isinstance(target, str) else (target.story, number_of(target))
    rows = connection.execute(
        "SELECT id FROM binned WHERE kind = ? AND story = ? AND (?3 IS NULL OR number = ?3) ORDER BY number",
        (KIND, slug, number),
    )
    return [int(source_id) for (source_id,) in rows]


def delete(connection: sqlite3.Connection, source_ids: Sequence[int]) -> None:
    """Delete sources of the bin for good, with all that tells of them: on pages, in the journal."""
    for source_id in source_ids:
        slug, number, row = connection.execute(
            "SELECT story, number, row FROM binned WHERE kind = ? AND id = ?", (KIND, source_id)
        ).fetchone()
        fields = json.loads(row)
        _cut_source(connection, fields["story_id"], number, fields["page_number"])
        left = connection.execute(
            """SELECT stories.id, departed.number, departed.page_number FROM departed
            JOIN stories ON stories.slug = departed.story WHERE moved_to = ?""",
            (source_id,),
        ).fetchall()
        for story_id, former, page_number in left:
            _cut_source(connection, story_id, former, page_number)
        connection.execute("DELETE FROM departed WHERE moved_to = ?", (source_id,))
        connection.execute("DELETE FROM departed WHERE story = ? AND number = ?", (slug, number))
        connection.execute("DELETE FROM binned WHERE kind = ? AND id = ?", (KIND, source_id))
    journal.forget(connection, KIND, source_ids)


def delete_empty_stories(connection: sqlite3.Connection, until: str, slug: str | None = None) -> None:
    """Delete the stories, or the one, that went to the bin by ``until`` and of which no source is there."""
    rows = connection.execute(
        """SELECT id FROM binned AS story WHERE kind = ?1 AND removed <= ?2
            AND (?3 IS NULL OR story.story = ?3)
            AND id NOT IN (SELECT json_extract(row, '$.story_id') FROM binned WHERE kind = ?4)""",
        (STORY, until, slug, KIND),
    )
    ids = [int(story_id) for (story_id,) in rows.fetchall()]
    gone = [(STORY, story_id) for story_id in ids]
    connection.executemany("DELETE FROM binned WHERE kind = ? AND id = ?", gone)
    journal.forget(connection, STORY, ids)


def empty(connection: sqlite3.Connection, moment: str) -> int:
    """Delete for good what is too long in the bin at ``moment``; return how many sources that were."""
    limit = note_rows.bin_limit(moment)
    if connection.execute("SELECT 1 FROM binned WHERE removed <= ? LIMIT 1", (limit,)).fetchone() is None:
        return 0
    rows = connection.execute("SELECT id FROM binned WHERE kind = ? AND removed <= ?", (KIND, limit))
    ids = [int(source_id) for (source_id,) in rows.fetchall()]
    delete(connection, ids)
    delete_empty_stories(connection, limit)
    return len(ids)


# A page holds the texts of its sources; what is deleted goes out of it, too.


def _cut_source(connection: sqlite3.Connection, story_id: int, number: int, page_number: int | None) -> None:
    if number == SUMMARY_NUMBER:
        _cut_page(connection, story_id, lambda zone: zone.kind == "summary")
    elif page_number is not None:
        _cut_page(
            connection,
            story_id,
            lambda zone: zone.kind in {"number", "source"} and zone.number == page_number,
        )


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
