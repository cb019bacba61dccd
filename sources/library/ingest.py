"""Takes a parsed file into the library: what is new, what changed, and what that means for the notes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sources.errors import RequestError
from sources.library import change_log, reanchoring
from sources.library.encoding import (
    SUMMARY_NUMBER,
    Unreadable,
    page_zones_to_json,
    partition_fault,
    ref_of,
    zones_to_json,
)
from sources.library.outcomes import Intake
from sources.model import Zone, ZoneKind, is_slug
from sources.text.cleaning import sha256_of
from sources.text.tokens import count_words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from sources.library.reanchoring import Reanchor
    from sources.model import Draft, Parcel, Ref


class Known(NamedTuple):
    """A source as the library knows it, as far as that tells it from others; ``id`` 0 is a departed one."""

    id: int
    number: int
    path: str | None
    key: str
    paged: bool
    sha256: str
    title: str | None
    publisher: str | None
    url: str | None


class Arrival(NamedTuple):
    """A draft with the hash of its text."""

    draft: Draft
    sha256: str


def recognise(
    arrivals: Sequence[Arrival], known: Iterable[Known], *, path: str | None, paged: bool
) -> dict[int, Known]:
    """Map positions of ``arrivals`` to the sources that they are, each source once.

    A draft is the source of the same file and key; else, for a story page that was saved elsewhere before,
    the one of that page with the same key, unless another source of the story has the very text; else,
    without a file, the one of the same key that also shares its title or address; else the one with the same
    text, unless publisher or address say that it is a copy.
    """
    known = [source for source in known if source.number != SUMMARY_NUMBER]
    found: dict[int, Known] = {}
    # Records may share a key, by mistake; then those whose texts agree belong together.
    _pair(arrivals, known, found, _all_of_new, lambda old: _all_of_old(old) if old.path == path else None)
    if path is not None:
        _pair(arrivals, known, found, _key_of_new, lambda old: old.key if old.path == path else None)
    if paged:
        same_page = _page_saved_elsewhere(arrivals, known)
        _pair(arrivals, same_page, found, _all_of_new, _all_of_old)
        # A text that comes by standard input stays with the file that it was first read from. The key alone
        # must not take it from there when the same page comes again.
        others = [source for source in known if source not in same_page]
        _pair(arrivals, others, found, _sum_of_new, _sum_of_old, _no_other_copy)
        _pair(arrivals, same_page, found, _key_of_new, lambda old: old.key)
    if path is None:
        for fact in ("url", "title"):
            _pair(arrivals, known, found, partial(_named_new, fact=fact), partial(_named_old, fact=fact))
    _pair(arrivals, known, found, _sum_of_new, _sum_of_old, _no_other_copy)
    return found


def _pair(
    arrivals: Sequence[Arrival],
    known: Sequence[Known],
    found: dict[int, Known],
    of_new: Callable[[Arrival], Hashable],
    of_old: Callable[[Known], Hashable],
    fits: Callable[[Arrival, Known], bool] = lambda _new, _old: True,
) -> None:
    """Pair what is still single on both sides and agrees, first come first served."""
    taken = {source.number for source in found.values()}
    waiting: defaultdict[Hashable, list[Known]] = defaultdict(list)
    for source in known:
        if source.number not in taken and (mark := of_old(source)) is not None:
            waiting[mark].append(source)
    for position, arrival in enumerate(arrivals):
        if position in found:
            continue
        candidates = waiting.get(of_new(arrival), [])
        match = next((source for source in candidates if fits(arrival, source)), None)
        if match is not None:
            candidates.remove(match)
            found[position] = match


def _all_of_new(new: Arrival) -> Hashable:
    return (new.draft.key, new.sha256)


def _all_of_old(old: Known) -> Hashable:
    return (old.key, old.sha256)


def _sum_of_new(new: Arrival) -> Hashable:
    return new.sha256


def _sum_of_old(old: Known) -> Hashable:
    return old.sha256


def _key_of_new(new: Arrival) -> Hashable:
    return new.draft.key


def _named_new(new: Arrival, *, fact: str) -> Hashable:
    value = getattr(new.draft, fact)
    return (new.draft.key, value) if new.draft.key and value else None


def _named_old(old: Known, *, fact: str) -> Hashable:
    value = getattr(old, fact)
    return (old.key, value) if old.path is None and old.key and value else None


def _no_other_copy(new: Arrival, old: Known) -> bool:
    """Tell the same text saved twice from the same text as two publishers brought it."""
    pairs = ((new.draft.publisher, old.publisher), (new.draft.url, old.url))
    return all(one is None or other is None or one == other for one, other in pairs)


def _page_saved_elsewhere(arrivals: Sequence[Arrival], known: Sequence[Known]) -> list[Known]:
    """Return the sources of the page that this one is: at least half of what stands in both is alike."""
    pages: defaultdict[str | None, list[Known]] = defaultdict(list)
    for source in known:
        if source.paged:
            pages[source.path].append(source)
    likeliest: list[Known] = []
    most = 0
    for page in pages.values():
        by_key: defaultdict[str, list[Known]] = defaultdict(list)
        for source in page:
            by_key[source.key].append(source)
        shared = [new for new in arrivals if new.draft.key in by_key]
        alike = sum(any(_alike(new, old) for old in by_key[new.draft.key]) for new in shared)
        if alike > most and alike * 2 >= len(shared):
            likeliest, most = page, alike
    return likeliest


def _alike(new: Arrival, old: Known) -> bool:
    return new.sha256 == old.sha256 or (old.title is not None and new.draft.title == old.title)


# Taking a parcel in: what is new, what changed, and what that means for the notes.
#
# Everything here runs inside one transaction of the caller, so that a file is taken in whole or not at
# all.

_FEW = 20  # texts of one file up to which each is looked up by itself
_MANY = 5  # times as many texts in a story as come in, from which that is quicker for any number
_KNOWN = """SELECT id, number, path, key, page_number IS NOT NULL, sha256, title, publisher, url
    FROM sources WHERE story_id = :story"""
_FACTS = ("title", "publisher", "author", "date", "url", "language")


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


@dataclass(slots=True)
class _Delivery:
    """What stays the same while one parcel is taken in, and what has become of its drafts so far."""

    connection: sqlite3.Connection
    parcel: Parcel
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
        return self.parcel.page_text is not None


def take_in(
    connection: sqlite3.Connection,
    parcel: Parcel,
    *,
    slug: str,
    path: str | None,
    reanchor: Reanchor,
    moment: str,
) -> Intake:
    """Put ``parcel`` into story ``slug`` and return what that changed.

    Nothing is ever deleted here: a source that a new page lacks stays. A field that the parcel leaves empty
    does not empty what is known. Raises RequestError for a slug that is none and ValueError for zones that
    do not partition their text.
    """
    if not is_slug(slug):
        raise RequestError(f"{slug!r} cannot name a story: use lower-case words joined by hyphens.")
    if not (parcel.drafts or parcel.summary or parcel.page_text is not None):
        return Intake(slug, None, (), (), ())
    story_id, title = _story(connection, parcel, slug, moment)
    delivery = _Delivery(connection, parcel, slug, story_id, title, path, moment)
    _take_drafts(delivery)
    if parcel.summary is not None:
        _take_summary(delivery, parcel.summary)
    _keep_page(delivery)
    _keep_rest(delivery)
    reanchoring.reanchor(connection, delivery.new_texts, _moves(delivery), reanchor)
    change_log.record(connection, changed=(*delivery.added, *delivery.changed))
    return Intake(
        slug, delivery.title, tuple(delivery.added), tuple(delivery.changed), tuple(delivery.unchanged)
    )


def _story(connection: sqlite3.Connection, parcel: Parcel, slug: str, moment: str) -> tuple[int, str | None]:
    row = connection.execute("SELECT id, title FROM stories WHERE slug = ?", (slug,)).fetchone()
    if row is None:
        # A story that begins as a single text is known by that text's title.
        title = parcel.title or (parcel.drafts[0].title if len(parcel.drafts) == 1 else None)
        cursor = connection.execute(
            "INSERT INTO stories (slug, title, added) VALUES (?, ?, ?)", (slug, title, moment)
        )
        reanchoring.welcome_story(connection, slug)
        return int(cursor.lastrowid or 0), title
    story_id, title = row
    # A page speaks for the whole story; an article beside others only where nobody has spoken yet.
    if parcel.title and parcel.title != title and (parcel.page_text is not None or title is None):
        title = parcel.title
        connection.execute("UPDATE stories SET title = ? WHERE id = ?", (title, story_id))
    return story_id, title


def _take_drafts(delivery: _Delivery) -> None:
    arrivals = [Arrival(draft, sha256_of(draft.text)) for draft in delivery.parcel.drafts]
    known = _known(delivery, arrivals)
    found = recognise(arrivals, known, path=delivery.path, paged=delivery.paged)
    numbers = _numbers(delivery, arrivals, found)
    for position, arrival in enumerate(arrivals):
        source = found.get(position)
        if source is None or not source.id:
            _insert(delivery, arrival, numbers[position])
        else:
            _compare(delivery, arrival, source.id, source.number)


def _take_summary(delivery: _Delivery, draft: Draft) -> None:
    arrival = Arrival(draft, sha256_of(draft.text))
    row = delivery.connection.execute(
        "SELECT id FROM sources WHERE story_id = ? AND number = ?", (delivery.story_id, SUMMARY_NUMBER)
    ).fetchone()
    if row is None:
        _insert(delivery, arrival, SUMMARY_NUMBER)
    else:
        _compare(delivery, arrival, row[0], SUMMARY_NUMBER)


def _known(delivery: _Delivery, arrivals: Sequence[Arrival]) -> list[Known]:
    """List the story's sources that ``arrivals`` may be, then those that have left it and may come back."""
    place = {"story": delivery.story_id, "path": delivery.path}
    (highest,) = delivery.connection.execute(
        "SELECT COALESCE(MAX(number), 0) FROM sources WHERE story_id = :story", place
    ).fetchone()
    most = max(_FEW, highest // _MANY)
    if delivery.paged or delivery.path is None or len(arrivals) > most:
        here = [Known(*row) for row in delivery.connection.execute(f"{_KNOWN} ORDER BY id", place)]
    else:
        # A folder may put ten thousand files into one story, one by one, and an archive a million texts.
        rows = []
        for arrival in arrivals:
            same = place | {"key": arrival.draft.key, "sha256": arrival.sha256}
            for place_of_it in ("path = :path AND key = :key", "sha256 = :sha256"):
                rows += delivery.connection.execute(f"{_KNOWN} AND {place_of_it}", same).fetchall()
        here = sorted({Known(*row) for row in rows}, key=lambda source: source.id)
    rows = delivery.connection.execute(
        """SELECT 0, number, path, key, 0, sha256, NULL, NULL, NULL
        FROM departed WHERE story = ? ORDER BY number""",
        (delivery.slug,),
    ).fetchall()
    return here + [Known(*row) for row in rows]


def _numbers(delivery: _Delivery, arrivals: Sequence[Arrival], found: dict[int, Known]) -> dict[int, int]:
    """Give each new draft a number: the one it had, the one that its file asks for, else the next one."""
    numbers = {position: source.number for position, source in found.items()}
    taken = set(numbers.values())
    homeless = []
    for position, arrival in enumerate(arrivals):
        if position in numbers:
            continue
        wanted = arrival.draft.number
        if wanted is None or wanted < 1 or wanted in taken or _is_taken(delivery, wanted):
            homeless.append(position)
        else:
            numbers[position] = wanted
            taken.add(wanted)
    # A number that notes or labels speak of is not given to a source that they cannot mean.
    (highest,) = delivery.connection.execute(
        """SELECT MAX(COALESCE((SELECT MAX(number) FROM sources WHERE story_id = ?1), 0),
            COALESCE((SELECT MAX(number) FROM targets WHERE story = ?2), 0),
            COALESCE((SELECT MAX(number) FROM label_spans WHERE story = ?2), 0))""",
        (delivery.story_id, delivery.slug),
    ).fetchone()
    following = max([highest, *taken]) + 1
    numbers.update({position: following + step for step, position in enumerate(homeless)})
    return numbers


def _is_taken(delivery: _Delivery, number: int) -> bool:
    place = (delivery.story_id, number)
    row = delivery.connection.execute("SELECT 1 FROM sources WHERE story_id = ? AND number = ?", place)
    return row.fetchone() is not None


def _insert(delivery: _Delivery, arrival: Arrival, number: int) -> None:
    draft, sha256 = arrival
    zones = _zones(draft)
    cursor = delivery.connection.execute(
        """INSERT INTO sources (story_id, number, path, key, page_number, format,
            title, publisher, author, date, url, language, version, words, sha256)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)""",
        (
            delivery.story_id,
            number,
            delivery.path,
            draft.key,
            draft.number if delivery.paged else None,
            delivery.parcel.format,
            *(getattr(draft, fact) for fact in _FACTS),
            count_words(draft.text, zones),
            sha256,
        ),
    )
    _insert_version(delivery, int(cursor.lastrowid or 0), 1, arrival, zones)
    delivery.connection.execute(
        "DELETE FROM departed WHERE story = ? AND number = ?", (delivery.slug, number)
    )
    ref = ref_of(delivery.slug, number)
    delivery.added.append(ref)
    delivery.new_texts[ref] = draft.text
    delivery.sums[sha256] = ref


def _insert_version(
    delivery: _Delivery, source_id: int, version: int, arrival: Arrival, zones: tuple[Zone, ...]
) -> None:
    delivery.connection.execute(
        "INSERT INTO versions (source_id, version, added, sha256, zones, text) VALUES (?, ?, ?, ?, ?, ?)",
        (source_id, version, delivery.moment, arrival.sha256, zones_to_json(zones), arrival.draft.text),
    )


def _compare(delivery: _Delivery, arrival: Arrival, source_id: int, number: int) -> None:
    """Bring a source that is there already to what ``arrival`` says, and note whether that changed it."""
    connection, ref = delivery.connection, ref_of(delivery.slug, number)
    row = connection.execute(
        """SELECT sources.sha256, sources.version, title, publisher, author, date, url, language, zones
        FROM sources JOIN versions ON versions.source_id = sources.id AND versions.version = sources.version
        WHERE sources.id = ?""",
        (source_id,),
    ).fetchone()
    if row is None:
        raise Unreadable(f"{ref} lacks the text of its newest version")
    old_sha256, version, *old_facts, old_zones = row
    draft, sha256 = arrival
    facts = [getattr(draft, fact) or old for fact, old in zip(_FACTS, old_facts, strict=True)]
    zones = _zones(draft)
    same_text, same_zones = sha256 == old_sha256, zones_to_json(zones) == old_zones
    if same_text and same_zones and facts == old_facts:
        delivery.unchanged.append(ref)
        _follow_file(delivery, draft, source_id)
        return
    if not same_text:
        version += 1
        _insert_version(delivery, source_id, version, arrival, zones)
        delivery.new_texts[ref] = draft.text
        delivery.sums[sha256] = ref
        delivery.former[ref] = old_sha256
    elif not same_zones:
        connection.execute(
            "UPDATE versions SET zones = ? WHERE source_id = ? AND version = ?",
            (zones_to_json(zones), source_id, version),
        )
    connection.execute(
        """UPDATE sources SET title = ?, publisher = ?, author = ?, date = ?, url = ?, language = ?,
            path = ?, key = ?, format = ?, page_number = COALESCE(?, page_number),
            version = ?, words = ?, sha256 = ? WHERE id = ?""",
        (
            *facts,
            delivery.path,
            draft.key,
            delivery.parcel.format,
            draft.number if delivery.paged else None,
            version,
            count_words(draft.text, zones),
            sha256,
            source_id,
        ),
    )
    _rename_story(delivery, old_facts[0], facts[0])
    delivery.changed.append(ref)


def _rename_story(delivery: _Delivery, former: str | None, title: str | None) -> None:
    """Let a story that is known by the title of one source follow it to its new title."""
    if former is None or title is None or former == title or delivery.title != former or delivery.paged:
        return
    delivery.title = title
    delivery.connection.execute("UPDATE stories SET title = ? WHERE id = ?", (title, delivery.story_id))


def _follow_file(delivery: _Delivery, draft: Draft, source_id: int) -> None:
    """Remember where a text was read last, so that it is still known once it changes."""
    # An article that repeats a page's source must not take it away from the page; nor must standard input
    # take a text away from its file.
    delivery.connection.execute(
        """UPDATE sources SET path = ?1, key = ?2
        WHERE id = ?3 AND (path IS NOT ?1 OR key <> ?2)
            AND (page_number IS NULL OR ?4) AND (path IS ?1 OR ?1 IS NOT NULL)""",
        (delivery.path, draft.key, source_id, delivery.paged),
    )


def _moves(delivery: _Delivery) -> dict[Ref, Ref]:
    """Map sources to where their former text stands now: a page saved again may number its texts anew."""
    return {
        ref: delivery.sums[sum_before]
        for ref, sum_before in delivery.former.items()
        if sum_before in delivery.sums
    }


def _keep_page(delivery: _Delivery) -> None:
    parcel = delivery.parcel
    if parcel.page_text is None:
        return
    if fault := partition_fault(parcel.page_zones, len(parcel.page_text)):
        raise ValueError(f"page of {delivery.slug}: {fault}")
    delivery.connection.execute(
        """INSERT OR REPLACE INTO pages (story_id, path, sha256, format, cut, zones, text)
        VALUES (?, ?, ?, ?, 0, ?, ?)""",
        (
            delivery.story_id,
            delivery.path,
            sha256_of(parcel.page_text),
            parcel.format,
            page_zones_to_json(parcel.page_zones),
            parcel.page_text,
        ),
    )


def _keep_rest(delivery: _Delivery) -> None:
    """Keep what belongs to no source: a page's replaces the page's, a file's replaces that file's."""
    parcel = delivery.parcel
    related = [(line.text, line.sources, line.category, line.age) for line in parcel.related]
    muted = [(line.text, line.kind) for line in parcel.muted]
    for statements, rows in ((_RELATED, related), (_MUTED, muted)):
        if not delivery.paged and not rows:
            continue
        place = (delivery.story_id, "" if delivery.paged else delivery.path)
        delivery.connection.execute(statements.clear, place)
        (first,) = delivery.connection.execute(statements.next_position, (delivery.story_id,)).fetchone()
        delivery.connection.executemany(
            statements.insert, [(*place, first + step, *row) for step, row in enumerate(rows)]
        )


def _zones(draft: Draft) -> tuple[Zone, ...]:
    zones = draft.zones or ((Zone(ZoneKind.BODY, 0, len(draft.text)),) if draft.text else ())
    if fault := partition_fault(zones, len(draft.text)):
        raise ValueError(f"draft {draft.key!r}: {fault}")
    return tuple(zones)
