"""The way back and forth: from where the user jumped, over views, boxes, comparisons and texts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sources.model import Ref
from tui.app.controllers.base import Controller
from tui.app.jumps import JumpList, is_letter, naming
from tui.app.messages import AskKey, CompareSources, OpenSource, OpenStory, Quit, SearchFor

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.controllers.base import Context
    from tui.app.jumps import Place

_VIEWS = ("read", "compare", "story", "notes")


class JumpsController(Controller):
    """Keeps the list of jumps, and goes back and forth in it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = JumpList()
        self._last: dict[str, Place] = {}  # where one was in each view

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "jump-back": self.back,
            "jump-forward": self.forward,
            "leave": self.leave,
            "name-place": lambda: self.emit(AskKey("m", self.name)),
            "named-place": lambda: self.emit(AskKey(f"'{self._letters}", self.go_to_named)),
            **{f"view-{view}": self._shower(view) for view in _VIEWS},
        }

    def _shower(self, view: str) -> Callable[[], None]:
        return lambda: self.show_view(view)

    # Keeping

    def leaving(self, spot: str | None = None) -> None:
        """Keep where the user is, who jumps from here; ``spot`` is given when he is gone already."""
        here = self.current.here()
        if here is not None:
            if spot is not None:
                here = replace(here, spot=spot)
            self.list = self.list.leaving(here)
            self._last[here.view] = here

    def arrived(self) -> None:
        """Take notice that the user came back by another way."""
        here = self.current.here()
        if here is not None:
            self.list = self.list.arrived(here)
        self.refresh_status()

    @property
    def leads_back(self) -> bool:
        """Tell whether there is something to step back to."""
        here = self.current.here()
        if self.layout.is_arranged or self.panes.view == "results":
            return True
        return bool(self.list.past) if here is None else self.list.back(here) is not None

    # Going

    def show_view(self, view: str) -> None:
        """Show a view; that of the story with the box and the cell where one was."""
        last, another = self._last.get(view), view != self.panes.view

        def then() -> None:
            if another and last is not None and last.box and last.about == self._story:
                self._stand(last)

        self.layout.show_view(view, then)

    @property
    def _story(self) -> str:
        return self.state.ref.story if self.state.ref is not None else ""

    def back(self) -> None:
        """Go to where the last jump began."""
        self._step(self.list.back, "This is where you began; nothing to go back to.")

    def forward(self) -> None:
        """Go to where the last step back began."""
        self._step(self.list.forward, "Nothing to go forward to.")

    def leave(self) -> None:
        """Step back to the text, comparison, box or list before this one; quit where there is none."""
        if self.layout.step_back():
            self.arrived()
        elif self.panes.view == "results" and not self.list.past:
            self.layout.show_view("read", recorded=False)
        elif not self._step(self.list.out):
            self.emit(Quit())

    @property
    def _letters(self) -> str:
        """The letters that lead anywhere from here."""
        here = self.current.here()
        return "".join(
            sorted(f" {one.letter}" for one in self.state.named if one.is_called(one.letter, here))
        )

    def name(self, letter: str) -> bool:
        """Call the place where the user is by a letter."""
        here = self.current.here()
        if not is_letter(letter):
            return False
        if here is None:
            self.say("Open a source first: a letter names a place in a text, a comparison, a list or a box.")
        else:
            self.state.named = naming(self.state.named, letter, here)
            self.say(f"This place is {letter} now: {self.key('named-place')}{letter} comes back to it.")
        return True

    def go_to_named(self, letter: str) -> bool:
        """Go to the place that has a letter, or back from where one jumped last."""
        here = self.current.here()
        if letter == "'":
            self.back()
        elif not is_letter(letter):
            return False
        elif (
            place := next((one.place for one in self.state.named if one.is_called(letter, here)), None)
        ) is None:
            where = "" if letter.isupper() else " here"
            self.say(
                f"No place is called {letter}{where}; {self.key('name-place')}{letter} names one, "
                "a capital letter for everywhere."
            )
        else:
            self.leaving()
            self._go(place)
        return True

    def _step(self, step: Callable[[Place], tuple[Place, JumpList] | None], nothing: str = "") -> bool:
        here = self.current.here()
        if here is None:
            # Nothing is open: the way back begins with the last place.
            past = self.list.past
            found = (past[-1], replace(self.list, past=past[:-1])) if past else None
        else:
            found = step(here)
        if found is None:
            if nothing:
                self.say(nothing)
            return False
        if here is not None:
            self._last[here.view] = here
        place, self.list = found
        self._go(place)
        return True

    def _go(self, place: Place) -> None:
        if place.view == "read":
            ref = Ref.parse(place.about)
            if ref is not None and ref != self.state.ref:
                self.emit(OpenSource(ref, int(place.spot), recorded=False))
                return
        elif place.view == "compare" and place.about:
            refs = tuple(ref for word in place.about.split() if (ref := Ref.parse(word)))
            if refs != self.state.compared:
                self.emit(CompareSources(refs, recorded=False, spot=place.spot))
                return
        elif place.view == "results" and place.about != self.state.search.query:
            self.emit(SearchFor(place.about, "results", unfinished=True))
            return
        elif place.view == "story" and place.about != self._story:
            self.emit(OpenStory(place.about, view="story", recorded=False, then=lambda: self._stand(place)))
            return
        self.layout.show_view(place.view, lambda: self._stand(place), recorded=False)

    def _stand(self, place: Place) -> None:
        """Put the cursor where it was."""
        self.panes.stand_at(place)
        if place.full and place.box and (pane := self.panes.box(place.box)) is not None:
            self.layout.enlarge(pane, recorded=False)
        self.refresh_status()
