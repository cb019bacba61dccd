"""Searching in a real terminal: copies, what the search is narrowed by, and searches that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Terminal

pytestmark = pytest.mark.journey


def test_a_search_is_narrowed_kept_and_found_again(terminal: Terminal, tmp_path: Path) -> None:
    library = str(tmp_path / "library")
    terminal.start("demo", "--library", library, size=(80, 24))
    terminal.begins_to_read()
    terminal.keys("/").type("crane").sees("“crane”", "+2 copies")
    terminal.keys("Enter").sees("▸ “crane”")
    terminal.keys("F").sees("▸ Filter by", "Stories")
    terminal.keys("j", "Enter").sees("/ publisher:", "AND crane", "✓1", "×")
    terminal.keys("C-s").sees("Saved searches", "save under this name")
    terminal.keys("C-u").type("cranes of one paper")
    terminal.keys("Enter").sees("cranes of one paper  publisher:")
    terminal.keys("Escape", "C-q")
    assert terminal.exit_code() == 0
    terminal.stop()

    terminal.start("--library", library, size=(80, 24))
    terminal.sees("“crane”", "/ publisher:", "AND crane")
    terminal.keys("K").sees("Saved searches", "cranes of one paper")
    terminal.keys("Enter").sees("▸ “crane”", "/ publisher:")
    terminal.keys("C-q")
    assert terminal.exit_code() == 0
