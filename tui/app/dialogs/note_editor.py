"""The editor for a note, over the frame; what is typed in it is lost only when the user discards it.

It is no form: it has room for paragraphs, in which Enter begins a line, and keeps what is typed meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Static, TextArea

from sources.errors import RequestError
from sources.model import COLOURS, NoteFields
from tui.app.dialogs.dialog import Dialog, ListDialog, confirmation
from tui.app.key_order import KeyOrderApp, key_of
from tui.app.state import tags_of
from tui.app.views.notes import in_quotation_marks
from tui.app.widgets.cells import shown
from tui.app.workers import clock_of
from tui.services.notes import edited_outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.app.registers import Registers

QUOTE_SHOWN = 400  # code points of the quote; more would push the editor off a small screen
KEEP_EVERY = 0.5  # seconds between two looks whether there are new words to keep
RELATIONS = ("contradicts", "supports", "repeats", "explains", "corrects")


class Left(Enum):
    """What became of the words when the editor was left."""

    SAVED = "saved"
    DRAFT = "draft"
    DISCARDED = "discarded"
    NOTHING = "nothing"  # there were none


@dataclass(frozen=True, slots=True)
class NoteSheet:
    """What the editor shows at first: where the note stands, and what it says so far.

    ``base`` is what is saved of it already, None for a new note. ``linked`` tells that it stands on
    several passages, which may have something to do with each other; ``known`` are the words that complete
    what is typed as tags; ``trouble`` is what went wrong before.
    """

    heading: str
    quote: str
    fields: NoteFields
    base: NoteFields | None = None
    linked: bool = False
    known: tuple[str, ...] = ()
    trouble: str = ""


def discarding(*, is_edit: bool) -> ListDialog:
    """Return the question before a draft is discarded: of changes to a note, or of a new one."""
    left = "The note stays as it was saved last." if is_edit else "There is no note yet that holds them."
    return confirmation("Discard what you wrote", f"{left} This cannot be undone.", "Discard it")


class LastWord(Suggester):
    """Completes the last word of a line from words that are known."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._words = tuple(words)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last word completed; None when no known word begins so."""
        last = value.replace(",", " ").rpartition(" ")[2]
        begun = last.lstrip("#")
        if not begun:
            return None
        found = next((word for word in self._words if word.startswith(begun) and word != begun), None)
        return None if found is None else value + found[len(begun) :]


