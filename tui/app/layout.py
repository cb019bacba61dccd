"""The layout of the panes: the sides and their folding, the focus, the maximised pane."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

from textual.widgets import ContentSwitcher, Input

from tui.app.messages import Jumping, RefreshStatus, ViewShown
from tui.app.views.pane import FULL, Pane, set_class_for
from tui.app.views.view_tabs import LEAST_HEIGHT, ViewTabs
from tui.services.actions import ACTIONS, shown_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual.widget import Widget

    from tui.app.messages import Message
    from tui.app.panes import Panes
    from tui.services.actions import Action

Side = Literal["left", "right"]
WIDE = 120  # cells from which both sides stand beside the text
NARROW = 80  # cells below which no side does
VERY_WIDE = 160  # cells from which a comparison leaves room for the sides
_STEP = 3
_MIN_WIDTH = 18
_MOST_SHARE = 0.45  # of the screen, for one side
# The size classes of screens that keep their own shares, each with the cells that it ends before.
_SIZE_CLASSES = ((NARROW, "narrow"), (WIDE, "middle"), (VERY_WIDE, "wide"))
_BOX = "box-"  # how the ids of actions begin that show a box of the story's page
_AWAY = "-away"  # the class of what is not shown


@dataclass(slots=True)
class Sides:
    """The sides as the user wants them; ``drawer`` is pulled out.

    ``shares`` are the widths that were chosen, in parts of the screen's, by `share_name`; others are the
    layout's own.
    """

    left_shown: bool = True
    right_shown: bool = True
    shares: dict[str, float] = field(default_factory=dict)
    drawer: Side | None = None


def share_name(side: Side, total: int) -> str:
    """Return the name of a side's share on a screen of so many cells: each size class has its own."""
    size = next((name for edge, name in _SIZE_CLASSES if total < edge), "widest")
    return f"{side} {size}"


def side_widths(total: int, view: str, sides: Sides) -> tuple[int, int]:
    """Return the widths of the left and right side in cells, 0 for one that is folded away."""
    left = _width("left", total, sides) or (27 if total < WIDE else 31 if total < VERY_WIDE else 44)
    right = _width("right", total, sides) or (34 if total < WIDE else 31 if total < VERY_WIDE else 46)
    left = max(_MIN_WIDTH, min(left, int(total * _MOST_SHARE)))
    right = max(_MIN_WIDTH, min(right, int(total * _MOST_SHARE)))
    both = total >= (VERY_WIDE if view == "compare" else WIDE)
    if both and view in {"read", "compare"}:
        return left * sides.left_shown, right * sides.right_shown
    if view in {"story", "notes", "results"}:
        beside = view == "story" and total >= WIDE and sides.left_shown
        return left * (beside or sides.drawer == "left"), 0
    if sides.drawer is not None:
        return (left, 0) if sides.drawer == "left" else (0, right)
    return left * (view == "read" and total >= NARROW and sides.left_shown), 0


def _width(side: Side, total: int, sides: Sides) -> int:
    """Return the width in cells that was chosen for a side on a screen like this, 0 for none."""
    return round(sides.shares.get(share_name(side, total), 0) * total)


def box_actions(actions: Iterable[Action]) -> Iterator[tuple[Action, str]]:
    """Yield the actions that show a box of the story's page, each with the id of its box."""
    return ((action, action.id.removeprefix(_BOX)) for action in actions if action.id.startswith(_BOX))


def keys_of_boxes(actions: Iterable[Action]) -> dict[str, str]:
    """Return the key of each box of the story's page that has one, by the ids of the boxes."""
    return {box: shown_key(action.keys[0]) for action, box in box_actions(actions) if action.keys}


