"""How notes are shown: as JSON, or for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import NoteState, TargetKind
from sources.notes.export.as_json import note_object
from tui.cli.widths import cell_width

if TYPE_CHECKING:
    from sources.model import Note, Target
    from tui.cli.console import Console

_INDENT = "  "
_LONGEST = 200  # code points of a quote that are shown


def answer(console: Console, notes: tuple[Note, ...]) -> None:
    """Write notes as the answer of a command."""
    if console.as_json:
        console.document({"notes": [note_object(note) for note in notes]})
        return
    for place, note in enumerate(notes):
        if place:
            console.line()
        _show(console, note)


def _show(console: Console, note: Note) -> None:
    words = "".join(f" #{tag}" for tag in note.tags) + "".join(f" [{label}]" for label in note.labels)
    marks = [
        "pinned" if note.pinned else "",
        note.colour or "",
        f"by {note.coder}" if note.coder else "",
        "has an unsaved draft" if note.draft else "",
        f"in the bin since {note.removed}" if note.removed else "",
    ]
    about = ", ".join(mark for mark in marks if mark)
    console.write_styled(
        console.styled(f"note {note.id}", "bold"),
        console.plain(words) and f" {console.plain(words)}",
        about and f" ({console.plain(about)})",
    )
    for place, target in enumerate(note.targets):
        relation = f"{note.relation}: " if note.relation and place else ""
        console.folded(relation + _place(target), lead=_INDENT)
    for line in note.text.split("\n") if note.text else []:
        if console.width is None or len(_INDENT) + cell_width(line) <= console.width:
            console.line(_INDENT + line)  # as it was typed
        else:
            console.folded(line, lead=_INDENT, under=_INDENT)


def _place(target: Target) -> str:
    state = "" if target.state is NoteState.ANCHORED else f" ({target.state})"
    if target.kind is not TargetKind.PASSAGE:
        what = "the whole story" if target.kind is TargetKind.STORY else "the whole source"
        return f"{target.ref}{state}: {what}"
    if (
        target.state is NoteState.MOVED
        and target.made is not None
        and target.made.quote != target.anchor.quote
    ):
        state = f" (moved, {target.confidence:.0%} sure, was “{_shortened(target.made.quote)}”)"
    return f"{target.ref}{state}: “{_shortened(target.anchor.quote)}”"


def _shortened(quote: str) -> str:
    return quote if len(quote) <= _LONGEST else quote[: _LONGEST - 1] + "…"
