"""Notes: chosen by one filter, put on places, linked, drafted, and changed back."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sources.errors import RequestError, UnknownReference
from sources.model import Anchor, NoteState, Ref, TargetKind
from sources.notes.anchoring import find_anchor, make_anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sources.library import Library
    from sources.model import Note, Source, Span, Target
    from tui.services.access import Audience


Place: TypeAlias = tuple[Ref, Anchor]  # what a note is put on
EDITORS = ("vi", "nano")  # which the user has who set none


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """Which notes are asked for: those that fit all that is given, all ``tags`` and any of ``labels``."""

    story: str | None = None
    ref: Ref | None = None
    tags: Sequence[str] = ()
    labels: Sequence[str] = ()
    colour: str | None = None
    coder: str | None = None
    state: str | None = None  # of one of its passages
    pinned: bool = False
    query: str = ""

    def fits(self, note: Note) -> bool:
        """Tell whether a note fits what is given besides story, ref and query."""
        return (
            set(self.tags) <= set(note.tags)
            and (not self.labels or not set(self.labels).isdisjoint(note.labels))
            and (not self.colour or self.colour == note.colour)
            and (not self.coder or self.coder == note.coder)
            and (not self.state or self.state in {target.state for target in note.targets})
            and (not self.pinned or note.pinned)
        )


def chosen_notes(library: Library, asked: NoteFilter) -> tuple[Note, ...]:
    """Return the notes that are asked for, in the order they were made.

    Notes stay when their story goes, and are found by its name. Raises UnknownReference for a story that is
    not there and of which no note is left, and QueryError.
    """
    notes = library.notes(story=asked.story, ref=asked.ref)
    if asked.story is not None and not notes:
        library.entries(asked.story)
    return matching(filter(asked.fits, notes), asked.query)


def matching(notes: Iterable[Note], query: str) -> tuple[Note, ...]:
    """Return the notes that ``query`` asks for, all without one; raises QueryError.

    It is the query language of the search, with ``#tag`` and ``is:`` for how a note is.
    """
    if not query.strip():
        return tuple(notes)
    from index.notes import matching_notes

    return matching_notes(notes, query)


def passage_place(source: Source, span: Span) -> Place:
    """Return the place of a note on a passage."""
    return source.ref, make_anchor(source.text, span)


def whole_place(library: Library, named: Ref | str) -> Place:
    """Return the place of a note on a whole source or story; raises UnknownReference for a source."""
    if isinstance(named, str):
        return Ref.of_story(named), Anchor.whole()
    return library.source(named).ref, Anchor.whole()


def former_version(target: Target) -> str:
    """Return which version of a source had a passage that its newest text has otherwise or not at all."""
    lost = target.state is NoteState.ORPHAN and target.version
    number = target.version if lost else target.made_version if target.made is not None else 0
    return f", in version {number}" if number else ""


def where_it_stands(target: Target) -> str:
    """Return ref and place of what a note speaks of, and the version of its text where there are several."""
    place = "" if target.place is None else f", {target.place}"
    version = ""
    if target.kind is TargetKind.PASSAGE and target.state is not NoteState.ORPHAN and target.newest > 1:
        version = f", version {target.version} of {target.newest}"
    return f"{target.ref}{place}{version}"


def lost_passage(note: Note) -> int | None:
    """Return the position of the first passage that a note lost, from 0."""
    lost = (place for place, target in enumerate(note.targets) if target.state is NoteState.ORPHAN)
    return next(lost, None)


def passage_to_attach(note: Note, number: int | None) -> int:
    """Return which passage is to be attached: the numbered one, the only lost one, or the only one.

    ``number`` is from 1, the answer from 0. Raises RequestError where it is not clear.
    """
    if number is not None:
        return number - 1
    lost = [place for place, target in enumerate(note.targets) if target.state is NoteState.ORPHAN]
    if len(lost) == 1:
        return lost[0]
    if len(note.targets) == 1:
        return 0
    raise RequestError(f"note {note.id} has {len(note.targets)} passages: say which with --passage N")


def link(library: Library, note_id: int, place: Place, *, relation: str | None = None) -> Note:
    """Let a note speak of one more place, and say how the first relates to the others if that is given."""
    places = [(target.ref, target.anchor) for target in library.note(note_id).targets]
    note = library.set_note_places(note_id, [*places, place], what="linked")
    return note if relation is None else library.edit_note(note_id, relation=relation)


def find_lost(library: Library, audience: Audience) -> tuple[int, int]:
    """Look for lost passages in the texts as they are; return how many were found, in how many sources."""
    found = looked = 0
    for ref, count in library.find_orphans_again(find_anchor):
        found, looked = found + count, looked + 1
        audience.progress(f"{ref}: {found} passages found again")
    audience.end_progress()
    return found, looked


def editor_command() -> str | None:
    """Return the editor that the user set, else one that is there and has a terminal; None without any."""
    import shutil

    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    return named or (next(filter(shutil.which, EDITORS), None) if _has_terminal() else None)


def _has_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


@contextmanager
def edited_outside(words: str, tell: Callable[[str], None]) -> Iterator[str]:
    """Have words edited in ``$VISUAL`` or ``$EDITOR``, and give what they became.

    The file stays, and ``tell`` says where, when what is done with them fails. Raises RequestError without an
    editor, or when it fails.
    """
    import shlex
    import subprocess
    import tempfile
    from pathlib import Path

    editor = editor_command()
    if editor is None:
        raise RequestError(f"there is no editor: set $VISUAL or $EDITOR, or install {' or '.join(EDITORS)}")
    descriptor, name = tempfile.mkstemp(prefix="crossread-note-", suffix=".md")
    path = Path(name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(words + "\n")
    try:
        status = subprocess.run([*shlex.split(editor), name], check=False).returncode  # noqa: S603 - the user's own
    except (OSError, ValueError) as error:
        path.unlink()
        raise RequestError(f"the editor {editor!r} cannot be started: {error}") from error
    if status:
        raise RequestError(f"the editor ended with {status}; the note is as it was, your words are in {name}")
    try:
        yield path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
    except BaseException:
        tell(f"Your words are in {name}")
        raise
    path.unlink()


def save_draft_as_note(library: Library, key: str) -> Note:
    """Make a draft a note, or the words of the note it is of; raises UnknownReference."""
    draft = library.draft(key)
    if draft is None:
        raise UnknownReference(f"There is no draft {key!r} in the library.")
    if draft.note_id is None:
        return library.create_note(draft.fields, draft.places, draft=key)
    base = draft.base or library.note(draft.note_id).fields
    return library.save_note(draft.note_id, base, draft.fields, draft=key).note
