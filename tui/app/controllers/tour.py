"""The tour: says in a strip what to press next, notices that it was done, and goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.app.controllers.base import Controller
from tui.app.messages import Noticed, TakeTour
from tui.app.state import hit_number
from tui.services.actions import with_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.controllers.base import Context
    from tui.services.tour import Seen, Tour

_LEAVE = "{back} once more leaves the tour; “Take the tour” in the palette ({palette}) goes on with it."


class TourStrip(Static):
    """Two lines above the search line: what to press, and why."""

    DEFAULT_CSS = """
    TourStrip {
        height: auto;
        max-height: 5;
        padding: 0 1;
        background: $panel;
        border-top: solid $accent;
    }
    """


class TourController(Controller):
    """Leads through the steps; ``kept`` is how many of them were done when the tour was left."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.kept = 0
        self._tour: Tour | None = None
        self._leaving = False  # whether Esc was pressed once, with nothing left to step back from

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"tour": self.begin, "tour-skip": self.skip}

    @property
    def is_on(self) -> bool:
        """Tell whether somebody is on the tour."""
        return self._tour is not None

    def begin(self) -> None:
        """Begin, or go on where it was left; in the user's own library, go to that of the demo first."""
        if not self.state.demo:
            self.emit(TakeTour())
            return
        from tui.services.tour import STEPS, Tour

        self._tour = Tour(self.kept if self.kept < len(STEPS) else 0)
        self._show()
        self.look()

    def look(self, happened: str = "") -> None:
        """Take notice of what the screen shows now, or of what was done."""
        tour = self._tour
        if tour is None:
            return
        if self._leaving:
            self._leaving = False
            self._show()
        while tour.look(self._seen(happened)):
            self.kept, happened = tour.place, ""
            self._show()

    def noticed(self, message: Noticed) -> None:
        """Take notice of what was done."""
        self.look(message.what)

    def skip(self) -> None:
        """Go on to the next step."""
        if self._tour is None:
            self.say("There is no tour to go on with; “Take the tour” begins it.")
            return
        self._tour.skip()
        self.kept = self._tour.place
        self._show()

    def step_back(self) -> bool:
        """Leave the tour when Esc was pressed twice; tell whether there was one to leave."""
        tour = self._tour
        if tour is None:
            return False
        if tour.step is None or self._leaving:
            self._tour, self._leaving = None, False
            self.panes.query(TourStrip).remove()
        else:
            self._leaving = True
            self._write(Content.styled(with_keys(_LEAVE, self.services.commands), "bold"))
        return True

    def _seen(self, happened: str) -> Seen:
        from tui.services.tour import Seen

        panes, state = self.panes, self.state
        pane, full, ref = panes.focused_pane, self.layout.maximised, state.ref
        number = hit_number(state.spans, panes.reader.cursor) if pane is panes.read_view else 0
        return Seen(
            panes.view,
            pane.id or "" if pane is not None else "",
            state.search.query,
            len(state.search.hits),
            (str(ref), number) if number and ref is not None and state.search.on else None,
            full.id or "" if full is not None else "",
            len(state.side_by_side),
            happened,
        )

    def _show(self) -> None:
        from tui.services.tour import END, STEPS

        tour = self._tour
        if tour is None:
            return
        step = tour.step
        name, press, why = (END[0], *END[1:], "") if step is None else (step.name, step.press, step.why)
        done = f"Tour {'✓' * tour.place}{'·' * (len(STEPS) - tour.place)} "
        press, why = (with_keys(words, self.services.commands) for words in (press, why))
        self._write(
            Content.assemble((done, "$accent"), (f"{name}: ", "$accent"), (press, "bold"), f"\n{why}")
        )

    def _write(self, words: Content) -> None:
        strip = self.panes.query(TourStrip)
        if strip:
            strip.first().update(words)
        else:
            self.panes.mount(TourStrip(words, markup=False), before="#find-line")