class NoteEditor(Dialog[tuple[Left, NoteFields]]):
    """Takes words, tags, relation, colour and pin of a note; hands back what is to become of them, and them.

    ``keep`` is called with what is typed within a second; ``save`` saves it, and calls one of the two
    functions it is given. Until that has happened the words stay on the screen.
    """

    CSS_PATH = "note_editor.tcss"
    places = ("editor",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "save", "Save"),
        Binding("ctrl+g", "outside_editor", "Write in $EDITOR"),
        Binding("ctrl+l", "colour", "Next colour"),
        Binding("ctrl+t", "pin", "Pin or unpin"),
        Binding("escape", "keep_draft", "Close, keep a draft"),
        Binding("alt+x", "discard", "Discard, close"),
        Binding("ctrl+r", "put_copied", "Put what was copied"),
    ]

    def __init__(
        self,
        sheet: NoteSheet,
        keep: Callable[[NoteFields, Callable[[Exception], None]], None],
        save: Callable[[NoteFields, Callable[[], None], Callable[[Exception], None]], None],
        registers: Registers,
    ) -> None:
        super().__init__()
        self._registers = registers
        self._sheet = sheet
        self._keep = keep
        self._save = save
        self._colour = sheet.fields.colour
        self._pinned = sheet.fields.pinned
        self._kept = sheet.fields

    def compose(self) -> ComposeResult:
        """Lay out heading, quote, words, tags, relation and keys."""
        quote = " ".join(shown(self._sheet.quote).split())
        if len(quote) > QUOTE_SHOWN:
            quote = f"{quote[: QUOTE_SHOWN // 2]} … {quote[-QUOTE_SHOWN // 2 :]}"
        fields = self._sheet.fields
        with Vertical(id="note-box"):
            yield Static(Content.styled(self._sheet.heading, "bold"), id="note-heading", markup=False)
            yield Static(Content(in_quotation_marks(quote)), id="note-quote", markup=False)
            yield TextArea(
                fields.text, id="note-words", compact=True, tab_behavior="focus", placeholder="Note text"
            )
            with Horizontal(id="note-tag-row", classes="note-row"):
                yield Static(" tags ", markup=False)
                yield Input(
                    " ".join(f"#{tag}" for tag in fields.tags),
                    id="note-tags",
                    compact=True,
                    placeholder="#claim #price",
                    select_on_focus=False,
                    suggester=LastWord(self._sheet.known),
                )
            with Horizontal(id="note-relation-row", classes="note-row"):
                yield Static(" the first ", markup=False)
                yield Input(
                    fields.relation or "",
                    id="note-relation",
                    compact=True,
                    placeholder="contradicts, supports, … the others",
                    select_on_focus=False,
                    suggester=LastWord(RELATIONS),
                )
            yield Static("", id="note-look", markup=False)
            yield Static("", id="note-trouble", markup=False)
            yield Static(
                "ctrl+s save   tab next   ctrl+l colour   ctrl+t pin   ctrl+g $EDITOR\n"
                'esc keep as draft   alt+x discard   ctrl+r " put what was copied',
                id="note-keys",
                markup=False,
            )

    def on_mount(self) -> None:
        """Begin at the end of the words."""
        self.query_one("#note-quote").display = bool(self._sheet.quote)
        self.query_one("#note-relation-row").display = self._sheet.linked
        words = self.query_one(TextArea)
        words.move_cursor(words.document.end)
        self.set_focus(words)
        self._show_look()
        if self._sheet.trouble:
            self.call_after_refresh(self._complain, self._sheet.trouble)
        clock_of(self).every(self, KEEP_EVERY, self.keep_new_words)

    @property
    def fields(self) -> NoteFields:
        """Return what is typed."""
        relation = " ".join(self.query_one("#note-relation", Input).value.split())
        return replace(
            self._sheet.fields,
            text=self.query_one(TextArea).text,
            tags=tags_of(self.query_one("#note-tags", Input).value),
            colour=self._colour,
            pinned=self._pinned,
            relation=relation or None,
        )

    @on(Input.Submitted)
    def _line_left(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Save what is typed; the screen goes when it is saved."""
        fields = self.fields
        if not fields.says_something:
            self._complain("There is nothing to save yet: write a few words or a tag.")
            return
        self._kept = fields
        self._save(fields, self._saved, self._not_saved)

    def _saved(self) -> None:
        self._close(Left.SAVED)

    def action_put_copied(self) -> None:
        """Put what is in a register where the cursor is, by the next key."""
        if isinstance(self.app, KeyOrderApp):
            self.app.ask("ctrl+r", self._put)

    def _put(self, name: str) -> bool:
        words, line = self._registers.text(name), self.focused
        if words is None:
            self._complain(
                f"Nothing was copied there: {key_of(self, 'copy')} copies a passage, "
                f"{key_of(self, 'register')}a before it into register a."
            )
        elif isinstance(line, TextArea):
            line.insert(words)
        elif isinstance(line, Input):
            line.insert_text_at_cursor(words.replace("\n", " "))
        return True

    def action_keep_draft(self) -> None:
        """Close; what is typed is a draft."""
        if not self._is_unsaved:
            self._close(Left.NOTHING)
            return
        self._close(Left.DRAFT)

    def action_discard(self) -> None:
        """Close, and let what is typed go after a question; where nothing is typed, there is none."""
        if not self._is_unsaved:
            self._close(Left.NOTHING)
            return

        def answered(yes: str | None) -> None:
            if yes:
                self._close(Left.DISCARDED)

        self.app.push_screen(discarding(is_edit=self._sheet.base is not None), answered)

    @property
    def _is_unsaved(self) -> bool:
        """Tell whether there are words that are in no saved note."""
        fields, base = self.fields, self._sheet.base
        return fields.says_something if base is None else fields != base

    def _close(self, left: Left) -> None:
        self._kept = self.fields  # the clock may tick once more before the screen is gone
        self.dismiss((left, self._kept))

    def action_colour(self) -> None:
        """Take the next colour, and after the last one none."""
        colours = (None, *COLOURS)
        self._colour = colours[(colours.index(self._colour) + 1) % len(colours)]
        self._show_look()

    def action_pin(self) -> None:
        """Pin the note to the top of the list, or not."""
        self._pinned = not self._pinned
        self._show_look()

    def action_outside_editor(self) -> None:
        """Write the words in $VISUAL or $EDITOR, with the app out of the way."""
        area = self.query_one(TextArea)
        try:
            with self.app.suspend(), edited_outside(area.text, self._complain) as words:
                pass
            area.load_text(words)
        except SuspendNotSupported:
            self._complain("This terminal cannot hand over to another program.")
        except (RequestError, OSError) as error:
            self._complain(str(error))

    def keep_new_words(self) -> None:
        """Keep what was typed since it was kept last."""
        fields = self.fields
        if fields != self._kept:
            self._kept = fields
            self._keep(fields, self._not_kept)

    def _not_kept(self, error: Exception) -> None:
        self._complain(f"What you type is not kept just now: {error}")

    def _not_saved(self, error: Exception) -> None:
        self._complain(f"Not saved: {error}")

    def _show_look(self) -> None:
        colour = self._colour or "no colour"
        self.query_one("#note-look", Static).update(
            Content.assemble((f" ■ {colour}", "dim"), ("   pinned" if self._pinned else "", "bold"))
        )

    def _complain(self, sentence: str) -> None:
        if not (self.is_mounted and self.is_open):
            return
        line = self.query_one("#note-trouble", Static)
        line.update(Content(shown(sentence)))
        line.display = True
