"""The app's own colours: calm, dark and light, and one that leaves all colours to the terminal.

Nothing is said by colour alone: underline, bold, italic, reverse and signs say the same. What is written
stands out from what it is written on by 4.5 to 1 at least, as WCAG asks for, also where it is muted or dim.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import BUILTIN_THEMES, Theme

if TYPE_CHECKING:
    from tui.services.themes import UserTheme

DARK = Theme(
    name="crossread-dark",
    primary="#8fb4d8",
    secondary="#8fae9f",
    accent="#d8b26a",
    warning="#d8b26a",
    error="#df8a82",
    success="#8fb88a",
    foreground="#d9d6cd",
    background="#15171b",
    surface="#1b1e23",
    panel="#24282f",
    dark=True,
    variables={
        "border": "#8fb4d8",
        "border-blurred": "#3a404a",
        "foreground-muted": "#a8a69f",
        "text-muted": "#a8a69f",
        "foreground-disabled": "#a3a19a",
        "text-disabled": "#a3a19a",
        "block-cursor-background": "#2a3848",
        "block-cursor-foreground": "#f2efe6",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#262c35",
        "block-cursor-blurred-foreground": "#d9d6cd",
        "input-selection-background": "#8fb4d8 35%",
        "scrollbar": "#3a404a",
        "scrollbar-background": "#15171b",
        "scrollbar-corner-color": "#15171b",
    },
)

LIGHT = Theme(
    name="crossread-light",
    primary="#2f5f8f",
    secondary="#3f6353",
    accent="#7a4e0e",
    warning="#7a4e0e",
    error="#a5392f",
    success="#346730",
    foreground="#2a2925",
    background="#fbf9f4",
    surface="#f3f0e8",
    panel="#e8e4d9",
    dark=False,
    variables={
        "border": "#2f5f8f",
        "border-blurred": "#c9c4b6",
        "foreground-muted": "#5b5953",
        "text-muted": "#5b5953",
        "foreground-disabled": "#5b5953",
        "text-disabled": "#5b5953",
        "block-cursor-background": "#cfdfee",
        "block-cursor-foreground": "#1b1a17",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#e8e4d9",
        "block-cursor-blurred-foreground": "#2a2925",
        "input-selection-background": "#2f5f8f 30%",
        "scrollbar": "#c9c4b6",
        "scrollbar-background": "#fbf9f4",
        "scrollbar-corner-color": "#fbf9f4",
    },
)

TERMINAL = replace(BUILTIN_THEMES["ansi-dark"], name="crossread-terminal")

THEMES = (DARK, LIGHT, TERMINAL)
PREFIX = "crossread-"  # of the names of all themes


READABLE = 4.5  # times as light, or as dark, as the background: contrast as WCAG counts it
_DIM = (0.65, 0.75, 0.85)  # how much of its colour what is dim keeps; the first that can be read is taken


class ReadableDim(LineFilter):
    """Makes what is dim fainter, as far as it can be read then."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of a line without anything that the terminal would make dim."""
        return [
            Segment(text, _dimmed(style, background), control) if style is not None and style.dim else segment
            for segment in segments
            for text, style, control in (segment,)
        ]


@lru_cache(1024)
def _dimmed(style: Style, background: Color) -> Style:
    bright = style + Style(dim=False)
    if style.color is None or style.color.triplet is None or style.reverse:
        return bright
    behind = background
    if style.bgcolor is not None and style.bgcolor.triplet is not None:
        behind = Color.from_rich_color(style.bgcolor)
    colour = Color.from_rich_color(style.color)
    fainter = (behind.blend(colour, kept) for kept in _DIM)
    chosen = next((one for one in fainter if _contrast(one, behind) >= READABLE), colour)
    return bright + Style(color=chosen.rich_color)


def _contrast(one: Color, other: Color) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


# What else of a theme has the colour of one of its parts.
_ALIKE = {
    "background": ("scrollbar-background", "scrollbar-corner-color"),
    "foreground": ("block-cursor-foreground", "block-cursor-blurred-foreground"),
    "panel": ("block-cursor-blurred-background",),
    "muted": ("foreground-muted", "text-muted", "foreground-disabled", "text-disabled"),
    "border": ("border",),
    "cursor": ("block-cursor-background",),
}


def own_theme(wanted: UserTheme) -> Theme:
    """Return a theme that the user wrote."""
    base, colours = (LIGHT if wanted.base == "light" else DARK), wanted.colours
    parts: dict[str, Any] = {name: colour for name, colour in colours.items() if hasattr(base, name)}
    variables = {one: colours[name] for name, alike in _ALIKE.items() if name in colours for one in alike}
    return replace(base, name=f"{PREFIX}{wanted.name}", variables={**base.variables, **variables}, **parts)
