"""The user's settings: what holds, and what is reported of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import places
from tests.app.conftest import running
from tui.app.dialogs.help import help_parts, help_rows
from tui.app.theme import THEMES as ALL_THEMES
from tui.services.actions import ACTIONS, WIDGETS_OWN, key_map, remapped
from tui.services.config import THEMES, Config, parse_config, read_config

PATH = Path("config.toml")


def read(text: str) -> Config:
    return parse_config(text.encode(), PATH)


def said(config: Config) -> list[str]:
    return [str(trouble) for trouble in config.troubles]


def test_what_can_be_set_is_what_there_is() -> None:
    assert [f"crossread-{name}" for name in THEMES] == [theme.name for theme in ALL_THEMES]


def test_settings_are_read() -> None:
    config = read(
        'theme = "light"\nsort = "newest"\nfacets = true\n[keys]\nnext-hit = ["ctrl+n", "f3"]\nsearch = "s"\n'
    )
    assert (config.theme, config.sort, config.facets) == ("light", "newest", True)
    assert config.keys == {"next-hit": ("ctrl+n", "f3"), "search": ("s",)}
    assert not config.troubles


def test_every_trouble_is_told_with_its_line_and_costs_only_itself() -> None:
    config = read(
        'theme = "pink"\nsort = "newest"\ncolour = 3\n\n[keys]\nfly = "y"\nsearch = "nokey"\n'
        'facets = "f"\nsort = "B"\nlibrary = "B"\nword = "x"\nevidence = []\nmark = "j"\n'
    )
    assert config.sort == "newest"
    assert config.keys == {"sort": ("B",)}
    lines = [trouble.line for trouble in config.troubles]
    assert lines == [1, 3, 6, 7, 8, 10, 11, 12, 13]
    words = said(config)
    assert "config.toml, line 1: theme is one of dark, light, terminal" in words[0]
    assert "f is find already" in words[4]
    assert "B is sort already" in words[5]


def test_a_key_may_be_two_but_not_the_first_of_others() -> None:
    config = read('[keys]\ncopies = "z o"\nhelp = "g"\nfacets = "z z"\nmark = "space"\nsort = "q q"\n')
    assert config.keys == {"copies": ("z o",), "mark": ("space",)}
    words = said(config)
    assert "g begins other keys, and cannot be help as well" in words[0]
    assert "z z moves in texts and lists" in words[1]
    assert "no key is called 'q q'" in words[2]


def test_two_commands_may_change_keys_with_one_another() -> None:
    config = read('[keys]\nsort = "F"\nfacets = "S"\n')
    assert config.keys == {"sort": ("F",), "facets": ("S",)}
    assert not config.troubles


@pytest.mark.parametrize(
    "data", [b"theme = ", b"\xff\xfe", b"a = 1\na = 2", b"keys = 3", b"x = " + b"[" * 5000]
)
def test_a_file_that_is_none_is_reported_and_sets_nothing(data: bytes) -> None:
    config = parse_config(data, PATH)
    assert config.troubles
    assert (config.theme, config.sort, config.facets, config.keys) == (None, None, None, {})


def test_the_line_of_a_mistake_in_the_form_is_told() -> None:
    assert said(read('sort = "newest"\ntheme = \n'))[0].startswith("config.toml, line 2: ")


def test_no_file_and_no_permission(tmp_path: Path) -> None:
    assert read_config(tmp_path / "none.toml") == Config()
    (tmp_path / "config.toml").mkdir()
    assert read_config(tmp_path / "config.toml").troubles


NAMES = st.sampled_from([command.id for command in ACTIONS] + ["fly"])
KEYS = st.sampled_from(["x", "F", "S", "/", "f3", "ctrl+n", "tab", "?", "nokey", "j"])


@given(st.dictionaries(NAMES, st.lists(KEYS, max_size=2), max_size=6))
def test_whatever_is_asked_for_no_key_means_two_things_in_one_place(wanted: dict[str, list[str]]) -> None:
    config = read("[keys]\n" + "".join(f"{name} = {keys!r}\n" for name, keys in wanted.items()))
    taken = [
        (command.where, key)
        for command in remapped(config.keys)
        if command.where not in WIDGETS_OWN
        for key in command.keys
    ]
    assert len(taken) == len(set(taken))
    assert len(config.keys) + len(config.troubles) == len(wanted)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_nothing_breaks_the_reading(data: bytes) -> None:
    config = parse_config(data, PATH)
    assert all(trouble.line <= data.count(b"\n") + 1 for trouble in config.troubles)


def set_up(text: str) -> None:
    file = places.config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


async def test_the_app_takes_the_settings_over(folder: Path) -> None:
    set_up('theme = "light"\nsort = "title"\n[keys]\nview-notes = "f4"\nhelp = "f2"\n')
    async with running(folder) as driver:
        assert driver.app.theme == "crossread-light"
        assert driver.main.state.search.sort == "title"
        await driver.sees("f2 help")
        await driver.press("4")
        await driver.press("f4")
        await driver.until(lambda: driver.main.view == "notes", "the notes")
        await driver.press("f2")
        await driver.sees("Help", "type to search")
        assert any("f4" in row.cells.plain for row in help_rows(help_parts(driver.app.services.commands)))
        assert "| `f4` | Notes" in key_map(driver.app.services.commands)
        await driver.press("f2")
        await driver.misses("type to search")


async def test_what_is_wrong_is_said_and_the_app_goes_on(folder: Path) -> None:
    set_up('theme = "pink"\n[keys]\nview-notes = "3"\n')
    async with running(folder) as driver:
        await driver.sees("config.toml, line 1", "theme is one of")
        await driver.press("4")
        await driver.until(lambda: driver.main.view == "notes", "the notes")
