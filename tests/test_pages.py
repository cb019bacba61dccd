"""The documentation says what the code does."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from docs.make_house import arrows, module_list, picture, reached, rooms
from docs.make_pages import main
from tui.cli.command import ENTRIES

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parent.parent


def test_key_map_modules_and_picture_are_those_of_the_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["make_pages", "--check"])
    assert main() == 0, capsys.readouterr().err


def test_every_module_says_in_one_line_what_it_is() -> None:
    for line in module_list().splitlines():
        assert not re.search(r"\|\s+\|$", line), line


def test_the_picture_shows_every_room_and_every_way_between_them() -> None:
    graph, _ = rooms()
    shown = picture()
    for room in graph:
        assert f">{room.partition('.')[2] or room}</text>" in shown
    drawn = list(arrows(graph))
    told = {room: {below for above, below in drawn if above == room} for room in graph}
    for above, below in drawn:
        if above in graph[below]:
            told[below].add(above)
    assert {room: reached(told, room) for room in graph} == {room: reached(graph, room) for room in graph}


def test_the_readme_names_every_command() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    for entry in ENTRIES:
        assert f"`{entry.name.split()[0]}" in page, entry.name


def test_pictures_ask_the_network_for_nothing() -> None:
    for file in (ROOT / "docs" / "images").glob("*.svg"):
        assert "url(http" not in file.read_text(encoding="utf-8").replace('url("http', "url(http"), file


def test_the_readme_names_every_target_of_make_and_what_continuous_integration_runs() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    made = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    ran = re.findall(r"^make ([a-z]+)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(ran) <= set(made)
    assert [name for name in made if name != "help" and f"`make {name}`" not in page] == []
    (sentence,) = re.findall(r"`\.ci/run` runs (.*?)\.", page, re.DOTALL)
    assert re.findall(r"`([a-z]+)`", sentence) == ran


def test_the_hooks_before_a_commit_call_what_setup_installs() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert {repository["repo"] for repository in config["repos"]} == {"local"}
    for hook in config["repos"][0]["hooks"]:
        folder, _, tool = hook["entry"].split()[0].rpartition("/")
        assert folder == ".venv/bin"
        assert f'"{tool}>=' in project


def test_the_pages_name_only_what_is_there() -> None:
    rooms_and_modules = r"`((?:sources|index|tui|tests|docs|benchmarks)/[\w/.-]+)`"
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for name in re.findall(rooms_and_modules, page.read_text(encoding="utf-8")):
            assert (ROOT / name).exists() or (ROOT / f"{name}.py").exists(), f"{page.name}: {name}"


def test_every_link_between_pages_leads_to_a_file() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/**/*.md")]
    assert len(pages) > 10
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target)
    ]
    assert links
    assert [(page.name, target) for page, target in links if not (page.parent / target).exists()] == []
