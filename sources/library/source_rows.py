"""The rows of stories and sources in the database: read, listed, and what changed of them since when."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sources.errors import UnknownReference
from sources.frozen import frozen
from sources.library.database import only_row
from sources.library.encoding import (
    Unreadable,
    locators_from_json,
    number_of,
    page_zones_from_json,
    pieces_from_json,
    ref_of,
    zones_from_json,
)
from sources.model import (
    MutedText,
    Origin,
    Page,
    Ref,
    RelatedStory,
    Source,
    SourceEntry,
    SourceVersion,
    Story,
    TargetKind,
    located,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from sources.model import Locator, Target

_AT_ONCE = 200  # sources that one statement asks for
_SOURCE = """SELECT stories.slug, sources.number, sources.title, sources.publisher, sources.author,
        sources.date, sources.url, sources.language, sources.path, sources.sha256, sources.format,
        sources.version, versions.zones, versions.text, versions.locators, sources.accessed, versions.pieces
    FROM sources
    JOIN stories ON stories.id = sources.story_id
    JOIN versions ON versions.source_id = sources.id AND versions.version = sources.version"""

_ENTRIES = """SELECT stories.slug, sources.number, sources.title, sources.publisher, sources.author,
        sources.date, sources.url, sources.words, sources.sha256, sources.version, COALESCE(noted.notes, 0),
        sources.language, sources.accessed,
        EXISTS (SELECT 1 FROM settings WHERE settings.name = 'vanished:' || sources.path)
    FROM sources
    JOIN stories ON stories.id = sources.story_id
    LEFT JOIN (
        SELECT targets.story, targets.number, COUNT(DISTINCT notes.id) AS notes
        FROM targets JOIN notes ON notes.id = targets.note_id
        WHERE notes.removed IS NULL GROUP BY targets.story, targets.number
    ) AS noted ON noted.story = stories.slug AND noted.number = sources.number
    WHERE sources.number > 0"""

_REFS = """SELECT stories.slug, sources.number FROM sources JOIN stories ON stories.id = sources.story_id
    {where} ORDER BY stories.slug, sources.number = 0, sources.number"""


def story_row(connection: sqlite3.Connection, slug: str) -> tuple[int, str | None, str]:
    """Return a story's id, title and the moment it was added; raises UnknownReference."""
    statement = "SELECT id, title, added FROM stories WHERE slug = ?"
    row = only_row(connection, statement, (slug,), f"There is no story {slug} in the library.")
    return row[0], row[1], row[2]


def story(connection: sqlite3.Connection, slug: str) -> Story:
    """Return a story with all that its page held; raises UnknownReference."""
    story_id, title, added = story_row(connection, slug)
    related = connection.execute(
        "SELECT text, sources, category, age FROM related WHERE story_id = ? ORDER BY position", (story_id,)
    )
    muted = connection.execute(
        "SELECT text, kind FROM muted WHERE story_id = ? ORDER BY position", (story_id,)
    )
    page = connection.execute(
        "SELECT text, zones, path, sha256, format FROM pages WHERE story_id = ?", (story_id,)
    ).fetchone()
    return Story(
        slug=slug,
        title=title,
        added=added,
        summary=_source_or_none(connection, Ref(slug, None)),
        sources=entries(connection, slug),
        related=tuple(RelatedStory(*row) for row in related),
        muted=tuple(MutedText(*row) for row in muted),
        page=page and Page(page[0], page_zones_from_json(page[1], len(page[0])), Origin(*page[2:])),
    )


def entries(connection: sqlite3.Connection, slug: str | None) -> tuple[SourceEntry, ...]:
    """List the numbered sources of a story, or of all, without their texts; raises UnknownReference."""
    if slug is None:
        rows = connection.execute(f"{_ENTRIES} ORDER BY stories.slug, sources.number")
    else:
        story_row(connection, slug)
        rows = connection.execute(f"{_ENTRIES} AND stories.slug = ? ORDER BY sources.number", (slug,))
    return tuple(SourceEntry(Ref(row[0], row[1]), *(*row[2:-1], bool(row[-1]))) for row in rows)


def source(connection: sqlite3.Connection, ref: Ref, version: int | None = None) -> Source:
    """Return a source with its newest text, or that of a version; raises UnknownReference."""
    version = ref.version if version is None else version
    found = _source_or_none(connection, ref)
    if found is None:
        story_row(connection, ref.story)
        raise UnknownReference(f"There is no source {ref} in the library.")
    if version not in {None, found.version}:
        found = _with_text_of(connection, found, version)
    return found if ref.version is None else replace(found, ref=ref)