class Layout:
    """Gives the panes their place, and moves the focus among them."""

    def __init__(self, panes: Panes, emit: Callable[[Message], None]) -> None:
        self._panes = panes
        self._emit = emit
        self.sides = Sides()
        self.maximised: Pane | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            **{action.id: partial(self.show_box, name) for action, name in box_actions(ACTIONS)},
            "next-pane": lambda: self.step_pane(1),
            "previous-pane": lambda: self.step_pane(-1),
            "maximise": self.toggle_maximised,
            "evidence": lambda: self.toggle_side("right"),
            "library": lambda: self.toggle_side("left"),
            "narrower": lambda: self.resize_side(-_STEP),
            "wider": lambda: self.resize_side(_STEP),
        }

    def show_view(
        self,
        view: str,
        then: Callable[[], object] = lambda: None,
        *,
        recorded: bool = True,
        focus: bool = True,
    ) -> None:
        """Show one of the four views or the results, give it the ``focus``, and go on with ``then``.

        Another view is a jump to come back from, if it is to be ``recorded``.
        The story's page is half of all widgets: its boxes are made when it is shown for the first time.
        """
        shown, focused = self._panes.view, self._panes.focused

        async def after_boxes() -> None:
            await self._panes.story_view.make_boxes()
            if self._panes.view == shown:  # else another was asked for meanwhile
                # Whoever began to type meanwhile goes on.
                now = self._panes.focused
                still = focus and (now is focused or not isinstance(now, Input))
                self.show_view(view, then, recorded=recorded, focus=still)

        if view == "story" and not self._panes.story_view.has_boxes:
            self._panes.call_later(after_boxes)
            return
        if recorded and view != self._panes.view:
            self._emit(Jumping())
        self.maximised = None
        self._panes.query_one("#middle", ContentSwitcher).current = view
        self._emit(ViewShown(view))
        self.sides.drawer = None
        self.apply()
        if focus:
            self._panes.focus_main()
        then()

    def show_box(self, name: str) -> None:
        """Show a box of the story at full size; the box that is shown so already goes back to its page."""
        if self.maximised is not None and self.maximised.id == name:
            self.toggle_maximised()
        elif self._panes.view == "story" and self._panes.story_view.has_boxes:
            self.enlarge(self._panes.query_one(f"#{name}", Pane))
        else:
            full = lambda: self.enlarge(self._panes.query_one(f"#{name}", Pane), recorded=False)  # noqa: E731
            self.show_view("story", full)

    def apply(self) -> None:
        """Give every pane the place that size, view and sides ask for."""
        left, right = side_widths(self._panes.size.width, self._panes.view, self.sides)
        kept = self.maximised
        low = self._panes.size.height < LEAST_HEIGHT
        set_class_for(self._panes.query_one(ViewTabs), _AWAY, low)
        sides: tuple[tuple[Side, int], ...] = (("left", left), ("right", right))
        for side, width in sides:
            region = self._panes.query_one(f"#{side}")
            shown = kept in region.query(Pane) if kept else width > 0
            set_class_for(region, _AWAY, not shown)
            region.styles.width = "1fr" if kept else max(1, width)
            splitter = self._panes.query_one(f"#{side}-splitter")
            set_class_for(splitter, _AWAY, kept is not None or not width)
        middle = self._panes.query_one("#middle")
        set_class_for(middle, _AWAY, kept is not None and kept not in middle.query(Pane))
        for pane in self._panes.query(Pane):
            away = kept is not None and pane is not kept and kept not in pane.query(Pane)
            beside_nothing = pane is self._panes.notes_here and self._panes.view == "compare"
            set_class_for(pane, _AWAY, away or beside_nothing)
            pane.set_class(pane is kept, FULL)
        self._panes.story_view.lay_out(kept)
        self._panes.call_after_refresh(lambda: self._emit(RefreshStatus()))

    def is_folded(self, side: Side) -> bool:
        """Tell whether a side is folded away, or covered by a pane at full size."""
        return self._panes.query_one(f"#{side}").has_class(_AWAY)

    def shown_panes(self) -> list[Pane]:
        """Return the panes that can have the focus, in the order of the eye."""
        folded = self._panes.size.width < NARROW and self._panes.view == "read"
        found = []
        for pane in self._panes.query(Pane):
            side_folded = self._is_on(pane, "left") and folded
            shown = all(widget.display for widget in (pane, *pane.ancestors) if hasattr(widget, "display"))
            if shown or (side_folded and pane.styles.display != "none" and not self.maximised):
                found.append(pane)
        return found

    def _is_on(self, pane: Pane | None, side: Side) -> bool:
        return pane is not None and pane in self._panes.query_one(f"#{side}").query(Pane)

    def step_pane(self, direction: int) -> None:
        """Move the focus to the pane beside, round and round."""
        panes = self.shown_panes()
        if not panes:
            return
        current = self._panes.focused_pane
        place = panes.index(current) + direction if current in panes else 0
        self.focus_pane(panes[place % len(panes)])

    def focus_pane(self, pane: Pane) -> None:
        """Give a pane the focus; a folded left side comes out for it, and folds again when left."""
        results = self._panes.results_pane
        if pane in {results, self._panes.facets_pane} and self._panes.view != "results":
            self.show_view("results", focus=False)
        if pane is results:
            results.leave_facets()
        on_left = self._is_on(pane, "left")
        if on_left and self.is_folded("left"):
            self.pull_out("left")
        elif not on_left and self.sides.drawer == "left":
            self.sides.drawer = None
            self.apply()
        self._panes.set_focus(pane.focus_target)

    def pull_out(self, side: Side) -> None:
        """Show a side that may be folded away."""
        self.maximised = None
        self.sides.drawer = side
        setattr(self.sides, f"{side}_shown", True)
        self.apply()

    def toggle_side(self, side: Side) -> None:
        """Fold a side away, or show it and give it the focus."""
        if self._panes.view in {"story", "notes", "results"} and side == "right":
            self.show_view("read")
        region = self._panes.query_one(f"#{side}")
        if self.is_folded(side) or self.maximised:
            self.pull_out(side)
            self._panes.set_focus(next(iter(region.query(Pane))).focus_target)
            return
        had_focus = self._is_on(self._panes.focused_pane, side)
        if self.sides.drawer == side:
            self.sides.drawer = None
        width = side_widths(self._panes.size.width, self._panes.view, self.sides)[0 if side == "left" else 1]
        if width:
            setattr(self.sides, f"{side}_shown", False)
        self.apply()
        if had_focus:
            self._panes.focus_main()

    def resize_side(self, by: int) -> None:
        """Make the side that has the focus wider or narrower; from the middle, the left one."""
        side: Side = "right" if self._is_on(self._panes.focused_pane, "right") else "left"
        region = self._panes.query_one(f"#{side}")
        if self.is_folded(side):
            return
        self.set_width(side, region.size.width + by)

    def set_width(self, side: Side, cells: int) -> None:
        """Give a side so many cells."""
        total = self._panes.size.width
        width = max(_MIN_WIDTH, min(cells, int(total * _MOST_SHARE)))
        self.sides.shares[share_name(side, total)] = width / total
        self.apply()

    def set_border(self, side: Side, column: int) -> None:
        """Put the border of a side so many cells from the left of the screen."""
        self.set_width(side, column if side == "left" else self._panes.size.width - column - 1)

    def toggle_maximised(self) -> None:
        """Give the focused pane the whole screen, or take it back."""
        focused: Widget | None = self._panes.focused
        self.maximised = None if self.maximised else self._panes.focused_pane
        self.apply()
        if focused is not None:
            self._panes.set_focus(focused)

    def go_to_box(self, box: Pane) -> None:
        """Give a box of the story's page the focus, in the size that boxes have just now."""
        if self.maximised is not None:
            self.enlarge(box, recorded=False)
        else:
            self._panes.set_focus(box.focus_target)

    def enlarge(self, pane: Pane, *, recorded: bool = True) -> None:
        """Give a pane the whole screen; a jump to come back from, if it is to be ``recorded``."""
        if recorded:
            self._emit(Jumping())
        self.maximised = pane
        self.apply()
        self._panes.set_focus(pane.focus_target)

    @property
    def is_arranged(self) -> bool:
        """Tell whether there is anything of the arrangement to undo."""
        return self.maximised is not None or self.sides.drawer is not None

    def step_back(self) -> bool:
        """Undo one thing of the arrangement; False when there is nothing to undo."""
        if self.maximised is not None:
            self.toggle_maximised()
            return True
        if self.sides.drawer is not None:
            self.sides.drawer = None
            self.apply()
            self._panes.focus_main()
            return True
        return False
