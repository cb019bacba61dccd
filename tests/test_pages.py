"""The documentation says what the code does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
