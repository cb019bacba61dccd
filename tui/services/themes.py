"""The user's own themes: files ``themes/NAME.toml`` beside the settings, and what is wrong with them.

    base = "dark"              # what it does not say is as in dark or light
    background = "#101418"     # and foreground, surface, panel, primary, secondary, accent, warning …
    muted = "#a0a0a0"          # of what is said by the way
    border = "#3a6ea5"         # of what has the focus
    cursor = "#2a3848"         # behind the highlighted row

A file that is wrong is left out as a whole: half a theme is hard to read.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tui.services.config import THEMES, Trouble, file_in, parse_trouble, theme_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BASES = ("dark", "light")
COLOURS = (
    "background", "foreground", "surface", "panel", "primary", "secondary", "accent", "warning", "error",
    "success", "muted", "border", "cursor",
)  # fmt: skip
_COLOUR = re.compile(r"#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class UserTheme:
    """A theme that the user wrote: ``colours`` by their names, over those of its base."""

    name: str
    base: str = "dark"
    colours: Mapping[str, str] = field(default_factory=dict)


def read_themes(config_file: Path) -> tuple[tuple[UserTheme, ...], tuple[Trouble, ...]]:
    """Return the themes that hold, and what is wrong with the others; nothing in them raises."""
    themes: list[UserTheme] = []
    troubles: list[Trouble] = []
    for path in theme_files(config_file):
        data = file_in(path)
        made = data if isinstance(data, Trouble) else parse_theme(data, path)
        if isinstance(made, Trouble):
            troubles.append(made)
        else:
            themes.append(made)
    return tuple(themes), tuple(troubles)


def parse_theme(data: bytes, path: Path) -> UserTheme | Trouble:
    """Read the bytes of a theme's file, which ``path`` names, or say what is wrong with the first that is."""
    name = path.stem
    if not _NAME.fullmatch(name) or name in THEMES:
        return Trouble(path, 0, f"{name!r} cannot be the name of a theme; it is left out")
    try:
        text = data.decode("utf-8-sig")
        values: dict[str, Any] = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return parse_trouble(error, data, path)
    for key, value in values.items():
        reason = _wrong(key, value)
        if reason:
            line = next((n for n, one in enumerate(text.splitlines(), 1) if one.lstrip().startswith(key)), 0)
            return Trouble(path, line, f"{reason}; the theme is left out")
    return UserTheme(name, values.pop("base", "dark"), values)


def _wrong(key: str, value: Any) -> str:
    if key == "base":
        return "" if value in BASES else f"base is one of {', '.join(BASES)}, not {repr(value)[:40]}"
    if key not in COLOURS:
        return f"no colour is called {key[:40]!r}; base, {', '.join(COLOURS)} are"
    right = isinstance(value, str) and _COLOUR.fullmatch(value)
    return "" if right else f"{key} is a colour such as #8fb4d8, not {repr(value)[:40]}"
