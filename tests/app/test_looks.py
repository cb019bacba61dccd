"""Colours: what is written can be read in each theme, and the theme is one that the terminal can show."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from textual.color import Color

from sources import places
from tests.app.conftest import Driver, running
from tui.app.theme import DARK, LIGHT, TERMINAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.color import Color as Shown
    from textual.geometry import Region
    from textual.theme import Theme

READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3
_TEXTS = (
    "foreground foreground-muted foreground-disabled text-muted text-disabled primary secondary accent "
    "warning error success text-primary text-secondary text-accent text-warning text-error text-success "
    "block-cursor-foreground"
)
_BACKGROUNDS = "background surface panel block-cursor-background block-cursor-blurred-background"


def contrast(one: Color, other: Color) -> float:
    def luminance(colour: Color) -> float:
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21_to_1_and_the_grey_at_the_threshold_is_known() -> None:
    white = Color.parse("#ffffff")
    assert round(contrast(Color.parse("#000000"), white), 1) == 21
    assert contrast(Color.parse("#767676"), white) >= READABLE > contrast(Color.parse("#777777"), white)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_each_colour_of_words_can_be_read_on_each_background(theme: Theme) -> None:
    values = theme.to_color_system().generate() | theme.variables
    poor = {
        (words, behind)
        for words in _TEXTS.split()
        for behind in _BACKGROUNDS.split()
        if contrast(Color.parse(values[words]), Color.parse(values[behind])) < READABLE
    }
    assert not poor


def _pieces(driver: Driver, region: Region) -> Iterator[tuple[str, Color, Color]]:
    """Yield what is written on the screen in a region, with its colour and the one behind it."""
    values = driver.app.theme_variables

    def colour(shown: Shown | None, usual: str) -> Color:
        return (
            Color.parse(values[usual]) if shown is None or shown.is_default else Color.from_rich_color(shown)
        )

    for strip in driver.app.screen._compositor.render_strips()[region.y : region.bottom]:
        for text, style, _ in strip.crop(region.x, region.right):
            if style is not None and any(map(str.isalnum, text)):
                assert not style.dim
                pair = colour(style.color, "foreground"), colour(style.bgcolor, "background")
                yield text, *(reversed(pair) if style.reverse else pair)


@pytest.mark.long
@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
async def test_whatever_is_written_on_the_screen_can_be_read(folder: Path, theme: Theme) -> None:
    poor: set[tuple[str, str]] = set()
    async with running(folder, (140, 45)) as driver:
        driver.app.theme = theme.name

        async def press(*keys: str) -> None:
            await driver.press(*keys)
            await driver.at_rest()
            screen = driver.app.screen
            region = screen.children[0].region if screen.is_modal else screen.region
            poor.update(
                (" ".join(keys), text) for text, words, behind in _pieces(driver, region)
                if contrast(words, behind) < READABLE
            )  # fmt: skip

        await press("1")
        await press("j", "v", "w", "w")
        await press("escape", "right_square_bracket")
        await press("right_square_bracket")
        await press("slash", *"harbour")
        await press("enter", "F")
        await press("escape", "escape", "escape", "escape", "2")
        await press("j", "j", "4")
        await press("3")
        await driver.sees("14 listed")
        for _ in range(8):
            await press("tab")
        await press("question_mark")
        await driver.sees("type to search")
        await press("escape", "A")
        await driver.sees("Add sources")
        await press("escape", "ctrl+p")
        await driver.sees("Search for commands")
    assert not poor


async def test_a_terminal_of_16_colours_keeps_them_and_one_of_more_gets_ours(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for term, theme in (("xterm-16color", TERMINAL), ("linux", TERMINAL), ("xterm-256color", DARK)):
        monkeypatch.setenv("TERM", term)
        async with running(folder) as driver:
            assert driver.app.theme == theme.name
            assert driver.app.capture().theme == ""  # what the terminal wants is nobody's choice


async def test_without_colours_there_are_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(folder) as driver:
        await driver.press("3")
        await driver.sees("14 listed")
        styles = [
            style
            for strip in driver.app.screen._compositor.render_strips()
            for _, style, _ in strip
            if style is not None
        ]
        assert {str(one.color.name) for one in styles if one.color is not None} <= {"default"}
        assert {str(one.bgcolor.name) for one in styles if one.bgcolor is not None} <= {"default"}
        assert any(style.reverse for style in styles)  # the highlighted row


async def test_a_theme_that_was_chosen_is_kept(folder: Path) -> None:
    async with running(folder) as driver:
        driver.main.action_run("switch-theme")
        await driver.at_rest()
        assert driver.app.theme == LIGHT.name
        assert driver.app.capture().theme == LIGHT.name


# The user's own themes, and settings that change while the app is open.


def write(name: str, text: str) -> None:
    file = places.config_file().parent / name
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.stat().st_mtime_ns if file.exists() else 0
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(before + 1_000_000_000, before + 1_000_000_000))  # also on a clock that is coarse


async def test_a_theme_of_ones_own_is_taken_and_followed_as_it_is_written(folder: Path) -> None:
    write("themes/ocean.toml", 'background = "#001020"\nmuted = "#a0b0c0"\n')
    write("config.toml", 'theme = "ocean"\n')
    async with running(folder) as driver:
        app = driver.app
        assert app.theme == "crossread-ocean"
        assert app.theme_variables["background"].lower() == "#001020"
        assert app.theme_variables["text-muted"] == "#a0b0c0"
        assert app.current_theme.accent == DARK.accent
        write("themes/ocean.toml", 'base = "light"\nbackground = "#eef4ff"\n')
        await driver.until(lambda: driver.main.styles.background == Color.parse("#eef4ff"))
        assert app.current_theme.accent == LIGHT.accent
        write("themes/ocean.toml", 'base = "light"\n\nbackground = "sea"\n')
        await driver.sees("ocean.toml, line 3", "background is a colour")
        assert driver.main.styles.background == Color.parse("#eef4ff")
        (places.config_file().parent / "themes/ocean.toml").unlink()
        await driver.until(lambda: app.theme == DARK.name, "a theme that is there")


async def test_themes_of_ones_own_come_after_ours(folder: Path) -> None:
    write("themes/ocean.toml", 'background = "#001020"\n')
    async with running(folder) as driver:
        seen = []
        for _ in range(4):
            driver.main.action_run("switch-theme")
            seen.append(driver.app.theme)
        assert seen == [LIGHT.name, TERMINAL.name, "crossread-ocean", DARK.name]


async def test_other_settings_hold_as_soon_as_they_are_saved(folder: Path) -> None:
    async with running(folder) as driver:
        await driver.sees("? help")
        write("config.toml", 'theme = "light"\n[keys]\nhelp = "f2"\n')
        await driver.sees("f2 help")
        assert driver.app.theme == LIGHT.name
        await driver.press("f2")
        await driver.sees("type to search")
        await driver.press("escape")
        await driver.misses("type to search")
        write("config.toml", 'theme = "dark"\n[keys\nhelp = "f3"\n')
        await driver.sees("config.toml, line 2", "is left out")
        assert driver.app.theme == LIGHT.name
        await driver.sees("f2 help")
        write("config.toml", "")
        await driver.sees("? help")
