"""What the user set, taken over at the start and whenever a file of it changes: the theme, and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.filter import LineFilter, NoColor

from sources import places
from tui.app.key_order import KeyOrderApp
from tui.app.theme import DARK, PREFIX, TERMINAL, THEMES, ReadableDim, own_theme
from tui.app.views.pane import textual_keys
from tui.services.access import Services
from tui.services.actions import remapped
from tui.services.config import read_config, theme_files
from tui.services.themes import read_themes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.app.workers import Clock
    from tui.services.actions import Action
    from tui.services.config import Config, Trouble
    from tui.services.themes import UserTheme

LOOK = 2.0  # seconds between two looks at the files


class LooksApp(KeyOrderApp):
    """An app that follows the user's settings; ``chosen_theme`` is the one chosen in the app, if any."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.chosen_theme = ""
        self._dim, self._colourless = ReadableDim(), NoColor()
        self._config_file = places.config_file()
        self._files = self._files_now()
        self.config = read_config(self._config_file)
        self.services = Services(self.config, remapped(self.config.keys))
        self._themes, self._theme_troubles = read_themes(self._config_file)
        for theme in (*THEMES, *map(own_theme, self._themes)):
            self.register_theme(theme)

    @property
    def commands(self) -> Sequence[Action]:
        """All that can be done, with the keys of the settings."""
        return self.services.commands

    def begin_with(self, chosen: str) -> None:
        """Take the theme of the settings, else what suits the terminal, else the one that was chosen last."""
        self.chosen_theme = chosen
        self.theme = self._wished_theme
        self._colours = self.get_css_variables()
        self.stylesheet.set_variables(self._colours)

    def follow_settings(self) -> None:
        """Take over what is set, say what does not hold, and look at the files from now on."""
        self._take_keys()
        self._tell((*self.config.troubles, *self._theme_troubles))
        self.clock.every(self, LOOK, self._look)

    @property
    def _wished_theme(self) -> str:
        usual = TERMINAL.name if self._has_few_colours else self.chosen_theme
        wished = f"{PREFIX}{self.config.theme}" if self.config.theme else usual
        return wished if wished in self.available_themes else DARK.name

    @property
    def _has_few_colours(self) -> bool:
        """Tell whether the terminal has but the 16 colours that its user gave it, or is to show none."""
        return self.no_color or self.console.color_system == "standard"

    def switch_theme(self) -> None:
        """Switch to the next theme, those of the user's own after ours."""
        names = [theme.name for theme in (*THEMES, *map(own_theme, self._themes))]
        place = names.index(self.theme) if self.theme in names else -1
        self.theme = self.chosen_theme = names[(place + 1) % len(names)]

    # What changes meanwhile

    def _files_now(self) -> list[tuple[str, int, int]]:
        """Return what tells that one of the files is another than before."""
        found = []
        for path in (self._config_file, *theme_files(self._config_file)):
            try:
                state = path.stat()
            except OSError:
                continue
            found.append((path.name, state.st_mtime_ns, state.st_size))
        return found

    def _look(self) -> None:
        files = self._files_now()
        if files != self._files:
            self._files = files
            self._take_over(read_config(self._config_file), *read_themes(self._config_file))

    def _take_over(self, config: Config, themes: Sequence[UserTheme], troubles: Sequence[Trouble]) -> None:
        """Take over what holds of new settings; what a file said before stays where all of it is wrong."""
        before, shown = self.config.theme, self.current_theme
        if config.readable:
            self.config = self.services.config = config
            self.services.commands = remapped(config.keys)
            self._take_keys()
            self.settings_changed()
        wrong = {trouble.path.stem for trouble in troubles}
        kept = [theme for theme in self._themes if theme.name in wrong]
        for old in self._themes:
            self.unregister_theme(f"{PREFIX}{old.name}")
        self._themes = (*themes, *kept)
        for theme in map(own_theme, self._themes):
            self.register_theme(theme)
        if self.config.theme != before or self.theme not in self.available_themes:
            self.theme = self._wished_theme
        elif self.current_theme != shown:
            self.mutate_reactive(App.theme)
        self._tell((*config.troubles, *troubles))

    def settings_changed(self) -> None:
        """Show what depends on the settings again."""

    def _take_keys(self) -> None:
        self.set_keymap({name: textual_keys(keys) for name, keys in self.config.keys.items()})

    def _tell(self, troubles: Iterable[Trouble]) -> None:
        for trouble in troubles:
            place = f"{trouble.path.name}, line {trouble.line}" if trouble.line else trouble.path.name
            self.notify(
                trouble.reason, title=place, severity="warning", markup=False, timeout=self.clock.for_eyes(15)
            )

    # What is drawn

    def rows_shown(self) -> list[str]:
        """Return what the screen shows, row by row, as text."""
        return [strip.text for strip in self.screen._compositor.render_strips(self.size)]  # noqa: SLF001 - no other way

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
