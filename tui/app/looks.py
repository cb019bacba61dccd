"""What the app looks like: its theme, as the user wishes it or as the terminal can show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.filter import LineFilter, NoColor

from tui.app.key_order import KeyOrderApp
from tui.app.theme import DARK, TERMINAL, THEMES, ReadableDim, next_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.workers import Clock


class LooksApp(KeyOrderApp):
    """An app with themes of its own; ``chosen_theme`` is the one that the user chose, if any."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.chosen_theme = ""
        self._dim, self._colourless = ReadableDim(), NoColor()
        for theme in THEMES:
            self.register_theme(theme)

    @property
    def _has_few_colours(self) -> bool:
        """Tell whether the terminal has but the 16 colours that its user gave it, or is to show none."""
        return self.no_color or self.console.color_system == "standard"

    def take_theme(self, configured: str | None, chosen: str) -> None:
        """Take the theme of the settings, else what suits the terminal, else the one that was chosen last."""
        self.chosen_theme = chosen
        usual = TERMINAL.name if self._has_few_colours else chosen
        wished = f"crossread-{configured}" if configured else usual
        self.theme = wished if wished in self.available_themes else DARK.name
        self._colours = self.get_css_variables()
        self.stylesheet.set_variables(self._colours)

    def switch_theme(self) -> None:
        """Switch to the next theme."""
        self.theme = self.chosen_theme = next_theme(self.theme)

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual calls it so
        """Read the sheets again for other colours than those that they were read with."""
        colours = self.get_css_variables()
        if colours != self._colours:
            self._colours = colours
            super().refresh_css(animate=animate)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what changes the styles of all lines: no colours at all, or what is dim made readable."""
        if self.no_color:
            return (self._colourless,)
        filters = super().get_line_filters()
        return filters if self.native_ansi_color else (self._dim, *filters)
