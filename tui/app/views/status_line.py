"""The line at the bottom: how things stand, and which keys are of use."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.app.widgets.cells import cells, truncated


class StatusLine(Widget):
    """How things stand on the left, the keys of the focused pane on the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--key", "status--text"}
    state: reactive[str] = reactive("")
    hints: reactive[tuple[tuple[str, str], ...]] = reactive(())

    def render(self) -> Content:
        """Draw as many hints as there is room for beside the state."""
        width = self.size.width - 2
        text = truncated(self.state, width)
        room = width - cells(text) - 2
        chosen: list[tuple[str, str]] = []
        for key, what in self.hints:
            needed = cells(f"{key} {what}") + (2 if chosen else 0)
            if needed > room:
                break
            room -= needed
            chosen.append((key, what))
        key_style = self.get_visual_style("status--key")
        hints = Content("  ").join(Content.assemble((key, key_style), f" {what}") for key, what in chosen)
        gap = " " * max(0, width - cells(text) - hints.cell_length)
        return Content.assemble(" ", (text, self.get_visual_style("status--text")), gap, hints, " ")
