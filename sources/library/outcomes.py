"""What the library gives back when something was put in, taken out or asked since a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.frozen import frozen

if TYPE_CHECKING:
    from sources.model import Note, Ref


@frozen
class IngestResult:
    """What one parcel became: the story it went to, and what was new, different or the same."""

    slug: str
    title: str | None
    added: tuple[Ref, ...]
    changed: tuple[Ref, ...]
    unchanged: tuple[Ref, ...]


@frozen
class Removal:
    """What was removed, and how many notes lost a passage by it."""

    refs: tuple[Ref, ...]
    orphaned_notes: int


@frozen
class Changes:
    """What happened to sources up to change ``number``; each ref is in one of the two at most."""

    number: int
    changed: tuple[Ref, ...]
    removed: tuple[Ref, ...]


@frozen
class SavedNote:
    """A note as it was saved: whether others' words were merged in, and how many places clash in its text.

    Where two sides changed the same lines, both are in the text, marked in plain words.
    """

    note: Note
    merged: bool
    clashes: int
