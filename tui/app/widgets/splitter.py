"""The line between two panes, which the mouse drags and keys nudge."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from tui.app.widgets.cells import WidgetMessage

if TYPE_CHECKING:
    from textual import events

LEAST = 0.1
MOST = 0.9
STEP = 0.02


class Splitter(Widget, can_focus=True):
    """One line between two panes of a container; its ratio is the share of the pane before it.

    It moves nothing by itself: whoever owns the panes sets their sizes on ``Moved``.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Splitter {
        color: $foreground 30%;
        &.-vertical { width: 1; height: 100%; }
        &.-horizontal { width: 100%; height: 1; }
        &:hover { color: $accent; }
        &:focus { color: $accent; text-style: bold; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("<,left,up,h,k", "nudge(-1)", "Make smaller", show=False, id="splitter.smaller"),
        Binding(">,right,down,l,j", "nudge(1)", "Make larger", show=False, id="splitter.larger"),
    ]

    class Moved(WidgetMessage):
        """The splitter stands elsewhere; ``ratio`` is the share of the pane before it, 0 to 1."""

        latest = True

        def __init__(self, splitter: Splitter, ratio: float) -> None:
            super().__init__(splitter)
            self.ratio = ratio

    def __init__(
        self,
        orientation: Literal["vertical", "horizontal"] = "vertical",
        *,
        ratio: float = 0.5,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 -- the name every widget has for it
        classes: str | None = None,
    ) -> None:
        """Make a splitter: a vertical one is an upright line between panes side by side."""
        super().__init__(name=name, id=id, classes=classes)
        self.orientation = orientation
        self.ratio = ratio
        self._dragging = False
        self.add_class(f"-{orientation}")

    def nudge(self, delta: float) -> None:
        """Move by ``delta`` of the container, within bounds."""
        self._move_to(self.ratio + delta)

    def _move_to(self, ratio: float) -> None:
        bounded = min(MOST, max(LEAST, ratio))
        if bounded != self.ratio:
            self.ratio = bounded
            self.post_message(self.Moved(self, bounded))

    def action_nudge(self, direction: int) -> None:
        """Move one step."""
        self.nudge(direction * STEP)

    def on_focus(self) -> None:
        """Show that it has the keys."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that it has lost the keys."""
        self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold."""
        self._dragging = True
        self.capture_mouse()
        event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the mouse while held."""
        if not self._dragging or self.parent is None or not isinstance(self.parent, Widget):
            return
        area = self.parent.content_region
        if self.orientation == "vertical" and area.width > 1:
            self._move_to((event.screen_x - area.x) / (area.width - 1))
        elif self.orientation == "horizontal" and area.height > 1:
            self._move_to((event.screen_y - area.y) / (area.height - 1))
        event.stop()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()
            event.stop()

    def render_line(self, y: int) -> Strip:
        """Draw the line, doubled while it has the keys so that this is seen without colour."""
        upright = self.orientation == "vertical"
        sign = ("║" if upright else "═") if self.has_focus else ("│" if upright else "─")
        del y
        return Strip([Segment(sign * self.size.width, self.visual_style.rich_style)], self.size.width)
