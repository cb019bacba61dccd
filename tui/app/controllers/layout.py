"""Who gets how much of the screen: the side panes and their folding, the focus, the maximised pane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tui.app.views.pane import Pane
from tui.app.views.story_box import FULL

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from tui.app.main_screen import MainScreen

Side = Literal["left", "right"]
WIDE = 120  # cells from which both sides stand beside the text
NARROW = 80  # cells below which no side does
VAST = 160  # cells from which a comparison leaves room for the sides
TALL = 36  # lines from which library, results and facets stand under one another
_STEP = 3
_LEAST = 18


@dataclass(slots=True)
class LayoutWishes:
    """What the user asked for; widths in cells, 0 leaves them to the layout; ``drawer`` is pulled out."""

    left_shown: bool = True
    right_shown: bool = True
    left_width: int = 0
    right_width: int = 0
    drawer: Side | None = None


def side_widths(total: int, view: str, wishes: LayoutWishes) -> tuple[int, int]:
    """Return the widths of the left and right side in cells, 0 for one that is folded away."""
    left = wishes.left_width or (27 if total < WIDE else 31 if total < VAST else 44)
    right = wishes.right_width or (34 if total < WIDE else 31 if total < VAST else 46)
    left = max(_LEAST, min(left, total * 45 // 100))
    right = max(_LEAST, min(right, total * 45 // 100))
    both = total >= (VAST if view == "compare" else WIDE)
    if both and view in {"read", "compare"}:
        return left * wishes.left_shown, right * wishes.right_shown
    if view in {"story", "notes"}:
        beside = view == "story" and total >= WIDE and wishes.left_shown
        return left * (beside or wishes.drawer == "left"), 0
    if wishes.drawer is not None:
        return (left, 0) if wishes.drawer == "left" else (0, right)
    return left * (view == "read" and total >= NARROW and wishes.left_shown), 0


class LayoutController:
    """Gives the frame's panes their place, and moves the focus among them."""

    def __init__(self, frame: MainScreen) -> None:
        self._frame = frame
        self.wishes = LayoutWishes()
        self.maximised: Pane | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {
            "view-read": lambda: self.show_view("read"),
            "view-compare": lambda: self.show_view("compare"),
            "view-story": lambda: self.show_view("story"),
            "view-notes": lambda: self.show_view("notes"),
            "next-pane": lambda: self.step_pane(1),
            "previous-pane": lambda: self.step_pane(-1),
            "maximise": self.toggle_maximised,
            "evidence": lambda: self.toggle_side("right"),
            "library": lambda: self.toggle_side("left"),
            "narrower": lambda: self.resize_side(-_STEP),
            "wider": lambda: self.resize_side(_STEP),
        }

    def show_view(self, view: str) -> None:
        """Show one of the four views and give it the focus."""
        self.maximised = None
        self._frame.show_view(view)
        self.wishes.drawer = None
        self.apply()
        self.focus_main()

    def apply(self) -> None:
        """Give every pane the place that size, view and wishes ask for."""
        frame = self._frame
        left, right = side_widths(frame.size.width, frame.view, self.wishes)
        kept = self.maximised
        sides: tuple[tuple[Side, int], ...] = (("left", left), ("right", right))
        for side, width in sides:
            region = frame.query_one(f"#{side}")
            shown = kept in region.query(Pane) if kept else width > 0
            region.set_class(not shown, "-away")
            region.styles.width = "1fr" if kept else max(1, width)
            frame.query_one(f"#{side}-splitter").set_class(kept is not None or not width, "-away")
        middle = frame.query_one("#middle")
        middle.set_class(kept is not None and kept not in middle.query(Pane), "-away")
        for pane in frame.query(Pane):
            away = kept is not None and pane is not kept and kept not in pane.query(Pane)
            beside_nothing = pane is frame.notes_here and frame.view == "compare"
            # Under a low ceiling the library makes room for what the search can be narrowed by.
            makes_room = pane is frame.library_pane and frame.facets_pane.display and frame.size.height < TALL
            pane.set_class(away or beside_nothing or makes_room, "-away")
            pane.set_class(pane is kept, FULL)
        frame.story_view.lay_out(kept)
        frame.call_after_refresh(frame.refresh_status)

    def panes(self) -> list[Pane]:
        """Return the panes that can have the focus, in the order of the eye."""
        frame = self._frame
        folded = frame.size.width < NARROW and frame.view == "read"
        found = []
        for pane in frame.query(Pane):
            side_folded = self._stands_on(pane, "left") and folded
            shown = all(widget.display for widget in (pane, *pane.ancestors) if hasattr(widget, "display"))
            if shown or (side_folded and pane.styles.display != "none" and not self.maximised):
                found.append(pane)
        return found

    @property
    def focused_pane(self) -> Pane | None:
        """Return the pane that has the focus."""
        focused = self._frame.focused
        if focused is None:
            return None
        return next((node for node in focused.ancestors_with_self if isinstance(node, Pane)), None)

    def _stands_on(self, pane: Pane | None, side: Side) -> bool:
        return pane is not None and pane in self._frame.query_one(f"#{side}").query(Pane)

    def step_pane(self, direction: int) -> None:
        """Move the focus to the pane beside, round and round."""
        panes = self.panes()
        if not panes:
            return
        current = self.focused_pane
        place = panes.index(current) + direction if current in panes else 0
        self.focus_pane(panes[place % len(panes)])

    def focus_pane(self, pane: Pane) -> None:
        """Give a pane the focus; a folded left side comes out for it, and folds again when left."""
        frame = self._frame
        on_left = self._stands_on(pane, "left")
        if on_left and frame.query_one("#left").has_class("-away"):
            self.pull_out("left")
        elif not on_left and self.wishes.drawer == "left":
            self.wishes.drawer = None
            self.apply()
        frame.set_focus(pane.focus_target)

    def focus_main(self) -> None:
        """Give the middle the focus."""
        target = self._frame.main_target()
        if target is not None:
            self._frame.set_focus(target)

    def pull_out(self, side: Side) -> None:
        """Show a side that may be folded away."""
        self.maximised = None
        self.wishes.drawer = side
        setattr(self.wishes, f"{side}_shown", True)
        self.apply()

    def toggle_side(self, side: Side) -> None:
        """Fold a side away, or show it and give it the focus."""
        frame = self._frame
        if frame.view in {"story", "notes"} and side == "right":
            self.show_view("read")
        region = frame.query_one(f"#{side}")
        if region.has_class("-away") or self.maximised:
            self.pull_out(side)
            frame.set_focus(next(iter(region.query(Pane))).focus_target)
            return
        had_focus = self._stands_on(self.focused_pane, side)
        if self.wishes.drawer == side:
            self.wishes.drawer = None
        width = side_widths(frame.size.width, frame.view, self.wishes)[0 if side == "left" else 1]
        if width:
            setattr(self.wishes, f"{side}_shown", False)
        self.apply()
        if had_focus:
            self.focus_main()

    def resize_side(self, by: int) -> None:
        """Make the side that has the focus wider or narrower; from the middle, the left one."""
        frame = self._frame
        side: Side = "right" if self._stands_on(self.focused_pane, "right") else "left"
        region = frame.query_one(f"#{side}")
        if region.has_class("-away"):
            return
        self.set_width(side, region.size.width + by)

    def set_width(self, side: Side, cells: int) -> None:
        """Give a side so many cells."""
        most = self._frame.size.width * 45 // 100
        setattr(self.wishes, f"{side}_width", max(_LEAST, min(cells, most)))
        self.apply()

    def toggle_maximised(self) -> None:
        """Give the focused pane the whole screen, or take it back."""
        focused: Widget | None = self._frame.focused
        self.maximised = None if self.maximised else self.focused_pane
        self.apply()
        if focused is not None:
            self._frame.set_focus(focused)

    def enlarge(self, pane: Pane) -> None:
        """Give a pane the whole screen."""
        self.maximised = pane
        self.apply()
        self._frame.set_focus(pane.focus_target)

    def step_back(self) -> bool:
        """Undo one thing of the arrangement; False when there is nothing to undo."""
        if self.maximised is not None:
            self.toggle_maximised()
            return True
        if self.wishes.drawer is not None:
            self.wishes.drawer = None
            self.apply()
            self.focus_main()
            return True
        return False
