"""What a file of notes holds, before it is matched with the sources of a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.frozen import frozen

if TYPE_CHECKING:
    from sources.model import NoteFields


@frozen
class ImportedTarget:
    """What a note from elsewhere speaks of: a passage, or all of a text where ``quote`` is empty.

    What is not known is None. ``ref`` is what the text was called in the library that it comes from;
    ``start`` is a code point offset into that text, and ``sha256`` the sum of all of it.
    """

    url: str | None = None
    ref: str | None = None
    title: str | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    sha256: str | None = None


@frozen
class ImportedNote:
    """A note from elsewhere; ``uid`` is the same whenever it comes, ``place`` is where in the file it is."""

    uid: str
    fields: NoteFields
    targets: tuple[ImportedTarget, ...]
    place: str
    created: str | None = None
    modified: str | None = None


@frozen
class ImportedSpan:
    """A labelled span from elsewhere; ``uid`` is that of `LabelledSpan.uid` where the file has it."""

    label: str
    target: ImportedTarget
    place: str
    coder: str | None = None
    uid: str = ""


@frozen
class Refused:
    """A part of a file that cannot be read or taken, and why, as the rest of a sentence."""

    place: str
    reason: str


@frozen
class ReadNotes:
    """What was read from a file."""

    format: str
    notes: tuple[ImportedNote, ...] = ()
    spans: tuple[ImportedSpan, ...] = ()
    refused: tuple[Refused, ...] = ()
