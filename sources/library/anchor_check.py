"""Whether the words that somebody chose stand where they were chosen, in the text as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import UnknownReference
from sources.library.encoding import number_of
from sources.model import Anchor, NoteState, Target

if TYPE_CHECKING:
    import sqlite3

    from sources.model import Ref


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
