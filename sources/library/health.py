"""Whether the library is what it should be: for doctor, and for the tests that try to break it."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from sources.library import audit_choice_repository, correction_repository
from sources.library.encoding import (
    Unreadable,
    locators_from_json,
    page_zones_from_json,
    pieces_from_json,
    ref_of,
    zones_from_json,
)
from sources.text.cleaning import sha256_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path


def problems(connection: sqlite3.Connection, path: Path) -> tuple[str, ...]:
    """Return what is wrong with the database at ``path``, a sentence each; nothing when all is well."""
    found = tuple(_file_problems(connection))
    if found:
        # What is in a broken file says nothing more.
        return found
    usual = connection.text_factory
    # Text that is no UTF-8 is to be told by name, and must not end the search for more.
    connection.text_factory = _as_text
    try:
        return (
            *_permission_problems(path),
            *_version_problems(connection),
            *_page_problems(connection),
            *_change_problems(connection),
            *_note_problems(connection),
            *_label_problems(connection),
            *correction_repository.problems(connection),
            *audit_choice_repository.problems(connection),
        )
    finally:
        connection.text_factory = usual


def _as_text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _file_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for (said,) in connection.execute("PRAGMA integrity_check(10)"):
        if said != "ok":
            yield f"The database is damaged: {said}."
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} belongs to nothing in {parent}."


def _permission_problems(path: Path) -> Iterator[str]:
    places = [path.parent, *(path.with_name(path.name + tail) for tail in ("", "-wal", "-shm"))]
    for place in places:
        if not place.exists():
            continue
        mode = stat.S_IMODE(place.stat().st_mode)
        if mode & 0o077:
            wanted = "0700" if place.is_dir() else "0600"
            yield f"Others may look into {place}: its mode is {mode:04o} and should be {wanted}."


def _version_problems(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        """SELECT stories.slug, sources.number, versions.version, sources.version, sources.sha256,
            versions.sha256, versions.zones, versions.text, versions.locators, versions.pieces
        FROM sources JOIN stories ON stories.id = sources.story_id
        LEFT JOIN versions ON versions.source_id = sources.id
        ORDER BY stories.slug, sources.number, versions.version"""
    )
    current: dict[str, bool] = {}
    for slug, number, version, newest, wanted, sha256, zones, text, locators, pieces in rows:
        name = str(ref_of(slug, number))
        current.setdefault(name, False)
        if version is None:
            continue
        if sha256_of(text) != sha256:
            yield f"The text of {name}, version {version}, is not the one that was saved."
        if fault := _fault(zones_from_json, zones, text):
            yield f"The zones of {name}, version {version}, do not cover its text: {fault}."
        if fault := _fault(locators_from_json, locators, text):
            yield f"The locators of {name}, version {version}, are not right: {fault}."
        if fault := _fault(pieces_from_json, pieces, text):
            yield f"The structure of {name}, version {version}, is not right: {fault}."
        if version == newest:
            current[name] = sha256 == wanted
    yield from (f"{name} lacks the text of its newest version." for name, well in current.items() if not well)


def _page_problems(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        """SELECT slug, text, zones, sha256, cut
        FROM pages JOIN stories ON stories.id = story_id ORDER BY slug"""
    )
    for slug, text, zones, sha256, cut in rows:
        if fault := _fault(page_zones_from_json, zones, text):
            yield f"The zones of the page of {slug} do not cover it: {fault}."
        if not cut and sha256_of(text) != sha256:
            yield f"The page of {slug} is not the one that was saved."


def _fault(read: Callable[[str, int], object], zones: str, text: str) -> str | None:
    try:
        read(zones, len(text))
    except Unreadable as error:
        return str(error)
    return None


def _change_problems(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        """SELECT stories.slug, sources.number FROM sources JOIN stories ON stories.id = sources.story_id
        LEFT JOIN changes ON changes.story = stories.slug AND changes.number = sources.number
            AND changes.removed = 0
        WHERE changes.change IS NULL ORDER BY 1, 2"""
    )
    for slug, number in rows:
        yield f"No change is on record for {ref_of(slug, number)}, so an index may miss it."
    newest, highest = connection.execute(
        "SELECT value, (SELECT COALESCE(MAX(change), 0) FROM changes) FROM counters WHERE name = 'change'"
    ).fetchone()
    if highest > newest:
        yield f"The change number is {newest}, but there is a change {highest}."


def _note_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for name, table, owner in (("Note", "targets", "note_id"), ("Labelled span", "label_spans", "id")):
        rows = connection.execute(
            f"""SELECT places.{owner}, places.story, places.number, places.quote,
                substr(versions.text, places.start + 1, places."end" - places.start)
            FROM {table} AS places
            LEFT JOIN stories ON stories.slug = places.story
            LEFT JOIN sources ON sources.story_id = stories.id AND sources.number = places.number
            LEFT JOIN versions ON versions.source_id = sources.id AND versions.version = sources.version
            WHERE places.state <> 'orphan' AND places.number >= 0 ORDER BY places.{owner}, places.id"""  # noqa: S608 - constants
        )
        for place_id, story, number, quote, stands in rows:
            if quote != stands:
                told = f"{name} {place_id} says that its passage is in {ref_of(story, number)}"
                yield f"{told}, but it is not."


def _label_problems(connection: sqlite3.Connection) -> Iterator[str]:
    parents = dict(connection.execute("SELECT id, parent FROM labels WHERE removed IS NULL ORDER BY id"))
    for label_id in parents:
        seen, at = set[int](), label_id
        while at is not None and at in parents and at not in seen:
            seen.add(at)
            at = parents[at]
        if at is not None:
            yield f"Label {label_id} is under itself or under a label that was removed."
