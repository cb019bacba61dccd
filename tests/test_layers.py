"""The contracts between the floors and rooms, as pyproject.toml writes them down."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docs.make_house import circle, imports

ROOT = Path(__file__).resolve().parent.parent


def test_the_rooms_know_only_what_lies_below_them() -> None:
    command = Path(sys.executable).parent / "lint-imports"
    if not command.exists():
        pytest.skip("import-linter is not installed beside this Python")
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.parametrize("floor", ["sources", "index"])
def test_the_lower_floors_can_be_used_without_a_screen_library(floor: str) -> None:
    """Import every module of a floor in a Python of its own and look at what came along."""
    program = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module({floor!r})\n"
        "for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "    importlib.import_module(module.name)\n"
        "above = {'whoosh', 'index'} if package.__name__ == 'sources' else set()\n"
        "unwanted = {'textual', 'rich', 'tui'} | above\n"
        "raise SystemExit(', '.join(sorted(unwanted & set(sys.modules))) or None)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_no_module_is_in_an_import_circle() -> None:
    # What is imported for its type alone counts too.
    assert circle(imports()) == []


def test_a_circle_is_told_with_all_its_modules() -> None:
    assert circle({"a": {"b"}, "b": {"c", "d"}, "c": set(), "d": {"a"}}) in (
        ["a", "b", "d", "a"], ["b", "d", "a", "b"], ["d", "a", "b", "d"]
    )  # fmt: skip
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
