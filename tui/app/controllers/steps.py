"""From place to place: the next source, hit, mark or mention, on across the sources of a story."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from tui.app.controllers.base import Controller
from tui.app.messages import FindNext, Jumping, MoreResults, OpenSource, ShowHiddenEntity
from tui.app.state import Sought, hit_from, step

if TYPE_CHECKING:
    from collections.abc import Callable

    from sources.evidence.entities import Entity


class StepsController(Controller):
    """Goes to the neighbour of where the user is; each step is a jump to come back from."""

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "next-source": lambda: self.step_source(1),
            "previous-source": lambda: self.step_source(-1),
            "next-hit": lambda: self.step_hit(1),
            "previous-hit": lambda: self.step_hit(-1),
            "next-mark": lambda: self.step_mark(1),
            "previous-mark": lambda: self.step_mark(-1),
        }

    def choose_evidence(self, key: str) -> None:
        """Go to the next place of an entity, or to a figure or quote."""
        pane = self.panes.evidence_pane
        kind, _, name = key.partition(":")
        if kind == "hidden":
            self.emit(ShowHiddenEntity(int(name)))
            return
        if self.panes.view == "compare":
            self._jump_in_comparison(1)
            return
        ref = self.state.ref
        if kind != "entity":
            self._jump_to(int(name))
            self.panes.reader.land(int(name))
            return
        entity = next((entity for entity in pane.evidence.entities if entity.id == name), None)
        starts = sorted(one.start for one in entity.mentions if one.ref == ref) if entity else []
        if starts:
            cursor = self.panes.reader.cursor
            self._jump_to(next((start for start in starts if start > cursor), starts[0]))

    def _jump_to(self, offset: int) -> None:
        """Go to another place of the open text, from which one can come back."""
        self.emit(Jumping())
        self.state.stepped_to = offset
        self.panes.reader.go_to(offset)
        self.refresh_status()

    def step_source(self, direction: int) -> None:
        """Open the neighbour of the open source."""
        ref = step(self.state.sequence, self.state.wanted, direction)
        if ref is None:
            self.say("This is the last source." if direction > 0 else "This is the first source.")
        else:
            self.emit(OpenSource(ref))

    def step_mark(self, direction: int) -> None:
        """Go to the next or previous mark of the chosen kind."""
        entity = self._followed()
        if self.panes.view == "compare":
            self._jump_in_comparison(direction)
        elif entity is not None:
            self._step_mention(entity, direction)
        elif (mark := self.panes.reader.mark_beside({self.panes.evidence_pane.kind}, direction)) is not None:
            self._jump_to(mark.start)
        else:
            self.say(f"No {self.panes.evidence_pane.tab} to go to in this text.")

    def _jump_in_comparison(self, direction: int) -> None:
        if self.state.side_by_side:
            self.panes.compare_view.aligned.jump_to_mark(direction)

    def _followed(self) -> Entity | None:
        """Return the entity whose mentions are gone through over the whole story.

        That is the highlighted one while the evidence has the focus, else the one that alone is marked.
        """
        pane = self.panes.evidence_pane
        if pane.tab != "entities" or self.state.ref is None or not pane.evidence.story.refs:
            return None
        in_pane = self.panes.focused_pane is pane
        followed = pane.highlighted_entity if in_pane else pane.isolated
        return pane.evidence.entity(followed) if followed else None

    def _step_mention(self, entity: Entity, direction: int) -> None:
        """Go to the next or previous mention of an entity, on into the next source that names it."""
        ref, evidence = self.state.ref, self.panes.evidence_pane.evidence
        refs, places = evidence.story.refs, evidence.order_of(entity)
        if not places or ref not in refs:
            self.say(f"{entity.name} is named nowhere here.")
            return
        here = (refs.index(ref), self.panes.reader.cursor)
        order = [(refs.index(one.ref), one.start) for one in places]
        ahead = bisect_right(order, here) % len(order) if direction > 0 else bisect_left(order, here) - 1
        found = places[ahead]
        if found.ref == ref:
            self._jump_to(found.start)
        else:
            self.state.stepped_to = found.start
            focus = self.panes.focused_pane is self.panes.read_view
            self.emit(OpenSource(found.ref, found.start, focus=focus))

    def step_hit(self, direction: int) -> None:
        """Go to the next or previous hit of what was searched or found last."""
        if self.state.sought is Sought.FIND and self.panes.reader.find_count:
            self.emit(FindNext(direction))
            return
        if not self.state.search.on:
            self.say(
                f"Nothing is being searched for: {self.key('search')} searches the library, "
                f"{self.key('find')} finds in this text."
            )
            return
        results = self.state.search.results
        if results is not None and not results.total:
            self.say("Nothing found: there is no hit to go to.")
            return
        if self.panes.view == "results":
            self.panes.results_pane.listing.action_choose()
            return
        if self.panes.view != "read":
            self.layout.show_view("read")
        index = (
            hit_from(self.state.spans, self.panes.reader.cursor, direction)
            if self.state.ref == self.state.wanted
            else None
        )
        if index is not None:
            self._jump_to(self.state.spans[index].start)
            self.refresh_status()
            return
        ref = self.state.search.step(self.state.wanted, direction)
        if ref is not None:
            self.emit(OpenSource(ref, hit=direction))
        elif direction > 0 and self.state.search.left:
            # Without further hits on the next page there is nothing left, and the next step says so.
            self.emit(MoreResults(lambda: self.step_hit(direction)))
        else:
            self.say(
                "No further hit: this is the last source." if direction > 0 else "No hit before this one."
            )
