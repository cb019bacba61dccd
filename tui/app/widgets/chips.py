"""A line of chips: short words, each of which a click takes away."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from tui.app.widgets.cells import WidgetMessage, cells, truncated

_CROSS = "×"


class Chips(Widget):
    """The chips; those that the line has no room for are counted at its end."""

    DEFAULT_CSS = "Chips { height: 1; width: 1fr; padding: 0 2; }"
    ALLOW_SELECT = False

    words: reactive[tuple[str, ...]] = reactive(())

    class Taken(WidgetMessage):
        """A chip was clicked: the place of it among the words."""

        def __init__(self, chips: Chips, place: int) -> None:
            super().__init__(chips)
            self.place = place

    def render(self) -> Content:
        """Draw the chips to the width there is."""
        room = self.content_size.width
        most = max(8, room // 2)
        drawn: list[Content] = []
        for place, words in enumerate(self.words):
            text = f" {truncated(words, most)} {_CROSS} "
            rest = len(self.words) - place
            more = f"+{rest}"
            needed = cells(text) + (cells(more) + 1 if rest > 1 else 0)
            if needed > room:
                drawn.append(Content.styled(more, "$foreground-muted"))
                break
            click = Style.from_meta({"@click": f"take({place})"})
            drawn.append(Content.styled(text, "$foreground on $panel").stylize(click))
            room -= cells(text) + 1
        return Content(" ").join(drawn)

    def action_take(self, place: int) -> None:
        """Tell that a chip was clicked."""
        self.post_message(self.Taken(self, place))
