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


def test_hits_are_previewed_opened_and_come_back_to(
    terminal: Terminal, tmp_path: Path, size: tuple[int, int]
) -> None:
    terminal.opens_demo(tmp_path / "library", size)
    terminal.keys("/").type("glass wall").sees("“glass wall”", "found")
    terminal.keys("Enter").sees("▸ “glass wall”")
    if size[0] >= 120:
        terminal.sees("The auditor will decide who may look")  # in no snippet
    terminal.keys("j", "j")
    if size[0] >= 120:
        terminal.sees("A port is easy to picture")
    terminal.keys("Enter").sees("▸ harbour-deal/5", "hit 1/")
    terminal.keys("C-o").sees("▸ “glass wall”", "› »      5 What Northport's harbour")
    terminal.keys("Enter").sees("▸ harbour-deal/5", "hit 1/")
    terminal.keys("BSpace").sees("▸ “glass wall”")
    terminal.keys("q").sees("▸ harbour-deal/1")
    terminal.quits()
