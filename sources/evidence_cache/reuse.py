"""The fingerprints of a whole library, and what they are asked: where else a passage is, whose a text is.

They are in a file that may be lost at any time, as words of a contentless full-text table, so that SQLite
keeps for each the texts that have it. A text is kept once by its SHA-256 sum, however many sources are the
same; what the library has forgotten goes from the tables at once and from the full-text table when it is
made again. Where another process writes for too long, the answer is what is there.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from sources.errors import RequestError
from sources.evidence import shared_passages
from sources.evidence.lineage.event_groups import event_groups
from sources.evidence.lineage.retelling_links import NearestKin, nearest_kin
from sources.evidence.lineage.text_reuse import (
    FoundPassage,
    FoundReuse,
    is_found_for_sure,
    is_long_enough,
    places_of,
    reuse_of,
)
from sources.evidence.shared_passages import fingerprints, hashes_of
from sources.evidence_cache.keys import CODEBASE
from sources.evidence_cache.store import DisposableDatabase
from sources.model import Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from sources.evidence.lineage.event_groups import EventGroup
    from sources.library import Library
    from sources.model import Source, Span


MOST_PRINTS = 20_000  # of one text that are asked for, a second's work; those of about 80,000 words
USUAL = 100  # texts; a fingerprint that more of them share is a turn of phrase or furniture
BATCH = 500  # sources in one transaction
_DEAD = 0.25  # share of texts that have gone, above which the tables are made again
_FEW_DEAD = 1000


class Sharing(NamedTuple):
    """A source and how many of the fingerprints that were asked for its text has."""

    ref: Ref
    shared: int


class WinnowingStore(DisposableDatabase):
    """The fingerprints of the texts of a library, and the sources that have each text."""

    holds = "fingerprints"
    layout = 3
    patience = 2.0
    settings = ("journal_mode = WAL", "synchronous = NORMAL")
    tables = (
        "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE texts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            sha256 BLOB NOT NULL UNIQUE
        )""",
        """CREATE TABLE places (
            story TEXT NOT NULL,
            number INTEGER NOT NULL,
            text INTEGER NOT NULL,
            PRIMARY KEY (story, number)
        ) WITHOUT ROWID""",
        "CREATE INDEX places_by_text ON places (text)",
        """CREATE VIRTUAL TABLE prints USING fts5(
            words, content='', detail='none', columnsize=0, tokenize='ascii'
        )""",
    )

    def catch_up(
        self,
        library: Library,
        *,
        cancelled: Callable[[], bool] = lambda: False,
        progress: Callable[[int, int], None] | None = None,
    ) -> bool:
        """Learn what changed in ``library``; tell whether the store is in step with it now.

        ``cancelled`` is asked, and ``progress`` told how many sources of how many are done, between batches.
        May raise the errors of LibraryError, but none for the store's own file.
        """
        return bool(self.asked(lambda connection: _catch_up(connection, library, cancelled, progress)))

    def sharing(self, prints: Collection[int], *, most: int = 50) -> tuple[Sharing, ...]:
        """Return the sources whose texts have any of ``prints``, those with most of them first."""
        return self.asked(lambda connection: tuple(_sharing(connection, prints, most))) or ()

    def check(self, connection: sqlite3.Connection) -> None:
        """Raise sqlite3.DatabaseError for fingerprints that were made by other code."""
        version = _version(connection)
        if _about(connection, "version") is None:
            _set_about(connection, "version", version)
        elif _about(connection, "version") != version:
            raise sqlite3.DatabaseError("the fingerprints were made by other code")


def _version(connection: sqlite3.Connection) -> str:
    """Return the version of the code that makes the fingerprints."""
    return CODEBASE.version(
        [shared_passages.__name__],
        lambda: _about(connection, "code"),
        lambda record: _set_about(connection, "code", record),
    )


