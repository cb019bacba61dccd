"""Which notes a filter asks for: the query language of the search, ``#tag``, and ``is:`` for their state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.errors import QueryError
from sources.model import NoteState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sources.model import Note

_STATES: dict[str, Callable[[Note], bool]] = {
    "orphan": lambda note: note.is_orphan,
    "moved": lambda note: any(target.state is NoteState.MOVED for target in note.targets),
    "pinned": lambda note: note.pinned,
    "draft": lambda note: note.draft is not None,
    "link": lambda note: len(note.targets) > 1,
}


def filtered(notes: Iterable[Note], expression: str) -> tuple[Note, ...]:
    """Return the notes that an expression asks for, in their order; raises QueryError.

    ``#word`` is a tag, ``is:orphan`` and the like ask how a note stands; the rest is a query.
    """
    chosen = tuple(notes)
    words = []
    for word in expression.split():
        kind, colon, name = word.partition(":")
        if kind == "is" and colon:
            if name not in _STATES:
                raise QueryError(
                    f"there is no note that is {name or 'nothing'}",
                    query=expression,
                    position=expression.index(word),
                    hint=f"use is: with one of {', '.join(_STATES)}",
                )
            chosen = tuple(note for note in chosen if _STATES[name](note))
        elif word.startswith("#") and len(word) > 1:
            words.append(f"tag:{word[1:]}*")
        else:
            words.append(word)
    if not words:
        return chosen
    # The query language is the index's matter, and only a query needs it.
    from index.note_search import matching_notes

    return matching_notes(chosen, " ".join(words))
