"""Takes a parsed file into the library: what is new, what changed, and what that means for the notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sources.errors import RequestError
from sources.frozen import frozen
from sources.library import page_rows, reanchoring, source_bin, source_rows
from sources.library.encoding import (
    SUMMARY_NUMBER,
    Unreadable,
    ref_of,
    zones_to_json,
)
from sources.library.file_repository import VANISHED
from sources.library.known_sources import known_as, known_sources, numbered
from sources.library.recognition import Arrival, locators_of, pieces_of, recognise, zones_of
from sources.library.source_edits import FACTS, stated, stated_row
from sources.model import Ref, Zone, is_slug
from sources.text.cleaning import sha256_of
from sources.text.tokens import count_words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from sources.library.reanchoring import Reanchor
    from sources.model import ParsedFile, ParsedSource

# Everything here runs inside one transaction of the caller, so that a file is taken in whole or not at
# all.

_FACTS = (*FACTS, "accessed")


@frozen
class IngestResult:
    """What became of one file, or all for one story: where it went, what was new, different or the same.

    ``refs`` are those of one file in its own order, its summary last.
    """

    slug: str
    title: str | None
    added: tuple[Ref, ...]
    changed: tuple[Ref, ...]
    unchanged: tuple[Ref, ...]
    refs: tuple[Ref, ...] = ()


@dataclass(slots=True)
class _Ingestion:
    """What stays the same while one parcel is taken in, and what has become of its drafts so far."""

    connection: sqlite3.Connection
    parsed_file: ParsedFile
    slug: str
    story_id: int
    title: str | None  # the story's
    path: str | None
    moment: str
    added: list[Ref] = field(default_factory=list)
    changed: list[Ref] = field(default_factory=list)
    unchanged: list[Ref] = field(default_factory=list)
    new_texts: dict[Ref, str] = field(default_factory=dict)  # the texts that are new at their refs
    sums: dict[str, Ref] = field(default_factory=dict)  # where those texts stand, by SHA-256
    former: dict[Ref, str] = field(default_factory=dict)  # the SHA-256 of what stood there before

    @property
    def paged(self) -> bool:
        return self.parsed_file.page_text is not None


def ingest(
    connection: sqlite3.Connection,
    parsed_file: ParsedFile,
    *,
    slug: str,
    path: str | None,
    reanchor: Reanchor,
    moment: str,
    recognised: Mapping[int, Ref] | None = None,
) -> IngestResult:
    """Put ``parsed_file`` into story ``slug`` and return what that changed.

    Nothing is ever deleted here: a source that a new page lacks stays. A field that the parcel leaves empty
    does not empty what is known. ``recognised`` says by position which of the file's sources are which of
    the story's, the others being new; without it they are recognised here. Raises RequestError for a slug
    that is not valid and ValueError for zones that do not partition their text.
    """
    if not is_slug(slug):
        raise RequestError(f"{slug!r} cannot name a story: use lower-case words joined by hyphens.")
    if not (parsed_file.sources or parsed_file.summary or parsed_file.page_text is not None):
        return IngestResult(slug, None, (), (), ())
    story_id, title = _story(connection, parsed_file, slug, moment)
    ingestion = _Ingestion(connection, parsed_file, slug, story_id, title, path, moment)
    refs = _ingest_sources(ingestion, recognised)
    if parsed_file.summary is not None:
        _ingest_summary(ingestion, parsed_file.summary)
        refs.append(ref_of(slug, SUMMARY_NUMBER))
    if path is not None:  # a file that is read is there again
        connection.execute("DELETE FROM settings WHERE name = ?", (VANISHED + path,))
    page_rows.keep(connection, parsed_file, story_id, path)
    reanchoring.reanchor(connection, ingestion.new_texts, _moves(ingestion), reanchor)
    source_rows.record_change(connection, changed=(*ingestion.added, *ingestion.changed))
    return IngestResult(
        slug,
        ingestion.title,
        tuple(ingestion.added),
        tuple(ingestion.changed),
        tuple(ingestion.unchanged),
        tuple(refs),
    )


def _story(
    connection: sqlite3.Connection, parsed_file: ParsedFile, slug: str, moment: str
) -> tuple[int, str | None]:
    source_bin.take_story_called(connection, slug)
    row = connection.execute("SELECT id, title, stated FROM stories WHERE slug = ?", (slug,)).fetchone()
    if row is None:
        # A story that begins as a single text is known by that text's title.
        title = parsed_file.title or (parsed_file.sources[0].title if len(parsed_file.sources) == 1 else None)
        cursor = connection.execute(
            "INSERT INTO stories (slug, title, added) VALUES (?, ?, ?)", (slug, title, moment)
        )
        reanchoring.welcome_story(connection, slug)
        return int(cursor.lastrowid or 0), title
    story_id, title, own = row
    # A page speaks for the whole story; an article beside others only where nobody has spoken yet.
    if (
        parsed_file.title
        and own is None
        and parsed_file.title != title
        and (parsed_file.page_text is not None or title is None)
    ):
        title = parsed_file.title
        connection.execute("UPDATE stories SET title = ? WHERE id = ?", (title, story_id))
    return story_id, title


def _ingest_sources(ingestion: _Ingestion, recognised: Mapping[int, Ref] | None) -> list[Ref]:
    """Take the sources in and return what each is called."""
    arrivals = [Arrival(parsed, sha256_of(parsed.text)) for parsed in ingestion.parsed_file.sources]
    if recognised is None:
        known = known_sources(ingestion, arrivals)
        found = recognise(arrivals, known, path=ingestion.path, paged=ingestion.paged)
    else:
        found = {position: known_as(ingestion, ref) for position, ref in recognised.items()}
    numbers = numbered(ingestion, arrivals, found)
    refs = []
    for position, arrival in enumerate(arrivals):
        source = found.get(position)
        if source is None or not source.id:
            refs.append(_insert(ingestion, arrival, numbers[position]))
        elif source.id < 0:
            refs.append(_bring_back(ingestion, arrival, -source.id))
        else:
            refs.append(_ref_of(ingestion, source.id))
            _compare(ingestion, arrival, source.id, refs[-1])
    return refs


def _bring_back(ingestion: _Ingestion, arrival: Arrival, source_id: int) -> Ref:
    """Take a source out of the bin that comes again; whatever it says now, it is new in the story."""
    ref = source_bin.take_source(ingestion.connection, source_id)
    if ref is None:
        raise Unreadable("a source in the bin is not there")
    before = len(ingestion.changed), len(ingestion.unchanged)
    _compare(ingestion, arrival, source_id, ref)
    del ingestion.changed[before[0] :], ingestion.unchanged[before[1] :]
    ingestion.added.append(ref)
    ingestion.new_texts[ref] = arrival.parsed.text
    return ref


def _ref_of(ingestion: _Ingestion, source_id: int) -> Ref:
    """Return where a source is by now: the user may have moved it to another story."""
    return ref_of(
        *ingestion.connection.execute(
            "SELECT slug, number FROM sources JOIN stories ON stories.id = story_id WHERE sources.id = ?",
            (source_id,),
        ).fetchone()
    )


def _ingest_summary(ingestion: _Ingestion, parsed: ParsedSource) -> None:
    arrival = Arrival(parsed, sha256_of(parsed.text))
    row = ingestion.connection.execute(
        "SELECT id FROM sources WHERE story_id = ? AND number = ?", (ingestion.story_id, SUMMARY_NUMBER)
    ).fetchone()
    binned = source_bin.ids_of(ingestion.connection, Ref(ingestion.slug, None))
    if row is None and binned:
        _bring_back(ingestion, arrival, binned[0])
    elif row is None:
        _insert(ingestion, arrival, SUMMARY_NUMBER)
    else:
        _compare(ingestion, arrival, row[0], Ref(ingestion.slug, None))


def _insert(ingestion: _Ingestion, arrival: Arrival, number: int) -> Ref:
    parsed, sha256 = arrival
    zones = zones_of(parsed)
    cursor = ingestion.connection.execute(
        """INSERT INTO sources (story_id, number, path, key, page_number, format,
            title, publisher, author, date, url, language, accessed, version, words, sha256)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)""",
        (
            ingestion.story_id,
            number,
            ingestion.path,
            parsed.key,
            parsed.number if ingestion.paged else None,
            ingestion.parsed_file.format,
            *(getattr(parsed, fact) for fact in _FACTS),
            count_words(parsed.text, zones),
            sha256,
        ),
    )
    _insert_version(ingestion, int(cursor.lastrowid or 0), 1, arrival, zones)
    ingestion.connection.execute(
        "DELETE FROM departed WHERE story = ? AND number = ?", (ingestion.slug, number)
    )
    ref = ref_of(ingestion.slug, number)
    ingestion.added.append(ref)
    ingestion.new_texts[ref] = parsed.text
    ingestion.sums[sha256] = ref
    return ref


def _insert_version(
    ingestion: _Ingestion, source_id: int, version: int, arrival: Arrival, zones: tuple[Zone, ...]
) -> None:
    ingestion.connection.execute(
        """INSERT INTO versions (source_id, version, added, sha256, zones, text, locators, pieces)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            source_id,
            version,
            ingestion.moment,
            arrival.sha256,
            zones_to_json(zones),
            arrival.parsed.text,
            locators_of(arrival.parsed),
            pieces_of(arrival.parsed),
        ),
    )