def versions(connection: sqlite3.Connection, ref: Ref) -> tuple[SourceVersion, ...]:
    """Return the texts that a source has had, the first first; raises UnknownReference."""
    rows = connection.execute(
        """SELECT versions.version, versions.added, versions.sha256 FROM versions
        JOIN sources ON sources.id = versions.source_id JOIN stories ON stories.id = sources.story_id
        WHERE stories.slug = ? AND sources.number = ? ORDER BY versions.version""",
        (ref.story, number_of(ref)),
    )
    found = tuple(SourceVersion(*row) for row in rows)
    if not found:
        raise UnknownReference(f"There is no source {ref} in the library.")
    return found


def _with_text_of(connection: sqlite3.Connection, newest: Source, version: int | None) -> Source:
    row = only_row(
        connection,
        """SELECT versions.sha256, versions.zones, versions.text, versions.locators, versions.pieces
        FROM versions
        JOIN sources ON sources.id = versions.source_id JOIN stories ON stories.id = sources.story_id
        WHERE stories.slug = ? AND sources.number = ? AND versions.version = ?""",
        (newest.ref.story, number_of(newest.ref), version),
        f"There is no version {version} of {newest.ref} in the library.",
    )
    return replace(
        newest,
        text=row[2],
        zones=zones_from_json(row[1], len(row[2])),
        origin=replace(newest.origin, sha256=row[0]),
        version=version or newest.version,
        locators=locators_from_json(row[3], len(row[2])),
        pieces=pieces_from_json(row[4], len(row[2])),
    )


def locators(connection: sqlite3.Connection, refs: Iterable[Ref]) -> dict[Ref, tuple[Locator, ...]]:
    """Return where pages and the like begin in the texts of ``refs``, without the texts that have none."""
    found: dict[Ref, tuple[Locator, ...]] = {}
    for ref, (length, written) in _of_refs(
        connection,
        """length(versions.text), versions.locators FROM wanted
        JOIN stories ON stories.slug = wanted.story
        JOIN sources ON sources.story_id = stories.id AND sources.number = wanted.number
        JOIN versions ON versions.source_id = sources.id
            AND versions.version = COALESCE(wanted.version, sources.version)
        WHERE versions.locators != '[]'""",
        refs,
    ):
        # Where they are damaged, whoever reads the text is told; a note of it is still to be read.
        with suppress(Unreadable):
            found[ref] = locators_from_json(written, length)
    return found


def as_they_stand(connection: sqlite3.Connection, targets: Iterable[Target]) -> tuple[Target, ...]:
    """Return targets with their places in the originals, and with the newest versions of their sources."""
    targets = tuple(targets)
    of_text = {
        (ref, version): replace(ref, version=version)
        for ref, version in {(target.ref, target.version) for target in targets if not target.ref.is_story}
    }
    wanted = tuple(of_text.values())
    newest = dict(
        _of_refs(
            connection,
            """sources.version FROM wanted JOIN stories ON stories.slug = wanted.story
            JOIN sources ON sources.story_id = stories.id AND sources.number = wanted.number""",
            wanted,
        )
    )
    known = locators(connection, wanted)
    made = []
    for target in targets:
        ref = of_text.get((target.ref, target.version))
        place = None
        if ref in known and target.kind is TargetKind.PASSAGE:
            place = located(known[ref], target.anchor.start, target.anchor.end)
        made.append(replace(target, place=place, newest=newest[ref][0] if ref in newest else 0))
    return tuple(made)


def _of_refs(
    connection: sqlite3.Connection, asked: str, refs: Iterable[Ref]
) -> Iterator[tuple[Ref, tuple[Any, ...]]]:
    """Yield for each of ``refs`` what is ``asked`` of it, as a row of ``wanted (story, number, version)``."""
    listed = tuple(refs)
    rows = connection.execute(
        f"""WITH wanted AS (SELECT key AS place, json_extract(value, '$[0]') AS story,
            json_extract(value, '$[1]') AS number, json_extract(value, '$[2]') AS version FROM json_each(?))
        SELECT wanted.place, {asked}""",  # noqa: S608 - constants
        (json.dumps([[ref.story, number_of(ref), ref.version] for ref in listed]),),
    )
    for place, *values in rows:
        yield listed[place], tuple(values)


