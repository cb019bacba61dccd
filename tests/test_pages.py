"""The documentation says what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import yaml

from tui.cli.registry import ENTRIES

ROOT = Path(__file__).resolve().parent.parent


def test_the_key_map_in_the_readme_is_that_of_the_code() -> None:
    done = subprocess.run([sys.executable, "docs/make_pages.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "make pages writes it anew"


def test_the_readme_names_every_command() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    for entry in ENTRIES:
        assert f"`{entry.name.split()[0]}" in page, entry.name


def test_pictures_ask_the_network_for_nothing() -> None:
    for picture in (ROOT / "docs" / "images").glob("*.svg"):
        assert "url(http" not in picture.read_text(encoding="utf-8").replace('url("http', "url(http"), picture


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
