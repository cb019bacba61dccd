"""How notes, drafts and the bin look as rows of a list, and a note in full."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.content import Content

from sources.model import NoteState, TargetKind
from sources.text.folding import fold
from tui.app.state import place_in
from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import Row
from tui.services.notes import BIN_DAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sources.model import Note, NoteDraft, Ref, Target

GROUPINGS = ("newest", "source", "tag", "label", "colour")
_QUOTED = 80  # code points of a quote in a row


def in_quotation_marks(text: str) -> str:
    """Return ``text`` as quoted, without a second mark before one that it begins with."""
    return text if text.startswith(("“", "„", "«", '"')) or not text else f"“{text}”"


def note_signs(note: Note) -> str:
    """Return what is to be said of a note's place in a few signs."""
    states = {target.state for target in note.targets}
    if NoteState.ORPHAN in states:
        return "orphan"
    return "moved" if NoteState.MOVED in states else ""


def note_here_rows(notes: Sequence[Note], ref: Ref) -> list[Row]:
    """Return the rows of the notes on one source, numbered as in the text."""
    rows = []
    for number, note in enumerate(notes, 1):
        kinds = {target.kind for target in note.targets if target.ref == ref}
        whole = TargetKind.SOURCE in kinds
        sign = str(number) if place_in(note, ref) else "§" if whole else "?"
        first = (note.text.strip().splitlines() or [""])[0]
        tags = "".join(f" #{tag}" for tag in note.tags)
        cells = Content.assemble((f" {sign} ", "$accent"), first, (tags, "dim"))
        rows.append(Row(f"note:{note.id}", cells, hint=note_signs(note)))
    return rows


def grouped_rows(notes: Sequence[Note], drafts: Sequence[NoteDraft], grouping: str) -> list[Row]:
    """Return the rows of all notes: drafts, pinned and lost ones first, the others by ``grouping``."""
    pinned = [note for note in notes if note.pinned]
    lost = [note for note in notes if note.is_orphan and not note.pinned]
    apart = {note.id for note in (*pinned, *lost)}
    rest = [note for note in notes if note.id not in apart]
    rows = _section("Not saved yet", [_draft_row(draft) for draft in drafts])
    rows += _section("Pinned", [_note_row(note) for note in pinned])
    rows += _section("Lost their passage: t takes one along to another", [_note_row(note) for note in lost])
    if grouping == GROUPINGS[0]:
        listed = [_note_row(note) for note in rest]
        return rows + (_section("Others", listed) if rows else listed)
    names = _NAMES[grouping]
    groups: dict[str, list[Note]] = {}
    for note in rest:
        for name in names(note) or ("",):
            groups.setdefault(name, []).append(note)
    for name in sorted(groups, key=lambda one: (not one, fold(one))):
        # A note with two tags stands under both; a row is told from others by its group, too.
        rows += _section(
            name or f"no {grouping}",
            [_note_row(note, f":{name}") for note in groups[name]],
        )
    return rows


def _sources(note: Note) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(target.ref) for target in note.targets))


_NAMES: dict[str, Callable[[Note], tuple[str, ...]]] = {
    "source": _sources,
    "tag": lambda note: note.tags,
    "label": lambda note: note.labels,
    "colour": lambda note: (note.colour,) if note.colour else (),
}


def _section(title: str, rows: Iterable[Row]) -> list[Row]:
    listed = list(rows)
    if not listed:
        return []
    return [Row(f"section:{title}", Content.styled(f" {shown(title)}", "bold dim"), disabled=True), *listed]


def _note_row(note: Note, group: str = "") -> Row:
    places = " ⇄ ".join(_sources(note))
    quote = " ".join(note.targets[0].anchor.quote.split())[:_QUOTED] if note.targets else ""
    words = " ".join(note.text.split())
    tags = " ".join(f"#{tag}" for tag in note.tags)
    relation = f" {note.relation}" if note.relation else ""
    colour = f"■ {note.colour} " if note.colour else ""
    parts: list[tuple[str, str]] = [
        (f" {places}{relation}  ", "dim"),
        (words or "(no words)", "bold"),
        (f"  {in_quotation_marks(quote)}" if quote else "", "italic dim"),
    ]
    hint = f"{'unsaved words ' if note.draft else ''}{colour}{tags} {note_signs(note)}".strip()
    return Row(f"note:{note.id}{group}", Content.assemble(*parts), hint=hint)


def _draft_row(draft: NoteDraft) -> Row:
    words = " ".join(draft.fields.text.split())
    where = f"note {draft.note_id}" if draft.note_id else " + ".join(str(ref) for ref, _ in draft.places)
    cells = Content.assemble((f" {where}  ", "dim"), (words or "(no words)", "bold"))
    return Row(f"draft:{draft.key}", cells, hint="draft")


def bin_rows(notes: Sequence[Note]) -> list[Row]:
    """Return the rows of the bin, what was removed last first."""
    rows = []
    for note in sorted(notes, key=lambda one: (one.removed or "", one.id), reverse=True):
        words = " ".join(note.text.split())
        places = ", ".join(_sources(note))
        cells = Content.assemble((f" {places}  ", "dim"), (words or "(no words)", "bold"))
        rows.append(Row(f"bin:{note.id}", cells, hint=_left(note)))
    return rows


def _left(note: Note) -> str:
    if note.removed is None:
        return ""
    gone = datetime.fromisoformat(note.removed)
    days = BIN_DAYS - (datetime.now(UTC) - gone).days
    return "1 day left" if days == 1 else f"{max(0, days)} days left"


def note_in_full(note: Note) -> Content:
    """Return a note with all that is known of it."""
    parts: list[Content | str | tuple[str, str]] = []
    for place, target in enumerate(note.targets):
        if place == 1 and note.relation:
            parts += [(f"{shown(note.relation)}\n", "italic")]
        parts += [(str(target.ref), "bold"), (_state(target), "italic"), "\n"]
        if target.anchor.quote:
            parts += [(in_quotation_marks(" ".join(shown(target.anchor.quote).split())), "italic dim"), "\n"]
        if target.state is NoteState.MOVED and target.made and target.made.quote != target.anchor.quote:
            parts += [(f"was “{' '.join(shown(target.made.quote).split())}”", "italic dim"), "\n"]
    parts += ["\n", "\n".join(shown(line) for line in note.text.splitlines()), "\n"]
    if note.tags or note.labels:
        parts += ["\n", (" ".join([*(f"#{tag}" for tag in note.tags), *note.labels]), "bold")]
    if note.colour or note.pinned:
        parts.append((f"\n{note.colour or ''}{' pinned' if note.pinned else ''}", "dim"))
    parts.append((f"\nwritten {note.created[:16].replace('T', ' ')}", "dim"))
    if note.coder:
        parts.append((f" by {shown(note.coder)}", "dim"))
    if note.modified != note.created:
        parts.append((f", changed {note.modified[:16].replace('T', ' ')}", "dim"))
    return Content.assemble(*parts)


def _state(target: Target) -> str:
    if target.state is NoteState.ORPHAN:
        return "  its passage is gone from the text"
    if target.state is NoteState.MOVED:
        return f"  the passage has moved ({target.confidence:.0%} sure)"
    whole = {TargetKind.SOURCE: "  the whole text", TargetKind.STORY: "  the whole story"}
    return whole.get(target.kind, "")
