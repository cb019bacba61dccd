"""Finding words in the text that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.controllers.base import PAUSE, Controller
from tui.app.messages import Jumping
from tui.app.state import Sought
from tui.app.widgets.text_cursor import plain_word_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.messages import FindNext
    from tui.app.workers import Appointment

LONG = 200_000  # code points from which finding waits for the keys to pause


class FindController(Controller):
    """Keeps what is found in the open text in step with the line for it."""

    _timer: Appointment | None = None
    _way = 1  # where n leads: back, where the word under the cursor was looked for further up

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "find": self.begin,
            "find-word": lambda: self.word(1),
            "find-word-back": lambda: self.word(-1),
        }

    def begin(self) -> None:
        """Put the cursor into the line for finding; among the notes, into their filter."""
        if self.panes.view == "notes":
            self.panes.set_focus(self.panes.notes_view.filter_line.input)
            return
        if self.state.source is None:
            self.say(f"Open a source first; {self.key('search')} searches the whole library.")
            return
        if self.panes.view != "read":
            self.layout.show_view("read")
        self.emit(Jumping())
        self.panes.find_line.display = True
        self.panes.set_focus(self.panes.find_line.input)
        if self.panes.find_line.value:
            self.found(self.panes.find_line.value)

    def word(self, direction: int) -> None:
        """Find the word under the cursor in this text, and go to the next or previous place that has it."""
        reader = self.panes.reader
        word = plain_word_at(reader.document.text, reader.cursor)
        needle = word.of(reader.document.text)
        if self.state.source is None or not needle:
            self.say("There is no word under the cursor.")
            return
        self.emit(Jumping())
        self.panes.find_line.display = True
        self.panes.find_line.set_quietly(needle)
        reader.go_to(word.start)
        self.state.sought = Sought.FIND
        reader.find(needle, whole=True)
        reader.find_next(direction)
        self._way = direction
        self.show_state()

    def typed(self) -> None:
        """Find what is in the line; in a long text, when the keys pause."""
        source = self.state.source
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if source is not None and len(source.text) > LONG:
            self._timer = self.clock.after(self.panes, PAUSE, self.now)
        else:
            self.now()

    def now(self) -> None:
        """Find what is in the line at once."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.found(self.panes.find_line.value)

    def left(self) -> None:
        """Go from the line to the text, at the first place that was found."""
        if self._timer is not None:
            self.now()
        self.panes.focus_main()

    def found(self, needle: str) -> None:
        """Mark and count what is looked for in the open text."""
        self.state.sought, self._way = (Sought.FIND if needle else Sought.SEARCH), 1
        self.panes.reader.find(needle)
        self.show_state()

    def step(self, wish: FindNext) -> None:
        """Go to the next or previous place that was found."""
        self.emit(Jumping())
        self.panes.reader.find_next(self._way * wish.direction)
        self.show_state()

    def show_state(self) -> None:
        """Say which of how many places one is at."""
        reader, line = self.panes.reader, self.panes.find_line
        if not line.value:
            line.inform("")
        elif reader.find_count:
            line.inform(f" {reader.find_position}/{reader.find_count} ")
        else:
            line.inform(" not in this text ")

    def end(self) -> None:
        """Put the line for finding away."""
        self.panes.find_line.display = False
        self.panes.find_line.set_quietly("")
        self.panes.reader.find("")
        self.state.sought = Sought.SEARCH
        self.panes.focus_main()
