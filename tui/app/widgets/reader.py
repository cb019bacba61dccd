"""The reader: a text to move in, select in, search in, and jump in from mark to mark."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sources.model import Span
from sources.text.folding import find_spans
from tui.app.widgets.cells import WidgetMessage
from tui.app.widgets.reader_marks import Mark, MarkKind
from tui.app.widgets.text_cursor import Motion, is_whole, previous_paragraph, sentence_at, word_at
from tui.app.widgets.text_view import ReaderDocument, TextView

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual import events


def _motion(keys: str, motion: Motion) -> Binding:
    return Binding(
        keys, f"move('{motion}')", motion.capitalize(), show=False, id=f"reader.{motion.replace(' ', '-')}"
    )


def _extension(keys: str, motion: Motion) -> Binding:
    name = f"reader.select-{motion.replace(' ', '-')}"
    return Binding(keys, f"extend('{motion}')", f"Select {motion}", show=False, id=name)


READER_KEYS: list[BindingType] = [
    _motion("j,down", Motion.DOWN),
    _motion("k,up", Motion.UP),
    _motion("h,left", Motion.LEFT),
    _motion("l,right", Motion.RIGHT),
    _motion("ctrl+d", Motion.HALF_PAGE_DOWN),
    _motion("ctrl+u", Motion.HALF_PAGE_UP),
    _motion("pagedown,ctrl+f,space", Motion.PAGE_DOWN),
    _motion("pageup,ctrl+b", Motion.PAGE_UP),
    Binding("g>g,ctrl+home", "move('top')", "First line", show=False, id="reader.top"),
    Binding("G,ctrl+end", "move('bottom')", "Last line", show=False, id="reader.bottom"),
    *(
        Binding(f"z>{key}", f"scroll_here('{where}')", f"To the {where}", show=False, id=f"reader.to-{where}")
        for key, where in (("z", "middle"), ("t", "top"), ("b", "bottom"))
    ),
    _motion("0,home", Motion.LINE_START),
    _motion("^", Motion.LINE_TEXT),
    _motion("$,end", Motion.LINE_END),
    _motion("w", Motion.NEXT_WORD),
    _motion("b", Motion.PREVIOUS_WORD),
    _motion(")", Motion.NEXT_SENTENCE),
    _motion("(", Motion.PREVIOUS_SENTENCE),
    _extension("shift+down", Motion.DOWN),
    _extension("shift+up", Motion.UP),
    _extension("shift+left", Motion.LEFT),
    _extension("shift+right", Motion.RIGHT),
    _extension("ctrl+shift+right", Motion.NEXT_WORD),
    _extension("ctrl+shift+left", Motion.PREVIOUS_WORD),
    Binding("e", "word_end", "End of word, when selecting", show=False, id="reader.word-end"),
    Binding("}", "mark_or_paragraph(1)", "Next mark", show=False, id="reader.next-mark"),
    Binding("{", "mark_or_paragraph(-1)", "Previous mark", show=False, id="reader.previous-mark"),
    Binding("n", "next_hit(1)", "Next hit", show=False, id="reader.next-hit"),
    Binding("N", "next_hit(-1)", "Previous hit", show=False, id="reader.previous-hit"),
    Binding("v", "select", "Select", show=False, id="reader.select"),
    Binding("V", "select_sentence", "Select sentence", show=False, id="reader.select-sentence"),
    Binding("escape", "clear_selection", "Drop selection", show=False, id="reader.clear-selection"),
    Binding("enter", "activate_mark", "Open mark", show=False, id="reader.activate"),
]


_JUMPS = frozenset({Motion.TOP, Motion.BOTTOM})

__all__ = ["Mark", "MarkKind", "Reader", "ReaderDocument"]


class Reader(TextView, can_focus=True):
    """One text with marks, a cursor and a selection; offsets are those of the document's text."""

    ALLOW_SELECT = False  # the reader selects by itself, in offsets of the text

    BINDINGS: ClassVar[list[BindingType]] = READER_KEYS

    class CursorMoved(WidgetMessage):
        """The cursor stands at another offset."""

        latest = True

        def __init__(self, reader: Reader, offset: int) -> None:
            super().__init__(reader)
            self.offset = offset

    class SelectionChanged(WidgetMessage):
        """Another span is selected; None when nothing is."""

        latest = True

        def __init__(self, reader: Reader, span: Span | None) -> None:
            super().__init__(reader)
            self.span = span

    class MarkActivated(WidgetMessage):
        """A mark was opened with Enter or a click."""

        def __init__(self, reader: Reader, mark: Mark) -> None:
            super().__init__(reader)
            self.mark = mark

    class HitsExhausted(WidgetMessage):
        """The next hit was asked for, and there is none in this text in that direction (1 or -1)."""

        def __init__(self, reader: Reader, direction: int) -> None:
            super().__init__(reader)
            self.direction = direction

    class Jumped(WidgetMessage):
        """The cursor went from ``offset`` to one end of the text, or as far."""

        def __init__(self, reader: Reader, offset: int) -> None:
            super().__init__(reader)
            self.offset = offset

    chosen_kinds: frozenset[MarkKind] = frozenset({MarkKind.ENTITY})
    _found: tuple[Span, ...] = ()
    _current_place = -1
    _dragging = False

    def show(self, document: ReaderDocument) -> None:
        """Show another document from its beginning, without marks; hidden kinds stay hidden."""
        had_selection = self.selection is not None
        super().show(document)
        self._found = ()
        self._current_place = -1
        if had_selection:
            self.post_message(self.SelectionChanged(self, None))

    # Cursor and selection

    @property
    def cursor(self) -> int:
        """The offset of the character under the cursor."""
        return self._cursor.offset

    @property
    def selection(self) -> Span | None:
        """The selected span, None when nothing is selected."""
        return self._cursor.selection

    @property
    def selected_text(self) -> str:
        """The selected text as the document has it."""
        return self.selection.of(self.document.text) if self.selection else ""

    def go_to(self, offset: int) -> None:
        """Put the cursor at ``offset`` and scroll so that it is seen with lines of context."""
        before = self._state()
        self._cursor.place(offset)
        self._settle(before)

    def land(self, offset: int) -> None:
        """Go to ``offset``, from elsewhere: its sentence stands out until the cursor leaves it."""
        self.go_to(offset)
        self._landed_at = offset
        self._show_landed()

    def know_sentences(self, sentences: tuple[Span, ...]) -> None:
        """Take the sentences of what is shown, which may come after it."""
        self._document = replace(self._document, sentences=sentences)
        self._cursor.sentences = sentences
        if self._landed_at == self.cursor:
            self._show_landed()

    def _show_landed(self) -> None:
        sentence = sentence_at(self.document.sentences, self._landed_at)
        self._landed = sentence if sentence and sentence.start <= self._landed_at < sentence.end else None
        self.refresh()

    @property
    def spot(self) -> str:
        """Where the cursor is, as text to come back to."""
        return str(self.cursor)

    def stand_at(self, spot: str) -> None:
        """Come back to where the cursor was."""
        self.go_to(int(spot or 0))

    def select(self, span: Span) -> None:
        """Select a span and show it."""
        before = self._state()
        self._cursor.select(span)
        self._settle(before)

    def start_selection(self) -> None:
        """Select from the cursor on."""
        before = self._state()
        self._cursor.anchor = self._cursor.offset
        self._settle(before)

    def clear_selection(self) -> None:
        """Select nothing."""
        before = self._state()
        self._cursor.anchor = None
        self._settle(before)

    def _state(self) -> tuple[int, Span | None]:
        return self._cursor.offset, self._cursor.selection

    def _settle(self, before: tuple[int, Span | None]) -> None:
        """Show what changed since ``before``, and tell others."""
        offset, selection = self._state()
        if self._landed is not None and not self._landed.start <= offset < self._landed.end:
            self._landed = None
        self._reveal(offset)
        self.refresh()
        if offset != before[0]:
            self.post_message(self.CursorMoved(self, offset))
        if selection != before[1]:
            self.post_message(self.SelectionChanged(self, selection))

    # Marks

    @property
    def hidden_kinds(self) -> frozenset[MarkKind]:
        """The kinds of mark that are not shown."""
        return self._marks.hidden

    def marks(self, kind: MarkKind) -> tuple[Mark, ...]:
        """Return the marks of one kind in order of place."""
        return self._marks.of_kind(kind)

    def set_marks(self, kind: MarkKind, marks: Sequence[Mark]) -> None:
        """Replace the marks of one kind."""
        self._marks.put(kind, marks)
        self._redraw()

    def toggle_kind(self, kind: MarkKind) -> None:
        """Hide the marks of one kind, or show them again."""
        self._marks.toggle(kind)
        self._redraw()

    def marks_at(self, offset: int) -> list[Mark]:
        """Return the marks on show at ``offset`` that are more than looks, the narrowest first."""
        return self._marks.at(offset)

    def mark_beside(self, kinds: Collection[MarkKind], direction: int) -> Mark | None:
        """Return the next (1) or previous (-1) mark of these kinds, going round at the ends."""
        return self._marks.beside(self.cursor, kinds, direction)

    def jump_to_mark(self, kinds: Collection[MarkKind], direction: int) -> Mark | None:
        """Go to the next (1) or previous (-1) mark of these kinds, going round at the ends."""
        mark = self.mark_beside(kinds, direction)
        if mark is not None:
            self.go_to(mark.start)
        return mark

    # Finding

    def find(self, needle: str, *, whole: bool = False) -> int:
        """Mark where ``needle`` stands, go to the first place from the cursor on, return the count.

        An empty ``needle`` ends finding; a ``whole`` word is not found inside of others.
        """
        found = find_spans(self.document.text, needle)
        self._found = tuple(one for one in found if not whole or is_whole(self.document.text, one))
        self.set_marks(MarkKind.FIND, [Mark(*span, MarkKind.FIND) for span in self._found])
        self._set_current(bisect_left(self._found, (self.cursor,)))
        return len(self._found)

    def find_next(self, direction: int) -> int:
        """Go to the next (1) or previous (-1) place found, going round; return its number from 1, or 0."""
        if not self._found:
            return 0
        if self._current_place >= 0:
            self._set_current(self._current_place + direction)
        else:
            ahead = bisect_left(self._found, (self.cursor + (direction > 0),))
            self._set_current(ahead if direction > 0 else ahead - 1)
        return self.find_position

    @property
    def find_count(self) -> int:
        """How many places were found last."""
        return len(self._found)

    @property
    def find_position(self) -> int:
        """The number, from 1, of the found place that the cursor was taken to last; 0 for none."""
        return self._current_place + 1

    def _set_current(self, place: int) -> None:
        """Make one of the found places the current one, going round at the ends, and go there."""
        self._current_place = place % len(self._found) if self._found else -1
        if self._found:
            self.go_to(self._found[self._current_place].start)
        self._redraw()

    # What keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys to the screen when they mean nothing here just now."""
        if action in {"word_end", "clear_selection"}:
            return self.selection is not None
        if action == "activate_mark":
            return bool(self.marks_at(self.cursor))
        if action == "next_hit":
            return bool(self._found or self.marks(MarkKind.HIT))
        return super().check_action(action, parameters)

    def on_focus(self) -> None:
        """Draw the cursor, or draw without it."""
        self.refresh()

    on_blur = on_focus

    def go_to_line(self, number: int) -> None:
        """Go to the line of this number, as the text is laid out."""
        self.post_message(self.Jumped(self, self.cursor))
        self.go_to(self.text_layout.lines[self.text_layout.text_line(number - 1, 1)].start)

    def action_move(self, motion: str) -> None:
        """Move the cursor."""
        before = self._state()
        if motion in _JUMPS:
            self.post_message(self.Jumped(self, self.cursor))
        self._cursor.move(Motion(motion), self.text_layout, self._page_height)
        self._settle(before)

    def action_extend(self, motion: str) -> None:
        """Move the cursor, selecting on the way."""
        if self.selection is None:
            self.start_selection()
        self.action_move(motion)

    def action_word_end(self) -> None:
        """Go to the end of the word."""
        self.action_move(Motion.WORD_END)

    def action_mark_or_paragraph(self, direction: int) -> None:
        """Go to the next mark of the chosen kinds, or by paragraphs while selecting."""
        if self.selection is not None:
            self.action_move(Motion.NEXT_PARAGRAPH if direction > 0 else Motion.PREVIOUS_PARAGRAPH)
        else:
            self.jump_to_mark(self.chosen_kinds - self.hidden_kinds, direction)

    def action_next_hit(self, direction: int) -> None:
        """Go to the next place found, or else the next hit of the search."""
        if self._found:
            self.find_next(direction)
            return
        start = self.cursor
        mark = self.jump_to_mark({MarkKind.HIT}, direction)
        if mark is not None and (mark.start - start) * direction <= 0:
            self.post_message(self.HitsExhausted(self, direction))

    def action_select(self) -> None:
        """Start selecting, or stop."""
        if self.selection is None:
            self.start_selection()
        else:
            self.clear_selection()

    def action_select_sentence(self) -> None:
        """Select the sentence under the cursor, or the paragraph where sentences are not known."""
        text = self.document.text
        span = sentence_at(self.document.sentences, self.cursor)
        if span is None or not span.start <= self.cursor < span.end:
            start = previous_paragraph(text, min(self.cursor + 1, len(text)))
            end = text.find("\n", start)
            span = Span(start, len(text) if end < 0 else end)
        self.select(span)

    def action_clear_selection(self) -> None:
        """Select nothing."""
        self.clear_selection()

    def action_activate_mark(self) -> None:
        """Open the narrowest mark under the cursor."""
        marks = self.marks_at(self.cursor)
        if marks:
            self.post_message(self.MarkActivated(self, marks[0]))

    # What the mouse does

    def _offset_under(self, event: events.MouseEvent) -> int:
        row = self.scroll_offset.y + event.y - int(self.gutter.top) - len(self._header)
        column = event.x - int(self.gutter.left) - self._frame.left
        layout = self.text_layout
        return layout.offset_at(layout.text_line(row, -1), column)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor under the mouse, ready to select."""
        if event.button != 1:
            return
        before = self._state()
        if not event.shift:
            self._cursor.anchor = None
        elif self._cursor.anchor is None:
            self._cursor.anchor = self._cursor.offset
        self._cursor.place(self._offset_under(event))
        self._dragging = True
        self.capture_mouse()
        self._settle(before)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select while the button is held."""
        if not self._dragging:
            return
        before = self._state()
        offset = self._offset_under(event)
        if self._cursor.anchor is None and offset != self._cursor.offset:
            self._cursor.anchor = self._cursor.offset
        self._cursor.place(offset)
        self._settle(before)

    def on_mouse_up(self) -> None:
        """Stop selecting."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Open a mark; twice selects the word, three times the sentence."""
        if event.chain == 2:
            self.select(Span(*word_at(self.document.text, self.cursor)))
        elif event.chain >= 3:
            self.action_select_sentence()
        elif self.selection is None:
            self.action_activate_mark()
