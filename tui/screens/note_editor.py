"""The editor for a note, over the frame; nothing that was typed in it is ever lost."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from tui.widgets.cells import shown

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

QUOTE_SHOWN = 400  # code points of the quote; more would push the editor off a small screen


@dataclass(frozen=True, slots=True)
class NoteWords:
    """What the editor hands back; ``saved`` is False for a draft that was closed."""

    text: str
    tags: str
    saved: bool


class NoteEditor(ModalScreen[NoteWords]):
    """Shows the quote, takes the words and the tags."""

    CSS_PATH = "note_editor.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "save", "Save"),
        Binding("ctrl+o", "outside_editor", "Write in $EDITOR"),
        Binding("escape", "keep_draft", "Close, keep a draft"),
    ]

    def __init__(self, heading: str, quote: str, text: str = "", tags: str = "") -> None:
        super().__init__()
        self._heading = heading
        self._quote = quote
        self._begun = text
        self._tags = tags

    def compose(self) -> ComposeResult:
        """Lay out heading, quote, words, tags and keys."""
        quote = " ".join(shown(self._quote).split())
        if len(quote) > QUOTE_SHOWN:
            quote = f"{quote[: QUOTE_SHOWN // 2]} … {quote[-QUOTE_SHOWN // 2 :]}"
        with Vertical(id="note-box"):
            yield Static(Content.styled(self._heading, "bold"), id="note-heading", markup=False)
            yield Static(Content(f"“{quote}”"), id="note-quote", markup=False)
            yield TextArea(
                self._begun, id="note-words", compact=True, tab_behavior="focus", placeholder="Your words"
            )
            with Horizontal(id="note-tag-row"):
                yield Static(" tags ", markup=False)
                yield Input(
                    self._tags,
                    id="note-tags",
                    compact=True,
                    placeholder="#claim #price",
                    select_on_focus=False,
                )
            yield Static("", id="note-trouble", markup=False)
            yield Static(
                "ctrl+s save   tab tags   ctrl+o $EDITOR   esc close, keep as draft",
                id="note-keys",
                markup=False,
            )

    def on_mount(self) -> None:
        """Begin at the end of the words."""
        words = self.query_one(TextArea)
        words.move_cursor(words.document.end)
        self.set_focus(words)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line of tags saves."""
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Hand the words back to be saved."""
        words = self._words(saved=True)
        if words.text.strip() or words.tags.strip():
            self.dismiss(words)
        else:
            self._complain("There is nothing to save yet: write a few words or a tag.")

    def action_keep_draft(self) -> None:
        """Hand the words back as a draft."""
        self.dismiss(self._words(saved=False))

    def action_outside_editor(self) -> None:
        """Write the words in $VISUAL or $EDITOR, with the app out of the way."""
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not command:
            self._complain("Neither $VISUAL nor $EDITOR is set.")
            return
        words = self.query_one(TextArea)
        handle, name = tempfile.mkstemp(suffix=".md", prefix="crossread-note-")
        path = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(words.text)
            with self.app.suspend():
                subprocess.run([*shlex.split(command), name], check=True)  # noqa: S603 - the user's own editor
            words.load_text(path.read_text(encoding="utf-8").rstrip("\n"))
        except SuspendNotSupported:
            self._complain("This terminal cannot hand over to another program.")
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            self._complain(f"{command} did not work: {error}")
        finally:
            path.unlink(missing_ok=True)

    def _words(self, *, saved: bool) -> NoteWords:
        return NoteWords(self.query_one(TextArea).text, self.query_one(Input).value, saved)

    def _complain(self, sentence: str) -> None:
        line = self.query_one("#note-trouble", Static)
        line.update(Content(sentence))
        line.display = True
