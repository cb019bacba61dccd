"""The app's own colours: calm, dark and light, and one that leaves all colours to the terminal.

Nothing is said by colour alone: underline, bold, italic, reverse and signs say the same.
"""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="crossread-dark",
    primary="#8fb4d8",
    secondary="#7d9a8c",
    accent="#d8b26a",
    warning="#d8b26a",
    error="#d98078",
    success="#8fb88a",
    foreground="#d9d6cd",
    background="#15171b",
    surface="#1b1e23",
    panel="#24282f",
    dark=True,
    variables={
        "border": "#8fb4d8",
        "border-blurred": "#3a404a",
        "block-cursor-background": "#34465a",
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
    secondary="#4d7464",
    accent="#8a5a12",
    warning="#8a5a12",
    error="#a5392f",
    success="#3d7038",
    foreground="#2a2925",
    background="#fbf9f4",
    surface="#f3f0e8",
    panel="#e8e4d9",
    dark=False,
    variables={
        "border": "#2f5f8f",
        "border-blurred": "#c9c4b6",
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


def next_theme(name: str) -> str:
    """Return the theme after the one called ``name``, round and round."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