def _about(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def _set_about(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)", (name, value))


def _catch_up(
    connection: sqlite3.Connection,
    library: Library,
    cancelled: Callable[[], bool],
    progress: Callable[[int, int], None] | None,
) -> bool:
    known = int(_about(connection, "change") or 0)
    newest = library.change_number
    if known == newest:
        return True
    if known > newest:  # the library is another one, such as a backup that was put in its place
        raise sqlite3.DatabaseError("the fingerprints are of another library")
    changes = library.changes_since(known)
    changed = [ref for ref in changes.changed if ref.number is not None]
    for start in range(0, len(changed), BATCH):
        if cancelled():
            return False
        if progress is not None:
            progress(start, len(changed))
        _take_in(connection, changed[start : start + BATCH], library)
    _forget(connection, changes.removed, changes.number)
    total, dead = _counts(connection)
    if dead > max(_FEW_DEAD, _DEAD * total):
        raise sqlite3.DatabaseError("too many texts have gone")
    return True


def _take_in(connection: sqlite3.Connection, refs: Sequence[Ref], library: Library) -> None:
    rows = [
        (source.ref, bytes.fromhex(source.origin.sha256), _words_of(source))
        for source in library.sources(refs)
    ]
    connection.execute("BEGIN IMMEDIATE")
    try:
        for ref, sum_, prints in rows:
            known = connection.execute("SELECT id FROM texts WHERE sha256 = ?", (sum_,)).fetchone()
            if known is None:
                text = connection.execute("INSERT INTO texts (sha256) VALUES (?)", (sum_,)).lastrowid
                connection.execute("INSERT INTO prints (rowid, words) VALUES (?, ?)", (text, prints))
            else:
                text = known[0]
            connection.execute(
                "INSERT OR REPLACE INTO places (story, number, text) VALUES (?, ?, ?)",
                (ref.story, ref.number, text),
            )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _words_of(source: Source) -> str:
    return " ".join([f"{print_:x}" for print_ in shared_passages.fingerprints(source)])


def _forget(connection: sqlite3.Connection, removed: Sequence[Ref], number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "DELETE FROM places WHERE story = ? AND number = ?", [(ref.story, ref.number) for ref in removed]
    )
    connection.execute("DELETE FROM texts WHERE id NOT IN (SELECT text FROM places)")
    _set_about(connection, "change", str(number))
    connection.execute("COMMIT")


def _counts(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return how many texts there were ever, and how many of them have gone."""
    (alive,) = connection.execute("SELECT COUNT(*) FROM texts").fetchone()
    (ever,) = connection.execute(
        "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'texts'"
    ).fetchone()
    return ever, ever - alive


def _sharing(connection: sqlite3.Connection, prints: Collection[int], most: int) -> Iterator[Sharing]:
    counted: Counter[int] = Counter()
    # The least are a sample that is the same of every text that has them.
    for print_ in nsmallest(MOST_PRINTS, prints):
        held = connection.execute(
            "SELECT rowid FROM prints WHERE prints MATCH ? LIMIT ?", (f'"{print_:x}"', USUAL + 1)
        ).fetchall()
        if len(held) <= USUAL:
            counted.update(row[0] for row in held)
    left = most
    for text, shared in sorted(counted.items(), key=lambda row: (-row[1], row[0])):
        for story, number in connection.execute(
            "SELECT story, number FROM places WHERE text = ? ORDER BY story, number LIMIT ?", (text, left)
        ):
            yield Sharing(Ref(story, number), shared)
            left -= 1
        if left <= 0:
            return


MOST_PLACES = 200
MOST_ASKED = 200  # new sources that are looked up one by one; a larger import is an archive
MOST_GROUPED = 3000  # new sources that are held against each other
_NEAREST = 4  # texts that are laid beside a new one
_HOLDERS = 3  # texts that hold a short passage, whose copies are looked at
_STORIES = 3  # that a new text shares a run of words with, and that are read for its kin
_LARGEST_STORY = 100  # texts of a story that is read for that
_FEWEST = 2  # fingerprints that these have in common with it


def elsewhere(
    library: Library,
    store: WinnowingStore,
    passage: str,
    *,
    here: tuple[Ref, Span] | None,
    beside: Sequence[Ref],
) -> tuple[FoundPassage, ...]:
    """Return where else ``passage`` stands, the most of it first.

    ``here`` is the place it was taken from; the sources ``beside`` are looked at in any case. Raises
    RequestError for less than five words.
    """
    if not is_long_enough(passage):
        raise RequestError("That is too little to be looked for elsewhere: it takes five words.")
    store.catch_up(library)
    met = [one.ref for one in store.sharing(hashes_of(passage), most=MOST_PLACES)]
    asked = list(dict.fromkeys([*met, *beside]))
    places = list(places_of(passage, library.sources(asked)))
    if not is_found_for_sure(passage):
        # Too short to have a fingerprint in every text, but where one text has it, its copies have it too.
        holders = list(dict.fromkeys([*(place.ref for place in places), *([here[0]] if here else [])]))
        like = [
            one.ref
            for source in library.sources(holders[:_HOLDERS])
            for one in store.sharing(fingerprints(source), most=MOST_PLACES)
        ]
        places += places_of(passage, library.sources(list(dict.fromkeys(like).keys() - set(asked))))
    found = [place for place in places if here is None or not _is_at(place, here)]
    found.sort(key=lambda place: (-place.share, place.ref.story, place.ref.number or 0, place.span))
    return tuple(found[:MOST_PLACES])


def _is_at(place: FoundPassage, here: tuple[Ref, Span]) -> bool:
    return place.ref == here[0] and place.span.overlaps(here[1])


def reuse_of_all(
    library: Library, store: WinnowingStore, refs: Sequence[Ref], cancelled: Callable[[], bool]
) -> tuple[FoundReuse, ...]:
    """Return for each of the new sources ``refs`` in which other one most of it stands, where that is much.

    Of two new sources that are the same, only the later is told of. Of more than ``MOST_ASKED`` none is
    looked up: whoever adds an archive does not read about each of its texts.
    """
    turn = {ref: number for number, ref in enumerate(refs)}
    found: list[FoundReuse] = []
    told: set[Ref] = set()
    for source in _new(library, store, refs, cancelled):
        ref = source.ref
        near = [one for one in store.sharing(fingerprints(source), most=_NEAREST + 1) if one.ref != ref]
        others = [one.ref for one in near[:_NEAREST] if one.shared >= _FEWEST and one.ref not in told]
        reuse = reuse_of(source, library.sources(others)) if others else None
        if reuse is not None:
            found.append(reuse)
            if turn.get(reuse.holder, -1) > turn[ref]:
                told.add(ref)
    return tuple(found)


def stories_for(
    library: Library, store: WinnowingStore, refs: Sequence[Ref], cancelled: Callable[[], bool]
) -> tuple[NearestKin, ...]:
    """Return for each of the new sources ``refs`` that is the only one of its story its kin in another story.

    The stories that are read for it are those with a run of ten words of it, which survives in a quote even
    where all the rest was put differently. As with reuse, an archive is not looked up.
    """
    found: list[NearestKin] = []
    for source in _new(library, store, refs, cancelled):
        ref = source.ref
        if not _is_alone(library, ref):
            continue
        near = store.sharing(fingerprints(source), most=MOST_PLACES)
        stories = dict.fromkeys(one.ref.story for one in near if one.ref.story != ref.story)
        kin = [_kin_in(library, source, slug) for slug in list(stories)[:_STORIES]]
        best = max((one for one in kin if one is not None), key=lambda one: one.score, default=None)
        if best is not None:
            found.append(best)
    return tuple(found)


def event_groups_of(
    library: Library, refs: Sequence[Ref], cancelled: Callable[[], bool]
) -> tuple[EventGroup, ...]:
    """Return which of the new sources ``refs`` that are alone in their stories tell one event.

    Of more than ``MOST_GROUPED`` none is looked at.
    """
    if not 1 < len(refs) <= MOST_GROUPED:
        return ()
    alone = [ref for ref in refs if ref.number is not None and _is_alone(library, ref)]
    return event_groups(list(library.sources(alone)), cancelled=cancelled) if len(alone) > 1 else ()


def _is_alone(library: Library, ref: Ref) -> bool:
    return [one for one in library.refs(ref.story) if one.number is not None] == [ref]


def _kin_in(library: Library, source: Source, slug: str) -> NearestKin | None:
    refs = [one for one in library.refs(slug) if one.number is not None]
    return nearest_kin(source, list(library.sources(refs))) if len(refs) <= _LARGEST_STORY else None


def _new(
    library: Library, store: WinnowingStore, refs: Sequence[Ref], cancelled: Callable[[], bool]
) -> Iterator[Source]:
    """Yield new sources that are to be looked up, once the fingerprints are in step; none of an archive."""
    store.catch_up(library, cancelled=cancelled)
    for ref in refs if len(refs) <= MOST_ASKED else ():
        if cancelled():
            return
        if ref.number is not None:
            yield from library.sources([ref])
