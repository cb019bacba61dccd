"""Taking sources out: their texts go for good, the notes on them stay as orphans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.library import changes, reading, targets
from sources.library.encoding import (
    number_of,
    page_zones_from_json,
    page_zones_to_json,
)
from sources.library.values import Removal
from sources.model import PageZone, Ref

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable


def remove(connection: sqlite3.Connection, target: Ref | str) -> Removal:
    """Remove a source, or a whole story by its slug; raises UnknownReference.

    A story that is left with nothing goes with its last source.
    """
    slug = target if isinstance(target, str) else target.story
    if isinstance(target, str):
        gone = reading.refs(connection, target)
        story_id = reading.story_row(connection, target)[0]
    else:
        gone = (reading.source(connection, target).ref,)
        story_id = reading.story_row(connection, target.story)[0]
    bereft: set[int] = set()
    for ref in gone:
        bereft |= targets.orphan(connection, ref)
        _depart(connection, story_id, ref)
    if isinstance(target, str) or _is_empty(connection, story_id):
        bereft |= targets.orphan(connection, Ref.of_story(slug))
        connection.execute("DELETE FROM stories WHERE id = ?", (story_id,))
    changes.record(connection, removed=gone)
    return Removal(gone, len(bereft))


def _depart(connection: sqlite3.Connection, story_id: int, ref: Ref) -> None:
    place = (story_id, number_of(ref))
    connection.execute(
        """INSERT OR REPLACE INTO departed (story, number, path, key, sha256)
        SELECT ?, number, path, key, sha256 FROM sources WHERE story_id = ? AND number = ?""",
        (ref.story, *place),
    )
    (page_number,) = connection.execute(
        "SELECT page_number FROM sources WHERE story_id = ? AND number = ?", place
    ).fetchone()
    if ref.number is None:
        _cut_page(connection, story_id, lambda zone: zone.kind == "summary")
    elif page_number is not None:
        _cut_page(
            connection,
            story_id,
            lambda zone: zone.kind in {"number", "source"} and zone.number == page_number,
        )
    connection.execute("DELETE FROM sources WHERE story_id = ? AND number = ?", place)


def _cut_page(connection: sqlite3.Connection, story_id: int, gone: Callable[[PageZone], bool]) -> None:
    """Take a removed source's part out of the page that it came with."""
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
