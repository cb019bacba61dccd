"""Themes that the user writes: what holds, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.services.config import Trouble, read_config
from tui.services.themes import COLOURS, UserTheme, parse_theme, read_themes

PATH = Path("ocean.toml")


def read(text: str, path: Path = PATH) -> UserTheme | Trouble:
    return parse_theme(text.encode(), path)


def test_a_theme_says_what_is_otherwise_than_in_its_base() -> None:
    assert read("") == UserTheme("ocean")
    assert read('base = "light"\nborder = "#abc"\n') == UserTheme("ocean", "light", {"border": "#abc"})
    every = read("".join(f'{name} = "#0a1B2c"\n' for name in COLOURS))
    assert isinstance(every, UserTheme)
    assert set(every.colours) == set(COLOURS)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('base = "dim"', 1, "base is one of dark, light"),
        ('\ncolour = "#000000"', 2, "no colour is called 'colour'"),
        ('muted = "#00000"', 1, "muted is a colour such as"),
        ('muted = "#0000000"', 1, "muted is a colour such as"),
        ("panel = 3", 1, "panel is a colour such as"),
        ('panel = "red"', 1, "panel is a colour such as"),
        ("\n\nbase =\n", 3, "the file is left out"),
        ("[x]\ny = 1", 0, "no colour is called 'x'"),
    ],
)
def test_one_that_is_wrong_is_told_in_one_line_with_its_place(text: str, line: int, reason: str) -> None:
    found = read(text)
    assert isinstance(found, Trouble)
    assert found.line == line
    assert reason in str(found)
    assert "\n" not in str(found)


@pytest.mark.parametrize("name", ["dark", "Über", "a b", ""])
def test_a_name_that_is_none_is_told(name: str) -> None:
    assert isinstance(read("", Path(f"{name}.toml")), Trouble)


def test_themes_are_found_beside_the_settings(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    assert read_themes(config) == ((), ())
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes/ocean.toml").write_text('panel = "#123456"\n')
    (tmp_path / "themes/broken.toml").write_bytes(b"\xff")
    (tmp_path / "themes/folder.toml").mkdir()
    themes, troubles = read_themes(config)
    assert [theme.name for theme in themes] == ["ocean"]
    assert sorted(trouble.path.name for trouble in troubles) == ["broken.toml", "folder.toml"]
    config.write_text('theme = "ocean"\n')
    assert read_config(config).theme == "ocean"
    config.write_text('theme = "sea"\n')
    (trouble,) = read_config(config).troubles
    assert "theme is one of dark, light, terminal, broken, folder, ocean" in str(trouble)


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_nothing_breaks_the_reading(data: bytes) -> None:
    assert parse_theme(data, PATH) is not None
