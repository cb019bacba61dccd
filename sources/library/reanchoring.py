"""What notes speak of and where labels are, when the texts under them change, go or come back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sources.errors import UnknownReference
from sources.library.encoding import anchor_row, number_of, read_anchor, ref_of
from sources.model import WHOLE_STORY, Anchor, FoundAnchor, NoteState, Target

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from sources.model import Ref


# The tables of places in texts; the columns that say where are the same in both.
_NOTED, _LABELLED = "targets", "label_spans"
Reanchor: TypeAlias = Callable[[Anchor, str, str | None], FoundAnchor]


class Owner(NamedTuple):
    """The note or labelled span that has places: their table, and the column of its id there."""

    table: str
    column: str
    id: int

    @classmethod
    def note(cls, note_id: int) -> Owner:
        """Return a note as an owner."""
        return cls(_NOTED, "note_id", note_id)

    @classmethod
    def label_span(cls, span_id: int) -> Owner:
        """Return a labelled span as an owner."""
        return cls(_LABELLED, "id", span_id)

    @property
    def condition(self) -> str:
        """The SQL that is true of its places."""
        return f"{self.column} = {int(self.id)}"


class _Stored(NamedTuple):
    id: int
    anchor: Anchor
    state: NoteState
    confidence: float
    version: int
    made: Anchor | None
    made_version: int
    table: str


class _Found(NamedTuple):
    anchor: Anchor
    state: NoteState
    confidence: float
    made: Anchor | None


class _Former(NamedTuple):
    """The earlier texts of a source, each read once."""

    connection: sqlite3.Connection
    ref: Ref
    known: dict[tuple[Ref, int], str | None]

    def text(self, version: int) -> str | None:
        """Return the text of that version; None when it is not there any more."""
        if (self.ref, version) not in self.known:
            row = self.connection.execute(
                """SELECT versions.text FROM versions
                JOIN sources ON sources.id = versions.source_id JOIN stories ON stories.id = sources.story_id
                WHERE stories.slug = ? AND sources.number = ? AND versions.version = ?""",
                (self.ref.story, number_of(self.ref), version),
            ).fetchone()
            self.known[self.ref, version] = None if row is None else str(row[0])
        return self.known[self.ref, version]


def reanchor(
    connection: sqlite3.Connection,
    texts: Mapping[Ref, str],
    moves: Mapping[Ref, Ref],
    reanchor: Reanchor,
) -> None:
    """Find the targets of all notes, and all labelled spans, in the sources of ``texts`` again in these.

    ``moves`` says where the former text of a source stands now, word for word; they go with it. A passage
    that is not found keeps its anchor and is looked for again at the next change.
    """
    # All are read before any is written, because texts may have changed places.
    waiting = [(moves.get(ref, ref), ref, stored) for ref in texts for stored in _targets(connection, ref)]
    versions = {home: _version(connection, home) for home, _, _ in waiting}
    known: dict[tuple[Ref, int], str | None] = {}
    for home, ref, stored in waiting:
        former = _Former(connection, ref, known)
        found = _find(stored, texts[home], former, reanchor)
        _write(connection, stored, found, versions[home])
        if home != ref:
            connection.execute(
                f"""UPDATE {stored.table} SET story = ?, number = ?,
                    state = CASE state WHEN 'anchored' THEN 'moved' ELSE state END WHERE id = ?""",  # noqa: S608 - constant
                (home.story, number_of(home), stored.id),
            )


def orphan(connection: sqlite3.Connection, ref: Ref) -> set[int]:
    """Mark all places in ``ref`` as gone; return the ids of the notes, not in the bin, that lost one."""
    place = (ref.story, number_of(ref))
    rows = connection.execute(
        """SELECT DISTINCT notes.id FROM notes JOIN targets ON targets.note_id = notes.id
        WHERE targets.story = ? AND targets.number = ?
            AND targets.state <> 'orphan' AND notes.removed IS NULL""",
        place,
    ).fetchall()
    for table in (_NOTED, _LABELLED):
        connection.execute(
            f"UPDATE {table} SET state = 'orphan', confidence = 0 WHERE story = ? AND number = ?",  # noqa: S608 - constant
            place,
        )
    return {note_id for (note_id,) in rows}


def welcome_story(connection: sqlite3.Connection, slug: str) -> None:
    """Let the notes on a story as a whole have it again, now that it is there."""
    connection.execute(
        "UPDATE targets SET state = 'anchored', confidence = 1 WHERE story = ? AND number = ?",
        (slug, WHOLE_STORY),
    )


def free_number(connection: sqlite3.Connection, story_id: int, slug: str) -> int:
    """Return the first number of a story above those of its sources, in the bin too, of notes and of labels.

    A source that these cannot mean is not given their number.
    """
    (highest,) = connection.execute(
        """SELECT MAX(COALESCE((SELECT MAX(number) FROM sources WHERE story_id = ?1), 0),
            COALESCE((SELECT MAX(number) FROM targets WHERE story = ?2), 0),
            COALESCE((SELECT MAX(number) FROM label_spans WHERE story = ?2), 0),
            COALESCE((SELECT MAX(number) FROM binned WHERE story = ?2), 0))""",
        (story_id, slug),
    ).fetchone()
    return int(highest) + 1


def waiting_refs(connection: sqlite3.Connection) -> list[Ref]:
    """List the sources that are there and in which a note or label has lost its passage."""
    rows = connection.execute(
        """SELECT lost.story, lost.number FROM (
            SELECT story, number FROM targets WHERE state = 'orphan'
            UNION SELECT story, number FROM label_spans WHERE state = 'orphan'
        ) AS lost
        JOIN stories ON stories.slug = lost.story
        JOIN sources ON sources.story_id = stories.id AND sources.number = lost.number ORDER BY 1, 2"""
    )
    return [ref_of(story, number) for story, number in rows]


def refs_of(connection: sqlite3.Connection, owner: Owner) -> list[Ref]:
    """List the sources in which a note or labelled span has a place."""
    rows = connection.execute(
        f"SELECT DISTINCT story, number FROM {owner.table} WHERE {owner.condition} AND number <> ?",  # noqa: S608 - constants and a number
        (WHOLE_STORY,),
    )
    return [ref_of(story, number) for story, number in rows.fetchall()]


def reanchor_lost(
    connection: sqlite3.Connection, ref: Ref, text: str, reanchor: Reanchor, owner: Owner | None = None
) -> int:
    """Look for the passages in ``ref`` that are lost or of an earlier text; return how many lost were found.

    Those of all notes and labels, or of one.
    """
    version = _version(connection, ref)
    former = _Former(connection, ref, {})
    found_again = 0
    for stored in _targets(connection, ref, owner):
        was_lost = stored.state is NoteState.ORPHAN
        if was_lost or stored.version != version:
            found = _find(stored, text, former, reanchor)
            _write(connection, stored, found, version)
            found_again += was_lost and found is not None
    return found_again


def _targets(connection: sqlite3.Connection, ref: Ref, owner: Owner | None = None) -> list[_Stored]:
    """Return the places in ``ref`` that notes and labels stand on, or those of one of them."""
    if owner is not None:
        return _stored(connection, owner.table, ref, f" AND {owner.condition}")
    return _stored(connection, _NOTED, ref) + _stored(connection, _LABELLED, ref)


def _stored(connection: sqlite3.Connection, table: str, ref: Ref, condition: str = "") -> list[_Stored]:
    rows = connection.execute(
        f"""SELECT id, start, "end", quote, prefix, suffix, state, confidence, version, made, made_version
        FROM {table} WHERE story = ? AND number = ?{condition} ORDER BY id""",  # noqa: S608 - constants
        (ref.story, number_of(ref)),
    )
    return [
        _Stored(
            row[0], Anchor(*row[1:6]), NoteState(row[6]), row[7], row[8], read_anchor(row[9]), row[10], table
        )
        for row in rows
    ]


def _version(connection: sqlite3.Connection, ref: Ref) -> int:
    row = connection.execute(
        """SELECT sources.version FROM sources JOIN stories ON stories.id = sources.story_id
        WHERE stories.slug = ? AND sources.number = ?""",
        (ref.story, number_of(ref)),
    ).fetchone()
    return 0 if row is None else int(row[0])


def _find(stored: _Stored, text: str, former: _Former, reanchor: Reanchor) -> _Found | None:
    """Return where a target is in ``text``; None where it cannot be told."""
    if stored.anchor == Anchor.whole():
        return _Found(stored.anchor, NoteState.ANCHORED, 1.0, None)
    made = stored.made or stored.anchor
    # What the user chose comes first: a text may go back to what it said.
    origin = reanchor(made, text, former.text(stored.made_version if stored.made else stored.version))
    if origin.span is not None and (stored.made is None or origin.span.of(text) == made.quote):
        same = origin.state is NoteState.ANCHORED
        return _Found(Anchor.at(text, origin.span), origin.state, origin.confidence, None if same else made)
    latest = origin
    if stored.made is not None:
        latest = reanchor(stored.anchor, text, former.text(stored.version))
    if latest.span is None:
        latest = origin
    if latest.span is None:
        return None
    confidence = latest.confidence
    if latest is not origin and stored.state is NoteState.MOVED:
        # The anchor was renewed from a find that was not certain: that it is easily found now proves nothing.
        confidence = min(confidence, stored.confidence)
    return _Found(Anchor.at(text, latest.span), NoteState.MOVED, confidence, made)


def _write(connection: sqlite3.Connection, stored: _Stored, found: _Found | None, version: int) -> None:
    if found is None:
        connection.execute(
            f"UPDATE {stored.table} SET state = 'orphan', confidence = 0 WHERE id = ?",  # noqa: S608 - constant
            (stored.id,),
        )
        return
    made = None if found.made is None else json.dumps(anchor_row(found.made), ensure_ascii=False)
    connection.execute(
        f"""UPDATE {stored.table} SET start = ?, "end" = ?, quote = ?, prefix = ?, suffix = ?,
            state = ?, confidence = ?, version = ?, made = ?, made_version = ? WHERE id = ?""",  # noqa: S608 - constant
        (
            *anchor_row(found.anchor),
            found.state.value,
            found.confidence,
            version,
            made,
            0 if made is None else stored.made_version or stored.version,
            stored.id,
        ),
    )


def placed(connection: sqlite3.Connection, ref: Ref, anchor: Anchor) -> Target:
    """Return the target of a place that the user chose; raises UnknownReference."""
    found = _standing(connection, ref, anchor)
    if found is None:
        raise UnknownReference(f"There is no {'story' if ref.is_story else 'source'} {ref} in the library.")
    version, stands = found
    if stands:
        return Target(ref, anchor, version=version)
    return Target(ref, anchor, NoteState.ORPHAN, 0.0)


def still_there(connection: sqlite3.Connection, target: Target) -> Target:
    """Return a target of an earlier moment as it is now: an orphan where its words no longer stand there."""
    found = _standing(connection, target.ref, target.anchor)
    if found is not None and found[1]:
        if target.state is not NoteState.ORPHAN:
            return target
        return Target(target.ref, target.anchor, version=found[0])
    return Target(
        target.ref, target.anchor, NoteState.ORPHAN, 0.0, target.version, target.made, target.made_version
    )


def _standing(connection: sqlite3.Connection, ref: Ref, anchor: Anchor) -> tuple[int, bool] | None:
    """Return the version of the text, and whether the anchor's words stand where it says; None without."""
    if ref.is_story:
        row = connection.execute("SELECT 1 FROM stories WHERE slug = ?", (ref.story,)).fetchone()
        return None if row is None else (0, True)
    row = connection.execute(
        """SELECT sources.version, substr(versions.text, ? + 1, ?) FROM sources
        JOIN stories ON stories.id = sources.story_id
        JOIN versions ON versions.source_id = sources.id AND versions.version = sources.version
        WHERE stories.slug = ? AND sources.number = ?""",
        (anchor.start, anchor.end - anchor.start, ref.story, number_of(ref)),
    ).fetchone()
    if row is None:
        return None
    whole = anchor == Anchor.whole()
    return row[0], whole or (0 <= anchor.start < anchor.end and row[1] == anchor.quote)
