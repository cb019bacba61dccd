"""All notes of the library, and those on what is read: grouped, filtered while one types, and the bin."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from sources.errors import QueryError
from sources.model import BIN_DAYS, NoteState, TargetKind
from sources.text.folding import fold
from tui.app.key_order import commands_of, key_of
from tui.app.state import place_in
from tui.app.views.pane import ListPane, bindings_for
from tui.app.views.prompt_line import PromptLine
from tui.app.widgets.cells import shown
from tui.app.widgets.virtual_list import Row, VirtualList
from tui.app.workers import clock_of
from tui.services.actions import ACTIONS, with_keys
from tui.services.notes import former_version, matching, where_it_stands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sources.model import Note, NoteDraft, Ref, Target
    from tui.app.views.pane import Hints
    from tui.app.workers import Appointment
    from tui.services.actions import Action


_PATIENCE = 0.9  # seconds without a key after which the user is told that a filter makes no sense


class NotesShown(NamedTuple):
    """The notes of a library, the words that were not saved yet, and what lies in the bin."""

    notes: tuple[Note, ...] = ()
    drafts: tuple[NoteDraft, ...] = ()
    removed: tuple[Note, ...] = ()

    def tags(self) -> tuple[str, ...]:
        """Return all tags, the most usual first."""
        counts = Counter(tag for note in self.notes for tag in note.tags)
        return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag)))


class NotesView(ListPane):
    """The list of notes, a line to filter it, and the highlighted note in full."""

    pane_title: ClassVar[str] = "Notes"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for("notes")
    list_id = "notes-list"
    hints = (
        ("enter", "go there"), ("f", "filter"), ("E", "edit"), ("x", "remove"), ("u", "undo"), ("S", "group"),
        ("t", "link"), ("B", "bin"),
    )  # fmt: skip
    bin_hints = (("R", "restore"), ("B", "back to the notes"), ("u", "undo"))

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._shown = NotesShown()
        self._by_id: dict[int, Note] = {}
        self._bin = False
        self._grouping = GROUPINGS[0]
        self._complaint: Appointment | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, filter, list and the note in full."""
        yield self.heading
        yield PromptLine("f", "filter: words, #tag, story:slug, is:orphan", id="notes-filter")
        yield VirtualList(id=self.list_id)
        with VerticalScroll(id="note-full", can_focus=False):
            yield Static("", id="note-text", markup=False)

    @property
    def focus_target(self) -> VirtualList:
        """Return the list: the filter is reached by its own key."""
        return self.listing

    @property
    def current_hints(self) -> Hints:
        """Return the keys that are of use just now."""
        return self.bin_hints if self._bin else self.hints

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return all notes."""
        return self._shown.notes

    @property
    def note(self) -> Note | None:
        """Return the highlighted note."""
        return self._by_id.get(note_id_of(self.listing.highlighted_key) or 0)

    @property
    def draft(self) -> NoteDraft | None:
        """Return the highlighted draft."""
        kind, _, key = (self.listing.highlighted_key or "").partition(":")
        if kind != "draft":
            return None
        return next((draft for draft in self._shown.drafts if draft.key == key), None)

    @property
    def binned_id(self) -> int | None:
        """Return the note that is highlighted in the bin."""
        kind, _, number = (self.listing.highlighted_key or "").partition(":")
        return int(number) if kind == "bin" else None

    filter_line = query_one(PromptLine)  # the line that filters

    def show(self, shown: NotesShown) -> None:
        """Show notes, drafts and the bin as they are now."""
        newest = tuple(sorted(shown.notes, key=lambda note: (note.modified, note.id), reverse=True))
        self._shown = shown._replace(notes=newest)
        self._by_id = {note.id: note for note in newest}
        self.redraw()

    @property
    def in_bin(self) -> bool:
        """Tell whether the bin is shown in place of the notes."""
        return self._bin

    def toggle_bin(self) -> None:
        """Show the bin in place of the notes, or the notes again."""
        self._bin = not self._bin
        self.redraw()

    def group_by_next(self) -> None:
        """Group the notes by the next of what they can be grouped by."""
        self._bin = False
        self._grouping = GROUPINGS[(GROUPINGS.index(self._grouping) + 1) % len(GROUPINGS)]
        self.redraw()

    def redraw(self) -> None:
        """Show the notes that answer the filter."""
        expression = self.filter_line.value
        every = self._shown.removed if self._bin else self._shown.notes
        try:
            chosen = matching(every, expression)
        except QueryError as error:
            self._complain_later(error)
            return
        self._complain_later(None)
        if self._bin:
            self.listing.placeholder = "The bin is empty."
            self.listing.set_rows(bin_rows(chosen))
            self.heading.title = "Bin"
        else:
            self.listing.placeholder = (
                "No note matches this filter."
                if every
                else f"No notes yet. Open a source and press {key_of(self, 'note')}."
            )
            drafts = () if expression.strip() else self._shown.drafts
            self.listing.set_rows(grouped_rows(chosen, drafts, self._grouping, commands_of(self)))
            self.heading.title = "Notes"
        total = len(every)
        count = f"{len(chosen)} of {total}" if expression.strip() else str(total)
        order = "" if self._bin or self._grouping == GROUPINGS[0] else f"by {self._grouping}  "
        self.heading.info = order + count
        self._show_full()

    def _complain_later(self, error: QueryError | None) -> None:
        """Say what is wrong with a filter when the keys pause: half of one is no mistake."""
        if self._complaint is not None:
            self._complaint.stop()
            self._complaint = None
        if error is None:
            self.filter_line.complain("")
            return
        words, place, hint = error.message, error.position, error.hint
        self._complaint = clock_of(self).after(
            self, _PATIENCE, lambda: self.filter_line.complain(words, place, hint)
        )

    def _show_full(self) -> None:
        note, text = self.note, self.query_one("#note-text", Static)
        if self.binned_id is not None:
            note = next((one for one in self._shown.removed if one.id == self.binned_id), None)
        text.update(note_in_full(note) if note else Content(""))

    @on(PromptLine.Changed)
    def _filter_changed(self, message: PromptLine.Changed) -> None:
        message.stop()
        self.redraw()

    @on(PromptLine.Submitted)
    def _filter_left(self, message: PromptLine.Submitted) -> None:
        message.stop()
        self.screen.set_focus(self.listing)

    @on(VirtualList.Highlighted)
    def _highlighted(self, message: VirtualList.Highlighted) -> None:
        message.stop()
        self._show_full()


# The notes on what is read, under the evidence.


class NotesHere(ListPane):
    """The notes of the open source in the order of their places."""

    pane_title: ClassVar[str] = "Notes here"
    hints = (("enter", "go there"), ("E", "edit"), ("x", "remove"), ("u", "undo"))

    list_id = "notes-here-list"
    placeholder = "None yet; {note} writes one."

    def show(self, notes: Sequence[Note], ref: Ref) -> None:
        """Show the notes of a source."""
        self.listing.placeholder = with_keys(self.placeholder, commands_of(self))
        self.listing.set_rows(note_here_rows(notes, ref))
        self.heading.info = str(len(notes) or "")

    @property
    def note_id(self) -> int | None:
        """Return the highlighted note."""
        return note_id_of(self.listing.highlighted_key)


def note_id_of(key: str | None) -> int | None:
    """Return the note that a row stands for."""
    return int(key.split(":", 2)[1]) if key and key.startswith("note:") else None


# How notes, drafts and the bin look as rows of a list, and a note in full.


GROUPINGS = ("newest", "source", "tag", "label", "colour")
_LOST = "Lost their passage: {carry-note} links one to another"
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
        places = [str(target.place) for target in note.targets if target.ref == ref and target.place]
        where = f"{places[0]} " if places else ""
        cells = Content.assemble((f" {sign} ", "$accent"), (where, "dim"), first, (tags, "dim"))
        rows.append(Row(f"note:{note.id}", cells, hint=note_signs(note)))
    return rows


def grouped_rows(
    notes: Sequence[Note], drafts: Sequence[NoteDraft], grouping: str, commands: Iterable[Action] = ACTIONS
) -> list[Row]:
    """Return the rows of all notes: drafts, pinned and lost ones first, the others by ``grouping``."""
    pinned = [note for note in notes if note.pinned]
    lost = [note for note in notes if note.is_orphan and not note.pinned]
    apart = {note.id for note in (*pinned, *lost)}
    rest = [note for note in notes if note.id not in apart]
    rows = _section("Not saved yet", [_draft_row(draft) for draft in drafts])
    rows += _section("Pinned", [_note_row(note) for note in pinned])
    rows += _section(with_keys(_LOST, commands), [_note_row(note) for note in lost])
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
        rows += _section(name or f"no {grouping}", [_note_row(note, f":{name}") for note in groups[name]])
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
    places = " ⇄ ".join(dict.fromkeys(map(_short_place, note.targets)))
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


def _short_place(target: Target) -> str:
    return f"{target.ref} {target.place or ''}".rstrip()


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
        parts += [(where_it_stands(target), "bold"), (_state(target), "italic"), "\n"]
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
        return f"  its passage is gone from the text{former_version(target)}"
    if target.state is NoteState.MOVED:
        return f"  the passage has moved ({target.confidence:.0%} sure{former_version(target)})"
    whole = {TargetKind.SOURCE: "  the whole text", TargetKind.STORY: "  the whole story"}
    return whole.get(target.kind, "")
