"""The passages that notes speak of, when the texts under them change, go or come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sources.library.encoding import number_of
from sources.model import Anchor, FoundAnchor, NoteState

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from sources.model import Ref

Reanchor: TypeAlias = Callable[[Anchor, str], FoundAnchor]


class _Stored(NamedTuple):
    id: int
    anchor: Anchor
    state: NoteState
    confidence: float


def settle(
    connection: sqlite3.Connection,
    texts: Mapping[Ref, str],
    moves: Mapping[Ref, Ref],
    reanchor: Reanchor,
) -> None:
    """Find the passages of all notes on the sources in ``texts`` again in these new texts.

    ``moves`` says where the former text of a source stands now, word for word; notes go with it. A passage
    that is not found keeps its anchor and is looked for again at the next change.
    """
    # All are read before any is written, because texts may have changed places.
    waiting = [(moves.get(ref, ref), ref, stored) for ref in texts for stored in _targets(connection, ref)]
    for home, ref, stored in waiting:
        _write(connection, stored, reanchor(stored.anchor, texts[home]), texts[home])
        if home != ref:
            connection.execute(
                """UPDATE targets SET story = ?, number = ?,
                    state = CASE state WHEN 'anchored' THEN 'moved' ELSE state END WHERE id = ?""",
                (home.story, number_of(home), stored.id),
            )


def orphan(connection: sqlite3.Connection, ref: Ref) -> set[int]:
    """Mark all passages in ``ref`` as gone; return the ids of the notes, not in the bin, that lost one."""
    place = (ref.story, number_of(ref))
    rows = connection.execute(
        """SELECT DISTINCT notes.id FROM notes JOIN targets ON targets.note_id = notes.id
        WHERE targets.story = ? AND targets.number = ?
            AND targets.state <> 'orphan' AND notes.removed IS NULL""",
        place,
    ).fetchall()
    connection.execute(
        "UPDATE targets SET state = 'orphan', confidence = 0 WHERE story = ? AND number = ?", place
    )
    return {note_id for (note_id,) in rows}


def _targets(connection: sqlite3.Connection, ref: Ref) -> list[_Stored]:
    rows = connection.execute(
        """SELECT id, start, "end", quote, prefix, suffix, state, confidence FROM targets
        WHERE story = ? AND number = ? ORDER BY id""",
        (ref.story, number_of(ref)),
    )
    return [_Stored(row[0], Anchor(*row[1:6]), NoteState(row[6]), row[7]) for row in rows]


def _write(connection: sqlite3.Connection, stored: _Stored, found: FoundAnchor, text: str) -> None:
    if found.span is None:
        connection.execute(
            "UPDATE targets SET state = 'orphan', confidence = ? WHERE id = ?", (0.0, stored.id)
        )
        return
    anchor = Anchor.at(text, found.span)
    confidence = found.confidence
    state = found.state
    if stored.state is NoteState.MOVED and stored.confidence < 1:
        # The anchor was renewed from a find that was not certain: that it is easily found now proves nothing.
        state, confidence = NoteState.MOVED, min(confidence, stored.confidence)
    connection.execute(
        """UPDATE targets SET start = ?, "end" = ?, quote = ?, prefix = ?, suffix = ?,
            state = ?, confidence = ? WHERE id = ?""",
        (
            anchor.start,
            anchor.end,
            anchor.quote,
            anchor.prefix,
            anchor.suffix,
            state.value,
            confidence,
            stored.id,
        ),
    )