def _compare(ingestion: _Ingestion, arrival: Arrival, source_id: int, ref: Ref) -> None:
    """Bring a source that is there already to what ``arrival`` says, and note whether that changed it."""
    connection = ingestion.connection
    row = connection.execute(
        """SELECT sources.sha256, sources.version, stated, zones, locators, pieces,
            title, publisher, author, date, url, language, accessed
        FROM sources JOIN versions ON versions.source_id = sources.id AND versions.version = sources.version
        WHERE sources.id = ?""",
        (source_id,),
    ).fetchone()
    if row is None:
        raise Unreadable(f"{ref} lacks the text of its newest version")
    old_sha256, version, own, old_zones, old_locators, old_pieces, *old_facts = row
    parsed, sha256 = arrival
    # What the user put right stays so; what the file says instead is only kept beside it.
    said = {fact: getattr(parsed, fact) or old for fact, old in stated(own).items()}
    facts = [
        old if fact in said else getattr(parsed, fact) or old
        for fact, old in zip(_FACTS, old_facts, strict=True)
    ]
    zones = zones_of(parsed)
    divided = (zones_to_json(zones), locators_of(parsed), pieces_of(parsed))
    same_text, same_zones = sha256 == old_sha256, divided == (old_zones, old_locators, old_pieces)
    *others, accessed = old_facts
    # That the same was saved once more is no change: the first time is what is known.
    same_facts = facts[:-1] == others and (accessed is not None or facts[-1] is None)
    if same_text and same_zones and same_facts:
        ingestion.unchanged.append(ref)
        _follow_file(ingestion, parsed, source_id)
        if said != stated(own):
            connection.execute("UPDATE sources SET stated = ? WHERE id = ?", (stated_row(said), source_id))
        return
    if not same_text:
        version += 1
        _insert_version(ingestion, source_id, version, arrival, zones)
        ingestion.new_texts[ref] = parsed.text
        ingestion.sums[sha256] = ref
        ingestion.former[ref] = old_sha256
    elif not same_zones:
        connection.execute(
            "UPDATE versions SET zones = ?, locators = ?, pieces = ? WHERE source_id = ? AND version = ?",
            (*divided, source_id, version),
        )
    connection.execute(
        """UPDATE sources SET title = ?, publisher = ?, author = ?, date = ?, url = ?, language = ?,
            accessed = ?, stated = ?, path = ?, key = ?, format = ?, page_number = COALESCE(?, page_number),
            version = ?, words = ?, sha256 = ? WHERE id = ?""",
        (
            *facts,
            stated_row(said),
            ingestion.path,
            parsed.key,
            ingestion.parsed_file.format,
            parsed.number if ingestion.paged else None,
            version,
            count_words(parsed.text, zones),
            sha256,
            source_id,
        ),
    )
    if ref.story == ingestion.slug:
        _rename_story(ingestion, old_facts[0], facts[0])
    ingestion.changed.append(ref)


