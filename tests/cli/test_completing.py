from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tui.cli.command import ENTRIES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def completed(script: str, line: str, folder: Path) -> set[str]:
    """Let bash complete the last word of ``line``."""
    program = (
        f'{script}\nCOMP_WORDS=({line}); [[ "{line}" == *" " ]] && COMP_WORDS+=("")\n'
        "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); compopt() { :; }; _crossread\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", program], capture_output=True, text=True, check=True, cwd=folder
    )
    assert done.stderr == ""
    return set(done.stdout.split())


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_commands_options_and_values(crossread: Callable[..., Any], tmp_path: Path) -> None:
    script = crossread("completion", "bash").out
    (tmp_path / "source.txt").touch()
    every = completed(script, "crossread ", tmp_path)
    assert {entry.name.split()[0] for entry in ENTRIES} | {"--library"} <= every
    assert completed(script, "crossread sea", tmp_path) == {"search", "searches"}
    assert {"add", "list", "edit", "remove", "restore", "undo"} <= completed(
        script, "crossread note ", tmp_path
    )
    assert completed(script, "crossread note add --q", tmp_path) == {"--quote"}
    assert completed(script, "crossread --library x search --so", tmp_path) == {"--sort"}
    assert "newest" in completed(script, "crossread search --sort ", tmp_path)
    assert "story-page" in completed(script, "crossread add --format ", tmp_path)
    assert completed(script, "crossread add sou", tmp_path) == {"source.txt"}
    assert completed(script, "crossread completion f", tmp_path) == {"fish"}


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_know_every_command(shell: str, crossread: Callable[..., Any]) -> None:
    script = crossread("completion", shell).out
    for entry in ENTRIES:
        assert all(word in script for word in entry.name.split())
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=script, text=True, check=True, capture_output=True)