def refs(connection: sqlite3.Connection, slug: str | None) -> tuple[Ref, ...]:
    """List the refs in reading order: by story, its numbered sources, then its summary."""
    if slug is None:
        rows = connection.execute(_REFS.format(where=""))
    else:
        story_row(connection, slug)
        rows = connection.execute(_REFS.format(where="WHERE stories.slug = ?"), (slug,))
    return tuple(ref_of(*row) for row in rows)


def sources_of(connection: sqlite3.Connection, wanted: Sequence[Ref]) -> Iterator[Source]:
    """Yield those of ``wanted`` that are there, in that order."""
    for ref in wanted:
        found = _source_or_none(connection, ref)
        if found is not None:
            yield found


def sources(connection: sqlite3.Connection, wanted: Sequence[Ref]) -> tuple[Source, ...]:
    """Return those of ``wanted`` that are there, story by story, each with its newest text."""
    numbers: dict[str, list[int]] = {}
    for ref in wanted:
        numbers.setdefault(ref.story, []).append(number_of(ref))
    found: list[Source] = []
    for slug, of_story in numbers.items():
        for start in range(0, len(of_story), _AT_ONCE):
            portion = of_story[start : start + _AT_ONCE]
            places = ",".join("?" * len(portion))
            rows = connection.execute(
                f"{_SOURCE} WHERE stories.slug = ? AND sources.number IN ({places})", (slug, *portion)
            )
            found += map(_source_from, rows)
    return tuple(found)


def _source_or_none(connection: sqlite3.Connection, ref: Ref) -> Source | None:
    row = connection.execute(
        f"{_SOURCE} WHERE stories.slug = ? AND sources.number = ?", (ref.story, number_of(ref))
    ).fetchone()
    return None if row is None else _source_from(row)


def _source_from(row: tuple[Any, ...]) -> Source:
    slug, number, title, publisher, author, date, url, language, path, sha256, form, version, *said = row
    zones, text, locators, accessed, pieces = said
    return Source(
        ref=ref_of(slug, number),
        title=title,
        publisher=publisher,
        author=author,
        date=date,
        url=url,
        language=language,
        text=text,
        zones=zones_from_json(zones, len(text)),
        origin=Origin(path, sha256, form),
        version=version,
        locators=locators_from_json(locators, len(text)),
        accessed=accessed,
        pieces=pieces_from_json(pieces, len(text)),
    )


# The change number, and which sources changed since when, are what the index keeps in step with.


@frozen
class Changes:
    """What happened to sources up to change ``number``; each ref is in one of the two at most."""

    number: int
    changed: tuple[Ref, ...]
    removed: tuple[Ref, ...]


def change_number(connection: sqlite3.Connection) -> int:
    """Return the number of the last change; 0 for a library that never held a source."""
    return int(connection.execute("SELECT value FROM counters WHERE name = 'change'").fetchone()[0])


def record_change(
    connection: sqlite3.Connection, *, changed: Iterable[Ref] = (), removed: Iterable[Ref] = ()
) -> None:
    """Write one new change number beside each of the refs; without refs there is no change."""
    number = change_number(connection) + 1
    rows = [(ref.story, number_of(ref), number, 0) for ref in changed]
    rows += [(ref.story, number_of(ref), number, 1) for ref in removed]
    if not rows:
        return
    connection.execute("UPDATE counters SET value = ? WHERE name = 'change'", (number,))
    connection.executemany(
        """INSERT INTO changes (story, number, change, removed) VALUES (?, ?, ?, ?)
        ON CONFLICT (story, number) DO UPDATE SET change = excluded.change, removed = excluded.removed""",
        rows,
    )


def changes_since(connection: sqlite3.Connection, number: int) -> Changes:
    """Return the refs that changed or went after change ``number``, each once, with what it is now."""
    rows = connection.execute(
        """SELECT story, number, removed FROM changes WHERE change > ?
        ORDER BY story, number = 0, number""",
        (number,),
    ).fetchall()
    return Changes(
        number=change_number(connection),
        changed=tuple(ref_of(story, source) for story, source, removed in rows if not removed),
        removed=tuple(ref_of(story, source) for story, source, removed in rows if removed),
    )
