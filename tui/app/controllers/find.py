"""Finding words in the text that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.state import Sought

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.clock import Appointment
    from tui.app.main_screen import MainScreen

PAUSE = 0.12  # seconds without a key before finding in a long text begins
LONG = 200_000  # code points from which finding waits for the keys to pause


class FindController:
    """Keeps what is found in the open text in step with the line for it."""

    def __init__(self, frame: MainScreen) -> None:
        self._frame = frame
        self._timer: Appointment | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"find": self.begin}

    def begin(self) -> None:
        """Put the cursor into the line for finding; among the notes, into their filter."""
        frame = self._frame
        if frame.view == "notes":
            frame.set_focus(frame.notes_view.filter_line.input)
            return
        if frame.desk.source is None:
            frame.say("Open a source first; / searches the whole library.")
            return
        if frame.view != "read":
            frame.arranging.show_view("read")
        frame.find_line.display = True
        frame.set_focus(frame.find_line.input)
        if frame.find_line.value:
            self.found(frame.find_line.value)

    def typed(self) -> None:
        """Find what stands in the line; in a long text, when the keys pause."""
        source = self._frame.desk.source
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if source is not None and len(source.text) > LONG:
            self._timer = self._frame.app.clock.after(self._frame, PAUSE, self.now)
        else:
            self.now()

    def now(self) -> None:
        """Find what stands in the line at once."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.found(self._frame.find_line.value)

    def left(self) -> None:
        """Go from the line to the text, at the first place that was found."""
        if self._timer is not None:
            self.now()
        self._frame.arranging.focus_main()

    def found(self, needle: str) -> None:
        """Mark and count what is looked for in the open text."""
        frame = self._frame
        frame.desk.sought = Sought.FIND if needle else Sought.SEARCH
        frame.reader.find(needle)
        self.show_state()

    def show_state(self) -> None:
        """Say which of how many places one is at."""
        reader, line = self._frame.reader, self._frame.find_line
        if not line.value:
            line.inform("")
        elif reader.find_count:
            line.inform(f" {reader.find_position}/{reader.find_count} ")
        else:
            line.inform(" not in this text ")

    def end(self) -> None:
        """Put the line for finding away."""
        frame = self._frame
        frame.find_line.display = False
        frame.find_line.set_quietly("")
        frame.reader.find("")
        frame.desk.sought = Sought.SEARCH
        frame.arranging.focus_main()