def _rename_story(ingestion: _Ingestion, former: str | None, title: str | None) -> None:
    """Let a story that is known by the title of one source follow it to its new title."""
    if former is None or title is None or former == title or ingestion.title != former or ingestion.paged:
        return
    changed = ingestion.connection.execute(
        "UPDATE stories SET title = ? WHERE id = ? AND stated IS NULL", (title, ingestion.story_id)
    )
    ingestion.title = title if changed.rowcount else ingestion.title


def _follow_file(ingestion: _Ingestion, parsed: ParsedSource, source_id: int) -> None:
    """Remember where a text was read last, so that it is still known once it changes."""
    # An article that repeats a page's source must not take it away from the page; nor must standard input
    # take a text away from its file.
    ingestion.connection.execute(
        """UPDATE sources SET path = ?1, key = ?2
        WHERE id = ?3 AND (path IS NOT ?1 OR key <> ?2)
            AND (page_number IS NULL OR ?4) AND (path IS ?1 OR ?1 IS NOT NULL)""",
        (ingestion.path, parsed.key, source_id, ingestion.paged),
    )


def _moves(ingestion: _Ingestion) -> dict[Ref, Ref]:
    """Map sources to where their former text stands now: a page saved again may number its texts again."""
    return {
        ref: ingestion.sums[sum_before]
        for ref, sum_before in ingestion.former.items()
        if sum_before in ingestion.sums
    }
