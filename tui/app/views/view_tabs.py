"""The line on top: the four views by their keys, the present one between brackets, and what is open in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from tui.app.widgets.cells import cells, truncated
from tui.services.actions import shown_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.services.actions import Action

LEAST_HEIGHT = 12  # lines of the screen from which one is spent on the views
_LEAST_NAME = 12  # cells from which a name says something
PREFIX = "view-"  # of the commands that show a view


class Tab(NamedTuple):
    """One of the views: the command that shows it, its key, its name."""

    command: str
    key: str
    name: str


def tabs_of(commands: Sequence[Action]) -> tuple[Tab, ...]:
    """Return the views in the registry's order, with the keys that they have now."""
    return tuple(
        Tab(command.id, shown_key(command.keys[0]) if command.keys else "", command.title)
        for command in commands
        if command.id.startswith(PREFIX)
    )


def tab_words(tabs: Sequence[Tab], chosen: str, width: int) -> tuple[str, ...]:
    """Return what the line says of each view in ``width`` cells: less of each the narrower it is.

    All names, then only that of the ``chosen`` command, then keys alone; the chosen one is between brackets.
    """

    def words(named: Sequence[bool], padding: str) -> tuple[str, ...]:
        said = [
            f"{tab.key} {tab.name}".strip() if is_named else tab.key or tab.name[:1]
            for tab, is_named in zip(tabs, named, strict=True)
        ]
        return tuple(
            f"[{text}]" if tab.command == chosen else f"{padding}{text}{padding}"
            for tab, text in zip(tabs, said, strict=True)
        )

    all_named, only_chosen, none = [True] * len(tabs), [tab.command == chosen for tab in tabs], [False] * 4
    ways = ((all_named, " "), (only_chosen, " "), (none[: len(tabs)], " "))
    fitting = (said for named, padding in ways if sum(map(cells, said := words(named, padding))) <= width)
    return next(fitting, words(none[: len(tabs)], ""))


class ViewTabs(Widget):
    """The tab line; a click on a view shows it."""

    DEFAULT_CSS = "ViewTabs { height: 1; width: 1fr; }"
    ALLOW_SELECT = False

    tabs: reactive[tuple[Tab, ...]] = reactive(())
    chosen: reactive[str] = reactive("")
    open_name: reactive[str] = reactive("")

    def render(self) -> Content:
        """Draw the views, and at the right end the name of what is open where there is room."""
        width = self.size.width
        parts = []
        for tab, words in zip(self.tabs, tab_words(self.tabs, self.chosen, width), strict=True):
            look = "bold $foreground" if tab.command == self.chosen else "$foreground-muted"
            click = Style.from_meta({"@click": f"screen.run('{tab.command}')"})
            parts.append(Content.styled(words, look).stylize(click))
        line = Content("").join(parts)
        room = width - line.cell_length - 3
        name = truncated(self.open_name, room) if room >= _LEAST_NAME else ""
        gap = " " * (width - line.cell_length - cells(name) - 1)
        return Content.assemble(line, gap, (name, "$foreground-muted"), " " if name else "")
